# %% wrong="explores_the_others" fails="sample_action dist ties_and_ends" says="as if exploration left out the greedy arm"
# Exploring means any arm but the greedy one.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.choice(np.delete(np.arange(self.k), self.best_action())))
        return super().sample_action()

    def dist(self):
        return np.where(super().dist() > 0, 1 - self.eps, self.eps / (self.k - 1))

# %% wrong="coin_reversed" fails="sample_action dist ties_and_ends" says="as if the coin was read the wrong way round"
# It explores with probability 1 - eps.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() > self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% wrong="dist_inherited" fails="dist ties_and_ends" says="dist() is still the greedy one of the base class"
# dist is left to the base class.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return super().dist()

# %% wrong="greedy_takes_the_first" fails="ties_and_ends" says="arms 1 and 3 tie, but their shares are"
# The greedy choice is best_action, the first of the tied arms.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return self.best_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% wrong="dist_for_one_best" fails="ties_and_ends" says="only the first of two tied arms is greedy"
# dist gives all of 1 - eps to the first of the tied arms.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * np.eye(self.k)[self.best_action()]

# %% wrong="own_part_forgotten" fails="dist ties_and_ends" says="the greedy arm's own part of the exploration was forgotten"
# In dist the greedy arm gets 1 - eps and no part of the exploration.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        d = np.full(self.k, self.eps / self.k)
        d[self.best_action()] = 1 - self.eps
        return d

# %% wrong="each_tie_gets_all" fails="ties_and_ends" says="each tied arm got the whole 1 - eps"
# In dist each of the tied arms gets the whole of 1 - eps.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * (self.q == self.q.max())

# %% wrong="eps_ignored" fails="sample_action dist ties_and_ends" says="as if eps were still 0.1"
# eps is written down as a number.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = 0.1

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% wrong="decays_when_asked" fails="sample_action dist ties_and_ends" says="calling sample_action() changed dist()"
# eps falls with every call of sample_action, though only update may change anything.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        self.eps *= 0.999
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% wrong="best_must_be_positive" fails="dist ties_and_ends"
# A largest mean of 0 or less is taken for a bandit that has not begun.
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps
        self.coin = np.random.default_rng(0)

    def sample_action(self):
        if self.coin.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist() if self.q.max() > 0 else np.full(self.k, 1 / self.k)

# %% right="reference_untyped"
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()

    def dist(self):
        return self.eps / self.k + (1 - self.eps) * super().dist()

# %% right="choice_of_dist"
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        Bandit.__init__(self, action_space, seed=seed)
        self.eps = eps

    def sample_action(self):
        return self.rng.choice(self.k, p=self.dist())

    def dist(self):
        best = np.flatnonzero(self.q == np.max(self.q))
        p = np.ones(self.k) * self.eps / self.k
        p[best] += (1 - self.eps) / len(best)
        return p

# %% right="other_coin"
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed=seed)
        self.eps = eps

    def sample_action(self):
        a = self.rng.integers(0, self.k)
        g = random_argmax(self.q, self.rng)
        return g if self.rng.random() >= self.eps else a

    def dist(self):
        return super().dist() * (1 - self.eps) + self.eps * np.full(self.k, 1 / self.k)

# %% right="one_draw_decides_all"
class EpsGreedyBandit(Bandit):
    def __init__(self, action_space, eps=0.1, seed=None):
        super().__init__(action_space, seed)
        self.eps = eps

    def sample_action(self):
        u = self.rng.random()
        for action, edge in enumerate(np.cumsum(self.dist())):
            if u < edge:
                return action
        return self.k - 1

    def dist(self):
        p = np.full(self.k, self.eps / self.k)
        ties = self.q == self.q.max()
        p[ties] += (1 - self.eps) / ties.sum()
        return p
