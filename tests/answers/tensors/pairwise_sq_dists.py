# %% wrong="loop_over_points" fails="limits" says="there is a Python loop over the points"
# All pairs are taken one by one; a comprehension is a loop as well.
def pairwise_sq_dists(x, y):
    return np.array([[((a.astype(float) - b.astype(float)) ** 2).sum() for b in y] for a in x])

# %% wrong="loop_over_coordinates" fails="limits" says="there is a Python loop over the D coordinates"
# The points are broadcast, but the D coordinates are still added in a loop.
def pairwise_sq_dists(x, y):
    total = np.zeros((len(x), len(y)))
    for k in range(x.shape[1]):
        total += (x[:, None, k].astype(float) - y[None, :, k].astype(float)) ** 2
    return total

# %% wrong="negative_by_rounding" fails="limits" says="none should be negative"
# The expanded square is exact on paper only: rounding leaves small negative entries.
def pairwise_sq_dists(x, y):
    x, y = x.astype(np.float64), y.astype(np.float64)
    return (x**2).sum(1)[:, None] + (y**2).sum(1) - 2 * x @ y.T

# %% wrong="converts_too_late" fails="limits" says="wrapped around before they became floats"
# The result is made float, but the subtraction already wrapped around in uint8.
def pairwise_sq_dists(x, y):
    return ((x[:, None] - y[None]) ** 2).sum(-1).astype(np.float64)

# %% wrong="never_converts" fails="limits" says="dtype uint64 for uint8 points"
# The result keeps whatever dtype NumPy's arithmetic on the input gives.
def pairwise_sq_dists(x, y):
    return ((x[:, None] - y[None]) ** 2).sum(-1)

# %% wrong="single_precision" fails="values limits" says="dtype float32 for uint8 points"
# float32 is taken to be float enough.
def pairwise_sq_dists(x, y):
    return ((x[:, None].astype(np.float32) - y[None].astype(np.float32)) ** 2).sum(-1)

# %% wrong="square_root" fails="values limits" says="these are distances, not squared distances"
# A distance is computed where its square was asked for.
def pairwise_sq_dists(x, y):
    return np.linalg.norm(x[:, None].astype(float) - y[None], axis=-1)

# %% wrong="transposed" fails="values limits" says="it is transposed"
# y is put on the rows and x on the columns.
def pairwise_sq_dists(x, y):
    return ((y[:, None].astype(float) - x[None]) ** 2).sum(-1)

# %% wrong="not_summed" fails="values limits" says="the sum over the last axis, D, is missing"
# The squares of the coordinates are never added up.
def pairwise_sq_dists(x, y):
    return (x[:, None].astype(float) - y[None]) ** 2

# %% wrong="mean_over_coordinates" fails="values limits" says="a mean over D instead of a sum"
# The mean of the squared differences is taken where their sum belongs.
def pairwise_sq_dists(x, y):
    return ((x[:, None].astype(float) - y[None]) ** 2).mean(-1)

# %% wrong="absolute_differences" fails="values limits" says="absolute differences were added"
# The differences are made positive by abs instead of by squaring.
def pairwise_sq_dists(x, y):
    return np.abs(x[:, None].astype(float) - y[None]).sum(-1)

# %% wrong="two_dimensions_only" fails="values limits"
# Written for points in the plane: the other coordinates are never looked at.
def pairwise_sq_dists(x, y):
    x, y = x.astype(float), y.astype(float)
    return (x[:, None, 0] - y[None, :, 0]) ** 2 + (x[:, None, 1] - y[None, :, 1]) ** 2

# %% right="expanded_and_clipped"
def pairwise_sq_dists(x, y):
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    return np.maximum((x**2).sum(1)[:, None] + (y**2).sum(1) - 2 * x @ y.T, 0)

# %% right="einsum"
def pairwise_sq_dists(x, y):
    d = np.subtract(x[:, None], y, dtype=np.float64)
    return np.einsum("ijk,ijk->ij", d, d)

# %% right="squared_norm"
def pairwise_sq_dists(x, y):
    return np.linalg.norm(x.astype(float)[:, None] - y.astype(float), axis=2) ** 2

# %% right="repeat_and_tile"
def pairwise_sq_dists(x, y):
    n, m = len(x), len(y)
    left = np.repeat(np.array(x, dtype=np.float64), m, axis=0)
    right = np.tile(np.array(y, dtype=np.float64), (n, 1))
    return np.sum(np.square(left - right), axis=1).reshape(n, m)
