# %% wrong="one_number" fails="values" says="gave a float64, but an array"
# One number for the episode, not one for each step.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    discounts = gamma ** np.arange(len(rewards))
    return discounts @ rewards

# %% wrong="a_list" fails="values" says="gave a list, but an array"
# A Python list comes out, not an array.
def total_return(rewards, gamma):
    total = 0.0
    for k, reward in enumerate(rewards):
        total += gamma**k * reward
    return [total] * len(rewards)

# %% wrong="no_discount" fails="values" says="added without any discount"
# The rewards are only added up.
def total_return(rewards, gamma):
    return np.full(len(rewards), float(sum(rewards)))

# %% wrong="one_power_too_many" fails="values" says="the first reward was discounted too"
# The powers of gamma start at 1.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    discounts = gamma ** np.arange(1, len(rewards) + 1)
    return np.full(len(rewards), discounts @ rewards)

# %% wrong="integer_array" fails="values" says="the dtype is int64"
# zeros_like takes over the integer type of the rewards and cuts the total off.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards)
    result = np.zeros_like(rewards)
    result[:] = np.sum(gamma ** np.arange(len(rewards)) * rewards)
    return result

# %% wrong="reward_to_go" fails="values" says="this is the reward-to-go"
# Each step gets only what comes after it.
def total_return(rewards, gamma):
    result = np.zeros(len(rewards))
    total = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        total = rewards[t] + gamma * total
        result[t] = total
    return result

# %% wrong="sum_so_far" fails="values" says="this is the sum so far"
# A cumulative sum: only the last entry is the total.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    discounts = gamma ** np.arange(len(rewards))
    return np.cumsum(discounts * rewards)

# %% wrong="discounted_in_place" fails="values" says="the rewards passed in were changed"
# The rewards are discounted within the array that was handed in.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards)
    for k in range(len(rewards)):
        rewards[k] = rewards[k] * gamma**k
    return np.ones(len(rewards)) * float(rewards.sum())

# %% wrong="no_last_reward" fails="values" says="index -1 is out of bounds"
# Starts from the last reward, which an empty episode does not have.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    total = rewards[-1]
    for reward in rewards[-2::-1]:
        total = reward + gamma * total
    return np.full(len(rewards), total)

# %% wrong="gamma_of_the_example" fails="values"
# The discount of the example is written into the code.
def total_return(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    discounts = 0.5 ** np.arange(len(rewards))
    return np.full(len(rewards), discounts @ rewards)

# %% right="loop"
def total_return(rewards, gamma):
    total = 0.0
    for k, reward in enumerate(rewards):
        total += gamma**k * reward
    return np.ones(len(rewards)) * total

# %% right="from_the_back"
def total_return(rewards, gamma):
    total = 0.0
    for reward in reversed(list(rewards)):
        total = reward + gamma * total
    return np.array([total] * len(rewards), dtype=np.float64)

# %% right="matrix"
def total_return(rewards, gamma):
    n = len(rewards)
    powers = np.tile(gamma ** np.arange(n, dtype=float), (n, 1))
    return powers @ np.array(rewards, dtype=float)

# %% right="running_factor"
def total_return(rewards, gamma):
    left = list(rewards)
    factor, total = 1.0, 0.0
    while left:
        total = total + factor * left.pop(0)
        factor = factor * gamma
    result = np.empty(len(rewards))
    result.fill(total)
    return result
