# %% wrong="still_the_best" fails="samples" says="still the most probable action"
# The log-probabilities are repaired, but the actions are still the favourites.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.probs.argmax(dim=-1)
    return actions.numpy(), dist.log_prob(actions)

# %% wrong="log_probs_of_the_best" fails="samples" says="still those of the favourites"
# The actions are sampled, and the log-probabilities stay as they were.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions.numpy(), dist.probs.max(dim=-1).values.log()

# %% wrong="sampled_twice" fails="samples" says="was it sampled twice?"
# A second sample is drawn for the log-probabilities.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions.numpy(), dist.log_prob(dist.sample())

# %% wrong="probabilities" fails="samples" says="these are the probabilities, not their logarithms"
# The logarithm is left out.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions.numpy(), dist.probs.gather(1, actions[:, None])[:, 0]

# %% wrong="no_graph" fails="samples" says="the log-probabilities have no graph"
# Acting is done under no_grad, and so are the log-probabilities.
def fixed_act(policy, observations):
    with torch.no_grad():
        dist = policy(torch.as_tensor(observations, dtype=torch.float32))
        actions = dist.sample()
        return actions.numpy(), dist.log_prob(actions)

# %% wrong="epsilon_greedy" fails="samples" says="but its actions came with frequencies"
# Exploring is done with an epsilon instead of the policy's own probabilities.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.probs.argmax(dim=-1)
    explore = torch.rand(len(actions)) < 0.3
    actions[explore] = torch.randint(dist.probs.shape[-1], (int(explore.sum()),))
    return actions.numpy(), dist.log_prob(actions)

# %% wrong="tensor_of_actions" fails="samples" says="the actions are a Tensor"
# The actions are returned as a tensor.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions, dist.log_prob(actions)

# %% wrong="column_of_log_probs" fails="samples" says="log_probs should be a tensor of shape"
# gather keeps the axis over which it picks.
def fixed_act(policy, observations):
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions.numpy(), dist.logits.gather(1, actions.unsqueeze(1))

# %% wrong="table_typed_in" fails="samples"
# The two rows of the visible check are typed in.
def fixed_act(policy, observations):
    table = np.array([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7]])
    actions = np.array([np.random.choice(3, p=table[int(row)]) for row in observations[:, 0]])
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    return actions, dist.log_prob(torch.as_tensor(actions))

# %% right="multinomial"
def fixed_act(policy, observations):
    dist = policy(torch.tensor(np.array(observations), dtype=torch.float32))
    actions = torch.multinomial(dist.probs, 1)
    log_probs = dist.probs.gather(1, actions).squeeze(1).log()
    return actions.squeeze(1).numpy(), log_probs

# %% right="one_by_one"
def fixed_act(policy, observations):
    actions, log_probs = [], []
    for obs in observations:
        dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
        action = dist.sample()
        actions.append(action.item())
        log_probs.append(dist.log_prob(action)[0])
    return np.array(actions, dtype=np.int64), torch.stack(log_probs)

# %% right="numpy_dice"
def fixed_act(policy, observations):
    logits = policy(torch.from_numpy(observations).float()).logits
    p = logits.detach().exp().numpy()
    actions = (np.random.rand(len(p), 1) > p.cumsum(axis=1)[:, :-1]).sum(axis=1)
    return actions.astype(np.int64), logits[torch.arange(len(p)), torch.from_numpy(actions)]
