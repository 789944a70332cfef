# %% wrong="sampled" fails="greedy" says="were they sampled?"
# The policy acts as in training, with its dice.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.sample().item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="argmin" fails="greedy" says="argmax, not argmin"
# The least probable action has the largest surprise, and is taken.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = (-dist.logits).argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="steps_counted" fails="greedy" says="not the sum of the rewards"
# The score is counted in steps, as if each step paid 1.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += 1
            done = terminated or truncated
    return scores

# %% wrong="last_reward_lost" fails="greedy" says="add it before you leave the loop"
# The loop is left before the last reward is added.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            done = terminated or truncated
            if not done:
                scores[i] += reward
    return scores

# %% wrong="total_not_reset" fails="greedy" says="not set back to zero between episodes"
# The running total is set to zero once, before the loop over episodes.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    total = 0.0
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            total += reward
            scores[i] = total
            done = terminated or truncated
    return scores

# %% wrong="mean_score" fails="greedy" says="return an array with one score per episode"
# The mean over the episodes is returned, not the scores.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores.mean()

# %% wrong="terminated_only" fails="greedy" says="had said truncated"
# Only the fall ends an episode, not the clock.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated
    return scores

# %% wrong="same_start" fails="starts" says="that is one question asked"
# Every episode is reset with the same seed.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="no_seed" fails="starts" says="the examination could not be repeated"
# The seed is never handed on.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset()
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="left_in_eval" fails="traces" says="left in eval mode"
# The policy is switched to eval and stays there.
def evaluate(policy, env, episodes, seed):
    policy.eval()
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="always_back_to_train" fails="traces" says="left in train mode"
# Afterwards the policy is switched to train, whatever it was before.
def evaluate(policy, env, episodes, seed):
    policy.eval()
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    policy.train()
    return scores

# %% wrong="dice_unused" fails="traces" says="something was sampled and not used"
# policy.act is called and its action thrown away.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action, _ = policy.act(obs)
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="seeds_torch" fails="traces" says="torch was seeded"
# torch is seeded so that the examination can be repeated.
def evaluate(policy, env, episodes, seed):
    torch.manual_seed(seed)
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="zeroes_gradients" fails="traces" says="before and is None after"
# The gradients are cleared, as a precaution.
def evaluate(policy, env, episodes, seed):
    policy.zero_grad()
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="gradients_off" fails="traces" says="gradients are switched off for everyone now"
# Gradients are switched off globally and never on again.
def evaluate(policy, env, episodes, seed):
    torch.set_grad_enabled(False)
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = dist.logits.argmax(dim=-1).item()
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% wrong="two_actions_only" fails="greedy"
# The worlds above have two actions, so a probability of one half decides.
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = int(dist.probs[0, 1] > 0.5)
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores

# %% right="first_reset_seeded"
def evaluate(policy, env, episodes, seed):
    scores = []
    for i in range(episodes):
        obs, _ = env.reset(seed=seed) if i == 0 else env.reset()
        score, over = 0.0, False
        while not over:
            with torch.inference_mode():
                action = policy(torch.tensor(obs, dtype=torch.float32).reshape(1, -1)).probs.argmax()
            obs, reward, terminated, truncated, _ = env.step(int(action))
            score += reward
            over = terminated or truncated
        scores.append(score)
    return np.array(scores)

# %% right="mode_put_back"
# Without no_grad: the graph is built and dropped, and no gradient is touched.
def evaluate(policy, env, episodes, seed):
    was_training = policy.training
    policy.eval()
    scores = np.empty(episodes, dtype=np.float64)
    try:
        for i, number in enumerate(range(seed, seed + episodes)):
            obs = env.reset(seed=number)[0]
            rewards = []
            while True:
                logits = policy(torch.from_numpy(np.asarray(obs, dtype=np.float32)).unsqueeze(0)).logits
                obs, reward, terminated, truncated, _ = env.step(logits.squeeze(0).argmax().item())
                rewards.append(reward)
                if terminated or truncated:
                    break
            scores[i] = sum(rewards)
    finally:
        policy.train(was_training)
    return scores

# %% right="own_function"
@torch.no_grad()
def evaluate(policy, env, episodes, seed):
    def score(number):
        obs, _ = env.reset(seed=number)
        total = 0.0
        while True:
            action = np.argmax(policy(torch.as_tensor(obs[None]).float()).logits.numpy()[0])
            obs, reward, terminated, truncated, _ = env.step(int(action))
            total += float(reward)
            if terminated | truncated:
                return total

    return np.array([score(seed + i) for i in range(episodes)])

# %% right="mode_of_the_distribution"
def evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, info = env.reset(seed=seed + i)
        done = False
        while not done:
            with torch.no_grad():
                dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
            action = int(dist.mode)
            obs, reward, terminated, truncated, info = env.step(action)
            scores[i] += reward
            done = terminated or truncated
    return scores
