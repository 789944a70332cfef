# %% wrong="no_minus" fails="value" says="the sign is turned"
# The objective is returned as it is, but an optimizer goes down.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return (log_probs * returns.detach()).sum()

# %% wrong="averaged_first" fails="value" says="were averaged before they met the returns"
# The mean log-probability of the episode meets the returns.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs.mean() * returns.detach()).sum()

# %% wrong="two_sums" fails="value" says="two sums were multiplied"
# The episode's log-probability times the episode's total, a formula of its own.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -log_probs.sum() * returns.detach().sum()

# %% wrong="probabilities" fails="value" says="probabilities were used, not their logarithms"
# exp turns the log-probabilities back into probabilities.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs.exp() * returns.detach()).sum()

# %% wrong="backwards_in_time" fails="value" says="runs backwards in time"
# The returns are taken to be listed from the last step to the first.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs * returns.detach().flip(0)).sum()

# %% wrong="one_per_step" fails="value" says="add (or average) the steps to one scalar"
# Each step keeps a loss of its own.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -log_probs * returns.detach()

# %% wrong="plain_number" fails="value" says="without a tensor there is nothing to call backward on"
# .item() makes a number that knows no graph.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs * returns.detach()).sum().item()

# %% wrong="graph_cut" fails="value" says="something detached the log-probabilities"
# Everything is turned into plain data before the sum.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs.detach() * returns.detach()).sum()

# %% wrong="returns_not_detached" fails="data" says="a gradient flowed into the returns"
# Nothing keeps the gradient from flowing into the returns.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs * returns).sum()

# %% wrong="shapes_unchecked" fails="shapes" says="were broadcast without a word"
# torch is trusted to complain about shapes.
def reinforce_loss(log_probs, returns):
    return -(log_probs * returns.detach()).sum()

# %% wrong="entries_counted" fails="shapes" says="as many entries is not enough"
# The numbers of entries are compared, not the shapes.
def reinforce_loss(log_probs, returns):
    if log_probs.numel() != returns.numel():
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs * returns.detach()).sum()

# %% wrong="runtime_error" fails="shapes" says="compare the shapes yourself and raise ValueError"
# The shapes are compared, but the wrong exception is raised.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise RuntimeError("log_probs and returns differ in shape")
    return -(log_probs * returns.detach()).sum()

# %% wrong="divided_by_three" fails="value"
# The mean of the example: its three steps are typed in.
def reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError("log_probs and returns differ in shape")
    return -(log_probs * returns.detach()).sum() / 3

# %% right="dot"
def reinforce_loss(log_probs, returns):
    if tuple(log_probs.shape) != tuple(returns.shape):
        raise ValueError(f"{log_probs.shape} != {returns.shape}")
    return -torch.dot(log_probs, returns.detach())

# %% right="mean_of_products"
def reinforce_loss(log_probs, returns):
    if log_probs.size() != returns.size():
        raise ValueError("shapes differ")
    with torch.no_grad():
        weights = -returns.clone()
    return torch.mean(weights * log_probs)

# %% right="loop"
def reinforce_loss(log_probs, returns):
    if log_probs.ndim != returns.ndim or len(log_probs) != len(returns) or log_probs.shape != returns.shape:
        raise ValueError
    loss = torch.zeros(())
    for log_prob, weight in zip(log_probs, returns):
        loss = loss - log_prob * weight.item()
    return loss

# %% right="einsum"
def reinforce_loss(log_probs, returns):
    if log_probs.shape == returns.shape:
        return torch.einsum("t,t->", -log_probs, returns.data) / len(returns)
    raise ValueError("one return for each log-probability, please")
