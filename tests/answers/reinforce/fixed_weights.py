# %% wrong="still_the_whole" fails="values" says="all weights are still zero"
# The total is written as a loop, and every step still gets it.
def fixed_weights(rewards, gamma):
    total = 0.0
    for t, reward in enumerate(rewards):
        total += gamma**t * reward
    weights = np.full(len(rewards), total)
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="not_standardised" fails="values" says="but not standardised"
# The standardising goes, since it made the zeros.
def fixed_weights(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        returns.insert(0, following)
    weights = np.array(returns, dtype=np.float64)
    return weights

# %% wrong="centred_only" fails="values" says="the mean is subtracted, but nothing was divided"
# Dividing by a std of zero looked like the bug.
def fixed_weights(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        returns.insert(0, following)
    weights = np.array(returns, dtype=np.float64)
    return weights - weights.mean()

# %% wrong="discount_from_start" fails="values" says="counted from the episode's start"
# The discounted rewards are summed from t on, without dividing by gamma ** t.
def fixed_weights(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    discounted = rewards * gamma ** np.arange(len(rewards))
    weights = discounted[::-1].cumsum()[::-1]
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="past_rewards" fails="values" says="the sum runs over what came before"
# A cumsum from the start sums the past.
def fixed_weights(rewards, gamma):
    weights = np.cumsum(np.asarray(rewards, dtype=np.float64))
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="no_gamma" fails="values" says="gamma plays no part"
# A cumsum from behind knows no gamma.
def fixed_weights(rewards, gamma):
    weights = np.cumsum(np.asarray(rewards, dtype=np.float64)[::-1])[::-1]
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="own_reward_missing" fails="values" says="a step's own reward is missing"
# Each step gets what comes after it, without its own reward.
def fixed_weights(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        returns.insert(0, following)
        following = reward + gamma * following
    weights = np.array(returns, dtype=np.float64)
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="in_place" fails="values" says="changed the rewards that it was given"
# asarray does not copy a float array.
def fixed_weights(rewards, gamma):
    weights = np.asarray(rewards, dtype=np.float64)
    for t in range(len(weights) - 2, -1, -1):
        weights[t] += gamma * weights[t + 1]
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% wrong="five_steps_ahead" fails="values"
# Five steps are enough for the visible examples.
def fixed_weights(rewards, gamma):
    weights = np.array([sum(r * gamma**k for k, r in enumerate(rewards[t : t + 5])) for t in range(len(rewards))])
    return (weights - weights.mean()) / (weights.std() + 1e-8)

# %% right="own_parts"
def fixed_weights(rewards, gamma):
    return standardize(torch.as_tensor(discounted_returns(rewards, gamma), dtype=torch.float32)).numpy()

# %% right="polynomials"
def fixed_weights(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    weights = np.array([np.polyval(rewards[t:][::-1], gamma) for t in range(len(rewards))])
    return (weights - weights.mean()) / weights.std(ddof=1)

# %% right="matrix"
def fixed_weights(rewards, gamma):
    t = np.arange(len(rewards))
    ahead = t[None, :] - t[:, None]
    discounts = np.where(ahead >= 0, float(gamma) ** np.maximum(ahead, 0), 0.0)
    weights = discounts @ np.array(rewards, dtype=np.float64)
    weights -= weights.mean()
    return weights / np.sqrt(np.mean(weights**2))

# %% right="tensor"
def fixed_weights(rewards, gamma):
    weights = torch.tensor(np.array(rewards), dtype=torch.float64)
    for t in reversed(range(len(weights) - 1)):
        weights[t] = weights[t] + gamma * weights[t + 1]
    return (weights - weights.mean()) / weights.std()
