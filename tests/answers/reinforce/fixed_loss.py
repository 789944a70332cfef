# %% wrong="still_averaged" fails="gradient" says="is still zero"
# The two lines are merged into one, and the mean stays where it was.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append((-logs.mean() * w.detach()).sum())
    return torch.stack(losses).mean()

# %% wrong="averaged_weights" fails="gradient" says="all steps of episode 0 get the same gradient"
# The weights are reduced to their sum without sign, so that it is no longer zero.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append(-(logs * w.detach().abs().sum()).sum())
    return torch.stack(losses).mean()

# %% wrong="sign" fails="gradient" says="the repair has turned the sign"
# The minus is lost along with the mean.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append((logs * w.detach()).sum())
    return torch.stack(losses).mean()

# %% wrong="no_detach" fails="gradient" says="a gradient flowed into the weights"
# The weights keep their graph, as in the given code.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append(-(logs * w).sum())
    return torch.stack(losses).mean()

# %% wrong="first_episode_only" fails="gradient" says="no gradient reached the log-probabilities of episode 1"
# The return stands inside the loop.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append(-(logs * w.detach()).sum())
        return torch.stack(losses).mean()

# %% wrong="list_of_losses" fails="gradient" says="but should give a tensor of shape ()"
# The losses of the episodes are returned as a list.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append(-(logs * w.detach()).sum())
    return losses

# %% wrong="graph_cut" fails="gradient" says="the loss has lost its graph"
# The losses are collected as numbers.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in zip(log_probs, weights):
        losses.append(-(logs * w.detach()).sum().item())
    return torch.tensor(losses).mean()

# %% wrong="three_episodes" fails="gradient"
# The example had three episodes, and so has this loop.
def fixed_loss(log_probs, weights):
    losses = []
    for logs, w in list(zip(log_probs, weights))[:3]:
        losses.append(-(logs * w.detach()).sum())
    return torch.stack(losses).mean()

# %% right="concatenated"
def fixed_loss(log_probs, weights):
    return -(torch.cat(log_probs) * torch.cat(weights).detach()).mean()

# %% right="dots"
def fixed_loss(log_probs, weights):
    total = 0.0
    for i in range(len(log_probs)):
        total = total - log_probs[i].dot(weights[i].detach()) / len(weights[i])
    return total / len(log_probs)

# %% right="advantage_first"
def fixed_loss(log_probs, weights):
    losses = []
    for episode_log_probs, episode_weights in zip(log_probs, weights, strict=True):
        surprise = -episode_log_probs
        losses.append((surprise * episode_weights.data).mean())
    return sum(losses)
