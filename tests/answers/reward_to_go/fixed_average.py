# %% wrong="not_repaired" fails="repair" says="still divided by the episode's own remaining length"
# The padding is left as it was: nanmean leaves the missing steps out.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.full(longest, np.nan)
        padded[: len(rewards)] = rewards
        result.append(np.array([np.nanmean(padded[t:]) for t in range(len(rewards))]))
    return result


# %% wrong="nan_in_the_mean" fails="repair" says="the missing steps are still NaN"
# nanmean is exchanged for mean, but the padding stays NaN.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.full(longest, np.nan)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].mean() for t in range(len(rewards))]))
    return result


# %% wrong="divided_by_h" fails="repair" says="divided by H at each step"
# Every sum is divided by the longest length.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].sum() / longest for t in range(len(rewards))]))
    return result


# %% wrong="one_step_too_few_left" fails="repair" says="one step too few is left"
# Elapsed is counted from 1.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].sum() / max(longest - t - 1, 1e-9) for t in range(len(rewards))]))
    return result


# %% wrong="padding_in_the_result" fails="repair" says="no padding in the result"
# An entry for each step of the longest episode.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].mean() for t in range(longest)]))
    return result


# %% wrong="average_length" fails="repair" says="divided by the average length"
# The mean length of the episodes is taken for the horizon.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(
            np.array(
                [padded[t:].sum() / max(np.mean([len(e) for e in episodes]) - t, 1e-9) for t in range(len(rewards))]
            )
        )
    return result


# %% wrong="sum_only" fails="repair" says="nothing was divided"
# The sums of what follows, not divided at all.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].sum() for t in range(len(rewards))]))
    return result


# %% wrong="changes_the_episodes" fails="repair" says="the episodes passed in were changed"
# The results are written into the episodes.
def fixed_average(episodes):
    longest = max(map(len, episodes))
    for rewards in episodes:
        rewards[:] = np.cumsum(rewards[::-1])[::-1] / (longest - np.arange(len(rewards)))
    return episodes


# %% wrong="second_episode_is_the_longest" fails="repair"
# The second episode is taken for the longest, as in the visible check.
def fixed_average(episodes):
    longest = len(episodes[min(1, len(episodes) - 1)])
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].mean() for t in range(len(rewards))]))
    return result


# %% right="zero_padding"
def fixed_average(episodes):
    longest = max(map(len, episodes))
    result = []
    for rewards in episodes:
        padded = np.zeros(longest)
        padded[: len(rewards)] = rewards
        result.append(np.array([padded[t:].mean() for t in range(len(rewards))]))
    return result


# %% right="rewards_to_go"
def fixed_average(episodes):
    longest = max(len(rewards) for rewards in episodes)
    return [rewards_to_go(rewards, 1.0) / (longest - np.arange(len(rewards))) for rewards in episodes]


# %% right="nested_loops"
def fixed_average(episodes):
    H = 0
    for episode in episodes:
        H = max(H, len(episode))
    out = []
    for episode in episodes:
        values = []
        for t in range(len(episode)):
            values.append(sum(episode[t:]) / (H - t))
        out.append(np.array(values))
    return out


# %% right="matrix"
def fixed_average(episodes):
    lengths = [len(rewards) for rewards in episodes]
    table = np.zeros((len(episodes), max(lengths)))
    for row, rewards in zip(table, episodes):
        row[: len(rewards)] = rewards
    to_go = np.flip(np.cumsum(np.flip(table, 1), axis=1), 1) / np.arange(max(lengths), 0, -1)
    return [row[:n] for row, n in zip(to_go, lengths)]
