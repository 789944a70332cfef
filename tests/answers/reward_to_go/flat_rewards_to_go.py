# %% wrong="no_restart" fails="borders" says="the sum never restarts"
# The dones are not looked at.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="restart_after_the_step" fails="borders" says="a done step was counted to the next episode"
# The sum restarts after the done step, not before it.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        to_go[t] = following
        if dones[t]:
            following = 0.0
    return to_go

# %% wrong="last_reward_lost" fails="borders" says="the reward of the done step got lost"
# The done step clears its own reward too.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = (rewards[t] + gamma * following) * (1 - dones[t])
        to_go[t] = following
    return to_go

# %% wrong="no_gamma" fails="discount" says="gamma was not used"
# The sums are not discounted.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            following = 0.0
        following = rewards[t] + following
        to_go[t] = following
    return to_go

# %% wrong="tail_dropped" fails="borders" says="the unfinished episode at the end was dropped"
# Only episodes that end are looked at.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    start = 0
    for end in np.flatnonzero(dones):
        following = 0.0
        for t in range(end, start - 1, -1):
            following = rewards[t] + gamma * following
            to_go[t] = following
        start = end + 1
    return to_go

# %% wrong="sums_of_the_past" fails="borders" says="this sums the past"
# The array is run through from the front.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    sums = np.zeros(len(rewards))
    so_far = 0.0
    for t in range(len(rewards)):
        so_far = gamma * so_far + rewards[t]
        sums[t] = so_far
        if dones[t]:
            so_far = 0.0
    return sums

# %% wrong="total_of_the_episode" fails="borders" says="every step carries its episode's total return"
# Every step gets the return of its whole episode.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    start = 0
    for t in range(len(rewards)):
        if dones[t] or t == len(rewards) - 1:
            part = np.asarray(rewards[start : t + 1], dtype=float)
            to_go[start : t + 1] = np.sum(gamma ** np.arange(len(part)) * part)
            start = t + 1
    return to_go

# %% wrong="discounted_from_the_start" fails="discount" says="discounted from the array's start"
# The power of gamma is counted from the first step.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    n = len(rewards)
    to_go, following = np.zeros(n), 0.0
    for t in reversed(range(n)):
        if dones[t]:
            following = 0.0
        following += gamma**t * rewards[t]
        to_go[t] = following
    return to_go

# %% wrong="integer_array" fails="discount" says="the dtype is int64"
# zeros_like takes over the integer type of the rewards.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros_like(rewards)
    following = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            following = 0.0
        following = rewards[t] + gamma * following
        to_go[t] = following
    return to_go

# %% wrong="in_place" fails="borders" says="the float rewards passed in were changed"
# The array handed in is float already, so asarray makes no copy, and it is overwritten.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.asarray(rewards, dtype=np.float64)
    for t in range(len(to_go) - 2, -1, -1):
        if not dones[t]:
            to_go[t] += gamma * to_go[t + 1]
    return to_go

# %% wrong="inverted_integers" fails="discount" says="which makes -1 of 0"
# ~ turns a bool round, but makes -1 of an integer 0.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    rewards, dones = np.asarray(rewards, dtype=float), np.asarray(dones)
    to_go, following = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following * ~dones[t]
        to_go[t] = following
    return to_go

# %% wrong="gamma_of_the_example" fails="discount"
# Any discount below 1 is taken for the 0.5 of the example.
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    to_go = np.zeros(len(rewards))
    following = 0.0
    for t in reversed(range(len(rewards))):
        if dones[t]:
            following = 0.0
        following = rewards[t] + (1.0 if gamma == 1 else 0.5) * following
        to_go[t] = following
    return to_go

# %% right="split"
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    rewards = np.array(rewards, dtype=float)
    result = np.zeros(len(rewards))
    cuts = [0] + [i + 1 for i, done in enumerate(dones) if done] + [len(rewards)]
    for a, b in zip(cuts, cuts[1:]):
        for t in range(a, b):
            result[t] = sum(gamma ** (k - t) * rewards[k] for k in range(t, b))
    return result

# %% right="exercise_1_per_episode"
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    pieces, piece = [np.zeros(0)], []
    for reward, done in zip(rewards, dones):
        piece.append(float(reward))
        if done:
            pieces.append(rewards_to_go(piece, gamma))
            piece = []
    pieces.append(rewards_to_go(piece, gamma))
    return np.concatenate(pieces)

# %% right="multiplied"
def flat_rewards_to_go(rewards, dones, gamma=1.0):
    going_on = 1.0 - np.asarray(dones, dtype=float)
    to_go = np.append(np.array(rewards, dtype=float), 0.0)
    for t in range(len(going_on) - 1, -1, -1):
        to_go[t] += gamma * going_on[t] * to_go[t + 1]
    return to_go[:-1]
