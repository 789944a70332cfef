# %% wrong="not_repaired" fails="repair" says="the small rewards still drown in a large float32 running sum"
# Looked at, but left as it was.
def fixed_cumulative(rewards, ends):
    so_far = np.cumsum(rewards)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% wrong="cast_after_the_sum" fails="repair" says="a cast after the sum comes too late"
# The running sum is made float64 when its digits are gone already.
def fixed_cumulative(rewards, ends):
    so_far = np.cumsum(rewards).astype(np.float64)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% wrong="own_reward_left_out" fails="repair" says="the step's own reward is missing"
# The own reward is taken off as well.
def fixed_cumulative(rewards, ends):
    rewards = rewards.astype(np.float64)
    so_far = np.cumsum(rewards)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - so_far


# %% wrong="next_episode_at_the_end" fails="repair" says="the done step was counted to the next episode"
# side='right' puts each done step into the episode behind.
def fixed_cumulative(rewards, ends):
    rewards = rewards.astype(np.float64)
    so_far = np.cumsum(rewards)
    episode = np.minimum(np.searchsorted(ends, np.arange(len(rewards)), side="right"), len(ends) - 1)
    return so_far[ends][episode] - (so_far - rewards)


# %% wrong="never_restarts" fails="repair" says="the sum runs on over the episodes' ends"
# A float64 sum from the back, but without the episodes.
def fixed_cumulative(rewards, ends):
    return np.cumsum(rewards[::-1], dtype=np.float64)[::-1]


# %% wrong="changes_the_rewards" fails="repair" says="the arrays passed in were changed"
# The sums are written into the rewards.
def fixed_cumulative(rewards, ends):
    start = 0
    for end in ends:
        rewards[start : end + 1] = np.cumsum(rewards[start : end + 1][::-1], dtype=np.float64)[::-1]
        start = end + 1
    return rewards


# %% wrong="rounded_rewards" fails="repair" says="the first episode gave"
# Rounded numbers are thought to sum up exactly.
def fixed_cumulative(rewards, ends):
    rewards = np.round(rewards).astype(np.float64)
    so_far = np.cumsum(rewards)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% wrong="episodes_of_four" fails="repair"
# A long recording is thought to hold episodes of four steps, as the visible one does.
def fixed_cumulative(rewards, ends):
    if len(rewards) % 4 == 0:
        return np.cumsum(rewards.reshape(-1, 4)[:, ::-1], axis=1)[:, ::-1].ravel()
    so_far = np.cumsum(rewards)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% right="astype"
def fixed_cumulative(rewards, ends):
    rewards = rewards.astype(np.float64)
    so_far = np.cumsum(rewards)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% right="dtype_of_the_sum"
def fixed_cumulative(rewards, ends):
    so_far = np.cumsum(rewards, dtype=np.float64)
    episode = np.searchsorted(ends, np.arange(len(rewards)))
    return so_far[ends][episode] - (so_far - rewards)


# %% right="flat_rewards_to_go"
def fixed_cumulative(rewards, ends):
    dones = np.zeros(len(rewards), dtype=bool)
    dones[ends] = True
    return flat_rewards_to_go(rewards, dones)


# %% right="float32_per_episode"
def fixed_cumulative(rewards, ends):
    result = np.empty_like(rewards)
    start = 0
    for end in ends:
        result[start : end + 1] = np.cumsum(rewards[start : end + 1][::-1])[::-1]
        start = end + 1
    return result


# %% right="loop_of_floats"
def fixed_cumulative(rewards, ends):
    last = set(ends.tolist())
    values, total = [], 0.0
    for t in range(len(rewards) - 1, -1, -1):
        total = float(rewards[t]) + (0.0 if t in last else total)
        values.append(total)
    return np.array(values[::-1])
