# %% wrong="divided_by_n" fails="variance" says="divided by n = 3"
# np.var divides by n unless told otherwise.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0)

# %% wrong="standard_deviation" fails="variance" says="this is the standard deviation; the variance"
# np.std in place of np.var.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.std(gradients, axis=0, ddof=1)

# %% wrong="standard_deviation_n" fails="variance" says="with ddof 0 at that"
# np.std with its default of n.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.std(gradients, axis=0)

# %% wrong="sum_over_episodes" fails="mean" says="the sum over episodes was not divided"
# The estimates are added, not averaged.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.sum(gradients, axis=0), np.var(gradients, axis=0, ddof=1)

# %% wrong="mean_of_all_entries" fails="mean" says="averaged over the entries of theta too"
# np.mean without an axis, spread over the table.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.full(theta.shape, np.mean(gradients)), np.var(gradients, axis=0, ddof=1)

# %% wrong="no_axis" fails="mean variance" says="the mean's shape is ()"
# np.mean and np.var without an axis.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients), np.var(gradients, ddof=1)

# %% wrong="variance_of_the_mean" fails="variance" says="this is the variance of the mean"
# The squared standard error in place of the variance.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0, ddof=1) / len(episodes)

# %% wrong="divided_by_steps" fails="mean" says="divided by the number of steps"
# The sum is divided by all steps of all episodes.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.sum(gradients, axis=0) / sum(len(episode[0]) for episode in episodes), np.var(
        gradients, axis=0, ddof=1
    )

# %% wrong="argument_order" fails="weigh" says="weigh was called with"
# weigh gets states, rewards and actions.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, rewards, actions)))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0, ddof=1)

# %% wrong="rewards_as_weights" fails="weigh" says="weigh was never called"
# The rewards themselves are the weights.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, rewards))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0, ddof=1)

# %% wrong="mean_of_squares" fails="variance" says="the mean of the squares"
# The mean square; the mean was not taken off.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.mean(np.square(gradients), axis=0)

# %% wrong="weights_times_rewards" fails="weigh mean" says="are weigh"
# The weights are multiplied with the rewards once more.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, rewards * weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0, ddof=1)

# %% wrong="factor_of_the_example" fails="variance"
# The correction 3/2 only fits three episodes.
def gradient_statistics(theta, episodes, weigh):
    gradients = []
    for states, actions, rewards in episodes:
        gradients.append(episode_gradient(theta, states, actions, weigh(states, actions, rewards)))
    return np.mean(gradients, axis=0), np.var(gradients, axis=0) * 3 / 2

# %% right="running"
def gradient_statistics(theta, episodes, weigh):
    n, mean, squares = 0, np.zeros(theta.shape), np.zeros(theta.shape)
    for states, actions, rewards in episodes:
        estimate = episode_gradient(theta, states, actions, weigh(states, actions, rewards))
        n += 1
        away = estimate - mean
        mean = mean + away / n
        squares = squares + away * (estimate - mean)
    return mean, squares / (n - 1)

# %% right="torch"
def gradient_statistics(theta, episodes, weigh):
    estimates = torch.stack(
        [torch.as_tensor(episode_gradient(theta, s, a, weigh(s, a, r))) for s, a, r in episodes]
    )
    return estimates.mean(0).numpy(), estimates.var(0).numpy()

# %% right="written_out"
def gradient_statistics(theta, episodes, weigh):
    estimates = []
    for episode in episodes:
        w = weigh(*episode)
        estimates.append(episode_gradient(theta, episode[0], episode[1], w))
    mean = sum(estimates) / len(estimates)
    variance = np.zeros_like(mean)
    for estimate in estimates:
        variance += (estimate - mean) ** 2
    variance /= len(estimates) - 1
    return mean, variance
