# %% wrong="unchanged" fails="unknown"
# The product looks right, and stays.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages).mean()

# %% wrong="squeezed" fails="unknown"
# The last axis is squeezed away, which works when it has size 1.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.squeeze(-1) * advantages).mean()

# %% wrong="mean_over_everything" fails="unknown"
# The advantages get an axis, and then the mean runs over the action's numbers too.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages[:, None]).mean()

# %% wrong="sign" fails="unknown"
# The minus gets lost.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return (log_probs.sum(dim=-1) * advantages).mean()

# %% wrong="summed_over_the_batch" fails="unknown"
# The sum over the batch is taken where the mean belongs.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1) * advantages).sum()

# %% wrong="axis_kept" fails="unknown"
# keepdim=True keeps the axis that made the trouble.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1, keepdim=True) * advantages).mean()

# %% wrong="no_mean" fails="unknown"
# One loss for each sample is returned.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1) * advantages)

# %% wrong="whole_batch_one_event" fails="unknown"
# Independent takes both axes, and the batch has one log-probability.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_prob = Independent(Normal(mean, log_std.exp()), 2).log_prob(actions)
    return -(log_prob * advantages).mean()

# %% wrong="log_probs_detached" fails="unknown"
# The log-probabilities are detached where the advantages might have been.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1).detach() * advantages).mean()

# %% wrong="advantages_standardised" fails="unknown"
# The advantages are standardised on the way, which was not asked for.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
    return -(log_probs.sum(dim=-1) * advantages).mean()

# %% wrong="std_of_one" fails="unknown"
# The std is taken to be 1, as in the examples.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, torch.ones_like(log_std)).log_prob(actions)
    return -(log_probs.sum(dim=-1) * advantages).mean()

# %% right="advantages_as_a_column"
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages[:, None]).sum(1).mean()

# %% right="inner_product"
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(1) @ advantages) / len(advantages)

# %% right="by_diagonal_gaussian"
def fixed_policy_loss(mean, log_std, actions, advantages):
    return -(diagonal_gaussian(mean, log_std).log_prob(actions) * advantages).mean()

# %% right="loop"
def fixed_policy_loss(mean, log_std, actions, advantages):
    total = 0.0
    for b in range(len(actions)):
        total = total - Normal(mean[b], log_std.exp()).log_prob(actions[b]).sum() * advantages[b]
    return total / len(actions)
