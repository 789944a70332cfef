# %% wrong="half" fails="value" says="a factor 1/2 too many"
# The ½ that makes the derivative tidy.
def value_loss(values, rtg, mask):
    return 0.5 * ((values - rtg.detach())[mask] ** 2).mean()

# %% wrong="sum" fails="value" says="this is the sum over real steps"
# The squares are added, not averaged.
def value_loss(values, rtg, mask):
    return ((values - rtg.detach())[mask] ** 2).sum()

# %% wrong="padding_counted" fails="value" says="the padding was counted as well"
# The mask is not looked at.
def value_loss(values, rtg, mask):
    return nn.functional.mse_loss(values, rtg.detach())

# %% wrong="divided_by_all" fails="value" says="still counted in the divisor"
# The padding is cleared, but the mean still counts it.
def value_loss(values, rtg, mask):
    return nn.functional.mse_loss(values * mask, rtg.detach() * mask)

# %% wrong="absolute_error" fails="value gradient" says="this is the mean absolute error"
# The errors are not squared.
def value_loss(values, rtg, mask):
    return ((values - rtg.detach())[mask]).abs().mean()

# %% wrong="root" fails="value" says="the root of the mean square"
# The root of the mean square error.
def value_loss(values, rtg, mask):
    return ((values - rtg.detach())[mask] ** 2).mean().sqrt()

# %% wrong="averaged_first" fails="value gradient" says="averaged before they were squared"
# The square of the mean error.
def value_loss(values, rtg, mask):
    return (values - rtg.detach())[mask].mean() ** 2

# %% wrong="targets_not_detached" fails="gradient" says="a gradient flowed into rtg"
# The targets are not detached.
def value_loss(values, rtg, mask):
    return ((values - rtg)[mask] ** 2).mean()

# %% wrong="values_detached" fails="gradient" says="the values were detached, and nothing can be learned"
# The wrong side is detached.
def value_loss(values, rtg, mask):
    return ((values.detach() - rtg.detach())[mask] ** 2).mean()

# %% wrong="a_float" fails="value gradient" says="value_loss gave a float"
# item() makes a plain number, without a graph.
def value_loss(values, rtg, mask):
    return ((values - rtg.detach())[mask] ** 2).mean().item()

# %% wrong="four_steps" fails="value"
# The number of real steps in the example is written into the code.
def value_loss(values, rtg, mask):
    return ((values - rtg.detach())[mask] ** 2).sum() / 4

# %% right="mse_loss"
def value_loss(values, rtg, mask):
    return nn.functional.mse_loss(values[mask], rtg[mask].detach())

# %% right="sum_over_count"
def value_loss(values, rtg, mask):
    error = torch.where(mask, values - rtg.detach(), torch.tensor(0.0))
    return error.pow(2).sum() / mask.count_nonzero()

# %% right="dot_product"
def value_loss(values, rtg, mask):
    error = (values - rtg.detach()).masked_select(mask)
    return error @ error / error.numel()
