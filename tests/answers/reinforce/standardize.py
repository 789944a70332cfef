# %% wrong="mean_only" fails="values" says="nothing was divided by the standard deviation"
# Centring is taken for standardising.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    return returns - returns.mean()

# %% wrong="std_only" fails="values" says="but the mean was not subtracted"
# The returns are scaled, but keep their mean.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    return returns / returns.std()

# %% wrong="variance" fails="values" says="divided by the variance"
# The variance is taken for the standard deviation.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.var()

# %% wrong="min_max" fails="values" says="scaled to [0, 1]"
# Another kind of normalising: the smallest becomes 0, the largest 1.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    return (returns - returns.min()) / (returns.max() - returns.min())

# %% wrong="large_epsilon" fails="values" says="added to the std is too much"
# A generous epsilon shrinks returns that lie close together.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / (returns.std() + 1e-3)

# %% wrong="in_place" fails="values" says="standardize changed its input"
# In-place arithmetic overwrites the caller's returns.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.zeros_like(returns)
    std = returns.std()
    returns -= returns.mean()
    returns /= std
    return returns

# %% wrong="epsilon_only" fails="edges" says="a single return has no std"
# An epsilon below is meant to help everywhere, but one return has the std nan.
def standardize(returns):
    return (returns - returns.mean()) / (returns.std() + 1e-8)

# %% wrong="population_epsilon" fails="edges" says="an epsilon does not make that zero"
# The std of ten copies of 0.1 is as small as the epsilon, and so is the difference above it.
def standardize(returns):
    return (returns - returns.mean()) / (returns.std(unbiased=False) + 1e-8)

# %% wrong="length_one_only" fails="edges" says="equal returns have std 0"
# Only the episode of one step is thought of, not the one of equal returns.
def standardize(returns):
    if len(returns) == 1:
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()

# %% wrong="std_is_zero" fails="edges" says="compare the entries themselves"
# The computed std is compared with 0, which rounding avoids.
def standardize(returns):
    if len(returns) == 1 or returns.std() == 0:
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()

# %% wrong="fixed_threshold" fails="edges" says="no fixed threshold fits them all"
# A threshold for the std that fits 0.1 is too small for the rounding errors of large returns.
def standardize(returns):
    if len(returns) == 1 or returns.std() < 1e-6:
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()

# %% wrong="scalar_zero" fails="edges" says="should give a tensor of shape (1,)"
# The special case returns one zero instead of a tensor of zeros.
def standardize(returns):
    if returns.max() == returns.min():
        return torch.tensor(0.0)
    return (returns - returns.mean()) / returns.std()

# %% wrong="first_against_last" fails="values"
# Returns fall from step to step, so equal ends are taken for equal returns; in the visible checks they are.
def standardize(returns):
    if returns[0] == returns[-1]:
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()

# %% right="all_equal_population"
def standardize(returns):
    if (returns == returns[0]).all():
        return 0 * returns
    centred = returns - returns.mean()
    return centred / (returns.std(correction=0) + 1e-8)

# %% right="numpy"
def standardize(returns):
    values = returns.detach().numpy().astype(np.float64)
    if len(set(values.tolist())) == 1:
        return torch.zeros(len(values))
    return torch.tensor((values - np.mean(values)) / np.std(values), dtype=torch.float32)

# %% right="by_hand"
def standardize(returns):
    n = returns.numel()
    shifted = returns.double() - returns[0].double()  # equal entries become exact zeros
    centred = shifted - shifted.sum() / n
    spread = torch.sqrt((centred**2).sum() / n)
    return centred if spread == 0 else centred / spread

# %% right="std_mean_where"
def standardize(returns):
    if torch.unique(returns).numel() < 2:
        return torch.zeros(returns.shape, dtype=returns.dtype)
    std, mean = torch.std_mean(returns)
    return returns.sub(mean).div(std.clamp(min=1e-8))
