# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Bandits: exploration and exploitation
#
# You stand before ten slot machines with a bag of coins. Each machine pays a random amount around an average of its
# own, and nobody tells you the averages. Every coin either *exploits* what you know (the machine that has paid best
# so far) or *explores* (another one, in case you are wrong). That dilemma, without any of the rest of reinforcement
# learning around it, is the **multi-armed bandit**.
#
# **Afterwards you can**
# - *write* an environment with Gymnasium's interface, also one that changes while you play;
# - *build* seven strategies, from epsilon-greedy to Thompson sampling, and *say* exactly how each one chooses;
# - *run* a fair experiment: separate random streams, equal bandits for everyone, error bars;
# - *vectorise* two thousand experiments into a few lines of NumPy;
# - *find* silent bugs of the kind that public code really contains;
# - *argue* from plots which strategy to use, and how sure you are.
#
# **You need** Python (functions, classes, inheritance) and some calculus; probability up to mean, variance and the
# normal distribution. NumPy and Gymnasium are explained where they are used.
#
# **It takes** five to six hours. Every exercise is marked with difficulty (dots out of five), minutes and points.
#
# | exercise | points | graded |
# |---|---|---|
# | 1 · a switching bandit | 4 | machine |
# | 2 · ties broken at random | 3 | machine |
# | 3 · the greedy base class | 5 | machine |
# | 4 · epsilon-greedy | 3 | machine |
# | 5 · upper confidence bounds | 4 | machine |
# | 6 · discounted UCB | 4 | machine |
# | 7 · sliding-window UCB | 4 | machine |
# | 8 · Agent57's bandit | 3 | machine |
# | 9 · Thompson sampling | 4 | machine |
# | 10 · an experiment you can trust | 4 | machine |
# | 11 · two thousand bandits at once | 4 | machine |
# | 12 · FIND two silent bugs | 4 | machine |
# | 13 · your own strategy | 4 | machine |
# | 14 · which strategy, and when | 5 | hand |
# | 15 · what your experiment shows | 5 | hand |
#
# **Sources.** Sutton and Barto, *Reinforcement Learning: An Introduction*, 2nd edition, chapter 2 (the testbed,
# epsilon-greedy, UCB, optimistic values, the parameter study); Auer, Cesa-Bianchi and Fischer, *Finite-time analysis
# of the multiarmed bandit problem*, Machine Learning 47, 2002 (UCB1); Garivier and Moulines, arXiv 0805.3415
# (discounted and sliding-window UCB); Badia et al., arXiv 2003.13350 (Agent57); Russo et al., *A Tutorial on Thompson
# Sampling*, arXiv 1707.02038; the [Gymnasium documentation](https://gymnasium.farama.org).
#
# A cell with a `raise NotImplementedError()` is yours to fill. The cell or cells of asserts below it are the graded
# ones: run them, and read what they say, since each message tries to name the slip it saw. All other cells are there
# to play with.

# %% [markdown]
# ## Set-up
#
# Run this cell first. The functions at its end are used by the checks; two of them, `replay` and `shares`, are handy
# for your own experiments as well.

# %% nbgrader={"grade": false, "grade_id": "given-setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import os
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from numbers import Integral
from typing import Any

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import torch
from gymnasium import spaces
from gymnasium.utils.env_checker import check_env
from numpy.typing import ArrayLike
from torch import nn
from torch.distributions import Categorical

GRADING = "NBGRADER_EXECUTION" in os.environ  # then the experiments below are cut to a few steps
SEED = 2024
torch.set_num_threads(1)
np.set_printoptions(precision=4, suppress=True)
plt.rcParams.update(
    {
        "figure.figsize": (8, 4),
        "figure.dpi": 40 if GRADING else 100,
        "axes.grid": True,
        "grid.alpha": 0.3,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


def progress(items: Iterable, label: str) -> Iterator:
    """Go through `items` and keep one line on stdout that says how much time is left."""
    items, start = list(items), time.perf_counter()
    for done, item in enumerate(items):
        if done and not GRADING:
            left = (time.perf_counter() - start) / done * (len(items) - done)
            print(f"\r{label}: {done} of {len(items)} done, about {left:.0f} s left  ", end="", flush=True)
        yield item
    if not GRADING:
        print(f"\r{label}: done in {time.perf_counter() - start:.0f} s" + " " * 24)


def replay(strategy: Any, pulls: Iterable[tuple[int, float]]) -> Any:
    """Tell `strategy` of pulls that were made, a list of (action, reward) pairs; return the strategy."""
    for action, reward in pulls:
        strategy.update(action, reward)
    return strategy


def shares(strategy: Any, draws: int = 2000) -> np.ndarray:
    """Ask for `draws` actions without any update between them; return the share of each arm."""
    return np.bincount([strategy.sample_action() for _ in range(draws)], minlength=strategy.k) / draws


def outcome(call: Callable[[], object]) -> str:
    """What comes of `call()`: "ValueError" if it raises one, else what it raised or returned, in words."""
    try:
        return f"the value {call()!r}"
    except ValueError:
        return "ValueError"
    except Exception as error:
        return type(error).__name__


def check_array(what: str, got: Any, want: ArrayLike, slips: dict[str, ArrayLike] | None = None) -> None:
    """Assert that `got` equals `want`; if it equals one of the `slips` instead, say which."""
    want = np.asarray(want, dtype=float)
    assert np.shape(got) == want.shape, f"{what} has shape {np.shape(got)} but should have {want.shape}"
    got = np.asarray(got, dtype=float)
    for slip, wrong in (slips or {}).items():
        seen = np.allclose(got, wrong, rtol=1e-4, atol=1e-5) and not np.allclose(wrong, want, rtol=1e-4, atol=1e-5)
        assert not seen, f"{what} is {got} but should be {want}: it looks as if {slip}"
    assert np.allclose(got, want, rtol=1e-4, atol=1e-5), f"{what} is {got} but should be {want}"


def check_strategy(strategy: Any, draws: int = 1200) -> None:
    """Assert what holds for every strategy: who may change what, and that `dist()` tells what comes next."""
    name, k = type(strategy).__name__, strategy.k
    stream = str(strategy.rng.bit_generator.state)
    beliefs = np.copy(getattr(strategy, "q", 0.0)), np.copy(getattr(strategy, "n", 0.0))
    best = {strategy.best_action() for _ in range(10)}
    assert len(best) == 1, f"{name}.best_action() gave {best} in ten calls: it must not be random"
    assert all(isinstance(a, Integral) and 0 <= a < k for a in best), f"{name}.best_action() gave {best}, not an int"
    assert stream == str(strategy.rng.bit_generator.state), f"{name}.best_action() drew from rng, which it must not"
    p = strategy.dist()
    assert isinstance(p, np.ndarray) and p.shape == (k,), f"{name}.dist() gave {p!r}, not an array of shape ({k},)"
    assert np.all(p >= 0) and abs(p.sum() - 1) < 1e-5, f"{name}.dist() gave {p}, no probabilities that sum to 1"
    assert stream == str(strategy.rng.bit_generator.state), (
        f"{name}.dist() drew from rng: asking must not change a thing"
    )
    assert np.allclose(p, strategy.dist(), atol=0.05), f"{name}.dist() gave two answers to the same question"
    picks = [strategy.sample_action() for _ in range(draws)]
    odd = [a for a in picks if not isinstance(a, Integral) or not 0 <= a < k]
    assert not odd, f"{name}.sample_action() gave {odd[0]!r}, not an int from 0 to {k - 1}"
    same = np.array_equal(beliefs[0], getattr(strategy, "q", 0.0)) and np.array_equal(
        beliefs[1], getattr(strategy, "n", 0.0)
    )
    assert same, f"{name}: q or n changed although only sample_action(), best_action() and dist() were called"
    assert np.allclose(p, strategy.dist(), atol=0.05), (
        f"{name}: calling sample_action() changed dist(); only update() may"
    )
    share, spread = np.bincount(picks, minlength=k) / draws, np.clip(p, 0.002, 0.998)
    excess = np.abs(share - p) - 5 * np.sqrt(spread * (1 - spread) * (1 / draws + 1 / 10_000))
    arm = int(np.argmax(excess))
    assert excess[arm] <= 0, (
        f"{name}.dist() gives arm {arm} the probability {p[arm]:.3f}, but sample_action() picked it in "
        f"{share[arm]:.3f} of {draws} draws: the two do not belong together"
    )


@contextmanager
def judged_alone(*classes: type, **references: Any) -> Iterator[None]:
    """Let `references` stand in for the names they bear, also as bases of `classes`, while a check runs.

    Afterwards everything is yours again. Warnings are silent meanwhile.
    """
    family = [c for cls in classes for c in cls.__mro__ if any(base.__name__ in references for base in c.__bases__)]
    bases = {c: c.__bases__ for c in family}
    names = {name: globals()[name] for name in references if name in globals()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            globals().update(references)
            for c in family:
                c.__bases__ = tuple(references.get(base.__name__, base) for base in bases[c])
            yield
        finally:
            for c in family:
                c.__bases__ = bases[c]
            for name in references:
                globals().pop(name, None)
            globals().update(names)


# %% [markdown]
# ## The problem
#
# There are $K$ **arms**, numbered 0 to $K-1$. At each step you pull one, the **action** $a$, and receive a random
# **reward** $r$. The arm's average reward is its **value** $q_*(a)$, which you are not told. You want a large total
# reward, or, which is the same, a small total **regret**: pulling $a$ costs
#
# $$\text{regret}(a) = \max_b q_*(b) - q_*(a) \ge 0,$$
#
# the reward that was missed *on average* by not pulling the best arm. It is zero for the best arm. Mind that it
# compares averages, not the amounts that happened to be paid: an unlucky pull of the best arm has no regret.
#
# *By hand:* with values $(1, 3, 2)$ and pulls of arms $0, 2, 1, 1$ the regrets are $2, 1, 0, 0$; in total 3.
#
# Sutton and Barto's **testbed** (section 2.3) draws the values of $K = 10$ arms from the normal distribution
# $N(0, 1)$, mean 0 and variance 1, and lets a pull of $a$ pay $N(q_*(a), 1)$. Here it is as a Gymnasium environment,
# the interface that the whole course uses:
#
# - `action_space` and `observation_space` say what goes in and out. `spaces.Discrete(10)` is "one of the ints 0 to
#   9", and its attribute `n` is 10. A bandit has nothing to observe, so its observation is always 0, the only member
#   of `spaces.Discrete(1)`.
# - `reset(seed=..., options=...)` starts anew and returns `(observation, info)`. Its first line,
#   `super().reset(seed=seed)`, makes `self.np_random`, the environment's own source of random numbers, start from
#   that seed.
# - `step(action)` returns five things: `observation, reward, terminated, truncated, info`. The two flags say that an
#   episode is over; a bandit's never is. `info` is a dict for the curious: here it tells the regret, and whether the
#   arm was optimal.


# %% nbgrader={"grade": false, "grade_id": "given-gaussian_bandit", "locked": true, "schema_version": 3, "solution": false, "task": false}
class GaussianBandit(gym.Env):
    """The K-armed testbed of Sutton and Barto, section 2.3. Every reset draws new arms.

    `reset(options={"means": array})` takes the given values instead. `info` holds "regret" (float, in units of reward)
    and "optimal" (bool: the arm's value equals the maximum, so tied arms are all optimal).
    """

    def __init__(self, k: int = 10) -> None:
        self.k = k
        self.action_space = spaces.Discrete(k)
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
        super().reset(seed=seed)
        if options and "means" in options:
            self.means = np.array(options["means"], dtype=float)
        else:
            self.means = self.np_random.normal(0.0, 1.0, size=self.k)
        return 0, {}

    def step(self, action: int) -> tuple[int, float, bool, bool, dict]:
        reward = float(self.np_random.normal(self.means[action], 1.0))
        regret = float(self.means.max() - self.means[action])
        return 0, reward, False, False, {"regret": regret, "optimal": regret == 0.0}


# %%
env = GaussianBandit()
env.reset(seed=3)
pulled = np.array([[env.step(arm)[1] for _ in range(300)] for arm in range(10)])  # (arm, pull)

fig, ax = plt.subplots()
ax.violinplot(pulled.T, positions=range(10), showextrema=False)
ax.plot(range(10), env.means, "k_", markersize=18, label="the arm's value $q_*(a)$")
ax.plot(np.argmax(env.means), env.means.max(), "k*", markersize=12, label="the best arm")
ax.set(
    xlabel="arm", ylabel="reward of one pull", xticks=range(10), title="One testbed: 300 rewards from each of ten arms"
)
ax.legend()
plt.show()

# %% [markdown]
# See how the clouds overlap: arm 0 pays now and then more than arm 9, the best one, and arms 3, 4, 5 and 7 are hard
# to tell apart even with 300 rewards each. One pull tells you little.
#
# ### What a strategy is
#
# In this lesson a **strategy** is an object with four methods:
#
# | method | what it does | may change |
# |---|---|---|
# | `update(action, reward)` | learns that pulling `action` paid `reward` | the beliefs |
# | `sample_action() -> int` | says which arm to pull next | only the random stream `rng` |
# | `best_action() -> int` | says which arm it believes best; never random | nothing |
# | `dist() -> array of shape (K,)` | how probable each arm is at the next `sample_action()` | nothing, not even `rng` |
#
# The split matters. `dist()` is a promise about `sample_action()`, and the checks hold you to it. And since only
# `update` changes beliefs, you may ask a strategy as often as you like: what it does next does not depend on who
# looked.
#
# Random numbers come from a `numpy.random.Generator`, made by `np.random.default_rng(seed)`: equal seeds give equal
# numbers. Of its methods you need `rng.random()` (uniform in [0, 1)), `rng.integers(k)` (an int from 0 to k - 1),
# `rng.choice(array)` (one entry, uniformly), `rng.normal(mean, std)` and `rng.standard_normal(size)`. The old global
# functions such as `np.random.rand()` share one hidden stream among all callers; this course never uses them.
#
# Here is a complete strategy, worked out for you. It believes nothing and learns nothing.


# %% nbgrader={"grade": false, "grade_id": "given-uniform_bandit", "locked": true, "schema_version": 3, "solution": false, "task": false}
class UniformBandit:
    """Every arm with probability 1/K, whatever happens."""

    def __init__(self, action_space: spaces.Discrete, seed: int | None = None) -> None:
        self.k = int(action_space.n)
        self.rng = np.random.default_rng(seed)

    def update(self, action: int, reward: float) -> None:
        """Learn nothing."""

    def sample_action(self) -> int:
        return int(self.rng.integers(self.k))

    def best_action(self) -> int:
        return 0  # as good as any other

    def dist(self) -> np.ndarray:
        return np.full(self.k, 1 / self.k)


# A placeholder until you have written exercise 3, where the real `Bandit` is made.
Bandit = type("Bandit", (UniformBandit,), {})

# %%
space = spaces.Discrete(4)
uniform = UniformBandit(space, seed=1)
print("promise:", uniform.dist())
print("shares: ", shares(uniform, draws=10_000))
for strategy in (uniform, Bandit(space, seed=1)):  # the placeholder is uniform as well
    check_strategy(strategy)  # the check that all your strategies will meet

# %% [markdown]
# ### Exercise 1 · a switching bandit
# ●●○○○ · 15 min · 4 points
#
# Bandits out in the world drift: last month's best advertisement bores people today. Build an environment whose arms
# change all at once, on a fixed timetable. It gets a table `means` of shape `(P, K)`, one row per **phase**, and a
# `period`. Count steps from 0 after each reset. At step $t$ the means in force are
#
# $$\texttt{means}[\lfloor t / \texttt{period} \rfloor \bmod P],$$
#
# in Python `means[(t // period) % P]`: `period` steps with row 0, `period` steps with row 1, and after the last row
# it begins again with row 0. With `P = 2` and `period = 3` the rows are 0 0 0 1 1 1 0 0 0 1 ... for
# $t = 0, 1, 2, \dots$
#
# A pull of $a$ pays $N(m_a, \texttt{noise}^2)$, where $m$ is the row in force; so `noise` is the **standard
# deviation**, as `normal` wants it, and `noise=0.0` pays $m_a$ exactly. The random numbers come from
# `self.np_random`, so that `reset(seed=...)` makes a run repeatable. `info` is that of `GaussianBandit`, for the
# means in force at this step: `"regret"` is computed from them (not from the reward), and `"optimal"` is true for
# every arm that ties for the maximum. The episode never ends.
#
# *By hand:* `means = [[0, 1], [5, 2]]`, `period = 3`. The fifth pull has $t = 4$, so row 1 is in force; arm 1 then
# pays 2 on average, its regret is 3 and it is not optimal.
#
# Set `action_space` and `observation_space` in `__init__` (no need to call `super().__init__()`); `GaussianBandit`
# above is your model for the rest. Gymnasium has a tool that examines environments, `check_env`, and the first check
# below calls it.


# %% nbgrader={"grade": false, "grade_id": "switching_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SwitchingBandit(gym.Env):
    """A bandit whose arms change every `period` steps.

    Args:
        means: (P, K) array, row p holds the K arms' means in phase p.
        period: steps per phase, at least 1.
        noise: standard deviation of a reward, 0 or more.

    `reset` returns `(0, {})`. `step` returns `(0, reward, False, False, info)`, with info["regret"] a float and
    info["optimal"] a bool, both for the means in force at that step.

    Example:
        >>> env = SwitchingBandit(np.array([[0.0, 1.0], [5.0, 2.0]]), period=1, noise=0.0)
        >>> _ = env.reset(seed=0)
        >>> [env.step(1)[1] for _ in range(3)]
        [1.0, 2.0, 1.0]

    Source: Gymnasium documentation, "Create a Custom Environment".
    """

    def __init__(self, means: np.ndarray, period: int, noise: float = 1.0) -> None:
        ### BEGIN SOLUTION
        self.means = np.array(means, dtype=float)
        self.period = period
        self.noise = noise
        self.action_space = spaces.Discrete(self.means.shape[1])
        self.observation_space = spaces.Discrete(1)
        ### END SOLUTION

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
        ### BEGIN SOLUTION
        super().reset(seed=seed)
        self.t = 0
        return 0, {}
        ### END SOLUTION

    def step(self, action: int) -> tuple[int, float, bool, bool, dict]:
        ### BEGIN SOLUTION
        means = self.means[(self.t // self.period) % len(self.means)]
        self.t += 1
        reward = float(self.np_random.normal(means[action], self.noise))
        regret = float(means.max() - means[action])
        return 0, reward, False, False, {"regret": regret, "optimal": regret == 0.0}
        ### END SOLUTION


# %%
env = SwitchingBandit(np.array([[0.0, 1.0], [5.0, 2.0]]), period=3, noise=0.1)
env.reset(seed=0)
for t in range(8):
    _, reward, _, _, info = env.step(1)
    print(f"t = {t}: arm 1 paid {reward:.2f}, {info}")


# %% nbgrader={"grade": true, "grade_id": "switching_bandit-interface", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
class ReferenceSwitchingBandit(gym.Env):
    def __init__(self, means, period, noise=1.0):
        self.table, self.period, self.noise = np.array(means, dtype=float), period, noise
        self.action_space = spaces.Discrete(self.table.shape[1])
        self.observation_space = spaces.Discrete(1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.t = 0
        return 0, {}

    def step(self, action):
        row = self.table[self.t // self.period % len(self.table)]
        self.t += 1
        regret = float(row.max() - row[action])
        reward = float(row[action] + self.noise * self.np_random.standard_normal())
        return 0, reward, False, False, {"regret": regret, "optimal": regret == 0.0}


### END HIDDEN TESTS
with judged_alone():
    means = np.array([[0.0, 1.0, 2.0], [3.0, 2.0, 1.0]])
    env = SwitchingBandit(means, period=1000)
    assert env.action_space != spaces.Discrete(2), (
        "action_space has 2 members: that is the number of phases, not of arms"
    )
    assert env.action_space == spaces.Discrete(3), f"action_space is {env.action_space} but should be Discrete(3)"
    assert env.observation_space == spaces.Discrete(1), f"observation_space is {env.observation_space}, not Discrete(1)"
    answer = env.reset(seed=5)
    assert isinstance(answer, tuple) and len(answer) == 2, f"reset() returned {answer!r}, not (observation, info)"
    assert answer[0] == 0, f"reset() returned the observation {answer[0]!r} instead of 0"
    stream = str(env.np_random.bit_generator.state)
    env.reset(seed=5)
    assert stream == str(env.np_random.bit_generator.state), "reset(seed=5) twice: is super().reset(seed=seed) called?"
    for _ in range(20):
        answer = env.step(1)
        assert isinstance(answer, tuple) and len(answer) == 5, f"step() returned {answer!r}, not five things"
        assert answer[0] == 0, f"step() returned the observation {answer[0]!r} instead of 0"
        assert not answer[2] and not answer[3], "terminated or truncated became true: this episode never ends"
        assert {"regret", "optimal"} <= set(answer[4]), f'info is {answer[4]}: "regret" or "optimal" is missing'
    check_env(env, skip_render_check=True)
    assert np.array_equal(means, [[0, 1, 2], [3, 2, 1]]), "the array `means` that was passed in has been changed"
    ### BEGIN HIDDEN TESTS
    env = SwitchingBandit(np.arange(35.0).reshape(5, 7), period=500, noise=0.5)
    assert env.action_space == spaces.Discrete(7), f"action_space is {env.action_space} but should be Discrete(7)"
    check_env(env, skip_render_check=True)
    env.reset()
    assert all(not any(env.step(0)[2:4]) for _ in range(300)), "the episode ended, but it never should"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "switching_bandit-schedule", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _payments(env: gym.Env, arm: int, steps: int) -> np.ndarray:
        env.reset(seed=0)
        try:
            return np.array([env.step(arm)[1] for _ in range(steps)])
        except IndexError:
            raise AssertionError(
                "IndexError after the last phase: the table starts again with row 0 (use % P)"
            ) from None

    means = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])
    env = SwitchingBandit(means, period=4, noise=0.0)
    row = np.arange(17) // 4
    slips = {
        "the switch comes one step early: the first pull after a reset has t = 0": means[
            (np.arange(17) + 1) // 4 % 3, 0
        ],
        "the switch comes one step late": means[np.maximum(np.arange(17) - 1, 0) // 4 % 3, 0],
        "row 0 stays for ever": np.ones(17),
        "the last row stays for ever instead of making way for row 0": means[np.minimum(row, 2), 0],
        "the row changes at every step, without regard to the period": means[np.arange(17) % 3, 0],
        "period and number of rows are mixed up in the index": means[(np.arange(17) // 3) % 3, 0],
    }
    check_array("with noise 0, what arm 0 pays in 17 steps", _payments(env, 0, 17), means[row % 3, 0], slips)
    again = _payments(env, 0, 17)
    assert again[0] == 1.0, (
        f"after a second reset the first pull paid {again[0]} instead of 1.0: t must start again at 0"
    )
    check_array("after a second reset, what arm 1 pays in 17 steps", _payments(env, 1, 17), means[row % 3, 1])
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(7)
    for P, K, period in ((2, 5, 1), (4, 3, 7), (1, 4, 3), (5, 2, 6)):
        means = rng.normal(size=(P, K))
        env = SwitchingBandit(means, period=period, noise=0.0)
        env.reset(seed=1)
        arms = rng.integers(K, size=60)
        want = [means[(t // period) % P, arm] for t, arm in enumerate(arms)]
        check_array(f"with P={P}, K={K}, period={period}, rewards", [env.step(int(arm))[1] for arm in arms], want)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "switching_bandit-info", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    means = np.array([[4.0, 1.0, 4.0], [0.0, 2.5, 2.0]])
    env = SwitchingBandit(means, period=2, noise=3.0)
    env.reset(seed=1)
    answers = [env.step(2) for _ in range(4)]
    infos = [answer[-1] for answer in answers]
    slips = {
        "the regret uses row 0 also after the switch": [0, 0, 0, 0],
        "the means of the next step were used": [0, 0.5, 0.5, 0],
        "the sign is wrong": [0, 0, -0.5, -0.5],
        "the reward paid was used instead of the arm's mean": np.array([4, 4, 2.5, 2.5])
        - [answer[1] for answer in answers],
        "the maximum was taken over all phases, not over the means in force": [0, 0, 2, 2],
    }
    check_array("the regret of arm 2 in four steps", [info["regret"] for info in infos], [0, 0, 0.5, 0.5], slips)
    optimal = [bool(info["optimal"]) for info in infos]
    assert optimal[0], "arm 2 ties with arm 0 for the maximum 4.0 and so is optimal too, but info says it is not"
    assert optimal == [True, True, False, False], (
        f'"optimal" of arm 2 is {optimal} but should be true twice, then false'
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(11)
    means = rng.integers(0, 3, size=(3, 5)).astype(float)
    env = SwitchingBandit(means, period=4, noise=2.0)
    env.reset(seed=3)
    for t, arm in enumerate(rng.integers(5, size=12)):
        row = means[(t // 4) % 3]
        info = env.step(int(arm))[4]
        assert abs(info["regret"] - (row.max() - row[arm])) < 1e-6, (
            f"regret {info['regret']} at t = {t}, row {row}, arm {arm}"
        )
        assert bool(info["optimal"]) == bool(row[arm] == row.max()), f"optimal {info['optimal']}, row {row}, arm {arm}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "switching_bandit-noise", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _rewards(noise: float, seed: int, steps: int = 4000) -> np.ndarray:
        env = SwitchingBandit(np.array([[1.0, -2.0]]), period=5000, noise=noise)
        env.reset(seed=seed)
        return np.array([env.step(1)[1] for _ in range(steps)])

    rewards = _rewards(3.0, seed=4)
    spread = rewards.std()
    assert abs(spread - 9.0) > 1.0, (
        f"noise=3 gives rewards of std {spread:.2f}: `noise` is the std already, do not square it"
    )
    assert abs(spread - 3**0.5) > 0.15, f"noise=3 gives rewards of std {spread:.2f}: `noise` was taken for the variance"
    assert abs(spread - 1.0) > 0.1, f"noise=3 gives rewards of std {spread:.2f}: `noise` seems to be ignored"
    assert abs(spread - 3.0) < 0.17, f"noise=3 gives rewards of std {spread:.2f}, but it should be 3"
    assert abs(rewards.mean() + 2.0) < 0.25, f"4000 pulls of an arm of mean -2 paid {rewards.mean():.2f} on average"
    env = SwitchingBandit(np.zeros((1, 2)), period=5)
    env.reset(seed=6)
    stream = str(env.np_random.bit_generator.state)
    env.step(0)
    assert stream != str(env.np_random.bit_generator.state), "the noise does not come from self.np_random"
    assert np.array_equal(_rewards(1.0, 8, 20), _rewards(1.0, 8, 20)), "reset(seed=8) twice gave different rewards"
    assert not np.array_equal(_rewards(1.0, 8, 20), _rewards(1.0, 9, 20)), "two different seeds gave the same rewards"
    ### BEGIN HIDDEN TESTS
    for noise in (0.2, 1.7):
        rewards = _rewards(noise, seed=13)
        assert abs(rewards.std() / noise - 1) < 0.06, f"noise={noise} gives rewards of std {rewards.std():.2f}"
        assert abs(rewards.mean() + 2.0) < 5.5 * noise / 4000**0.5, f"the mean reward is {rewards.mean():.3f}, not -2"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · ties broken at random
# ●○○○○ · 10 min · 3 points
#
# Nearly every strategy ends in "take the arm with the largest number". `np.argmax(values)` returns the index of the
# largest entry, but on a tie always the **first** one. At the start all estimates are 0, so all arms tie, and a
# strategy built on `np.argmax` has a secret love of arm 0. We want: each index that holds the maximum equally likely,
# every other index never.
#
# For `values = [1, 3, 3, 2, 3]` the answer is 1, 2 or 4, each with probability 1/3.
#
# Useful NumPy: comparing an array with a number compares every entry, so `values == values.max()` is the array of
# booleans `[False, True, True, False, True]`; `np.flatnonzero(mask)` lists where a mask is true, here `[1, 2, 4]`;
# `rng.choice(array)` picks one entry uniformly, and so does `array[rng.integers(len(array))]`, a little faster.
#
# Three traps. A popular one-liner multiplies `values` by the mask and by random numbers, which goes wrong when all
# values are negative, because 0 is then larger than the maximum. Another adds a little noise to break ties, which
# sometimes reverses the order of two values that are close but *not* equal; here only exactly equal values tie. And
# infinity is a value like any other: in `[0, inf, 1, inf]` the indices 1 and 3 tie (exercise 5 lives on that),
# although `inf - inf` is not a number.
#
# Not-a-number (`nan`) is not like any other: no comparison with it is true. If `values` is empty or holds a `nan`
# there is no sensible answer, so raise a `ValueError` rather than return a silent index. `np.isnan(values)` marks the
# entries that are `nan`.


# %% nbgrader={"grade": false, "grade_id": "random_argmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_argmax(values: ArrayLike, rng: np.random.Generator) -> int:
    """Return the index of a largest entry, uniformly at random among all of them.

    Args:
        values: (K,) array-like of numbers, may contain infinities; it is not changed.
        rng: the only source of randomness.

    Returns:
        An int from 0 to K - 1.

    Raises:
        ValueError: if `values` is empty or contains a NaN.

    Example:
        >>> random_argmax([2.0, -1.0, 5.0], np.random.default_rng(0))
        2

    Source: Sutton and Barto, section 2.2, "with ties broken arbitrarily".
    """
    ### BEGIN SOLUTION
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError(f"no maximum among {values}")
    ties = np.flatnonzero(values == values.max())
    return int(ties[rng.integers(len(ties))])
    ### END SOLUTION


# %%
rng = np.random.default_rng(SEED)
print([random_argmax([1, 3, 3, 2, 3], rng) for _ in range(20)])


# %% nbgrader={"grade": true, "grade_id": "random_argmax-ties", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_random_argmax(values, rng):
    values = np.asarray(values)
    if values.size == 0 or np.isnan(values).any():
        raise ValueError("no maximum")
    ties = np.flatnonzero(values == values.max())
    return int(ties[rng.integers(len(ties))])


### END HIDDEN TESTS
with judged_alone():

    def _shares(values: ArrayLike, draws: int = 2000) -> np.ndarray:
        rng = np.random.default_rng(1)
        return np.bincount([random_argmax(values, rng) for _ in range(draws)], minlength=len(values)) / draws

    values = np.array([1.0, 3.0, 3.0, 2.0, 3.0])
    got = random_argmax(values, np.random.default_rng(0))
    assert isinstance(got, Integral), (
        f"random_argmax({values}) is {got!r}: return one index, an int, not a value or an array"
    )
    got = _shares(values)
    assert got[0] == got[3] == 0, (
        f"the shares for {values} are {got}: an index was returned that does not hold the maximum"
    )
    assert got[1] < 1, f"for {values} the answer is always 1: that is np.argmax, the first maximum"
    assert got[4] < 1, f"for {values} the answer is always 4: that is the last maximum"
    third = np.abs(got[[1, 2, 4]] - 1 / 3).max()
    assert third < 0.053, f"for {values} the shares are {got}: the three maxima are not equally likely"
    assert np.array_equal(values, [1, 3, 3, 2, 3]), "the input array has been changed"
    picks = [[random_argmax([0.0] * 9, np.random.default_rng(seed)) for seed in range(30)] for _ in range(2)]
    assert picks[0] == picks[1], "the same generator gave different answers: draw from the rng that is passed in"
    ### BEGIN HIDDEN TESTS
    assert np.abs(_shares([2, 0, 2, 1, 2, 2, -5])[[0, 2, 4, 5]] - 1 / 4).max() < 0.05, (
        "four ties are not equally likely"
    )
    assert np.abs(_shares(np.zeros(6, dtype=np.float32)) - 1 / 6).max() < 0.042, "six zeros are not equally likely"
    for values in np.random.default_rng(3).normal(size=(20, 8)):
        got = random_argmax(values, np.random.default_rng(0))
        assert got == np.argmax(values), f"random_argmax({values}) is {got}"
    rng = np.random.default_rng(2)
    assert len({random_argmax([1.0] * 8, rng) for _ in range(100)}) == 8, "repeated calls with one rng should vary"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "random_argmax-extremes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _seen(values: ArrayLike, draws: int = 300) -> set[int]:
        rng = np.random.default_rng(2)
        return {int(random_argmax(values, rng)) for _ in range(draws)}

    got = _seen([-3.0, -1.0, -2.0, -1.0])
    assert got <= {1, 3}, (
        f"for [-3, -1, -2, -1] the answers are {got}: with negative values a masked-out 0 beats the maximum"
    )
    assert got == {1, 3}, f"for [-3, -1, -2, -1] the answers are {got}, but both 1 and 3 hold the maximum"
    got = _seen([0.0, np.inf, 1.0, np.inf])
    assert got == {1, 3}, (
        f"for [0, inf, 1, inf] the answers are {got} instead of 1 and 3: two infinities tie like other values"
    )
    got = _seen([1.0, 1.0 + 1e-9, 1.0])
    assert got == {1}, f"for [1, 1 + 1e-9, 1] the answers are {got}: close is not equal (np.isclose, or noise added?)"
    ### BEGIN HIDDEN TESTS
    assert _seen([-np.inf, -7.0, -np.inf, -7.0, -8.0]) == {1, 3}, "wrong with entries of -inf"
    assert _seen([-np.inf, -np.inf]) == {0, 1}, "two entries of -inf tie"
    assert _seen([-1e-12, -2e-12]) == {0}, "wrong with tiny negative values"
    assert _seen([1e12, 1e12 + 1, 5]) == {1}, "wrong with large values"
    assert _seen([4]) == {0}, "wrong with a single value"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "random_argmax-raises", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    got = outcome(lambda: random_argmax(np.array([]), np.random.default_rng(0)))
    assert got == "ValueError", f"random_argmax of an empty array gives {got} instead of a ValueError"
    for bad in ([1.0, np.nan, 3.0], [np.nan, 1.0]):
        got = outcome(lambda bad=bad: random_argmax(np.array(bad), np.random.default_rng(0)))
        assert got == "ValueError", (
            f"random_argmax({bad}) gives {got} instead of a ValueError: a nan has no place in an order"
        )
    ### BEGIN HIDDEN TESTS
    for bad in ([np.nan], [np.inf, np.nan], [0.0, 0.0, np.nan], []):
        got = outcome(lambda bad=bad: random_argmax(bad, np.random.default_rng(0)))
        assert got == "ValueError", f"random_argmax({bad}) gives {got} instead of a ValueError"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3 · the greedy base class
# ●●○○○ · 25 min · 5 points
#
# The simplest belief about an arm is the average of what it has paid so far, the **sample mean** $Q(a)$. There is no
# need to store the rewards. If $Q_{n-1}$ is the mean of the first $n-1$ rewards of an arm and $r_n$ the next one,
# then
#
# $$Q_n = \frac{1}{n}\Big(r_n + (n-1)\,Q_{n-1}\Big) = Q_{n-1} + \frac{1}{n}\big(r_n - Q_{n-1}\big).$$
#
# In words: *move from the old estimate a fraction $1/n$ of the way to the new reward*. You will meet this shape,
# **new = old + step size × (target − old)**, in almost every algorithm of the course (Sutton and Barto, section 2.4).
#
# *By hand:* rewards 2, 7, 3 from one arm. $Q_1 = 0 + \frac11(2 - 0) = 2$, $Q_2 = 2 + \frac12(7 - 2) = 4.5$,
# $Q_3 = 4.5 + \frac13(3 - 4.5) = 4$, and indeed $(2 + 7 + 3)/3 = 4$. Mind that $n$ counts the new reward already.
#
# `Bandit` keeps `q`, the sample means (all 0.0 at the start), and `n`, how often each arm was pulled, both arrays of
# shape `(K,)`, as well as the int `k` and the generator `rng = np.random.default_rng(seed)`. An arm never pulled
# keeps $Q = 0$. It acts **greedily**:
#
# - `sample_action()` picks a largest entry of `q`, ties at random (exercise 2 must pass its checks first);
# - `best_action()` is the *first* largest entry of `q`: same beliefs, same answer, no randomness;
# - `dist()` follows from `sample_action()`: with `q = [0, 0.5, 0.5, -1]` the two leaders share, so it is
#   `[0, 0.5, 0.5, 0]`. Some libraries return a softmax of `q` here, which looks like a distribution but tells of no
#   choice that anybody makes.
#
# A strategy for the wrong kind of action space should fail at once: `__init__` raises a `ValueError` for anything but
# a `spaces.Discrete` whose actions start at 0. (`isinstance(x, spaces.Discrete)` tests the kind.
# `spaces.Discrete(3, start=1)`, with the actions 1, 2, 3, exists as well; its attribute `start` is 1, and arrays
# indexed from 0 would not fit.)


# %% nbgrader={"grade": false, "grade_id": "bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Bandit:
    """The greedy strategy on sample means, and the base class of the strategies below.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        seed: for `np.random.default_rng`.

    Attributes:
        k: the number of arms, int.
        q: (K,) floats, mean reward of each arm so far, 0.0 for an arm never pulled.
        n: (K,) how often each arm was pulled.
        rng: `np.random.default_rng(seed)`, used by `sample_action` only.

    Raises:
        ValueError: if `action_space` is anything else.

    Example:
        >>> bandit = Bandit(spaces.Discrete(3), seed=0)
        >>> bandit.update(1, 2.0)
        >>> bandit.update(1, 1.0)
        >>> bandit.best_action(), float(bandit.q[1])
        (1, 1.5)

    Source: Sutton and Barto, sections 2.2 and 2.4.
    """

    def __init__(self, action_space: spaces.Space, seed: int | None = None) -> None:
        ### BEGIN SOLUTION
        if not isinstance(action_space, spaces.Discrete) or action_space.start != 0:
            raise ValueError(f"a bandit needs a discrete action space that starts at 0, not {action_space}")
        self.k = int(action_space.n)
        self.q = np.zeros(self.k)
        self.n = np.zeros(self.k)
        self.rng = np.random.default_rng(seed)
        ### END SOLUTION

    def update(self, action: int, reward: float) -> None:
        """Learn that `action` paid `reward`: count it and move `q[action]` towards it."""
        ### BEGIN SOLUTION
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]
        ### END SOLUTION

    def sample_action(self) -> int:
        """The arm to pull next: a largest entry of `q`, ties at random."""
        ### BEGIN SOLUTION
        return random_argmax(self.q, self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        """The first largest entry of `q`."""
        ### BEGIN SOLUTION
        return int(np.argmax(self.q))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        """(K,) floats: the probability that the next `sample_action()` picks each arm."""
        ### BEGIN SOLUTION
        best = self.q == self.q.max()
        return best / best.sum()
        ### END SOLUTION


# %%
bandit = Bandit(spaces.Discrete(3), seed=SEED)
env = GaussianBandit(3)
env.reset(seed=1, options={"means": [0.5, 1.0, 1.5]})
for _ in range(500):
    action = bandit.sample_action()
    bandit.update(action, env.step(action)[1])
print("true values:", env.means, " estimates:", bandit.q, " pulls:", bandit.n)

# %% [markdown]
# Run that cell with other seeds (both of them). The greedy strategy is often in love with the first arm that paid
# anything, and never learns what the others were worth: it has no reason to look. All that follows is about giving it
# one.

# %% nbgrader={"grade": true, "grade_id": "bandit-init", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}


### BEGIN HIDDEN TESTS
class ReferenceBandit:
    def __init__(self, action_space, seed=None):
        self.k = int(action_space.n)
        self.q, self.n = np.zeros(self.k), np.zeros(self.k)
        self.rng = np.random.default_rng(seed)

    def update(self, action, reward):
        self.n[action] += 1
        self.q[action] += (reward - self.q[action]) / self.n[action]

    def sample_action(self):
        return reference_random_argmax(self.q, self.rng)

    def best_action(self):
        return int(np.argmax(self.q))

    def dist(self):
        best = self.q == self.q.max()
        return best / best.sum()


references = {"random_argmax": reference_random_argmax}
### END HIDDEN TESTS
with judged_alone(**references):
    one, two = Bandit(spaces.Discrete(3), seed=5), Bandit(spaces.Discrete(3), seed=5)
    assert isinstance(one.k, Integral) and one.k == 3, f"k is {one.k!r} but should be the int 3"
    assert np.shape(one.q) == (3,) and np.all(np.asarray(one.q) == 0), f"q is {one.q!r} but should be three zeros"
    assert np.shape(one.n) == (3,) and np.all(np.asarray(one.n) == 0), f"n is {one.n!r} but should be three zeros"
    assert np.asarray(one.q).dtype.kind == "f", f"q has dtype {np.asarray(one.q).dtype}: ints would cut off fractions"
    assert isinstance(one.rng, np.random.Generator), f"rng is a {type(one.rng).__name__}, not a numpy.random.Generator"
    want = str(np.random.default_rng(5).bit_generator.state)
    assert str(one.rng.bit_generator.state) == want, "rng is not np.random.default_rng(seed) with the seed passed in"
    one.update(1, 2.0)
    assert not np.any(two.q) and not np.any(two.n), "updating one Bandit changed another: do they share an array?"
    for space in (spaces.Box(0.0, 1.0), spaces.MultiDiscrete([3, 2])):
        got = outcome(lambda space=space: Bandit(space))
        assert got == "ValueError", f"Bandit({space}) gives {got} instead of a ValueError"
    got = outcome(lambda: Bandit(spaces.Discrete(3, start=1)))
    assert got == "ValueError", (
        f"Bandit(Discrete(3, start=1)) gives {got}: its actions 1, 2, 3 do not fit, raise ValueError"
    )
    ### BEGIN HIDDEN TESTS
    for k in (1, 7):
        bandit = Bandit(spaces.Discrete(k))
        assert bandit.k == k and bandit.q.shape == (k,) and bandit.n.shape == (k,), f"wrong shapes for {k} arms"
    for space in (spaces.MultiBinary(4), spaces.Discrete(4, start=-2), spaces.Dict({"a": spaces.Discrete(2)})):
        got = outcome(lambda space=space: Bandit(space))
        assert got == "ValueError", f"Bandit({space}) gives {got} instead of a ValueError"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bandit-update", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax}
### END HIDDEN TESTS
with judged_alone(**references):
    bandit = replay(Bandit(spaces.Discrete(4), seed=0), [(1, 2.0), (3, -1.0), (1, 7.0), (1, 3.0), (3, 0.5)])
    slips = {
        "every arm was counted, not only the one pulled": [5, 5, 5, 5],
        "the pulls are not counted at all": [0, 0, 0, 0],
    }
    check_array("after pulls of arms 1, 3, 1, 1, 3 the count n", bandit.n, [0, 3, 0, 2], slips)
    assert np.all(np.isfinite(bandit.q)), f"q is {bandit.q}: divided by n = 0? Count the new pull before dividing by n"
    slips = {
        "n is increased only after its use: the new pull counts already": [0, 5, 0, 0.5],
        "the rewards were added up, not averaged": [0, 12, 0, -0.5],
        "the last reward replaces the mean": [0, 3, 0, 0.5],
        "the step size is 1/(n + 1), although n counts the new reward already": [0, 3.0, 0, -1 / 6],
        "the step size is a constant 0.1": [0, 1.092, 0, -0.04],
        "the sum was divided by the number of all pulls": [0, 12 / 5, 0, -0.5 / 5],
        "the step size is one over the number of all pulls": [0, 3.5, 0, -0.3],
    }
    check_array("after arm 1 paid 2, 7, 3 and arm 3 paid -1, 0.5, the mean q", bandit.q, [0, 4, 0, -0.25], slips)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(21)
    pulls = [(int(a), float(r)) for a, r in zip(rng.integers(6, size=200), rng.normal(3, 5, size=200), strict=True)]
    bandit = replay(Bandit(spaces.Discrete(7), seed=0), pulls)
    want = [np.mean([r for b, r in pulls if b == a]) if a < 6 else 0.0 for a in range(7)]
    check_array("after 200 random pulls q", bandit.q, want)
    check_array("after 200 random pulls n", bandit.n, np.bincount([a for a, _ in pulls], minlength=7))
    bandit = replay(Bandit(spaces.Discrete(2)), [(np.int64(0), np.float32(1.5)), (np.int64(0), 2)])
    check_array("with NumPy ints as actions q", bandit.q, [1.75, 0])
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bandit-sample_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax}
### END HIDDEN TESTS
with judged_alone(**references):
    bandit = replay(Bandit(spaces.Discrete(4), seed=3), [(3, 2.0), (0, -1.0), (1, 2.0), (2, 0.5)])
    picks = [bandit.sample_action() for _ in range(1000)]
    assert all(isinstance(a, Integral) for a in picks), f"sample_action() returned {picks[0]!r}, which is not an int"
    got = np.bincount(picks, minlength=4) / 1000
    assert got[0] == got[2] == 0, (
        f"with q = [-1, 2, 0.5, 2] the shares are {got}: a greedy strategy never picks arm 0 or 2"
    )
    assert got[1] < 1, (
        f"with q = [-1, 2, 0.5, 2] the shares are {got}: always arm 1, the first of the tied arms 1 and 3 (np.argmax?)"
    )
    assert got[1] > 0, f"with q = [-1, 2, 0.5, 2] the shares are {got}: arms 1 and 3 tie, so both should come up"
    assert abs(got[1] - 0.5) < 0.08, (
        f"with q = [-1, 2, 0.5, 2] the shares are {got}: the tied arms are not equally likely"
    )
    check_array("after 1000 calls of sample_action() and no update, n", bandit.n, [1, 1, 1, 1])
    got = shares(replay(Bandit(spaces.Discrete(3), seed=1), [(1, -2.0)]), 300)
    assert got[1] == 0, f"after arm 1 of three paid -2 the shares are {got}: the others still have q = 0, which is more"
    picks = [[b.sample_action() for _ in range(20)] for b in (Bandit(spaces.Discrete(5), seed=4) for _ in range(2))]
    assert picks[0] == picks[1], "two Bandits with the same seed chose differently: draw from self.rng"
    ### BEGIN HIDDEN TESTS
    fresh = [shares(Bandit(spaces.Discrete(5), seed=seed), 1000) for seed in (1, 2)]
    assert np.abs(np.array(fresh) - 0.2).max() < 0.07, (
        f"before any update all five arms tie, but the shares are {fresh}"
    )
    bandit = replay(Bandit(spaces.Discrete(3), seed=9), [(0, -4.0), (1, -3.0), (2, -3.0)])
    check_array("with q = [-4, -3, -3] the support of the shares", shares(bandit, 200) > 0, [0, 1, 1])
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bandit-best_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax}
### END HIDDEN TESTS
with judged_alone(**references):
    bandit = replay(Bandit(spaces.Discrete(5), seed=3), [(0, 0.5), (2, 3.0), (4, 3.0), (1, 1.0), (1, 1.0), (1, 1.0)])
    stream = str(bandit.rng.bit_generator.state)
    best = {bandit.best_action() for _ in range(60)}
    assert len(best) == 1, f"best_action() gave {sorted(best)} for the same beliefs: it is never random"
    best = best.pop()
    assert isinstance(best, Integral), f"best_action() returned {best!r}, which is not an int"
    assert best != 1, "best_action() is 1, the arm pulled most; it should be the arm of the largest mean"
    assert best != 4, "best_action() is 4, the last of the tied arms 2 and 4; it should be the first"
    assert best == 2, f"with q = [0.5, 1, 3, 0, 3] best_action() is {best} but should be 2"
    assert stream == str(bandit.rng.bit_generator.state), "best_action() drew from rng, although it needs no luck"
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(8)
    for rewards in rng.normal(-3, 1, size=(20, 6)):
        bandit = replay(Bandit(spaces.Discrete(6), seed=0), enumerate(rewards.tolist()))
        assert bandit.best_action() == int(np.argmax(rewards)), (
            f"best_action() is {bandit.best_action()}, q is {rewards}"
        )
    assert Bandit(spaces.Discrete(3)).best_action() == 0, "before any update all arms tie: the first is 0"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax}
### END HIDDEN TESTS
with judged_alone(**references):
    bandit = replay(Bandit(spaces.Discrete(4), seed=3), [(1, 0.5), (2, 0.5), (3, -1.0)])
    q, stream = np.array([0.0, 0.5, 0.5, -1.0]), str(bandit.rng.bit_generator.state)
    p = bandit.dist()
    assert stream == str(bandit.rng.bit_generator.state), "dist() drew from rng: compute it from q, do not sample"
    slips = {
        "it is the softmax of q, which is not how the arms are chosen": np.exp(q) / np.exp(q).sum(),
        "all the probability is on one of two tied arms": [0, 1, 0, 0],
        "it is uniform over all arms": [0.25] * 4,
        "tied arms got 1 each: divide by their number": [0, 1, 1, 0],
    }
    check_array(f"with q = {q} dist()", p, [0, 0.5, 0.5, 0], slips)
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    check_array("before any update dist()", Bandit(spaces.Discrete(5)).dist(), [0.2] * 5)
    bandit = replay(Bandit(spaces.Discrete(3), seed=3), [(0, -1.0), (1, -1.0), (2, -5.0)])
    check_array("with q = [-1, -1, -5] dist()", bandit.dist(), [0.5, 0.5, 0])
    check_strategy(bandit, draws=500)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4 · epsilon-greedy
# ●●○○○ · 15 min · 3 points
#
# The crudest cure: flip a coin at each step. With probability $\varepsilon$ ("epsilon", a small number such as 0.1)
# **explore**: pull one of *all* $K$ arms, uniformly, the greedy one included. Otherwise be greedy, ties at random.
#
# An arm can be chosen in either way, and the probabilities add up. With $m$ arms tied for the largest `q`,
#
# $$P(a) = \frac{\varepsilon}{K} + \frac{1 - \varepsilon}{m}\,[\,a \text{ is one of the } m\,],$$
#
# where $[\dots]$ is 1 if the statement holds and 0 if not.
#
# *By hand:* $K = 5$, $\varepsilon = 0.3$, one best arm: it gets $0.06 + 0.7 = 0.76$, each other 0.06; in total
# $0.76 + 4 \cdot 0.06 = 1$. If the coin left the greedy arm out, it would get 0.7 and the others 0.075.
#
# From here on you **subclass** `Bandit`: what you don't define is inherited. `super().__init__(action_space, seed)`
# runs the base class's `__init__`; likewise `super().sample_action()` is the greedy choice. Use only what exercise 3
# promises (`k`, `q`, `n`, `rng` and the methods), subclass `Bandit` itself and no other class of yours, and see that
# exercises 2 and 3 pass first.


# %% nbgrader={"grade": false, "grade_id": "eps_greedy_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class EpsGreedyBandit(Bandit):
    """With probability `eps` any of all arms, else greedy with random ties.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        eps: probability of exploring, from 0 (never) to 1 (always).
        seed: for the base class.

    Example:
        >>> bandit = EpsGreedyBandit(spaces.Discrete(4), eps=0.2)
        >>> bandit.update(2, 1.0)
        >>> bandit.dist()
        array([0.05, 0.05, 0.85, 0.05])

    Source: Sutton and Barto, section 2.4.
    """

    def __init__(self, action_space: spaces.Space, eps: float = 0.1, seed: int | None = None) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.eps = eps
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return super().sample_action()
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        return self.eps / self.k + (1 - self.eps) * super().dist()
        ### END SOLUTION


# %%
bandit = replay(EpsGreedyBandit(spaces.Discrete(5), eps=0.3, seed=SEED), [(2, 1.0), (3, 0.2)])
print("promise:", bandit.dist())
print("shares: ", shares(bandit))

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_bandit-sample_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(EpsGreedyBandit, **references):
    bandit = replay(EpsGreedyBandit(spaces.Discrete(5), eps=0.3, seed=1), [(2, 1.0), (3, 0.5), (0, -1.0)])
    picks = [bandit.sample_action() for _ in range(6000)]
    assert all(isinstance(a, Integral) for a in picks), f"sample_action() returned {picks[0]!r}, which is not an int"
    got = np.bincount(picks, minlength=5) / 6000
    text = f"K = 5, eps = 0.3, arm 2 is best: in 6000 draws it was picked in {got[2]:.3f}"
    assert abs(got[2] - 0.7) > 0.028, f"{text}, as if exploration left out the greedy arm; it should be 0.760"
    assert abs(got[2] - 0.44) > 0.032, f"{text}, as if the coin was read the wrong way round; it should be 0.760"
    assert got[2] < 1, f"{text}: it never explores"
    assert abs(got[2] - 0.2) > 0.026, f"{text}: it always explores"
    assert abs(got[2] - 0.92) > 0.0176, f"{text}, as if eps were still 0.1; it should be 0.760"
    assert abs(got[2] - 0.76) < 0.028, f"{text}, but it should be 0.760"
    got = np.delete(got, 2)
    assert np.abs(got - 0.06).max() < 0.0155, f"the shares of the other four arms are {got}, but each should be 0.06"
    ### BEGIN HIDDEN TESTS
    bandit = replay(EpsGreedyBandit(spaces.Discrete(3), eps=0.6, seed=2), [(0, -1.0), (1, -2.0), (2, -0.5)])
    got = shares(bandit, 4000)
    assert np.abs(got - [0.2, 0.2, 0.6]).max() < 0.04, f"eps = 0.6, q = [-1, -2, -0.5]: the shares are {got}"
    same = [
        [b.sample_action() for _ in range(30)] for b in (EpsGreedyBandit(spaces.Discrete(9), 0.5, 7) for _ in range(2))
    ]
    assert same[0] == same[1], "two EpsGreedyBandits with the same seed chose differently"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(EpsGreedyBandit, **references):
    bandit = replay(EpsGreedyBandit(spaces.Discrete(5), eps=0.3, seed=1), [(2, 1.0), (3, 0.5), (0, -1.0)])
    slips = {
        "exploration left out the greedy arm": [0.075, 0.075, 0.7, 0.075, 0.075],
        "eps and 1 - eps were swapped": [0.14, 0.14, 0.44, 0.14, 0.14],
        "dist() is still the greedy one of the base class": [0, 0, 1, 0, 0],
        "eps is 0.1 whatever was passed in": [0.02, 0.02, 0.92, 0.02, 0.02],
        "the greedy arm's own part of the exploration was forgotten": [0.06, 0.06, 0.7, 0.06, 0.06],
    }
    check_array("with K = 5, eps = 0.3 and arm 2 best, dist()", bandit.dist(), [0.06, 0.06, 0.76, 0.06, 0.06], slips)
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    bandit = replay(EpsGreedyBandit(spaces.Discrete(4), eps=0.8, seed=4), [(0, -3.0), (1, -1.0), (2, -2.0), (3, -5.0)])
    check_array("with q = [-3, -1, -2, -5], eps = 0.8, dist()", bandit.dist(), [0.2, 0.4, 0.2, 0.2])
    check_strategy(bandit)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_bandit-ties_and_ends", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(EpsGreedyBandit, **references):
    pulls = [(1, 2.0), (3, 2.0), (0, 1.0)]
    bandit = replay(EpsGreedyBandit(spaces.Discrete(4), eps=0.2, seed=1), pulls)
    slips = {
        "only the first of two tied arms is greedy": [0.05, 0.85, 0.05, 0.05],
        "each tied arm got the whole 1 - eps": [0.05, 0.85, 0.05, 0.85],
    }
    check_array("with arms 1 and 3 tied, eps = 0.2, dist()", bandit.dist(), [0.05, 0.45, 0.05, 0.45], slips)
    got = shares(bandit, 3000)
    assert abs(got[1] - got[3]) < 0.09, f"arms 1 and 3 tie, but their shares are {got[1]:.3f} and {got[3]:.3f}"
    got = shares(replay(EpsGreedyBandit(spaces.Discrete(4), eps=0.0, seed=1), pulls), 500)
    assert got[0] == got[2] == 0, f"with eps = 0 there is no exploration, but the shares are {got}"
    got = shares(replay(EpsGreedyBandit(spaces.Discrete(4), eps=1.0, seed=1), pulls), 2000)
    assert np.abs(got - 0.25).max() < 0.05, f"with eps = 1 all arms are equally likely, but the shares are {got}"
    best = replay(EpsGreedyBandit(spaces.Discrete(4), eps=1.0, seed=1), pulls).best_action()
    assert best == 1, f"best_action() is {best}: it is the first largest entry of q, 1, whatever eps is"
    ### BEGIN HIDDEN TESTS
    for eps in (0.0, 0.5, 1.0):
        check_strategy(EpsGreedyBandit(spaces.Discrete(3), eps=eps, seed=2), draws=1000)
        check_strategy(replay(EpsGreedyBandit(spaces.Discrete(5), eps=eps, seed=3), [(0, -1.0), (4, 0.0)]), draws=1000)
    check_array(
        "the default eps gives dist()", replay(EpsGreedyBandit(spaces.Discrete(2)), [(0, 1.0)]).dist(), [0.95, 0.05]
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ### A detour: optimistic initial values
#
# Here is another way to explore, with no randomness at all (Sutton and Barto, section 2.6). Let a greedy strategy
# *start* with estimates that are far too good, say $Q = 5$ for every arm. Whatever it pulls disappoints, the estimate
# falls, and another arm looks better: every arm gets tried, several times. For the optimism to wear off slowly the
# step size must be constant, $Q \leftarrow Q + 0.1\,(r - Q)$; with the step size $1/n$ the first reward would wipe it
# out at once. Nothing to write here: run it, and see who is ahead early on, and who late.


# %%
class OptimisticBandit(EpsGreedyBandit):
    """Epsilon-greedy with a constant step size and a start value of its own."""

    def __init__(self, action_space: spaces.Space, eps: float, start: float, seed: int) -> None:
        super().__init__(action_space, eps, seed)
        self.q[:] = start

    def update(self, action: int, reward: float) -> None:
        self.n[action] += 1
        self.q[action] += 0.1 * (reward - self.q[action])


optimism_runs, optimism_steps = (2, 20) if GRADING else (60, 500)
fig, ax = plt.subplots()
for eps, start, style in ((0.0, 5.0, "k-"), (0.1, 0.0, "C1--"), (0.0, 0.0, "C2:")):
    hits = np.zeros((optimism_runs, optimism_steps))
    for i in range(optimism_runs):
        env, bandit = GaussianBandit(), OptimisticBandit(spaces.Discrete(10), eps, start, seed=i)
        env.reset(seed=1000 + i)
        for t in range(optimism_steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            hits[i, t] = info["optimal"]
    hits = 100 * hits.reshape(optimism_runs, -1, 10).mean(axis=2)  # means over ten steps each
    middle, band = hits.mean(axis=0), 1.96 * hits.std(axis=0) / optimism_runs**0.5
    steps = 5 + 10 * np.arange(len(middle))
    ax.plot(steps, middle, style, label=f"start {start:g}, epsilon {eps:g}")
    ax.fill_between(steps, middle - band, middle + band, color=style[:-1].rstrip("-"), alpha=0.15)
ax.set(xlabel="step", ylabel="optimal arm pulled (%)", title=f"Optimism against dice, {optimism_runs} runs, 95 % band")
ax.legend()
plt.show()

# %% [markdown]
# The optimist looks foolish for the first hundred steps or so, while it is busy being disappointed, and then
# overtakes. But it explores at the start only: if the arms change later, it has no optimism left.
#
# ### Exercise 5 · upper confidence bounds
# ●●●○○ · 20 min · 4 points
#
# Epsilon-greedy explores blindly: it wastes pulls on arms that are surely bad. Better to prefer arms that *might* be
# good. The mean of $n$ independent rewards scatters around the true value by about $1/\sqrt n$, so an arm pulled
# rarely could be much better than it looks. The **upper confidence bound** (UCB) strategy gives each arm the benefit
# of the doubt: its score is the largest value that is still plausible,
#
# $$\text{score}(a) = Q(a) + \beta \sqrt{\frac{\ln t}{n(a)}},$$
#
# and it pulls the arm of the largest score, ties at random. $Q(a)$ is the sample mean, $n(a)$ how often $a$ was
# pulled, $t$ the number of updates so far over all arms, $\ln$ the natural logarithm, and $\beta$ ("beta") says how
# bold to be. Pulling an arm shrinks its own bonus; leaving it alone lets the bonus grow, slowly, with $\ln t$, so no
# arm is forgotten for ever.
#
# An arm never pulled has no bound at all: its score is infinite, **also with** `beta=0` (mind that `0 * inf` is
# `nan`). So the first $K$ pulls try every arm once, in random order if ties are broken at random. `dist()` is uniform
# over the arms whose score is the maximum. `best_action()` stays as inherited, the first arm of largest *mean*: "what
# is best?" is not "what should I try next?".
#
# *By hand:* arm 0 paid 1, 0, 2; arm 1 paid 0.5, 0.5; arm 2 paid 0.2. So $Q = (1, 0.5, 0.2)$, $n = (3, 2, 1)$,
# $t = 6$, and with $\beta = 1$ the scores are $1 + \sqrt{1.792/3} = 1.773$, $0.5 + \sqrt{1.792/2} = 1.447$ and
# $0.2 + \sqrt{1.792/1} = 1.539$: pull arm 0. With $\beta = 2$ they are 2.546, 2.393, 2.877, so the bolder strategy
# pulls arm 2.
#
# **Which beta?** Auer, Cesa-Bianchi and Fischer prove that $\beta = \sqrt 2$, called *UCB1*, has a regret of order
# $\ln t$ **for rewards in [0, 1]**. The reason: for such rewards Hoeffding's inequality bounds the chance that the
# mean of $n$ is too low by $x$ or more by $e^{-2 n x^2}$, and with $x = \sqrt{2 \ln t / n}$ that is $t^{-4}$, so rare
# that summing it up over all steps costs only a constant. For Gaussian rewards of standard deviation $\sigma$ the
# bound is $e^{-n x^2 / (2\sigma^2)}$. To get $t^{-4}$ again we need $x = \sigma\sqrt{8 \ln t / n}$: the same
# guarantee asks for $\beta = \sqrt 8\,\sigma \approx 2.83$ on our testbed, where $\sigma = 1$. A beta means nothing
# without the scale of the rewards. (In practice smaller ones do better here, as you will see: proofs prepare for the
# worst.)
#
# Useful NumPy: `np.full(k, np.inf)` makes an array of infinities; with a boolean mask, `scores[mask] = ...` sets only
# the entries where `mask` is true, and `self.q[mask]` reads only those. So the formula need never meet $n = 0$.


# %% nbgrader={"grade": false, "grade_id": "ucb_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class UCBBandit(Bandit):
    """Pull the arm of the largest upper confidence bound, ties at random.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        beta: width of the bound, 0 or more.
        seed: for the base class.

    Example:
        >>> bandit = replay(UCBBandit(spaces.Discrete(3)), [(0, 1.0), (0, 2.0), (2, -1.0)])
        >>> bandit.scores()
        array([2.2412,    inf, 0.0481])
        >>> bandit.sample_action()
        1

    Source: Auer, Cesa-Bianchi and Fischer 2002; Sutton and Barto, section 2.7.
    """

    def __init__(self, action_space: spaces.Space, beta: float = 1.0, seed: int | None = None) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.beta = beta
        ### END SOLUTION

    def scores(self) -> np.ndarray:
        """(K,) floats: mean plus bonus of each arm; inf for an arm never pulled."""
        ### BEGIN SOLUTION
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        t = max(1, self.n.sum())
        scores[tried] = self.q[tried] + self.beta * np.sqrt(np.log(t) / self.n[tried])
        return scores
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        return random_argmax(self.scores(), self.rng)
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()
        ### END SOLUTION


# %%
pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.5), (0, 2.0)]  # the example by hand
fig, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
for ax, beta in zip(axes, (1.0, 2.0), strict=True):
    bandit = replay(UCBBandit(spaces.Discrete(3), beta=beta), pulls)
    ax.bar(range(3), bandit.q, color="0.6", label="mean Q")
    ax.bar(range(3), bandit.scores() - bandit.q, bottom=bandit.q, color="w", edgecolor="k", hatch="//", label="bonus")
    ax.plot(bandit.sample_action(), bandit.scores().max() + 0.12, "kv", markersize=9, label="pulled next")
    ax.set(xlabel="arm", xticks=range(3), title=f"beta = {beta:g}")
axes[0].set_ylabel("score, in units of reward")
axes[0].legend(loc="upper right", fontsize=8)
axes[0].set_ylim(0, 3.6)
plt.show()

# %% [markdown]
# A grey block is what an arm has paid, the hatched one what it is given for doubt. Twice the beta, and the doubt
# outweighs the record.

# %% nbgrader={"grade": true, "grade_id": "ucb_bandit-scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(UCBBandit, **references):
    pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.5), (0, 2.0)]
    q, n, t, beta = np.array([1.0, 0.5, 0.2]), np.array([3.0, 2.0, 1.0]), 6, 0.7
    bandit = replay(UCBBandit(spaces.Discrete(3), beta=beta, seed=1), pulls)
    slips = {
        "a 2 stands inside the root, which belongs in beta": q + beta * np.sqrt(2 * np.log(t) / n),
        "the logarithm has base 10": q + beta * np.sqrt(np.log10(t) / n),
        "the logarithm has base 2": q + beta * np.sqrt(np.log2(t) / n),
        "the logarithm is missing": q + beta * np.sqrt(t / n),
        "the root is missing": q + beta * np.log(t) / n,
        "the root spans ln t only, not 1/n": q + beta * np.sqrt(np.log(t)) / n,
        "beta slipped inside the root": q + np.sqrt(beta * np.log(t) / n),
        "beta is ignored": q + np.sqrt(np.log(t) / n),
        "the bonus is subtracted": q - beta * np.sqrt(np.log(t) / n),
        "the bonus is missing": q,
        "t is one too large: it counts the updates so far": q + beta * np.sqrt(np.log(t + 1) / n),
        "n is one too large": q + beta * np.sqrt(np.log(t) / (n + 1)),
        "the logarithm is taken of the arm's own n": q + beta * np.sqrt(np.log(n) / n),
    }
    check_array(
        "in the example by hand, with beta = 0.7, scores()", bandit.scores(), q + beta * np.sqrt(np.log(t) / n), slips
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(31)
    for k, beta in ((2, 1.3), (5, 0.0), (4, 2.5)):
        arms = np.concatenate([rng.permutation(k), rng.integers(k, size=30)])
        rewards = rng.normal(-1, 2, size=len(arms))
        bandit = replay(UCBBandit(spaces.Discrete(k), beta, seed=1), zip(arms.tolist(), rewards.tolist(), strict=True))
        n = np.bincount(arms, minlength=k)
        q = np.bincount(arms, weights=rewards, minlength=k) / n
        check_array(
            f"after random pulls, beta = {beta}, scores()", bandit.scores(), q + beta * np.sqrt(np.log(len(arms)) / n)
        )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "ucb_bandit-untried", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(UCBBandit, **references):
    bandit = replay(UCBBandit(spaces.Discrete(4), beta=1.0, seed=2), [(1, 9.0), (1, 9.0)])
    got = np.asarray(bandit.scores(), dtype=float)
    assert not np.isnan(got).any(), (
        f"scores() is {got}: a nan comes from 0/0 or 0 * inf; an arm never pulled scores inf"
    )
    assert np.all(got[[0, 2, 3]] == np.inf), (
        f"scores() is {got}: arms 0, 2 and 3 were never pulled, so they should score inf"
    )
    assert np.isfinite(got[1]), f"scores() is {got}: arm 1 was pulled, its score is finite"
    got = shares(bandit, 1500)
    assert got[1] == 0, f"only arm 1 was pulled yet, but the shares are {got}: arms never pulled come first"
    assert got.max() < 1, f"only arm 1 was pulled yet, but the shares are {got}: the choice among the others is random"
    assert np.abs(got[[0, 2, 3]] - 1 / 3).max() < 0.061, (
        f"the shares of arms 0, 2, 3 are {got[[0, 2, 3]]}, but should be 1/3"
    )
    got = np.asarray(replay(UCBBandit(spaces.Discrete(3), beta=0.0, seed=2), [(0, 1.0)]).scores(), dtype=float)
    assert np.array_equal(got, [1, np.inf, np.inf]), (
        f"with beta=0, after one pull of arm 0, scores() is {got}, not [1 inf inf]"
    )
    ### BEGIN HIDDEN TESTS
    got = np.asarray(UCBBandit(spaces.Discrete(3)).scores(), dtype=float)
    assert np.all(got == np.inf), f"before any update scores() is {got}, but every arm should score inf"
    bandit = UCBBandit(spaces.Discrete(9), seed=5)
    order = []
    for _ in range(9):
        order.append(bandit.sample_action())
        bandit.update(order[-1], 100.0 * len(order))
    assert sorted(order) == list(range(9)), f"the first nine pulls of nine arms were {order}, but each arm comes once"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "ucb_bandit-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(UCBBandit, **references):
    pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.5), (0, 2.0)]
    bandit = replay(UCBBandit(spaces.Discrete(3), beta=6.0, seed=1), pulls)
    picks = {bandit.sample_action() for _ in range(50)}
    assert picks != {0}, (
        "with beta = 6 it pulls arm 0, the one of the largest mean, instead of arm 2 of the largest score"
    )
    assert picks == {2}, f"with beta = 6 the largest score is that of arm 2, but sample_action() gave {picks}"
    assert bandit.best_action() != 2, (
        "best_action() is 2, the arm of the largest score; it should be that of the largest mean"
    )
    assert bandit.best_action() == 0, f"best_action() is {bandit.best_action()}, but arm 0 has the largest mean"
    got = shares(replay(UCBBandit(spaces.Discrete(3), seed=1), [(0, 0.0), (1, 2.0), (2, 2.0)]), 1000)
    assert got[0] < 1, f"arm 0 was pulled and paid 0, but the shares are {got}: n, not q, tells which arms are untried"
    assert got[1] not in (0, 1), f"arms 1 and 2 have equal scores, but the shares are {got}: ties are broken at random"
    assert got[0] == 0 and abs(got[1] - 0.5) < 0.08, f"arms 1 and 2 have equal scores, but the shares are {got}"
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(6)
    bandit = replay(UCBBandit(spaces.Discrete(4), beta=0.5, seed=1), [(arm, float(rng.normal())) for arm in range(4)])
    for t in range(4, 60):
        arm, score = bandit.sample_action(), np.array(bandit.scores(), dtype=float)
        assert score[arm] >= score.max() - 1e-9, f"at t = {t} scores() is {score}, but arm {arm} was picked"
        bandit.update(arm, float(rng.normal(arm / 2, 1)))
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "ucb_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(UCBBandit, **references):
    pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 1.0), (1, 0.5), (0, 1.0)]
    bandit = replay(UCBBandit(spaces.Discrete(3), beta=6.0, seed=1), pulls)
    slips = {
        "the arm of the largest mean gets it all (the inherited dist())": [1, 0, 0],
        "a softmax of the scores is returned": np.exp(bandit.scores()) / np.exp(bandit.scores()).sum(),
    }
    check_array("with arm 2 of the largest score dist()", bandit.dist(), [0, 0, 1], slips)
    check_strategy(bandit, draws=500)
    bandit = replay(UCBBandit(spaces.Discrete(4), seed=1), [(1, 9.0)])
    slips = {
        "only the first of three arms never pulled may come next": [1, 0, 0, 0],
        "a pulled arm counts too": [0.25] * 4,
    }
    check_array("after one pull of arm 1 dist()", bandit.dist(), [1 / 3, 0, 1 / 3, 1 / 3], slips)
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    check_strategy(UCBBandit(spaces.Discrete(5), seed=3))
    bandit = replay(UCBBandit(spaces.Discrete(3), beta=0.3, seed=4), [(0, -1.0), (1, -2.0), (2, -1.0)])
    check_array("with arms 0 and 2 tied dist()", bandit.dist(), [0.5, 0, 0.5])
    check_strategy(bandit)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6 · discounted UCB
# ●●●○○ · 20 min · 4 points
#
# UCB never forgets. Let the arms switch after 500 pulls, and the 500 old rewards weigh on the means for hundreds of
# steps more. **Discounted UCB** (Garivier and Moulines) lets old pulls fade: it keeps for each arm a discounted sum
# of rewards $S$ and a discounted count $N$, all zero at first, and *every* update, whichever arm was pulled,
#
# $$\text{all arms: } S \leftarrow \gamma S, \;\; N \leftarrow \gamma N, \qquad
# \text{then} \qquad S(a) \leftarrow S(a) + r, \;\; N(a) \leftarrow N(a) + 1$$
#
# for the pulled arm $a$ and its reward $r$. The discount $\gamma$ ("gamma") lies in $(0, 1]$; a pull that is $j$
# steps old weighs $\gamma^j$. The scores are those of UCB with the discounted quantities:
#
# $$\text{score}(a) = \frac{S(a)}{N(a)} + \beta\sqrt{\frac{\ln\!\big(\max(1, \sum_b N(b))\big)}{N(a)}},$$
#
# infinite for an arm never pulled. (The maximum with 1 only guards against rounding: $\ln$ of something below 1 is
# negative, and has no root.) Again: argmax, ties at random, `dist()` accordingly. `best_action()` is the first arm of
# the largest *discounted* mean $S/N$ among the arms pulled so far, 0 before any pull.
#
# *By hand:* $\gamma = 0.5$; arm 0 pays 1, then arm 1 pays 0.8, then arm 0 pays 0.
#
# | after | $S$ | $N$ |
# |---|---|---|
# | the 1st | (1, 0) | (1, 0) |
# | the 2nd | (0.5, 0.8) | (0.5, 1) |
# | the 3rd | (0.25, 0.4) | (1.25, 0.5) |
#
# The means are 0.2 and 0.8, $\sum N = 1.75$, and with $\beta = 1$ the scores are $0.2 + \sqrt{0.560/1.25} = 0.869$
# and $0.8 + \sqrt{0.560/0.5} = 1.858$. The plain mean of arm 0 is 0.5: its good reward is older than its bad one.
#
# **The horizon.** The total count obeys $\sum N \leftarrow \gamma \sum N + 1$, so it creeps up to $1/(1-\gamma)$ and
# stays there: with $\gamma = 0.99$ this strategy remembers about 100 pulls, however long it plays. And a forgotten
# arm's $N$ shrinks by $\gamma$ per step, so its bonus grows exponentially: it will be tried again soon. (The paper
# writes the bonus as $2B\sqrt{\xi \ln(\cdot)/N}$ with a bound $B$ on the rewards and a constant $\xi$; our $\beta$ is
# their $2B\sqrt\xi$.)
#
# *Hint:* `self.n`, counted by the base class's `update`, tells which arms were ever pulled. Call
# `super().update(action, reward)` in yours.


# %% nbgrader={"grade": false, "grade_id": "discounted_ucb_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class DiscountedUCBBandit(Bandit):
    """UCB on discounted sums and counts.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        gamma: weight of a pull that is one step older, in (0, 1].
        beta: width of the bound, 0 or more.
        seed: for the base class.

    Example:
        >>> bandit = replay(DiscountedUCBBandit(spaces.Discrete(2), gamma=0.5), [(0, 1.0), (1, 0.8), (0, 0.0)])
        >>> bandit.scores()
        array([0.8691, 1.8579])
        >>> bandit.best_action()
        1

    Source: Garivier and Moulines, arXiv 0805.3415.
    """

    def __init__(
        self, action_space: spaces.Space, gamma: float = 0.99, beta: float = 1.0, seed: int | None = None
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.gamma = gamma
        self.beta = beta
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)
        ### END SOLUTION

    def update(self, action: int, reward: float) -> None:
        ### BEGIN SOLUTION
        super().update(action, reward)
        self.sums *= self.gamma
        self.counts *= self.gamma
        self.sums[action] += reward
        self.counts[action] += 1
        ### END SOLUTION

    def scores(self) -> np.ndarray:
        """(K,) floats: discounted mean plus bonus of each arm; inf for an arm never pulled."""
        ### BEGIN SOLUTION
        scores = np.full(self.k, np.inf)
        tried = self.n > 0
        counts = self.counts[tried]
        log_total = np.log(max(1.0, self.counts.sum()))
        scores[tried] = self.sums[tried] / counts + self.beta * np.sqrt(log_total / counts)
        return scores
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        return random_argmax(self.scores(), self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        """The first arm of the largest discounted mean among the arms pulled; 0 before any pull."""
        ### BEGIN SOLUTION
        means = np.full(self.k, -np.inf)
        tried = self.n > 0
        means[tried] = self.sums[tried] / self.counts[tried]
        return int(np.argmax(means))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        scores = self.scores()
        best = scores == scores.max()
        return best / best.sum()
        ### END SOLUTION


# %%
# Arm 0 pays 1 for a hundred pulls, then it pays 0. When does each memory believe it?
for gamma in (1.0, 0.99, 0.9):
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(2), gamma=gamma), [(1, 0.5)] + [(0, 1.0)] * 100)
    bad = 0
    while bandit.best_action() == 0 and bad < 1000:
        bandit.update(0, 0.0)
        bad += 1
    print(f"gamma = {gamma}: after {bad} bad pulls arm 1, which paid 0.5 once, looks better")

# %% nbgrader={"grade": true, "grade_id": "discounted_ucb_bandit-scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(DiscountedUCBBandit, **references):
    pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]
    S, N, beta = np.array([2.59049, 0.95805, 0.1458]), np.array([2.40049, 1.5561, 0.729]), 0.5
    log, plain_q, plain_n = np.log(N.sum()), np.array([1.0, 0.6, 0.2]), np.array([3.0, 2.0, 1.0])
    one_s, one_n = np.array([2.81, 1.15, 0.2]), np.array([2.71, 1.9, 1.0])  # only the pulled arm decays
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(3), gamma=0.9, beta=beta, seed=1), pulls)
    slips = {
        "nothing was discounted": plain_q + beta * np.sqrt(np.log(6) / plain_n),
        "only the pulled arm decays, but every update decays all arms": one_s / one_n
        + beta * np.sqrt(np.log(one_n.sum()) / one_n),
        "the mean is the plain one of the base class, without discount": plain_q + beta * np.sqrt(log / N),
        "the new pull was discounted as well: decay first, then add": S / N
        + beta * np.sqrt(np.log(0.9 * N.sum()) / (0.9 * N)),
        "the counts were not discounted": S / plain_n + beta * np.sqrt(np.log(6) / plain_n),
        "the mean divides by N + 1": S / (N + 1) + beta * np.sqrt(log / N),
        "the logarithm is taken of t, not of the sum of the N": S / N + beta * np.sqrt(np.log(6) / N),
        "a factor 2 stands before the root, which belongs in beta": S / N + 2 * beta * np.sqrt(log / N),
        "a 2 stands inside the root, which belongs in beta": S / N + beta * np.sqrt(2 * log / N),
        "the logarithm is missing": S / N + beta * np.sqrt(N.sum() / N),
        "the bonus is missing": S / N,
        "S was not divided by N": S + beta * np.sqrt(log / N),
        "beta is ignored": S / N + np.sqrt(log / N),
    }
    want = S / N + beta * np.sqrt(log / N)
    check_array("with gamma = 0.9, beta = 0.5 and the six pulls above, scores()", bandit.scores(), want, slips)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(41)
    for k, gamma, beta in ((2, 0.8, 1.3), (5, 0.97, 0.0), (4, 1.0, 2.5), (3, 0.5, 1.0)):
        arms = np.concatenate([rng.permutation(k), rng.integers(k, size=12)])
        rewards = rng.normal(-1, 2, size=len(arms))
        bandit = DiscountedUCBBandit(spaces.Discrete(k), gamma, beta, seed=1)
        replay(bandit, zip(arms.tolist(), rewards.tolist(), strict=True))
        weight = gamma ** np.arange(len(arms))[::-1]
        N = np.bincount(arms, weights=weight, minlength=k)
        S = np.bincount(arms, weights=weight * rewards, minlength=k)
        want = S / N + beta * np.sqrt(np.log(N.sum()) / N)
        check_array(f"after random pulls, gamma = {gamma}, beta = {beta}, scores()", bandit.scores(), want)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "discounted_ucb_bandit-untried", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(DiscountedUCBBandit, **references):
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(4), gamma=0.9, seed=2), [(1, 9.0), (1, 9.0)])
    got = np.asarray(bandit.scores(), dtype=float)
    assert not np.isnan(got).any(), (
        f"scores() is {got}: a nan comes from 0/0 or 0 * inf; an arm never pulled scores inf"
    )
    assert np.all(got[[0, 2, 3]] == np.inf), (
        f"scores() is {got}: arms 0, 2 and 3 were never pulled, so they should score inf"
    )
    assert np.isfinite(got[1]), f"scores() is {got}: arm 1 was pulled, its score is finite"
    got = shares(bandit, 1500)
    assert got[1] == 0, f"only arm 1 was pulled yet, but the shares are {got}: arms never pulled come first"
    assert got.max() < 1, f"only arm 1 was pulled yet, but the shares are {got}: the choice among the others is random"
    assert np.abs(got[[0, 2, 3]] - 1 / 3).max() < 0.061, (
        f"the shares of arms 0, 2, 3 are {got[[0, 2, 3]]}, but should be 1/3"
    )
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(2), gamma=0.5, seed=2), [(0, 1.0)] + [(1, 1.0)] * 20)
    assert np.isfinite(bandit.scores()[0]), (
        f"arm 0 was pulled 20 steps ago, gamma = 0.5: scores() is {bandit.scores()}, as if a faded arm were untried"
    )
    bandit = DiscountedUCBBandit(spaces.Discrete(15), gamma=0.9, seed=4)
    order = []
    for _ in range(15):
        order.append(bandit.sample_action())
        bandit.update(order[-1], 1.0)
    assert len(set(order)) == 15, f"15 arms, gamma = 0.9: the first pulls are {order}, but each arm should come once"
    ### BEGIN HIDDEN TESTS
    got = np.asarray(replay(DiscountedUCBBandit(spaces.Discrete(3), 0.5, 0.0), [(2, -1.0)]).scores(), dtype=float)
    assert np.array_equal(got, [np.inf, np.inf, -1]), f"with beta=0, after one pull of arm 2, scores() is {got}"
    assert np.all(np.asarray(DiscountedUCBBandit(spaces.Discrete(3)).scores()) == np.inf), (
        "before any update all are inf"
    )
    got = replay(DiscountedUCBBandit(spaces.Discrete(1), gamma=0.1, beta=1.0), [(0, 2.0)] * 300).scores()
    assert np.isfinite(got[0]), f"after 300 pulls of the only arm, gamma = 0.1, scores() is {got}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "discounted_ucb_bandit-best_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(DiscountedUCBBandit, **references):

    def _make(k: int, gamma: float) -> Bandit:
        return DiscountedUCBBandit(spaces.Discrete(k), gamma=gamma, beta=1.0, seed=1)

    best = replay(_make(2, 0.5), [(0, 3.0), (1, 0.8), (0, 0.0), (0, 0.0)]).best_action()
    whose = "" if "best_action" in vars(DiscountedUCBBandit) else " (the inherited best_action())"
    assert best != 0, f"best_action() is 0, the arm of the largest plain mean{whose}: old rewards must weigh less"
    assert best == 1, f"best_action() is {best}, but arm 1 has the largest discounted mean"
    best = replay(_make(2, 0.9), [(0, 1.0), (1, 0.8), (1, 0.8), (1, 0.8)]).best_action()
    assert best == 0, "discounted means 1.0 and 0.8, but best_action() is 1: is the sum undivided, or divided by N + 1?"
    best = replay(_make(2, 0.9), [(0, 0.5), (1, 0.6), (1, 0.6), (1, 0.6)]).best_action()
    assert best == 1, "best_action() is 0, the arm of the largest score; it asks for the largest mean, without bonus"
    best = replay(_make(3, 0.9), [(1, -2.0), (2, -1.0)]).best_action()
    assert best != 0, (
        "best_action() is 0, an arm never pulled: only pulled arms count, also when their means are negative"
    )
    assert best == 2, f"with discounted means -2 and -1 of arms 1 and 2 best_action() is {best} but should be 2"
    ### BEGIN HIDDEN TESTS
    assert _make(4, 0.9).best_action() == 0, "before any pull best_action() should be 0"
    rng = np.random.default_rng(43)
    for _ in range(20):
        arms, rewards = np.concatenate([rng.permutation(5), rng.integers(5, size=9)]), rng.normal(size=14)
        weight = 0.8 ** np.arange(14)[::-1]
        want = np.argmax(np.bincount(arms, weights=weight * rewards) / np.bincount(arms, weights=weight))
        best = replay(_make(5, 0.8), zip(arms.tolist(), rewards.tolist(), strict=True)).best_action()
        assert best == want, f"best_action() is {best} but should be {want}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "discounted_ucb_bandit-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(DiscountedUCBBandit, **references):
    pulls = [(0, 1.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(3), gamma=0.9, beta=9.0, seed=1), pulls)
    got = {bandit.sample_action() for _ in range(50)}
    assert got != {0}, (
        "gamma = 0.9, beta = 9, the six pulls above: it pulls arm 0, of the largest mean, not of the largest score"
    )
    assert got == {2}, (
        f"gamma = 0.9, beta = 9, the six pulls above: arm 2 has the largest score, sample_action() gave {got}"
    )
    slips = {"the arm of the largest mean gets it all (the inherited dist())": [1, 0, 0]}
    check_array("there dist()", bandit.dist(), [0, 0, 1], slips)
    check_strategy(bandit, draws=500)
    bandit = replay(DiscountedUCBBandit(spaces.Discrete(4), seed=1), [(1, 9.0)])
    check_array("after one pull of arm 1 dist()", bandit.dist(), [1 / 3, 0, 1 / 3, 1 / 3])
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    check_strategy(DiscountedUCBBandit(spaces.Discrete(5), seed=3))
    bandit = DiscountedUCBBandit(spaces.Discrete(4), gamma=0.95, beta=0.5, seed=1)
    rng = np.random.default_rng(6)
    replay(bandit, [(arm, float(rng.normal())) for arm in range(4)])
    for t in range(4, 80):
        arm, score = bandit.sample_action(), np.array(bandit.scores(), dtype=float)
        assert score[arm] >= score.max() - 1e-9, f"at t = {t} scores() is {score}, but arm {arm} was picked"
        bandit.update(arm, float(rng.normal(arm / 2, 1)))
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7 · sliding-window UCB
# ●●●○○ · 20 min · 4 points
#
# The other way to forget: look at the last $w$ (`window`) pulls only, as if nothing had happened before. Let $N(a)$
# be the number of pulls of $a$ among the last $w$ pulls *of all arms together*, and $\bar r(a)$ the mean of their
# rewards. Then
#
# $$\text{score}(a) = \bar r(a) + \beta \sqrt{\frac{\ln \min(t, w)}{N(a)}},$$
#
# with $t$ the number of updates so far. An arm without a pull in the window scores infinity, so arms that drop out
# are tried again. `best_action()` is the first arm of the largest window mean among the arms *in* the window, 0 if
# there is none.
#
# *By hand:* $w = 4$, and the pulls were (arm, reward) = (0, 3), (1, 0.5), (2, 0.2), (0, 0), (1, 0.7), (0, 2). The
# last four give the means $(1, 0.7, 0.2)$ and $N = (2, 1, 1)$; $\ln\min(6, 4) = 1.386$; with $\beta = 1$ the scores
# are $1.833$, $1.877$, $1.377$: pull arm 1. The first reward, 3, is forgotten.
#
# **One subtlety.** If the window is shorter than the number of arms, an arm can leave it before the last arm had its
# first turn, and both score infinity. Arms that were *never* pulled go first: while there are any, `sample_action()`
# chooses uniformly among exactly those, and only then by the largest score, ties at random. `dist()` says the same.
# With 5 arms, $w = 3$, and pulls of arms 0, 1, 2, 3 behind you, arm 0 is out of the window and arm 4 is new: the next
# pull is arm 4 for sure.
#
# *Hint:* a `deque(maxlen=w)` (from `collections`, imported above) is a list that drops its oldest entry when a new
# one would not fit: `d = deque(maxlen=2)`, then `d.append(1); d.append(2); d.append(3)`, leaves 2 and 3 in it.


# %% nbgrader={"grade": false, "grade_id": "sliding_window_ucb_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class SlidingWindowUCBBandit(Bandit):
    """UCB on the last `window` pulls.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        window: how many pulls, of all arms together, are remembered; at least 1.
        beta: width of the bound, 0 or more.
        seed: for the base class.

    Example:
        >>> bandit = SlidingWindowUCBBandit(spaces.Discrete(2), window=3)
        >>> replay(bandit, [(1, 9.0), (0, 1.0), (0, 2.0), (1, 0.0)]).scores()
        array([2.2412, 1.0481])

    Source: Garivier and Moulines, arXiv 0805.3415.
    """

    def __init__(
        self, action_space: spaces.Space, window: int = 200, beta: float = 1.0, seed: int | None = None
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.beta = beta
        self.recent = deque(maxlen=window)  # pairs (action, reward)
        self.sums = np.zeros(self.k)
        self.counts = np.zeros(self.k)
        ### END SOLUTION

    def update(self, action: int, reward: float) -> None:
        ### BEGIN SOLUTION
        super().update(action, reward)
        if len(self.recent) == self.recent.maxlen:
            old_action, old_reward = self.recent[0]
            self.sums[old_action] -= old_reward
            self.counts[old_action] -= 1
        self.recent.append((action, reward))
        self.sums[action] += reward
        self.counts[action] += 1
        ### END SOLUTION

    def scores(self) -> np.ndarray:
        """(K,) floats: window mean plus bonus of each arm; inf for an arm with no pull in the window."""
        ### BEGIN SOLUTION
        scores = np.full(self.k, np.inf)
        present = self.counts > 0
        if present.any():
            counts = self.counts[present]
            scores[present] = self.sums[present] / counts + self.beta * np.sqrt(np.log(len(self.recent)) / counts)
        return scores
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        never = self.n == 0
        return random_argmax(never if never.any() else self.scores(), self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        """The first arm of the largest window mean among the arms in the window; 0 if there is none."""
        ### BEGIN SOLUTION
        means = np.full(self.k, -np.inf)
        present = self.counts > 0
        means[present] = self.sums[present] / self.counts[present]
        return int(np.argmax(means))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        never = self.n == 0
        scores = self.scores()
        candidates = never if never.any() else scores == scores.max()
        return candidates / candidates.sum()
        ### END SOLUTION


# %%
bandit = SlidingWindowUCBBandit(spaces.Discrete(3), window=4, seed=SEED)
for action, reward in [(0, 3.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]:
    bandit.update(action, reward)
    print(f"arm {action} paid {reward}: scores {bandit.scores()}, next {bandit.sample_action()}")

# %% nbgrader={"grade": true, "grade_id": "sliding_window_ucb_bandit-scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(SlidingWindowUCBBandit, **references):
    pulls = [(0, 3.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]
    mean, N, beta, log = np.array([1.0, 0.7, 0.2]), np.array([2.0, 1.0, 1.0]), 0.5, np.log(4)
    all_mean, all_n = np.array([5 / 3, 0.6, 0.2]), np.array([3.0, 2.0, 1.0])
    mean_5, n_5 = np.array([1.0, 0.6, 0.2]), np.array([2.0, 2.0, 1.0])
    bandit = SlidingWindowUCBBandit(spaces.Discrete(2), window=2, beta=0.0, seed=1)
    got = replay(bandit, [(0, 1.0), (0, 5.0), (1, 9.0), (0, 3.0), (1, 1.0)]).scores()
    assert not np.allclose(got, [4, 5]), (
        f"window = 2, last pulls (0, 3), (1, 1): the means are {got}, not [3 1]: has every arm a window of its own?"
    )
    bandit = replay(SlidingWindowUCBBandit(spaces.Discrete(3), window=4, beta=beta, seed=1), pulls)
    slips = {
        "nothing was forgotten": all_mean + beta * np.sqrt(np.log(6) / all_n),
        "nothing was forgotten but in the logarithm": all_mean + beta * np.sqrt(log / all_n),
        "the mean is that of all pulls, not of the window": all_mean + beta * np.sqrt(log / N),
        "the bonus counts all pulls, not those in the window": mean + beta * np.sqrt(log / all_n),
        "the logarithm is taken of t, although only min(t, window) pulls are remembered": mean
        + beta * np.sqrt(np.log(6) / N),
        "the window holds one pull too many": mean_5 + beta * np.sqrt(log / n_5),
        "the window holds one pull too many (5)": mean_5 + beta * np.sqrt(np.log(5) / n_5),
        "the window holds one pull too few": [1 + beta * np.sqrt(log / 2), 0.7 + beta * np.sqrt(log), np.inf],
        "the window holds one pull too few (3)": [
            1 + beta * np.sqrt(np.log(3) / 2),
            0.7 + beta * np.sqrt(np.log(3)),
            np.inf,
        ],
        "the mean divides by N + 1": mean * N / (N + 1) + beta * np.sqrt(log / N),
        "the mean divides by the window's length": mean * N / 4 + beta * np.sqrt(log / N),
        "a 2 stands inside the root, which belongs in beta": mean + beta * np.sqrt(2 * log / N),
        "the logarithm is missing": mean + beta * np.sqrt(1 / N),
        "the bonus is missing": mean,
        "beta is ignored": mean + np.sqrt(log / N),
    }
    want = mean + beta * np.sqrt(log / N)
    check_array("with window = 4, beta = 0.5 and the six pulls by hand, scores()", bandit.scores(), want, slips)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(51)
    for k, window, beta, steps in ((2, 9, 1.3, 30), (5, 60, 0.0, 40), (4, 25, 2.5, 200), (3, 200, 1.0, 150)):
        arms, rewards = np.resize(rng.permutation(k), steps), rng.normal(-1, 2, size=steps)
        arms[::3] = rng.integers(k, size=len(arms[::3]))
        bandit = SlidingWindowUCBBandit(spaces.Discrete(k), window, beta, seed=1)
        replay(bandit, zip(arms.tolist(), rewards.tolist(), strict=True))
        last = slice(max(0, steps - window), steps)
        n = np.bincount(arms[last], minlength=k)
        total = np.bincount(arms[last], weights=rewards[last], minlength=k)
        want = [
            total[a] / n[a] + beta * np.sqrt(np.log(min(steps, window)) / n[a]) if n[a] else np.inf for a in range(k)
        ]
        check_array(f"after {steps} random pulls, window = {window}, beta = {beta}, scores()", bandit.scores(), want)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "sliding_window_ucb_bandit-absent", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(SlidingWindowUCBBandit, **references):

    def _make(k: int, window: int, beta: float = 1.0) -> Bandit:
        return SlidingWindowUCBBandit(spaces.Discrete(k), window=window, beta=beta, seed=2)

    bandit = replay(_make(3, 3), [(0, 1.0)] + [(1, 2.0), (2, 3.0)] * 3)
    got = np.asarray(bandit.scores(), dtype=float)
    assert not np.isnan(got).any(), (
        f"scores() is {got}: a nan comes from 0/0 or 0 * inf; an arm not in the window scores inf"
    )
    assert got[0] == np.inf, f"window = 3, pulls of arms 0, 1, 2, 1, 2, 1, 2: scores() is {got}, but arm 0 left, so inf"
    assert np.all(np.isfinite(got[1:])), f"scores() is {got}: arms 1 and 2 are in the window, their scores are finite"
    assert {bandit.sample_action() for _ in range(30)} == {0}, "arm 0 left the window and scores inf, so it comes next"
    got = shares(replay(_make(5, 3), [(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0)]), 300)
    assert got[0] == 0, (
        f"window = 3, pulls of arms 0 to 3 of five: the shares are {got}, but arm 4, never pulled, goes first"
    )
    assert got[4] == 1, f"window = 3, pulls of arms 0 to 3 of five: the shares are {got}, but only arm 4 may come next"
    got = shares(replay(_make(4, 9), [(1, 5.0)]), 1500)
    assert got[1] == 0, f"only arm 1 was pulled yet, but the shares are {got}: arms never pulled come first"
    assert got.max() < 1, f"only arm 1 was pulled yet, but the shares are {got}: the choice among the others is random"
    assert np.abs(got[[0, 2, 3]] - 1 / 3).max() < 0.061, (
        f"the shares of arms 0, 2, 3 are {got[[0, 2, 3]]}, but should be 1/3"
    )
    ### BEGIN HIDDEN TESTS
    assert np.all(np.asarray(_make(3, 5).scores()) == np.inf), "before any update every arm should score inf"
    got = np.asarray(replay(_make(3, 1, beta=0.0), [(0, 1.0)] + [(1, -2.0)] * 4).scores(), dtype=float)
    assert np.array_equal(got, [np.inf, -2, np.inf]), f"window = 1, beta = 0: scores() is {got}, not [inf, -2, inf]"
    got = shares(replay(_make(5, 3), [(0, 1.0), (1, 1.0)] + [(2, 1.0), (3, 1.0), (4, 1.0)] * 3), 1000)
    assert np.abs(got - [0.5, 0.5, 0, 0, 0]).max() < 0.08, (
        f"arms 0 and 1 left the window and tie, but the shares are {got}"
    )
    bandit, order = _make(8, 3), []
    for _ in range(8):
        order.append(bandit.sample_action())
        bandit.update(order[-1], float(len(order)))
    assert sorted(order) == list(range(8)), (
        f"window = 3, the first eight pulls of eight arms are {order}: each comes once"
    )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "sliding_window_ucb_bandit-best_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(SlidingWindowUCBBandit, **references):

    def _make(k: int, window: int) -> Bandit:
        return SlidingWindowUCBBandit(spaces.Discrete(k), window=window, seed=2)

    best = replay(_make(3, 4), [(0, 9.0), (1, 0.7), (2, 0.2), (1, 0.7), (2, 0.2), (0, 0.0)]).best_action()
    whose = "" if "best_action" in vars(SlidingWindowUCBBandit) else " (the inherited best_action())"
    assert best != 0, f"best_action() is 0, the arm of the largest plain mean{whose}: what left the window is forgotten"
    assert best == 1, f"with window means 0, 0.7, 0.2 best_action() is {best} but should be 1"
    best = replay(_make(2, 9), [(0, 1.0), (1, 0.8), (1, 0.8), (1, 0.8)]).best_action()
    assert best == 0, "window means 1.0 and 0.8, but best_action() is 1: is the sum undivided, or divided by N + 1?"
    best = replay(_make(2, 9), [(0, 0.5), (1, 0.6), (1, 0.6), (1, 0.6)]).best_action()
    assert best == 1, "best_action() is 0, the arm of the largest score; it asks for the largest mean, without bonus"
    best = replay(_make(3, 3), [(0, 1.0)] + [(1, -2.0), (2, -1.0)] * 3).best_action()
    assert best != 0, "best_action() is 0, an arm that left the window: only arms in it count, also with negative means"
    assert best == 2, f"with window means -2 and -1 of arms 1 and 2 best_action() is {best} but should be 2"
    ### BEGIN HIDDEN TESTS
    assert _make(4, 5).best_action() == 0, "before any pull best_action() should be 0"
    assert replay(_make(4, 9), [(3, 1.0), (2, 1.0)]).best_action() == 2, "on a tie best_action() should be the first"
    rng = np.random.default_rng(53)
    for window in (8, 12, 30):
        old, new = rng.normal(-2, 1, size=(2, 5))  # what each arm pays early on, and in the window
        order = [int(arm) for arm in np.tile(rng.permutation(4), 12)]  # arm 4 is gone
        pulls = [(arm, float(old[arm] + 9)) for arm in range(5)] * 4 + [(arm, float(new[arm])) for arm in order]
        best = replay(_make(5, window), pulls).best_action()
        assert best == np.argmax(new[:4]), f"with window means {new[:4]} of arms 0 to 3 best_action() is {best}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "sliding_window_ucb_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(SlidingWindowUCBBandit, **references):

    def _make(k: int, window: int, seed: int = 2) -> Bandit:
        return SlidingWindowUCBBandit(spaces.Discrete(k), window=window, seed=seed)

    bandit = replay(_make(3, 50), [(2, 0.2)] + [(0, 1.0), (1, 0.5)] * 6 + [(0, 1.0)])
    slips = {"the arm of the largest mean gets it all, not that of the largest score": [1, 0, 0]}
    check_array("after 7, 6, 1 pulls of arms that paid 1, 0.5, 0.2 dist()", bandit.dist(), [0, 0, 1], slips)
    check_strategy(bandit, draws=500)
    bandit = replay(_make(5, 3), [(0, 1.0), (1, 1.0), (2, 1.0)])
    slips = {"an arm that left the window counts like one never pulled": [1 / 3, 0, 0, 1 / 3, 1 / 3]}
    check_array("with window 3, after pulls of arms 0, 1, 2 of five, dist()", bandit.dist(), [0, 0, 0, 0.5, 0.5], slips)
    bandit.update(3, 1.0)
    slips = {"an arm that left the window counts like one never pulled": [0.5, 0, 0, 0, 0.5]}
    check_array("with window 3, after pulls of arms 0, 1, 2, 3 of five, dist()", bandit.dist(), [0, 0, 0, 0, 1], slips)
    check_strategy(bandit, draws=500)
    ### BEGIN HIDDEN TESTS
    check_strategy(_make(6, 10, seed=3))
    bandit = replay(_make(4, 2), [(0, 1.0), (1, 1.0)] + [(2, 1.0), (3, 1.0)] * 4)
    check_array("with window 2, arms 0 and 1 gone from it, dist()", bandit.dist(), [0.5, 0.5, 0, 0])
    check_strategy(bandit)
    bandit = replay(_make(3, 50), [(0, 0.0), (1, 2.0), (2, 2.0)])
    check_array("with arms 1 and 2 tied dist()", bandit.dist(), [0, 0.5, 0.5])
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8 · Agent57's bandit
# ●●○○○ · 15 min · 3 points
#
# *Agent57* (arXiv 2003.13350) was the first agent to beat the human benchmark on all 57 Atari games. Inside it sits a
# bandit whose arms are not slot machines but ways of playing: each arm is a setting of how much to explore and how
# far to look ahead, a pull is one whole episode played in that way, and the reward is the episode's return. Since the
# agent keeps learning, the best way of playing drifts. The bandit is a short variation of exercise 7:
#
# - the scores are $\bar r(a) + \beta\sqrt{1/N(a)}$, with mean and count over the last `window` pulls as before, but
#   **without the logarithm**; an arm without a pull in the window scores infinity;
# - while some arm was *never* pulled (ever, not just in the window), choose uniformly among those;
# - after that, with probability `eps` choose uniformly among **all** arms, else the argmax of the scores, ties at
#   random;
# - `best_action()` as in exercise 7.
#
# So `dist()` mixes as in exercise 4, but only once every arm has been tried.
#
# *By hand:* after the six pulls of the last exercise, $w = 4$, $\beta = 1$, the scores are $1 + \sqrt{1/2} = 1.707$,
# $0.7 + 1 = 1.7$ and $0.2 + 1 = 1.2$, so arm 0 leads, and with `eps=0.3` it comes with probability $0.7 + 0.1 = 0.8$.
#
# Subclass `Bandit` again and write it out. (Yes, some of it is exercise 7 once more. That is the point of a fresh
# class that is judged by itself.)


# %% nbgrader={"grade": false, "grade_id": "agent57_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Agent57Bandit(Bandit):
    """Sliding-window scores without a logarithm, plus epsilon-exploration.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        window: how many pulls, of all arms together, are remembered; at least 1.
        beta: width of the bonus, 0 or more.
        eps: probability of exploring once every arm has been pulled.
        seed: for the base class.

    Example:
        >>> bandit = replay(Agent57Bandit(spaces.Discrete(2), window=3), [(1, 9.0), (0, 1.0), (0, 2.0), (1, 0.0)])
        >>> bandit.scores()
        array([2.2071, 1.    ])
        >>> bandit.dist()
        array([0.75, 0.25])

    Source: Badia et al., arXiv 2003.13350, the meta-controller.
    """

    def __init__(
        self,
        action_space: spaces.Space,
        window: int = 90,
        beta: float = 1.0,
        eps: float = 0.5,
        seed: int | None = None,
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.beta = beta
        self.eps = eps
        self.recent = deque(maxlen=window)  # pairs (action, reward)
        ### END SOLUTION

    def update(self, action: int, reward: float) -> None:
        ### BEGIN SOLUTION
        super().update(action, reward)
        self.recent.append((action, reward))
        ### END SOLUTION

    def scores(self) -> np.ndarray:
        """(K,) floats: window mean plus bonus of each arm; inf for an arm with no pull in the window."""
        ### BEGIN SOLUTION
        sums, counts = self._window()
        scores = np.full(self.k, np.inf)
        present = counts > 0
        scores[present] = sums[present] / counts[present] + self.beta * np.sqrt(1 / counts[present])
        return scores

    def _window(self) -> tuple[np.ndarray, np.ndarray]:
        """Sum of rewards and number of pulls of each arm in the window."""
        actions = np.array([action for action, _ in self.recent], dtype=int)
        rewards = np.array([reward for _, reward in self.recent], dtype=float)
        return np.bincount(actions, weights=rewards, minlength=self.k), np.bincount(actions, minlength=self.k)
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        never = self.n == 0
        if never.any():
            return random_argmax(never, self.rng)
        if self.rng.random() < self.eps:
            return int(self.rng.integers(self.k))
        return random_argmax(self.scores(), self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        """The first arm of the largest window mean among the arms in the window; 0 if there is none."""
        ### BEGIN SOLUTION
        sums, counts = self._window()
        means = np.full(self.k, -np.inf)
        present = counts > 0
        means[present] = sums[present] / counts[present]
        return int(np.argmax(means))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        never = self.n == 0
        if never.any():
            return never / never.sum()
        scores = self.scores()
        best = scores == scores.max()
        return self.eps / self.k + (1 - self.eps) * best / best.sum()
        ### END SOLUTION


# %%
pulls = [(0, 3.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]
bandit = replay(Agent57Bandit(spaces.Discrete(3), window=4, eps=0.3, seed=SEED), pulls)
print("scores:", bandit.scores())
print("promise:", bandit.dist(), " shares:", shares(bandit))

# %% nbgrader={"grade": true, "grade_id": "agent57_bandit-scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(Agent57Bandit, **references):
    pulls = [(0, 3.0), (1, 0.5), (2, 0.2), (0, 0.0), (1, 0.7), (0, 2.0)]
    mean, N, beta = np.array([1.0, 0.7, 0.2]), np.array([2.0, 1.0, 1.0]), 0.5
    bandit = replay(Agent57Bandit(spaces.Discrete(3), window=4, beta=beta, seed=1), pulls)
    slips = {
        "the logarithm of exercise 7 is still there": mean + beta * np.sqrt(np.log(4) / N),
        "the root is missing": mean + beta / N,
        "the mean is that of all pulls, not of the window": np.array([5 / 3, 0.6, 0.2]) + beta * np.sqrt(1 / N),
        "nothing was forgotten": np.array([5 / 3, 0.6, 0.2]) + beta * np.sqrt(1 / np.array([3, 2, 1])),
        "the bonus is missing": mean,
        "beta is ignored": mean + np.sqrt(1 / N),
    }
    want = mean + beta * np.sqrt(1 / N)
    check_array("with window = 4, beta = 0.5 and the six pulls by hand, scores()", bandit.scores(), want, slips)
    bandit = replay(Agent57Bandit(spaces.Discrete(3), window=2, beta=0.0, seed=1), [(0, 1.0), (1, 2.0), (2, 3.0)])
    got = np.asarray(bandit.scores(), dtype=float)
    assert got[0] == np.inf, f"window = 2, beta = 0, pulls of arms 0, 1, 2: scores() is {got}, but arm 0 left, so inf"
    check_array("and the other two scores", got[1:], [2, 3])
    assert bandit.best_action() == 2, (
        f"there best_action() is {bandit.best_action()}, but 2 has the largest window mean"
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(61)
    for k, window, beta, steps in ((2, 9, 1.3, 30), (4, 25, 2.5, 120), (3, 90, 1.0, 60)):
        arms, rewards = rng.integers(k, size=steps), rng.normal(-1, 2, size=steps)
        bandit = Agent57Bandit(spaces.Discrete(k), window, beta, seed=1)
        replay(bandit, zip(arms.tolist(), rewards.tolist(), strict=True))
        arms, rewards = arms[-window:], rewards[-window:]
        means = np.array([rewards[arms == a].mean() if a in arms else -np.inf for a in range(k)])
        want = [means[a] + beta * np.sqrt(1 / np.sum(arms == a)) if a in arms else np.inf for a in range(k)]
        check_array(f"after {steps} random pulls, window = {window}, beta = {beta}, scores()", bandit.scores(), want)
        assert bandit.best_action() == np.argmax(means), (
            f"window means {means}: best_action() is {bandit.best_action()}"
        )
    assert Agent57Bandit(spaces.Discrete(3)).best_action() == 0, "before any pull best_action() should be 0"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "agent57_bandit-sample_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(Agent57Bandit, **references):

    def _make(k: int, window: int = 9, eps: float = 0.6) -> Bandit:
        return Agent57Bandit(spaces.Discrete(k), window=window, eps=eps, seed=1)

    got = shares(replay(_make(4), [(1, 5.0), (2, 1.0)]), 1000)
    assert got[1] == got[2] == 0, (
        f"arms 0 and 3 were never pulled, but the shares are {got}: no exploration before that"
    )
    assert abs(got[0] - 0.5) < 0.08, (
        f"arms 0 and 3 were never pulled: their shares {got[0]:.3f}, {got[3]:.3f} should be 1/2"
    )
    got = shares(replay(_make(4), [(0, 1.0), (1, 5.0), (2, 1.0), (3, 1.0)]), 2500)
    text = f"all four arms pulled, eps = 0.6, arm 1 leads: in 2500 draws it was picked in {got[1]:.3f}"
    assert got[1] < 1, f"{text}: it never explores"
    assert abs(got[1] - 0.4) > 0.05, f"{text}, as if exploration left out the leading arm; it should be 0.550"
    assert abs(got[1] - 0.55) < 0.05, f"{text}, but it should be 0.550"
    got = shares(replay(_make(3, window=2, eps=0.3), [(0, 1.0), (1, 2.0), (2, 3.0)]), 1500)
    assert got[2] < 0.5, (
        f"window = 2, arm 0 left it, but arm 2 was picked in {got[2]:.2f}: the plain q instead of scores()?"
    )
    assert got[0] < 1, (
        f"window = 2, arm 0 left it: the shares are {got}, as if arm 0 had never been pulled; eps still holds"
    )
    assert abs(got[0] - 0.8) < 0.052, (
        f"window = 2, arm 0 left it and scores inf, eps = 0.3: the shares are {got}, not 0.8"
    )
    got = shares(replay(_make(3, eps=0.0), [(0, 0.0), (1, 1.0), (2, 1.0)]), 500)
    assert got[1] < 1, f"arms 1 and 2 tie, eps = 0, but the shares are {got}: always the first of the tied arms"
    ### BEGIN HIDDEN TESTS
    got = shares(replay(_make(5, window=3), [(a, 1.0) for a in range(4)]), 300)
    assert got[4] == 1, (
        f"window = 3, pulls of arms 0 to 3 of five: the shares are {got}, but only arm 4 was never pulled"
    )
    got = shares(replay(_make(3, window=90, eps=0.0), [(0, 1.0), (1, 1.0), (2, 0.0)]), 1000)
    assert np.abs(got - [0.5, 0.5, 0]).max() < 0.08, f"arms 0 and 1 tie, eps = 0, but the shares are {got}"
    bandit, order = _make(8, window=3), []
    for _ in range(8):
        order.append(bandit.sample_action())
        bandit.update(order[-1], float(len(order)))
    assert sorted(order) == list(range(8)), (
        f"window = 3, the first eight pulls of eight arms are {order}: each comes once"
    )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "agent57_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(Agent57Bandit, **references):

    def _make(k: int, window: int = 9, eps: float = 0.6) -> Bandit:
        return Agent57Bandit(spaces.Discrete(k), window=window, eps=eps, seed=1)

    bandit = replay(_make(4), [(0, 1.0), (1, 5.0), (2, 1.0), (3, 1.0)])
    slips = {
        "the exploration is missing": [0, 1, 0, 0],
        "exploration left out the leading arm": [0.2, 0.4, 0.2, 0.2],
        "eps and 1 - eps were swapped": [0.1, 0.7, 0.1, 0.1],
    }
    check_array("with arm 1 leading, eps = 0.6, dist()", bandit.dist(), [0.15, 0.55, 0.15, 0.15], slips)
    check_strategy(bandit)
    bandit = replay(_make(4), [(1, 5.0), (2, 1.0)])
    slips = {"eps applies already, although arms 0 and 3 were never pulled": [0.35, 0.15, 0.15, 0.35]}
    check_array("after pulls of arms 1 and 2 only, dist()", bandit.dist(), [0.5, 0, 0, 0.5], slips)
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    check_strategy(_make(5))
    bandit = replay(_make(5, window=3), [(a, 1.0) for a in range(5)])
    check_array("with window 3, after pulls of all five arms, dist()", bandit.dist(), [0.32, 0.32, 0.12, 0.12, 0.12])
    check_strategy(bandit)
    bandit = replay(_make(5, window=3), [(a, 1.0) for a in range(4)])
    check_array("with window 3, after pulls of arms 0 to 3 of five, dist()", bandit.dist(), [0, 0, 0, 0, 1])
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 9 · Thompson sampling
# ●●●○○ · 25 min · 4 points
#
# The oldest idea of all (Thompson, 1933), and often the best: *play each arm with the probability that it is the best
# one, given what you have seen.* You need not compute that probability. Keep a distribution over each arm's **mean
# reward** $\mu$, draw one plausible value from each, and pull the arm whose draw is largest.
#
# The arithmetic is easiest with **precisions** (1/variance, so the standard deviation is
# $1/\sqrt{\text{precision}}$). Before any pull we believe $\mu \sim N(\mu_0, 1/\tau_0)$: $\mu_0$ is `prior_mean`,
# $\tau_0$ is `prior_precision`, small if we know little. A single reward is $r \sim N(\mu, 1/\tau)$, where $\tau$ is
# `noise_precision` and known. After $n$ rewards $r_1, \dots, r_n$ of the arm Bayes' rule multiplies prior and
# likelihoods, so their logarithms add up:
#
# $$-\tfrac12\tau_0(\mu-\mu_0)^2 - \tfrac12\tau\sum_i (r_i-\mu)^2
# \;=\; -\tfrac12(\tau_0 + n\tau)\,\mu^2 \;+\; \Big(\tau_0\mu_0 + \tau \sum_i r_i\Big)\,\mu \;+\; \text{const}.$$
#
# That is a quadratic in $\mu$, so the posterior is a normal distribution again ("conjugate"), and completing the
# square gives
#
# $$\text{precision} = \tau_0 + n\tau, \qquad
# \text{mean} = \frac{\tau_0\mu_0 + \tau\sum_i r_i}{\tau_0 + n\tau}, \qquad
# \text{std} = \frac{1}{\sqrt{\tau_0 + n\tau}}.$$
#
# *Precisions add up; the mean is an average weighted by precision.* Each reward enters once: using the *updated*
# precision as the prior for *all* the data again, as one published implementation does, counts the first rewards
# twice. Note that $\sum_i r_i$ is `n * q`.
#
# *By hand:* $\mu_0 = 0$, $\tau_0 = 1$, $\tau = 4$, rewards 2 and 1. Precision $1 + 2\cdot 4 = 9$, mean
# $(0 + 4\cdot 3)/9 = 1.333$, std $1/3$.
#
# - `posterior()` returns the two arrays `mean` and `std` (standard deviations, not variances), the prior's for arms
#   never pulled.
# - `sample_action()` draws one value from each arm's posterior, independently (`rng.normal(mean, std)` takes arrays),
#   and picks the largest. It draws plausible *means*; the noise of a single reward has no place here.
# - `best_action()` is the first argmax of the posterior mean.
# - `dist()` has no simple formula for $K > 2$, so estimate it by Monte Carlo: repeat the draw 10,000 times or more,
#   and return how often each arm came out on top. But `dist()` must change nothing, so draw from a generator of its
#   own, made inside the method with a fixed seed, never from `self.rng`. `rng.normal(mean, std, size=(10_000, k))`
#   draws all at once, one row per repetition; `np.argmax(draws, axis=1)` finds each row's winner, and
#   `np.bincount(winners, minlength=k)` counts how often each arm won.


# %% nbgrader={"grade": false, "grade_id": "thompson_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ThompsonBandit(Bandit):
    """Draw a mean from each arm's posterior and pull the arm of the largest draw.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        prior_mean: mean of the normal prior over an arm's mean reward.
        prior_precision: 1 / variance of that prior, above 0.
        noise_precision: 1 / variance of a single reward, above 0.
        seed: for the base class.

    Example:
        >>> bandit = ThompsonBandit(spaces.Discrete(2), prior_precision=1.0, noise_precision=4.0)
        >>> mean, std = replay(bandit, [(1, 2.0), (1, 1.0)]).posterior()
        >>> mean, std
        (array([0.    , 1.3333]), array([1.    , 0.3333]))

    Source: Russo et al., arXiv 1707.02038.
    """

    def __init__(
        self,
        action_space: spaces.Space,
        prior_mean: float = 0.0,
        prior_precision: float = 1e-3,
        noise_precision: float = 1.0,
        seed: int | None = None,
    ) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.noise_precision = noise_precision
        ### END SOLUTION

    def posterior(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean (K,) and standard deviation (K,) of what we believe about each arm's mean reward."""
        ### BEGIN SOLUTION
        precision = self.prior_precision + self.n * self.noise_precision
        mean = (self.prior_precision * self.prior_mean + self.noise_precision * self.n * self.q) / precision
        return mean, 1 / np.sqrt(precision)
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        mean, std = self.posterior()
        return random_argmax(self.rng.normal(mean, std), self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        """The first arm of the largest posterior mean."""
        ### BEGIN SOLUTION
        return int(np.argmax(self.posterior()[0]))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        mean, std = self.posterior()
        draws = np.random.default_rng(0).normal(mean, std, size=(20_000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)
        ### END SOLUTION


# %%
bandit = ThompsonBandit(spaces.Discrete(3), prior_precision=0.25, seed=SEED)
env = GaussianBandit(3)
env.reset(seed=4, options={"means": [0.0, 0.6, 1.0]})
x = np.linspace(-3, 3, 400)
fig, axes = plt.subplots(1, 3, figsize=(10, 3.2), sharex=True)
for ax, pulls in zip(axes, (0, 10, 200), strict=True):
    while bandit.n.sum() < pulls:
        action = bandit.sample_action()
        bandit.update(action, env.step(action)[1])
    for arm, style in enumerate((":", "--", "-")):
        mean, std = (value[arm] for value in bandit.posterior())
        density = np.exp(-0.5 * ((x - mean) / std) ** 2) / (std * np.sqrt(2 * np.pi))
        label = f"arm {arm}: {bandit.n[arm]:.0f} pulls, P(next) = {bandit.dist()[arm]:.2f}"
        ax.plot(x, density, style, label=label)
        ax.axvline(env.means[arm], color=f"C{arm}", linestyle=style, linewidth=0.8)
    ax.set(title=f"after {pulls} pulls", xlabel="mean reward", ylim=(0, 1.35 * ax.get_ylim()[1]))
    ax.legend(fontsize=7, loc="upper left")
axes[0].set_ylabel("posterior density")
fig.tight_layout()
plt.show()

# %% [markdown]
# Thin vertical lines mark the true means. See where the curve stays broad: an arm is given up as soon as its
# posterior hardly overlaps that of the leader, and not measured more precisely than that needs.

# %% nbgrader={"grade": true, "grade_id": "thompson_bandit-posterior", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(ThompsonBandit, **references):
    pulls = [(0, 2.0), (1, 1.0), (0, 1.0), (0, 5.0)]
    bandit = ThompsonBandit(spaces.Discrete(2), prior_mean=0.0, prior_precision=1.0, noise_precision=4.0, seed=1)
    mean, std = replay(bandit, pulls).posterior()
    precision = np.array([13.0, 5.0])
    slips = {
        "variances were returned": 1 / precision,
        "precisions were returned": precision,
        "noise_precision is ignored": 1 / np.sqrt([4, 2]),
        "the posterior does not narrow with the number of pulls": [1 / 5**0.5] * 2,
        "the prior's precision was left out": 1 / np.sqrt([12, 4]),
        "noise_precision was taken for the noise's variance": 1 / np.sqrt(1 + np.array([3, 1]) / 4),
        "noise_precision was taken for the noise's std": 1 / np.sqrt(1 + np.array([3, 1]) / 16),
        "the prior's std stays for ever": [1, 1],
    }
    check_array(
        "prior precision 1, noise precision 4, three pulls and one pull: std", std, 1 / np.sqrt(precision), slips
    )
    fresh = ThompsonBandit(spaces.Discrete(2), prior_precision=4.0, seed=1).posterior()[1]
    check_array(
        "before any pull, prior_precision = 4, the std", fresh, [0.5, 0.5], {"4 was taken for the variance": [2, 2]}
    )
    twice = 0.0
    for n, total in ((1, 2.0), (2, 3.0), (3, 8.0)):  # the updated prior meets all the data once more
        tau = 1 + 4 * (n - 1)
        twice = (tau * twice + 4 * total) / (tau + 4 * n)
    slips = {
        "the plain sample mean was returned, without the prior": [8 / 3, 1],
        "noise_precision is missing in the numerator": [8 / 13, 1 / 5],
        "noise_precision is ignored": [8 / 4, 1 / 2],
        "the sum of the rewards was not multiplied by n: q stands for n * q": [4 * 8 / 3 / 13, 4 / 5],
        "rewards were counted twice: an updated prior was applied to all the data again": [twice, 4 / 5],
    }
    check_array(
        "prior precision 1, noise precision 4, arm 0 paid 2, 1, 5, arm 1 paid 1: mean", mean, [32 / 13, 4 / 5], slips
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(71)
    for k, tau0, tau in ((3, 0.5, 2.0), (5, 1e-3, 1.0), (2, 4.0, 0.3)):
        arms, rewards = np.concatenate([np.arange(k), rng.integers(k, size=40)]), rng.normal(-2, 3, size=40 + k)
        bandit = ThompsonBandit(spaces.Discrete(k), 0.0, tau0, tau, seed=1)
        mean, std = replay(bandit, zip(arms.tolist(), rewards.tolist(), strict=True)).posterior()
        precision = tau0 + tau * np.bincount(arms)
        check_array(f"prior precision {tau0}, noise precision {tau}, random pulls: std", std, precision**-0.5)
        check_array("and the mean", mean, tau * np.bincount(arms, weights=rewards) / precision)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "thompson_bandit-prior", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(ThompsonBandit, **references):
    bandit = ThompsonBandit(spaces.Discrete(3), prior_mean=2.0, prior_precision=4.0, noise_precision=1.0, seed=1)
    mean, std = bandit.posterior()
    check_array("before any pull, prior_mean = 2, the mean", mean, [2, 2, 2], {"prior_mean is ignored": [0, 0, 0]})
    mean, std = replay(bandit, [(1, 7.0), (2, 1.0), (2, 2.0)]).posterior()
    slips = {
        "prior_mean is ignored once an arm was pulled": [2, 7 / 5, 3 / 6],
        "prior_mean was not weighted by prior_precision": [2, 9 / 5, 5 / 6],
        "an arm never pulled has mean 0 instead of prior_mean": [0, 3, 11 / 6],
    }
    check_array(
        "prior mean 2, prior precision 4, arm 1 paid 7, arm 2 paid 1 and 2: mean", mean, [2, 15 / 5, 11 / 6], slips
    )
    bandit = ThompsonBandit(spaces.Discrete(3), prior_mean=2.0, prior_precision=4.0, seed=1)
    best = replay(bandit, [(1, 1.0), (2, 1.5)]).best_action()
    assert best != 2, (
        "best_action() is 2, the largest q; by the posterior mean arm 0, never pulled, is best with its prior mean 2"
    )
    assert best == 0, f"with posterior means 2, 1.8, 1.9 best_action() is {best} but should be 0"
    ### BEGIN HIDDEN TESTS
    bandit = replay(ThompsonBandit(spaces.Discrete(2), -1.0, 8.0, 2.0, seed=1), [(1, 0.0), (1, 3.0)])
    check_array("prior mean -1, prior precision 8, noise precision 2: mean", bandit.posterior()[0], [-1, (-8 + 6) / 12])
    assert bandit.best_action() == 1, f"with posterior means -1, -0.167 best_action() is {bandit.best_action()}"
    assert ThompsonBandit(spaces.Discrete(4), prior_mean=3.0).best_action() == 0, (
        "before any pull best_action() should be 0"
    )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "thompson_bandit-sample_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(ThompsonBandit, **references):
    # Two arms, 16 pulls each; what posterior() says of them is taken for granted here. From that, the chance of arm 1:
    bandit = ThompsonBandit(spaces.Discrete(2), prior_precision=1e-9, seed=5)
    mean, std = replay(bandit, [(0, 0.13), (1, 0.0)] * 16).posterior()
    draws = np.random.default_rng(3).standard_normal((100_000, 2))

    def _chance(spread: np.ndarray) -> float:
        return float(np.mean(np.argmax(mean + spread * draws, axis=1)))

    got, want = shares(bandit, 3000)[1], _chance(std)
    text = f"posterior means {mean}, stds {std}: arm 1 was picked in {got:.3f} of 3000 draws, not {want:.3f}"
    slips = {
        "as if nothing was drawn (or one number for both arms)": 0.0,
        "as if the variance was used as the std": _chance(std**2),
        "as if the precision was used as the std": _chance(1 / std**2),
        "as if the noise of a single reward was added to the draws": _chance(np.sqrt(std**2 + 1)),
    }
    for slip, wrong in sorted(slips.items(), key=lambda item: abs(got - item[1])):  # the nearest one first
        assert abs(wrong - want) < 0.1 or abs(got - wrong) > 0.045, f"{text}, {slip}"
    assert abs(got - want) < 0.045, text
    got = shares(ThompsonBandit(spaces.Discrete(4), seed=6), 1000)
    assert np.abs(got - 0.25).max() < 0.069, (
        f"before any pull all four arms are equally likely, but the shares are {got}"
    )
    ### BEGIN HIDDEN TESTS
    bandit = ThompsonBandit(spaces.Discrete(3), prior_mean=1.0, prior_precision=2.0, noise_precision=4.0, seed=7)
    mean, std = replay(bandit, [(0, 2.0), (2, 0.5), (2, -1.0), (0, 0.5)]).posterior()
    draws = np.random.default_rng(3).normal(mean, std, size=(200_000, 3))
    want = np.bincount(np.argmax(draws, axis=1), minlength=3) / 200_000
    got = shares(bandit, 2500)
    assert np.abs(got - want).max() < 0.052, f"the shares are {got} but should be about {want}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "thompson_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(ThompsonBandit, **references):
    bandit = ThompsonBandit(spaces.Discrete(2), prior_precision=1e-9, seed=5)
    mean, std = replay(bandit, [(0, 0.3), (1, 0.0)] * 16).posterior()
    stream, p = str(bandit.rng.bit_generator.state), np.asarray(bandit.dist(), dtype=float)
    assert stream == str(bandit.rng.bit_generator.state), "dist() drew from self.rng: give it a generator of its own"
    draws = np.random.default_rng(3).normal(mean, std, size=(100_000, 2))
    want = float(np.mean(np.argmax(draws, axis=1)))
    text = f"posterior means {mean}, stds {std}: dist() is {p}, not about [{1 - want:.3f} {want:.3f}]"
    assert p.shape == (2,), text
    assert want < 0.01 or p[1] > 0, f"{text}: all is given to one arm, but either may win the draw"
    softmax = np.exp(mean) / np.exp(mean).sum()
    assert not np.allclose(p, softmax, atol=0.005), f"{text}: it looks as if it were a softmax of the means"
    assert abs(p[1] - want) < 0.025, text
    check_strategy(bandit)
    ### BEGIN HIDDEN TESTS
    check_strategy(ThompsonBandit(spaces.Discrete(5), prior_mean=-1.0, seed=6))
    bandit = ThompsonBandit(spaces.Discrete(3), prior_mean=1.0, prior_precision=2.0, noise_precision=4.0, seed=7)
    replay(bandit, [(0, 2.0), (2, 0.5), (2, -1.0), (0, 0.5)])
    check_strategy(bandit)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 10 · an experiment you can trust
# ●●●○○ · 25 min · 4 points
#
# Seven strategies, and every single run is dominated by luck. To compare them you need many runs, the same bandits
# for everyone, and a result that anyone can repeat. `run` plays one strategy for `runs` independent runs of `steps`
# steps each. It is given two *makers*, functions that build something when called:
#
# - `make_env()` returns an environment such as `GaussianBandit()`;
# - `make_bandit(action_space, seed)` returns a **fresh** strategy. Every run needs one, or the second run starts with
#   the first one's beliefs.
#
# One run: `env.reset(seed=...)`; then, `steps` times, `sample_action()`, `env.step(action)`,
# `update(action, reward)`. Record the reward and, from `info`, the regret and the optimal flag of that step, each in
# an array of shape `(runs, steps)`. Return the three in a dict.
#
# **Seeds, the part that goes wrong.** Each run has two random streams, the environment's and the strategy's. They
# must be different: two generators with one seed produce *the same numbers*, and a strategy whose "random" choices
# match the environment's is either blessed or cursed (exercise 12 shows it). And the environment's seed may depend on
# `seed` and the number of the run only, not on the strategy and not on `runs`, so that all strategies meet the same
# bandits. NumPy's `SeedSequence` makes as many unrelated seeds as you want out of one:
#
# ```python
# children = np.random.SeedSequence(42).spawn(3)      # three unrelated children; child i is the same for every total
# numbers = children[0].generate_state(2)             # two 32-bit numbers, of type np.uint32
# ```
#
# Give each run a child, one number of it to the environment and the other to the strategy. (Counting `seed + i`
# upwards would be worse: the experiments with seeds 0 and 1 would share nearly all their bandits.) Gymnasium takes a
# Python int only: `int(numbers[0])`.
#
# *By hand:* `runs=2, steps=3`: two resets, two fresh strategies, six steps, six updates; `result["reward"][1, 0]` is
# the second run's first reward.


# %% nbgrader={"grade": false, "grade_id": "run", "locked": false, "schema_version": 3, "solution": true, "task": false}
def run(
    make_bandit: Callable[[spaces.Discrete, int], Any],
    make_env: Callable[[], gym.Env],
    steps: int,
    runs: int,
    seed: int,
) -> dict[str, np.ndarray]:
    """Play `runs` independent runs of `steps` steps with fresh strategies.

    Args:
        make_bandit: called as `make_bandit(env.action_space, seed)`, returns a fresh strategy.
        make_env: called without arguments, returns a bandit environment.
        steps: steps per run.
        runs: number of runs.
        seed: everything random follows from it. Environment seeds depend on it and the run's number only.

    Returns:
        {"reward": ..., "regret": ..., "optimal": ...}, each of shape (runs, steps).

    Example:
        >>> result = run(UniformBandit, GaussianBandit, steps=50, runs=3, seed=0)
        >>> sorted(result), result["regret"].shape
        (['optimal', 'regret', 'reward'], (3, 50))

    Source: NumPy documentation, "Parallel random number generation"; Sutton and Barto, section 2.3.
    """
    ### BEGIN SOLUTION
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            result["reward"][i, t] = reward
            result["regret"][i, t] = info["regret"]
            result["optimal"][i, t] = info["optimal"]
    return result
    ### END SOLUTION


# %%
result = run(UniformBandit, GaussianBandit, steps=200, runs=20, seed=SEED)
print(f"uniform: {100 * result['optimal'].mean():.1f} % optimal, regret {result['regret'].mean():.2f} per step")


# %% nbgrader={"grade": true, "grade_id": "run-records", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_run(make_bandit, make_env, steps, runs, seed):
    result = {key: np.zeros((runs, steps)) for key in ("reward", "regret", "optimal")}
    for i, child in enumerate(np.random.SeedSequence(seed).spawn(runs)):
        env_seed, bandit_seed = (int(number) for number in child.generate_state(2))
        env = make_env()
        env.reset(seed=env_seed)
        bandit = make_bandit(env.action_space, bandit_seed)
        for t in range(steps):
            action = bandit.sample_action()
            _, reward, _, _, info = env.step(action)
            bandit.update(action, reward)
            for key, value in (("reward", reward), ("regret", info["regret"]), ("optimal", info["optimal"])):
                result[key][i, t] = value
    return result


### END HIDDEN TESTS
with judged_alone():

    class _Till(gym.Env):
        """Pays 10 * action + the number of the step, without any luck; regret is 2 - action."""

        action_space, observation_space = spaces.Discrete(3), spaces.Discrete(1)

        def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
            self.t = 0
            return 0, {}

        def step(self, action: int) -> tuple[int, float, bool, bool, dict]:
            self.t += 1
            info = {"regret": 2.0 - action, "optimal": action == 2}
            return 0, 10.0 * action + self.t, False, False, info

    class _InTurn(UniformBandit):
        """Pulls arms 0, 1, 2, 0, ...: the number of updates, modulo 3."""

        t = 0

        def update(self, action: int, reward: float) -> None:
            self.t += 1

        def sample_action(self) -> int:
            return self.t % 3

    result = run(_InTurn, _Till, steps=5, runs=2, seed=1)
    assert isinstance(result, dict), f"run() returned {type(result).__name__}, not a dict"
    assert {"reward", "regret", "optimal"} <= set(result), (
        f'the keys are {sorted(result)}, not "reward", "regret", "optimal"'
    )
    shapes = {key: np.shape(result[key]) for key in ("reward", "regret", "optimal")}
    assert set(shapes.values()) != {(5, 2)}, "with steps=5, runs=2 the shapes are (5, 2): they should be (runs, steps)"
    assert set(shapes.values()) == {(2, 5)}, f"with steps=5, runs=2 the shapes are {shapes}, not all (2, 5)"
    rewards = np.array([1.0, 12, 23, 4, 15])
    slips = {
        "update() is never called, or not before the next sample_action()": [1.0, 2, 3, 4, 5],
        "the rewards were added up along the run": np.cumsum(rewards),
        "every step's reward was stored one step late": [0.0, 1, 12, 23, 4],
        "the update comes one step late": [1.0, 2, 13, 24, 5],
        "every step is played twice": [2.0, 14, 26, 8, 20],
    }
    check_array("the first run's rewards", result["reward"][0], rewards, slips)
    slips = {
        "the environment was not reset for the second run": [6.0, 17, 28, 9, 20],
        "the second run went on with the first one's strategy": [21.0, 2, 13, 24, 5],
        "neither environment nor strategy is fresh in the second run": [26.0, 7, 18, 29, 10],
        "only the first run was recorded": [0.0] * 5,
    }
    check_array("the second run's rewards", result["reward"][1], rewards, slips)
    slips = {"the regrets were added up along the run": [[2, 3, 3, 5, 6]] * 2}
    check_array("the regrets", result["regret"], [[2, 1, 0, 2, 1]] * 2, slips)
    check_array("the optimal flags", result["optimal"], [[0, 0, 1, 0, 0]] * 2)
    ### BEGIN HIDDEN TESTS
    result = run(_InTurn, _Till, steps=1, runs=4, seed=2)
    check_array("with steps=1, runs=4 the rewards", result["reward"], [[1.0]] * 4)
    result = run(_InTurn, _Till, steps=7, runs=3, seed=2)
    check_array("with steps=7, runs=3 the rewards", result["reward"], [[1.0, 12, 23, 4, 15, 26, 7]] * 3)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "run-protocol", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    log = []

    class _LoggedEnv(gym.Env):
        action_space, observation_space = spaces.Discrete(7), spaces.Discrete(1)

        def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
            log.append(("reset", seed))
            return 0, {}

        def step(self, action: int) -> tuple[int, float, bool, bool, dict]:
            log.append(("step", action))
            return 0, len(log) / 8, False, False, {"regret": 0.0, "optimal": True}

    class _LoggedBandit(UniformBandit):
        def __init__(self, action_space: spaces.Discrete, seed: int) -> None:
            assert action_space == spaces.Discrete(7), f"make_bandit got {action_space!r}, not env.action_space"
            super().__init__(action_space, seed)
            self.seed = seed
            log.append(("bandit", seed))

        def update(self, action: int, reward: float) -> None:
            log.append(("update", action, reward))

        def sample_action(self) -> int:
            action = len(log) % 7
            log.append(("sample", action))
            return action

    run(_LoggedBandit, _LoggedEnv, steps=3, runs=2, seed=5)
    kinds = [entry[0] for entry in log]
    counts = {kind: kinds.count(kind) for kind in ("reset", "bandit", "sample", "step", "update")}
    assert counts["bandit"] > 1, "two runs, but only one strategy was made: every run needs a fresh one"
    assert counts["bandit"] == 2, f"two runs, but {counts['bandit']} strategies were made"
    assert counts["reset"] == 2, f"two runs, but reset() was called {counts['reset']} times"
    assert counts["sample"] == 6, f"2 runs of 3 steps, but sample_action() was called {counts['sample']} times, not 6"
    assert counts["step"] == 6, f"2 runs of 3 steps, but step() was called {counts['step']} times, not 6"
    assert counts["update"] == 6, f"2 runs of 3 steps, but update() was called {counts['update']} times, not 6"
    for i in np.flatnonzero(np.array(kinds) == "sample"):
        assert kinds[i : i + 3] == ["sample", "step", "update"], (
            f"the order is {kinds[i : i + 3]}, not sample, step, update"
        )
        assert log[i + 1][1] == log[i][1], f"sample_action() said {log[i][1]}, but step() got {log[i + 1][1]}"
        assert log[i + 2][1] == log[i][1], (
            f"sample_action() said {log[i][1]}, but update() was told of arm {log[i + 2][1]}"
        )
        paid = (i + 2) / 8
        assert log[i + 2][2] == paid, f"the environment paid {paid}, but update() was told of a reward {log[i + 2][2]}"
    ### BEGIN HIDDEN TESTS
    log.clear()
    run(_LoggedBandit, _LoggedEnv, steps=4, runs=5, seed=6)
    kinds = [entry[0] for entry in log]
    counts = [kinds.count(kind) for kind in ("reset", "bandit", "sample", "step", "update")]
    assert counts == [5, 5, 20, 20, 20], f"5 runs of 4 steps: resets, strategies, samples, steps, updates {counts}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "run-same_bandits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _env_seeds(strategy: type, steps: int, runs: int, seed: int) -> list:
        """The seeds that the environment was reset with."""
        seeds = []

        class _Env(GaussianBandit):
            def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
                seeds.append(seed)
                return super().reset(seed=None if seed is None else int(seed))

        run(strategy, _Env, steps=steps, runs=runs, seed=seed)
        return seeds

    class _Arm0(UniformBandit):
        def sample_action(self) -> int:
            return 0

    seeds = _env_seeds(UniformBandit, 3, 5, 11)
    assert len(seeds) == 5, f"five runs, but the environment was reset {len(seeds)} times: reset it for each run"
    assert None not in seeds, "the environment was reset without a seed, so nobody can repeat this experiment"
    kind = type(seeds[0]).__name__
    assert all(isinstance(seed, int) for seed in seeds), (
        f"reset(seed=) got a {kind}; Gymnasium takes a Python int: int(...)"
    )
    assert len(set(seeds)) > 1, "all runs use the same environment seed: they meet one bandit again and again"
    assert len(set(seeds)) == 5, f"five runs have the environment seeds {seeds}: some are equal"
    assert seeds == _env_seeds(UniformBandit, 3, 5, 11), "run() twice with the same seed: the environment seeds differ"
    assert seeds == _env_seeds(_Arm0, 3, 5, 11), (
        "the environment seeds depend on the strategy: they meet different bandits"
    )
    assert seeds == _env_seeds(_Arm0, 7, 5, 11), "the environment seeds depend on `steps`"
    assert seeds[:3] == _env_seeds(_Arm0, 3, 3, 11), "the environment seed of run i depends on the number of runs"
    assert seeds != _env_seeds(_Arm0, 3, 5, 12), "seed=11 and seed=12 give the same environments"
    ### BEGIN HIDDEN TESTS
    once, twice = (run(_Arm0, GaussianBandit, 20, 4, 3)["reward"] for _ in range(2))
    assert np.array_equal(once, twice), "the same strategy twice, the same seed, but different rewards"
    seeds = _env_seeds(UniformBandit, 1, 30, 0)
    assert len(set(seeds)) == 30, "thirty runs should have thirty environment seeds"
    assert seeds[:8] == _env_seeds(_Arm0, 2, 8, 0), "the environment seed of run i depends on more than `seed` and i"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "run-two_streams", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _pairs(runs: int, seed: int) -> list:
        """For each run what the environment was reset with and what the strategy was seeded with."""
        env_seeds, bandit_seeds = [], []

        class _Env(GaussianBandit):
            def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
                env_seeds.append(seed)
                return super().reset(seed=None if seed is None else int(seed))

        def _make(action_space: spaces.Discrete, seed: Any) -> UniformBandit:
            bandit_seeds.append(seed)
            return UniformBandit(action_space, seed)

        run(_make, _Env, steps=2, runs=runs, seed=seed)
        return list(zip(env_seeds, bandit_seeds, strict=False))

    def _numbers(seed: Any) -> tuple:
        return tuple(np.random.default_rng(seed).random(4))

    pairs = _pairs(4, 21)
    assert None not in [bandit_seed for _, bandit_seed in pairs], (
        "the strategy gets no seed, so nobody can repeat the run"
    )
    for i, (env_seed, bandit_seed) in enumerate(pairs):
        twins = env_seed is not None and _numbers(int(env_seed)) == _numbers(bandit_seed)
        assert not twins, f"run {i}: environment and strategy got the same seed, so they draw the same random numbers"
    streams = {_numbers(bandit_seed) for _, bandit_seed in pairs}
    assert len(streams) == 4, "some runs seed their strategies alike: all of them should draw different numbers"
    once, twice = ([_numbers(bandit_seed) for _, bandit_seed in _pairs(3, 4)] for _ in range(2))
    assert once == twice, "run() twice with the same seed: the strategies draw other numbers the second time"
    other = [_numbers(bandit_seed) for _, bandit_seed in _pairs(3, 5)]
    assert once != other, "seed=4 and seed=5 give the strategies the same random numbers"
    ### BEGIN HIDDEN TESTS
    pairs = _pairs(40, 8)
    assert len({_numbers(bandit_seed) for _, bandit_seed in pairs}) == 40, "forty runs need forty strategy streams"
    assert all(e is None or _numbers(int(e)) != _numbers(b) for e, b in pairs), "environment and strategy share a seed"
    ### END HIDDEN TESTS

# %% [markdown]
# ## The big comparison
#
# Now all of them, on two testbeds: the stationary one, and one with $K = 10$ arms whose best arm pays 2 on average,
# the others 0, and moves to another arm every 250 steps ($P = 4$). Mind the makers: the second argument of
# `UCBBandit` is `beta`, not the seed, so `UCBBandit` itself is no `make_bandit`; a small function puts the seed where
# it belongs. The settings are guesses of the kind one starts with, one set for both testbeds.
#
# This takes a while (the line below the cell says how long). Meanwhile, write down your guess: which is best where,
# and which will be worst after a switch?

# %% nbgrader={"grade": false, "grade_id": "given-comparison", "locked": true, "schema_version": 3, "solution": false, "task": false}
SWITCHING_MEANS = np.zeros((4, 10))
SWITCHING_MEANS[[0, 1, 2, 3], [7, 2, 9, 4]] = 2.0  # the best arm of each phase


def with_settings(strategy: Callable[..., Any], **settings: float) -> Callable[[spaces.Discrete, int], Any]:
    """A `make_bandit` that builds `strategy` with these settings."""
    return lambda action_space, seed: strategy(action_space, seed=seed, **settings)


def make_switching() -> gym.Env:
    """The switching testbed: four phases of 250 steps, the best arm pays 2, all others 0."""
    return SwitchingBandit(SWITCHING_MEANS, period=250)


def in_blocks(values: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Average each run over blocks of `size` steps; return mean and half-width of the 95 % band over runs."""
    blocks = values[:, : values.shape[1] // size * size].reshape(len(values), -1, size).mean(axis=2)
    return blocks.mean(axis=0), 1.96 * blocks.std(axis=0, ddof=1) / len(blocks) ** 0.5


def plot_comparison(results: dict[str, dict[str, np.ndarray]], title: str) -> None:
    """Reward, share of optimal pulls, and cumulative regret against the step, each with its 95 % band over runs."""
    if GRADING:
        return  # a few steps are not worth a picture
    looks = ["-", "--", ":", "-.", (0, (1, 3)), (0, (8, 2)), (0, (4, 1, 1, 1, 1, 1)), (0, (6, 1, 1, 1))]
    marks = ["o", "s", "^", "v", "D", "x", "P", "*"]
    fig, axes = plt.subplots(1, 3, figsize=(14, 4.6))
    panels = (
        ("reward", "mean reward per pull"),
        ("optimal", "optimal arm pulled (%)"),
        ("regret", "cumulative regret"),
    )
    for i, (label, result) in enumerate(results.items()):
        runs, steps = result["reward"].shape
        size = max(1, steps // 40)
        for ax, (key, ylabel) in zip(axes, panels, strict=True):
            if key == "regret":
                middle, band = in_blocks(np.cumsum(result[key], axis=1), size)
            else:
                middle, band = (part * (100 if key == "optimal" else 1) for part in in_blocks(result[key], size))
            x = size * (np.arange(len(middle)) + 0.5)
            ax.plot(
                x,
                middle,
                color=f"C{i}",
                linestyle=looks[i % 8],
                marker=marks[i % 8],
                markevery=(i, 8),
                ms=5,
                label=label,
            )
            ax.fill_between(x, middle - band, middle + band, color=f"C{i}", alpha=0.15, linewidth=0)
            ax.set(xlabel="step", ylabel=ylabel)
    axes[2].set_ylabel("cumulative regret (units of reward)")
    axes[0].set_ylabel("mean reward per pull (units of reward)")
    fig.suptitle(f"{title}: means of {runs} runs with 95 % bands, blocks of {size} steps")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="lower center", ncol=8, fontsize=9)
    fig.tight_layout(rect=(0, 0.06, 1, 1))
    plt.show()


# %%
CONTESTANTS = {
    "uniform": UniformBandit,
    "greedy": Bandit,
    "epsilon 0.1": with_settings(EpsGreedyBandit, eps=0.1),
    "UCB": with_settings(UCBBandit, beta=1.0),
    "discounted UCB": with_settings(DiscountedUCBBandit, gamma=0.99, beta=1.0),
    "window UCB": with_settings(SlidingWindowUCBBandit, window=200, beta=1.0),
    "Agent57": with_settings(Agent57Bandit, window=90, beta=1.0, eps=0.1),
    "Thompson": with_settings(ThompsonBandit),
}
compare_runs, compare_steps = (2, 40) if GRADING else (15, 1000)
stationary, switching = {}, {}
for label in progress(CONTESTANTS, "strategies"):
    stationary[label] = run(CONTESTANTS[label], GaussianBandit, compare_steps, compare_runs, SEED)
    switching[label] = run(CONTESTANTS[label], make_switching, compare_steps, compare_runs, SEED)
plot_comparison(stationary, "Stationary testbed")
plot_comparison(switching, "Switching testbed (period 250)")

# %% [markdown]
# On the stationary testbed the forgetful strategies pay all the time for their readiness to learn anew: their regret
# grows in a straight line. The saw teeth of window UCB come every 200 steps, its window: what was explored together
# is forgotten together. On the switching one look at the steps after 250, 500 and 750: who climbs back, how fast, and
# whose cumulative regret bends upwards for good.
#
# ### How sure? Paired differences
#
# Two bands that overlap do not show that two strategies are equal. Much of the scatter in the left panels comes from
# the *bandits*: some testbeds are rich, others poor, for everyone. But your `run` gave every strategy the same
# bandits, so look at the difference **run by run** and put the error bar on that. With $d_i$ the difference of two
# strategies' total regrets in run $i$, the 95 % interval is $\bar d \pm 1.96\, s_d / \sqrt{\text{runs}}$, where $s_d$
# is the standard deviation of the $d_i$ (an interval over runs, since the steps within a run are not independent).
#
# An *unpaired* interval forgets who met what and adds the two strategies' variances instead. The picture shows it for
# the total regrets and for the total rewards (with the sign turned, so that all three bars estimate the same number).


# %%
def plot_paired(results: dict[str, dict[str, np.ndarray]], base: str, ax: plt.Axes, title: str) -> None:
    """Total regret of each strategy minus that of `base`, with three 95 % intervals."""
    others = [label for label in results if label not in (base, "uniform", "greedy")]
    looks = (("regret, paired", "ko"), ("regret, unpaired", "C0s"), ("reward, unpaired", "C1^"))
    for row, label in enumerate(others):
        for place, (name, look) in zip((0.22, 0.0, -0.22), looks, strict=True):
            key, sign = ("regret", 1) if "regret" in name else ("reward", -1)
            one, two = (sign * results[who][key].sum(axis=1) for who in (label, base))
            if "unpaired" in name:
                error = ((one.var(ddof=1) + two.var(ddof=1)) / len(one)) ** 0.5
            else:
                error = (one - two).std(ddof=1) / len(one) ** 0.5
            centre, name = (one - two).mean(), name if row == 0 else None
            ax.errorbar(centre, row + place, xerr=1.96 * error, fmt=look, mfc="w", capsize=3, label=name)
    ax.axvline(0, color="k", linewidth=0.8)
    ax.set(
        yticks=range(len(others)),
        yticklabels=others,
        xlabel=f"total regret minus that of {base} (reward units)",
        title=title,
    )


def plot_both(stationary: dict, switching: dict, base: str) -> None:
    """`plot_paired` on both testbeds, side by side."""
    if GRADING:
        return
    fig, axes = plt.subplots(1, 2, figsize=(12, 4.2))
    plot_paired(stationary, base, axes[0], "Stationary")
    plot_paired(switching, base, axes[1], "Switching")
    fig.legend(*axes[0].get_legend_handles_labels(), loc="lower center", ncol=3)
    fig.tight_layout(rect=(0, 0.08, 1, 1))
    plt.show()


plot_both(stationary, switching, base="epsilon 0.1")

# %% [markdown]
# Left of zero is better than epsilon-greedy; an interval that crosses the line decides nothing. On the stationary
# testbed unpaired rewards are nearly useless: the luck of having met rich testbeds drowns the difference. The regret
# has that luck taken out already, since it compares with the best arm of the same testbed, and pairing then gains
# only where some testbeds are hard for both. On the switching testbed all runs have the same arms, and there is
# little to gain.
#
# ### Around a switch
#
# One run each, in close-up: every dot is a pull, the line is the arm that is best at that moment.

# %%
look_from, look_to = (0, 40) if GRADING else (150, 500)
closeups = ["epsilon 0.1", "UCB", "discounted UCB", "window UCB", "Thompson"][: 2 if GRADING else 5]
fig, axes = plt.subplots(len(closeups), 1, figsize=(11, 8.5), sharex=True, sharey=True)
best_arm = [int(SWITCHING_MEANS[t // 250 % 4].argmax()) for t in range(look_to)]
for ax, label in zip(axes, closeups, strict=True):
    env = make_switching()
    env.reset(seed=1)
    bandit = CONTESTANTS[label](env.action_space, 2)
    arms = []
    for _ in range(look_to):
        arms.append(bandit.sample_action())
        bandit.update(arms[-1], env.step(arms[-1])[1])
    ax.step(range(look_to), best_arm, where="post", color="0.75", linewidth=6, label="best arm")
    ax.plot(range(look_to), arms, "k.", markersize=3, label="pulled arm")
    ax.set(ylabel="arm", yticks=range(0, 10, 2), xlim=(look_from, look_to), title=label)
axes[0].legend(loc="center left", fontsize=8)
axes[-1].set_xlabel("step (the best arm moves from 7 to 2 at step 250)")
fig.tight_layout()
plt.show()

# %% [markdown]
# See how long each one stays with the old favourite, arm 7, after step 250, and where its dots go before: an even
# sprinkle is dice, a comb of regular visits is a bonus that grows, and an empty row is an arm that was given up.
#
# ### Exercise 11 · two thousand bandits at once
# ●●●○○ · 25 min · 4 points
#
# The book's figure 2.2 averages 2,000 runs. Your `run` would need minutes; the cure is to play all of them *side by
# side*, one array operation per step for all $R$ runs. The arrays get a leading axis: `q` and `n` have shape
# `(R, K)`, row $i$ belonging to run $i$. Loop over the steps only.
#
# The pieces, with `rows = np.arange(R)`:
# - `q.max(axis=1, keepdims=True)` is each row's maximum, of shape `(R, 1)`, so that comparing it with `q` works row
#   by row;
# - **random ties without a loop**: draw `rng.random((R, K))`, put -1 wherever `q` is not its row's maximum
#   (`np.where(mask, a, b)` takes from `a` where the mask is true, from `b` elsewhere), and take `argmax(axis=1)`: the
#   largest of independent uniform numbers is equally likely to be any of them;
# - every run has its **own** coin, `rng.random(R) < eps`, and its own arm to explore, `rng.integers(K, size=R)`;
# - `np.where(explore, random_arm, greedy_arm)` picks one of the two, run by run;
# - `q[rows, action]` reads entry `action[i]` of row `i` for every `i`, an array of shape `(R,)`;
#   `n[rows, action] += 1` adds in just those places;
# - `rng.standard_normal(R)` draws R numbers of mean 0 and standard deviation 1, the noise of R pulls.
#
# *By hand, $R = 2$:* `q = [[0, 2, 2], [5, 1, 0]]`, `action = [2, 0]`. Then `q[[0, 1], action]` is `[2, 5]`. If these
# two arms had one pull each before and now pay `[4, 6]`, their `n` becomes 2 and their `q` becomes $2 + (4-2)/2 = 3$
# and $5 + (6-5)/2 = 5.5$.
#
# The strategy is that of exercise 4 on sample means starting at 0, exploration over all arms; a pull of arm $a$ in
# run $i$ pays $N(\texttt{q\_star}[i, a], 1)$. Return the rewards and the optimal flags, both `(R, steps)`; all arms
# that tie for a row's maximum of `q_star` are optimal.


# %% nbgrader={"grade": false, "grade_id": "eps_greedy_testbed", "locked": false, "schema_version": 3, "solution": true, "task": false}
def eps_greedy_testbed(
    q_star: np.ndarray, eps: float, steps: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Play epsilon-greedy with sample means on R bandits at once.

    Args:
        q_star: (R, K) floats, the arms' true values, one bandit per row; not changed.
        eps: probability of exploring.
        steps: number of steps, at least 1.
        rng: the only source of randomness.

    Returns:
        rewards: (R, steps) floats.
        optimal: (R, steps) bools, whether the arm pulled has its row's largest value.

    Example:
        >>> rewards, optimal = eps_greedy_testbed(np.zeros((5, 3)), 0.1, 7, np.random.default_rng(0))
        >>> rewards.shape, bool(optimal.all())
        ((5, 7), True)

    Source: Sutton and Barto, section 2.3 and figure 2.2.
    """
    ### BEGIN SOLUTION
    R, K = q_star.shape
    rows = np.arange(R)
    q, n = np.zeros((R, K)), np.zeros((R, K))
    is_best = q_star == q_star.max(axis=1, keepdims=True)
    rewards, optimal = np.zeros((R, steps)), np.zeros((R, steps), dtype=bool)
    for t in range(steps):
        ties = q == q.max(axis=1, keepdims=True)
        greedy = np.where(ties, rng.random((R, K)), -1.0).argmax(axis=1)
        explore = rng.random(R) < eps
        action = np.where(explore, rng.integers(K, size=R), greedy)
        reward = q_star[rows, action] + rng.standard_normal(R)
        n[rows, action] += 1
        q[rows, action] += (reward - q[rows, action]) / n[rows, action]
        rewards[:, t], optimal[:, t] = reward, is_best[rows, action]
    return rewards, optimal
    ### END SOLUTION


# %%
many, testbed_steps = (50, 40) if GRADING else (2000, 1000)
q_star = np.random.default_rng(SEED).normal(size=(many, 10))
fig, axes = plt.subplots(1, 2, figsize=(11, 4))
for eps, style in ((0.1, "k-"), (0.01, "C0--"), (0.0, "C2:")):
    start = time.perf_counter()
    rewards, optimal = eps_greedy_testbed(q_star, eps, testbed_steps, np.random.default_rng(SEED + 1))
    print(f"epsilon {eps}: {many} runs of {testbed_steps} steps in {time.perf_counter() - start:.2f} s;", end=" ")
    print(f"last 100 steps: reward {rewards[:, -100:].mean():.3f}, optimal {100 * optimal[:, -100:].mean():.1f} %")
    for ax, values in zip(axes, (rewards, 100.0 * optimal), strict=True):
        middle, band = values.mean(axis=0), 1.96 * values.std(axis=0) / many**0.5
        ax.plot(middle, style, linewidth=1, label=f"epsilon {eps:g}")
        ax.fill_between(
            range(testbed_steps), middle - band, middle + band, color=style[:2].rstrip("-"), alpha=0.15, linewidth=0
        )
axes[0].set(xlabel="step", ylabel="mean reward (units of reward)", title=f"{many} runs side by side, 95 % bands")
axes[1].set(xlabel="step", ylabel="optimal arm pulled (%)", title="the same runs")
axes[0].legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# This is figure 2.2 of the book. With epsilon 0.1 the last 100 steps should bring about 1.37 reward and 80 % optimal
# pulls. See the crossing that is still to come: 0.01 finds the best arm more slowly, but once it has, it wastes only
# a tenth as much.

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_testbed-rewards", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    q_star = np.linspace(-3, 3, 1500).reshape(300, 5)
    before = q_star.copy()
    answer = eps_greedy_testbed(q_star, 0.3, 20, np.random.default_rng(1))
    assert isinstance(answer, tuple) and len(answer) == 2, f"returned a {type(answer).__name__}, not (rewards, optimal)"
    rewards, optimal = answer
    assert np.shape(rewards) != (20, 300), "rewards has shape (steps, R), but should have (R, steps)"
    assert np.shape(rewards) == (300, 20), (
        f"with R = 300, 20 steps rewards has shape {np.shape(rewards)}, not (300, 20)"
    )
    assert np.shape(optimal) == (300, 20), (
        f"with R = 300, 20 steps optimal has shape {np.shape(optimal)}, not (300, 20)"
    )
    assert np.array_equal(q_star, before), "the array q_star has been changed"
    again = eps_greedy_testbed(q_star, 0.3, 20, np.random.default_rng(1))
    assert np.array_equal(rewards, again[0]), "the same generator twice, but different rewards: draw from rng only"
    one_arm = np.repeat(
        [[-4.0], [1.0], [6.0], [0.0]], 100, axis=0
    )  # a single arm: the rewards are its value plus noise
    rewards, optimal = eps_greedy_testbed(one_arm, 0.1, 40, np.random.default_rng(2))
    assert np.all(optimal), "with a single arm every pull is optimal"
    noise = rewards - one_arm
    assert noise.std() > 0.01, "with a single arm the rewards are q_star itself: the noise of variance 1 is missing"
    assert noise.mean(axis=0).std() < 0.5, "the noise is the same in all R runs: draw R numbers per step"
    assert noise.mean(axis=1).std() < 0.5, "the noise is the same in all steps of a run: draw anew in every step"
    assert abs(noise.std() - 1) < 0.03, f"with a single arm the rewards' std around q_star is {noise.std():.3f}, not 1"
    assert abs(noise.mean()) < 0.04, (
        f"with a single arm the rewards differ from q_star by {noise.mean():.3f} on average"
    )
    tied = np.tile([3.0, 3.0, 3.0, -1.0], (200, 1))
    optimal = eps_greedy_testbed(tied, 1.0, 100, np.random.default_rng(3))[1]
    assert abs(np.mean(optimal) - 0.25) > 0.2, (
        "three of four arms tie for the best: all three are optimal, not just the first"
    )
    assert abs(np.mean(optimal) - 0.75) < 0.2, (
        f"three of four arms are best, eps = 1: {np.mean(optimal):.2f} optimal, not 0.75"
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(4)
    q_star = rng.normal(size=(150, 4)) * 50
    rewards, optimal = eps_greedy_testbed(q_star, 1.0, 15, rng)
    nearest = np.abs(rewards[:, :, None] - q_star[:, None, :]).min(axis=2)
    assert nearest.max() < 6, "some reward lies far from every value of its own row: are the rows mixed up?"
    close = np.abs(rewards - q_star.max(axis=1, keepdims=True)) < 6
    assert np.all(close[np.asarray(optimal, dtype=bool)]), (
        "a pull is called optimal, but its reward is not that of the best arm"
    )
    assert eps_greedy_testbed(q_star, 0.5, 1, rng)[0].shape == (150, 1), "wrong shape for a single step"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_testbed-choice", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    first = eps_greedy_testbed(np.tile([9.0, 0.0, 0.0, 0.0, 0.0], (500, 1)), 0.0, 1, np.random.default_rng(1))[1].mean()
    assert first < 1, (
        "in the first step all q are 0, but all 500 runs pull arm 0: np.argmax takes the first of tied arms"
    )
    last = eps_greedy_testbed(np.tile([0.0, 0.0, 0.0, 0.0, 9.0], (500, 1)), 0.0, 1, np.random.default_rng(1))[1].mean()
    text = (
        f"in the first step five arms tie, but arms 0 and 4 got {first:.3f} and {last:.3f}: one draw serves all runs?"
    )
    assert abs(first - 0.2) < 0.09 and abs(last - 0.2) < 0.09, text
    # One arm pays 50, three pay 0: soon every greedy pull is right, and 0.5 + 0.5 / 4 = 0.625 of all pulls.
    q_star = np.tile([0.0, 0.0, 50.0, 0.0], (500, 1))
    optimal = np.asarray(eps_greedy_testbed(q_star, 0.5, 160, np.random.default_rng(2))[1], dtype=float)[:, 60:]
    at_once = optimal.mean(axis=0)
    both = set(np.round(at_once)) == {0.0, 1.0} and np.all((at_once < 0.02) | (at_once > 0.98))
    assert not both, "in each step all 500 runs are optimal or none is: one coin and one random arm serve all runs"
    half = np.all(np.abs(at_once - np.where(at_once > 0.75, 1, 0.5)) < 0.12) and at_once.std() > 0.1
    assert not half, "the runs that explore all pull the same arm: draw rng.integers(K, size=R)"
    assert at_once.max() < 0.95, (
        "in some steps all 500 runs exploit at once: one coin serves all runs, draw rng.random(R)"
    )
    share = optimal.mean()
    assert abs(share - 0.5) > 0.02, (
        f"{share:.3f} optimal with K = 4, eps = 0.5, not 0.625: exploration left out the best arm"
    )
    assert abs(share - 0.625) < 0.03, (
        f"once the best arm is known, K = 4, eps = 0.5 gives {share:.3f} optimal, not 0.625"
    )
    assert np.abs(at_once - 0.625).max() < 0.13, (
        f"the share of optimal pulls varies too much over steps: {at_once.max():.2f}"
    )
    ### BEGIN HIDDEN TESTS
    best = np.random.default_rng(3).integers(6, size=400)
    q_star = np.where(np.arange(6) == best[:, None], 40.0, -40.0)
    optimal = np.asarray(eps_greedy_testbed(q_star, 1.0, 50, np.random.default_rng(4))[1], dtype=float)
    assert abs(optimal.mean() - 1 / 6) < 0.014, f"eps = 1, six arms: {optimal.mean():.3f} optimal, not 0.167"
    optimal = np.asarray(eps_greedy_testbed(q_star, 0.0, 60, np.random.default_rng(4))[1], dtype=float)
    assert optimal[:, 6:].min() == 1, "eps = 0 and arms of 40 and -40: after six pulls every run must be optimal"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_testbed-learning", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    # Values -100 and -112, eps = 0: both start at 0 and are tried once; from then on arm 0 is better by 12, for ever.
    rewards, optimal = eps_greedy_testbed(np.tile([-100.0, -112.0], (200, 1)), 0.0, 30, np.random.default_rng(1))
    assert np.shape(optimal) == (200, 30), f"with R = 200, 30 steps optimal has shape {np.shape(optimal)}"
    optimal = np.asarray(optimal, dtype=float)
    assert np.all(optimal[:, 0] + optimal[:, 1] == 1), (
        "two bad arms: what the first pull paid makes the other look better"
    )
    assert optimal[:, 3].min() > 0, (
        "arms of -100 and -112 take turns for ever: is the step size 1/n, with the new pull counted?"
    )
    assert optimal[:, 2:].min() == 1, (
        "arms of -100 and -112, each tried once: from then on all pulls should be of the better one"
    )
    # Arm 0 pays -0.5, the others 3, 3.3, 3.6: a mean over many pulls tells them apart, the last reward alone does not.
    q_star = np.tile([-0.5, 3.0, 3.3, 3.6], (300, 1))
    share = np.asarray(eps_greedy_testbed(q_star, 0.2, 600, np.random.default_rng(2))[1], dtype=float)[:, -200:].mean()
    assert share > 0.75, (
        f"at the end {share:.2f} of the pulls are optimal, not about 0.82: q is not the mean of all rewards"
    )
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(5)
    q_star = rng.permuted(np.tile([-60.0, -75.0, -90.0, -105.0, -120.0], (200, 1)), axis=1)
    optimal = np.asarray(eps_greedy_testbed(q_star, 0.0, 25, rng)[1], dtype=float)
    assert np.all(optimal[:, :5].sum(axis=1) == 1), "five bad arms: the first five pulls should try each once"
    assert optimal[:, 5:].min() == 1, "five bad arms, each tried once: from then on all pulls should be of the best one"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "eps_greedy_testbed-at_scale", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    q_star = np.random.default_rng(2024).normal(size=(400, 10))
    used = []
    for _ in range(2):
        start = time.process_time()
        eps_greedy_testbed(q_star, 0.1, 100, np.random.default_rng(1))
        used.append(time.process_time() - start)
        if used[0] > 2:
            break
    assert min(used) < 0.25, (
        f"400 runs of 100 steps took {min(used):.2f} s of computing: is there a Python loop over the runs?"
    )
    rewards, optimal = eps_greedy_testbed(q_star, 0.1, 1000, np.random.default_rng(7))
    reward, share = rewards[:, -100:].mean(), np.mean(optimal[:, -100:])
    assert abs(reward - 1.382) < 0.03, (
        f"on this testbed the last 100 steps should pay 1.38 on average, not {reward:.3f}"
    )
    assert abs(share - 0.805) < 0.06, f"on this testbed 0.80 of the last 100 pulls should be optimal, not {share:.3f}"
    ### BEGIN HIDDEN TESTS
    rewards, optimal = eps_greedy_testbed(q_star[::-1], 0.1, 1000, np.random.default_rng(8))
    reward, share = rewards[:, -100:].mean(), np.mean(optimal[:, -100:])
    assert abs(reward - 1.382) < 0.03 and abs(share - 0.805) < 0.06, f"last 100 steps: {reward:.3f}, {share:.3f}"
    early = np.mean(optimal[:, 50:150])
    assert abs(early - 0.547) < 0.095, f"steps 50 to 150: {early:.3f} optimal instead of 0.547"
    ### END HIDDEN TESTS

# %% [markdown]
# ## Tuned or better? A parameter study
#
# Every strategy above has a knob, and whoever turns it well looks clever. Sutton and Barto's figure 2.6 shows the
# average reward of each strategy *as a function of its knob*: typically an upside-down U, too timid on one side, too
# wild on the other. Here is the same on our two testbeds; the memory of discounted UCB is $1/(1-\gamma)$ pulls, that
# of the window its length. To take out the luck of rich and poor testbeds, the height is the mean reward *minus what
# the best arm pays on average*, that is, minus the regret per pull: 0 would be perfect.

# %%
studies = {  # label -> (settings on the horizontal axis, maker of strategies, look)
    "epsilon-greedy: epsilon": (2.0 ** np.arange(-6, 0), lambda x: with_settings(EpsGreedyBandit, eps=x), "ko-"),
    "UCB: beta": (2.0 ** np.arange(-3, 3), lambda x: with_settings(UCBBandit, beta=x), "C0s--"),
    "discounted UCB, beta 1/2: memory 1 / (1 - gamma)": (
        2.0 ** np.arange(4, 10),
        lambda x: with_settings(DiscountedUCBBandit, gamma=1 - 1 / x, beta=0.5),
        "C1^:",
    ),
    "window UCB, beta 1/2: window": (
        2.0 ** np.arange(4, 10),
        lambda x: with_settings(SlidingWindowUCBBandit, window=int(x), beta=0.5),
        "C2D-.",
    ),
}
study_worlds = {"Stationary, 400 steps": (GaussianBandit, 400, 8), "Switching, 1000 steps": (make_switching, 1000, 4)}
jobs = [(name, label, x) for name in study_worlds for label, (settings, _, _) in studies.items() for x in settings]
reached = {}
for name, label, x in progress(jobs[::9] if GRADING else jobs, "settings"):
    world, steps, repeats = study_worlds[name]
    if GRADING:
        steps, repeats = 20, 2
    per_run = -run(studies[label][1](x), world, steps, repeats, SEED + 7)["regret"].mean(axis=1)
    reached.setdefault((name, label), []).append((x, per_run.mean(), 1.96 * per_run.std(ddof=1) / repeats**0.5))


def plot_study(reached: dict[tuple[str, str], list[tuple]]) -> None:
    """Each strategy's score against its setting, with the 95 % band over runs, one panel per testbed."""
    if GRADING:
        return
    fig, axes = plt.subplots(1, 2, figsize=(13, 5))
    for (name, label), points in reached.items():
        ax, look = axes[list(study_worlds).index(name)], studies[label][2]
        x, middle, band = np.array(points).T
        ax.plot(x, middle, look, markersize=5, label=label)
        ax.fill_between(x, middle - band, middle + band, color=look[:2].rstrip("os^D"), alpha=0.12, linewidth=0)
        ax.set_xscale("log", base=2)
        ax.set(xlabel="setting (the strategy's knob, logarithmic)", ylabel="reward per pull, relative to the best arm")
        ax.set_title(name)
    fig.legend(*axes[0].get_legend_handles_labels(), loc="lower center", ncol=4, fontsize=9)
    fig.tight_layout(rect=(0, 0.07, 1, 1))
    plt.show()


plot_study(reached)

# %% [markdown]
# Compare the *tops* of two curves to say which strategy is better when tuned, and their *widths* to say which one
# forgives a bad guess. The best setting of the right panel is not that of the left: tuning on one world says little
# about another. And the highest of many noisy points is high partly by luck, so a tuned setting deserves fresh seeds
# before you boast of it.
#
# ### Exercise 12 · FIND two silent bugs
# ●●●●○ · 30 min · 4 points
#
# Code that crashes is honest. The two pieces below run, learn something, and are wrong; both follow mistakes from
# real research code. For each: **show** the symptom in a number or a plot, **say** the cause in one sentence,
# **repair** it. Only the repair is graded.
#
# **(a) `LeakyUCB`.** Somebody's discounted UCB, in a style of its own: `favourites()` lists the arms that may come
# next, and the other methods follow from it. Bug report: *"Works with 5 arms. With 15 arms and gamma = 0.9 it goes
# blind after a few steps."*


# %% nbgrader={"grade": false, "grade_id": "given-leaky_ucb", "locked": true, "schema_version": 3, "solution": false, "task": false}
class LeakyUCB:
    """Discounted UCB with one bug."""

    def __init__(self, action_space: spaces.Discrete, gamma: float = 0.9, beta: float = 1.0, seed: int | None = None):
        self.k = int(action_space.n)
        self.gamma, self.beta = gamma, beta
        self.rng = np.random.default_rng(seed)
        self.table = np.zeros((2, self.k))  # row 0: discounted number of pulls; row 1: discounted sum of rewards

    def update(self, action: int, reward: float) -> None:
        self.table *= self.gamma
        self.table[:, action] += (1.0, reward)

    def values(self) -> np.ndarray:
        """Mean plus bonus of each arm; makes sense once every arm has been pulled."""
        pulls, sums = self.table
        return sums / pulls + self.beta * np.sqrt(np.log(max(pulls.sum(), 1.0)) / pulls)

    def favourites(self) -> np.ndarray:
        """The arms that may come next, as an array of ints."""
        made = self.table[0].sum()
        if made < self.k:  # the first k pulls: every arm once, in turn
            return np.array([int(made)])
        values = self.values()
        return np.flatnonzero(values == values.max())

    def sample_action(self) -> int:
        return int(self.rng.choice(self.favourites()))

    def best_action(self) -> int:
        pulls, sums = self.table
        means = [s / p if p > 0 else -np.inf for s, p in zip(sums, pulls, strict=True)]
        return int(np.argmax(means))

    def dist(self) -> np.ndarray:
        chance = np.zeros(self.k)
        chance[self.favourites()] = 1 / len(self.favourites())
        return chance


# %%
# Show the symptom: play a LeakyUCB with 15 arms and gamma = 0.9 on GaussianBandit(15) for 200 steps, and count or plot
# the arms that it pulls. Then try gamma = 0.95. Where is the border?

# %% [markdown]
# *Your sentence:*

# %% [markdown]
# Now repair it: a class `FixedDiscountedUCBBandit` with the same constructor and methods, in whose first `k` pulls
# every arm comes once (in any order), for every `gamma` and `k`, and which then pulls what `LeakyUCB` intends, the
# largest of its `values()`. The forgetting is not the bug and must stay. Inherit from `LeakyUCB` and replace as
# little as you can, or write it anew, as you like.


# %% nbgrader={"grade": false, "grade_id": "fixed_discounted_ucb_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class FixedDiscountedUCBBandit(LeakyUCB):
    """`LeakyUCB` without its bug."""

    ### BEGIN SOLUTION
    def favourites(self) -> np.ndarray:
        """The arms that may come next: those never pulled, if any, else those of the largest value."""
        never = np.flatnonzero(self.table[0] == 0)
        if len(never):
            return never
        values = self.values()
        return np.flatnonzero(values == values.max())

    ### END SOLUTION


# %%
bandit, order = FixedDiscountedUCBBandit(spaces.Discrete(15), gamma=0.9, seed=SEED), []
for _ in range(30):
    order.append(bandit.sample_action())
    bandit.update(order[-1], 1.0 + (order[-1] == 3))
print("first 15 pulls:", order[:15])
print("next 15 pulls: ", order[15:])

# %% nbgrader={"grade": true, "grade_id": "fixed_discounted_ucb_bandit-first_pulls", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(FixedDiscountedUCBBandit, **references):

    def _first(k: int, gamma: float, seed: int, steps: int) -> list[int]:
        bandit, order = FixedDiscountedUCBBandit(spaces.Discrete(k), gamma=gamma, seed=seed), []
        for t in range(steps):
            try:
                order.append(bandit.sample_action())
            except (ValueError, IndexError) as error:
                text = f"{k} arms, gamma = {gamma}: after the pulls {order} sample_action() fails ({error})"
                if len(set(order)) < len(order):
                    text = f"{text}: some arm came twice before every arm had come once"
                raise AssertionError(f"{text}: values() is 0/0 = nan as long as some arm was never pulled") from None
            bandit.update(order[-1], 0.5 + 0.1 * (t % 3))
        return order

    order = _first(15, 0.9, 1, 60)
    assert order[-1] != order[30] or len(set(order[30:])) > 1, (
        f"15 arms, gamma = 0.9: it still freezes, on arm {order[-1]}"
    )
    assert len(set(order[:15])) == 15, (
        f"15 arms, gamma = 0.9: the first pulls are {order[:15]}, but each arm comes once"
    )
    order = _first(3, 0.5, 1, 3)
    assert len(set(order)) == 3, f"3 arms, gamma = 0.5: the first pulls are {order}, but each arm comes once"
    ### BEGIN HIDDEN TESTS
    for k, gamma, seed in ((12, 0.8, 2), (4, 0.9, 3), (40, 0.95, 4), (2, 0.3, 5), (6, 1.0, 6)):
        order = _first(k, gamma, seed, k)
        assert sorted(order) == list(range(k)), f"{k} arms, gamma = {gamma}: the first pulls are {order}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fixed_discounted_ucb_bandit-afterwards", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(FixedDiscountedUCBBandit, **references):

    def _scores(pulls: list, k: int, gamma: float, beta: float) -> np.ndarray:
        counts, sums = np.zeros(k), np.zeros(k)
        for arm, reward in pulls:
            counts, sums = gamma * counts, gamma * sums
            counts[arm], sums[arm] = counts[arm] + 1, sums[arm] + reward
        return sums / counts + beta * np.sqrt(np.log(max(counts.sum(), 1)) / counts)

    pulls = [(0, 5.0), (1, 1.0), (2, 0.5)] + [(0, 1.0), (1, 1.2), (2, 0.9)] * 3
    bandit = replay(FixedDiscountedUCBBandit(spaces.Discrete(3), gamma=0.5, beta=0.01, seed=1), pulls)
    picks = {bandit.sample_action() for _ in range(40)}
    assert picks != {0}, "arm 0 paid much long ago, arm 1 pays most now, but arm 0 is pulled: the forgetting is gone"
    assert picks == {1}, f"arm 1 has the largest discounted mean and beta is tiny, but sample_action() gave {picks}"
    pulls = [(0, 1.0), (1, 1.0), (2, 1.0)] + [(0, 1.1)] * 9
    bandit = replay(FixedDiscountedUCBBandit(spaces.Discrete(3), gamma=0.9, beta=1.0, seed=1), pulls)
    picks = {bandit.sample_action() for _ in range(40)}
    assert picks != {0}, "arms 1 and 2 were not pulled for nine steps, but arm 0 goes on: is the bonus gone?"
    assert picks == {1}, f"arm 1 is the one neglected longest, its bonus is largest, but sample_action() gave {picks}"
    check_strategy(bandit, draws=300)
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(81)
    for k, gamma in ((4, 0.9), (12, 0.8), (5, 0.5)):
        pulls = [(a, float(rng.normal())) for a in range(k)]
        bandit = replay(FixedDiscountedUCBBandit(spaces.Discrete(k), gamma=gamma, beta=0.7, seed=2), pulls)
        for _ in range(60):
            arm, score = bandit.sample_action(), _scores(pulls, k, gamma, 0.7)
            assert score[arm] >= score.max() - 1e-4, f"{k} arms, gamma = {gamma}: arm {arm} was picked, values {score}"
            pulls.append((arm, float(rng.normal())))
            bandit.update(*pulls[-1])
    check_strategy(bandit, draws=300)
    ### END HIDDEN TESTS

# %% [markdown]
# **(b) `careless_run`.** Somebody's version of exercise 10. Bug report: *"Thompson sampling is a miracle. With my
# code its first pull, made in complete ignorance, finds the best of ten arms nearly every time."*


# %% nbgrader={"grade": false, "grade_id": "given-careless_run", "locked": true, "schema_version": 3, "solution": false, "task": false}
def careless_run(
    make_bandit: Callable[[spaces.Discrete, int], Any],
    make_env: Callable[[], gym.Env],
    steps: int,
    runs: int,
    seed: int,
) -> dict[str, np.ndarray]:
    """Like `run`, with one bug."""

    def episode(number: int) -> list[tuple]:
        env = make_env()
        env.reset(seed=number)
        player = make_bandit(env.action_space, number)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    numbers = np.random.SeedSequence(seed).generate_state(runs).tolist()
    table = np.array([episode(number) for number in numbers], dtype=float)  # (runs, steps, 3)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}


# %%
# Show the symptom: how often is the first pull optimal under careless_run? Try several strategies on GaussianBandit,
# among them with_settings(ThompsonBandit) and UniformBandit. What should the number be?

# %% [markdown]
# *Your sentence:* (What does `GaussianBandit` do with its first ten random numbers, and what does Thompson sampling
# do with its own?)

# %% [markdown]
# Repair it as `fixed_run`, with the promises of exercise 10: environment and strategy draw from different streams,
# the environments' seeds depend on `seed` and the run only, every run's strategy is seeded differently, and the same
# seed repeats everything exactly.


# %% nbgrader={"grade": false, "grade_id": "fixed_run", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_run(
    make_bandit: Callable[[spaces.Discrete, int], Any],
    make_env: Callable[[], gym.Env],
    steps: int,
    runs: int,
    seed: int,
) -> dict[str, np.ndarray]:
    """`careless_run` without its bug."""
    ### BEGIN SOLUTION

    def episode(env_seed: int, player_seed: int) -> list[tuple]:
        env = make_env()
        env.reset(seed=env_seed)
        player = make_bandit(env.action_space, player_seed)
        rows = []
        while len(rows) < steps:
            arm = player.sample_action()
            _, paid, _, _, facts = env.step(arm)
            player.update(arm, paid)
            rows.append((paid, facts["regret"], facts["optimal"]))
        return rows

    pairs = np.random.SeedSequence(seed).generate_state(2 * runs).reshape(runs, 2).tolist()
    table = np.array([episode(*pair) for pair in pairs], dtype=float)
    return {key: table[:, :, i] for i, key in enumerate(("reward", "regret", "optimal"))}
    ### END SOLUTION


# %%
if not GRADING:
    first = fixed_run(with_settings(ThompsonBandit), GaussianBandit, steps=1, runs=500, seed=SEED)["optimal"]
    print(f"Thompson's first pull is optimal in {100 * first.mean():.0f} % of the runs")

# %% nbgrader={"grade": true, "grade_id": "fixed_run-streams", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"run": reference_run}
### END HIDDEN TESTS
with judged_alone(**references):

    class _Guesser(UniformBandit):
        """Pulls the arm of the largest of k fresh normal numbers, as Thompson sampling does before its first update."""

        def sample_action(self) -> int:
            return int(np.argmax(self.rng.standard_normal(self.k)))

    hits = fixed_run(_Guesser, GaussianBandit, steps=1, runs=400, seed=3)["optimal"].mean()
    assert hits < 0.9, (
        f"a blind first guess is still optimal in {100 * hits:.0f} % of the runs: both streams start from one seed"
    )
    assert abs(hits - 0.1) < 0.076, (
        f"a blind first guess among ten arms is optimal in {100 * hits:.0f} % of the runs, not 10 %"
    )
    env_seeds, player_seeds = [], []

    class _Env(GaussianBandit):
        def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
            env_seeds.append(seed)
            return super().reset(seed=None if seed is None else int(seed))

    def _player(action_space: spaces.Discrete, seed: Any) -> UniformBandit:
        player_seeds.append(seed)
        return UniformBandit(action_space, seed)

    def _numbers(seeds: list) -> set:
        return {tuple(np.random.default_rng(seed).random(3)) for seed in seeds}

    fixed_run(_player, _Env, steps=1, runs=6, seed=9)
    assert None not in player_seeds, "the strategy gets no seed now: that cures the symptom and loses repeatability"
    assert len(_numbers(player_seeds)) == 6, (
        "six runs, but some strategies are seeded alike: every run needs its own seed"
    )
    ### BEGIN HIDDEN TESTS
    for runs in (1, 9):
        env_seeds.clear(), player_seeds.clear()
        fixed_run(_player, _Env, steps=2, runs=runs, seed=10 + runs)
        assert len(_numbers(player_seeds)) == runs, f"{runs} runs need {runs} different strategy streams"
        pairs = zip(env_seeds, player_seeds, strict=False)
        assert not any(_numbers([e]) & _numbers([p]) for e, p in pairs if e is not None), (
            "one seed for both in some run"
        )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fixed_run-promises", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"run": reference_run}
### END HIDDEN TESTS
with judged_alone(**references):

    def _reset_with(strategy: type, runs: int, seed: int) -> list:
        seeds = []

        class _Env(GaussianBandit):
            def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[int, dict]:
                seeds.append(seed)
                return super().reset(seed=None if seed is None else int(seed))

        fixed_run(strategy, _Env, 2, runs, seed)
        return seeds

    class _Arm0(UniformBandit):
        def sample_action(self) -> int:
            return 0

    result = fixed_run(UniformBandit, GaussianBandit, steps=4, runs=3, seed=1)
    shapes = {key: np.shape(result[key]) for key in ("reward", "regret", "optimal")}
    assert set(shapes.values()) == {(3, 4)}, f"with steps=4, runs=3 the shapes are {shapes}, not all (3, 4)"
    seeds = _reset_with(UniformBandit, 4, 5)
    assert None not in seeds, (
        "the environment is reset without a seed now: that cures the symptom and loses repeatability"
    )
    assert seeds == _reset_with(UniformBandit, 4, 5), "the same seed twice, but the environments are seeded differently"
    again = [fixed_run(_Arm0, GaussianBandit, steps=4, runs=3, seed=1)["reward"] for _ in range(2)]
    assert np.array_equal(*again), "the same seed twice, but different rewards: something is unseeded"
    assert all(isinstance(seed, int) for seed in seeds), "reset(seed=) takes a Python int"
    assert len(set(seeds)) == 4, f"four runs have the environment seeds {seeds}: they should all differ"
    assert seeds == _reset_with(_Arm0, 4, 5), "two strategies met different environments"
    assert seeds[:2] == _reset_with(_Arm0, 2, 5), "the environment of run i depends on the number of runs"
    rewards = np.array([fixed_run(_Arm0, GaussianBandit, 3, 2, seed)["reward"] for seed in (1, 2)])
    assert not np.array_equal(*rewards), "seed has no effect"

    ### BEGIN HIDDEN TESTS
    class _Count(UniformBandit):
        def __init__(self, action_space, seed):
            super().__init__(action_space, seed)
            self.told = []

        def update(self, action, reward):
            self.told.append(reward)

        def sample_action(self):
            return len(self.told) % self.k

    result = fixed_run(_Count, lambda: ReferenceSwitchingBandit(np.eye(4) * 3, 2, noise=0.0), 8, 2, 1)
    check_array("the optimal flags of a strategy that goes in turn", result["optimal"], [[1, 0, 0, 0, 0, 0, 0, 1]] * 2)
    check_array("its regrets", result["regret"], [[0, 3, 3, 3, 3, 3, 3, 0]] * 2)
    check_array("its rewards", result["reward"], [[3, 0, 0, 0, 0, 0, 0, 3]] * 2)
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 13 · your own strategy
# ●●●●○ · 40 min · 4 points
#
# Now invent one. `YourBandit(action_space, seed=None)` should do decently in both worlds *with the same settings*,
# since you will not be told which one you are in. The checks ask for
#
# 1. the protocol: actions are ints in range, only `update` changes beliefs, `sample_action` changes nothing but
#    `rng`;
# 2. a `dist()` that agrees with how often `sample_action()` picks each arm (Monte Carlo with 10,000 draws or more and
#    a generator of its own is fine);
# 3. at least 35 % optimal pulls on the stationary testbed (10 arms, 500 steps, mean of 40 runs);
# 4. at least 40 % optimal pulls on the switching testbed (10 arms of noise 1, the best pays 2, the others 0, four
#    phases of 250 steps; mean of 10 runs).
#
# Uniform play has 10 %. The bars are low on purpose, and the ideas are yours. Some to start from: forget in Thompson
# sampling as exercise 6 does in UCB (discount the sums and the counts; a discounted count is a precision that
# shrinks); let epsilon fall over time, but rise when rewards disappoint; a constant step size
# $Q \leftarrow Q + \alpha(r - Q)$, which weighs old rewards by $(1-\alpha)^j$, with a bonus for arms not pulled for
# long; a softmax $P(a) \propto e^{Q(a)/\text{temperature}}$.
#
# Subclass `Bandit` and use only its public members, as before. Copy nothing you can't explain: exercise 15 asks.


# %% nbgrader={"grade": false, "grade_id": "your_bandit", "locked": false, "schema_version": 3, "solution": true, "task": false}
class YourBandit(Bandit):
    """Describe your strategy here: what it believes, how it chooses, how it forgets.

    Args:
        action_space: a `spaces.Discrete(K)` with start 0.
        seed: for the base class.

    Example:
        >>> bandit = YourBandit(spaces.Discrete(4), seed=0)
        >>> bandit.dist().shape, 0 <= bandit.sample_action() < 4
        ((4,), True)

    Source: name yours.
    """

    def __init__(self, action_space: spaces.Space, seed: int | None = None) -> None:
        ### BEGIN SOLUTION
        super().__init__(action_space, seed)
        self.gamma = 0.99
        self.sums = np.zeros(self.k)  # discounted Thompson sampling: beliefs of exercise 9, memory of exercise 6
        self.precisions = np.full(self.k, 0.1)
        ### END SOLUTION

    def update(self, action: int, reward: float) -> None:
        ### BEGIN SOLUTION
        super().update(action, reward)
        self.sums *= self.gamma
        self.precisions = 0.1 + self.gamma * (self.precisions - 0.1)  # fades back to the prior's 0.1
        self.sums[action] += reward
        self.precisions[action] += 1
        ### END SOLUTION

    def sample_action(self) -> int:
        ### BEGIN SOLUTION
        noise = 0.5 / np.sqrt(self.precisions) * self.rng.standard_normal(self.k)
        return random_argmax(self.sums / self.precisions + noise, self.rng)
        ### END SOLUTION

    def best_action(self) -> int:
        ### BEGIN SOLUTION
        return int(np.argmax(self.sums / self.precisions))
        ### END SOLUTION

    def dist(self) -> np.ndarray:
        ### BEGIN SOLUTION
        rng = np.random.default_rng(0)
        draws = rng.normal(self.sums / self.precisions, 0.5 / np.sqrt(self.precisions), size=(20_000, self.k))
        return np.bincount(np.argmax(draws, axis=1), minlength=self.k) / len(draws)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "your_bandit-protocol", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(YourBandit, **references):
    for k in (2, 5):
        bandit = YourBandit(spaces.Discrete(k), seed=1)
        for t in range(60):
            action = bandit.sample_action()
            text = f"with {k} arms, after {t} updates, sample_action() returned {action!r}"
            assert isinstance(action, Integral), f"{text}, which is not an int"
            assert 0 <= action < k, f"{text}, which is no arm"
            bandit.update(action, float(t % 4 - action))
            best = bandit.best_action()
            assert isinstance(best, Integral) and 0 <= best < k, f"with {k} arms best_action() returned {best!r}"
    one, two = YourBandit(spaces.Discrete(4), seed=3), YourBandit(spaces.Discrete(4), seed=3)
    for t in range(40):
        two.dist(), two.best_action()  # asking must not change a thing
        a, b = one.sample_action(), two.sample_action()
        assert a == b, (
            f"two twins with one seed: after {t} updates, dist() and best_action() of one changed its next action"
        )
        one.update(a, t / 10), two.update(b, t / 10)
    stream, best = str(one.rng.bit_generator.state), one.best_action()
    assert {one.best_action() for _ in range(20)} == {best}, "best_action() is random: same beliefs, same answer"
    one.dist()
    assert stream == str(one.rng.bit_generator.state), (
        "dist() or best_action() drew from rng, which only sample_action() may"
    )
    before = YourBandit(spaces.Discrete(4), seed=8).dist()
    replay(YourBandit(spaces.Discrete(4), seed=8), [(1, 9.0)] * 20)
    assert np.allclose(before, YourBandit(spaces.Discrete(4), seed=8).dist(), atol=0.05), (
        "two objects share their beliefs"
    )
    ### BEGIN HIDDEN TESTS
    bandit = YourBandit(spaces.Discrete(13), seed=5)
    for _ in range(100):
        action = bandit.sample_action()
        assert isinstance(action, Integral) and 0 <= action < 13, f"with 13 arms sample_action() returned {action!r}"
        bandit.update(action, -1.0 * action)
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "your_bandit-dist", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(YourBandit, **references):
    check_strategy(YourBandit(spaces.Discrete(4), seed=1))
    check_strategy(replay(YourBandit(spaces.Discrete(4), seed=2), [(0, 1.0), (2, 0.5)]))
    pulls = [(0, 1.0), (1, 0.2), (2, 0.8), (0, -0.5), (2, 1.5), (1, 0.1), (3, 0.9), (0, 0.4)]
    check_strategy(replay(YourBandit(spaces.Discrete(4), seed=3), pulls))
    ### BEGIN HIDDEN TESTS
    rng = np.random.default_rng(91)
    pulls = list(zip(rng.integers(3, size=40).tolist(), rng.normal(-0.3, 1, size=40).tolist(), strict=True))
    check_strategy(replay(YourBandit(spaces.Discrete(3), seed=4), pulls))
    check_strategy(replay(YourBandit(spaces.Discrete(3), seed=5), pulls * 10))
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "your_bandit-stationary", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(YourBandit, **references):

    def _optimal_share(runs: int, first: int) -> float:
        hits = 0
        for i in range(first, first + runs):
            rng = np.random.default_rng([17, i])
            means, noise = rng.normal(size=10), rng.normal(size=500)
            bandit = YourBandit(spaces.Discrete(10), seed=i)
            for t in range(500):
                action = int(bandit.sample_action())
                bandit.update(action, float(means[action] + noise[t]))
                hits += means[action] == means.max()
        return hits / (500 * runs)

    share = _optimal_share(40, first=0)
    assert share >= 0.35, (
        f"stationary testbed, 40 runs of 500 steps: {100 * share:.1f} % optimal pulls, below the bar of 35 %"
    )
    ### BEGIN HIDDEN TESTS
    share = _optimal_share(8, first=1000)
    assert share >= 0.25, f"other seeds of the stationary testbed: only {100 * share:.1f} % optimal pulls"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "your_bandit-switching", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"random_argmax": reference_random_argmax, "Bandit": ReferenceBandit}
### END HIDDEN TESTS
with judged_alone(YourBandit, **references):

    def _optimal_share(best: list[int], runs: int, first: int) -> float:
        """`best` holds the best arm of each of the four phases."""
        hits = 0
        for i in range(first, first + runs):
            noise = np.random.default_rng([18, i]).normal(size=1000)
            bandit = YourBandit(spaces.Discrete(10), seed=i)
            for t in range(1000):
                action = int(bandit.sample_action())
                optimal = action == best[t // 250]
                bandit.update(action, float(2.0 * optimal + noise[t]))
                hits += optimal
        return hits / (1000 * runs)

    share = _optimal_share([7, 2, 9, 4], runs=10, first=0)
    hint = ". It learns, but does it forget after a switch?" if share > 0.2 else ""
    assert share >= 0.40, (
        f"switching testbed, 10 runs of 1000 steps: {100 * share:.1f} % optimal pulls, below the bar of 40 %{hint}"
    )
    ### BEGIN HIDDEN TESTS
    share = _optimal_share([0, 8, 3, 5], runs=4, first=1000)
    assert share >= 0.30, f"the switching testbed with other arms: only {100 * share:.1f} % optimal pulls"
    ### END HIDDEN TESTS

# %% [markdown]
# Your strategy in the arena, on the same bandits as the others.

# %%
mine = with_settings(YourBandit)
rivals = ("epsilon 0.1", "UCB", "discounted UCB", "Thompson")
stationary_duel = {label: stationary[label] for label in rivals}
switching_duel = {label: switching[label] for label in rivals}
stationary_duel["yours"] = run(mine, GaussianBandit, compare_steps, compare_runs, SEED)
switching_duel["yours"] = run(mine, make_switching, compare_steps, compare_runs, SEED)
plot_comparison(stationary_duel, "Stationary testbed")
plot_comparison(switching_duel, "Switching testbed (period 250)")
plot_both(stationary_duel, switching_duel, base="yours")

# %% [markdown]
# Right of zero, the rival has the larger regret.
#
# ### Exercise 14 · which strategy, and when
# ●●○○○ · 20 min · 5 points
#
# For each of the five: **epsilon-greedy, UCB, the forgetful UCBs (discounted and sliding-window), Agent57's bandit,
# Thompson sampling**, write two sentences. The first says what it keeps in mind and how that makes it choose the next
# arm; the second names a situation in which you would choose it rather than the others, and why. Be concrete: "when
# it works better" is no situation.

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_strategies-answer", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# **Model answer.**
#
# *Epsilon-greedy* keeps a sample mean per arm and pulls the arm of the largest, except that with probability epsilon
# it pulls any arm at random, however bad it has proved to be. I choose it as a baseline, or when only value estimates
# and no counts or uncertainties are to be had (as with a neural network's estimates): it needs nothing else, and
# keeps trying all arms for ever, at the price of a regret that grows linearly.
#
# *UCB* keeps mean and count of each arm and pulls the one of the largest plausible value, mean plus a bonus that
# falls with the arm's own count. I choose it when the arms do not change and the scale of the rewards is known, so
# that beta can be set: no dice, exploration that fades like ln t / t, a proof.
#
# *Discounted and sliding-window UCB* do the same with means and counts of the recent past only, so that the bonus of
# a neglected arm comes back. I choose them when arms change and I roughly know how fast, since gamma or the window
# sets how long they remember; on a stationary bandit they pay for re-exploring for ever.
#
# *Agent57's bandit* scores by the window mean plus beta times the root of 1 / count, without a logarithm, and pulls
# any arm with probability epsilon besides. I choose it for few pulls of arms that drift, such as picking a way of
# playing for each episode of an agent that learns meanwhile, where some exploration must go on anyway.
#
# *Thompson sampling* keeps a posterior over each arm's mean, draws one value from each and pulls the largest, so an
# arm is tried as often as it is likely to be the best. I choose it when the noise can be modelled and arms are
# stationary, or when feedback comes late or in batches: its random choices differ even while the posterior stands
# still.
#
# **Rubric** (5 points): for each of the five, 0.5 for the rule (what is kept and how the choice follows from it) and
# 0.5 for a situation with a reason that fits the rule. Other situations count if the reason is right.
# *Misconception:* "UCB (or Thompson) explores at random with a small probability", or a bonus that grows with the
# arm's own count: no rule point for that strategy, and no situation point that rests on it.

# %% [markdown]
# ### Exercise 15 · what your experiment shows
# ●●●○○ · 25 min · 5 points
#
# In at most ten sentences, from *your* plots and numbers: which strategy won on the stationary and which on the
# switching testbed, and why, in terms of how it chooses? How sure are you: quote one paired difference with its
# interval, and say what it was computed over. Which of these victories would survive a different choice of settings
# (use the parameter study), and what does the experiment *not* show?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_experiment-answer", "locked": false, "points": 5, "schema_version": 3, "solution": true, "task": false}
# **Model answer.** (Numbers vary with the seed; those of the student's own run count.)
#
# On the stationary testbed UCB and Thompson sampling lead: both stop pulling an arm once it is very unlikely to be
# the best, while epsilon-greedy goes on spending a tenth of its pulls at random and the forgetful strategies keep
# measuring what they already knew. On the switching testbed those that remember everything do worse after each
# switch, because hundreds of old rewards hold the old favourite's mean up and few of the other arms are still being
# tried; the forgetful ones climb back within some tens of steps. The total regret of Thompson sampling minus that of
# epsilon-greedy on the same 20 stationary bandits was (mean ± half-width), an interval over *runs*, since steps
# within a run depend on each other; it does not contain zero, so the order of these two settings on this testbed is
# not luck. Between two strategies whose interval contains zero I claim nothing. The parameter study shows that
# epsilon-greedy, UCB, discounted and window UCB change places when their settings change: on the switching testbed
# plain UCB with beta = 2 comes close to the forgetful ones, and theirs is lost again with too long a memory, so part
# of "forgetful wins" is that I knew the period. A tuned curve's best point was picked among many on the same runs, so
# it is too good by luck and needs fresh seeds. The experiment says nothing about other gaps, other noise, other
# timetables (every run had the same four arms) or longer runs.
#
# **Rubric** (5 points): 1 for a winner on each testbed that fits the student's plots; 1 for reasons in terms of the
# rule of choice (what keeps being explored, what is forgotten); 1 for a paired difference with its interval over
# runs, correctly read; 1 for "tuned or better": settings matter, shown with the parameter study, and selection on the
# same runs is optimistic; 1 for a limit of the experiment. *Misconception:* error bars over steps instead of runs, or
# "the bands overlap, so there is no difference": at most 0 of the third point.

# %% [markdown]
# ## Where this leads
#
# One more, ungraded, because it is the door to the next lessons. All strategies above estimate *values* and derive a
# choice from them. One can also adjust the **probabilities** themselves: keep a number per arm (a *logit*), choose
# from their softmax, and after each reward raise the logit of the arm pulled if the reward was better than usual,
# lower it if it was worse. "Raise" means: follow the gradient of $\log P(a)$, which PyTorch computes. Sutton and
# Barto call it the gradient bandit (section 2.8); with states added it becomes REINFORCE.

# %%
logits = nn.Parameter(torch.zeros(4))
env = GaussianBandit(4)
env.reset(seed=SEED, options={"means": [0.0, 0.5, 1.0, 1.5]})
torch.manual_seed(SEED)
usual, history = 0.0, []
for t in range(1, 31 if GRADING else 801):
    policy = Categorical(logits=logits)
    action = policy.sample()
    reward = env.step(int(action))[1]
    usual += (reward - usual) / t
    policy.log_prob(action).backward()  # leaves the gradient in logits.grad
    with torch.no_grad():
        logits += 0.2 * (reward - usual) * logits.grad
    logits.grad = None
    history.append(policy.probs.detach().numpy())
fig, ax = plt.subplots()
for arm, (chances, style) in enumerate(zip(np.array(history).T, (":", "-.", "--", "-"), strict=True)):
    ax.plot(chances, style, label=f"arm {arm}, value {env.means[arm]:g}")
ax.set(xlabel="step", ylabel="probability of the arm", title="A gradient bandit: one run")
ax.legend()
plt.show()

# %% [markdown]
# No estimate of any value in sight, and yet the best arm tends to win. Tends: with another seed or a larger learning
# rate it may settle on the second best. Why that happens, and what to do about it, is a story for the lesson on
# REINFORCE.
