# %% wrong="variance_returned" fails="posterior" says="variances were returned"
# posterior returns the variance.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / precision)

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="precision_returned" fails="posterior" says="precisions were returned"
# posterior returns the precision.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, precision)

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="noise_precision_ignored" fails="posterior prior" says="noise_precision is ignored"
# Every reward is taken to have precision 1.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n
        mean = (self.prior_precision * self.prior_mean + self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="precision_is_variance" fails="posterior prior" says="noise_precision was taken for the noise's variance"
# noise_precision is taken for the variance of the noise.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        noise_precision = 1 / self.noise_precision
        precision = self.prior_precision + self.n * noise_precision
        mean = (self.prior_precision * self.prior_mean + noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="numerator_without_noise" fails="posterior prior" says="noise_precision is missing in the numerator"
# The sum of the rewards is not weighted by their precision.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="mean_for_sum" fails="posterior prior" says="q stands for n * q"
# q is taken for the sum of the rewards.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="prior_mean_ignored" fails="prior" says="it looks as if prior_mean is ignored"
# The prior mean is taken to be 0.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (0 + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="best_by_sample_mean" fails="prior" says="best_action() is 2, the largest q"
# best_action is that of the base class, by the sample means.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="one_draw_for_all" fails="sample_action dist" says="as if nothing was drawn"
# One number is drawn and used for all arms.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(mean + std * self.rng.standard_normal(), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="noise_added" fails="sample_action dist" says="the noise of a single reward was added"
# A reward is drawn, not a plausible mean.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, np.sqrt(std**2 + 1)), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="variance_as_std" fails="sample_action dist" says="as if the variance was used as the std"
# normal() is given the variance.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std**2), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="dist_from_own_stream" fails="dist" says="dist() drew from self.rng"
# dist draws from self.rng.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = self.rng.normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="dist_inherited" fails="dist" says="all is given to one arm"
# dist is left to the base class.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def _dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% wrong="softmax_dist" fails="dist" says="a softmax of the means"
# dist is a softmax of the posterior means.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        e = np.exp(mean)
        return e / e.sum()

# %% wrong="few_draws" fails="dist"
# dist is estimated from 60 draws, which is enough for two arms.
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(60, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% right="reference_untyped"
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=0.001, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision

    def posterior(self):
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return (mean, 1 / np.sqrt(precision))

    def sample_action(self):
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)

    def best_action(self):
        return int(np.argmax(self.posterior()[0]))

    def dist(self):
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)

# %% right="recursive"
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=1e-3, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.mu = np.full(self.k, float(prior_mean))
        self.tau = np.full(self.k, float(prior_precision))
        self.np_ = noise_precision

    def update(self, a, r):
        self.mu[a] = (self.tau[a] * self.mu[a] + self.np_ * r) / (self.tau[a] + self.np_)
        self.tau[a] += self.np_

    def posterior(self):
        return self.mu, self.tau**-0.5

    def sample_action(self):
        m, s = self.posterior()
        return int(np.argmax(m + s * self.rng.standard_normal(self.k)))

    def best_action(self):
        return int(np.argmax(self.mu))

    def dist(self):
        rng = np.random.default_rng(12)
        c = np.zeros(self.k)
        for _ in range(10000):
            c[np.argmax(self.mu + self.tau**-0.5 * rng.standard_normal(self.k))] += 1
        return c / c.sum()

# %% right="sums_of_precisions"
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=1e-3, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.noise_precision = noise_precision
        self.precision = np.ones(self.k) * prior_precision
        self.weighted = np.ones(self.k) * prior_precision * prior_mean

    def update(self, action, reward):
        super().update(action, reward)
        self.precision[action] += self.noise_precision
        self.weighted[action] += self.noise_precision * reward

    def posterior(self):
        return self.weighted / self.precision, np.sqrt(1 / self.precision)

    def sample_action(self):
        draws = [self.rng.normal(m, s) for m, s in zip(*self.posterior())]
        return draws.index(max(draws))

    def best_action(self):
        return (
            random_argmax(self.posterior()[0], np.random.default_rng(0))
            if self.k == 1
            else int(np.argmax(self.posterior()[0]))
        )

    def dist(self):
        rng = np.random.default_rng([1, 2, 3])
        mean, std = self.posterior()
        z = rng.standard_normal((self.k, 30_000)) * std[:, None] + mean[:, None]
        return np.mean(z.argmax(axis=0) == np.arange(self.k)[:, None], axis=1)

# %% right="torch_free_and_terse"
class ThompsonBandit(Bandit):
    def __init__(self, action_space, prior_mean=0.0, prior_precision=1e-3, noise_precision=1.0, seed=None):
        super().__init__(action_space, seed)
        self.m0, self.t0, self.t = prior_mean, prior_precision, noise_precision

    def posterior(self):
        w = self.t * self.n / (self.t0 + self.t * self.n)  # weight of the data against the prior
        return (1 - w) * self.m0 + w * self.q, (self.t0 + self.t * self.n) ** -0.5

    def _wins(self, rng, draws):
        mean, std = self.posterior()
        return (mean + std * rng.standard_normal((draws, self.k))).argmax(1)

    def sample_action(self):
        return int(self._wins(self.rng, 1)[0])

    def best_action(self):
        return int(self.posterior()[0].argmax())

    def dist(self):
        wins = self._wins(np.random.default_rng(99), 50_000)
        return np.array([(wins == a).mean() for a in range(self.k)])
