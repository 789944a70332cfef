# %% wrong="unchanged" fails="first_pulls afterwards" says="it still freezes"
# Nothing is repaired.
class FixedDiscountedUCBBandit(LeakyUCB):
    pass

# %% wrong="no_forgetting" fails="afterwards" says="the forgetting is gone"
# The discount is taken for the bug and removed.
class FixedDiscountedUCBBandit(LeakyUCB):
    def update(self, action, reward):
        self.table[:, action] += (1.0, reward)

    def favourites(self):
        never = np.flatnonzero(self.table[0] == 0)
        if len(never):
            return never
        values = self.values()
        return np.flatnonzero(values == values.max())

# %% wrong="no_first_phase" fails="first_pulls" says="after the pulls [] sample_action() fails"
# The first phase is taken for the bug and removed.
class FixedDiscountedUCBBandit(LeakyUCB):
    def favourites(self):
        never = np.flatnonzero(self.table[0] == 0)
        values = self.values()
        return np.flatnonzero(values == values.max())

# %% wrong="random_first_phase" fails="first_pulls" says="some arm came twice before every arm had come once"
# In the first phase any arm may come, so that none is favoured.
class FixedDiscountedUCBBandit(LeakyUCB):
    def update(self, action, reward):
        self.made = getattr(self, "made", 0) + 1
        super().update(action, reward)

    def favourites(self):
        if getattr(self, "made", 0) < self.k:
            return np.arange(self.k)
        values = self.values()
        return np.flatnonzero(values == values.max())

# %% wrong="bonus_gone" fails="afterwards" says="is the bonus gone?"
# After the first phase the bonus is gone and only the means count.
class FixedDiscountedUCBBandit(LeakyUCB):
    def favourites(self):
        never = np.flatnonzero(self.table[0] == 0)
        if len(never):
            return never
        values = self.table[1] / self.table[0]
        return np.flatnonzero(values == values.max())

# %% wrong="count_from_the_total" fails="first_pulls"
# The number of pulls is worked out from the discounted total, which gamma = 1 does not allow.
class FixedDiscountedUCBBandit(LeakyUCB):
    def favourites(self):
        made = np.log(1 - self.table[0].sum() * (1 - self.gamma)) / np.log(self.gamma)
        if np.round(made) < self.k:
            return np.array([int(np.round(made))])
        values = self.values()
        return np.flatnonzero(values == values.max())

# %% right="reference_untyped"
class FixedDiscountedUCBBandit(LeakyUCB):
    def favourites(self):
        never = np.flatnonzero(self.table[0] == 0)
        if len(never):
            return never
        values = self.values()
        return np.flatnonzero(values == values.max())

# %% right="count"
class FixedDiscountedUCBBandit(LeakyUCB):
    def __init__(self, action_space, gamma=0.9, beta=1.0, seed=None):
        super().__init__(action_space, gamma, beta, seed)
        self.made = 0

    def update(self, a, r):
        super().update(a, r)
        self.made += 1

    def favourites(self):
        if self.made < self.k:
            return np.array([self.made])
        v = self.values()
        return np.flatnonzero(v == v.max())

# %% right="is_exercise_6"
class FixedDiscountedUCBBandit(DiscountedUCBBandit):
    def __init__(self, action_space, gamma=0.9, beta=1.0, seed=None):
        super().__init__(action_space, gamma, beta, seed)

# %% right="set_of_tried"
class FixedDiscountedUCBBandit(LeakyUCB):
    def __init__(self, action_space, gamma=0.9, beta=1.0, seed=None):
        super().__init__(action_space, gamma, beta, seed)
        self.waiting = list(range(self.k))

    def update(self, action, reward):
        if action in self.waiting:
            self.waiting.remove(action)
        super().update(action, reward)

    def favourites(self):
        if self.waiting:
            return np.array(self.waiting)
        v = self.values()
        return np.flatnonzero(v == v.max())

# %% right="infinite_values"
class FixedDiscountedUCBBandit(LeakyUCB):
    def values(self):
        pulls, sums = self.table
        with np.errstate(all="ignore"):
            scores = sums / pulls + self.beta * np.sqrt(np.log(max(pulls.sum(), 1)) / pulls)
        return np.where(pulls > 0, scores, np.inf)

    def favourites(self):
        values = self.values()
        return np.flatnonzero(values == values.max())
