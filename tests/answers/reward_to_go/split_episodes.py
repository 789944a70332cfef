# %% wrong="swapped" fails="whole" says="the two parts are swapped"
# Validation is returned first.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(held_back), np.flatnonzero(~held_back)


# %% wrong="first_episodes_held_back" fails="draw" says="the first 20 of 100 episodes were held back"
# The draw is forgotten: the first episodes are held back.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = np.arange(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="last_episodes_held_back" fails="draw" says="the last 20 of 100 episodes were held back"
# The draw is forgotten: the recording's end is held back.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = np.arange(len(starts))[::-1]
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="seed_ignored" fails="draw" says="the seed was not used"
# The generator gets the notebook's own seed, whatever the argument.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(SEED)
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="no_seed" fails="draw" says="seed 4 twice gave two different splits"
# The generator is not seeded.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng()
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="last_step_missing" fails="steps" says="the last step of each episode is missing"
# Ends are used in a slice as if they were exclusive.
def split_episodes(starts, ends, val_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    val = [t for i in order[:n_val] for t in range(starts[i], ends[i])]
    train = [t for i in order[n_val:] for t in range(starts[i], ends[i])]
    return np.array(train, dtype=int), np.array(val, dtype=int)


# %% wrong="numbers_of_episodes" fails="steps whole" says="these are the numbers of the episodes"
# The chosen episodes' numbers are returned, not their steps.
def split_episodes(starts, ends, val_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    return order[n_val:], order[:n_val]


# %% wrong="single_steps" fails="whole draw" says="20 of 40 episodes were torn apart"
# The steps are shuffled instead of the episodes.
def split_episodes(starts, ends, val_fraction, seed):
    n = ends[-1] + 1
    order = np.random.default_rng(seed).permutation(n)
    n_val = round(val_fraction * n)
    return order[n_val:], order[:n_val]


# %% wrong="masks" fails="steps" says="these are masks"
# Bool masks of the steps are returned, not indices.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return ~held_back, held_back


# %% wrong="drawn_with_repetition" fails="whole" says="draw without repetition"
# rng.choice draws with repetition unless told otherwise.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    n_val = round(val_fraction * len(starts))
    chosen = rng.choice(len(starts), size=n_val)
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in chosen:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="training_on_everything" fails="steps whole" says="some steps are in both"
# The training part keeps the held-back episodes.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.arange(ends[-1] + 1), np.flatnonzero(held_back)


# %% wrong="nothing_to_concatenate" fails="whole" says="need at least one array to concatenate"
# np.concatenate refuses the empty list of a side without an episode.
def split_episodes(starts, ends, val_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    steps = [np.arange(starts[i], ends[i] + 1) for i in order]
    return np.concatenate(steps[n_val:]), np.concatenate(steps[:n_val])


# %% wrong="empty_side_of_floats" fails="whole" says="an empty index must be of integers"
# An empty list becomes a float array.
def split_episodes(starts, ends, val_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    train, val = [], []
    for rank, i in enumerate(order):
        (val if rank < n_val else train).extend(range(starts[i], ends[i] + 1))
    return np.array(train), np.array(val)


# %% wrong="shuffles_the_arguments" fails="whole" says="starts or ends were changed"
# Starts and ends are shuffled alike, but in place.
def split_episodes(starts, ends, val_fraction, seed):
    n = ends[-1] + 1
    np.random.default_rng(seed).shuffle(starts)
    np.random.default_rng(seed).shuffle(ends)
    held_back = np.zeros(n, dtype=bool)
    for start, end in list(zip(starts, ends))[: round(val_fraction * len(starts))]:
        held_back[start : end + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% wrong="always_a_dozen" fails="whole steps draw"
# The numbers of episodes of the visible checks, by their fractions only.
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(starts))
    n_val = {0.0: 0, 1.0: 2, 0.25: 2, 0.3: 12, 0.2: 20}.get(val_fraction, 12)
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% right="mask"
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    held_back = np.zeros(ends[-1] + 1, dtype=bool)
    for i in order[:n_val]:
        held_back[starts[i] : ends[i] + 1] = True
    return np.flatnonzero(~held_back), np.flatnonzero(held_back)


# %% right="concatenate"
def split_episodes(starts, ends, val_fraction, seed):
    order = np.random.default_rng(seed).permutation(len(starts))
    n_val = round(val_fraction * len(starts))
    none = np.zeros(0, dtype=np.int64)
    train = np.concatenate([none] + [np.arange(starts[i], ends[i] + 1) for i in order[n_val:]])
    val = np.concatenate([none] + [np.arange(starts[i], ends[i] + 1) for i in order[:n_val]])
    return train, val


# %% right="choice_and_repeat"
def split_episodes(starts, ends, val_fraction, seed):
    episodes = len(starts)
    chosen = np.random.default_rng(seed).choice(episodes, int(np.round(val_fraction * episodes)), replace=False)
    episode_of_step = np.repeat(np.arange(episodes), ends - starts + 1)
    steps = np.arange(len(episode_of_step))
    is_val = np.isin(episode_of_step, chosen)
    return steps[~is_val], steps[is_val]


# %% right="sets"
def split_episodes(starts, ends, val_fraction, seed):
    rng = np.random.default_rng(seed)
    left = list(range(len(starts)))
    val = []
    while len(starts) - len(left) < round(val_fraction * len(starts)):
        i = left.pop(rng.integers(len(left)))
        val += range(starts[i], ends[i] + 1)
    train = [t for i in left for t in range(starts[i], ends[i] + 1)]
    return np.array(train, int), np.array(val, int)
