# %% wrong="transposed" fails="records" says="they should be (runs, steps)"
# The arrays have one row per step.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return {k: v.T for k, v in result.items()}

# %% wrong="never_updates" fails="records protocol" says="update() was called 0 times"
# The strategy is never told what it earned.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="one_strategy_for_all_runs" fails="records protocol two_streams" says="only one strategy was made"
# The strategy is made once and goes on from run to run.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed) if i == 0 else bandit
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="reset_once" fails="records protocol same_bandits two_streams" says="the environment was not reset for the second run"
# The environment is reset before the first run only.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        if i == 0:
            env = make_env()
            env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="numpy_seed" fails="same_bandits" says="Gymnasium takes a Python int"
# generate_state gives NumPy ints, and they are passed on as they are.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = child.generate_state(2)
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="one_seed_for_both" fails="two_streams" says="environment and strategy got the same seed"
# Environment and strategy get the same seed.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed = bandit_seed = int(child.generate_state(1)[0])
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="same_seed_in_every_run" fails="same_bandits two_streams" says="they meet one bandit again and again"
# The seeds do not depend on the run.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (seed, seed + 1)
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="environment_unseeded" fails="same_bandits" says="the environment was reset without a seed"
# The environment is reset without a seed.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset()
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="strategy_unseeded" fails="two_streams" says="the strategy gets no seed"
# The strategy gets no seed.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, None)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="seeds_depend_on_runs" fails="same_bandits" says="depends on the number of runs"
# Seeds are counted up as seed * runs + i, so they depend on the number of runs.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (seed * runs + i, 999 + seed * runs + i)
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="cumulative" fails="records" says="the rewards were added up along the run"
# The rewards are added up along the run.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    result["reward"] = np.cumsum(result["reward"], axis=1)
    return result

# %% wrong="learns_from_regret" fails="protocol" says="but update() was told of a reward"
# The strategy is told of the regret, not of the reward.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, -info["regret"])
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="every_step_twice" fails="records protocol" says="every step is played twice"
# The environment steps once for the record and once for the strategy.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% wrong="seeds_for_seven_runs" fails="two_streams"
# Seeds are made by counting, and repeat after seven runs.
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed = 10 * seed + i
        bandit_seed = 7 * seed + 10 + i % 7
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% right="reference_untyped"
def run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result

# %% right="one_env_lists"
def run(make_bandit, make_env, steps, runs, seed):
    env = make_env()
    out = {"reward": [], "regret": [], "optimal": []}
    seeds = np.random.SeedSequence(seed).generate_state(2 * runs)
    for i in range(runs):
        env.reset(seed=int(seeds[2 * i]))
        b = make_bandit(env.action_space, seed=int(seeds[2 * i + 1]))
        rows = {k: [] for k in out}
        for _ in range(steps):
            a = b.sample_action()
            o, r, te, tr, info = env.step(a)
            b.update(a, r)
            rows["reward"].append(r)
            rows["regret"].append(info["regret"])
            rows["optimal"].append(info["optimal"])
        for k in out:
            out[k].append(rows[k])
    return {k: np.array(v) for k, v in out.items()}

# %% right="SeedSequence_passed"
def run(make_bandit, make_env, steps, runs, seed):
    out = {k: np.empty((runs, steps)) for k in ("reward", "regret", "optimal")}
    for i, ss in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        a, b = ss.spawn(2)
        env = make_env()
        env.reset(seed=int(a.generate_state(1)[0]))
        s = make_bandit(env.action_space, b)
        for t in range(steps):
            x = s.sample_action()
            _, r, _, _, inf = env.step(x)
            s.update(x, r)
            out["reward"][i, t], out["regret"][i, t], out["optimal"][i, t] = r, inf["regret"], inf["optimal"]
    return out

# %% right="stacked_lists"
def run(make_bandit, make_env, steps, runs, seed):
    def play(child):
        streams = child.spawn(2)
        env = make_env()
        env.reset(seed=int(streams[0].generate_state(1)[0]))
        bandit = make_bandit(env.action_space, int(streams[1].generate_state(1, dtype=np.uint64)[0]))
        rows = []
        for _ in range(steps):
            action = bandit.sample_action()
            _, reward, *_, info = env.step(action)
            bandit.update(action, reward)
            rows.append([reward, info["regret"], info["optimal"]])
        return np.array(rows, dtype=float).T

    table = np.stack([play(child) for child in np.random.SeedSequence(seed).spawn(runs)], axis=1)
    return dict(zip(("reward", "regret", "optimal"), table))
