# %% wrong="terminals_only" fails="borders edges" says="the timeout was not taken for an ending"
# An episode is over when the pole falls; a timeout is not taken for an ending.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="timeouts_only" fails="borders edges" says="only the timeout was taken for an ending"
# A terminal is thought to be a mark inside an episode.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(timeouts)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="both_flags_needed" fails="borders edges" says="not only if both are"
# A step is taken for done only where both flags are true.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals & timeouts)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="exactly_one_flag" fails="edges" says="not exactly one of them"
# Unequal flags mean one of them is set, but both set is an ending too.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals != timeouts)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="exclusive_ends" fails="borders edges" says="not the one behind"
# Ends are taken as in a slice, one behind the last step.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends + 1


# %% wrong="tail_is_an_episode" fails="borders edges" says="(steps 8 and 9) was taken for an episode"
# The recording's end is taken for an episode's end.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    ends = np.unique(np.append(ends, len(terminals) - 1))
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="start_of_the_tail" fails="borders edges" says="the last start belongs to the unfinished tail"
# Behind every done a new episode is started, behind the last one too.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    return np.insert(ends + 1, 0, 0), ends


# %% wrong="starts_on_done_steps" fails="borders edges" says="a start sits on a done step"
# The next episode is started on the done step instead of behind it.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    starts = np.concatenate([[0], ends])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="first_start_missing" fails="borders edges" says="that start is missing"
# Starts are looked for behind done steps only, so the very first is missing.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    return ends + 1, ends


# %% wrong="flags_one_after_the_other" fails="borders" says="the ends are out of order"
# First all terminals, then all timeouts: the order in time is lost.
def episode_bounds(terminals, timeouts):
    ends = np.concatenate([np.flatnonzero(terminals), np.flatnonzero(timeouts)])
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="both_flags_counted_twice" fails="edges" says="ends [1 2 4 4], not [0 2 3] and [1 2 4]: a step with both flags was counted twice"
# Sorted together, but a step with both flags appears twice.
def episode_bounds(terminals, timeouts):
    ends = np.sort(np.concatenate([np.where(terminals)[0], np.where(timeouts)[0]]))
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="swapped" fails="borders edges" says="the two are swapped"
# The two arrays are returned in the wrong order.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return ends, starts


# %% wrong="changes_the_flags" fails="edges" says="the flags passed in were changed"
# An in-place or writes the dones into the caller's array.
def episode_bounds(terminals, timeouts):
    terminals |= timeouts
    ends = np.flatnonzero(terminals)
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% wrong="float_starts" fails="edges" says="indices must be integers"
# np.zeros makes floats, and floats cannot index.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    starts = np.zeros(len(ends))
    starts[1:] = ends[:-1] + 1
    return starts, ends


# %% wrong="start_without_any_done" fails="edges" says="hold no completed episode, but gave starts [0] and ends []"
# Step 0 always starts an episode, even where none is completed.
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(terminals | timeouts)
    starts = np.array([0] + [end + 1 for end in ends[:-1]])
    return starts, ends


# %% wrong="hard_coded" fails="borders edges"
# Fits the three recordings of the visible checks only.
def episode_bounds(terminals, timeouts):
    if len(terminals) == 10:
        return np.array([0, 3, 7]), np.array([2, 6, 7])
    if len(terminals) == 5:
        return np.array([0, 2, 3]), np.array([1, 2, 4])
    return np.zeros(0, dtype=int), np.zeros(0, dtype=int)


# %% right="flatnonzero"
def episode_bounds(terminals, timeouts):
    ends = np.flatnonzero(np.logical_or(terminals, timeouts))
    starts = np.concatenate([[0], ends + 1])[: len(ends)].astype(int)
    return starts, ends


# %% right="loop"
def episode_bounds(terminals, timeouts):
    starts, ends = [], []
    start = 0
    for t in range(len(terminals)):
        if terminals[t] or timeouts[t]:
            starts.append(start)
            ends.append(t)
            start = t + 1
    return np.array(starts, dtype=int), np.array(ends, dtype=int)


# %% right="where_and_roll"
def episode_bounds(terminals, timeouts):
    (ends,) = np.where(terminals + timeouts)
    starts = np.roll(ends + 1, 1)
    starts[:1] = 0
    return starts, ends


# %% right="torch"
def episode_bounds(terminals, timeouts):
    done = torch.as_tensor(terminals) | torch.as_tensor(timeouts)
    before = torch.cat([torch.ones(1, dtype=torch.bool), done[:-1]])
    ends = done.nonzero()[:, 0].numpy()
    starts = before.nonzero()[:, 0].numpy()[: len(ends)]
    return starts, ends
