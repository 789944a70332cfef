# %% wrong="one_step_late" fails="values" says="step t's own reward was left out"
# Each step gets the return of the next one.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError("gamma must lie between 0 and 1")
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        returns[t] = g
        g = rewards[t] + gamma * g
    return returns

# %% wrong="forwards" fails="values" says="as if the sum ran forwards"
# The loop runs from the first step to the last and sums the past.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError("gamma must lie between 0 and 1")
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards)):
        g = rewards[t] + gamma * g
        returns[t] = g
    return returns

# %% wrong="whole_return" fails="values" says="every step got the return of the whole episode"
# The return of the episode is worked out once and given to each step.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError("gamma must lie between 0 and 1")
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = rewards[t] + gamma * g
    returns[:] = g
    return returns

# %% wrong="discount_from_start" fails="values" says="counted from the episode's start"
# Rewards are discounted once, with gamma ** t, and then summed backwards.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError(f"bad gamma {gamma}")
    rewards = np.asarray(rewards, dtype=np.float64)
    discounted = rewards * float(gamma) ** np.arange(len(rewards))
    return np.cumsum(discounted[::-1])[::-1].copy()

# %% wrong="never_turned_round" fails="values" says="turn the list round"
# The list that was filled backwards is returned as it is.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError(f"bad gamma {gamma}")
    returns = []
    for reward in reversed(list(rewards)):
        returns.append(reward + gamma * returns[-1] if returns else reward)
    return np.array(returns, dtype=np.float64)

# %% wrong="reward_discounted" fails="values" says="own reward was discounted as well"
# gamma stands in front of the whole sum.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError("gamma must lie between 0 and 1")
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = gamma * (rewards[t] + g)
        returns[t] = g
    return returns

# %% wrong="integers" fails="edges" says="cut off the fractions"
# zeros_like takes over the integer dtype of the rewards.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError("gamma must lie between 0 and 1")
    rewards = np.asarray(rewards)
    returns = np.zeros_like(rewards)
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = rewards[t] + gamma * g
        returns[t] = g
    return returns

# %% wrong="in_place" fails="edges" says="work on a copy"
# asarray makes no copy of a float array, so the caller's rewards are overwritten.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError
    returns = np.asarray(rewards, dtype=np.float64)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns

# %% wrong="empty_episode" fails="edges" says="an empty episode raised IndexError"
# The last step is filled in before the loop, and an empty episode has none.
def discounted_returns(rewards, gamma):
    if gamma < 0 or gamma > 1:
        raise ValueError
    returns = np.zeros(len(rewards), dtype=np.float64)
    returns[-1] = rewards[-1]
    for t in range(len(rewards) - 2, -1, -1):
        returns[t] = rewards[t] + gamma * returns[t + 1]
    return returns

# %% wrong="gamma_unchecked" fails="edges" says="should raise ValueError, but was accepted"
# Nobody looks at gamma.
def discounted_returns(rewards, gamma):
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = rewards[t] + gamma * g
        returns[t] = g
    return returns

# %% wrong="open_interval" fails="edges" says="lies in [0, 1], but raised ValueError"
# The ends of the interval are refused.
def discounted_returns(rewards, gamma):
    if not 0 < gamma < 1:
        raise ValueError("gamma must lie between 0 and 1")
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = rewards[t] + gamma * g
        returns[t] = g
    return returns

# %% wrong="assertion" fails="edges" says="raised AssertionError, but should raise ValueError"
# An assert is taken for the promised ValueError.
def discounted_returns(rewards, gamma):
    assert 0 <= gamma <= 1
    returns = np.zeros(len(rewards))
    g = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        g = rewards[t] + gamma * g
        returns[t] = g
    return returns

# %% wrong="quadratic" fails="speed" says="O(T * T) work"
# Each return is summed anew from its step to the end.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError
    returns = []
    for t in range(len(rewards)):
        total = 0.0
        for reward in rewards[t:][::-1]:
            total = reward + gamma * total
        returns.append(total)
    return np.array(returns, dtype=np.float64)

# %% wrong="cumsum_divided" fails="speed edges" says="divided by gamma ** t"
# The clever cumsum is divided by gamma ** t, which becomes zero in a long episode.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError
    discounts = float(gamma) ** np.arange(len(rewards))
    discounted = np.asarray(rewards, dtype=np.float64) * discounts
    with np.errstate(all="ignore"):
        return discounted[::-1].cumsum()[::-1] / discounts

# %% wrong="horizon_of_60" fails="speed"
# After 60 steps gamma ** k is practically nothing: true for the 0.5 of the visible checks.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError
    rewards = np.array(rewards, dtype=np.float64)
    returns = np.zeros(len(rewards))
    for k in range(min(60, len(rewards))):
        returns[: len(rewards) - k] += gamma**k * rewards[k:]
    return returns

# %% right="list_turned_round"
def discounted_returns(rewards, gamma):
    if not (0.0 <= gamma <= 1.0):
        raise ValueError("gamma")
    out = []
    following = 0
    for r in list(rewards)[::-1]:
        following = r + gamma * following
        out.append(following)
    out.reverse()
    return np.array(out, dtype=float)

# %% right="accumulate"
def discounted_returns(rewards, gamma):
    from itertools import accumulate

    if gamma > 1 or gamma < 0:
        raise ValueError(gamma)
    backwards = np.asarray(rewards, dtype=np.float64)[::-1]
    return np.array(list(accumulate(backwards, lambda g, r: r + gamma * g)), dtype=np.float64)[::-1]

# %% right="extra_entry"
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError("gamma outside of [0, 1]")
    G = np.zeros(len(rewards) + 1)
    for t in range(len(rewards))[::-1]:
        G[t] = rewards[t] + gamma * G[t + 1]
    return G[:-1]

# %% right="doubling"
# After each round an entry holds twice as many steps: no loop over the steps.
def discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError
    returns, reach = np.array(rewards, dtype=np.float64), 1
    while reach < len(returns):
        returns[:-reach] += gamma**reach * returns[reach:].copy()
        reach *= 2
    return returns
