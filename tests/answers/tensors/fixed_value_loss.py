# %% wrong="mse_loss" fails="value gradient" says="every value still meets every target"
# mse_loss is thought to pair values and targets of any shapes.
def fixed_value_loss(values, targets):
    return nn.functional.mse_loss(values, targets)

# %% wrong="summed" fails="value gradient" says="summed, not averaged"
# The sum over the batch is taken where the mean belongs.
def fixed_value_loss(values, targets):
    return ((values[:, 0] - targets) ** 2).sum()

# %% wrong="half_of_it" fails="value gradient" says="a factor 1/2 that was not asked for"
# A factor 1/2 comes along from the textbook's derivative.
def fixed_value_loss(values, targets):
    return 0.5 * ((values[:, 0] - targets) ** 2).mean()

# %% wrong="absolute" fails="value gradient" says="absolute differences, not squared ones"
# The absolute difference is taken for the squared one.
def fixed_value_loss(values, targets):
    return (values[:, 0] - targets).abs().mean()

# %% wrong="root" fails="value gradient" says="the root of the mean square"
# The root of the mean squared error is returned.
def fixed_value_loss(values, targets):
    return ((values[:, 0] - targets) ** 2).mean().sqrt()

# %% wrong="values_detached" fails="gradient" says="the loss carries no graph"
# The values are detached, where targets often are.
def fixed_value_loss(values, targets):
    return ((values[:, 0].detach() - targets) ** 2).mean()

# %% wrong="no_mean" fails="value gradient" says="one loss per sample"
# One squared error for each sample is returned.
def fixed_value_loss(values, targets):
    return (values[:, 0] - targets) ** 2

# %% wrong="difference_of_means" fails="value gradient" says="the difference of the two means"
# The means are compared, not the entries.
def fixed_value_loss(values, targets):
    return (values.mean() - targets.mean()) ** 2

# %% wrong="in_place" fails="value gradient" says="changed the targets it was given"
# -= works on the caller's own targets.
def fixed_value_loss(values, targets):
    targets -= values[:, 0]
    return (targets**2).mean()

# %% wrong="divided_by_three" fails="value gradient"
# The batch size of the example is written into the code.
def fixed_value_loss(values, targets):
    return ((values[:, 0] - targets) ** 2).sum() / 3

# %% right="first_column"
def fixed_value_loss(values, targets):
    return ((values[:, 0] - targets) ** 2).mean()

# %% right="targets_as_a_column"
def fixed_value_loss(values, targets):
    return nn.functional.mse_loss(values, targets[:, None])

# %% right="flattened"
def fixed_value_loss(values, targets):
    return nn.MSELoss()(values.flatten(), targets)

# %% right="norm"
def fixed_value_loss(values, targets):
    return torch.dot(values.view(-1) - targets, values.view(-1) - targets) / values.numel()
