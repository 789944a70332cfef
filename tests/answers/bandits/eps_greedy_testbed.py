# %% wrong="ties_to_the_first" fails="choice" says="np.argmax takes the first of tied arms"
# np.argmax chooses the first of the tied arms.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = q.argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="one_coin" fails="choice at_scale" says="all 500 runs exploit at once"
# One coin is flipped for all runs.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random() < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="one_random_arm" fails="choice" says="the runs that explore all pull the same arm"
# All runs that explore are given the same arm.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="explores_the_others" fails="choice" says="exploration left out the best arm"
# Exploring means any arm but the greedy one.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, (greedy + rng.integers(1, max(K, 2), size=R)) % K, greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="one_noise" fails="rewards at_scale" says="the noise is the same in all R runs"
# One number is drawn as the noise of all runs.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal()
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="no_noise" fails="rewards at_scale" says="the noise of variance 1 is missing"
# The rewards are the values themselves.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action]
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="constant_step" fails="learning at_scale" says="take turns for ever: is the step size 1/n"
# The step size is a constant 0.1.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) * 0.1
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="last_reward_only" fails="learning at_scale" says="q is not the mean of all rewards"
# The estimate is the last reward.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += reward - q[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="all_arms_learn" fails="choice learning at_scale" says="what the first pull paid makes the other look better"
# The reward moves the estimates of all arms of the row.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[:, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="transposed" fails="rewards choice learning at_scale" says="rewards has shape (steps, R)"
# The arrays have one row per step.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards.T, optimal.T)

# %% wrong="first_optimal_only" fails="rewards" says="all three are optimal, not just the first"
# np.argmax names one best arm, so a tied one is not called optimal.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = np.arange(K) == q_star.argmax(axis=1)[:, None]
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="best_of_all_runs" fails="rewards at_scale" says="with a single arm every pull is optimal"
# The best value is sought in the whole table, not row by row.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max()
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="own_generator" fails="rewards" says="draw from rng only"
# The noise comes from a generator made on the spot.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + np.random.default_rng().standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% wrong="loop_over_runs" fails="at_scale" says="is there a Python loop over the runs?"
# The runs are played one after another in Python.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rewards, optimal = np.zeros((R, steps)), np.zeros((R, steps), dtype=bool)
    for i in range(R):
        q, n = np.zeros(K), np.zeros(K)
        for t in range(steps):
            a = rng.integers(K) if rng.random() < eps else rng.choice(np.flatnonzero(q == q.max()))
            r = q_star[i, a] + rng.standard_normal()
            n[a] += 1
            q[a] += (r - q[a]) / n[a]
            rewards[i, t], optimal[i, t] = r, q_star[i, a] == q_star[i].max()
    return rewards, optimal

# %% wrong="every_arm_first" fails="at_scale"
# Untried arms go first, as in the upper confidence bounds.
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        fresh = n == 0
        ties = np.where(fresh.any(axis=1, keepdims=True), fresh, ties)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% right="reference_untyped"
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = (np.zeros((R, K)), np.zeros((R, K)))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = (np.zeros((R, steps)), np.zeros((R, steps), dtype=bool))
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = (reward, is_best[rows, action])
    return (rewards, optimal)

# %% right="other"
def eps_greedy_testbed(q_star, eps, steps, rng):
    q_star = np.asarray(q_star)
    R, K = q_star.shape
    S = np.zeros((R, K))
    N = np.zeros((R, K), dtype=int)
    I = np.arange(R)
    rew = []
    opt = []
    for _ in range(steps):
        Q = S / np.maximum(N, 1)
        noise = rng.random((R, K))
        g = np.argmax((Q == Q.max(1)[:, None]) * (noise + 1), axis=1)
        a = g.copy()
        e = np.flatnonzero(rng.random(R) < eps)
        a[e] = rng.integers(0, K, len(e))
        r = rng.normal(q_star, 1.0)[I, a]
        S[I, a] += r
        N[I, a] += 1
        rew.append(r)
        opt.append(q_star[I, a] == q_star.max(1))
    return np.stack(rew, 1), np.stack(opt, 1).astype(float)

# %% right="random_keys"
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    rows = np.arange(R)
    total, n = np.zeros((R, K)), np.zeros((R, K))
    rewards, actions = np.empty((steps, R)), np.empty((steps, R), dtype=int)
    for t in range(steps):
        q = np.divide(total, n, out=np.zeros((R, K)), where=n > 0)
        keys = rng.random((R, K))
        explore = rng.random((R, 1)) < eps
        keys[~explore & (q < q.max(axis=1, keepdims=True))] = -1  # who explores chooses among all arms
        a = keys.argmax(axis=1)
        r = rng.normal(q_star[rows, a], 1.0)
        total[rows, a] += r
        n[rows, a] += 1
        rewards[t], actions[t] = r, a
    return rewards.T, (np.take_along_axis(q_star, actions.T, axis=1) == q_star.max(axis=1)[:, None])

# %% right="torch_like"
def eps_greedy_testbed(q_star, eps, steps, rng):
    R, K = q_star.shape
    q = np.zeros((R, K))
    n = np.zeros((R, K))
    best = q_star.max(axis=1)
    noise = rng.standard_normal((R, steps))
    coins = rng.random((R, steps))
    rewards = np.zeros((R, steps))
    optimal = np.zeros((R, steps))
    for t in range(steps):
        order = rng.permuted(np.tile(np.arange(K), (R, 1)), axis=1)  # the arms of each run in random order
        shuffled = np.take_along_axis(q, order, axis=1)
        greedy = order[np.arange(R), shuffled.argmax(axis=1)]
        action = np.where(coins[:, t] < eps, order[:, 0], greedy)
        hit = np.eye(K)[action]
        value = (q_star * hit).sum(axis=1)
        rewards[:, t] = value + noise[:, t]
        n += hit
        q += hit * (rewards[:, t : t + 1] - q) / np.maximum(n, 1)
        optimal[:, t] = value == best
    return rewards, optimal
