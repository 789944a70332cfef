# %% wrong="first_maximum" fails="ties extremes" says="that is np.argmax, the first maximum"
# np.argmax is taken to break ties at random.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(np.argmax(values))

# %% wrong="last_maximum" fails="ties extremes" says="that is the last maximum"
# Any of the tied indices will do, so the last one is taken.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(ties[-1])

# %% wrong="masked_by_zero" fails="ties extremes" says="for [-3, -1, -2, -1] the answers are {0}"
# The mask is multiplied in, so that a 0 takes the place of every smaller value.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(np.argmax((values == values.max()) * values * rng.random(len(values))))

# %% wrong="noise_breaks_ties" fails="extremes" says="two infinities tie like other values"
# A little noise is added so that argmax chooses at random: it vanishes beside infinity.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(np.argmax(values + 1e-06 * rng.random(len(values))))

# %% wrong="close_is_equal" fails="extremes" says="close is not equal"
# Floats are compared with a tolerance, out of habit.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(np.isclose(values, values.max()))
    return int(ties[rng.integers(len(ties))])

# %% wrong="value_returned" fails="ties extremes" says="np.float64(3.0): return one index"
# The maximum itself is returned, not its index.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return values.max()

# %% wrong="all_ties_returned" fails="ties extremes" says="array([1, 2, 4])"
# All the tied indices are returned.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return np.flatnonzero(values == values.max())

# %% wrong="any_index" fails="ties extremes" says="an index was returned that does not hold the maximum"
# The draw is over all indices, not over the tied ones.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(rng.integers(len(values)))

# %% wrong="unequal_shares" fails="ties" says="the three maxima are not equally likely"
# A draw over all K, folded back by the remainder, favours the first ties.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(ties[rng.integers(len(values)) % len(ties)])

# %% wrong="own_generator" fails="ties" says="draw from the rng that is passed in"
# A generator of its own is made in every call.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(ties[np.random.default_rng().integers(len(ties))])

# %% wrong="nan_skipped" fails="raises" says="instead of a ValueError: a nan has no place"
# A nan is skipped as if it were a missing value.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or False:
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == np.nanmax(values))
    return int(ties[rng.integers(len(ties))])

# %% wrong="empty_is_zero" fails="raises" says="of an empty array gives"
# Of an empty array the answer is 0, for want of anything better.
def random_argmax(values, rng):
    values = np.asarray(values)
    if np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    if values.size == 0:
        return 0
    ties = np.flatnonzero(values == values.max())
    return int(ties[rng.integers(len(ties))])

# %% wrong="nan_of_the_checks" fails="raises"
# A nan is sought only where the visible checks have one.
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values[:2]).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == np.nanmax(values))
    return int(ties[rng.integers(len(ties))])

# %% right="reference_untyped"
def random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(ties[rng.integers(len(ties))])

# %% right="loop"
def random_argmax(values, rng):
    values = [float(v) for v in values]
    if not values or any(v != v for v in values):
        raise ValueError
    best = max(values)
    return rng.choice([i for i, v in enumerate(values) if v == best])

# %% right="where_trick"
def random_argmax(values, rng):
    v = np.asarray(values, dtype=float)
    if v.size == 0 or np.isnan(v).any():
        raise ValueError
    return np.argmax(np.where(v == np.max(v), rng.random(len(v)), -1))

# %% right="permutation"
def random_argmax(values, rng):
    v = np.array(values, dtype=float)
    if len(v) == 0 or np.isnan(np.max(v)):
        raise ValueError("x")
    p = rng.permutation(len(v))
    return int(p[np.argmax(v[p])])
