# %% wrong="unchanged" fails="streams" says="both streams start from one seed"
# Nothing is repaired.
fixed_run = careless_run

# %% wrong="environment_unseeded" fails="promises" says="the environment is reset without a seed now"
# The environment is reset without a seed, so the two streams differ.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset()
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% wrong="strategy_unseeded" fails="streams" says="the strategy gets no seed now"
# The strategy gets no seed, so the two streams differ.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, None)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% wrong="strategies_alike" fails="streams" says="some strategies are seeded alike"
# All strategies are seeded with 0.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, 0)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% wrong="environments_alike" fails="promises" says="four runs have the environment seeds"
# All environments are reset with the seed of the experiment.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% wrong="seeds_depend_on_runs" fails="promises" says="the environment of run i depends on the number of runs"
# The seeds are cut into two halves, so that they depend on the number of runs.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(2, runs)[::-1].T.tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% wrong="reward_and_regret_mixed_up" fails="promises"
# The columns of the table and the keys of the dict are in different orders.
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((facts["regret"], paid, facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% right="reference_untyped"
def fixed_run(make_bandit, make_env, steps, runs, seed):

    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% right="run"
fixed_run = run

# %% right="spawn"
def fixed_run(make_bandit, make_env, steps, runs, seed):
    return run(make_bandit, make_env, steps, runs, seed)

# %% right="spawned"
def fixed_run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env = make_env()
        env_child, player_child = child.spawn(2)
        env.reset(seed=int(env_child.generate_state(1)[0]))
        player = make_bandit(env.action_space, player_child)
        for t in range(steps):
            arm = player.sample_action()
            _, result["reward"][i, t], _, _, info = env.step(arm)
            player.update(arm, result["reward"][i, t])
            result["regret"][i, t], result["optimal"][i, t] = info["regret"], info["optimal"]
    return result

# %% right="next_number"
def fixed_run(make_bandit, make_env, steps, runs, seed):
    def episode(number):
        env = make_env()
        env.reset(seed=number)
        player = make_bandit(env.action_space, number + 1)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    numbers = np.random.SeedSequence(seed).generate_state(runs).tolist()
    table = np.array([episode(number) for number in numbers], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}

# %% right="two_halves"
def fixed_run(make_bandit, make_env, steps, runs, seed):
    def episode(env_seed, player_seed):
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        for _ in range(steps):
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    numbers = np.random.SeedSequence(seed).generate_state(2 * runs).tolist()
    table = np.array([episode(*pair) for pair in zip(numbers[:runs], numbers[runs:])], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}
