# %% wrong="unchanged" fails="one_action more_actions" says="the log-probabilities are still (2, 3)"
# The product looks right, and stays.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages).mean()

# %% wrong="squeezed" fails="more_actions" says="works for one action dimension and crashes"
# The last axis is squeezed away, which works when it has size 1.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.squeeze(-1) * advantages).mean()

# %% wrong="mean_over_everything" fails="more_actions" says="the mean runs over the action's numbers too"
# The advantages get an axis, and then the mean runs over the action's numbers too.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages[:, None]).mean()

# %% wrong="sign" fails="one_action more_actions" says="the sign is wrong"
# The minus gets lost.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return (log_probs.sum(dim=-1) * advantages).mean()

# %% wrong="summed_over_the_batch" fails="one_action more_actions" says="summed over the batch, not averaged"
# The sum over the batch is taken where the mean belongs.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1) * advantages).sum()

# %% wrong="axis_kept" fails="one_action more_actions" says="(B, 1) still meets (B,)"
# keepdim=True keeps the axis that made the trouble.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1, keepdim=True) * advantages).mean()

# %% wrong="no_mean" fails="one_action more_actions" says="one loss per sample"
# One loss for each sample is returned.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1) * advantages)

# %% wrong="whole_batch_one_event" fails="one_action more_actions" says="the whole batch was made one event"
# Independent takes both axes, and the batch has one log-probability.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_prob = Independent(Normal(mean, log_std.exp()), 2).log_prob(actions)
    return -(log_prob * advantages).mean()

# %% wrong="log_probs_detached" fails="one_action more_actions" says="the log-probabilities were detached"
# The log-probabilities are detached where the advantages might have been.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs.sum(dim=-1).detach() * advantages).mean()

# %% wrong="advantages_standardised" fails="one_action more_actions" says="the advantages were standardised"
# The advantages are standardised on the way, which was not asked for.
def fixed_policy_loss(mean, log_std, actions, advantages):
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
    return -(log_probs.sum(dim=-1) * advantages).mean()

# %% wrong="std_of_one" fails="one_action more_actions"
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
