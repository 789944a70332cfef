# %% wrong="repeated_index" fails="repeats" says="holds only one of the visits"
# += with a repeated index keeps one of the contributions.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    scores = np.eye(theta.shape[1])[np.asarray(actions)] - probabilities[np.asarray(states)]
    gradient = np.zeros(theta.shape)
    gradient[np.asarray(states)] += np.asarray(weights)[:, None] * scores
    return gradient

# %% wrong="sign" fails="score" says="the sign is turned round"
# Probability minus one, in place of one minus probability.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] += weight * probabilities[state]
        gradient[state, action] -= weight
    return gradient

# %% wrong="nothing_pushed_down" fails="score" says="nothing is pushed down"
# Only the action that was taken gets a contribution.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state, action] += weight
    return gradient

# %% wrong="no_weight" fails="score" says="the weight was not used"
# The scores are added without their weights.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= probabilities[state]
        gradient[state, action] += 1.0
    return gradient

# %% wrong="gradient_of_pi" fails="score" says="the gradient of pi, not that of log pi"
# The derivative of the probability, without the logarithm.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state, action] * probabilities[state]
        gradient[state, action] += weight * probabilities[state, action]
    return gradient

# %% wrong="every_row" fails="score" says="only state 2 was visited, but another row"
# All states are pushed down, also those that were not visited.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient -= weight * probabilities
        gradient[state, action] += weight
    return gradient

# %% wrong="softmax_of_columns" fails="score" says="the softmax ran down a column"
# The exponentials are divided by the sums of the columns.
def episode_gradient(theta, states, actions, weights):
    probabilities = np.exp(theta - theta.max(axis=0)) / np.exp(theta - theta.max(axis=0)).sum(axis=0)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient

# %% wrong="softmax_of_the_table" fails="score" says="taken over the whole table"
# The exponentials are divided by the sum of the whole table.
def episode_gradient(theta, states, actions, weights):
    powers = np.exp(theta - theta.max())
    probabilities = powers / powers.sum()
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient

# %% wrong="overflow" fails="score" says="exp overflowed"
# A softmax of its own that does not subtract the maximum.
def episode_gradient(theta, states, actions, weights):
    probabilities = np.exp(theta) / np.exp(theta).sum(axis=1, keepdims=True)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient

# %% wrong="mean_over_steps" fails="repeats" says="which is the mean over steps"
# The sum over steps is divided by their number.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient / len(states)

# %% wrong="theta_in_place" fails="repeats" says="theta was changed by the call"
# The maximum is taken off within the array that was handed in.
def episode_gradient(theta, states, actions, weights):
    theta -= theta.max(axis=1, keepdims=True)
    probabilities = np.exp(theta) / np.exp(theta).sum(axis=1, keepdims=True)
    gradient = np.zeros(theta.shape)
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient

# %% wrong="shape_of_the_example" fails="score"
# The shape of the checked example is written into the code.
def episode_gradient(theta, states, actions, weights):
    probabilities = policy_probabilities(theta)
    gradient = np.zeros((4, 3))
    for state, action, weight in zip(states, actions, weights):
        gradient[state] -= weight * probabilities[state]
        gradient[state, action] += weight
    return gradient

# %% right="add_at"
def episode_gradient(theta, states, actions, weights):
    states = np.asarray(states)
    scores = np.eye(theta.shape[1])[np.asarray(actions)] - policy_probabilities(theta)[states]
    gradient = np.zeros(theta.shape)
    np.add.at(gradient, states, np.asarray(weights)[:, None] * scores)
    return gradient

# %% right="autograd"
def episode_gradient(theta, states, actions, weights):
    table = torch.tensor(theta, requires_grad=True)
    log_probs = table.log_softmax(-1)[torch.tensor(np.array(states)), torch.tensor(np.array(actions))]
    (log_probs * torch.tensor(np.array(weights))).sum().backward()
    return table.grad.numpy()

# %% right="one_hot_matrices"
def episode_gradient(theta, states, actions, weights):
    n_states, n_actions = np.shape(theta)
    visited = np.eye(n_states)[list(states)]
    taken = np.eye(n_actions)[list(actions)]
    scores = taken - visited @ policy_probabilities(theta)
    return visited.T @ (np.reshape(weights, (-1, 1)) * scores)

# %% right="entry_by_entry"
def episode_gradient(theta, states, actions, weights):
    result = np.zeros_like(theta, dtype=np.float64)
    p = policy_probabilities(theta)
    for t in range(len(states)):
        for b in range(theta.shape[1]):
            if b == actions[t]:
                result[states[t], b] += weights[t] * (1 - p[states[t], b])
            else:
                result[states[t], b] += weights[t] * -p[states[t], b]
    return result
