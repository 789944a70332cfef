# %% wrong="average_takes_rewards_off" fails="average" says="rewards are subtracted in cumulative mode only"
# The average target is counted down as well.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target - reached
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="modes_mixed_up" fails="average cumulative" says="the two modes are mixed up"
# Each mode does what the other should.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "cumulative":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="average_scaled" fails="average" says="the scale belongs to cumulative mode only"
# The scale is put in front of both kinds of wish.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = scale * target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="average_divided_by_horizon" fails="average" says="do not divide by the horizon"
# The target is taken for a sum over the horizon.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target / horizon
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="average_divided_by_steps_left" fails="average" says="do not divide, the target"
# The target is divided by the steps that are left, as in training.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for t in range(horizon):
        if mode == "average":
            wish = target / (horizon - t)
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="always_the_target" fails="cumulative" says="it stays at the target, as in average mode"
# The mode is not looked at.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = target
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="nothing_taken_off" fails="cumulative" says="scaled, but always the same"
# The target is scaled, but the rewards are never taken off.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * target
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="scale_missing" fails="cumulative" says="the scale is missing"
# The wish is not scaled as in training.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = target - reached
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="only_target_scaled" fails="cumulative" says="only the target was scaled"
# The brackets are missing.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * target - reached
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="only_rewards_scaled" fails="cumulative" says="only the rewards were scaled"
# The scale is applied to the rewards alone.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = target - scale * reached
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="last_reward_only" fails="cumulative" says="only the last reward was taken off"
# The wish is target minus the last reward.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = reward = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reward)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="one_step_late" fails="cumulative" says="every reward is taken off one step late"
# The wish is computed before the last reward is counted.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached, still = 0.0, target
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * still
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        still = target - reached
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="rewards_added" fails="cumulative" says="the rewards were added"
# The sign in front of the rewards is turned round.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target + reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="scaled_again_each_step" fails="cumulative" says="the scale is applied again at each step"
# The scaled wish is kept, counted down and scaled anew.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached, wish = 0.0, target if mode == "average" else scale * target
    for _ in range(horizon):
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if mode == "cumulative":
            wish = scale * (wish - reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="wish_first" fails="average cumulative greedy" says="with the wish in front"
# The wish is put in front of the observation.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(torch.tensor([[wish, *obs]], dtype=torch.float32))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="sampled" fails="greedy" says="greedy, nothing sampled"
# The action is sampled, as in training a policy gradient.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.sample())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="least_likely" fails="greedy" says="is it argmin?"
# The least likely action is taken.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmin())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="tensor_action" fails="greedy" says="it wants a plain integer"
# The environment is handed a tensor.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = dist.probs.argmax()
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="truncated_overlooked" fails="ending" says="watch both flags"
# Only terminated is looked at.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated:
            break
    return reached


# %% wrong="horizon_overlooked" fails="ending" says="it went on to the episode's end"
# The episode is played to its end, whatever the horizon.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    while True:
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="one_step_too_many" fails="ending" says="horizon 3: 4 steps were played"
# The steps are counted one too far.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon + 1):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="one_step_too_few" fails="ending" says="horizon 3: 2 steps were played"
# The loop stops one step early.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(1, horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="last_reward_missing" fails="ending" says="the last step's reward is missing"
# The loop is left before the last reward is added.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        if terminated or truncated:
            break
        reached += float(reward)
    return reached


# %% wrong="seed_not_passed" fails="greedy" says="the environment was reset with [None]"
# reset is called without the seed.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset()
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="with_graph" fails="greedy" says="with the graph switched on"
# torch.no_grad is left out.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="first_observation_kept" fails="greedy" says="shown the first observation all along"
# The new observation is thrown away.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        _, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% wrong="mean_reward" fails="ending" says="the sum is wanted, not the mean"
# The return is divided by the horizon.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached / horizon


# %% wrong="reward_of_the_last_step" fails="ending" says="this is the last reward; add them all up"
# The last reward is returned.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return float(reward)


# %% wrong="rounded" fails="ending" says="the return is a int"
# A return is counted in whole steps, as in CartPole.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return round(reached)


# %% wrong="clipped_at_zero" fails="cumulative"
# A negative wish is thought to be impossible; the visible targets are never reached.
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = max(scale * (target - reached), 0.0)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% right="for_loop"
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(make_inputs(obs[None], np.array([wish])))
        action = int(dist.probs.argmax())
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% right="one_row_by_hand"
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, _ = env.reset(seed=seed)
    reached = 0.0
    for _ in range(horizon):
        if mode == "average":
            wish = target
        else:
            wish = scale * (target - reached)
        with torch.no_grad():
            dist = policy(torch.as_tensor(np.append(obs, wish), dtype=torch.float32)[None])
        action = dist.logits.argmax(-1).item()
        obs, reward, terminated, truncated, _ = env.step(action)
        reached += float(reward)
        if terminated or truncated:
            break
    return reached


# %% right="count_down"
@torch.no_grad()
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    obs, info = env.reset(seed=seed)
    left, rewards, done = target, [], False
    while not done and len(rewards) < horizon:
        wish = {"average": target, "cumulative": left * scale}[mode]
        x = make_inputs(np.array([obs]), np.array([wish]))
        obs, reward, terminated, truncated, info = env.step(np.argmax(policy(x).probs.numpy()))
        rewards.append(reward)
        left -= reward
        done = terminated or truncated
    return float(sum(rewards))


# %% right="inner_function"
def rollout_to_target(policy, env, target, horizon, mode="average", scale=1.0, seed=0):
    def choose(obs, wish):
        row = torch.cat([torch.as_tensor(obs).float(), torch.tensor([float(wish)])])
        with torch.inference_mode():
            return int(torch.max(policy(row.reshape(1, -1)).probs, dim=1).indices[0])

    obs = env.reset(seed=seed)[0]
    total, t = 0.0, 0
    while t < horizon:
        obs, reward, terminated, truncated, _ = env.step(
            choose(obs, target if mode == "average" else scale * target - scale * total)
        )
        total, t = total + float(reward), t + 1
        if truncated or terminated:
            return total
    return total
