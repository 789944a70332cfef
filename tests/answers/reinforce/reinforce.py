# %% wrong="no_zero_grad" fails="one_update" says="gradients pile up until"
# The gradients of all earlier episodes stay in the sum.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="update_per_step" fails="one_update" says="update once per episode"
# Each step makes an update of its own, as in methods that do not wait for the end.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        weights = standardize(returns)
        for log_prob, weight in zip(episode.log_probs, weights):
            optimizer.zero_grad()
            (-log_prob * weight).backward(retain_graph=True)
            optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="own_standardizing" fails="one_update" says="its update made weights nan"
# The returns are standardised on the spot, without thought of an episode of one step.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, (returns - returns.mean()) / (returns.std() + 1e-8))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="no_optimizer_step" fails="one_update" says="optimizer.step was never called"
# The gradient is computed and never used.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="raw_returns" fails="weights" says="the returns were not standardised"
# The returns go into the loss as they are.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, returns)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="gamma_to_the_t" fails="weights" says="there is a factor gamma ** t"
# The factor gamma ** t of the book's box is put in.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, gamma ** torch.arange(len(returns)) * standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="gamma_unused" fails="weights" says="but the returns are undiscounted"
# The argument gamma never reaches the returns.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, 1.0), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="rewards_for_returns" fails="weights" says="what follows a step is missing"
# Each step is weighed with its own reward only.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(episode.rewards, dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="discounted_score" fails="scores" says="a score is the plain sum, without gamma"
# The first return is taken for the score.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(returns[0].item())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="length_for_score" fails="scores" says="which is the score in CartPole only"
# In CartPole the score is the number of steps, so that is counted.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(float(len(episode.rewards)))
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="same_seed" fails="seeds" says="each episode would start the same"
# Every episode is reset with the same seed.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="seeds_torch" fails="seeds" says="reinforce should not seed torch itself"
# `seed` is used for torch, too, to make the run repeatable.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    torch.manual_seed(seed)
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="stops_at_more" fails="stopping" says="to reach it is enough"
# Solved means more than `solved`.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean > solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="mean_of_all" fails="stopping" says="the mean of all scores, not the last 100?"
# The mean runs over the whole training.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores)
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="last_score_lost" fails="stopping" says="the episode that stops the training belongs to it"
# The loop is left before the last score is in the list.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores, best, best_weights = [], -np.inf, None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        weights = standardize(torch.from_numpy(discounted_returns(episode.rewards, gamma)).float())
        optimizer.zero_grad()
        reinforce_loss(episode.log_probs, weights).backward()
        optimizer.step()
        score = float(episode.rewards.sum())
        if len(scores) >= 99:
            mean = (sum(scores[-99:]) + score) / 100
            if mean > best:
                best, best_weights = mean, copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
        scores.append(score)
    if best_weights:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="more_than_100" fails="stopping" says="after 100 episodes there are 100 scores"
# The mean is first looked at with 101 scores.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) > 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="no_copy" fails="best" says="the very tensors that the optimizer overwrites"
# state_dict() is taken for a copy.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = policy.state_dict()
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="never_loaded" fails="best" says="the best copy was never loaded"
# The best weights are kept, and then forgotten.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    return scores

# %% wrong="tie_takes_newer" fails="best" says="a tie keeps the older copy"
# An equal mean replaces the older copy.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean >= best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="copied_before_update" fails="best" says="the weights from before that episode's update"
# The copy is made when the score is known, before the update.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores, best_mean, best_weights = [], -np.inf, None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        scores.append(float(episode.rewards.sum()))
        mean = np.mean(scores[-100:]) if len(scores) >= 100 else -np.inf
        if mean > best_mean:
            best_mean, best_weights = mean, copy.deepcopy(policy.state_dict())
        returns = torch.as_tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if mean >= solved:
            break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="best_starts_at_zero" fails="best" says="does your best mean start at 0?"
# The best mean starts at 0, which worlds of negative rewards never exceed.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = 0.0
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% wrong="nothing_to_load" fails="best" says="and then None was loaded"
# With fewer than 100 episodes there is no best copy, but it is loaded all the same.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    policy.load_state_dict(best_weights)
    return scores

# %% wrong="seeds_in_blocks_of_five" fails="seeds"
# Seeds are reserved in blocks of five, which the visible check of four episodes never leaves.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores = []
    best_mean = -float("inf")
    best_weights = None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i % 5)
        returns = torch.tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(episode.rewards.sum())
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean = mean
                best_weights = copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores

# %% right="deque_and_clones"
# Gradients are zeroed after each update, and nothing has left any before the first.
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    from collections import deque

    scores, window = [], deque(maxlen=100)
    best, kept = None, {}
    for number in range(seed, seed + episodes):
        episode = play_episode(env, policy, number)
        weights = standardize(torch.from_numpy(discounted_returns(episode.rewards, gamma)).float())
        reinforce_loss(episode.log_probs, weights).backward()
        optimizer.step()
        optimizer.zero_grad()
        score = float(sum(episode.rewards))
        scores.append(score)
        window.append(score)
        if len(window) < 100:
            continue
        mean = sum(window) / 100
        if best is None or mean > best:
            best, kept = mean, {name: value.clone() for name, value in policy.state_dict().items()}
        if mean >= solved:
            break
    if kept:
        policy.load_state_dict(kept)
    return scores

# %% right="everything_inside"
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores, best_mean, best_policy = [], -np.inf, None
    i = 0
    while i < episodes:
        obs, _ = env.reset(seed=seed + i)
        log_probs, rewards, done = [], [], False
        while not done:
            dist = policy(torch.as_tensor(obs, dtype=torch.float32).unsqueeze(0))
            action = dist.sample()
            obs, reward, terminated, truncated, _ = env.step(action.item())
            log_probs.append(dist.log_prob(action))
            rewards.append(reward)
            done = terminated or truncated
        returns, following = [], 0.0
        for reward in rewards[::-1]:
            following = reward + gamma * following
            returns.insert(0, following)
        returns = torch.tensor(returns, dtype=torch.float64)
        if len(set(returns.tolist())) > 1:
            returns = (returns - returns.mean()) / (returns.std(unbiased=False) + 1e-8)
        else:
            returns = returns * 0
        loss = -(torch.cat(log_probs) * returns.float()).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scores.append(sum(rewards))
        i += 1
        if i >= 100:
            mean = sum(scores[i - 100 : i]) / 100
            if mean > best_mean:
                best_mean, best_policy = mean, copy.deepcopy(policy)
            if mean >= solved:
                break
    if best_policy is not None:
        policy.load_state_dict(best_policy.state_dict())
    return scores

# %% right="copied_in_place"
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    parameters = list(policy.parameters())
    history, best, snapshot = [], float("-inf"), None
    for i in range(episodes):
        minutes = play_episode(env, policy, seed + i)
        target = standardize(torch.FloatTensor(discounted_returns(minutes.rewards, gamma)))
        optimizer.zero_grad(set_to_none=False)
        loss = reinforce_loss(minutes.log_probs, target)
        loss.backward()
        optimizer.step()
        history += [minutes.rewards.sum().item()]
        last = history[-100:]
        if len(last) == 100 and np.average(last) > best:
            best = np.average(last)
            snapshot = [parameter.detach().clone() for parameter in parameters]
        if len(last) == 100 and np.average(last) >= solved:
            break
    if snapshot is not None:
        with torch.no_grad():
            for parameter, value in zip(parameters, snapshot):
                parameter.copy_(value)
    return history

# %% right="saved_to_memory"
def reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    import io

    def one_episode(i):
        episode = play_episode(env, policy, seed=seed + i)
        returns = standardize(torch.as_tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32))
        optimizer.zero_grad()
        reinforce_loss(episode.log_probs, returns).backward()
        optimizer.step()
        return float(np.sum(episode.rewards))

    scores, means, file = [], [], None
    for i in range(episodes):
        scores.append(one_episode(i))
        if i < 99:
            continue
        means.append(float(np.mean(scores[i - 99 : i + 1])))
        if means.index(max(means)) == len(means) - 1:
            file = io.BytesIO()
            torch.save(policy.state_dict(), file)
        if means[-1] >= solved:
            break
    if file:
        file.seek(0)
        policy.load_state_dict(torch.load(file))
    return scores
