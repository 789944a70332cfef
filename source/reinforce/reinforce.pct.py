# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # REINFORCE: learning from whole episodes
#
# A pole stands on a cart. You may push the cart left or right, fifty times a second, and nobody tells you how. You get
# one point for every step that the pole stays up. By the end of this notebook a small network that starts by dropping
# the pole after twenty steps will hold it for five hundred, and it will have learned that from nothing but its own
# scores.
#
# **Afterwards you will be able to**
# - *derive* the policy gradient from the log-derivative trick, and check it with numbers;
# - *build* REINFORCE from its six parts: policy, episode, returns, standardising, loss, training loop;
# - *probe* a learner with environments so small that each one convicts a particular mistake;
# - *read* a learning curve, and tell the policy that explores from the policy that you would ship;
# - *find* three silent bugs that run, print a loss, and learn nothing.
#
# **You need first**: the lesson `tensors` (modules, `Categorical`, gradients), and the words episode, reward and
# policy.
#
# **Time**: about three hours, of which the computer needs a minute or so.
#
# **How it is graded**
#
# | exercise | points | graded |
# |---|---|---|
# | 1 · a policy that rolls dice | 4 | machine |
# | 2 · one episode, written down | 5 | machine |
# | 3 · returns | 4 | machine |
# | 4 · standardising | 3 | machine |
# | 5 · the loss | 4 | machine |
# | 6 · REINFORCE | 11 | machine |
# | 7 · a fair examination | 4 | machine |
# | 8 · find three bugs | 6 | machine |
# | 9 · in your own words | 8 | hand |
#
# **Where the ideas come from**: R. J. Williams, *Simple statistical gradient-following algorithms for connectionist
# reinforcement learning*, Machine Learning 8 (1992); R. S. Sutton and A. G. Barto, *Reinforcement Learning: An
# Introduction*, 2nd edition, sections 13.1 to 13.4; the documentation of
# [Gymnasium](https://gymnasium.farama.org/environments/classic_control/cart_pole/) and of
# [torch.distributions](https://docs.pytorch.org/docs/stable/distributions.html).

# %% nbgrader={"grade": false, "grade_id": "given-setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import copy
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import HTML, display
from matplotlib.animation import FuncAnimation
from numpy.typing import ArrayLike
from torch import nn
from torch.distributions import Categorical, Distribution

GRADING = "NBGRADER_EXECUTION" in os.environ  # while a grader runs this notebook, the long cells become short
SEED = 7
torch.manual_seed(SEED)
torch.set_num_threads(1)
if GRADING:
    warnings.simplefilter("ignore")  # a warning is no mistake
plt.rcParams.update(
    {
        "figure.figsize": (8, 4),
        "figure.dpi": 100,
        "axes.grid": True,
        "grid.alpha": 0.3,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
)


@contextmanager
def judged_alone(**references: object) -> Iterator[None]:
    """Let `references` stand in for the notebook's names of the same name for a while, then put yours back."""
    yours = {name: globals()[name] for name in references if name in globals()}
    globals().update(references)
    try:
        yield
    finally:
        for name in references:
            globals().pop(name, None)
        globals().update(yours)


# %% [markdown]
# ## One trick
#
# Picture two slot machines. The left arm pays 1, the right arm pays 3. Our policy has a single parameter $\theta$ and
# pulls the right arm with probability $p = \sigma(\theta) = 1 / (1 + e^{-\theta})$. The expected pay is
#
# $$J(\theta) = \sum_a \pi_\theta(a)\, r(a) = (1 - p) \cdot 1 + p \cdot 3 .$$
#
# We want $\mathrm{d}J/\mathrm{d}\theta$, to climb it. Differentiating the sum needs $r(a)$ of **every** arm, and a
# player only ever sees the pay of the arm that was pulled. The way out is one line of school calculus. Because
# $\nabla \log f = \nabla f / f$, we may write $\nabla \pi = \pi \,\nabla \log \pi$, and so
#
# $$\nabla J = \sum_a \nabla \pi_\theta(a)\, r(a) = \sum_a \pi_\theta(a)\, \nabla \log \pi_\theta(a)\, r(a)
# = \mathbb{E}_{a \sim \pi_\theta}\bigl[\, r(a)\, \nabla \log \pi_\theta(a) \,\bigr] .$$
#
# The right-hand side is an **average over what the policy itself does**. Pull an arm, look at its pay, multiply it with
# $\nabla \log \pi$ of the arm you pulled: on average that is the gradient. No one had to tell us how the machine works
# inside. (Notice what is *not* differentiated: the reward. It may come from a game, a person or a robot.)
#
# By hand, at $\theta = 0.4$: $p = 0.599$; $\nabla \log \pi(\text{right}) = 1 - p = 0.401$ and
# $\nabla \log \pi(\text{left}) = -p = -0.599$. So the estimate is $3 \cdot 0.401 = 1.204$ after a pull of the right arm
# and $1 \cdot (-0.599)$ after a pull of the left one, and the average is
# $0.599 \cdot 1.204 - 0.401 \cdot 0.599 = 0.480$. Directly:
# $\mathrm{d}J/\mathrm{d}\theta = (3 - 1)\, p\, (1 - p) = 0.480$. It holds; now with numbers from a random generator.

# %%
pay = np.array([1.0, 3.0])


def sigmoid(theta: float) -> float:
    return 1 / (1 + np.exp(-theta))


def gradient_samples(theta: float, pulls: int, rng: np.random.Generator, less: float = 0.0) -> np.ndarray:
    """One estimate `(pay - less) * d log pi / d theta` for each of `pulls` pulls, shape (pulls,)."""
    p = sigmoid(theta)
    arm = (rng.random(pulls) < p).astype(int)
    return (pay[arm] - less) * np.where(arm == 1, 1 - p, -p)


def expected_pay(theta: float) -> float:
    return (1 - sigmoid(theta)) * pay[0] + sigmoid(theta) * pay[1]


theta, step = 0.4, 1e-5
slope = (expected_pay(theta + step) - expected_pay(theta - step)) / (2 * step)
samples = gradient_samples(theta, 100_000, np.random.default_rng(SEED))
error = samples.std() / np.sqrt(len(samples))
print(f"formula            {(pay[1] - pay[0]) * sigmoid(theta) * (1 - sigmoid(theta)):.4f}")
print(f"finite difference  {slope:.4f}")
print(f"100,000 pulls      {samples.mean():.4f}, give or take {2 * error:.4f}")

# %% [markdown]
# **What to see below.** The estimates sit on the true gradient (black) wherever $\theta$ is: that is what *unbiased*
# means. But their bars are long. The open squares subtract 2, the middle of the two pays, from every reward: the same
# centre, since $\mathbb{E}[\nabla \log \pi] = 0$ makes any constant drop out, with much less noise. Keep that in mind
# for exercise 4.

# %%
grid = np.linspace(-4, 4, 17)
rng = np.random.default_rng(SEED)
fig, ax = plt.subplots()
curve = np.linspace(-4.3, 4.3, 200)
ax.plot(curve, 2 * sigmoid(curve) * (1 - sigmoid(curve)), "k-", label="exact gradient")
for less, shift, style, label in ((0.0, -0.06, "C0o", "reward"), (2.0, 0.06, "C1s", "reward less 2")):
    draws = np.array([gradient_samples(theta, 200, rng, less) for theta in grid])
    bars = 2 * draws.std(axis=1) / np.sqrt(draws.shape[1])
    face = "none" if less else None
    ax.errorbar(grid + shift, draws.mean(axis=1), bars, fmt=style, mfc=face, capsize=2, label=f"{label}, 200 pulls")
ax.set(xlabel=r"parameter $\theta$", ylabel=r"$\mathrm{d}J/\mathrm{d}\theta$ (reward per unit of $\theta$)")
ax.set_title("Estimates of the gradient, with bars of two standard errors")
ax.legend()
plt.show()

# %% [markdown]
# ## From one pull to an episode
#
# In an episode the policy acts many times, and each action changes what comes next. The probability of the whole
# trajectory $\tau$ is a product of the policy's factors $\pi_\theta(a_t \mid s_t)$ and the world's factors
# $P(s_{t+1} \mid s_t, a_t)$. Take the logarithm: a sum. Take the gradient with respect to $\theta$: the world's terms
# do not contain $\theta$ and vanish. What is left is
#
# $$\nabla J = \mathbb{E}_\tau\Bigl[\, \sum_{t=0}^{T-1} G_t\, \nabla \log \pi_\theta(a_t \mid s_t) \Bigr],
# \qquad G_t = r_t + \gamma\, r_{t+1} + \gamma^2 r_{t+2} + \dots + \gamma^{T-1-t}\, r_{T-1} .$$
#
# (This is exact for $\gamma = 1$; exercise 6 says what a smaller $\gamma$ changes.) Here $T$ is the number of steps,
# $r_t$ the reward that follows action $a_t$, $\gamma \in [0, 1]$ the discount factor, and $G_t$ the **return** from
# step $t$ on. (Why not the reward of the whole episode at each step? Because an action cannot change what was paid
# before it; those terms average to zero and only add noise. The lesson `reward_to_go` measures how much.)
#
# Read the formula as advice: *make each action that you took more likely, in proportion to what came after it.* That is
# all of REINFORCE. The rest of this notebook is getting six small pieces right, since each of them can be wrong without
# a word.


# %% nbgrader={"grade": false, "grade_id": "given-checks", "locked": true, "schema_version": 3, "solution": false, "task": false}
class ScriptedEnv(gym.Env):
    """A world for checks: episode i pays the rewards `scripts[i]`, whatever you do, and then ends.

    The observation is (step, episode). `reuse_buffer` hands out the same array each time, overwritten in place.
    `ending` is "terminated", "truncated" or "both". `seeds` and `actions` remember what was asked of it.
    """

    def __init__(self, scripts: list, ending: str = "terminated", reuse_buffer: bool = False, dtype: type = np.float32):
        self.scripts, self.ending, self.reuse_buffer = scripts, ending, reuse_buffer
        self.observation_space = gym.spaces.Box(-np.inf, np.inf, (2,), dtype)
        self.action_space = gym.spaces.Discrete(2)
        self.buffer = np.zeros(2, dtype)
        self.seeds: list[int | None] = []
        self.actions: list[list[int]] = []

    def observe(self) -> np.ndarray:
        self.buffer[:] = len(self.actions[-1]), len(self.seeds) - 1
        return self.buffer if self.reuse_buffer else self.buffer.copy()

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[np.ndarray, dict]:
        super().reset(seed=seed)
        self.seeds.append(seed)
        self.actions.append([])
        self.script = self.scripts[(len(self.seeds) - 1) % len(self.scripts)]
        return self.observe(), {}

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict]:
        step = len(self.actions[-1])
        assert self.action_space.contains(action), f"env.step got {action!r}: an action of this world is the int 0 or 1"
        assert step < len(self.script), (
            f"env.step was called again after the world had said {self.ending}: leave the loop on either flag"
        )
        self.actions[-1].append(int(action))
        over = step + 1 == len(self.script)
        terminated, truncated = (over and self.ending in (flag, "both") for flag in ("terminated", "truncated"))
        return self.observe(), self.script[step], terminated, truncated, {}


class TimedPolicy(nn.Module):
    """A policy for checks: at step t it takes action 1 with probability `sigmoid(theta[t])`, else action 0."""

    def __init__(self, steps: int):
        super().__init__()
        self.theta = nn.Parameter(torch.zeros(steps))
        self.loaded: list[bool] = []

    def load_state_dict(self, weights: dict | None, *args: object, **options: object) -> object:
        """Remember that it was called; forgive None, which one of the checks asks about."""
        self.loaded.append(weights is not None)
        return super().load_state_dict(self.state_dict() if weights is None else weights, *args, **options)

    def forward(self, obs: torch.Tensor) -> Categorical:
        logits = self.theta[obs[..., 0].long().clamp(max=len(self.theta) - 1)]
        return Categorical(logits=torch.stack([torch.zeros_like(logits), logits], dim=-1))

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        p = torch.sigmoid(self.theta[int(obs[0])])
        action = int(torch.rand(()) < p)
        return action, torch.log(p if action else 1 - p)


def expect_close(got: object, right: ArrayLike, name: str, mistakes: tuple = (), atol: float = 1e-4) -> None:
    """Compare `got` with `right`; on a difference, say where, and which of `mistakes` (values, words) it fits."""
    got = np.asarray(got.detach() if torch.is_tensor(got) else got, dtype=float)
    right = np.asarray(right, dtype=float)
    assert got.shape == right.shape, f"{name} has shape {got.shape} but should have {right.shape}"
    bad = np.flatnonzero(~np.isclose(got, right, rtol=1e-4, atol=atol))
    if len(bad):
        where = f"{name}[{bad[0]}]" if right.ndim else name
        message = f"{where} is {got.flat[bad[0]]:.4g} but should be {right.flat[bad[0]]:.4g}"
        for values, words in mistakes:
            values = np.asarray(values, dtype=float)
            assert values.shape != got.shape or not np.allclose(got, values, rtol=1e-3, atol=1e-3), (
                f"{message}: {words}"
            )
        raise AssertionError(message)


# %% [markdown]
# The cell above holds three small tools for the checks: a world that follows a script, a policy with one number per
# step, and a comparison that tries to name a mistake. Reading them is not needed; trusting them is fine.

# %% [markdown]
# ### Exercise 1 · a policy that rolls dice
# ●●○○○ · 15 min · 4 points
#
# A **stochastic policy** maps an observation to a probability for each action, and then rolls dice. Ours is a network
# from `obs_dim` inputs to `n_actions` outputs, called *logits*: any real numbers $z_a$, turned into probabilities by
#
# $$\pi_\theta(a \mid s) = \frac{e^{z_a}}{\sum_b e^{z_b}} .$$
#
# For instance the logits $(0, \ln 3)$ give the probabilities $(1/4, 3/4)$. `Categorical(logits=z)` does that sum for
# you, so nothing follows the last linear layer: neither a softmax nor a ReLU.
#
# Build `CategoricalPolicy`:
# - one `nn.Linear` for each width in `hidden`, each followed by a ReLU (or tanh), then one `nn.Linear` to the logits;
# - `forward` takes a batch, shape `(B, obs_dim)`, and returns **one** `Categorical` of batch shape `(B,)`, whose row i
#   depends on `obs[i]` only;
# - `act` takes a single observation (a NumPy array of shape `(obs_dim,)` and any float dtype), **samples** an action,
#   and returns it as an `int` together with the log-probability of *that* action: a tensor of shape `()` that still
#   knows its graph, because training will differentiate through it. The dice are torch's global generator.


# %% nbgrader={"grade": false, "grade_id": "categorical_policy", "locked": false, "schema_version": 3, "solution": true, "task": false}
class CategoricalPolicy(nn.Module):
    """A multilayer perceptron that turns observations into a categorical distribution over actions.

    Args:
        obs_dim: length of one observation.
        n_actions: number of actions.
        hidden: width of each hidden layer.

    Example:
        >>> CategoricalPolicy(4, 2)(torch.zeros(3, 4)).batch_shape
        torch.Size([3])

    Source: Sutton & Barto, section 13.1 (soft-max in action preferences).
    """

    def __init__(self, obs_dim: int, n_actions: int, hidden: tuple[int, ...] = (32,)) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        layers: list[nn.Module] = []
        for width in hidden:
            layers += [nn.Linear(obs_dim, width), nn.ReLU()]
            obs_dim = width
        self.net = nn.Sequential(*layers, nn.Linear(obs_dim, n_actions))
        ### END SOLUTION

    def forward(self, obs: torch.Tensor) -> Categorical:
        """The distribution of the action for each observation.

        Args:
            obs: observations, shape (B, obs_dim), float32.

        Returns:
            a Categorical with batch shape (B,) over n_actions actions.
        """
        ### BEGIN SOLUTION
        return Categorical(logits=self.net(obs))
        ### END SOLUTION

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        """Sample an action for one observation.

        Args:
            obs: one observation, shape (obs_dim,), any float dtype.

        Returns:
            the action as an int, and its log-probability: a tensor of shape () with its graph.
        """
        ### BEGIN SOLUTION
        dist = self(torch.as_tensor(obs, dtype=torch.float32))
        action = dist.sample()
        return int(action), dist.log_prob(action)
        ### END SOLUTION


# %% [markdown]
# An untrained policy is close to a fair coin. Is yours? And does the log-probability fit the action?

# %%
torch.manual_seed(SEED)
policy = CategoricalPolicy(4, 2)
cart = gym.make("CartPole-v1")
obs, _ = cart.reset(seed=SEED)
print("observation   ", obs)
print("probabilities ", policy(torch.as_tensor(obs)[None]).probs.detach().numpy())
for _ in range(3):
    action, log_prob = policy.act(obs)
    print(f"action {action}, log-probability {log_prob.item():.3f}, so a probability of {log_prob.exp().item():.3f}")


# %% nbgrader={"grade": true, "grade_id": "categorical_policy-forward", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
class ReferenceCategoricalPolicy(nn.Module):
    def __init__(self, obs_dim, n_actions, hidden=(32,)):
        super().__init__()
        layers = []
        for width in hidden:
            layers += [nn.Linear(obs_dim, width), nn.ReLU()]
            obs_dim = width
        self.net = nn.Sequential(*layers, nn.Linear(obs_dim, n_actions))

    def forward(self, obs):
        return Categorical(logits=self.net(obs))

    def act(self, obs):
        dist = self(torch.as_tensor(obs, dtype=torch.float32))
        action = dist.sample()
        return int(action), dist.log_prob(action)


### END HIDDEN TESTS
def _check_forward(seed: int, batch: int, obs_dim: int, n_actions: int, hidden: tuple[int, ...]) -> None:
    torch.manual_seed(seed)
    policy = CategoricalPolicy(obs_dim, n_actions, hidden)
    obs = torch.randn(batch, obs_dim)
    before = obs.clone()
    dist = policy(obs)
    assert isinstance(dist, Categorical), (
        f"forward returned a {type(dist).__name__}: return the distribution itself, a torch.distributions.Categorical"
    )
    assert tuple(dist.batch_shape) == (batch,), (
        f"{batch} observations gave the batch shape {tuple(dist.batch_shape)}: one Categorical with a row for each, "
        f"({batch},)"
    )
    assert dist.logits.shape == (batch, n_actions), (
        f"{batch} rows of {n_actions} actions should have logits of shape {(batch, n_actions)}, "
        f"not {tuple(dist.logits.shape)}"
    )
    assert torch.equal(obs, before), "forward changed the observations that it was given"
    alone = torch.cat([policy(obs[i : i + 1]).probs for i in range(batch)])
    assert torch.allclose(alone, dist.probs, atol=1e-5), (
        "an observation gets other probabilities in a batch than alone: was a softmax taken over dim=0, "
        "across the batch?"
    )
    widths = [obs_dim, *hidden, n_actions]
    wanted = sorted(sorted(pair) for pair in pairwise(widths))
    found = sorted(sorted(p.shape) for p in policy.parameters() if p.ndim == 2)
    assert len(found) >= len(wanted), (
        f"policy.parameters() knows {len(found)} weight matrices of {len(wanted)}: "
        "are layers kept in a plain Python list, where no optimizer finds them, or is a hidden layer missing?"
    )
    assert found == wanted, f"hidden={hidden} should give weight matrices of sizes {wanted}, but they are {found}"
    many = policy(torch.randn(300, obs_dim)).logits
    tied = (many.sort(dim=-1).values.diff(dim=-1) == 0).any(dim=-1).float().mean()
    assert tied < 0.02, f"{tied:.0%} of the observations have exactly tied logits: no ReLU after the last linear layer"

    def lean(obs: torch.Tensor) -> torch.Tensor:
        logits = policy(obs).logits
        return logits - logits[:, :1]

    x, y = torch.randn(2, 300, obs_dim)
    bend = (lean(x + y) - lean(x) - lean(y) + lean(torch.zeros_like(x))).abs().max()
    assert bend > 1e-3 * lean(x).abs().max(), (
        "the logits are a linear function of the observation: a ReLU (or tanh) should follow each hidden layer"
    )
    with torch.no_grad():
        for parameter in policy.parameters():
            parameter.mul_(1e4)
    spread = policy(obs).logits.detach()
    spread = (spread.max(dim=-1).values - spread.min(dim=-1).values).max().item()
    assert spread > 2.01, (
        f"however large the weights, the logits of one row differ by at most {spread:.2f}: "
        "a softmax (or tanh, or sigmoid) squashes them before Categorical(logits=...) takes its own softmax"
    )


_check_forward(seed=1, batch=4, obs_dim=5, n_actions=3, hidden=(7,))
_check_forward(seed=2, batch=3, obs_dim=4, n_actions=2, hidden=(8, 6))
assert [p.shape for p in CategoricalPolicy(4, 2).parameters() if 32 in p.shape], (
    "hidden should be (32,) when it is not given"
)
### BEGIN HIDDEN TESTS
_check_forward(seed=3, batch=1, obs_dim=3, n_actions=4, hidden=(9,))
_check_forward(seed=4, batch=6, obs_dim=2, n_actions=5, hidden=(11, 10, 12))
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "categorical_policy-act", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_act(seed: int, obs_dim: int, n_actions: int, dtype: type, draws: int) -> None:
    torch.manual_seed(seed)
    policy = CategoricalPolicy(obs_dim, n_actions, hidden=(16,))
    candidates = 6 * torch.randn(300, obs_dim)
    favourite = policy(candidates).probs.max(dim=-1).values
    row = (favourite - 0.65).abs().argmin()  # an observation with a favourite action, but no certainty
    obs = candidates[row].numpy().astype(dtype)
    before = obs.copy()
    try:
        result = policy.act(obs)
    except RuntimeError as error:
        raise AssertionError(
            f"act failed on an observation of dtype {obs.dtype} and shape {obs.shape}: make it float32 ({error})"
        ) from error
    assert isinstance(result, tuple) and len(result) == 2, (
        "act should return a pair: the action and its log-probability"
    )
    action, log_prob = result
    assert isinstance(action, int | np.integer), (
        f"the action is a {type(action).__name__}, but should be an int (.item() helps)"
    )
    assert torch.is_tensor(log_prob), f"the log-probability is a {type(log_prob).__name__}, but should be a tensor"
    assert log_prob.shape == (), f"the log-probability has shape {tuple(log_prob.shape)}, but should have shape ()"
    assert log_prob.requires_grad, (
        "the log-probability has no graph: it was detached, or made under no_grad, and cannot train"
    )
    assert np.array_equal(obs, before), "act changed the observation that it was given"
    with torch.no_grad():
        dist = policy(torch.as_tensor(obs, dtype=torch.float32)[None])
    probs, logits = dist.probs[0].numpy(), dist.logits[0].numpy()
    counts = np.zeros(n_actions)
    for _ in range(draws):
        action, log_prob = policy.act(obs)
        counts[action] += 1
        got = log_prob.item()
        assert abs(got - probs[action]) > 1e-5, f"act returned the probability {got:.3f} itself, not its logarithm"
        others = [b for b in range(n_actions) if b != action and abs(got - logits[b]) < 1e-4]
        assert abs(got - logits[action]) < 1e-3 or not others, (
            f"act returned action {action} with the log-probability of action {others[0]}: "
            "was a second action sampled for it?"
        )
        assert abs(got - logits[action]) < 1e-3, (
            f"log-probability {got:.3f}, but log pi(action {action}) is {logits[action]:.3f}"
        )
    share, bound = counts / draws, 5.5 * np.sqrt(probs * (1 - probs) / draws) + 0.005
    assert draws < 100 or share.max() < 1, (
        f"all {draws} actions were the same, though the favourite has probability {probs.max():.2f}: sample, "
        "do not take the argmax"
    )
    assert draws < 100 or np.all(np.abs(share - probs) < bound), (
        f"actions came with frequencies {np.round(share, 2)}, but the policy's probabilities are {np.round(probs, 2)}: "
        "draw them from the distribution of forward"
    )


def _check_dice(seed: int, n_actions: int) -> None:
    policy, throws = CategoricalPolicy(4, n_actions), []
    for torch_seed in (seed, seed, seed + 1):
        torch.manual_seed(torch_seed)
        throws.append([int(policy.act(np.ones(4, dtype=np.float32))[0]) for _ in range(60)])
    assert throws[0] == throws[1], "the same torch.manual_seed gave other actions: the dice should be torch's generator"
    assert throws[0] != throws[2], (
        "another torch.manual_seed gave the same actions: the dice should be torch's generator, and act never seeds it"
    )


_check_act(seed=5, obs_dim=3, n_actions=4, dtype=np.float32, draws=350)
_check_act(seed=6, obs_dim=3, n_actions=2, dtype=np.float64, draws=1)
_check_dice(seed=8, n_actions=3)
### BEGIN HIDDEN TESTS
_check_act(seed=7, obs_dim=5, n_actions=3, dtype=np.float64, draws=350)
_check_dice(seed=1, n_actions=4)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · one episode, written down
# ●●○○○ · 20 min · 5 points
#
# REINFORCE learns from complete episodes, so we need a secretary who sits beside the policy and writes down, for each
# step $t$: what it **saw**, what it **did**, what it was **paid**, and the log-probability of what it did. The minutes
# are kept in the dataclass `Episode` below. Gymnasium's loop has a few traps, each of which has cost someone an
# afternoon:
#
# - The observation to record is the one the action was **based on**, that is, the one *before* `env.step`.
# - Record a **copy**. Many environments reuse one array; without a copy every row of your minutes shows the last
#   observation.
# - There are two ways to end: `terminated` (the pole fell: the task is over) and `truncated` (somebody looked at the
#   clock). Leave the loop on either one. Both are recorded, since one day the difference will matter.
# - `max_steps` stops *us*, not the world: an episode cut there has both flags False, unless the world ended at that
#   very step.
#
# Call `env.reset(seed=seed)` once, and `policy.act(obs)` once per step: dice thrown and not used would change all later
# throws. `policy.act` gives an int and a tensor of shape `()`; `torch.stack` makes one tensor of many without losing
# the graph.
#
# A two-step example: see $s_0$, do 1, get 0.5; see $s_1$, do 0, get 2.0, and the world says terminated (with a last
# observation $s_2$ that nobody acts on). Minutes: observations $(s_0, s_1)$, actions $(1, 0)$, rewards $(0.5, 2.0)$,
# two log-probabilities.


# %% nbgrader={"grade": false, "grade_id": "given-episode", "locked": true, "schema_version": 3, "solution": false, "task": false}
@dataclass
class Episode:
    """The minutes of one episode of T steps."""

    observations: np.ndarray  # (T, obs_dim) float32: what the policy saw before each action
    actions: np.ndarray  # (T,) int64
    rewards: np.ndarray  # (T,) float64: what followed each action
    log_probs: torch.Tensor  # (T,), with its graph
    terminated: bool
    truncated: bool


# %% nbgrader={"grade": false, "grade_id": "play_episode", "locked": false, "schema_version": 3, "solution": true, "task": false}
def play_episode(env: gym.Env, policy: nn.Module, seed: int | None = None, max_steps: int | None = None) -> Episode:
    """Play one episode and write it down.

    Args:
        env: an environment with Gymnasium's API.
        policy: anything whose `act(obs)` returns an int and a log-probability of shape ().
        seed: handed to `env.reset`.
        max_steps: stop after so many steps (at least 1) if the world has not stopped before; None for no limit.

    Returns:
        the episode; both flags are False if `max_steps` cut it.

    Example: a world that ends after T = 3 steps with observations of length 4 gives observations (3, 4), actions (3,),
        rewards (3,), log_probs (3,).

    Source: https://gymnasium.farama.org/api/env/ (`reset`, `step`).
    """
    ### BEGIN SOLUTION
    observations, actions, rewards, log_probs = [], [], [], []
    terminated = truncated = False
    obs, _ = env.reset(seed=seed)
    while not (terminated or truncated or len(rewards) == max_steps):
        observations.append(np.array(obs, dtype=np.float32))
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, _ = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
    return Episode(
        observations=np.stack(observations),
        actions=np.array(actions, dtype=np.int64),
        rewards=np.array(rewards, dtype=np.float64),
        log_probs=torch.stack(log_probs),
        terminated=bool(terminated),
        truncated=bool(truncated),
    )
    ### END SOLUTION


# %% [markdown]
# Look at your minutes. How long does the untrained policy last?

# %%
torch.manual_seed(SEED)
episode = play_episode(cart, policy, seed=SEED)
print(f"{len(episode.rewards)} steps, terminated {episode.terminated}, truncated {episode.truncated}")
fig, ax = plt.subplots()
steps = np.arange(len(episode.rewards))
ax.plot(steps, np.degrees(episode.observations[:, 2]), "k-", label="pole angle before the action")
for action, marker, label in ((0, "v", "push left"), (1, "^", "push right")):
    chosen = episode.actions == action
    ax.plot(steps[chosen], np.degrees(episode.observations[chosen, 2]), marker, ms=8, label=label)
ax.axhspan(-12, 12, color="0.9", zorder=0, label="still up (within 12 degrees)")
ax.set(xlabel="step", ylabel="pole angle (degrees)", title="One episode of an untrained policy")
ax.legend()
plt.show()

# %% [markdown]
# **What to see.** The pushes have nothing to do with the angle yet, and once the pole leans the rest is physics.


# %% nbgrader={"grade": true, "grade_id": "play_episode-record", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_play_episode(env, policy, seed=None, max_steps=None):
    observations, actions, rewards, log_probs = [], [], [], []
    terminated = truncated = False
    obs, _ = env.reset(seed=seed)
    while not (terminated or truncated or len(rewards) == max_steps):
        observations.append(np.array(obs, dtype=np.float32))
        action, log_prob = policy.act(obs)
        obs, reward, terminated, truncated, _ = env.step(action)
        actions.append(action)
        rewards.append(reward)
        log_probs.append(log_prob)
    return Episode(
        np.stack(observations),
        np.array(actions, dtype=np.int64),
        np.array(rewards, dtype=np.float64),
        torch.stack(log_probs),
        bool(terminated),
        bool(truncated),
    )


### END HIDDEN TESTS
class _Puppet(nn.Module):
    """Does as it is told; the log-probability of its n-th action is -0.1 n."""

    def __init__(self, actions: list[int]):
        super().__init__()
        self.actions, self.calls = actions, 0
        self.unit = nn.Parameter(torch.tensor(-0.1))

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        self.calls += 1
        return self.actions[(self.calls - 1) % len(self.actions)], self.unit * self.calls


def _check_record(rewards: list, actions: list[int]) -> None:
    steps, policy, env = len(rewards), _Puppet(actions), ScriptedEnv([rewards])
    episode = play_episode(env, policy, seed=3)
    assert isinstance(episode, Episode), f"play_episode returned a {type(episode).__name__}: return an Episode"
    assert policy.calls == steps, f"policy.act was called {policy.calls} times in {steps} steps: once per step, please"
    assert len(env.seeds) == 1, f"env.reset was called {len(env.seeds)} times: one episode needs one reset"
    assert env.actions == [actions], f"the policy said {actions}, but the world was given {env.actions[0]}"
    for name, dtype, shape in (
        ("observations", np.float32, (steps, 2)),
        ("actions", np.int64, (steps,)),
        ("rewards", np.float64, (steps,)),
    ):
        array = getattr(episode, name)
        assert isinstance(array, np.ndarray), f"{name} is a {type(array).__name__}, but should be a NumPy array"
        assert len(array) == steps, f"the episode took {steps} steps, but {name} has {len(array)} entries"
        assert array.shape == shape, f"{name} has shape {array.shape}, but should have {shape}"
        assert array.dtype == dtype, f"{name} has dtype {array.dtype}, but should have {np.dtype(dtype)}"
    assert np.array_equal(episode.actions, actions), f"recorded actions {episode.actions}, but the policy did {actions}"
    late = np.allclose(episode.rewards, [0, *rewards[:-1]])
    assert not late, (
        f"recorded rewards {episode.rewards}: each stands one step late, beside the action after the one it paid"
    )
    assert np.allclose(episode.rewards, rewards), f"recorded rewards {episode.rewards}, but the world paid {rewards}"
    log_probs = episode.log_probs
    assert torch.is_tensor(log_probs), (
        f"log_probs is a {type(log_probs).__name__}: stack the log-probabilities to one tensor"
    )
    assert log_probs.shape == (steps,), f"log_probs has shape {tuple(log_probs.shape)}, but should have ({steps},)"
    assert log_probs.requires_grad, (
        "log_probs lost its graph (torch.tensor(...), .item() or .detach() cut it): use torch.stack"
    )
    expect_close(log_probs, -0.1 * np.arange(1, steps + 1), "log_probs")
    (gradient,) = torch.autograd.grad(log_probs.sum(), policy.unit)
    assert abs(gradient.item() - steps * (steps + 1) / 2) < 1e-3, "some of the log-probabilities lost their graph"


_check_record([0.5, 2.0, -1.0, 0.25], [1, 0, 0, 1])
_check_record([3, 1], [0, 1])
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(20)
for _steps in (1, 7):
    _check_record(
        [float(_r) for _r in np.round(_rng.normal(size=_steps), 2)], [int(_a) for _a in _rng.integers(2, size=_steps)]
    )
_check_record([1, 2, 3], [0, 1, 1])
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "play_episode-before", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
class _Pushy(nn.Module):
    """Pushes right, and scribbles over nothing."""

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        return 1, torch.zeros((), requires_grad=True)


def _check_before(steps: int, dtype: type, skip: int) -> None:
    for reuse in (False, True):
        env = ScriptedEnv([[1.0] * steps], reuse_buffer=reuse, dtype=dtype)
        for _ in range(skip):
            env.reset()
        got = np.asarray(play_episode(env, _Pushy()).observations)
        right = np.array([[step, skip] for step in range(steps)])
        assert got.shape == right.shape, f"observations has shape {got.shape}, but should have {right.shape}"
        assert not np.array_equal(got, right + np.array([1, 0])), (
            f"the steps seen were {right[:, 0]}, but you recorded {got[:, 0]}: the observation after the action, "
            "not before it"
        )
        assert not reuse or len(np.unique(got[:, 0])) > 1, (
            f"all recorded rows are {got[0]}: this world reuses its array, so record a copy of each observation"
        )
        assert np.array_equal(got, right), f"the policy saw the steps {right[:, 0]}, but you recorded {got[:, 0]}"
        assert got.dtype == np.float32, f"observations has dtype {got.dtype}, but should have float32"


_check_before(steps=4, dtype=np.float32, skip=0)
### BEGIN HIDDEN TESTS
_check_before(steps=6, dtype=np.float64, skip=3)
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "play_episode-endings", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
class _Steady(nn.Module):
    """Pushes left, always."""

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        return 0, torch.zeros((), requires_grad=True)


def _check_endings(steps: int, ending: str, max_steps: int | None, seed: int | None) -> None:
    env = ScriptedEnv([[1.0] * steps], ending=ending)
    episode = play_episode(env, _Steady(), seed, max_steps) if max_steps else play_episode(env, _Steady(), seed=seed)
    assert env.seeds == [seed], f"play_episode(..., seed={seed}) called reset with seed={env.seeds[0]}: " + (
        "0 is a seed like any other" if seed == 0 else "hand the seed on"
    )
    wanted = min(steps, max_steps or steps)
    case = f"a world that says {ending} after {steps} steps, with max_steps={max_steps}"
    got, taken = len(episode.rewards), len(env.actions[0])
    assert max_steps or taken == steps, f"{case}: you stopped after {taken} steps, but None means no limit"
    assert not (max_steps and got == max_steps + 1), f"{case}: you took {got} steps, one more than max_steps allows"
    assert got == wanted, f"{case}: should take {wanted} steps, but you took {got}"
    cut = max_steps is not None and max_steps < steps
    assert not (cut and episode.truncated), (
        f"{case}: truncated is True, but the world has not said so; max_steps is our own scissors"
    )
    for flag in ("terminated", "truncated"):
        value = getattr(episode, flag)
        assert isinstance(value, bool | np.bool_), f"{flag} is a {type(value).__name__}, but should be a bool"
    said = (ending != "truncated" and not cut, ending != "terminated" and not cut)
    flags = (bool(episode.terminated), bool(episode.truncated))
    assert any(flags) or max_steps != steps, (
        f"{case}: both flags are False, but the world did end at that very step, and its word counts"
    )
    assert flags == said or flags != said[::-1], f"{case}: the flags terminated and truncated have changed places"
    assert flags == said or not all(flags), f"{case}: both flags are True, but they are two things: record each alone"
    assert flags == said, f"{case}: the flags (terminated, truncated) are {flags}, but should be {said}"


_check_endings(steps=3, ending="terminated", max_steps=None, seed=11)
_check_endings(steps=4, ending="truncated", max_steps=None, seed=None)
_check_endings(steps=5, ending="terminated", max_steps=3, seed=12)
_check_endings(steps=2, ending="terminated", max_steps=2, seed=0)
_check_endings(steps=600, ending="truncated", max_steps=None, seed=1)
### BEGIN HIDDEN TESTS
_check_endings(steps=1200, ending="terminated", max_steps=None, seed=2)
_check_endings(steps=4, ending="both", max_steps=None, seed=13)
_check_endings(steps=4, ending="terminated", max_steps=4, seed=14)
_check_endings(steps=4, ending="truncated", max_steps=9, seed=0)
_check_endings(steps=6, ending="truncated", max_steps=1, seed=15)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3 · returns
# ●●○○○ · 15 min · 4 points
#
# The return of step $t$ sums what came from step $t$ on, its own reward included. Going **backwards**, each return is
# one addition away from the next:
#
# $$G_t = r_t + \gamma\, G_{t+1}, \qquad G_T = 0 .$$
#
# By hand, rewards $(1, 2, 3)$ and $\gamma = 0.5$: $G_2 = 3$, then $G_1 = 2 + 0.5 \cdot 3 = 3.5$, then
# $G_0 = 1 + 0.5 \cdot 3.5 = 2.75$.
#
# Details that count: the result is float64 even if the rewards are integers; an empty episode has an empty array of
# returns; a $\gamma$ outside of $[0, 1]$ raises `ValueError` (0 and 1 themselves are fine); and the work is
# proportional to $T$, not to $T^2$: 4,000 rewards in at most a quarter of a second. (Dividing a `cumsum` by $\gamma^t$
# looks clever and fails: $0.5^{2000}$ is zero on a computer.)


# %% nbgrader={"grade": false, "grade_id": "discounted_returns", "locked": false, "schema_version": 3, "solution": true, "task": false}
def discounted_returns(rewards: ArrayLike, gamma: float) -> np.ndarray:
    """The discounted return from each step on.

    Args:
        rewards: array-like of numbers, shape (T,); T may be 0.
        gamma: discount factor, 0 <= gamma <= 1.

    Returns:
        `G[t] = rewards[t] + gamma * G[t + 1]`, shape (T,), float64.

    Raises:
        ValueError: if gamma is outside of [0, 1].

    Example:
        >>> discounted_returns([1, 2, 3], 0.5)
        array([2.75, 3.5 , 3.  ])

    Source: Sutton & Barto, section 3.3, equation 3.9.
    """
    ### BEGIN SOLUTION
    if not 0 <= gamma <= 1:
        raise ValueError(f"gamma should lie in [0, 1], but is {gamma}")
    rewards = np.asarray(rewards, dtype=np.float64)
    returns = np.zeros_like(rewards)
    following = 0.0
    for t in reversed(range(len(rewards))):
        following = rewards[t] + gamma * following
        returns[t] = following
    return returns
    ### END SOLUTION


# %%
print("by hand: 2.75, 3.5, 3.0; by you:", discounted_returns([1, 2, 3], 0.5))
fig, ax = plt.subplots()
for gamma, style in ((1.0, "-"), (0.95, "--"), (0.8, ":")):
    ax.plot(discounted_returns(np.ones(50), gamma), f"k{style}", label=rf"$\gamma = {gamma}$")
ax.set(
    xlabel="step t", ylabel=r"return $G_t$ (points)", title="Returns of a 50-step CartPole episode, one point per step"
)
ax.legend()
plt.show()

# %% [markdown]
# **What to see.** With $\gamma = 1$ early steps get more credit than late ones, in a straight line. With a small
# $\gamma$ nearly all steps look alike, except for the last few before the fall. Here we use 1: every step counts the
# same, and episodes end.


# %% nbgrader={"grade": true, "grade_id": "discounted_returns-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_discounted_returns(rewards, gamma):
    if not 0 <= gamma <= 1:
        raise ValueError(f"gamma should lie in [0, 1], but is {gamma}")
    returns = np.array(rewards, dtype=np.float64)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns


### END HIDDEN TESTS
_late = "it looks as if step t's own reward was left out, so that the sum starts one step late"
_forwards = "it looks as if the sum ran forwards, over what came before step t"
_got = discounted_returns([1.0, 2.0, 3.0], 0.5)
assert isinstance(_got, np.ndarray), f"discounted_returns gave a {type(_got).__name__}, but should give a NumPy array"
assert _got.shape == (3,), f"3 rewards gave returns of shape {_got.shape}, but should give (3,)"
expect_close(
    _got,
    [2.75, 3.5, 3.0],
    "G",
    (
        ([3.5, 3.0, 0.0], _late),
        ([1.75, 1.5, 0.0], _late),
        ([2.75, 2.75, 2.75], "it looks as if every step got the return of the whole episode"),
        (
            [2.75, 1.75, 0.75],
            "it looks as if the discount was counted from the episode's start (gamma ** t), not from step t",
        ),
        ([1.0, 2.5, 4.25], _forwards),
        ([1.0, 2.0, 2.75], _forwards),
        ([1.0, 3.0, 6.0], _forwards),
        ([6.0, 5.0, 3.0], "it looks as if gamma was never used"),
        ([3.0, 3.5, 2.75], "right numbers in the wrong order: turn the list round after going backwards"),
        ([1.0, 2.0, 3.0], "these are the rewards themselves, nothing that follows was added"),
        ([1.375, 1.75, 1.5], "it looks as if a step's own reward was discounted as well"),
        ([3.0, 2.5, 1.5], "it looks as if gamma shrinks each reward, but not the return that follows"),
    ),
    atol=1e-9,
)
expect_close(discounted_returns([0.0, 0.0, 4.0, 0.0], 0.5), [1.0, 2.0, 4.0, 0.0], "G", atol=1e-9)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(30)
for _steps, _gamma in ((1, 0.3), (6, 0.9), (13, 1.0), (40, 0.99)):
    _rewards = _rng.normal(size=_steps)
    _right = [sum(_gamma ** (_k - _t) * _rewards[_k] for _k in range(_t, _steps)) for _t in range(_steps)]
    expect_close(discounted_returns(_rewards, _gamma), _right, "G", atol=1e-9)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "discounted_returns-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
_got = np.asarray(discounted_returns(np.array([1, 2, 3]), 0.5))
assert not np.array_equal(_got, [2, 3, 3]), (
    f"integer rewards gave {_got}: an array of integers (zeros_like?) cut off the fractions"
)
assert _got.dtype == np.float64, f"integer rewards gave the dtype {_got.dtype}, but it should be float64"
try:
    _empty = np.asarray(discounted_returns([], 0.9))
except IndexError as _error:
    raise AssertionError(
        f"an empty episode raised IndexError ({_error}): no rewards should give an empty array"
    ) from None
assert _empty.shape == (0,), f"no rewards should give an empty array, not {_empty!r}"
_rewards = np.array([1.0, 2.0, 3.0])
discounted_returns(_rewards, 0.5)
assert np.array_equal(_rewards, [1.0, 2.0, 3.0]), f"the caller's rewards were changed to {_rewards}: work on a copy"
for _gamma in (-0.1, 1.01):
    try:
        discounted_returns([1.0, 2.0], _gamma)
    except ValueError:
        continue
    except AssertionError:
        raise AssertionError(f"gamma = {_gamma} raised AssertionError, but should raise ValueError") from None
    raise AssertionError(f"gamma = {_gamma} should raise ValueError, but was accepted")
for _gamma in (0, 1):
    try:
        _got = np.asarray(discounted_returns((5, 7), _gamma))
    except ValueError:
        raise AssertionError(f"gamma = {_gamma} lies in [0, 1], but raised ValueError") from None
    assert np.all(np.isfinite(_got)), f"gamma = {_gamma} gave {_got}: something was divided by zero"
### BEGIN HIDDEN TESTS
for _kind in (list, tuple, np.array, lambda _r: np.array(_r, dtype=np.float32)):
    _got = np.asarray(discounted_returns(_kind([2, 0, 1, 4]), 0.25))
    assert _got.dtype == np.float64, f"returns of dtype {_got.dtype}, but should be float64"
assert np.asarray(discounted_returns(np.array([]), 1.0)).dtype == np.float64, (
    "an empty result should have dtype float64, too"
)
for _gamma in (-1e-6, 2, 99, float("inf")):
    try:
        discounted_returns([], _gamma)
    except ValueError:
        continue
    raise AssertionError(f"gamma = {_gamma} should raise ValueError, also for an empty episode")
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "discounted_returns-speed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_speed(gamma: float, steps: int = 4000) -> None:
    for _ in range(3):  # the best of three, unless the first is hopeless
        start = time.process_time()
        got = discounted_returns(np.ones(steps), gamma)
        seconds = time.process_time() - start
        if not 0.25 < seconds < 1.0:
            break
    assert seconds <= 0.25, (
        f"{steps} rewards took {seconds:.2f} s: O(T * T) work? Each return is one step from the next"
    )
    assert np.all(np.isfinite(got)), (
        f"gamma = {gamma} and {steps} rewards gave nan or inf: was something divided by gamma ** t?"
    )
    right = (1 - gamma ** np.arange(steps, 0, -1.0)) / (1 - gamma)
    expect_close(got, right, f"gamma = {gamma}, every reward 1: G")


_check_speed(0.5)
### BEGIN HIDDEN TESTS
_check_speed(0.999)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4 · standardising
# ●●○○○ · 10 min · 3 points
#
# In CartPole all returns are positive. Then $\sum_t G_t \nabla \log \pi$ pushes **every** action up, and only the
# difference in push matters: the long bars of the first picture. So most code *standardises* the returns of an episode
# before using them:
#
# $$\hat G_t = \frac{G_t - \bar G}{s_G},$$
#
# with $\bar G$ the mean of this episode's returns and $s_G$ their standard deviation (dividing by $T$ or by $T - 1$:
# both are accepted). For instance $(3, 2, 1)$ becomes $(1.22, 0, -1.22)$ with the one and $(1, 0, -1)$ with the other:
# *better than this episode's average, make it likelier; worse, less likely.*
#
# Honesty demands a footnote: this is a habit of practice and is not in Williams' paper. A mean taken over the same
# episode depends on the actions that it judges, so the gradient is no longer quite unbiased, and dividing by $s_G$
# makes all episodes shout equally loud. It works here because an early push matters to all that follows, and a late one
# only to the last moments.
#
# The two traps: an episode of **one step** has no spread (torch's `std` says nan, and one nan ruins every weight of the
# network), and an episode of **equal returns** has none either, but rounding may say otherwise: in float32 the mean of
# ten copies of 0.1 need not be 0.1, and a tiny number divided by a tiny number is a large one. In both cases the result
# is exactly zeros. If you add a small epsilon to $s_G$, at most 1e-6.


# %% nbgrader={"grade": false, "grade_id": "standardize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize(returns: torch.Tensor) -> torch.Tensor:
    """Shift and scale to zero mean and unit standard deviation.

    Args:
        returns: float tensor, shape (T,), T >= 1.

    Returns:
        a new float tensor of shape (T,); exactly zeros if T is 1 or all entries are equal.

    Example:
        >>> standardize(torch.tensor([0.1, 0.1, 0.1]))
        tensor([0., 0., 0.])

    Source: common practice, for instance https://github.com/pytorch/examples (reinforcement_learning).
    """
    ### BEGIN SOLUTION
    if torch.all(returns == returns[0]):
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()
    ### END SOLUTION


# %%
copies = torch.full((10,), 0.1)
print("mean of ten copies of 0.1, less 0.1:", (copies.mean() - copies[0]).item())
print("std of those ten copies:            ", copies.std().item())
print("standardised (3, 2, 1):             ", standardize(torch.tensor([3.0, 2.0, 1.0])))


# %% nbgrader={"grade": true, "grade_id": "standardize-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_standardize(returns):
    if torch.all(returns == returns[0]):
        return torch.zeros_like(returns)
    return (returns - returns.mean()) / returns.std()


### END HIDDEN TESTS
def _check_standardize(returns: torch.Tensor) -> None:
    before = returns.clone()
    got = standardize(returns)
    assert torch.equal(returns, before), "standardize changed its input: make a new tensor"
    assert torch.is_tensor(got), f"standardize gave a {type(got).__name__}, but should give a tensor"
    assert got.is_floating_point(), f"standardize gave the dtype {got.dtype}, but should give floats"
    x = before.double().numpy()
    centred = x - x.mean()
    right = centred / x.std(ddof=1)
    if got.shape == right.shape:  # dividing by T is as good as by T - 1: compare with the nearer of the two
        right = min(right, centred / x.std(), key=lambda values: np.abs(values - got.double().numpy()).max())
    mistakes = (
        (centred, "the mean is subtracted, but nothing was divided by the standard deviation"),
        (x / x.std(), "divided by the standard deviation, but the mean was not subtracted"),
        (x / x.std(ddof=1), "divided by the standard deviation, but the mean was not subtracted"),
        (centred / x.var(), "it looks as if you divided by the variance, not by its root"),
        (centred / x.var(ddof=1), "it looks as if you divided by the variance, not by its root"),
        (
            (x - x.min()) / (x.max() - x.min()),
            "it looks as if you scaled to [0, 1]: subtract the mean, divide by the std",
        ),
        (x, "nothing was changed"),
        (0 * x, "these returns are not all equal, so they should not become zeros"),
        *(
            (centred / (x.std(ddof=ddof) + epsilon), f"{epsilon:g} added to the std is too much: at most 1e-6")
            for epsilon in (1e-5, 1e-4, 1e-3, 0.01, 0.1, 1.0)
            for ddof in (0, 1)
        ),
    )
    expect_close(got, right, "result", mistakes, atol=1e-3)


_check_standardize(torch.tensor([9.0, 6.0, 4.0, 2.0, 2.5]))
_check_standardize(torch.tensor([30.0, 10.0]))
_check_standardize(torch.tensor([0.31, 0.30, 0.32]))
### BEGIN HIDDEN TESTS
_check_standardize(torch.tensor([2.0, 5.0, 2.0]))
for _steps in (2, 3, 500):
    _check_standardize(torch.randn(_steps, generator=torch.Generator().manual_seed(40 + _steps)) * 3 - 20)
_check_standardize(torch.arange(200, 0, -1, dtype=torch.float32))
_check_standardize(torch.tensor([0.3, -0.1, 0.2, 0.2], dtype=torch.float64))
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "standardize-edges", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_no_spread(steps: int, value: float) -> None:
    case = f"{steps} return{'s' if steps > 1 else ''} of {value}"
    returns = torch.full((steps,), value)
    got = standardize(returns)
    assert torch.is_tensor(got) and got.shape == (steps,), (
        f"{case} should give a tensor of shape ({steps},), not {got!r}"
    )
    assert steps > 1 or not torch.isnan(got).any(), (
        f"{case} gave nan: a single return has no std (torch divides by T - 1), and one nan ruins all weights"
    )
    assert not torch.isnan(got).any(), f"{case} gave nan: equal returns have std 0, and one nan ruins all weights"
    assert torch.isfinite(got).all(), f"{case} gave infinity: a division by zero"
    largest = got.abs().max().item()
    assert largest < 0.01 or abs(value) < 100, (
        f"{case} gave {largest:.3g}, not 0: rounding errors grow with the numbers, so no fixed threshold fits them all"
    )
    for ddof in range(min(steps, 2)):
        blind = (returns - returns.mean()) / returns.std(correction=ddof)
        assert largest == 0 or not torch.allclose(got.to(blind), blind), (
            f"{case} gave {largest:.3g}, not 0: rounding makes their computed std a little more than 0, so compare the "
            "entries themselves"
        )
    assert largest < 0.01, (
        f"{case} gave {largest:.3g}, not 0: a rounding error was divided by a rounding error, and an epsilon does not "
        "make that zero"
    )
    assert largest == 0, (
        f"{case} gave {largest:.3g}, which is small but not exactly 0: test whether all entries are equal"
    )
    assert torch.equal(returns, torch.full((steps,), value)), "standardize changed its input: make a new tensor"


_check_no_spread(1, 5.0)
_check_no_spread(4, 2.0)
for _value in (0.1, 300.3):
    for _steps in range(5, 15):
        _check_no_spread(_steps, _value)
### BEGIN HIDDEN TESTS
_check_no_spread(1, -0.3)
_check_no_spread(6, 0.0)
for _value in (0.7, 1 / 3, 7.7, -333.3):
    for _steps in (2, 3, 11, 57, 499):
        _check_no_spread(_steps, _value)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5 · the loss
# ●●○○○ · 10 min · 4 points
#
# An optimizer goes **down**, and we want to go **up** the gradient $\sum_t \hat G_t \nabla \log \pi(a_t \mid s_t)$. So
# we give it a scalar whose gradient is the negative of that:
#
# $$L = -\sum_t \hat G_t \log \pi_\theta(a_t \mid s_t).$$
#
# For log-probabilities $(-0.5, -1, -2)$ and returns $(3, -1, 2)$: $L = -(-1.5 + 1 - 4) = 4.5$. The mean instead of the
# sum is fine (1.5): that is a smaller step.
#
# $L$ is not a loss in the usual sense. Its value says nothing about how well the policy plays, and it may well go up
# while you learn: only its gradient means something. Two things to guard:
# - The returns are **data**. If they happen to carry a graph (one day they will come from another network), no gradient
#   may flow into them.
# - Shapes that differ raise `ValueError`. `(T,)` times `(T, 1)` is a perfectly good `(T, T)` for torch, and a perfectly
#   wrong loss for you; `(1,)` and `()` broadcast as quietly.


# %% nbgrader={"grade": false, "grade_id": "reinforce_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reinforce_loss(log_probs: torch.Tensor, returns: torch.Tensor) -> torch.Tensor:
    """The scalar whose gradient is minus the policy gradient.

    Args:
        log_probs: log-probabilities of the actions taken, shape (T,), with their graph.
        returns: the weight of each step, shape (T,); no gradient flows into it.

    Returns:
        minus the sum (or the mean) of `log_probs * returns`, shape ().

    Raises:
        ValueError: if the two shapes differ in any way.

    Example:
        >>> reinforce_loss(torch.tensor([-0.5, -1.0, -2.0]), torch.tensor([3.0, -1.0, 2.0]))  # sum
        tensor(4.5000)

    Source: Williams (1992); Sutton & Barto, section 13.3.
    """
    ### BEGIN SOLUTION
    if log_probs.shape != returns.shape:
        raise ValueError(f"log_probs has shape {tuple(log_probs.shape)}, but returns has {tuple(returns.shape)}")
    return -(log_probs * returns.detach()).sum()
    ### END SOLUTION


# %%
print(
    "by hand 4.5 (or 1.5 with the mean), by you:",
    reinforce_loss(torch.tensor([-0.5, -1, -2]), torch.tensor([3.0, -1, 2])),
)


# %% nbgrader={"grade": true, "grade_id": "reinforce_loss-value", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_reinforce_loss(log_probs, returns):
    if log_probs.shape != returns.shape:
        raise ValueError(f"log_probs has shape {tuple(log_probs.shape)}, but returns has {tuple(returns.shape)}")
    return -(log_probs * returns.detach()).sum()


### END HIDDEN TESTS
def _check_loss(log_probs: list[float], returns: list[float]) -> None:
    logs, weights = torch.tensor(log_probs, requires_grad=True), torch.tensor(returns)
    loss = reinforce_loss(logs, weights)
    assert torch.is_tensor(loss), (
        f"the loss is a {type(loss).__name__}: without a tensor there is nothing to call backward on"
    )
    assert loss.shape == (), (
        f"the loss has shape {tuple(loss.shape)}: add (or average) the steps to one scalar, shape ()"
    )
    assert loss.requires_grad, "the loss has no graph: something detached the log-probabilities, so nothing can learn"
    logp, g, value = np.array(log_probs), np.array(returns), loss.item()
    for scale in (1, len(g)):
        for wrong, words in (
            ((logp * g).sum(), "the sign is turned, so that the optimizer would make good actions rarer"),
            (
                -logp.mean() * g.sum(),
                "the log-probabilities were averaged before they met the returns: multiply step by step first",
            ),
            (-logp.sum() * g.sum(), "two sums were multiplied: multiply step by step first, then add"),
            (-logp.sum(), "the returns play no part in it"),
            (-(np.exp(logp) * g).sum(), "it looks as if the probabilities were used, not their logarithms"),
            (-(logp * g[::-1]).sum(), "it looks as if one of the two runs backwards in time"),
        ):
            assert abs(value - wrong / scale) > 1e-4, (
                f"the loss is {value:.4g} but should be {-(logp * g).sum():.4g}: {words}"
            )
    total, mean = -(logp * g).sum(), -(logp * g).mean()
    assert min(abs(value - total), abs(value - mean)) < 1e-4, (
        f"the loss is {value:.4g} but should be {total:.4g} (the sum) or {mean:.4g} (the mean)"
    )
    loss.backward()
    right = -g if abs(value - total) < abs(value - mean) else -g / len(g)
    expect_close(logs.grad, right, "the loss's gradient in log_probs")
    assert torch.equal(weights, torch.tensor(returns)), "reinforce_loss changed the returns that it was given"


_check_loss([-0.5, -1.0, -2.0], [3.0, -1.0, 2.0])
### BEGIN HIDDEN TESTS
_check_loss([-0.7, -0.1, -1.3, -0.2, -3.1], [0.5, 1.75, -1.2, -0.9, 0.3])
_check_loss([-0.4, -2.5], [-1.5, 1.2])
_logs = torch.tensor([-0.6], requires_grad=True)
assert abs(reinforce_loss(_logs, torch.tensor([2.0])).item() - 1.2) < 1e-5, "one step: minus the product of the two"
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce_loss-data", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_data(steps: int) -> None:
    logits = torch.linspace(-1, 1, steps, requires_grad=True)
    source = torch.linspace(2, -1, steps, requires_grad=True)
    reinforce_loss(torch.nn.functional.logsigmoid(logits), 3 * source).backward()
    assert source.grad is None or torch.all(source.grad == 0), (
        "a gradient flowed into the returns: they are data, "
        "so detach them (or the network that predicts them will cheat)"
    )
    assert logits.grad is not None and torch.any(logits.grad != 0), "no gradient flowed into the log-probabilities"


_check_data(4)
### BEGIN HIDDEN TESTS
_check_data(7)
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce_loss-shapes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_shapes(*pairs: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    accepted, raised = [], []
    for logs, returns in pairs:
        try:
            reinforce_loss(-torch.ones(logs, requires_grad=True), torch.ones(returns))
        except ValueError:
            continue
        except Exception as error:
            raised.append(f"{logs} and {returns} raised {type(error).__name__}")
        else:
            accepted.append((logs, returns))
    words = " and ".join(map(str, accepted[0])) if accepted else ""
    assert not accepted or any(np.prod(logs) != np.prod(returns) for logs, returns in accepted), (
        f"shapes {words} were accepted: as many entries is not enough, compare the whole shapes"
    )
    assert not accepted, f"shapes {words} were broadcast without a word: any difference should raise ValueError"
    assert not raised, f"shapes {raised[0]}: compare the shapes yourself and raise ValueError"


reinforce_loss(-torch.ones(5, requires_grad=True), torch.ones(5))  # equal shapes are welcome
_check_shapes(((4,), (4, 1)), ((4,), (1,)), ((4,), ()), ((4,), (3,)))
### BEGIN HIDDEN TESTS
_check_shapes(((1, 5), (5,)), ((1,), (6,)), ((3, 1), (3,)), ((2,), (7,)), ((), (3,)))
### END HIDDEN TESTS

# %% [markdown]
# ## Two probes
#
# CartPole is a poor place to look for a bug: it takes a minute to say "hm". A **probe environment** takes a fraction of
# a second, has one right answer, and is built so that particular mistakes cannot find it. Ours have nothing to see but
# the number of the step, and only the **first** action counts:
#
# - **probe a**, two steps: if the first action was 1, step 0 pays 1. Step 1 pays nothing.
# - **probe b**, four steps: if the first action was 1, step 2 pays 1. Nothing else pays, and no other action matters.
#
# A sound learner ends with $p = \pi(1 \mid \text{step } 0) \ge 0.99$ on both after 300 episodes. `probe` trains any
# function with the signature `learn(env, policy, optimizer, episodes)` on one of them, and returns $p$ after each
# update. Keep this idea: with one line changed it tests the next algorithm that you write.
#
# (Why no probe with a single step, the simplest of all? Because standardising a single return makes it zero, as in
# exercise 4: there would be nothing to learn from.)


# %% nbgrader={"grade": false, "grade_id": "given-probes", "locked": true, "schema_version": 3, "solution": false, "task": false}
class ProbeEnv(gym.Env):
    """`steps` steps; step `pays_at` pays 1 if the first action was 1. The observation is the step, one-hot."""

    def __init__(self, steps: int, pays_at: int):
        self.steps, self.pays_at = steps, pays_at
        self.observation_space = gym.spaces.Box(0, 1, (steps,), np.float32)
        self.action_space = gym.spaces.Discrete(2)

    def observe(self) -> np.ndarray:
        return np.eye(self.steps + 1, self.steps, dtype=np.float32)[self.step_number]

    def reset(self, *, seed: int | None = None, options: dict | None = None) -> tuple[np.ndarray, dict]:
        super().reset(seed=seed)
        self.step_number, self.first_action = 0, None
        return self.observe(), {}

    def step(self, action: int) -> tuple[np.ndarray, float, bool, bool, dict]:
        if self.step_number == 0:
            self.first_action = int(action)
        reward = float(self.first_action == 1 and self.step_number == self.pays_at)
        self.step_number += 1
        return self.observe(), reward, self.step_number == self.steps, False, {}


PROBES = {"a": (2, 0), "b": (4, 2)}  # name: (steps, the step that pays)


def probe(
    learn: Callable, name: str, episodes: int = 300, seed: int = 0, policy_class: type | None = None
) -> np.ndarray:
    """The probability of the right first action after each update of `learn(env, policy, optimizer, episodes)`."""
    torch.manual_seed(seed)
    env = ProbeEnv(*PROBES[name])
    policy = (policy_class or CategoricalPolicy)(env.steps, 2)
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-2)
    first_obs = torch.eye(env.steps)[:1]
    trace = []
    optimizer.register_step_post_hook(lambda *_: trace.append(policy(first_obs).probs[0, 1].item()))
    learn(env, policy, optimizer, episodes)
    return np.array(trace)


# %% nbgrader={"grade": false, "grade_id": "given-training", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train_on_scores(scores: list, episodes: int, solved: float) -> tuple[list, list, torch.Tensor, list]:
    """For the checks: run `reinforce` in a world whose i-th episode has the score `scores[i]`, whatever you do.

    Returns what `reinforce` returned, the weights before training and after each episode, those held in the end, and
    for each call of `load_state_dict` whether there was something to load.
    """
    policy = TimedPolicy(2)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.05)
    env, weights = ScriptedEnv([[score + 1, -1.0] for score in scores]), [policy.theta.detach().clone()]

    def after_update(*_: object) -> None:
        weights[len(env.seeds) :] = [policy.theta.detach().clone()]

    optimizer.register_step_post_hook(after_update)
    torch.manual_seed(0)
    returned = reinforce(env, policy, optimizer, episodes, solved=solved)
    return returned, weights, policy.theta.detach(), policy.loaded


# %% [markdown]
# ### Exercise 6 · REINFORCE
# ●●●●○ · 35 min · 11 points
#
# Now the assembly. Make exercises 2 to 5 pass first: the checks below run on your versions of them. For episode
# $i = 0, 1, 2, \dots$
#
# 1. play it, with `seed + i` for the reset, so that a run can be repeated;
# 2. weigh its log-probabilities with `standardize(discounted_returns(...))` and make **one** update from the loss, with
#    fresh gradients;
# 3. append its **score**: the plain sum of its rewards, whatever $\gamma$ is;
# 4. if this was at least the 100th episode, look at the mean $m$ of the last 100 scores:
#     - if $m$ **exceeds** the best such mean so far, keep a *copy* of the weights as they are now, after the update (a
#       tie keeps the older copy);
#     - if $m$ has reached `solved` ($m \ge$ `solved`), stop.
#
# On return the policy holds the best copy; if there were fewer than 100 episodes, it simply keeps the latest weights.
# The list of scores contains every episode that was played, the one that stopped the training included.
#
# **Why keep a copy?** Because a policy that samples its actions keeps changing them, for better and for worse. And
# `state_dict()` is *not* a copy: it holds the very tensors that the optimizer overwrites. `copy.deepcopy` of it is one.
#
# **Whose dice?** The caller's. `reinforce` never calls `torch.manual_seed`: whoever wants to repeat a run seeds torch
# *before* the call.
#
# **A missing factor.** In Sutton and Barto's box for REINFORCE each update carries a factor $\gamma^t$ besides the
# return. It belongs there: the gradient of the discounted value *of the start state* counts step $t$ with weight
# $\gamma^t$. Nearly all code drops it, since with $\gamma = 0.99$ step 500 would hardly be trained
# ($0.99^{500} \approx 0.007$), although we care just as much that the pole stands then. What is left is, strictly, no
# longer the gradient of that discounted value. With $\gamma = 1$, as in the training below, both agree. We leave it
# out: $\gamma$ appears in $G_t$ and nowhere else.
#
# One update by hand, rewards $(1, 0, 2)$, $\gamma = 0.5$: returns $(1.5, 1, 2)$, standardised $(0, -1, 1)$. So the
# first action is left alone, the second one becomes rarer and the third one likelier. The score is 3.


# %% nbgrader={"grade": false, "grade_id": "reinforce", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reinforce(
    env: gym.Env,
    policy: nn.Module,
    optimizer: torch.optim.Optimizer,
    episodes: int,
    gamma: float = 1.0,
    seed: int = 0,
    solved: float = 475.0,
) -> list[float]:
    """Train `policy` in place with REINFORCE, one update per episode.

    Args:
        env: an environment with Gymnasium's API.
        policy: has `forward` and `act` as in exercise 1.
        optimizer: built over the policy's parameters.
        episodes: how many episodes to play at most.
        gamma: discount factor of the returns; there is no further factor gamma ** t.
        seed: episode i is reset with `seed + i`. Torch's random stream is the caller's.
        solved: stop once the mean of the last 100 scores reaches this.

    Returns:
        the undiscounted score of each episode played. The policy holds the weights with the best mean over 100
        episodes, or the latest ones if fewer than 100 episodes were played.

    Example: after `scores = reinforce(env, policy, optimizer, episodes=50)`, `len(scores)` is 50.

    Source: Williams (1992); Sutton & Barto, section 13.3.
    """
    ### BEGIN SOLUTION
    scores: list[float] = []
    best_mean, best_weights = -np.inf, None
    for i in range(episodes):
        episode = play_episode(env, policy, seed=seed + i)
        returns = torch.as_tensor(discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        loss = reinforce_loss(episode.log_probs, standardize(returns))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

        scores.append(float(episode.rewards.sum()))
        if len(scores) >= 100:
            mean = np.mean(scores[-100:])
            if mean > best_mean:
                best_mean, best_weights = mean, copy.deepcopy(policy.state_dict())
            if mean >= solved:
                break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores
    ### END SOLUTION


# %% [markdown]
# Does it learn? Ask the probes first.

# %%
for name in PROBES:
    start = time.perf_counter()
    trace = probe(reinforce, name, episodes=5 if GRADING else 300)
    print(f"probe {name}: p = {trace[-1]:.3f} after {len(trace)} updates, {time.perf_counter() - start:.1f} s")


# %% nbgrader={"grade": true, "grade_id": "reinforce-one_update", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_reinforce(env, policy, optimizer, episodes, gamma=1.0, seed=0, solved=475.0):
    scores, best_mean, best_weights = [], -np.inf, None
    for i in range(episodes):
        episode = reference_play_episode(env, policy, seed=seed + i)
        returns = torch.as_tensor(reference_discounted_returns(episode.rewards, gamma), dtype=torch.float32)
        optimizer.zero_grad()
        reference_reinforce_loss(episode.log_probs, reference_standardize(returns)).backward()
        optimizer.step()
        scores.append(float(episode.rewards.sum()))
        mean = np.mean(scores[-100:])
        if len(scores) >= 100 and mean > best_mean:
            best_mean, best_weights = mean, copy.deepcopy(policy.state_dict())
        if len(scores) >= 100 and mean >= solved:
            break
    if best_weights is not None:
        policy.load_state_dict(best_weights)
    return scores


### END HIDDEN TESTS
def _check_one_update(scripts: list, ending: str, seed: int) -> None:
    torch.manual_seed(seed)
    env, policy = ScriptedEnv(scripts, ending=ending), TimedPolicy(max(map(len, scripts)))
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.3)
    rounds, weights, graded = [], [policy.theta.detach().clone()], []

    def after_update(*_: object) -> None:
        rounds.append(len(env.seeds))
        graded.append(policy.theta.grad is not None)
        weights.append(policy.theta.detach().clone())

    optimizer.register_step_post_hook(after_update)
    reinforce(env, policy, optimizer, len(scripts))
    right = list(range(1, len(scripts) + 1))
    assert env.seeds, "reinforce never reset the environment, so it has played nothing"
    assert len(env.seeds) == len(scripts), f"episodes={len(scripts)}, but {len(env.seeds)} were played"
    assert rounds, "optimizer.step was never called: each episode should end with one update"
    steps = sum(map(len, scripts))
    assert len(rounds) != steps, (
        f"{steps} steps made {steps} updates: update once per episode, when all returns are known"
    )
    assert rounds == right, f"the updates came after the episodes {rounds}, but should come once after each of {right}"
    for i, script in enumerate(scripts):
        change = (weights[i + 1] - weights[i]).abs()
        assert graded[i], f"update {i + 1} found no gradient: is loss.backward() called before optimizer.step()?"
        assert torch.isfinite(weights[i + 1]).all(), (
            f"episode {i + 1} had {len(script)} step{'s' * (len(script) > 1)}, and its update made weights nan: "
            "weigh with standardize, which knows what to do there"
        )
        assert torch.all(change[len(script) :] == 0), (
            f"episode {i + 1} had {len(script)} steps, but its update moved weights of later steps, "
            "which only earlier episodes "
            "had seen: gradients pile up until optimizer.zero_grad()"
        )


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_one_update([[1.0, 0.0, 2.0, 5.0], [3.0, 1.0], [0.0, 4.0, 2.0], [2.0]], ending="terminated", seed=60)
    ### BEGIN HIDDEN TESTS
    _check_one_update(
        [[1.0, 2.0, 0.0], [3.0, 2.0, 2.0, 2.0, 0.5], [7.0, -1.0], [4.0], [0.5, 1.0, 2.0]], ending="truncated", seed=61
    )
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce-weights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _weights_used(script: list, seed: int, **options: float) -> np.ndarray:
    """What each step's `grad log pi` was multiplied with in one update, up to a positive factor."""
    torch.manual_seed(seed)
    env, policy = ScriptedEnv([script]), TimedPolicy(len(script))
    reinforce(env, policy, torch.optim.SGD(policy.parameters(), lr=0.3), 1, **options)
    return policy.theta.detach().double().numpy() / (np.array(env.actions[0]) - 0.5)  # untrained, p is 0.5 at each step


def _check_weights(script: list, gamma: float, seed: int, default: bool = False) -> None:
    steps, options = len(script), {} if default else {"gamma": gamma}

    def returns(discount: float) -> np.ndarray:
        return np.array([sum(discount ** (k - t) * script[k] for k in range(t, steps)) for t in range(steps)])

    def unit(weights: np.ndarray) -> np.ndarray:
        return weights / np.sqrt(np.sum(weights**2))

    def standard(weights: np.ndarray) -> np.ndarray:
        return unit(weights - weights.mean())

    got, factor = _weights_used(script, seed, **options), gamma ** np.arange(steps)
    assert np.any(np.abs(got) > 1e-5), (
        "the update was zero: did every step get the same weight, such as the whole return?"
    )
    right = standard(returns(gamma))
    tail = returns(gamma)[1:]
    mistakes = [
        (-right, "the sign is turned: the better an action, the rarer it becomes"),
        (unit(returns(gamma)), "the returns were not standardised"),
        (standard(np.array(script)), "these are standardised rewards, not returns: what follows a step is missing"),
        (standard(np.append(tail, 0.0)), "the return of the next step was used: a step's own reward is missing"),
        (standard(np.cumsum(script)), "it looks as if the rewards before a step were summed, not those from it on"),
    ]
    if gamma < 1:
        extra = "there is a factor gamma ** t, which this version of REINFORCE leaves out"
        mistakes += [(unit(right * factor), extra), (standard(returns(gamma) * factor), extra)]
        mistakes += [(standard(returns(1.0)), f"gamma={gamma} was given, but the returns are undiscounted")]
    if default:
        for other in (0.9, 0.95, 0.98, 0.99, 0.999):
            mistakes += [(standard(returns(other)), "gamma was not given, and should then be 1.0")]
    expect_close(unit(got), right, f"gamma={gamma}: relative weight", tuple(mistakes), atol=1e-4)


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_weights([1.0, 0.0, 2.0, -1.0, 0.5], gamma=0.5, seed=62)
    _check_weights([1.0, 1.0, 3.0, 1.0], gamma=1.0, seed=63, default=True)
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(64)
    for _gamma, _steps in ((0.9, 6), (0.7, 3)):
        _check_weights([float(_r) for _r in _rng.normal(size=_steps)], _gamma, seed=64)
    for _name in PROBES:
        _p = probe(reinforce, _name, episodes=150, policy_class=ReferenceCategoricalPolicy)[-1]
        assert _p > 0.8, f"probe {_name}: p = {_p:.2f} after 150 episodes, but a sound learner is above 0.95 by then"
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce-scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_scores(scripts: list, gamma: float) -> None:
    torch.manual_seed(0)
    policy = TimedPolicy(max(map(len, scripts)))
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.1)
    got = reinforce(ScriptedEnv(scripts, ending="truncated"), policy, optimizer, len(scripts), gamma)
    assert isinstance(got, list), f"reinforce returned a {type(got).__name__}, but should return a list of scores"
    assert len(got) == len(scripts), f"{len(scripts)} episodes should give {len(scripts)} scores, not {len(got)}"
    assert all(isinstance(score, int | float | np.number) for score in got), f"scores should be numbers, not {got[0]!r}"
    right = [sum(script) for script in scripts]
    mistakes = (
        ([sum(gamma**t * r for t, r in enumerate(s)) for s in scripts], "a score is the plain sum, without gamma"),
        ([len(s) for s in scripts], "this is the number of steps, which is the score in CartPole only"),
        ([sum(s) / len(s) for s in scripts], "this is the mean reward, but a score is the sum"),
        (np.cumsum(right), "the scores add up from episode to episode"),
    )
    expect_close(got, right, "scores", mistakes)


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_scores([[1.0, 0.5, 2.0], [3.0, 0.0], [-1.0, 2.0, 2.0, 4.0]], gamma=0.5)
    ### BEGIN HIDDEN TESTS
    _check_scores([[2.5, -1.0], [0.5, 0.5, 0.25], [1.0, 2.0, 3.0, 0.0, 1.5], [6.0, 1.0]], gamma=0.9)
    _check_scores([[1.0], [2.0, 2.0]], gamma=0.8)
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce-seeds", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _play(seed: int, torch_seed: int, episodes: int) -> ScriptedEnv:
    torch.manual_seed(torch_seed)
    env, policy = ScriptedEnv([[1.0, 0.0, 3.0, 2.0]]), TimedPolicy(4)
    reinforce(env, policy, torch.optim.SGD(policy.parameters(), lr=0.01), episodes, seed=seed)
    return env


def _check_seeds(seed: int, episodes: int) -> None:
    got, right = _play(seed, 1, episodes).seeds, [seed + i for i in range(episodes)]
    assert got != [seed] * episodes, f"every reset got the seed {seed}: each episode would start the same; use seed + i"
    assert got != [seed] + [None] * (episodes - 1), (
        "only the first reset was seeded, but episode i should reset with seed + i"
    )
    assert set(got) != {None}, f"seed={seed} never reached env.reset: episode i should reset with seed + i"
    assert got != list(range(episodes)), f"the resets got the seeds {got}: seed={seed} itself was left out of seed + i"
    assert got == right, f"the resets got the seeds {got}, but should get seed + i, {right}"


def _check_stream() -> None:
    first, again, other = (_play(0, torch_seed, 8).actions for torch_seed in (1, 1, 2))
    assert first != other, (
        "two runs after different torch.manual_seed calls did the very same: "
        "reinforce should not seed torch itself (nor play argmax)"
    )
    assert first == again, (
        "two runs after the same torch.manual_seed differ: something draws from another random stream"
    )


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_seeds(seed=40, episodes=4)
    _check_stream()
    ### BEGIN HIDDEN TESTS
    _check_seeds(seed=1234, episodes=7)
    assert _play(5, 1, 3).seeds == [5, 6, 7], "episode i should reset with seed + i"
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce-stopping", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_stopping(scores: list, solved: float) -> None:
    got, *_ = train_on_scores(scores, len(scores), solved)
    means = [np.mean(scores[n - 100 : n]) for n in range(100, len(scores) + 1)]
    right = next((n for n, mean in enumerate(means, 100) if mean >= solved), len(scores))
    case = f"the mean of the last 100 scores first reaches solved={solved} with episode {right}"
    assert len(got) != right - 1, (
        f"{case}, but the list has {len(got)} scores: the episode that stops the training belongs to it"
    )
    assert len(got) >= 100, f"training stopped after {len(got)} episodes: a mean of 100 scores needs 100 scores"
    assert (len(got), right) != (101, 100), f"{case}, but you stopped at 101: after 100 episodes there are 100 scores"
    single = next((n for n in range(100, len(scores) + 1) if scores[n - 1] >= solved), None)
    assert len(got) != single or single == right, (
        f"{case}, but you stopped at {len(got)}, where a single score reached it: look at the mean of the last 100"
    )
    longer = next((n for n in range(100, len(scores) + 1) if np.mean(scores[max(n - 101, 0) : n]) >= solved), None)
    assert len(got) != longer or longer == right, f"{case}, but you stopped at {len(got)}: the mean of the last 101?"
    strict = next((n for n, mean in enumerate(means, 100) if mean > solved), len(scores))
    assert len(got) != strict or strict == right, (
        f"{case}, but you stopped at {len(got)}: to reach it is enough (>=, not >)"
    )
    average = next((n for n in range(100, len(scores) + 1) if np.mean(scores[:n]) >= solved), None)
    assert len(got) != average or average == right, (
        f"{case}, but you stopped at {len(got)}: the mean of all scores, not the last 100?"
    )
    assert len(got) != len(scores) or right == len(scores), f"{case}, but training went on to the end, {len(scores)}"
    assert len(got) == right, f"{case}, but training stopped after {len(got)}"
    assert np.allclose(got, scores[:right]), "the list should hold the score of each episode played, in order"


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_stopping([4.0] * 103 + [5.0] * 7, solved=4.0)
    _check_stopping([8.0] * 30 + [0.0] * 70 + [10.0] * 60, solved=3.5)
    ### BEGIN HIDDEN TESTS
    _check_stopping([3.0] * 105, solved=50.0)
    _check_stopping([0.0] * 50 + [6.0] * 100, solved=5.4)
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "reinforce-best", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_best(scores: list, solved: float = 1e9) -> None:
    nothing = "with fewer than 100 episodes there is no best copy to load"
    try:
        returned, weights, held, loaded = train_on_scores(scores, len(scores), solved)
    except Exception as error:
        why = nothing if len(scores) < 100 else "see the checks above"
        raise AssertionError(f"{len(scores)} episodes raised {type(error).__name__} ({error}): {why}") from error
    assert all(loaded), f"{len(scores)} episodes, and then None was loaded: {nothing}"
    matches = [n for n, w in enumerate(weights) if torch.equal(w, held)]
    played = len(weights) - 1
    assert played == len(returned) > 0, (
        "not every episode was followed by an update: see the first check of this exercise"
    )
    assert not torch.equal(weights[0], weights[-1]), (
        "training changed no weight at all: see the first check of this exercise"
    )
    means = [np.mean(scores[n - 100 : n]) for n in range(100, played + 1)]
    right = 100 + int(np.argmax(means)) if means else played
    ties = [n for n, mean in enumerate(means, 100) if mean == max(means)]
    case = f"{played} episodes, the best mean of 100 scores after episode {right}"
    if not means:
        case = f"{played} episodes, so that no mean of 100 exists and the latest weights should stay"
    assert matches, f"{case}: the policy holds weights that it had after none of the updates"
    assert matches != [0], f"{case}: the policy holds the weights that it started with"
    n = matches[0]
    assert n == right or n != played or max(means) > 0, (
        f"{case}: the policy holds the latest weights. All scores are negative here: does your best mean start at 0?"
    )
    assert n == right or n != played or not loaded, (
        f"{case}: the policy holds the latest weights, though you loaded some. state_dict() is not a copy: it holds "
        "the very tensors that the optimizer overwrites"
    )
    assert n == right or n != played, f"{case}: the policy holds the latest weights: the best copy was never loaded"
    assert n == right or n != right - 1, (
        f"{case}: the policy holds the weights from before that episode's update, copy after it"
    )
    assert n == right or n not in ties, (
        f"{case}: the policy holds those after {n}, which only tied with it: a tie keeps the older copy"
    )
    assert n == right or n >= 100, (
        f"{case}: the policy holds those after {n}: there is no mean of 100 scores before the 100th"
    )
    assert n == right, f"{case}: the policy holds the weights after episode {n}"


references = {}
### BEGIN HIDDEN TESTS
references = {
    "play_episode": reference_play_episode,
    "discounted_returns": reference_discounted_returns,
    "standardize": reference_standardize,
    "reinforce_loss": reference_reinforce_loss,
}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_best([9.0] * 5 + [1.0] * 75 + [4.0] * 36 + [1.0] + [0.0] * 8)
    _check_best([-5.0] * 100 + [-3.0] * 6 + [-9.0] * 4)
    _check_best([2.0, 3.0, 1.0])
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(65)
    _check_best([float(_s) for _s in _rng.integers(1, 30, size=170)])
    _check_best([float(_s) for _s in range(112, 0, -1)])
    _check_best([0.0] * 60 + [6.0] * 60, solved=3.0)
    _check_best([5.0] * 99)
    ### END HIDDEN TESTS

# %% [markdown]
# **And what would they say about wrong code?** Here five famous mistakes are swapped in for your functions, one at a
# time (with the helper that lets a check stand alone), and go through both probes. If you wrote everything out inside
# `reinforce` instead of calling your functions, the swap does nothing and all rows look healthy.

# %%
suspects: dict[str, dict[str, Callable]] = {
    "your code": {},
    "wrong sign": {"reinforce_loss": lambda log_probs, returns: (log_probs * returns).sum()},
    "only the immediate reward": {"discounted_returns": lambda rewards, gamma: np.array(rewards)},
    "rewards before, not after": {"discounted_returns": lambda rewards, gamma: np.cumsum(rewards)},
    "the whole return everywhere": {
        "discounted_returns": lambda rewards, gamma: np.full(len(rewards), np.sum(rewards))
    },
    "own reward left out": {"discounted_returns": lambda rewards, gamma: np.cumsum(rewards[::-1])[::-1] - rewards},
}
print(f"{'p(right first action)':30s}probe a  probe b")
for words, replacements in suspects.items():
    with judged_alone(**replacements):
        ends = [probe(reinforce, name, episodes=5 if GRADING else 300)[-1] for name in PROBES]
    print(f"{words:30s}{ends[0]:7.2f}{ends[1]:9.2f}")

# %% [markdown]
# Each mistake fails at least one probe, and the pattern tells you which one it is. Probe a alone would have let *only
# the immediate reward* pass: there, the reward comes at once. That is why there are two.

# %% [markdown]
# ### Exercise 7 · a fair examination
# ●●○○○ · 12 min · 4 points
#
# While training, the policy rolls dice, so a training score mixes what the policy *knows* with what it *tries*. An
# examination asks for the knowledge: in each state take the action with the largest logit, `policy(obs).logits`, the
# **greedy** action.
#
# An examiner should leave no traces. Training may go on right after, so the examination changes neither the policy's
# mode (if you switch to `eval`, switch back to whatever it *was*), nor its gradients, nor torch's random stream. (A
# greedy action needs no dice. Sampling "just once" here would change every later step of the training: the run with the
# examination would no longer be the run without.)
#
# Episodes should start differently, or else you examine one question many times: reset with `seed + i`, or give `seed`
# to the first reset only and none to the others. The result is the undiscounted score of each episode. Mind that
# `policy` wants a batch, of one if need be.


# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(policy: nn.Module, env: gym.Env, episodes: int, seed: int) -> np.ndarray:
    """Score a policy that always takes its most probable action.

    Args:
        policy: `policy(obs (B, obs_dim))` is a Categorical of batch shape (B,).
        env: an environment with Gymnasium's API.
        episodes: number of episodes.
        seed: of the first reset; episodes start differently.

    Returns:
        the undiscounted sum of rewards of each episode, shape (episodes,).

    Example: `evaluate(policy, env, 20, seed=0).mean()` is 500.0 for a policy that never drops the pole in CartPole-v1.

    Source: https://gymnasium.farama.org/api/env/ (`reset`, `step`).
    """
    ### BEGIN SOLUTION
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, _ = env.reset(seed=seed + i)
        over = False
        while not over:
            with torch.no_grad():
                logits = policy(torch.as_tensor(obs, dtype=torch.float32).unsqueeze(0)).logits
            obs, reward, terminated, truncated, _ = env.step(int(logits.argmax()))
            scores[i] += reward
            over = terminated or truncated
    return scores
    ### END SOLUTION


# %%
scores = evaluate(policy, cart, episodes=3 if GRADING else 20, seed=0)
print(
    f"the untrained policy, greedy: {scores.mean():.1f} points on average, "
    f"from {scores.min():.0f} to {scores.max():.0f}"
)


# %% nbgrader={"grade": true, "grade_id": "evaluate-greedy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_evaluate(policy, env, episodes, seed):
    scores = np.zeros(episodes)
    for i in range(episodes):
        obs, _ = env.reset(seed=seed + i)
        over = False
        while not over:
            with torch.no_grad():
                logits = policy(torch.as_tensor(obs, dtype=torch.float32).unsqueeze(0)).logits
            obs, reward, terminated, truncated, _ = env.step(int(logits.argmax()))
            scores[i] += reward
            over = terminated or truncated
    return scores


### END HIDDEN TESTS
def _check_greedy(theta: list[float], scripts: list, ending: str) -> None:
    torch.manual_seed(0)
    env, policy = ScriptedEnv(scripts, ending=ending), TimedPolicy(len(theta))
    with torch.no_grad():
        policy.theta.copy_(torch.tensor(theta))
    got = evaluate(policy, env, len(scripts), seed=0)
    assert isinstance(got, np.ndarray), (
        f"evaluate gave a {type(got).__name__}: return an array with one score per episode"
    )
    assert got.shape == (len(scripts),), (
        f"{len(scripts)} episodes gave shape {got.shape}, but should give ({len(scripts)},)"
    )
    favourites = [int(value > 0) for value in theta]
    right = [favourites[: len(script)] for script in scripts]
    opposite = [[1 - a for a in row] for row in right]
    assert env.actions != opposite, "the least probable action was taken each time: argmax, not argmin"
    assert env.actions == right, (
        f"the most probable actions of each episode are {right}, but {env.actions} were taken: were they sampled?"
    )
    sums = [sum(script) for script in scripts]
    mistakes = (
        ([len(s) for s in scripts], "this is the number of steps, not the sum of the rewards"),
        ([s[-1] for s in scripts], "this is the last reward, not the sum"),
        (np.cumsum(sums), "the score is not set back to zero between episodes"),
        ([sum(s[:-1]) for s in scripts], "the last reward is missing: add it before you leave the loop"),
    )
    expect_close(got, sums, "scores", mistakes)


_check_greedy(
    [0.4, -0.3, 0.2, -0.1], [[1.0, 0.5, 2.0, 1.0], [3.0, 0.25], [-1.0, 2.0, 2.0], [1.0, 1.0, 1.0, 0.5]], "terminated"
)
_check_greedy([0.2, -0.2], [[1.0, 2.5], [2.0, 0.5], [0.5]], "truncated")
### BEGIN HIDDEN TESTS
_check_greedy([-0.2, -0.1, 0.3, 0.1, -0.4], [[0.5] * 5, [2.0, 1.0, 0.0], [1.0, -3.0], [0.0, 0.25, 0.5, 1.0]], "both")
_check_greedy([0.1, 0.2, -0.2], [[1.5, 1.0, -0.5]], "truncated")


class _Favourite(nn.Module):
    def __init__(self):
        super().__init__()
        self.logits = nn.Parameter(torch.tensor([0.2, 0.1, 0.3]))

    def forward(self, obs):
        return Categorical(logits=self.logits.expand(*obs.shape[:-1], 3))


_env = ScriptedEnv([[1.0, 2.0], [0.5]])
_env.action_space = gym.spaces.Discrete(3)
_got = evaluate(_Favourite(), _env, 2, seed=3)
assert _env.actions == [[2, 2], [2]], f"of three actions the last is the most probable, but {_env.actions} were taken"
expect_close(_got, [3.0, 0.5], "scores")
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "evaluate-starts", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_starts(seed: int, episodes: int) -> None:
    env = ScriptedEnv([[1.0, 2.0]])
    evaluate(TimedPolicy(2), env, episodes, seed)
    got = env.seeds
    assert len(got) == episodes, f"{episodes} episodes made {len(got)} resets"
    assert set(got) != {seed}, (
        f"every reset got the seed {seed}: that is one question asked {episodes} times; use seed + i"
    )
    assert set(got) != {None}, f"seed={seed} never reached env.reset: the examination could not be repeated"
    right = [seed + i for i in range(episodes)]
    assert got in (right, [seed] + [None] * (episodes - 1)), (
        f"the resets got the seeds {got}, but should get {right}, or {seed} once and None afterwards"
    )


_check_starts(seed=30, episodes=4)
### BEGIN HIDDEN TESTS
_check_starts(seed=987, episodes=6)
### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "evaluate-traces", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def _check_traces(training: bool, seed: int) -> None:
    policy = TimedPolicy(3).train(training)
    with torch.no_grad():
        policy.theta.copy_(torch.tensor([0.2, -0.2, 0.1]))
    policy.theta.grad = torch.tensor([1.0, 2.0, 3.0])
    before = policy.theta.detach().clone()
    torch.manual_seed(seed)
    stream, env = torch.get_rng_state(), ScriptedEnv([[1.0, 0.0, 2.0]])
    evaluate(policy, env, 2, seed=0)
    moved = torch.get_rng_state()
    modes = {True: "train", False: "eval"}
    assert policy.training == training, (
        f"the policy came in {modes[training]} mode and left in {modes[not training]} mode: "
        "put back the mode that it had"
    )
    for new in (0, 1):
        torch.manual_seed(new)
        assert not torch.equal(moved, torch.get_rng_state()), (
            "torch was seeded: the training after the examination would differ from the one without"
        )
    assert torch.equal(moved, stream) or env.actions != [[1, 0, 1]] * 2, (
        "the actions are greedy, but torch's random stream has moved: something was sampled and not used"
    )
    assert torch.equal(moved, stream), "torch's random stream has moved, since actions were sampled"
    gradient = policy.theta.grad
    assert gradient is not None and torch.equal(gradient, torch.tensor([1.0, 2.0, 3.0])), (
        f"the policy's gradient was (1, 2, 3) before and is {gradient} after: leave it alone"
    )
    assert policy.theta.requires_grad, (
        "the policy's parameters no longer require gradients: use torch.no_grad() instead"
    )
    assert torch.is_grad_enabled(), (
        "gradients are switched off for everyone now: use torch.no_grad() in a with statement"
    )
    assert torch.equal(policy.theta.detach(), before), "the policy's weights have changed"


try:
    _check_traces(training=True, seed=71)
    _check_traces(training=False, seed=72)
    ### BEGIN HIDDEN TESTS
    _check_traces(training=True, seed=77)
    ### END HIDDEN TESTS
finally:
    torch.set_grad_enabled(True)

# %% [markdown]
# ## Three runs on CartPole
#
# Now the real thing, three times, since one run of a reinforcement learner is an anecdote. `watch` hangs a hook on the
# optimizer: after each update it may take a look, without `reinforce` knowing. Every 30 updates it holds a small greedy
# examination (your `evaluate`, which leaves no traces, so the run is the same with and without it) and measures the
# policy's mean **entropy** $-\sum_a \pi(a \mid s) \ln \pi(a \mid s)$ over 200 fixed states. A fair coin has
# $\ln 2 \approx 0.69$ nat; a policy that is sure of itself has 0. The runs take a minute or so. (We switch off the
# argument checks of torch's distributions meanwhile: that nearly halves the time.)


# %% nbgrader={"grade": false, "grade_id": "given-watch", "locked": true, "schema_version": 3, "solution": false, "task": false}
def some_states(count: int) -> torch.Tensor:
    """States that a policy of coin flips visits in CartPole, shape (count, 4)."""
    env, states = gym.make("CartPole-v1"), []
    env.action_space.seed(SEED)
    obs, _ = env.reset(seed=SEED)
    while len(states) < count:
        states.append(obs)
        obs, _, terminated, truncated, _ = env.step(env.action_space.sample())
        if terminated or truncated:
            obs, _ = env.reset()
    return torch.as_tensor(np.array(states))


def watch(
    policy: nn.Module, optimizer: torch.optim.Optimizer, label: str, episodes: int, every: int = 30
) -> dict[str, list]:
    """Keep a diary while `optimizer` works: greedy scores and entropy every `every` updates. Shows progress, too."""
    diary: dict[str, list] = {"update": [], "greedy": [], "entropy": []}
    env, states = gym.make("CartPole-v1"), some_states(200)
    updates, seconds, last = 0, 0.0, time.perf_counter()

    def after_update(*_: object) -> None:
        nonlocal updates, seconds, last
        updates += 1
        if updates % every == 0 or updates == 1:
            with torch.no_grad():
                entropy = policy(states).entropy().mean().item()
            diary["update"].append(updates)
            diary["entropy"].append(entropy)
            diary["greedy"].append(evaluate(policy, env, 3, seed=10_000))
            if not GRADING:
                now = time.perf_counter()
                left = (now - last) / every * (episodes - updates)
                seconds, last = seconds + now - last, now
                greedy = diary["greedy"][-1].mean()
                print(
                    f"\r{label}: {updates} episodes in {seconds:.0f} s, greedy {greedy:.0f}, "
                    f"at most {left:.0f} s left   ",
                    end="",
                )
                sys.stdout.flush()

    optimizer.register_step_post_hook(after_update)
    return diary


# %%
TRAINING_SEEDS = (1,) if GRADING else (1, 2, 3)
EPISODES = 3 if GRADING else 160  # with time to spare, 1_000: then each run goes on until it has solved the task

runs = []
Distribution.set_default_validate_args(False)
for seed in TRAINING_SEEDS:
    torch.manual_seed(seed)
    env = gym.make("CartPole-v1")
    policy = CategoricalPolicy(4, 2)
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-2)
    diary = watch(policy, optimizer, label=f"seed {seed}", episodes=EPISODES)
    scores = reinforce(env, policy, optimizer, EPISODES, gamma=1.0, seed=1000 * seed)
    final = evaluate(policy, env, episodes=1 if GRADING else 5, seed=20_000)
    runs.append({"seed": seed, "policy": policy, "scores": np.array(scores), "final": final, **diary})
    print(
        f"\nseed {seed}: {len(scores)} episodes, then greedy {final.mean():.0f} on average, at least {final.min():.0f}"
    )
Distribution.set_default_validate_args(True)

# %% [markdown]
# **What to see.** Dots: single training scores, sampled. Thick line: their moving mean over 100 episodes, the number
# that `reinforce` watches. Dashed with triangles: the greedy examination, its band from the worst to the best of three
# episodes. The greedy line runs far ahead of the moving mean. Where the dots dive, look at the greedy line:
# does it stay at the top (the dice were unlucky), or does it dive as well (something was unlearned)? And mind how the
# moving mean lags: where it is highest, the policy may already be past its best, and that is the one that is kept.
# Below: the entropy falls as the policy makes up its mind.

# %%
fig, axes = plt.subplots(
    2,
    len(runs),
    figsize=(4.2 * len(runs), 6),
    sharex="col",
    sharey="row",
    squeeze=False,
    height_ratios=(2, 1),
    layout="constrained",
)
for run, (top, bottom) in zip(runs, axes.T, strict=True):
    scores = run["scores"]
    top.plot(np.arange(1, len(scores) + 1), scores, ".", color="0.7", ms=3, label="sampled, one episode")
    if len(scores) >= 100:
        moving = np.convolve(scores, np.ones(100) / 100, mode="valid")
        top.plot(np.arange(100, len(scores) + 1), moving, "k-", lw=2.5, label="sampled, mean of the last 100")
    greedy = np.array(run["greedy"])
    top.fill_between(run["update"], greedy.min(axis=1), greedy.max(axis=1), color="C0", alpha=0.2)
    top.plot(run["update"], greedy.mean(axis=1), "C0^--", ms=4, label="greedy, 3 episodes")
    top.axhline(475, color="0.4", lw=1, ls=":", label="solved: 475")
    bottom.plot(run["update"], run["entropy"], "C3s-", ms=3, label="entropy")
    bottom.axhline(np.log(2), color="0.4", lw=1, ls=":", label="a fair coin")
    top.set_title(f"seed {run['seed']}")
    bottom.set(xlabel="episode", ylim=(0, 0.75))
axes[0, 0].set_ylabel("score (points, at most 500)")
axes[1, 0].set_ylabel("mean entropy (nat)")
handles = [line for ax in axes[:, 0] for line in ax.get_legend_handles_labels()[0]]
fig.legend(handles=handles, loc="outside lower center", ncols=3, fontsize=8)
plt.show()

# %% [markdown]
# ## What the trained policy does
#
# The last cell of a training is a number; the last cell of a *good* training is a film. Gymnasium draws each step when
# the environment is made with `render_mode="rgb_array"`; we keep every sixth picture at a third of its size.

# %%
if not GRADING:
    env = gym.make("CartPole-v1", render_mode="rgb_array")
    trained = max(runs, key=lambda run: run["final"].mean())["policy"]
    obs, _ = env.reset(seed=30_000)
    frames, over, score = [], False, 0.0
    while not over:
        if score % 6 == 0:
            frames.append(env.render()[130:340:3, ::3])
        with torch.no_grad():
            obs, reward, terminated, truncated, _ = env.step(int(trained(torch.as_tensor(obs)[None]).logits.argmax()))
        score += reward
        over = terminated or truncated
    env.close()

    fig, ax = plt.subplots(figsize=(3.6, 1.5), dpi=70)
    fig.subplots_adjust(0, 0, 1, 0.85)
    ax.axis("off")
    ax.set_title(f"greedy policy, {score:.0f} points", fontsize=8)
    picture = ax.imshow(frames[0])
    film = FuncAnimation(fig, lambda i: [picture.set_data(frames[i])], frames=len(frames), interval=120)
    html = film.to_jshtml()
    plt.close(fig)
    print(f"{len(frames)} pictures, {len(html) / 1e3:.0f} kB")
    display(HTML(html))

# %% [markdown]
# **What to see.** Small, quick corrections, and often a slow drift to one side: nobody has paid for standing in the
# middle.
#
# ## Facts worth knowing
#
# The three runs above end after 160 episodes, solved or not, to spare your patience. With the same set-up (32 ReLU
# units, Adam with 1e-2, $\gamma = 1$) we let ten seeds run until `solved`. They reached 475 after about 310 to 950
# episodes, half of them before the 490th, and the policy that each run handed back then scored 500 in all of 20 greedy
# episodes. Three lessons:
#
# - **The spread over seeds is part of the result.** The slowest seed needed three times as long as the fastest one.
#   Never compare two algorithms on one seed each.
# - **A seed is not a fate.** One of these seeds needed 425 episodes with the log-probabilities computed for a whole
#   episode at once, and 203 with exactly the same numbers computed step by step. One rounding error in one early weight
#   changes one throw of the dice, and everything after it. So your curves may differ from your neighbour's, on the same
#   seed.
# - **A dive of the sampled mean has two possible causes.** One of the ten seeds, trained on to 1,000 episodes instead
#   of stopping at its 314th, ended with a sampled mean of 464, while the greedy policy of that very network scored 500
#   in each of 20 episodes: it was the dice that were examined, not the knowledge. But we have also seen the greedy
#   score fall from 500 to about 100 within forty updates. Only the two curves together tell you which. Think about it
#   before exercise 9.

# %% [markdown]
# ### Exercise 8 · find three bugs
# ●●●○○ · 25 min · 6 points
#
# Three pieces of code from the wild, tidied up. Each runs, prints plausible numbers, and learns nothing. All three are
# used with standardised weights, as here. For each one: **show the symptom** in a number or a picture, **say the
# cause** in one sentence, **repair it**. Only the repair is graded. None of them is a word-for-word cousin of your own
# code, so read what they promise.
#
# First, the picture: three seeds of each suspect on probe b. The cell borrows your `reinforce` and plugs one suspect at
# a time into it.


# %% nbgrader={"grade": false, "grade_id": "given-suspects", "locked": true, "schema_version": 3, "solution": false, "task": false}
torch.set_grad_enabled(True)  # whatever the cells above have left behind


def given_loss(log_probs: list[torch.Tensor], weights: list[torch.Tensor]) -> torch.Tensor:
    """REINFORCE's loss of a batch; `log_probs[i]` and `weights[i]` belong to episode i and have shape (T_i,)."""
    losses = []
    for episode_log_probs, episode_weights in zip(log_probs, weights, strict=True):
        surprise = -episode_log_probs.mean()
        losses.append((surprise * episode_weights).sum())
    return torch.stack(losses).mean()


def given_act(policy: nn.Module, observations: np.ndarray) -> tuple[np.ndarray, torch.Tensor]:
    """Training actions for N observations (N, obs_dim): actions (N,) int64, and their log-probabilities (N,)."""
    best = policy(torch.as_tensor(observations, dtype=torch.float32)).probs.max(dim=-1)
    return best.indices.numpy(), best.values.log()


def given_weights(rewards: ArrayLike, gamma: float) -> np.ndarray:
    """The standardised weight of each step of one episode, shape (T,)."""
    total = np.polyval(np.asarray(rewards, dtype=np.float64)[::-1], gamma)  # r_0 + gamma r_1 + gamma^2 r_2 + ...
    weights = np.repeat(total, len(rewards))
    return (weights - weights.mean()) / (weights.std() + 1e-8)


# %%
class ActsLikeGiven(CategoricalPolicy):
    """Your policy with `given_act` for its `act`."""

    def act(self, obs: np.ndarray) -> tuple[int, torch.Tensor]:
        actions, log_probs = given_act(self, obs[None])
        return int(actions[0]), log_probs[0]


line_up = {
    "your code": ({}, None),
    "given_loss": ({"reinforce_loss": lambda log_probs, returns: given_loss([log_probs], [returns])}, None),
    "given_act": ({}, ActsLikeGiven),
    "given_weights": ({"discounted_returns": given_weights, "standardize": lambda returns: returns}, None),
}
fig, axes = plt.subplots(1, len(line_up), figsize=(12, 3), sharey=True)
for ax, (name, (replacements, policy_class)) in zip(axes, line_up.items(), strict=True):
    for seed, style in ((2, "-"), (3, "--"), (7, ":")):
        with judged_alone(**replacements):
            trace = probe(reinforce, "b", 3 if GRADING else 300, seed, policy_class)
        ax.plot(np.arange(1, len(trace) + 1), trace, f"k{style}", label=f"seed {seed}")
    ax.set(title=name, xlabel="episode", ylim=(-0.02, 1.02))
axes[0].set_ylabel("p(right first action)")
axes[0].legend(fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What to see.** Two of the suspects stay exactly where they started. The third one is stranger: perfect with one
# seed, and stuck with the other two. Which of its possible first guesses is the lucky one? Had we run that seed only,
# we would have called the code sound.
#
# **a) `fixed_loss`.** The loss of a *batch* of episodes, which is what you would write if you played several between
# two updates. Each step's log-probability should meet that step's own weight. Whether you sum or average over steps and
# over episodes is up to you; the weights are data.

# %% [markdown]
# *Your sentence:*

# %%
# The symptom of a): for instance the gradient of given_loss in some log-probabilities, with standardised weights.


# %% nbgrader={"grade": false, "grade_id": "fixed_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_loss(log_probs: list[torch.Tensor], weights: list[torch.Tensor]) -> torch.Tensor:
    """REINFORCE's loss of a batch of episodes, repaired.

    Args:
        log_probs: one tensor per episode, shape (T_i,), with its graph.
        weights: one tensor per episode, shape (T_i,), standardised returns; no gradient flows into them.

    Returns:
        the loss, shape (); sums or means over steps and episodes are both fine.

    Example: one episode with log-probabilities (-1, -2) and weights (1, -1) gives -1 (with sums).

    Source: Williams (1992).
    """
    ### BEGIN SOLUTION
    losses = []
    for episode_log_probs, episode_weights in zip(log_probs, weights, strict=True):
        losses.append(-(episode_log_probs * episode_weights.detach()).sum())
    return torch.stack(losses).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fixed_loss-gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_fixed_loss(weights: list[list[float]], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    logs = [(-2 * torch.rand(len(w), generator=generator)).requires_grad_() for w in weights]
    data = [torch.tensor(w, requires_grad=True) for w in weights]
    loss = fixed_loss(logs, data)
    assert torch.is_tensor(loss) and loss.shape == (), f"fixed_loss gave {loss!r}, but should give a tensor of shape ()"
    assert loss.requires_grad, "the loss has lost its graph"
    loss.backward()
    assert all(d.grad is None or torch.all(d.grad == 0) for d in data), (
        "a gradient flowed into the weights, but they are data"
    )
    for i, (log, weight) in enumerate(zip(logs, data, strict=True)):
        right = -weight.detach()
        gradient = log.grad
        assert gradient is not None, f"no gradient reached the log-probabilities of episode {i}"
        assert gradient.abs().max() > 1e-5, (
            f"the gradient of episode {i} is still zero: standardised weights sum to zero, so a common factor cancels"
        )
        assert not torch.allclose(gradient, gradient[0].expand_as(gradient), atol=1e-5), (
            f"all steps of episode {i} get the same gradient: each log-probability should meet its own weight"
        )
        gradient, right = gradient / gradient.norm(), right / right.norm()
        assert not torch.allclose(gradient, -right, atol=1e-3), f"episode {i}: the repair has turned the sign"
        expect_close(gradient, right, f"episode {i}: relative gradient", atol=1e-3)


_check_fixed_loss([[1.2, 0.1, -1.3], [0.7, -0.7], [1.5, 0.0, -0.4, -1.1]], seed=80)
_check_fixed_loss([[1.2, 0.3, -0.2, -1.3]], seed=81)
### BEGIN HIDDEN TESTS
_rng = np.random.default_rng(82)
_batch = [_rng.normal(size=_steps) for _steps in (5, 2, 8, 3)]
_check_fixed_loss([[float(_w) for _w in _b - _b.mean()] for _b in _batch], seed=82)
### END HIDDEN TESTS

# %% [markdown]
# **b) `fixed_act`.** Training actions for N observations at once, as one needs for a vector of environments. It should
# do what the docstring promises for *training*: actions drawn from the policy, with the log-probabilities that belong
# to them, graph included.

# %% [markdown]
# *Your sentence:*

# %%
# The symptom of b): for instance how often each action is chosen in one state, or forty episodes of CartPole.


# %% nbgrader={"grade": false, "grade_id": "fixed_act", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_act(policy: nn.Module, observations: np.ndarray) -> tuple[np.ndarray, torch.Tensor]:
    """Actions for N observations, as they should be chosen while training.

    Args:
        policy: `policy(obs (N, obs_dim) float32 tensor)` is a Categorical of batch shape (N,).
        observations: float array, shape (N, obs_dim).

    Returns:
        actions (N,), an int64 array, and their log-probabilities (N,), a tensor with its graph.

    Example: with N = 5 both results have shape (5,).

    Source: Sutton & Barto, section 13.1.
    """
    ### BEGIN SOLUTION
    dist = policy(torch.as_tensor(observations, dtype=torch.float32))
    actions = dist.sample()
    return actions.numpy(), dist.log_prob(actions)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fixed_act-samples", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
class _Table(nn.Module):
    """Three actions; an observation is the number of a row of probabilities."""

    def __init__(self, probs: list[list[float]]):
        super().__init__()
        self.logits = nn.Parameter(torch.tensor(probs).log())

    def forward(self, obs: torch.Tensor) -> Categorical:
        return Categorical(logits=self.logits[obs[:, 0].long()])


def _check_fixed_act(probs: list[list[float]], repeats: int, seed: int) -> None:
    torch.manual_seed(seed)
    policy, rows = _Table(probs), np.tile(np.arange(len(probs)), repeats)
    actions, log_probs = fixed_act(policy, rows[:, None].astype(np.float32))
    assert isinstance(actions, np.ndarray), f"the actions are a {type(actions).__name__}, but should be an array"
    assert actions.shape == rows.shape, f"{len(rows)} observations gave actions of shape {actions.shape}"
    assert actions.dtype == np.int64, f"the actions have dtype {actions.dtype}, but should have int64"
    assert torch.is_tensor(log_probs) and log_probs.shape == rows.shape, (
        f"log_probs should be a tensor of shape ({len(rows)},)"
    )
    assert log_probs.requires_grad, "the log-probabilities have no graph: training differentiates through them"
    table = np.log(np.array(probs))
    assert np.any(actions != table[rows].argmax(axis=1)), (
        "still the most probable action each time: such a policy never finds out what the other actions are worth"
    )
    right = table[rows, actions]
    best = np.allclose(log_probs.detach().numpy(), table[rows].max(axis=1), atol=1e-4)
    assert not best, "the actions are sampled, but the log-probabilities are still those of the favourites"
    got = log_probs.detach().numpy()
    assert not np.allclose(got, np.exp(right), atol=1e-4), "these are the probabilities, not their logarithms"
    assert np.allclose(got, right, atol=1e-3), (
        "a log-probability does not belong to the action beside it: was it sampled twice?"
    )
    for row, p in enumerate(np.array(probs)):
        share = np.bincount(actions[rows == row], minlength=3) / repeats
        bound = 5.5 * np.sqrt(p * (1 - p) / repeats)
        assert np.all(np.abs(share - p) < bound), (
            f"row {row} has probabilities {p}, but its actions came with frequencies {share.round(2)}"
        )


_check_fixed_act([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7]], repeats=3000, seed=83)
### BEGIN HIDDEN TESTS
_check_fixed_act([[0.5, 0.05, 0.45], [0.34, 0.33, 0.33], [0.15, 0.8, 0.05], [0.2, 0.2, 0.6]], repeats=4000, seed=84)
### END HIDDEN TESTS

# %% [markdown]
# **c) `fixed_weights`.** The standardised weight of each step of **one** episode. The formula in *From one pull to an
# episode* says what it should be.

# %% [markdown]
# *Your sentence:*

# %%
# The symptom of c): for instance given_weights of some rewards of your choice.


# %% nbgrader={"grade": false, "grade_id": "fixed_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_weights(rewards: ArrayLike, gamma: float) -> np.ndarray:
    """The standardised weight of each step of one episode, repaired.

    Args:
        rewards: shape (T,), T >= 2, their returns not all equal.
        gamma: discount factor in [0, 1].

    Returns:
        float array of shape (T,) (either standard deviation).

    Example: rewards (1, 1, 1) and gamma 1 give (1.22, 0, -1.22), or (1, 0, -1) with the other standard deviation.

    Source: Sutton & Barto, section 13.3.
    """
    ### BEGIN SOLUTION
    weights = np.array(rewards, dtype=np.float64)
    for t in reversed(range(len(weights) - 1)):
        weights[t] += gamma * weights[t + 1]  # what comes from step t on
    return (weights - weights.mean()) / (weights.std() + 1e-8)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fixed_weights-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def _check_fixed_weights(rewards: list[float], gamma: float) -> None:
    steps, x, before = len(rewards), np.array(rewards), np.array(rewards)
    got = fixed_weights(x, gamma)
    got = got.detach().double().numpy() if torch.is_tensor(got) else np.asarray(got, dtype=float)
    assert np.array_equal(x, before), "fixed_weights changed the rewards that it was given"
    assert got.shape == (steps,), f"{steps} rewards gave weights of shape {got.shape}, but should give ({steps},)"

    def returns(discount: float) -> np.ndarray:
        return np.array([sum(discount ** (k - t) * x[k] for k in range(t, steps)) for t in range(steps)])

    def standard(weights: np.ndarray) -> np.ndarray:
        return (weights - weights.mean()) / (weights.std() or 1)

    mine = returns(gamma)
    assert np.any(np.abs(got) > 1e-3), (
        "all weights are still zero: every step gets the same number, and its mean is taken away"
    )
    assert not np.allclose(got, mine, atol=1e-4), "the weights are the returns from each step on, but not standardised"
    right = standard(mine)
    scale = np.sqrt((steps - 1) / steps)  # the other standard deviation
    if np.allclose(got, right * scale, atol=1e-3):
        got = got / scale
    mistakes = [
        (standard(x), "these are the rewards, standardised: what follows a step is missing"),
        (standard(np.append(mine[1:], 0.0)), "a step's own reward is missing"),
        (standard(np.cumsum(x)), "the sum runs over what came before, not over what follows"),
        (-right, "the sign is turned"),
        (mine - mine.mean(), "the mean is subtracted, but nothing was divided by the standard deviation"),
    ]
    if gamma < 1:
        mistakes += [
            (
                standard(mine * gamma ** np.arange(steps)),
                "the discount is counted from the episode's start, not from step t",
            ),
            (standard(returns(1.0)), "gamma plays no part"),
        ]
    mistakes += [(values * scale, words) for values, words in mistakes]
    expect_close(got, right, "weights", tuple(mistakes), atol=1e-3)


references = {}
### BEGIN HIDDEN TESTS
references = {"discounted_returns": reference_discounted_returns, "standardize": reference_standardize}
### END HIDDEN TESTS
with judged_alone(**references):
    _check_fixed_weights([1.0, 0.0, 2.0, 4.0, -1.0], gamma=0.5)
    _check_fixed_weights([1.0, 1.0, 1.0], gamma=1.0)
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(85)
    for _gamma, _steps in ((0.9, 7), (1.0, 12), (0.3, 4)):
        _check_fixed_weights([float(_r) for _r in _rng.normal(size=_steps)], _gamma)
    ### END HIDDEN TESTS

# %% [markdown]
# Bugs a) and c) have the same root: standardised weights **sum to zero**, so whatever multiplies all of them alike is
# multiplied with zero. (Over a *batch* of episodes, standardised together, the whole return would carry some signal;
# within one episode it carries none.) And b) shows why REINFORCE's formula is an average *over the policy's own dice*:
# without dice, there is nothing to average.

# %% [markdown]
# ### Exercise 9 · in your own words
# ●●●○○ · 20 min · 8 points
#
# Answer in 2 to 3 sentences each (2 points each):
#
# 1. Why does minimising $-\log \pi(a \mid s)\, G$ make the policy better, although nothing in it differentiates the
#    reward?
# 2. Why must the policy sample while it trains, and why may it be greedy when it is examined?
# 3. CartPole-v1 stops at 500 steps by *truncation*, and our returns treat that as an ending. What does this do to the
#    returns of the last steps of a perfect episode, and to the update that follows from it?
# 4. Look at your learning curves. What do the sampled and the greedy curve together say about a "collapse" of the
#    training score?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_reinforce-answer", "locked": false, "points": 8, "schema_version": 3, "solution": true, "task": false}
# **Model answer**
#
# 1. The gradient of $-\log \pi(a \mid s)\, G$ is $-G\, \nabla \log \pi(a \mid s)$. Averaged over actions that the
#    policy itself samples, it is, by $\nabla \pi = \pi \nabla \log \pi$, exactly minus the gradient of the expected
#    return. The reward enters as a number that weighs the step, so the world may be a black box: actions followed by
#    more than usual become likelier.
# 2. The formula is an expectation over the policy's own actions: only sampled actions estimate it, and only actions
#    that are tried can turn out to be good. An argmax policy repeats its first guess. When we examine it, nothing has
#    to be estimated any more, so we show the best it knows; the dice would only subtract from the score.
# 3. The pole still stands at step 500, but the return counts nothing after it, so $G_t = 500 - t$ falls to 1 at the
#    end. After standardising, roughly the second half of a perfect episode gets negative weights, though those actions
#    were as good as the first ones: a perfect policy is pushed away from what it does late, and its update is noise. (A
#    learned value for the state at the cut would repair this; a fall, `terminated`, is an ending indeed.)
# 4. The sampled score measures the policy with its dice, the greedy one its most probable actions. If the sampled mean
#    dives while the greedy score stays near 500, the ranking of the actions is still right and only the probabilities
#    have shifted: no knowledge was lost. If both fall, the policy itself has become worse, which is why we keep the
#    best copy. One seed and three greedy episodes are thin evidence for either.
#
# **Rubric** (2 points for each part)
#
# 1. One point: the expectation is over the policy's own actions, so this is the gradient of the expected return
#    (log-derivative). One point: the return is a weight, constant for the gradient.
# 2. One point: sampling estimates the expectation, or explores. One point: the examination needs no estimate or
#    exploration, so greedy shows what was learned.
# 3. One point: late returns are too small, since they miss what would have come after 500. One point: late actions of a
#    perfect episode get negative weights, so the update punishes good actions.
# 4. One point: greedy high and sampled low means changed probabilities, not lost knowledge. One point: both low is a
#    real fall, or the caution about seeds and few episodes.
#
# A common misconception: "the loss went down, so it learns". The loss's value says nothing; an answer that argues with
# it loses one point.

# %% [markdown]
# ## Where to go from here
#
# You have the oldest policy-gradient method there is, and it works. Its weakness was in plain sight: noise. The lesson
# `reward_to_go` measures that noise, takes most of it away with a learned baseline, and then solves CartPole in
# seconds. Take the probes with you.
