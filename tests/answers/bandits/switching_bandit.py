# %% wrong="switch_one_early" fails="schedule info" says="the switch comes one step early"
# The step is counted before its row is looked up, so the first pull has t = 1.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        self.t += 1
        means = self.means[self.t // self.period % len(self.means)]
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="no_wrap" fails="interface schedule info noise" says="the table starts again with row 0 (use % P)"
# After the last row there is nothing: the index runs out of the table.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="last_row_stays" fails="schedule info" says="the last row stays for ever"
# The last phase is taken to last for ever.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[min(self.t // self.period, len(self.means) - 1)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="clock_runs_on" fails="interface schedule" says="t must start again at 0"
# The clock is set to 0 once, when the environment is made, and a reset leaves it alone.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = getattr(self, "t", 0)
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="period_forgotten" fails="schedule info" says="without regard to the period"
# The row changes with every step, as if the period were 1.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="arms_and_phases_confused" fails="interface" says="that is the number of phases, not of arms"
# The number of arms is read off the wrong axis of the table.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[0])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="regret_from_reward" fails="info" says="the reward paid was used instead of the arm's mean"
# The regret compares the best mean with the reward that happened to be paid.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - reward)
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="maximum_over_all_phases" fails="info" says="the maximum was taken over all phases"
# The best arm is sought in the whole table, not in the row in force.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(self.means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="first_optimal_only" fails="info" says="ties with arm 0 for the maximum 4.0"
# np.argmax names one best arm, so a tied one is not called optimal.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": bool(action == means.argmax())})

# %% wrong="noise_is_variance" fails="noise" says="`noise` was taken for the variance"
# noise is taken for the variance.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise**0.5))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="noise_squared" fails="noise" says="do not square it"
# normal() is believed to want the variance.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise**2))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="own_generator" fails="interface noise" says="the noise does not come from self.np_random"
# The environment brings a generator of its own, which reset(seed=) does not reach.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(np.random.default_rng().normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="seed_not_passed_on" fails="interface noise" says="reset function does not call `super().reset(seed=seed)`"
# reset does not hand the seed to the base class.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        pass
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="four_things" fails="interface info" says="not five things"
# One flag too few: the interface of the old gym.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="ends_after_the_table" fails="interface" says="this episode never ends"
# The episode is declared over after the last phase.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, self.t >= 12, False, {"regret": regret, "optimal": regret == 0.0})

# %% wrong="three_arms" fails="interface"
# The number of arms is that of the example in the check.
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(3)
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% right="reference_untyped"
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return (0, {})

    def step(self, action):
        means = self.means[self.t // self.period % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return (0, reward, False, False, {"regret": regret, "optimal": regret == 0.0})

# %% right="own_style"
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        super().__init__()
        self._m = [np.array(r) for r in means]
        self.period = period
        self.noise = noise
        self.action_space = gym.spaces.Discrete(len(means[0]))
        self.observation_space = gym.spaces.Discrete(1)
        self.count = -1

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.count = -1
        return np.int64(0), {"extra": 1}

    def step(self, a):
        self.count += 1
        m = self._m[(self.count // self.period) % len(self._m)]
        r = m + self.noise * self.np_random.standard_normal(len(m))
        return 0, r[a], False, False, dict(regret=max(m) - m[a], optimal=m[a] >= max(m), t=self.count)

# %% right="counts_down"
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.rows = np.asarray(means, dtype=np.float64).copy()
        self.period, self.noise = period, noise
        self.action_space = spaces.Discrete(self.rows.shape[-1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.phase, self.left = 0, self.period
        return 0, {}

    def step(self, action):
        if self.left == 0:
            self.phase, self.left = (self.phase + 1) % len(self.rows), self.period
        self.left -= 1
        row = self.rows[self.phase]
        reward = row[action] + self.noise * self.np_random.standard_normal()
        info = {"regret": float(np.max(row) - row[action]), "optimal": bool(row[action] == np.max(row))}
        return 0, float(reward), False, False, info

# %% right="modulo_of_the_cycle"
class SwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.means = np.repeat(np.array(means, dtype=float), period, axis=0)  # one row per step of a whole cycle
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = -1
        return 0, {}

    def step(self, action):
        self.t += 1
        m = self.means[self.t % self.means.shape[0]]
        best = max(m)
        return (
            0,
            float(self.np_random.normal(loc=m[action], scale=self.noise)),
            False,
            False,
            {
                "regret": float(best - m[action]),
                "optimal": action in np.flatnonzero(m == best),
            },
        )
