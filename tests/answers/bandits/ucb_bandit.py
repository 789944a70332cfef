# %% wrong="two_in_the_root" fails="scores" says="a 2 stands inside the root"
# UCB1 is written out, with a 2 in the root, although beta holds it.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(2 * np.log(self.n.sum()) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="log_base_ten" fails="scores" says="the logarithm has base 10"
# ln is taken for the logarithm of base 10.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log10(self.n.sum()) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="root_missing" fails="scores" says="the root is missing"
# The square root is missing.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.log(self.n.sum()) / self.n[tried]
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="root_of_log_only" fails="scores" says="the root spans ln t only"
# The root spans the logarithm only.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(self.n.sum())) / self.n[tried]
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="t_one_too_large" fails="scores" says="t is one too large"
# t counts the pull that is about to be made.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(self.n.sum() + 1) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="n_plus_one" fails="scores" says="n is one too large"
# n + 1 in the denominator guards against division by zero.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(self.n.sum()) / (self.n[tried] + 1))
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="beta_in_the_root" fails="scores" says="beta slipped inside the root"
# beta slips inside the root.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + np.sqrt(self.beta * np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="first_of_the_best" fails="untried choice dist" says="arms 1 and 2 have equal scores, but the shares are"
# np.argmax chooses the first of the tied arms.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return int(np.argmax(self.scores()))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="large_instead_of_infinite" fails="untried dist" says="so they should score inf"
# A tiny constant in the denominator makes the score large, not infinite.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        return self.q + self.beta * np.sqrt(np.log(self.n.sum() + 1e-09) / (self.n + 1e-09))

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="zero_times_infinity" fails="untried dist" says="with beta=0, after one pull of arm 0"
# The formula is used as it stands, also for n = 0: with beta = 0 that is nan.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        return self.q + self.beta * np.sqrt(np.log(self.n.sum()) / self.n)

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="chooses_by_mean" fails="untried choice dist" says="with beta = 6 it pulls arm 0"
# sample_action is left to the base class, so the bonus is never used.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def _sample(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="dist_inherited" fails="dist" says="the inherited dist()"
# dist is left to the base class.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def _dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="softmax_of_scores" fails="dist" says="a softmax of the scores is returned"
# dist is a softmax of the scores.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        e = np.exp(scores - scores.max())
        return e / e.sum()

# %% wrong="best_by_score" fails="choice" says="it should be that of the largest mean"
# best_action follows the score, not the mean.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        return int(np.argmax(self.scores()))

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="untried_by_mean" fails="choice" says="n, not q, tells which arms are untried"
# An arm counts as untried as long as its mean is 0.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.q != 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% wrong="six_pulls" fails="scores"
# t is that of the example by hand.
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = 6
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% right="reference_untyped"
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def dist(self):
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()

# %% right="own_t_naive"
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.t = 0

    def update(self, a, r):
        super().update(a, r)
        self.t += 1

    def scores(self):
        with_bonus = self.q + self.beta * np.sqrt(np.log(self.t) / self.n)
        return np.where(self.n == 0, np.inf, with_bonus)

    def sample_action(self):
        s = self.scores()
        return self.rng.choice(np.flatnonzero(s == s.max()))

    def dist(self):
        s = self.scores()
        c = np.flatnonzero(s == s.max())
        p = np.zeros(self.k)
        p[c] = 1 / len(c)
        return p

# %% right="no_super_update_own_lists"
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta
        self.rs = [[] for _ in range(self.k)]

    def update(self, a, r):
        self.rs[a].append(r)
        self.q[a] = np.mean(self.rs[a])

    def scores(self):
        t = sum(map(len, self.rs))
        out = np.zeros(self.k)
        for a in range(self.k):
            out[a] = (
                np.inf if not self.rs[a] else np.mean(self.rs[a]) + self.beta * np.sqrt(np.log(t) / len(self.rs[a]))
            )
        return out

    def sample_action(self):
        return random_argmax(self.scores(), self.rng)

    def best_action(self):
        return int(np.argmax([np.mean(x) if x else 0 for x in self.rs]))

    def dist(self):
        s = self.scores()
        m = (s == s.max()).astype(float)
        return m / m.sum()

# %% right="loop"
class UCBBandit(Bandit):
    def __init__(self, action_space, beta=1.0, seed=None):
        super().__init__(action_space, seed)
        self.beta = beta

    def scores(self):
        out = []
        for a in range(self.k):
            if self.n[a] == 0:
                out.append(float("inf"))
            else:
                out.append(self.q[a] + self.beta * (np.log(sum(self.n)) / self.n[a]) ** 0.5)
        return np.array(out)

    def sample_action(self):
        return int(self.rng.choice(self.k, p=self.dist()))

    def dist(self):
        s = self.scores()
        return np.where(s == max(s), 1.0, 0.0) / np.count_nonzero(s == max(s))
