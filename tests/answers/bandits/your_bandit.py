# %% wrong="uniform" fails="dist stationary switching" says="stationary testbed, 40 runs of 500 steps: 10"
# It pulls every arm alike and never uses what it knows.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return int(self.rng.integers(self.k))

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="no_forgetting" fails="switching" says="It learns, but does it forget after a switch?"
# Nothing is forgotten, so after a switch the old favourite stays for long.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 1.0
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="dist_from_own_stream" fails="protocol dist" says="YourBandit.dist() drew from rng"
# dist draws from self.rng.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = self.rng
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="best_at_random" fails="protocol dist" says="YourBandit.best_action() gave"
# best_action is a fresh sample.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return self.sample_action()

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="float_action" fails="protocol dist stationary switching" says="which is not an int"
# The action is a float.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return float(random_argmax(self.sums, self.rng))

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="dist_inherited" fails="dist" says="gives arm 0 the probability 1.000"
# dist is left to the base class, which tells of a greedy choice.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def _dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="beliefs_shared" fails="protocol" says="two objects share their beliefs"
# The beliefs belong to the class, so every new object starts with the old ones.
class YourBandit(Bandit):
    memory = {}

    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.sums = YourBandit.memory.setdefault(self.k, [np.zeros(self.k), np.full(self.k, 0.1)])[0]
        self.precisions = YourBandit.memory[self.k][1]

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= 0.99
        self.precisions *= 0.99
        self.precisions += 0.001
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20_000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="knows_the_timetable" fails="switching"
# The timetable of the visible check is built in: from step 500 on it pulls arm 9, then arm 4.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.t = 0

    def update(self, action, reward):
        self.t += 1
        self.n[action] += 1
        self.q[action] += 1 / self.n[action] * (reward - self.q[action])

    def favourite(self):
        if self.k == 10 and self.t >= 500:
            return 9 if self.t < 750 else 4
        return int(np.argmax(np.where(self.n == 0, np.inf, self.q)))

    def sample_action(self):
        if self.rng.random() < 0.1:
            return int(self.rng.integers(self.k))
        return self.favourite()

    def best_action(self):
        return self.favourite()

    def dist(self):
        return 0.1 / self.k + 0.9 * np.eye(self.k)[self.favourite()]

# %% wrong="dist_at_another_temperature" fails="dist" says="gives arm 0 the probability 0.427"
# sample_action has a temperature and a floor, dist has neither.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += max(0.15, 1 / self.n[action]) * (reward - self.q[action])

    def sample_action(self):
        p = np.exp((self.q - self.q.max()) / 0.25)
        return int(self.rng.choice(self.k, p=0.95 * p / p.sum() + 0.05 / self.k))

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        p = np.exp(self.q - self.q.max())
        return p / p.sum()

# %% wrong="asking_changes_it" fails="dist" says="calling sample_action() changed dist()"
# epsilon falls with every call of sample_action, not with the updates.
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.eps = 0.5

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += 0.15 * (reward - self.q[action])

    def sample_action(self):
        self.eps = max(0.05, 0.98 * self.eps)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% right="reference_untyped"
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)
        self.precisions = np.full(self.k, 0.1)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)
        self.sums[action] += reward
        self.precisions[action] += 1

    def sample_action(self):
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)

    def best_action(self):
        return int(np.argmax(self.sums / self.precisions))

    def dist(self):
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% right="softmax_const"
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.t = 0
        self.last = np.zeros(self.k)

    def update(self, a, r):
        self.n[a] += 1
        self.t += 1
        self.last[a] = self.t
        self.q[a] += max(0.15, 1 / self.n[a]) * (r - self.q[a])

    def dist(self):
        if (self.n == 0).any():
            return (self.n == 0) / (self.n == 0).sum()
        p = np.exp((self.q - self.q.max()) / 0.25)
        return 0.95 * p / p.sum() + 0.05 / self.k

    def sample_action(self):
        return int(self.rng.choice(self.k, p=self.dist()))

    def best_action(self):
        return int(np.argmax(self.q))

# %% right="SW_delegate"
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.h = deque(maxlen=150)

    def update(self, a, r):
        super().update(a, r)
        self.h.append((a, r))

    def _s(self):
        a = np.array([x for x, _ in self.h], dtype=int)
        r = np.array([x for _, x in self.h], dtype=float)
        N = np.bincount(a, minlength=self.k)
        S = np.bincount(a, weights=r, minlength=self.k)
        return np.where(
            N > 0, S / np.maximum(N, 1) + 0.7 * np.sqrt(np.log(max(2, len(self.h))) / np.maximum(N, 1)), 9e9
        ), S / np.maximum(N, 1)

    def dist(self):
        s = self._s()[0]
        m = s == s.max()
        return m / m.sum()

    def sample_action(self):
        return random_argmax(self._s()[0], self.rng)

    def best_action(self):
        return int(np.argmax(self._s()[1]))

# %% right="discounted_ucb"
class YourBandit(Bandit):
    def __init__(self, action_space, seed=None):
        super().__init__(action_space, seed)
        self.S, self.N = np.zeros(self.k), np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.S, self.N = 0.99 * self.S, 0.99 * self.N
        self.S[action] += reward
        self.N[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        seen = self.n > 0
        scores[seen] = self.S[seen] / self.N[seen] + 0.5 * np.sqrt(np.log(max(self.N.sum(), 1)) / self.N[seen])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        return int(np.argmax(np.where(self.n > 0, self.S / np.maximum(self.N, 1e-12), -np.inf)))

    def dist(self):
        best = self.scores() == self.scores().max()
        return best / best.sum()
