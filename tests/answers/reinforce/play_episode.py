# %% wrong="observation_after" fails="before" says="the observation after the action"
# What env.step returns is written down, that is, the observation after the action.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        observations.append(obs.copy())
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="no_copy" fails="before" says="this world reuses its array"
# The list holds the same array again and again where the world reuses it.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs)
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="last_observation_too" fails="record before" says="observations has 5 entries"
# The observation after the last step is kept as well, though nobody acts on it.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    observations.append(obs.copy())
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="reward_one_late" fails="record" says="each stands one step late"
# The reward is noted at the top of the next round, beside the action after the one that it paid.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    reward = 0.0
    while not terminated and not truncated:
        observations.append(obs.copy())
        rewards.append(reward)
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="dtype_left_to_numpy" fails="record" says="rewards has dtype int64"
# np.array chooses the dtype, and chooses integers where all rewards are whole.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="graph_cut" fails="record" says="log_probs lost its graph"
# The log-probabilities are turned into numbers on the way into one tensor.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.tensor([float(log_prob) for log_prob in log_probs]),
        terminated,
        truncated,
    )

# %% wrong="acts_once_more" fails="record" says="once per step, please"
# The next action is chosen at the end of the round, so that one throw of the dice is never used.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, _ = env.reset(seed=seed)
    action, log_prob = policy.act(obs)
    while True:
        observations.append(np.array(obs, dtype=np.float32))
        actions.append(action)
        log_probs.append(log_prob)
        obs, reward, terminated, truncated, _ = env.step(action)
        rewards.append(float(reward))
        action, log_prob = policy.act(obs)
        if terminated or truncated or len(rewards) == max_steps:
            break
    return Episode(
        np.stack(observations), np.array(actions), np.array(rewards), torch.stack(log_probs), terminated, truncated
    )

# %% wrong="terminated_only" fails="endings" says="had said truncated"
# The old one-flag API: done means terminated, and the clock is forgotten.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="seed_forgotten" fails="endings" says="hand the seed on"
# The argument `seed` is accepted and never used.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset()
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="seed_zero_is_false" fails="endings" says="0 is a seed like any other"
# `if seed` is False for the seed 0.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    if seed:
        obs, info = env.reset(seed=seed)
    else:
        obs, info = env.reset()
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="one_step_too_many" fails="endings" says="one more than max_steps allows"
# The limit is looked at only after it has been passed.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) > max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="cut_is_truncated" fails="endings" says="max_steps is our own scissors"
# Stopping at max_steps is recorded as the world's truncation.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps and not terminated:
            truncated = True
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="cut_forgets_the_end" fails="endings" says="the world did end at that very step"
# At max_steps both flags are set to False, also where the world ended just then.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            terminated = truncated = False
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="done_for_both" fails="endings" says="both flags are True, but they are two things"
# One `done` stands for the two flags.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated or truncated,
        terminated or truncated,
    )

# %% wrong="limit_of_500" fails="endings" says="but None means no limit"
# CartPole ends at 500 anyway, so 500 is taken for no limit.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    if max_steps is None:
        max_steps = 500
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% wrong="limit_of_1000" fails="endings"
# A thousand steps, says somebody who has seen the checks, must be as good as no limit.
def play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    obs, info = env.reset(seed=seed)
    terminated = truncated = False
    max_steps = max_steps or 1000
    while not terminated and not truncated:
        observations.append(obs.copy())
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, info = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
        if max_steps is not None and len(rewards) >= max_steps:
            break
    return Episode(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        terminated,
        truncated,
    )

# %% right="rows"
def play_episode(env, policy, seed=None, max_steps=None):
    rows = []
    obs = env.reset(seed=seed)[0]
    over = False
    while not over:
        seen = np.array(obs, dtype=np.float32)
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, _ = env.step(action)
        rows.append((seen, action, reward, log_prob))
        over = terminated or truncated or len(rows) == max_steps
    seen, actions, rewards, log_probs = zip(*rows)
    return Episode(
        np.stack(seen),
        np.asarray(actions, dtype=np.int64),
        np.asarray(rewards, dtype=np.float64),
        torch.stack(log_probs),
        bool(terminated),
        bool(truncated),
    )

# %% right="for_loop"
def play_episode(env, policy, seed=None, max_steps=None):
    from itertools import count

    episode = Episode([], [], [], [], False, False)
    obs, _ = env.reset(seed=seed)
    for step in count() if max_steps is None else range(max_steps):
        episode.observations.append(obs.astype(np.float32))  # astype copies
        action, log_prob = policy.act(episode.observations[-1].copy())
        obs, reward, episode.terminated, episode.truncated, _ = env.step(action)
        episode.actions.append(action)
        episode.rewards.append(float(reward))
        episode.log_probs.append(log_prob.reshape(1))
        if episode.terminated or episode.truncated:
            break
    episode.observations = np.array(episode.observations)
    episode.actions = np.array(episode.actions)
    episode.rewards = np.array(episode.rewards)
    episode.log_probs = torch.cat(episode.log_probs)
    return episode

# %% right="recursion_free_generator"
def play_episode(env, policy, seed=None, max_steps=None):
    def steps():
        obs, _ = env.reset(seed=seed)
        while True:
            before = np.copy(obs)
            action, log_prob = policy.act(before)
            obs, reward, terminated, truncated, _ = env.step(action)
            yield before, action, reward, log_prob, terminated, truncated
            if terminated or truncated:
                return

    observations, actions, rewards, log_probs = [], [], [], []
    for before, action, reward, log_prob, terminated, truncated in steps():
        observations += [before]
        actions += [action]
        rewards += [reward]
        log_probs += [log_prob]
        if max_steps is not None and len(actions) == max_steps:
            break
    return Episode(
        observations=np.array(observations).astype("float32"),
        actions=np.array(actions).astype("int64"),
        rewards=np.array(rewards).astype("float64"),
        log_probs=torch.stack(tuple(log_probs)),
        terminated=np.bool_(terminated),
        truncated=np.bool_(truncated),
    )
