# %% wrong="until_the_first_ends" fails="shapes" says="it stopped when the first episode ended"
# The loop runs while all are alive.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.all():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="back_to_life" fails="shapes mask" says="it went on after each had ended once"
# Alive is whatever did not end in this very step.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="one_row_too_many" fails="shapes" says="one too many"
# The loop ends only after a step in which nobody was alive.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while len(mask) == 0 or mask[-1].any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="ending_step_not_real" fails="mask" says="the step that ends an episode is real too"
# Those that ended are removed before the mask is written.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        alive = alive & ~(terminated | truncated)
        mask.append(alive)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="padding_pays" fails="mask" says="padding must have reward 0, but the next episode's pay"
# The rewards of the next episode stay in the padding.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(reward)
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="last_reward_cleared" fails="mask" says="the last step's reward is missing"
# Those that ended are removed before the reward is written.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
        rewards.append(np.where(alive, reward, 0.0))
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="all_real" fails="mask" says="[5 5 5 5] real steps: everything is marked as real"
# The mask is True everywhere.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.ones_like(mask),
    )

# %% wrong="alive_in_place" fails="mask" says="was the same array kept for every row"
# alive is changed in place, and with it all rows kept so far.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive &= ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="reset_counted" fails="mask" says="the reset is not a step"
# Whoever ends stays in for one step more, in which it is reset.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    ended = np.zeros(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~ended
        ended = ended | terminated | truncated
        if ended.all():
            break
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="observation_after" fails="records" says="keep the observation from before the step"
# What step returns is written down.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        observations.append(observation.copy())
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="no_copy" fails="records" says="one array, overwritten"
# The same array is kept again and again.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation)
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="sampled_twice" fails="records" says="but these actions were played"
# One action is played, another one is written down.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            distribution = policy(torch.as_tensor(observation))
        observations.append(observation.copy())
        actions.append(distribution.sample().numpy())
        observation, reward, terminated, truncated, _ = envs.step(distribution.sample().numpy())
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="seed_not_used" fails="records" says="seed=11 was not passed on"
# reset is called without the seed.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset()
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="reset_twice" fails="records" says="reset once, at the start"
# The environment is reset once more before the loop.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    observation, _ = envs.reset(seed=seed)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="argmax" fails="policy" says="sample, take no argmax"
# The likeliest action is played.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).probs.argmax(-1).numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="one_action_for_all" fails="policy" says="one action for all sub-environments"
# One action is drawn from the first row and played everywhere.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = np.full(envs.num_envs, policy(torch.as_tensor(observation)).sample()[0].item())
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="with_a_graph" fails="policy" says="the policy was called with the graph switched on"
# torch.no_grad() is left out.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="terminated_only" fails="policy" says="does it watch both flags"
# An episode that is truncated does not count as ended.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~terminated
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="first_observation_only" fails="policy" says="the same observations at every step"
# The tensor is made once, from the observations of the reset.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    inputs = torch.tensor(observation)
    while alive.any():
        with torch.no_grad():
            action = policy(inputs).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% wrong="float64_rewards" fails="shapes" says="rewards has dtype float64"
# The rewards stay float64.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards),
        np.array(mask),
    )

# %% wrong="transposed_mask" fails="shapes" says="time comes first, then the sub-environment"
# The sub-environment comes first in the mask.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask).T,
    )

# %% wrong="seed_none_is_zero" fails="records"
# Without a seed the environment gets seed 0.
def collect(envs, policy, seed=None):
    observations, actions, rewards, mask = [], [], [], []
    observation, _ = envs.reset(seed=seed or 0)
    alive = np.ones(envs.num_envs, dtype=bool)
    while alive.any():
        with torch.no_grad():
            action = policy(torch.as_tensor(observation)).sample().numpy()
        observations.append(observation.copy())
        actions.append(action)
        observation, reward, terminated, truncated, _ = envs.step(action)
        rewards.append(np.where(alive, reward, 0.0))
        mask.append(alive)
        alive = alive & ~(terminated | truncated)
    return Batch(
        np.array(observations, dtype=np.float32),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float32),
        np.array(mask),
    )

# %% right="inference_mode"
def collect(envs, policy, seed=None):
    n = envs.num_envs
    observation, _ = envs.reset(seed=seed)
    done = np.zeros(n, dtype=bool)
    O, A, R, M = [], [], [], []
    while not np.all(done):
        before = np.array(observation, dtype=np.float32)
        with torch.inference_mode():
            action = policy(torch.from_numpy(before)).sample().cpu().numpy()
        observation, reward, terminated, truncated, info = envs.step(action)
        O.append(before)
        A.append(action)
        R.append(reward * ~done)
        M.append(~done)
        done = np.logical_or(done, np.logical_or(terminated, truncated))
    return Batch(
        observations=np.stack(O),
        actions=np.stack(A),
        rewards=np.stack(R).astype(np.float32),
        mask=np.stack(M),
    )

# %% right="mask_from_lengths"
def collect(envs, policy, seed=None):
    observation, _ = envs.reset(seed=seed)
    lengths = np.zeros(envs.num_envs, dtype=int)
    rows, t = [], 0
    while (lengths == 0).any():
        with torch.no_grad():
            action = policy(torch.tensor(observation)).sample()
        before = observation.copy()
        observation, reward, terminated, truncated, _ = envs.step(action.numpy())
        rows.append((before, action.numpy(), reward))
        t += 1
        for i in range(envs.num_envs):
            if lengths[i] == 0 and (terminated[i] or truncated[i]):
                lengths[i] = t
    observations, actions, rewards = (np.array(column) for column in zip(*rows))
    mask = np.arange(t)[:, None] < lengths
    return Batch(observations, actions, (rewards * mask).astype(np.float32), mask)

# %% right="growing_arrays"
def collect(envs, policy, seed=None):
    observation, _ = envs.reset(seed=seed)
    n, width = observation.shape
    batch = Batch(
        np.zeros((0, n, width), dtype=np.float32),
        np.zeros((0, n), dtype=np.int64),
        np.zeros((0, n), dtype=np.float32),
        np.zeros((0, n), dtype=bool),
    )
    alive = [True] * n
    with torch.no_grad():
        while True in alive:
            action = policy(torch.as_tensor(observation, dtype=torch.float32)).sample().numpy()
            batch.observations = np.concatenate([batch.observations, observation[None].astype(np.float32)])
            batch.actions = np.concatenate([batch.actions, action[None]])
            observation, reward, terminated, truncated, _ = envs.step(action)
            reward = np.array([r if a else 0.0 for r, a in zip(reward, alive)], dtype=np.float32)
            batch.rewards = np.concatenate([batch.rewards, reward[None]])
            batch.mask = np.concatenate([batch.mask, np.array(alive)[None]])
            alive = [a and not (x or y) for a, x, y in zip(alive, terminated, truncated)]
    return batch
