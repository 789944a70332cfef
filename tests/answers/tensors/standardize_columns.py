# %% wrong="small_number_added" fails="values constant" says="a small number was added to the std"
# 1e-8 is added to every std, out of habit, against division by zero.
def standardize_columns(x):
    return (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-8)

# %% wrong="divides_by_zero" fails="constant" says="became NaN, but should become 0: 0 / 0"
# The case of a constant column is forgotten.
def standardize_columns(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)

# %% wrong="asks_for_std_zero" fails="constant" says="only a rounding error passed for a std"
# A constant column is thought to have a computed std of exactly 0.
def standardize_columns(x):
    std = x.std(axis=0)
    constant = std == 0
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / np.where(constant, 1.0, std))

# %% wrong="small_std_is_zero" fails="constant" says="small is not the same as equal"
# Every small std is taken for that of a constant column.
def standardize_columns(x):
    std = x.std(axis=0)
    constant = std < 1e-8
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / np.where(constant, 1.0, std))

# %% wrong="centred_constant" fails="constant" says="should become exactly 0, not nearly"
# The std of a constant column is replaced by 1, and its centred entries are thought to be 0 already.
def standardize_columns(x):
    constant = x.max(axis=0) == x.min(axis=0)
    return (x - x.mean(axis=0)) / np.where(constant, 1.0, x.std(axis=0))

# %% wrong="sample_std" fails="values constant" says="divided by N - 1"
# The std is divided by N - 1, as in a statistics course.
def standardize_columns(x):
    constant = x.max(axis=0) == x.min(axis=0)
    std = np.where(constant, 1.0, np.sqrt(((x - x.mean(axis=0)) ** 2).sum(axis=0) / max(len(x) - 1, 1)))
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / std)

# %% wrong="whole_array" fails="values constant" says="taken over the whole array"
# mean() and std() without an axis run over the whole array.
def standardize_columns(x):
    return (x - x.mean()) / x.std()

# %% wrong="rows" fails="values constant" says="the rows were standardised"
# Axis 1 is thought to mean 'for each column'.
def standardize_columns(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)

# %% wrong="variance" fails="values constant" says="divided by the variance"
# Divided by the variance instead of its root.
def standardize_columns(x):
    constant = x.max(axis=0) == x.min(axis=0)
    std = np.where(constant, 1.0, x.var(axis=0))
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / std)

# %% wrong="centred_only" fails="values constant" says="not divided by the std"
# The mean is subtracted and the division forgotten.
def standardize_columns(x):
    return x - x.mean(axis=0)

# %% wrong="in_place" fails="values" says="changed its input"
# -= and /= work on the caller's own array.
def standardize_columns(x):
    constant = x.max(axis=0) == x.min(axis=0)
    std = np.where(constant, 1.0, x.std(axis=0))
    x -= x.mean(axis=0)
    x /= std
    x[:, constant] = 0
    return x

# %% wrong="threshold_of_the_example" fails="constant"
# The threshold on the std is moved until the columns of the example pass.
def standardize_columns(x):
    std = x.std(axis=0)
    constant = std < 1e-14
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / np.where(constant, 1.0, std))

# %% right="overwritten_afterwards"
def standardize_columns(x):
    with np.errstate(all="ignore"):
        z = (x - x.mean(0)) / x.std(0)
    z[:, (x == x[0]).all(0)] = 0
    return z

# %% right="loop"
def standardize_columns(x):
    z = np.zeros_like(x)
    for j in range(x.shape[1]):
        column = x[:, j]
        if np.ptp(column) > 0:
            z[:, j] = (column - np.mean(column)) / np.std(column)
    return z

# %% right="from_the_formula"
def standardize_columns(x):
    n = len(x)
    centred = x - x.sum(axis=0) / n
    sigma = np.sqrt((centred**2).sum(axis=0) / n)
    varies = (x != x[:1]).any(axis=0)
    return np.divide(centred, sigma, out=np.zeros(x.shape), where=np.broadcast_to(varies, x.shape))
