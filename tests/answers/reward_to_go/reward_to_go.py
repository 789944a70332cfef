# %% wrong="timeout_ignored" fails="cumulative average precision" says="the sum ran on over the timeout"
# A timeout is not taken for an ending.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="terminals_ignored" fails="cumulative average precision" says="the sum ran on over the terminals"
# Only timeouts are taken for endings.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="never_restarts" fails="cumulative precision" says="the sum never restarts"
# The sum runs from the back through all episodes.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="own_reward_left_out" fails="cumulative precision edges" says="the step's own reward was left out"
# The entry is written before the step's own reward is added.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        result[t] = total
        total += float(rewards[t])
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="done_steps_reward_lost" fails="cumulative precision edges" says="the last reward of each episode was lost"
# The reset comes after the done step's reward is added, and swallows it.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        total += float(rewards[t])
        if dones[t]:
            total = 0.0
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="forward_with_the_backward_reset" fails="cumulative precision" says="it sums the past; go through from the back"
# The loop runs from the front.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in range(len(rewards)):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="past_instead_of_future" fails="cumulative precision" says="this is the past of each step"
# np.cumsum within each episode sums what came before.
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = (ends - starts + 1).max()
    rewards = dataset["rewards"].astype(np.float64)
    result = np.zeros(len(rewards))
    for start, end in zip(starts, ends):
        result[start : end + 1] = np.cumsum(rewards[start : end + 1])
        if average:
            result[start : end + 1] /= horizon - np.arange(end + 1 - start)
    return result


# %% wrong="whole_return_everywhere" fails="cumulative precision" says="every step carries its whole episode's return"
# Every step of an episode gets the episode's return.
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = (ends - starts + 1).max()
    rewards = dataset["rewards"].astype(np.float64)
    result = np.zeros(len(rewards))
    for start, end in zip(starts, ends):
        result[start : end + 1] = rewards[start : end + 1].sum()
        if average:
            result[start : end + 1] /= horizon - np.arange(end + 1 - start)
    return result


# %% wrong="discounted" fails="cumulative precision" says="it is discounted"
# The discount of part B is kept.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total = float(rewards[t]) + 0.99 * total
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="own_remaining_length" fails="average" says="divided by the episode's own remaining length"
# The mean of the rewards that are left in the episode.
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = (ends - starts + 1).max()
    rewards = dataset["rewards"].astype(np.float64)
    result = np.zeros(len(rewards))
    for start, end in zip(starts, ends):
        result[start : end + 1] = np.cumsum(rewards[start : end + 1][::-1])[::-1]
        if average:
            result[start : end + 1] /= (end + 1 - start) - np.arange(end + 1 - start)
    return result


# %% wrong="one_step_too_few_left" fails="average" says="one too few steps left"
# H is taken as end - start, as if ends were exclusive.
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = (ends - starts).max()
    rewards = dataset["rewards"].astype(np.float64)
    result = np.zeros(len(rewards))
    for start, end in zip(starts, ends):
        result[start : end + 1] = np.cumsum(rewards[start : end + 1][::-1])[::-1]
        if average:
            result[start : end + 1] /= horizon - np.arange(end + 1 - start)
    return result


# %% wrong="elapsed_from_one_back" fails="average" says="one too many steps left"
# H + 1 - elapsed: the steps are counted as if the first came after one.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed + 1
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="divided_by_h_only" fails="average" says="divided by H at every step"
# Elapsed time is forgotten.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="h_is_500" fails="average" says="H is 500 here"
# CartPole's limit is taken for the horizon of every dataset.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = 500
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="tail_counts_for_h" fails="average" says="the unfinished tail counted for H"
# The unfinished tail is taken for an episode, and it may be the longest.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(np.concatenate([[-1], ends, [len(rewards) - 1]])).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="elapsed_never_restarts" fails="average" says="elapsed counts on through the dataset"
# Elapsed is the index in the dataset.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        result = result / np.where(horizon > np.arange(len(result)), horizon - np.arange(len(result)), 1)
    return result


# %% wrong="divided_by_dataset_length" fails="average" says="divided by what is left of the dataset"
# H is taken as the length of the dataset.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = len(rewards)
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="average_by_default_missing" fails="average" says="unless told otherwise"
# The argument's default is turned round.
def reward_to_go(dataset, average=False):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="float32_running_sum" fails="precision" says="a float32 running sum over the whole dataset"
# np.cumsum of float32 numbers is itself float32.
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    rewards = dataset["rewards"]
    so_far = np.cumsum(rewards)
    steps = np.arange(len(rewards))
    episode = np.minimum(np.searchsorted(ends, steps), len(ends) - 1)
    result = so_far[ends][episode] - so_far + rewards
    if average:
        left = (ends - starts + 1).max() - (steps - starts[episode])
        result = result / np.where(left > 0, left, 1)
    return result


# %% wrong="changes_the_dataset" fails="cumulative" says="the dataset's rewards were changed"
# The sums are written into the dataset's own rewards.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = rewards
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="tail_cut_off" fails="cumulative average edges" says="the tail keeps its places"
# The tail has no return, so it is left out of the result.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result[: ends[-1] + 1]


# %% wrong="no_value_error" fails="edges" says="average=False: ValueError is wanted, but it gave"
# Without a completed episode an array of zeros comes back.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        return np.zeros(len(rewards))
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% wrong="horizon_of_visible_checks" fails="average precision"
# The horizon of the visible example, four steps.
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = 4
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= max(horizon - elapsed, 1)
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% right="loop_from_the_back"
def reward_to_go(dataset, average=True):
    rewards = dataset["rewards"]
    dones = dataset["terminals"] | dataset["timeouts"]
    ends = np.flatnonzero(dones)
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = np.diff(ends, prepend=-1).max()
    result = np.zeros(len(rewards))
    total = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            total = 0.0
        total += float(rewards[t])
        result[t] = total
    if average:
        elapsed = 0
        for t in range(ends[-1] + 1):
            result[t] /= horizon - elapsed
            elapsed = 0 if dones[t] else elapsed + 1
    return result


# %% right="per_episode"
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("no completed episode")
    horizon = (ends - starts + 1).max()
    rewards = dataset["rewards"].astype(np.float64)
    result = np.zeros(len(rewards))
    for start, end in zip(starts, ends, strict=True):
        result[start : end + 1] = np.cumsum(rewards[start : end + 1][::-1])[::-1]
        if average:
            result[start : end + 1] /= horizon - np.arange(end + 1 - start)
    return result


# %% right="flat_rewards"
def reward_to_go(dataset, average=True):
    dones = dataset["terminals"] | dataset["timeouts"]
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if not len(ends):
        raise ValueError
    sums = flat_rewards_to_go(dataset["rewards"], dones)
    if not average:
        return sums
    steps = np.arange(len(sums))
    first = np.concatenate([[0], ends + 1])
    elapsed = steps - first[np.searchsorted(ends, steps)]
    return sums / ((ends - starts + 1).max() - elapsed)


# %% right="float64_differences_nan_tail"
def reward_to_go(dataset, average=True):
    ends = np.flatnonzero(np.logical_or(dataset["terminals"], dataset["timeouts"]))
    if ends.size < 1:
        raise ValueError("there is no completed episode")
    lengths = np.diff(np.r_[-1, ends])
    n = ends[-1] + 1
    so_far = np.cumsum(dataset["rewards"][:n], dtype=np.float64)
    result = np.full(len(dataset["rewards"]), np.nan)
    result[:n] = np.repeat(so_far[ends], lengths) - so_far + dataset["rewards"][:n]
    if average:
        result[:n] /= lengths.max() - np.concatenate([np.arange(length) for length in lengths])
    return result


# %% right="float32_per_episode"
def reward_to_go(dataset, average=True):
    starts, ends = episode_bounds(dataset["terminals"], dataset["timeouts"])
    if len(ends) == 0:
        raise ValueError("empty")
    out = dataset["rewards"].copy()
    H = max(ends - starts) + 1
    for s, e in zip(starts, ends):
        r = out[s : e + 1]
        r[:] = np.flip(np.cumsum(np.flip(r)))
        if average:
            r /= np.arange(H, H - len(r), -1, dtype=np.float32)
    return out
