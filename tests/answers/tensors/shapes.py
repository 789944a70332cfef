# %% wrong="batch_and_event_swapped" fails="families composed" says="batch and event shape are swapped"
# The event is thought to come first, as in an array of draws.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((), (4, 3), (5, 4, 3)),
    "categorical": ((), (4,), (5, 4)),
    "one-hot": ((6,), (4,), (5, 6, 4)),
    "multivariate": ((2,), (3,), (5, 2, 3)),
    "independent": ((3,), (4,), (5, 3, 4)),
    "independent, two axes": ((4, 3), (7,), (5, 4, 3, 7)),
    "mixture": ((), (4,), (5, 4)),
}

# %% wrong="one_draw_only" fails="families composed" says="lacks the 5 of sample((5,))"
# The shape of a single draw is given, without the five.
SHAPES = {
    "scalar": ((), (), ()),
    "broadcast": ((4, 3), (), (4, 3)),
    "categorical": ((4,), (), (4,)),
    "one-hot": ((4,), (6,), (4, 6)),
    "multivariate": ((3,), (2,), (3, 2)),
    "independent": ((4,), (3,), (4, 3)),
    "independent, two axes": ((7,), (4, 3), (7, 4, 3)),
    "mixture": ((4,), (), (4,)),
}

# %% wrong="draws_at_the_end" fails="families composed" says="the 5 draws stand in front, not at the end"
# The five draws are thought to be the last axis.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (4, 3, 5)),
    "categorical": ((4,), (), (4, 5)),
    "one-hot": ((4,), (6,), (4, 6, 5)),
    "multivariate": ((3,), (2,), (3, 2, 5)),
    "independent": ((4,), (3,), (4, 3, 5)),
    "independent, two axes": ((7,), (4, 3), (7, 4, 3, 5)),
    "mixture": ((4,), (), (4, 5)),
}

# %% wrong="no_events" fails="families composed" says="one draw is more than a number"
# Every axis is counted as batch, and the event is always a number.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4, 6), (), (5, 4, 6)),
    "multivariate": ((3, 2), (), (5, 3, 2)),
    "independent": ((4, 3), (), (5, 4, 3)),
    "independent, two axes": ((7, 4, 3), (), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="actions_are_the_event" fails="families" says="SHAPES['categorical']: the 6 counts the possible outcomes"
# The event shape of a Categorical is taken for the number of its outcomes.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (6,), (5, 4, 6)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="one_parameter_only" fails="families" says="mean and std are broadcast together"
# The batch shape is read from the mean, before the std is broadcast with it.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 1), (), (5, 4, 1)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="covariance_is_the_event" fails="composed" says="(2, 2) is the shape of a covariance"
# The shape of the covariance is taken for that of a draw.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2, 2), (5, 3, 2, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="covariances_not_counted" fails="composed" says="one mean, but three covariances"
# Only the mean is looked at, and the three covariances are not.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((), (2,), (5, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="cut_too_late" fails="composed" says="SHAPES['independent, two axes']: the cut between batch and event is at the wrong place"
# Independent is thought to take one axis, whatever its number says.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7, 4), (3,), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="independent_takes_all" fails="composed" says="SHAPES['independent']: the cut between batch and event is at the wrong place"
# Independent is thought to make one event of everything.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((), (4, 3), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="number_of_shape_one" fails="families" says="a single number has shape ()"
# A single number is thought to have shape (1,).
SHAPES = {
    "scalar": ((1,), (), (5, 1)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="comma_forgotten" fails="families" says="(2) is a number, (2,) a tuple"
# (5) is thought to be a tuple.
SHAPES = {
    "scalar": ((), (), (5)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% wrong="components_in_a_draw" fails="composed" says="SHAPES['mixture']: the 6 counts the possible outcomes, or components"
# A draw from a mixture is thought to hold one number for each component.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (6,), (5, 4, 6)),
}

# %% wrong="sample_without_the_event" fails="families composed" says="it is (5,) + batch + event"
# The shape of a sample is thought to be the draws and the batch only, like that of log_prob.
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4)),
    "multivariate": ((3,), (2,), (5, 3)),
    "independent": ((4,), (3,), (5, 4)),
    "independent, two axes": ((7,), (4, 3), (5, 7)),
    "mixture": ((4,), (), (5, 4)),
}

# %% right="by_hand"
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}

# %% right="asked"
SHAPES = {name: (d.batch_shape, d.event_shape, d.sample((5,)).shape) for name, d in EXAMPLES.items()}

# %% right="lists"
SHAPES = {}
for name, d in EXAMPLES.items():
    SHAPES[name] = [list(d.batch_shape), list(d.event_shape), [5, *d.batch_shape, *d.event_shape]]
