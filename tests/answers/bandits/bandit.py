# %% wrong="means_are_ints" fails="init update best_action dist" says="ints would cut off fractions"
# The means start as ints, and every fraction is cut off.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k, dtype=int)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="counted_after_use" fails="update" says="n is increased only after its use"
# The pull is counted after the division, so n is one behind.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.q[action] += (reward - self.q[action]) / max(self.n[action], 1)
        self.n[action] += 1

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="counted_twice" fails="update" says="the step size is 1/(n + 1)"
# The step size is 1/(n + 1), though n holds the new pull already.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / (self.n[action] + 1)

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="sum_not_mean" fails="update best_action" says="the rewards were added up, not averaged"
# The rewards are added up, not averaged.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += reward

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="constant_step" fails="update" says="the step size is a constant 0.1"
# The step size is a constant 0.1.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) * 0.1

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="divided_by_all_pulls" fails="update sample_action best_action dist" says="one over the number of all pulls"
# The step size is one over all pulls, not over this arm's.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n.sum()

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="ties_to_the_first" fails="sample_action dist" says="always arm 1, the first of the tied arms 1 and 3"
# np.argmax chooses the first of the tied arms every time.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return int(np.argmax(self.q))

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="best_at_random" fails="best_action dist" says="for the same beliefs: it is never random"
# best_action breaks ties at random as well.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return random_argmax(self.q, self.rng)

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="softmax_dist" fails="dist" says="it is the softmax of q"
# dist is a softmax of q, as some libraries have it.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        e = np.exp(self.q)
        return e / e.sum()

# %% wrong="dist_not_divided" fails="dist" says="tied arms got 1 each"
# Every tied arm is given probability 1.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        return (self.q == self.q.max()).astype(float)

# %% wrong="dist_by_sampling" fails="dist" says="compute it from q, do not sample"
# dist draws from sample_action, and so moves the random stream.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        return np.bincount([self.sample_action() for _ in range(100000)], minlength=self.k) / 100000

# %% wrong="start_unchecked" fails="init" says="its actions 1, 2, 3 do not fit"
# Every Discrete is accepted, whatever its first action is.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete):
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="any_space" fails="init" says="Bandit(Box(0.0, 1.0, (1,), float32)) gives"
# The action space is not checked at all.
class Bandit:
    def __init__(self, action_space, seed=None):
        if False:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="one_memory_for_all" fails="init sample_action best_action dist" says="do they share an array?"
# The arrays belong to the class and are shared by all its objects.
class Bandit:
    shared = {}

    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = Bandit.shared.setdefault(("q", self.k), np.zeros(self.k))
        self.n = Bandit.shared.setdefault(("n", self.k), np.zeros(self.k))
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="seed_ignored" fails="init sample_action" says="with the seed passed in"
# The generator is made without the seed.
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng()

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% wrong="spaces_of_the_checks" fails="init"
# Only the spaces in the visible checks are turned away.
class Bandit:
    def __init__(self, action_space, seed=None):
        if isinstance(action_space, (spaces.Box, spaces.MultiDiscrete)) or getattr(action_space, "start", 0) == 1:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="reference_untyped"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="float32"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k, dtype=np.float32)
        self.n = np.zeros(self.k, dtype=np.float32)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="n_int"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k, dtype=int)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="weighted"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        w = 1 / self.n[action]
        self.q[action] = (1 - w) * self.q[action] + w * reward
        self.history = getattr(self, "history", []) + [(action, reward)]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="choice"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return self.rng.choice(np.flatnonzero(self.q == self.q.max()))

    def best_action(self):
        return np.argmax(self.q)

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="np_k"
class Bandit:
    def __init__(self, action_space, seed=None):
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = action_space.n
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()

# %% right="from_all_rewards"
class Bandit:
    def __init__(self, action_space, seed=None):
        if type(action_space) is not spaces.Discrete or action_space.start:
            raise ValueError("Discrete from 0 only")
        self.k = int(action_space.n)
        self.rng = np.random.default_rng(seed)
        self.q = np.array([0.0] * self.k)
        self.n = np.array([0] * self.k)
        self.rewards = [[] for _ in range(self.k)]

    def update(self, action, reward):
        self.rewards[action].append(float(reward))
        self.n[action] = len(self.rewards[action])
        self.q[action] = sum(self.rewards[action]) / len(self.rewards[action])

    def sample_action(self):
        return int(self.rng.choice(self.k, p=self.dist()))

    def best_action(self):
        return list(self.q).index(max(self.q))

    def dist(self):
        p = np.zeros(self.k)
        best = [a for a in range(self.k) if self.q[a] == max(self.q)]
        p[best] = 1 / len(best)
        return p
