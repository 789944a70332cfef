# %% wrong="total_return" fails="values" says="this is the total return at every step"
# Every step gets the return of the whole episode.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    return np.full(len(rewards), np.sum(gamma ** np.arange(len(rewards)) * rewards))

# %% wrong="own_reward_left_out" fails="values" says="step t's own reward was left out"
# The entry is written before the step's own reward is added.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        to_go[t] = gamma * following
        following = rewards[t] + gamma * following
    return to_go

# %% wrong="one_step_early" fails="values" says="every entry stands one step too early"
# The sum of the steps after t is written to t.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        to_go[t] = following
        following = rewards[t] + gamma * following
    return to_go

# %% wrong="discounted_from_the_start" fails="values" says="discounted from the episode's start"
# The power of gamma is k instead of k - t.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    discounted = gamma ** np.arange(len(rewards)) * rewards
    return np.cumsum(discounted[::-1])[::-1]

# %% wrong="no_gamma" fails="values" says="gamma was not used"
# A plain sum from the back.
def rewards_to_go(rewards, gamma):
    return np.cumsum(np.asarray(rewards, dtype=float)[::-1])[::-1]

# %% wrong="not_turned_round" fails="values" says="the right numbers in reversed order"
# The list grows from the back and is not turned round at the end.
def rewards_to_go(rewards, gamma):
    to_go, following = [], 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        to_go.append(following)
    return np.array(to_go, dtype=np.float64)

# %% wrong="forwards" fails="values" says="the recursion ran forwards"
# The recursion goes through the steps in the order of time.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in range(len(rewards)):
        following = rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="sums_of_the_past" fails="values" says="these are sums of the past"
# What was paid up to step t, in place of what comes.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    return np.cumsum(gamma ** np.arange(len(rewards)) * rewards)

# %% wrong="integer_array" fails="edges" says="an integer array cut the fractions off"
# zeros_like takes over the integer type of the rewards.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards)
    to_go = np.zeros_like(rewards)
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="in_place" fails="edges" says="the float rewards passed in were changed"
# The array handed in is float already, so asarray makes no copy, and it is overwritten.
def rewards_to_go(rewards, gamma):
    to_go = np.asarray(rewards, dtype=np.float64)
    for t in range(len(to_go) - 2, -1, -1):
        to_go[t] += gamma * to_go[t + 1]
    return to_go

# %% wrong="a_list" fails="edges" says="rewards_to_go gave a list"
# A list comes out, not an array.
def rewards_to_go(rewards, gamma):
    to_go, following = [], 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        to_go.insert(0, following)
    return to_go

# %% wrong="no_last_step" fails="edges" says="index -1 is out of bounds"
# Writes the last entry first, which an empty episode does not have.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    to_go = np.zeros(len(rewards))
    to_go[-1] = rewards[-1]
    for t in range(len(rewards) - 2, -1, -1):
        to_go[t] = rewards[t] + gamma * to_go[t + 1]
    return to_go

# %% wrong="divided_by_powers" fails="values" says="gamma 0 gave"
# Sums from the start and divides by gamma**t, which is 0 / 0 for gamma 0.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=float)
    powers = gamma ** np.arange(len(rewards))
    return np.cumsum((powers * rewards)[::-1])[::-1] / powers

# %% wrong="gamma_of_the_example" fails="values"
# The discount of the example is written into the code.
def rewards_to_go(rewards, gamma):
    rewards = np.asarray(rewards, dtype=np.float64)
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + (0.5 if gamma > 0 else 0.0) * following
        to_go[t] = following
    return to_go

# %% right="inserting"
def rewards_to_go(rewards, gamma):
    to_go, following = [], 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        to_go.insert(0, following)
    return np.array(to_go, dtype=np.float64)

# %% right="triangle"
def rewards_to_go(rewards, gamma):
    rewards = np.array(rewards, dtype=float)
    k = np.arange(len(rewards))
    return np.triu(gamma ** np.abs(k - k[:, None])) @ rewards

# %% right="two_loops"
def rewards_to_go(rewards, gamma):
    n = len(rewards)
    result = np.zeros(n)
    for t in range(n):
        for k in range(t, n):
            result[t] += gamma ** (k - t) * rewards[k]
    return result

# %% right="recursive"
def rewards_to_go(rewards, gamma):
    if len(rewards) == 0:
        return np.zeros(0)
    later = rewards_to_go(rewards[1:], gamma)
    own = float(rewards[0])
    return np.concatenate([[own + gamma * later[0] if len(later) else own], later])
