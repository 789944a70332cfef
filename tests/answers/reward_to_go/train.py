# %% wrong="downhill" fails="probe learns" says="so the policy walks downhill; look for a sign that is turned round"
# One minus too many.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = -policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="gradient_cleared" fails="probe learns" says="the policy was never updated"
# zero_grad stands between backward and step, so every step is empty.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        loss.backward()
        policy_optimizer.zero_grad()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="lr_not_used" fails="probe" says="does each iteration take one policy step, with the given lr?"
# The optimizers are made with Adam's own learning rate.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters())
    value_optimizer = torch.optim.Adam(value_net.parameters())
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="policy_in_the_value_loop" fails="probe" says="one step of the policy per iteration"
# The policy is stepped as often as the value net.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)

        for _ in range(value_steps):
            loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
            policy_optimizer.zero_grad()
            loss.backward()
            policy_optimizer.step()
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="bare_rewards" fails="probe" says="the later reward does not reach the earlier action"
# Each step is weighed by its own reward.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(torch.as_tensor(batch.rewards), value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="gradients_add_up" fails="value" says="are old gradients still there?"
# zero_grad is left out.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="one_value_step" fails="value" says="do value_steps updates per iteration"
# The value net takes one step per iteration.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        loss = value_loss(value_net(observations), rtg, mask)
        value_optimizer.zero_grad()
        loss.backward()
        value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="gamma_not_used" fails="value" says="the gamma passed in was not used"
# The reward-to-go is made with the usual 0.99.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, 0.99)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="value_targets_bare" fails="value" says="its targets were the bare rewards"
# The value net learns the reward of the step.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), torch.as_tensor(batch.rewards), mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="value_net_untrained" fails="value" says="it was never trained"
# The value optimizer never takes a step.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="stale_predictions" fails="value"
# The predictions are made once and not renewed after each step.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        values = value_net(observations)
        for _ in range(value_steps):
            loss = value_loss(values, rtg, mask)
            value_optimizer.zero_grad()
            loss.backward(retain_graph=True)
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="mask_forgotten" fails="value"
# The padding is trained on as well.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.ones_like(torch.as_tensor(batch.mask))
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="same_seed" fails="record" says="every iteration replays the same starts"
# Each iteration collects with the same seed.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="seeds_too_close" fails="record" says="they must lie at least 3 apart"
# The seed grows by one per iteration.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="no_seed" fails="record" says="the environment was reset without a seed"
# collect gets no seed.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="sum_of_returns" fails="record" says="this is the sum over the sub-environments"
# The returns of the episodes are added, not averaged.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="mean_reward" fails="record" says="this is the mean reward of a step"
# The mean over steps, not over episodes.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards[batch.mask].mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="mean_of_all_entries" fails="record" says="the mean of all entries, padding included"
# mean over the whole array.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="discounted_return" fails="record" says="this return is discounted"
# The reward-to-go of the first step is reported.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(rtg[0].mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="nothing_returned" fails="record stops" says="train gave a NoneType"
# The list is not returned.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break

# %% wrong="never_stops" fails="stops" says="went on to the end"
# It goes on although the task is solved.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
    return returns

# %% wrong="stops_before_five" fails="stops" says="five returns must be there first"
# The last five are averaged even if there are fewer.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if np.mean(returns[-5:]) >= 475:
            break
    return returns

# %% wrong="last_return_alone" fails="stops" says="when the last five are 480 for the first time"
# Only the last return is looked at.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and returns[-1] >= 475:
            break
    return returns

# %% wrong="mean_of_all_returns" fails="stops" says="not all since the start"
# The average runs over all iterations.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns) >= 475:
            break
    return returns

# %% wrong="more_than_475" fails="stops" says="an average of exactly 475"
# More than 475 is asked for.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) > 475:
            break
    return returns

# %% wrong="each_of_five" fails="stops"
# All of the last five must reach 475, not their average.
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i in range(iterations):
        batch = collect(envs, policy, seed=seed + i * envs.num_envs)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(policy(observations).log_prob(actions), weights, mask)
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and min(returns[-5:]) >= 475:
            break
    return returns

# %% right="values_first"
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    po = torch.optim.Adam(policy.parameters(), lr)
    vo = torch.optim.Adam(value_net.parameters(), lr)
    out = []
    for k in range(iterations):
        b = collect(envs, policy, seed + k * envs.num_envs)
        m, o = torch.from_numpy(b.mask), torch.from_numpy(b.observations)
        g = torch.tensor(masked_rewards_to_go(b.rewards, b.mask, gamma), dtype=torch.float32)
        with torch.no_grad():
            a = advantages(g, value_net(o), m)
        for _ in range(value_steps):
            vo.zero_grad()
            value_loss(value_net(o), g, m).backward()
            vo.step()
        distribution = policy(o.reshape(-1, o.shape[-1]))
        log_probs = distribution.log_prob(torch.from_numpy(b.actions).reshape(-1)).reshape(m.shape)
        po.zero_grad()
        policy_loss(log_probs, a, m).backward()
        po.step()
        out.append(b.rewards.sum(0).mean())
        if len(out) > 4 and sum(out[-5:]) / 5 >= 475:
            return out
    return out

# %% right="while_loop"
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    optimizers = [torch.optim.Adam(net.parameters(), lr=lr) for net in (policy, value_net)]

    def update(optimizer, loss):
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                parameter.grad = None
        loss.backward()
        optimizer.step()

    returns = []
    solved = False
    while len(returns) < iterations and not solved:
        batch = collect(envs, policy, seed=seed + len(returns) * envs.num_envs)
        obs, act, mask = (torch.tensor(x) for x in (batch.observations, batch.actions, batch.mask))
        rtg = torch.Tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma))
        update(
            optimizers[0], policy_loss(policy(obs).log_prob(act), advantages(rtg, value_net(obs), mask), mask)
        )
        for step in range(value_steps):
            update(optimizers[1], value_loss(value_net(obs), rtg, mask))
        returns.append(np.where(batch.mask, batch.rewards, 0).sum().item() / envs.num_envs)
        solved = len(returns) >= 5 and sum(returns[-5:]) >= 5 * 475
    return returns

# %% right="log_softmax"
def train(envs, policy, value_net, iterations, gamma=0.99, lr=1e-2, seed=0, value_steps=10):
    policy_optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    value_optimizer = torch.optim.Adam(value_net.parameters(), lr=lr)
    returns = []
    for i, collect_seed in enumerate(range(seed, seed + iterations * envs.num_envs, envs.num_envs)):
        batch = collect(envs, policy, seed=collect_seed)
        observations, actions = torch.as_tensor(batch.observations), torch.as_tensor(batch.actions)
        mask = torch.as_tensor(batch.mask)
        rtg = torch.as_tensor(masked_rewards_to_go(batch.rewards, batch.mask, gamma)).float()

        weights = advantages(rtg, value_net(observations), mask)
        loss = policy_loss(
            policy(observations).logits.log_softmax(-1).gather(-1, actions.unsqueeze(-1)).squeeze(-1),
            weights,
            mask,
        )
        policy_optimizer.zero_grad()
        loss.backward()
        policy_optimizer.step()

        for _ in range(value_steps):
            loss = value_loss(value_net(observations), rtg, mask)
            value_optimizer.zero_grad()
            loss.backward()
            value_optimizer.step()

        returns.append(float(batch.rewards.sum(axis=0).mean()))
        if len(returns) >= 5 and np.mean(returns[-5:]) >= 475:
            break
    return returns
