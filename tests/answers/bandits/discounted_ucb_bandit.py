# %% wrong="only_pulled_arm_fades" fails="scores best_action" says="only the pulled arm decays"
# Only the arm that was pulled decays.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums[action] *= self.gamma
        self.counts[action] *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="nothing_fades" fails="scores best_action" says="nothing was discounted"
# gamma is stored and never used.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        pass
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="plain_mean" fails="scores" says="the mean is the plain one of the base class"
# The mean is that of the base class, which forgets nothing.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.q[tried] + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="adds_before_decay" fails="scores" says="the new pull was discounted as well"
# The new pull is added first and decays with the others.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums[action] += reward
        self.counts[action] += 1
        self.sums *= self.gamma
        self.counts *= self.gamma

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="counts_do_not_fade" fails="scores best_action" says="the counts were not discounted"
# The sums decay, the counts do not.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="n_plus_one" fails="scores untried best_action" says="the mean divides by N + 1"
# N + 1 in the denominator guards against division by zero.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / (counts + 1) + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / (self.counts[tried] + 1)
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="log_of_all_pulls" fails="scores" says="the logarithm is taken of t"
# The logarithm is taken of the number of all updates.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(self.n.sum() if self.n.sum() else 1)
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="paper_factor" fails="scores" says="a factor 2 stands before the root"
# The paper's factor 2 is kept, although beta holds it.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + 2 * self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="first_phase_by_discounted_count" fails="untried choice" says="arms never pulled come first"
# The first phase is over when the discounted total reaches K.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        if self.counts.sum() < self.k:
            return int(self.counts.sum())
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="best_inherited" fails="best_action" says="the inherited best_action()"
# best_action is left to the base class and its plain means.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def _best(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="untried_mean_zero" fails="best_action" says="best_action() is 0, an arm never pulled"
# An arm never pulled has mean 0 and beats the negative ones.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.zeros(self.k)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="best_by_score" fails="best_action" says="best_action() is 0, the arm of the largest score"
# best_action follows the score, bonus and all.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(self.scores()))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="dist_inherited" fails="choice" says="the inherited dist()"
# dist is left to the base class.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def _dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="faded_is_untried" fails="untried" says="as if a faded arm were untried"
# A count that has nearly faded away is taken for an arm never pulled.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.counts > 0.01
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.counts > 0.01
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="zero_times_infinity" fails="untried"
# The bonus of an untried arm is infinite, and beta = 0 times that is nan.
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        log_total = np.log(max(1.0, self.counts.sum()))
        bonus = np.where(self.n > 0, np.sqrt(log_total / np.maximum(self.counts, 1e-300)), np.inf)
        return self.sums / np.maximum(self.counts, 1e-300) + self.beta * bonus

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% right="reference_untyped"
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)

    def update(self, action, reward):
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% right="history"
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma, self.beta, self.h = gamma, beta, []

    def update(self, a, r):
        self.h.append((a, r))

    def _sn(self):
        S, N = np.zeros(self.k), np.zeros(self.k)
        for j, (a, r) in enumerate(reversed(self.h)):
            S[a] += self.gamma**j * r
            N[a] += self.gamma**j
        return S, N

    def scores(self):
        S, N = self._sn()
        out = np.full(self.k, np.inf)
        total = max(N.sum(), 1)
        for a in range(self.k):
            if N[a] > 0:
                out[a] = S[a] / N[a] + self.beta * np.sqrt(np.log(total) / N[a])
        return out

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        S, N = self._sn()
        tried = [a for a in range(self.k) if N[a] > 0]
        return max(tried, key=lambda a: S[a] / N[a]) if tried else 0

    def dist(self):
        s = self.scores()
        m = s == s.max()
        return m / m.sum()

# %% right="reuse_q_n"
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma, self.beta = gamma, beta
        self.s = np.zeros(self.k)

    def update(self, a, r):
        self.n *= self.gamma
        self.s *= self.gamma
        self.n[a] += 1
        self.s[a] += r
        self.q = np.where(self.n > 0, self.s / np.where(self.n > 0, self.n, 1), 0)

    def scores(self):
        with np.errstate(all="ignore"):
            return np.where(
                self.n > 0, self.s / self.n + self.beta * np.sqrt(np.log(np.maximum(self.n.sum(), 1)) / self.n), np.inf
            )

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        return int(np.argmax(np.where(self.n > 0, self.q, -np.inf)))

    def dist(self):
        s = self.scores()
        m = s == s.max()
        return m / m.sum()

# %% right="decays_by_list"
class DiscountedUCBBandit(Bandit):
    def __init__(self, action_space, gamma=0.99, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.S = [0.0] * self.k
        self.N = [0.0] * self.k

    def update(self, action, reward):
        super().update(action, reward)
        self.S = [self.gamma * s + (reward if a == action else 0) for a, s in enumerate(self.S)]
        self.N = [self.gamma * c + (a == action) for a, c in enumerate(self.N)]

    def mean(self, a):
        return self.S[a] / self.N[a] if self.n[a] else -np.inf

    def scores(self):
        log = np.log(max(1, sum(self.N)))
        return np.array(
            [self.mean(a) + self.beta * np.sqrt(log / self.N[a]) if self.n[a] else np.inf for a in range(self.k)]
        )

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        return int(np.argmax([self.mean(a) for a in range(self.k)]))

    def dist(self):
        s = self.scores()
        return (s == s.max()) / np.sum(s == s.max())
