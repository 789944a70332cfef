# %% wrong="multiplied_by_the_mask" fails="padding" says="0 * nan is nan"
# The padding is cleared by a product, which NaN survives.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = rewards * mask
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="padding_added" fails="padding" says="leaked into real steps"
# The padding is only cleared in the result.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = rewards
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return np.where(mask, to_go, 0.0)

# %% wrong="no_gamma" fails="values" says="gamma was not used"
# The sums are not discounted.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + following
        to_go[t] = following
    return to_go

# %% wrong="along_the_rows" fails="values" says="the sum ran along the rows"
# Time is taken to run along the second axis.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(len(mask))
    for t in reversed(range(mask.shape[1])):
        following = real_rewards[:, t] + gamma * following
        to_go[:, t] = following
    return np.where(mask, to_go, 0.0)

# %% wrong="forwards" fails="values" says="the rows were taken from the first to the last"
# The recursion goes through the rows in the order of time.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in range(len(mask)):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go * mask

# %% wrong="discounted_from_the_start" fails="values" says="discounted from the episode's start"
# The power of gamma is that of the row.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go * gamma ** np.arange(len(mask))[:, None]

# %% wrong="own_reward_left_out" fails="values" says="each step's own reward was left out"
# The entry is written before the own reward is added.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        to_go[t] = gamma * following
        following = real_rewards[t] + gamma * following
    return to_go

# %% wrong="total_return" fails="values" says="every step carries the total return"
# Every real step gets the return of its column.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return np.where(mask, to_go[0], 0.0)

# %% wrong="padding_not_cleared" fails="padding" says="the result must be 0 where the mask is False"
# The padding shows the column's total return.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return np.where(mask, to_go, to_go[0])

# %% wrong="integer_array" fails="edges" says="the fractions were cut off"
# zeros_like takes over the integer type of the rewards.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0)
    to_go = np.zeros_like(real_rewards)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="cleared_in_place" fails="edges" says="the rewards passed in were changed"
# The padding is cleared within the array that was handed in.
def masked_rewards_to_go(rewards, mask, gamma):
    rewards[~mask] = 0
    real_rewards = rewards
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="float32" fails="edges" says="the dtype is float32"
# The result is made float32 already here.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape, dtype=np.float32)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="gamma_of_the_example" fails="values"
# The discount of the example is written into the code.
def masked_rewards_to_go(rewards, mask, gamma):
    real_rewards = np.where(mask, rewards, 0.0)
    to_go = np.zeros(mask.shape)
    following = np.zeros(mask.shape[1])
    for t in reversed(range(len(mask))):
        following = real_rewards[t] + 0.5 * following
        to_go[t] = following
    return to_go

# %% right="column_by_column"
def masked_rewards_to_go(rewards, mask, gamma):
    result = np.zeros(mask.shape)
    for i in range(mask.shape[1]):
        steps = int(mask[:, i].sum())
        result[:steps, i] = rewards_to_go(rewards[:steps, i], gamma)
    return result

# %% right="masked_array"
def masked_rewards_to_go(rewards, mask, gamma):
    x = np.ma.masked_array(np.array(rewards, dtype=float), ~mask).filled(0.0)
    for t in range(len(x) - 2, -1, -1):
        x[t] += gamma * x[t + 1]
    return x

# %% right="triangle"
def masked_rewards_to_go(rewards, mask, gamma):
    real = np.zeros(rewards.shape, dtype=np.float64)
    real[mask] = rewards[mask]
    t = np.arange(len(real))
    return np.triu(float(gamma) ** np.abs(t[None, :] - t[:, None])) @ real * mask

# %% right="entry_by_entry"
def masked_rewards_to_go(rewards, mask, gamma):
    T, N = rewards.shape
    out = np.zeros((T + 1, N))
    for t in range(T - 1, -1, -1):
        for i in range(N):
            if mask[t, i]:
                out[t, i] = rewards[t, i] + gamma * out[t + 1, i]
    return out[:T]
