# %% wrong="wish_first" fails="columns" says="the reward-to-go comes first"
# The reward-to-go is put in front.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([rtg, observations]), dtype=torch.float32)


# %% wrong="float64" fails="columns" says="the dtype is torch.float64"
# The arrays' own dtype is kept.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations, rtg]))


# %% wrong="integers" fails="columns" says="the dtype is torch.int64"
# The counts of steps are thought to be whole numbers.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations, rtg]), dtype=torch.int64)


# %% wrong="array" fails="columns" says="gave a ndarray"
# A float32 array, but no tensor.
def make_inputs(observations, rtg):
    return np.column_stack([observations, rtg]).astype(np.float32)


# %% wrong="first_wish_for_all" fails="columns" says="the last column is tensor([50., 50., 50., 50., 50.])"
# The first step's reward-to-go is put into every row.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations, np.full(len(rtg), rtg[0])]), dtype=torch.float32)


# %% wrong="normalised" fails="columns" says="the last column is tensor([1.0000, 0.8000"
# The reward-to-go is divided by its largest.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations, rtg / np.max(rtg)]), dtype=torch.float32)


# %% wrong="rows_and_columns_exchanged" fails="columns" says="gave shape (3, 5)"
# The reward-to-go is stacked below as a row.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.vstack([observations.T, rtg]), dtype=torch.float32)


# %% wrong="no_second_axis" fails="columns" says="must have same number of dimensions"
# The reward-to-go of shape (N,) is joined to an array (N, D) as it is.
def make_inputs(observations, rtg):
    observations, rtg = torch.as_tensor(observations).float(), torch.as_tensor(rtg).float()
    return torch.cat([observations, rtg], dim=1)


# %% wrong="added_instead_of_joined" fails="columns" says="gave shape (5, 2)"
# The reward-to-go is added to the observations instead of joined.
def make_inputs(observations, rtg):
    return torch.as_tensor(observations + rtg[:, None], dtype=torch.float32)


# %% wrong="two_columns_only" fails="columns"
# Fits observations of two numbers only.
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations[:, 0], observations[:, 1], rtg]), dtype=torch.float32)


# %% right="column_stack"
def make_inputs(observations, rtg):
    return torch.as_tensor(np.column_stack([observations, rtg]), dtype=torch.float32)


# %% right="torch_cat"
def make_inputs(observations, rtg):
    obs = torch.tensor(observations, dtype=torch.float32)
    wish = torch.tensor(rtg, dtype=torch.float32).unsqueeze(1)
    return torch.cat([obs, wish], dim=1)


# %% right="loop"
def make_inputs(observations, rtg):
    return torch.tensor([[*map(float, row), float(wish)] for row, wish in zip(observations, rtg)])


# %% right="filled_in"
def make_inputs(observations, rtg):
    n, d = observations.shape
    inputs = torch.empty(n, d + 1)
    inputs[:, :d] = torch.from_numpy(observations)
    inputs[:, d] = torch.from_numpy(rtg)
    return inputs
