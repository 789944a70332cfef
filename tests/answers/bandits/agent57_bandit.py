# %% wrong="logarithm_kept" fails="scores" says="the logarithm of exercise 7 is still there"
# The logarithm of exercise 7 is still there.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(
            np.log(len(self.recent)) / counts[present]
        )
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="root_missing" fails="scores" says="the root is missing"
# The bonus is 1/N, without the root.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * (1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="plain_mean" fails="scores" says="the mean is that of all pulls"
# The mean is that of the base class, which forgets nothing.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (self.q * np.bincount(actions, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="gone_like_untried" fails="sample_action dist" says="as if arm 0 had never been pulled"
# An arm that left the window is taken for one never pulled, and eps is suspended.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self._window()[1] == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self._window()[1] == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="explores_too_early" fails="sample_action dist" says="no exploration before that"
# The coin is flipped before every arm had its first turn.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="explores_the_others" fails="sample_action dist" says="as if exploration left out the leading arm"
# Exploring means any arm but the leading one.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.choice(np.delete(np.arange(self.k), int(np.argmax(self.scores())))))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="never_explores" fails="sample_action dist" says="it never explores"
# eps is stored and never used.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if False:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="dist_without_eps" fails="dist" says="the exploration is missing"
# dist tells of the greedy choice only.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="dist_eps_swapped" fails="dist" says="eps and 1 - eps were swapped"
# In dist eps and 1 - eps change places.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return (1 - self.eps) / self.k + self.eps * best / best.sum()

# %% wrong="greedy_by_plain_mean" fails="sample_action dist" says="the plain q instead of scores()?"
# The greedy choice is that of the base class, by the plain means.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.q, self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="first_of_the_best" fails="sample_action dist" says="always the first of the tied arms"
# np.argmax chooses the first of the tied arms.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return int(np.argmax(self.scores()))

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% wrong="window_of_four" fails="scores"
# The window is that of the example by hand.
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=min(window, 4))

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% right="reference_untyped"
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))

    def scores(self):
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self):
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return (np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k))

    def sample_action(self):
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()

# %% right="from_window_class_style"
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.window, self.beta, self.eps = window, beta, eps
        self.a, self.r = [], []

    def update(self, a, r):
        super().update(a, r)
        self.a.append(a)
        self.r.append(r)

    def _stats(self):
        a, r = np.array(self.a[-self.window :], dtype=int), np.array(self.r[-self.window :])
        N = np.array([(a == i).sum() for i in range(self.k)])
        S = np.array([r[a == i].sum() for i in range(self.k)])
        return S, N

    def scores(self):
        S, N = self._stats()
        return np.where(N > 0, S / N + self.beta / np.sqrt(N), np.inf)

    def sample_action(self):
        return int(self.rng.choice(self.k, p=self.dist()))

    def best_action(self):
        S, N = self._stats()
        return int(np.argmax(np.where(N > 0, S / N, -np.inf)))

    def dist(self):
        if 0 in self.n:
            return (self.n == 0) / np.sum(self.n == 0)
        s = self.scores()
        m = s == s.max()
        return self.eps / self.k + (1 - self.eps) * m / m.sum()

# %% right="one_pass"
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.beta, self.eps = beta, eps
        self.sums, self.counts, self.recent, self.window = np.zeros(self.k), np.zeros(self.k, dtype=int), [], window

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))
        if len(self.recent) > self.window:
            self.recent.pop(0)
        self.counts = np.array([sum(a == arm for a, _ in self.recent) for arm in range(self.k)])
        self.sums = np.array([sum(r for a, r in self.recent if a == arm) for arm in range(self.k)], dtype=float)

    def scores(self):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.counts == 0, np.inf, self.sums / self.counts + self.beta / np.sqrt(self.counts))

    def sample_action(self):
        if not self.n.all():
            return int(self.rng.choice(np.flatnonzero(self.n == 0)))
        explore = self.rng.integers(self.k)
        exploit = random_argmax(self.scores(), self.rng)
        return int(explore) if self.rng.random() < self.eps else exploit

    def best_action(self):
        best, best_mean = 0, -np.inf
        for arm in range(self.k):
            if self.counts[arm] and self.sums[arm] / self.counts[arm] > best_mean:
                best, best_mean = arm, self.sums[arm] / self.counts[arm]
        return best

    def dist(self):
        if not self.n.all():
            return np.where(self.n == 0, 1 / np.sum(self.n == 0), 0.0)
        s = self.scores()
        p = np.full(self.k, self.eps / self.k)
        p[s == s.max()] += (1 - self.eps) / np.sum(s == s.max())
        return p

# %% right="pairs_in_lists"
class Agent57Bandit(Bandit):
    def __init__(self, action_space, window=90, beta=1.0, eps=0.5, seed=None):
        super().__init__(action_space, seed)
        self.past = []
        self.window = window
        self.beta = beta
        self.eps = eps

    def update(self, action, reward):
        super().update(action, reward)
        self.past = [*self.past, (action, reward)][-self.window :]

    def of(self, arm):
        return [reward for action, reward in self.past if action == arm]

    def scores(self):
        return np.array(
            [np.mean(self.of(a)) + self.beta * len(self.of(a)) ** -0.5 if self.of(a) else np.inf for a in range(self.k)]
        )

    def greedy(self):
        if min(self.n) == 0:
            return (self.n == 0).astype(float) / np.sum(self.n == 0), 0.0
        s = self.scores()
        return (s == s.max()).astype(float) / np.sum(s == s.max()), self.eps

    def sample_action(self):
        return int(self.rng.choice(self.k, p=self.dist()))

    def best_action(self):
        return int(np.argmax([np.mean(self.of(a)) if self.of(a) else -np.inf for a in range(self.k)]))

    def dist(self):
        p, eps = self.greedy()
        return (1 - eps) * p + eps * np.ones(self.k) / self.k
