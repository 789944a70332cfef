# %% wrong="log_of_all_pulls" fails="scores" says="the logarithm is taken of t"
# The logarithm is taken of the number of all updates.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(self.n.sum()) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="window_one_too_long" fails="scores" says="the window holds one pull too many"
# The oldest pull is dropped one step late.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window + 1)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="window_one_too_short" fails="scores absent dist" says="the window holds one pull too few"
# The oldest pull is dropped one step early.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=max(window - 1, 1))
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="plain_mean" fails="scores" says="the mean is that of all pulls"
# The mean is that of the base class, which forgets nothing.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.q[present] + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="sums_never_shrink" fails="scores absent best_action" says="nothing was forgotten but in the logarithm"
# What leaves the window is not taken out of the sums and counts.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="window_per_arm" fails="scores absent best_action" says="has every arm a window of its own"
# Every arm has a window of its own.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.per = [deque(maxlen=window) for _ in range(self.k)]
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.recent.append(1)
        self.per[action].append(reward)
        self.sums[action] = sum(self.per[action])
        self.counts[action] = len(self.per[action])

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="gone_like_untried" fails="absent dist" says="an arm that left the window counts like one never pulled"
# An arm that left the window is put on a level with one never pulled.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n < 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n < 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="best_inherited" fails="best_action" says="the inherited best_action()"
# best_action is left to the base class and its plain means.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def _best(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="gone_mean_zero" fails="best_action" says="best_action() is 0, an arm that left the window"
# An arm that left the window has mean 0 and beats the negative ones.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.zeros(self.k)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="best_by_score" fails="best_action" says="best_action() is 0, the arm of the largest score"
# best_action follows the score, bonus and all.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(np.where(present, self.scores(), -np.inf)))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="first_of_the_best" fails="absent dist" says="the choice among the others is random"
# np.argmax chooses the first of the tied arms.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return int(np.argmax(never if never.any() else self.scores()))

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% wrong="window_of_four" fails="scores dist"
# The logarithm holds the window of the example by hand.
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(min(self.n.sum(), 4)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% right="reference_untyped"
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores

    def sample_action(self):
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))

    def dist(self):
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()

# %% right="lists"
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.window, self.beta, self.h, self.ever = window, beta, [], set()

    def update(self, a, r):
        self.h = (self.h + [(a, r)])[-self.window :]
        self.ever.add(int(a))

    def _r(self, a):
        return [r for b, r in self.h if b == a]

    def scores(self):
        return np.array(
            [
                np.mean(self._r(a)) + self.beta * np.sqrt(np.log(len(self.h)) / len(self._r(a)))
                if self._r(a)
                else float("inf")
                for a in range(self.k)
            ]
        )

    def _c(self):
        c = [a for a in range(self.k) if a not in self.ever]
        if not c:
            s = self.scores()
            c = np.flatnonzero(s == s.max())
        return c

    def sample_action(self):
        return int(self.rng.choice(self._c()))

    def best_action(self):
        m = {a: np.mean(self._r(a)) for a in range(self.k) if self._r(a)}
        return max(m, key=m.get) if m else 0

    def dist(self):
        p = np.zeros(self.k)
        p[self._c()] = 1 / len(self._c())
        return p

# %% right="deque_recounted"
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.last = deque(maxlen=window)

    def update(self, action, reward):
        super().update(action, reward)
        self.last.append((action, reward))

    def stats(self):
        S, N = np.zeros(self.k), np.zeros(self.k)
        for a, r in self.last:
            S[a] += r
            N[a] += 1
        return S, N

    def scores(self):
        S, N = self.stats()
        t = max(len(self.last), 1)
        mean = np.divide(S, N, out=np.full(self.k, np.inf), where=N > 0)
        return mean + self.beta * np.sqrt(np.log(t) / np.where(N > 0, N, 1))

    def candidates(self):
        if np.any(self.n == 0):
            return np.flatnonzero(self.n == 0)
        s = self.scores()
        return np.flatnonzero(s == s.max())

    def sample_action(self):
        return int(self.rng.choice(self.candidates()))

    def best_action(self):
        S, N = self.stats()
        return int(np.argmax(np.divide(S, N, out=np.full(self.k, -np.inf), where=N > 0)))

    def dist(self):
        p = np.zeros(self.k)
        p[self.candidates()] = 1 / len(self.candidates())
        return p

# %% right="ring_buffer"
class SlidingWindowUCBBandit(Bandit):
    def __init__(self, action_space, window=200, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.window, self.beta, self.t = window, beta, 0
        self.arms = np.full(window, -1)
        self.paid = np.zeros(window)

    def update(self, action, reward):
        super().update(action, reward)
        self.arms[self.t % self.window] = action
        self.paid[self.t % self.window] = reward
        self.t += 1

    def scores(self):
        scores = np.empty(self.k)
        for a in range(self.k):
            mine = self.arms == a
            if mine.any():
                bonus = np.sqrt(np.log(min(self.t, self.window)) / mine.sum())
                scores[a] = self.paid[mine].mean() + self.beta * bonus
            else:
                scores[a] = np.inf
        return scores

    def sample_action(self):
        untried = np.flatnonzero(self.n == 0)
        if untried.size:
            return int(untried[self.rng.integers(untried.size)])
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = [self.paid[self.arms == a].mean() if (self.arms == a).any() else -np.inf for a in range(self.k)]
        return int(np.argmax(means))

    def dist(self):
        if (self.n == 0).any():
            return (self.n == 0) / (self.n == 0).sum()
        scores = self.scores()
        return (scores == scores.max()) / (scores == scores.max()).sum()
