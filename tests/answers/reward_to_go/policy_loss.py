# %% wrong="sign" fails="value" says="the sign is turned round"
# The minus is missing, so the optimizer walks downhill.
def policy_loss(log_probs, advantages, mask):
    return (log_probs * advantages.detach())[mask].mean()

# %% wrong="sum" fails="value" says="this is the sum over real steps"
# The terms are added, not averaged.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach())[mask].sum()

# %% wrong="padding_counted" fails="value" says="the padding was counted as well"
# The mask is not looked at.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach()).mean()

# %% wrong="divided_by_all" fails="value" says="still counted in the divisor"
# The padding is cleared, but the mean still counts it.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach() * mask).mean()

# %% wrong="per_episode" fails="value" says="divided by the number of episodes"
# Summed over the steps, averaged over the episodes.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach() * mask).sum(dim=0).mean()

# %% wrong="product_of_means" fails="value gradient" says="averaged before they were multiplied"
# Mean log-probability times mean advantage.
def policy_loss(log_probs, advantages, mask):
    return -log_probs[mask].mean() * advantages.detach()[mask].mean()

# %% wrong="advantages_not_detached" fails="gradient" says="a gradient flowed into the advantages"
# The advantages are not detached.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages)[mask].mean()

# %% wrong="log_probs_detached" fails="gradient" says="log_probs was detached, and nothing can be learned"
# The wrong factor is detached.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs.detach() * advantages.detach())[mask].mean()

# %% wrong="a_float" fails="value gradient" says="policy_loss gave a float"
# item() makes a plain number, without a graph.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach())[mask].mean().item()

# %% wrong="cleared_in_place" fails="gradient" says="leaf Variable that requires grad is being used in an in-place"
# The padding is cleared within the tensor that was handed in.
def policy_loss(log_probs, advantages, mask):
    log_probs[~mask] = 0.0
    return -(log_probs * advantages.detach()).sum() / mask.sum()

# %% wrong="four_steps" fails="value"
# The number of real steps in the example is written into the code.
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach())[mask].sum() / 4

# %% right="sum_over_count"
def policy_loss(log_probs, advantages, mask):
    return -(log_probs * advantages.detach() * mask).sum() / mask.sum()

# %% right="einsum"
def policy_loss(log_probs, advantages, mask):
    picked, weights = log_probs[mask], advantages[mask].detach()
    return torch.einsum("i,i->", picked, weights) / -len(picked)

# %% right="loop"
def policy_loss(log_probs, advantages, mask):
    total, count = torch.zeros(()), 0
    for t in range(mask.shape[0]):
        for i in range(mask.shape[1]):
            if mask[t, i]:
                total = total - log_probs[t, i] * advantages[t, i].item()
                count += 1
    return total / count
