# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Tensors: shapes, gradients, modules, distributions
#
# Deep reinforcement learning is short on paper. A policy gradient fits on one line, and most of the hours that people
# lose with it are lost elsewhere: an axis too many, a gradient that went nowhere, a layer that nobody trains, a
# log-probability of the wrong shape. None of these raises an error. This lesson gives you the four tools every later
# lesson stands on, and lets you meet the mistakes here, where they cost minutes.
#
# Afterwards you can
# - **reshape, broadcast and select** without a loop and without guessing,
# - **read** a computation graph, and **take** gradient steps by hand,
# - **build, train, evaluate and save** a network,
# - **predict** the shapes of a probability distribution, and **compute** its log-probabilities,
# - **clone** an expert with a Gaussian policy, and say when one Gaussian is not enough,
# - **find** three silent bugs that real programs have had.
#
# **You need** Python (functions, classes, lists), and some calculus (derivatives, the chain rule, logarithms). No NumPy
# and no PyTorch: what an exercise asks is explained above it. **It takes** about five hours; the blocks A to E are good
# places to stop.
#
# **How it is graded.** Below most exercises stand cells full of `assert`s. Run them: a failing one says what it saw and
# what it expected. They are graded with other numbers as well, so an answer that works only for the numbers shown does
# not earn the points. Every exercise is judged alone; a mistake in one does not cost points in another.
#
# | exercise | points | graded |
# |---|---|---|
# | 1 · inserting and dropping axes | 3 | machine |
# | 2 · all pairs of distances | 2 | machine |
# | 3 · standardising columns | 2 | machine |
# | 4 · the value of the action taken | 4 | machine |
# | 5 · reading the graph | 3 | machine |
# | 6 · a copy without a past | 2 | machine |
# | 7 · gradient descent by hand | 4 | machine |
# | 8 · a multilayer perceptron | 3 | machine |
# | 9 · the training loop | 4 | machine |
# | 10 · predicting, and leaving no trace | 3 | machine |
# | 11 · checkpoints | 3 | machine |
# | 12 · shapes of distributions | 4 | machine |
# | 13 · the Gaussian log-density | 3 | machine |
# | 14 · one Gaussian per row | 2 | machine |
# | 15 · a sample that gradients pass through | 2 | machine |
# | 16 · a Gaussian policy | 3 | machine |
# | 17 · behaviour cloning | 3 | machine |
# | 18 · a mixture of Gaussians | 2 | machine |
# | 19 · find the bug, three times | 6 | machine |
# | 20 · which distribution, which shape | 6 | hand |
#
# **Where the ideas come from.** The NumPy user guide on
# [broadcasting](https://numpy.org/doc/stable/user/basics.broadcasting.html) and
# [indexing](https://numpy.org/doc/stable/user/basics.indexing.html); the PyTorch documentation on
# [autograd](https://docs.pytorch.org/docs/stable/notes/autograd.html),
# [modules](https://docs.pytorch.org/docs/stable/notes/modules.html) and
# [distributions](https://docs.pytorch.org/docs/stable/distributions.html); Sutton and Barto, *Reinforcement Learning*,
# 2nd edition, sections 13.1 to 13.3 (the score function) and 13.7 (Gaussian policies).

# %% nbgrader={"grade": false, "grade_id": "given-setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import copy
import itertools
import math
import os
import pickle
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import gymnasium as gym
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.distributions import (
    Bernoulli,
    Categorical,
    Distribution,
    Independent,
    MixtureSameFamily,
    MultivariateNormal,
    Normal,
    OneHotCategorical,
)

GRADING = "NBGRADER_EXECUTION" in os.environ  # while a notebook is graded, the long cells take a small budget

torch.set_num_threads(1)  # these networks are tiny: more threads would only wait for each other
torch.manual_seed(0)
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
    """Let `references` stand in for the notebook's names of the same name while a check runs, then put yours back.

    Warnings are kept off the page meanwhile, and gradients are recorded, whatever ran before.
    """
    yours = {name: globals()[name] for name in references if name in globals()}
    globals().update(references)
    try:
        with warnings.catch_warnings(), torch.enable_grad():
            warnings.simplefilter("ignore")
            yield
    finally:
        for name in references:
            del globals()[name]
        globals().update(yours)


# %% [markdown]
# ---
# ## Block A · Shapes
#
# **Where reinforcement learning uses it:** observations come as (time, environment, feature), values as (state,
# action), and every loss pairs them up entry by entry; pair them wrongly and the program runs happily on nonsense.
#
# An **array** is a box of numbers of one type. Its **shape** is a tuple that says how many entries it has along each
# **axis**: shape `(2, 3)` means 2 rows and 3 columns; axis 0 runs down the rows, axis 1 along the columns. Its **dtype**
# is the type of the numbers (`float64`, `float32`, `int64`, `uint8`, `bool`).

# %%
x = np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]])
print(x.shape, x.ndim, x.dtype)
print("one entry   ", x[1, 2])
print("one row     ", x[1], "shape", x[1].shape)
print("one column  ", x[:, 2], "shape", x[:, 2].shape)
print("over axis 0 ", x.sum(axis=0), "shape", x.sum(axis=0).shape)
print("over axis 1 ", x.sum(axis=1), "shape", x.sum(axis=1).shape)
print("keepdims    ", x.sum(axis=1, keepdims=True).tolist(), "shape", x.sum(axis=1, keepdims=True).shape)

# %% [markdown]
# Three habits of NumPy are behind everything in this block, and PyTorch has the same three:
#
# 1. **A number as an index removes an axis**: `x[1]` of a `(2, 3)` array has shape `(3,)`. A slice `:` keeps the axis.
# 2. **A reduction removes the axis you name**: `x.sum(axis=0)` adds *over* axis 0, so axis 0 is gone. With
#    `keepdims=True` it stays, with size 1.
# 3. **`None` as an index inserts an axis of size 1** where it stands: `x[:, None]` has shape `(2, 1, 3)`.
#    `np.expand_dims(x, 1)` does the same; its number counts the axes of the *result*. `np.squeeze(x, axis=1)` takes an
#    axis of size 1 away again, and `x.reshape(new_shape)` reads the entries in the same order into another box.
#
# Axes of size 1 hold no information. They are put in to say **which axes line up with which**.

# %% [markdown]
# ### Exercise 1 · inserting and dropping axes
# ●○○○○ · 8 min · 3 points
#
# Write the two functions
#
# - `insert_axes`: an array of shape `(A, B, C)` becomes one of shape `(A, 1, B, 1, C)`, same entries, same order;
# - `drop_axes`: the way back, `(A, 1, B, 1, C)` to `(A, B, C)`. It drops **only** axes 1 and 3 (counted from 0), also
#   when another axis happens to have size 1, and raises `ValueError` when axis 1 or axis 3 is not of size 1.
#
# By hand: shape `(4, 2, 3)` goes to `(4, 1, 2, 1, 3)`; the entry that was at `[3, 1, 2]` is then at `[3, 0, 1, 0, 2]`.
# And `(1, 1, 2, 1, 3)`, a batch that holds a single episode, goes back to `(1, 2, 3)`, not to `(2, 3)`: code that drops
# whatever has size 1 works for weeks, until the first batch of one.


# %% nbgrader={"grade": false, "grade_id": "axes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def insert_axes(x: np.ndarray) -> np.ndarray:
    """Insert axes of size 1 after the first and after the second axis.

    Args:
        x: array of shape (A, B, C), any dtype.

    Returns:
        Array of shape (A, 1, B, 1, C), the same dtype and entries.

    Example:
        >>> insert_axes(np.zeros((4, 2, 3))).shape
        (4, 1, 2, 1, 3)

    Source: NumPy user guide, "Indexing on ndarrays", dimensional indexing tools.
    """
    ### BEGIN SOLUTION
    return x[:, None, :, None, :]
    ### END SOLUTION


def drop_axes(x: np.ndarray) -> np.ndarray:
    """Drop axes 1 and 3, and no other.

    Args:
        x: array of shape (A, 1, B, 1, C), any dtype.

    Returns:
        Array of shape (A, B, C), the same dtype and entries.

    Raises:
        ValueError: if axis 1 or axis 3 is not of size 1.

    Example:
        >>> drop_axes(np.zeros((1, 1, 2, 1, 3))).shape
        (1, 2, 3)

    Source: NumPy reference, `numpy.squeeze`.
    """
    ### BEGIN SOLUTION
    return np.squeeze(x, axis=(1, 3))
    ### END SOLUTION


# %%
episodes = np.arange(24.0).reshape(4, 2, 3)
print("there:", insert_axes(episodes).shape)
print("and back again:", drop_axes(insert_axes(episodes)).shape)

# %% nbgrader={"grade": true, "grade_id": "axes-insert", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _x = np.arange(24.0).reshape(4, 2, 3)
    _out = insert_axes(_x.copy())
    assert isinstance(_out, np.ndarray), f"insert_axes returned {type(_out).__name__}, but should return an array"
    assert _out.shape != (4, 1, 1, 2, 3), (
        "insert_axes: shape (4, 1, 1, 2, 3): both new axes stand after A. The second belongs after B; np.expand_dims "
        "counts the axes of the result"
    )
    assert _out.shape != (4, 2, 3), "insert_axes: the shape is still (4, 2, 3): no axis was inserted"
    assert _out.shape == (4, 1, 2, 1, 3), f"insert_axes: shape {_out.shape}, but should be (4, 1, 2, 1, 3)"
    assert _out[3, 0, 1, 0, 2] == _x[3, 1, 2], (
        f"insert_axes: the entry at [3, 0, 1, 0, 2] is {_out[3, 0, 1, 0, 2]}, but should be {_x[3, 1, 2]}, the one that was "
        "at [3, 1, 2]"
    )
    assert np.array_equal(_out.ravel(), _x.ravel()), "insert_axes: the entries are not in the order they had"
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(11)
    for _shape in [(5, 3, 4), (1, 3, 2), (2, 1, 1), (6, 2, 1)]:
        for _dtype in (np.float32, np.int64):
            _x = (10 * _rng.normal(size=_shape)).astype(_dtype)
            _kept = _x.copy()
            _out = insert_axes(_x)
            _right = (_shape[0], 1, _shape[1], 1, _shape[2])
            assert _out.shape == _right, f"insert_axes: {_shape} became {_out.shape}, but should become {_right}"
            assert _out.dtype == _dtype, f"insert_axes: dtype {_out.dtype}, but should stay {np.dtype(_dtype)}"
            assert np.array_equal(_out.ravel(), _kept.ravel()), "insert_axes: the entries changed or moved"
            assert _x.shape == _shape and np.array_equal(_x, _kept), "insert_axes changed its input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "axes-drop", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _x = np.arange(24.0).reshape(4, 1, 2, 1, 3)
    _out = drop_axes(_x.copy())
    assert isinstance(_out, np.ndarray), f"drop_axes returned {type(_out).__name__}, but should return an array"
    assert _out.shape == (4, 2, 3), f"drop_axes: (4, 1, 2, 1, 3) became {_out.shape}, but should become (4, 2, 3)"
    assert np.array_equal(_out.ravel(), _x.ravel()), "drop_axes: the entries changed or moved"
    _out = drop_axes(np.zeros((1, 1, 2, 1, 3)))
    assert _out.shape != (2, 3), (
        "drop_axes: (1, 1, 2, 1, 3) became (2, 3), but should become (1, 2, 3): it looks as if every axis of size 1 was dropped"
    )
    assert _out.shape == (1, 2, 3), f"drop_axes: (1, 1, 2, 1, 3) became {_out.shape}, but should become (1, 2, 3)"
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(12)
    for _shape in [(5, 3, 4), (1, 1, 1), (7, 1, 2), (3, 2, 1)]:
        _x = _rng.normal(size=_shape).astype(np.float32)
        _five = _x.reshape(_shape[0], 1, _shape[1], 1, _shape[2])
        _kept = _five.copy()
        _out = drop_axes(_five)
        assert _out.shape == _shape, f"drop_axes: {_five.shape} became {_out.shape}, but should become {_shape}"
        assert _out.dtype == np.float32, f"drop_axes: dtype {_out.dtype}, but should stay float32"
        assert np.array_equal(_out, _x), "drop_axes: the entries changed or moved"
        assert _five.shape == _kept.shape and np.array_equal(_five, _kept), "drop_axes changed its input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "axes-raises", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _shapes = [(4, 5, 2, 1, 3), (4, 1, 2, 5, 3)]
    ### BEGIN HIDDEN TESTS
    _shapes += [(1, 2, 1, 1, 1), (2, 1, 1, 3, 1), (1, 4, 6, 2, 1), (3, 2, 3, 2, 3)]
    ### END HIDDEN TESTS
    for _shape in _shapes:
        try:
            _out = drop_axes(np.zeros(_shape))
        except ValueError:
            continue
        raise AssertionError(
            f"drop_axes: shape {_shape} gave {getattr(_out, 'shape', _out)}, but should raise ValueError: axis 1 or 3 holds more "
            "than one entry, and dropping it would throw data away"
        )

# %% [markdown]
# ### Broadcasting
#
# What is `(5, 3) + (3,)`? NumPy and PyTorch line the two shapes up **from the right**. Two sizes fit when they are
# equal or when one of them is 1; a missing axis counts as 1. An axis of size 1 is then repeated, as often as needed:
#
# ```
#   (5, 3)            (5, 1)            (4, 1)            (5, 3)
# +    (3,)         + (1, 3)         -     (4,)         +    (5,)
# = (5, 3)          = (5, 3)         =  (4, 4)           error
# ```
#
# The third one deserves a second look. A column of 4 minus a row of 4 is not 4 differences but all 16. It is a
# wonderful tool when you want all pairs, and the most expensive silent bug in this course when you don't (you will meet
# it in exercise 19, twice).

# %%
column, row = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([10.0, 20.0, 30.0])
print(column.shape, "and", row.shape, "give", (column + row).shape)
print(column + row)

# %% [markdown]
# ### Exercise 2 · all pairs of distances
# ●●○○○ · 10 min · 2 points
#
# Given N points $x_i$ and M points $y_j$ in D dimensions, compute all squared distances
#
# $$ d_{ij} = \sum_{k=1}^{D} (x_{ik} - y_{jk})^2 . $$
#
# (An agent that pays itself for novelty asks this: how far is what I see now from everything I remember?)
#
# By hand: $x = (0, 0), (3, 4)$ and $y = (0, 0), (0, 4), (3, 0)$ give
#
# $$ d = \begin{pmatrix} 0 & 16 & 9 \\ 25 & 9 & 16 \end{pmatrix}. $$
#
# - **No Python loop** (and no comprehension): put the axes so that broadcasting makes all pairs, `(N, 1, D)` against
#   `(1, M, D)`, then sum over D.
# - The result is `float64`, whatever comes in. Convert **before** you subtract: images arrive as `uint8`, where
#   `3 - 5` is 254.
# - A squared distance is **never negative**. If you prefer $|x|^2 + |y|^2 - 2\,x \cdot y$ (less memory), rounding can
#   leave you with -1e-15, and a square root of that is NaN.


# %% nbgrader={"grade": false, "grade_id": "pairwise_sq_dists", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pairwise_sq_dists(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Squared Euclidean distance of every row of x to every row of y, without a Python loop.

    Args:
        x: array of shape (N, D), any real dtype (also integers).
        y: array of shape (M, D), any real dtype.

    Returns:
        Array of shape (N, M), float64, no entry negative.

    Example:
        >>> pairwise_sq_dists(np.array([[0, 0], [3, 4]]), np.array([[0, 0], [0, 4], [3, 0]]))
        array([[ 0., 16.,  9.],
               [25.,  9., 16.]])

    Source: NumPy user guide, "Broadcasting".
    """
    ### BEGIN SOLUTION
    differences = x.astype(np.float64)[:, None, :] - y.astype(np.float64)[None, :, :]  # (N, M, D)
    return (differences**2).sum(axis=-1)
    ### END SOLUTION


# %% [markdown]
# *What to see:* a walk of 60 steps, each visited place against each other. Dark off the diagonal means "I have been
# here before".

# %%
walk = np.cumsum(np.random.default_rng(3).normal(size=(60, 2)), axis=0)
fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
left.plot(walk[:, 0], walk[:, 1], "o-", markersize=3, linewidth=0.8, color="black", label="the walk")
left.plot(*walk[0], "s", markersize=9, color="tab:orange", label="start")
left.set(xlabel="x (metres)", ylabel="y (metres)", title="a random walk")
left.legend()
image = right.imshow(np.sqrt(pairwise_sq_dists(walk, walk)), cmap="gray", origin="lower")
right.set(xlabel="step", ylabel="step", title="distance between the places at two steps")
right.grid(False)
fig.colorbar(image, ax=right, label="distance (metres)")
fig.tight_layout()
plt.show()

# %% nbgrader={"grade": true, "grade_id": "pairwise_sq_dists-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _x, _y = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [0.0, 4.0], [3.0, 0.0]])
    _out = pairwise_sq_dists(_x, _y)
    assert isinstance(_out, np.ndarray), f"pairwise_sq_dists returned {type(_out).__name__}, but should return an array"
    assert _out.shape != (3, 2), "pairwise_sq_dists: shape (3, 2), but x has 2 points and y has 3: it is transposed"
    assert _out.shape != (2, 3, 2), "pairwise_sq_dists: shape (2, 3, 2): the sum over the last axis, D, is missing"
    assert _out.shape == (2, 3), f"pairwise_sq_dists: shape {_out.shape}, but should be (2, 3)"
    _right = np.array([[0.0, 16.0, 9.0], [25.0, 9.0, 16.0]])
    assert not np.allclose(_out, np.sqrt(_right)), (
        f"pairwise_sq_dists: d[1, 0] is {_out[1, 0]:.1f}, but should be 25: these are distances, not squared distances"
    )
    assert not np.allclose(_out, _right / 2), (
        f"pairwise_sq_dists: d[1, 0] is {_out[1, 0]:.1f}, but should be 25: it looks like a mean over D instead of a sum"
    )
    assert not np.allclose(_out, np.abs(_x[:, None] - _y[None]).sum(-1)), (
        f"pairwise_sq_dists: d[1, 0] is {_out[1, 0]:.1f}, but should be 25: absolute differences were added, not squares"
    )
    assert np.allclose(_out, _right), f"pairwise_sq_dists: got {_out.tolist()}, but should be {_right.tolist()}"
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(21)
    for _n, _m, _d in [(5, 3, 4), (1, 6, 2), (4, 1, 1), (3, 3, 7)]:
        _x, _y = _rng.normal(size=(_n, _d)), 2 * _rng.normal(size=(_m, _d))
        _kept = _x.copy(), _y.copy()
        _out = pairwise_sq_dists(_x, _y)
        assert _out.shape == (_n, _m), f"pairwise_sq_dists: shape {_out.shape}, but should be {(_n, _m)}"
        for _i, _j in itertools.product(range(_n), range(_m)):
            _one = sum((_kept[0][_i, _k] - _kept[1][_j, _k]) ** 2 for _k in range(_d))
            assert abs(_out[_i, _j] - _one) < 1e-9, f"pairwise_sq_dists: d[{_i}, {_j}] is {_out[_i, _j]}, should be {_one}"
        assert np.array_equal(_x, _kept[0]) and np.array_equal(_y, _kept[1]), "pairwise_sq_dists changed its inputs"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "pairwise_sq_dists-limits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _out = pairwise_sq_dists(np.array([[3, 200]], dtype=np.uint8), np.array([[5, 100], [3, 200]], dtype=np.uint8))
    assert _out.dtype == np.float64, f"pairwise_sq_dists: dtype {_out.dtype} for uint8 points, but should be float64"
    assert np.allclose(_out, [[10004.0, 0.0]]), (
        f"pairwise_sq_dists: uint8 points (3, 200) and (5, 100) are {_out[0, 0]} apart, but should be 10004: it looks as if the "
        "numbers wrapped around before they became floats"
    )
    _out = pairwise_sq_dists(np.array([[0.1, 0.2]], dtype=np.float32), np.array([[0.0, 0.0]], dtype=np.float32))
    assert _out.dtype == np.float64, f"pairwise_sq_dists: dtype {_out.dtype} for float32 points, but should be float64"
    _x = 100 + np.random.default_rng(22).normal(size=(30, 5))
    _out = pairwise_sq_dists(_x, _x.copy())
    assert _out.min() >= 0, f"pairwise_sq_dists: the smallest entry is {_out.min():.1e}, but none should be negative"

    def _python_steps(n: int, m: int, d: int) -> int:
        """How many lines of Python run for N = n, M = m, D = d."""
        steps, before = 0, sys.gettrace()

        def count(frame: object, event: str, arg: object) -> Callable:
            nonlocal steps
            steps += 1
            return count

        x, y = np.ones((n, d)), np.ones((m, d))
        sys.settrace(count)
        try:
            pairwise_sq_dists(x, y)
        finally:
            sys.settrace(before)
        return steps

    _few, _many = _python_steps(2, 2, 2), _python_steps(50, 60, 40)
    assert _many < _few + 30, (
        f"pairwise_sq_dists runs {_few} lines of Python for 2 points and {_many} for 50: there is a Python loop in it"
    )
    ### BEGIN HIDDEN TESTS
    for _seed in range(5):
        _x = 1000 * np.random.default_rng(_seed).random(size=(20, 4))
        assert pairwise_sq_dists(_x, _x).min() >= 0, "pairwise_sq_dists: an entry is negative"
    _x = np.random.default_rng(23).integers(0, 256, size=(6, 9)).astype(np.uint8)
    _right = ((_x.astype(float)[:, None] - _x.astype(float)[None]) ** 2).sum(-1)
    assert np.allclose(pairwise_sq_dists(_x, _x), _right), "pairwise_sq_dists: wrong for uint8 points"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3 · standardising columns
# ●●○○○ · 10 min · 2 points
#
# Networks learn best when each feature has mean 0 and standard deviation 1. For column $j$ of an `(N, D)` array, with
# mean $\mu_j = \frac1N \sum_i x_{ij}$ and **population** standard deviation
# $\sigma_j = \sqrt{\frac1N \sum_i (x_{ij} - \mu_j)^2}$ (divide by N, which is what `np.std` does),
#
# $$ z_{ij} = \frac{x_{ij} - \mu_j}{\sigma_j} . $$
#
# By hand: the column 1, 2, 3, 4 has mean 2.5 and $\sigma = \sqrt{1.25} = 1.118$, so it becomes
# -1.342, -0.447, 0.447, 1.342. The mean over the rows is a mean **over axis 0**; it has shape `(D,)`, and broadcasting
# subtracts it from each row.
#
# A column whose entries are **all equal** has nothing to tell and becomes exactly 0. That is harder than it sounds,
# since a computer's 0.1 is not quite a tenth:

# %%
tenths = np.full(10, 0.1)
print("mean", tenths.mean(), " std", tenths.std(), " standardised", ((tenths - tenths.mean()) / tenths.std())[:3])

# %% [markdown]
# The std of ten equal numbers came out as a rounding error, and dividing one rounding error by another gave a confident
# 1. So don't ask whether the std is 0: ask whether the entries are equal (for instance, whether the column's largest
# entry is its smallest). And don't "fix" it by adding a small number to every std, or by calling every small std zero:
# a column in nanometres, with a true std of 1e-9, is to come out with std 1 like any other.


# %% nbgrader={"grade": false, "grade_id": "standardize_columns", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardize_columns(x: np.ndarray) -> np.ndarray:
    """Give each column mean 0 and population standard deviation 1.

    Args:
        x: array of shape (N, D), float64, N >= 1.

    Returns:
        Array of shape (N, D), float64. A column whose entries are all equal becomes exactly 0.

    Example:
        >>> standardize_columns(np.array([[1.0, 5.0], [3.0, 5.0]]))
        array([[-1.,  0.],
               [ 1.,  0.]])

    Source: NumPy reference, `numpy.std`.
    """
    ### BEGIN SOLUTION
    constant = x.max(axis=0) == x.min(axis=0)  # (D,)
    std = np.where(constant, 1.0, x.std(axis=0))  # a stand-in for the stds that we must not divide by
    return np.where(constant, 0.0, (x - x.mean(axis=0)) / std)
    ### END SOLUTION


# %%
features = np.column_stack([[1.0, 2.0, 3.0, 4.0], [500.0, 700.0, 400.0, 800.0], [0.1, 0.1, 0.1, 0.1]])
print(standardize_columns(features).round(3))

# %% nbgrader={"grade": true, "grade_id": "standardize_columns-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _x = np.array([[1.0, 10.0, 7.0], [2.0, 0.0, -7.0], [3.0, 40.0, 0.0], [4.0, 30.0, 9.0]])
    _out = standardize_columns(_x.copy())
    assert isinstance(_out, np.ndarray), f"standardize_columns returned {type(_out).__name__}, but should return an array"
    assert _out.shape == (4, 3), f"standardize_columns: shape {_out.shape}, but should be (4, 3)"
    assert not np.allclose(_out, (_x - _x.mean()) / _x.std()), (
        "standardize_columns: one mean and one std were taken over the whole array, not one per column"
    )
    assert not np.allclose(_out, (_x - _x.mean(1, keepdims=True)) / _x.std(1, keepdims=True)), (
        "standardize_columns: the rows were standardised; a mean per column is a mean over axis 0"
    )
    assert not np.allclose(_out, (_x - _x.mean(0)) / _x.std(0, ddof=1)), (
        f"standardize_columns: the first column starts with {_out[0, 0]:.3f}, but should start with -1.342: its std was "
        "divided by N - 1, not by N"
    )
    assert not np.allclose(_out, (_x - _x.mean(0)) / _x.var(0)), "standardize_columns: divided by the variance, not the std"
    assert not np.allclose(_out, _x - _x.mean(0)), "standardize_columns: centred, but not divided by the std"
    assert np.allclose(_out[:, 0], [-1.3416408, -0.4472136, 0.4472136, 1.3416408]), (
        f"standardize_columns: 1, 2, 3, 4 became {_out[:, 0].round(3)}, but should become -1.342, -0.447, 0.447, 1.342"
    )
    assert np.allclose(_out.mean(0), 0), f"standardize_columns: the columns' means are {_out.mean(0)}, but should be 0"
    assert np.allclose(_out.std(0), 1), f"standardize_columns: the columns' stds are {_out.std(0)}, but should be 1"
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(31)
    for _n, _d in [(5, 3), (2, 7), (40, 1)]:
        _x = _rng.normal(size=(_n, _d)) * 10.0 ** _rng.integers(-3, 4, size=_d) + _rng.normal(size=_d)
        _kept = _x.copy()
        _out = standardize_columns(_x)
        assert _out.shape == (_n, _d), f"standardize_columns: shape {_out.shape}, but should be {(_n, _d)}"
        assert np.allclose(_out, (_kept - _kept.mean(0)) / _kept.std(0), atol=1e-6), "standardize_columns: wrong values"
        assert np.array_equal(_x, _kept), "standardize_columns changed its input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "standardize_columns-constant", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _out = standardize_columns(np.column_stack([np.full(10, 2.0), np.arange(10.0)]))
    assert not np.isnan(_out).any(), "standardize_columns: a column of ten 2.0 became NaN, but should become 0: 0 / 0"
    assert (_out[:, 0] == 0).all(), f"standardize_columns: a column of ten 2.0 became {_out[:3, 0]}, but should become 0"
    _out = standardize_columns(np.column_stack([np.full(10, 0.1), np.arange(10.0)]))
    assert not (np.abs(_out[:, 0]) > 0.5).any(), (
        f"standardize_columns: ten copies of 0.1 became {_out[0, 0]:.2f}, but should become exactly 0: a std that is only a "
        "rounding error passed for a std"
    )
    assert (_out[:, 0] == 0).all(), (
        f"standardize_columns: ten copies of 0.1 became {_out[0, 0]:.1e}, but should become exactly 0, not nearly"
    )
    assert np.allclose(_out[:, 1].std(), 1), "standardize_columns: the column beside a constant one lost its std of 1"
    _nano = standardize_columns(1e-9 * np.array([[1.0], [2.0], [3.0], [4.0]]))[:, 0]
    assert not (_nano == 0).all(), (
        "standardize_columns: a column with std 1e-9 became 0, but its entries differ: small is not the same as equal"
    )
    assert abs(_nano.std() - 1) < 1e-6, (
        f"standardize_columns: a column with std 1e-9 came out with std {_nano.std():.3f}, but should have 1: it looks as if a "
        "small number was added to the std"
    )
    ### BEGIN HIDDEN TESTS
    _rng = np.random.default_rng(32)
    for _n in (1, 3, 7, 49, 1000):
        _values = np.concatenate([_rng.normal(size=5), [0.1, 1 / 3, -0.7, 1e-12, 1e9 + 0.1, 0.0]])
        _x = np.tile(_values, (_n, 1))
        assert (standardize_columns(_x) == 0).all(), f"standardize_columns: {_n} equal entries did not become exactly 0"
    _x = np.column_stack([np.full(6, 0.3), 1e-12 * _rng.normal(size=6)])
    _out = standardize_columns(_x)
    assert (_out[:, 0] == 0).all(), "standardize_columns: six copies of 0.3 did not become exactly 0"
    assert abs(_out[:, 1].std() - 1) < 1e-6, "standardize_columns: a column with std 1e-12 did not come out with std 1"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Tensors
#
# From here on we use PyTorch. A `torch.Tensor` is an array that can also remember how it was computed, which is Block B.
# Everything above carries over, with small differences: `dim=` for `axis=` (PyTorch accepts both), `x.unsqueeze(1)` for
# `np.expand_dims(x, 1)`, `float32` as the default dtype, `int64` for indices.
#
# To pick **one entry per row**, there are two ways worth knowing. Take `q` of shape `(3, 2)` and one column per row,
# `a = (1, 0, 1)`:
#
# - **Index with two lists of the same length**: `q[[0, 1, 2], [1, 0, 1]]` pairs them up, entry for entry, and gives
#   `q[0, 1], q[1, 0], q[2, 1]`, shape `(3,)`. (`torch.arange(3)` makes the first list. With a slice instead,
#   `q[:, a]` takes columns 1, 0, 1 of **every** row: shape `(3, 3)`.)
# - **`torch.gather`**: `q.gather(1, index)[i, j] = q[i, index[i, j]]`. Index and result have the same shape, and the
#   index needs as many axes as `q`: `a` has to become a column `(3, 1)` first, and so the result is one.

# %%
q = torch.tensor([[10.0, 11.0], [20.0, 21.0], [30.0, 31.0]])
a = torch.tensor([1, 0, 1])
print("paired:", q[torch.arange(3), a])
print("gather:", q.gather(1, a[:, None]).tolist())
print("slice: ", q[:, a].tolist())

# %% [markdown]
# ### Exercise 4 · the value of the action taken
# ●●○○○ · 12 min · 4 points
#
# A network gives the values of all K actions in each of B states; the loss is about the one action that was taken.
#
# - `select_actions(values, actions)`: entry $b$ of the result is `values[b, actions[b]]`.
# - `select_rows(x, index)`: the same where each entry is a vector of D numbers: row $b$ of the result is
#   `x[b, index[b]]`.
#
# Both must keep the graph: when a loss computed from the result is differentiated, the gradient reaches exactly the
# chosen entries, and every other entry gets 0. (Indexing and `gather` do that by themselves; `.detach()`, `.tolist()`
# and `.item()` cut it off.) And both work for a batch of one: `(1, K)` gives `(1,)`, not a bare number.


# %% nbgrader={"grade": false, "grade_id": "select_actions", "locked": false, "schema_version": 3, "solution": true, "task": false}
def select_actions(values: torch.Tensor, actions: torch.Tensor) -> torch.Tensor:
    """From each row, the value of that row's action.

    Args:
        values: tensor of shape (B, K), floating point, finite.
        actions: tensor of shape (B,), int64, entries in 0 to K - 1.

    Returns:
        Tensor of shape (B,), the dtype of `values`; its gradient reaches exactly the chosen entries.

    Example:
        >>> select_actions(torch.tensor([[10.0, 11.0], [20.0, 21.0]]), torch.tensor([1, 0]))
        tensor([11., 20.])

    Source: PyTorch documentation, `torch.gather`.
    """
    ### BEGIN SOLUTION
    return values[torch.arange(len(actions)), actions]
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "select_rows", "locked": false, "schema_version": 3, "solution": true, "task": false}
def select_rows(x: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """From each of B tables, the row that `index` names.

    Args:
        x: tensor of shape (B, K, D), floating point, finite.
        index: tensor of shape (B,), int64, entries in 0 to K - 1.

    Returns:
        Tensor of shape (B, D), the dtype of `x`; its gradient reaches exactly the chosen rows.

    Example:
        >>> select_rows(torch.arange(12.0).reshape(2, 3, 2), torch.tensor([2, 0]))
        tensor([[4., 5.],
                [6., 7.]])

    Source: PyTorch documentation, `torch.gather`.
    """
    ### BEGIN SOLUTION
    return x[torch.arange(len(index)), index]
    ### END SOLUTION


# %%
q = torch.tensor([[10.0, 11.0], [20.0, 21.0], [30.0, 31.0]], requires_grad=True)
chosen = select_actions(q, torch.tensor([1, 0, 1]))
chosen.sum().backward()
print("chosen  ", chosen.tolist())
print("gradient", q.grad.tolist(), "(1 where an entry was chosen)")

# %% nbgrader={"grade": true, "grade_id": "select_actions-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_select_actions(values: torch.Tensor, actions: torch.Tensor) -> torch.Tensor:
    return values.gather(1, actions[:, None]).squeeze(1)


### END HIDDEN TESTS
with judged_alone():
    _values = torch.tensor([[5.0, 1.0, 2.0], [3.0, 9.0, 4.0], [8.0, 6.0, 7.0], [0.5, 2.5, 1.5]])
    _actions = torch.tensor([2, 0, 1, 2])
    _out = select_actions(_values.clone(), _actions.clone())
    assert isinstance(_out, torch.Tensor), f"select_actions returned {type(_out).__name__}, but should return a tensor"
    assert _out.shape != (4, 4), (
        "select_actions: shape (4, 4): every row was indexed with all four actions. Pair each row with its own action"
    )
    assert _out.shape != (4, 1), "select_actions: shape (4, 1), but should be (4,): the column of gather is still there"
    assert _out.shape != (4, 3), "select_actions: shape (4, 3): whole rows were picked, not one entry of each row"
    assert _out.shape == (4,), f"select_actions: shape {tuple(_out.shape)}, but should be (4,)"
    assert not torch.equal(_out, _values.max(dim=1).values), (
        "select_actions: got the largest value of each row, but should be the value of the given action"
    )
    assert torch.equal(_out, torch.tensor([2.0, 3.0, 6.0, 1.5])), (
        f"select_actions: got {_out.tolist()}, but should be [2.0, 3.0, 6.0, 1.5]"
    )
    _out = select_actions(torch.tensor([[5.0, 1.0, 2.0]]), torch.tensor([2]))
    assert _out.shape == (1,), (
        f"select_actions: a batch of one gave shape {tuple(_out.shape)}, but should be (1,): squeeze only the axis you mean"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(41)
    for _b, _k in [(5, 3), (1, 4), (3, 1), (7, 6)]:
        for _dtype in (torch.float32, torch.float64):
            _values, _actions = torch.randn(_b, _k, dtype=_dtype), torch.randint(_k, (_b,))
            _kept = _values.clone(), _actions.clone()
            _out = select_actions(_values, _actions)
            _right = torch.stack([_values[_i, int(_actions[_i])] for _i in range(_b)])
            assert _out.shape == (_b,), f"select_actions: shape {tuple(_out.shape)}, but should be {(_b,)}"
            assert _out.dtype == _dtype, f"select_actions: dtype {_out.dtype}, but should be {_dtype}"
            assert torch.allclose(_out, _right), f"select_actions: got {_out.tolist()}, but should be {_right.tolist()}"
            assert torch.equal(_values, _kept[0]) and torch.equal(_actions, _kept[1]), "select_actions changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "select_actions-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _values = torch.tensor([[5.0, 1.0, 2.0], [3.0, 9.0, 4.0]], requires_grad=True)
    _out = select_actions(_values, torch.tensor([2, 0]))
    assert _out.requires_grad, "select_actions: the result carries no graph: it was detached, or rebuilt from numbers"
    (_out.reshape(-1) * torch.tensor([10.0, 20.0])).sum().backward()
    assert _values.grad is not None, "select_actions: the gradient does not arrive at `values`"
    assert torch.equal(_values.grad, torch.tensor([[0.0, 0.0, 10.0], [20.0, 0.0, 0.0]])), (
        f"select_actions: the gradient is {_values.grad.tolist()}, but should be [[0, 0, 10], [20, 0, 0]]"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(42)
    for _b, _k in [(5, 3), (4, 7), (1, 2)]:
        _values = torch.randn(_b, _k, dtype=torch.float64, requires_grad=True)
        _actions, _weights = torch.randint(_k, (_b,)), torch.randn(_b, dtype=torch.float64)
        (select_actions(_values, _actions) * _weights).sum().backward()
        _right = torch.zeros(_b, _k, dtype=torch.float64)
        for _i in range(_b):
            _right[_i, int(_actions[_i])] = _weights[_i]
        assert torch.allclose(_values.grad, _right), "select_actions: the gradient misses a chosen entry or reaches another"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "select_rows-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"select_actions": reference_select_actions}
### END HIDDEN TESTS
with judged_alone(**references):
    _x = torch.arange(30.0).reshape(5, 3, 2)
    _index = torch.tensor([2, 0, 1, 1, 2])
    _out = select_rows(_x.clone(), _index.clone())
    assert isinstance(_out, torch.Tensor), f"select_rows returned {type(_out).__name__}, but should return a tensor"
    assert _out.shape != (5, 5, 2), "select_rows: shape (5, 5, 2): every table was indexed with all five indices"
    assert _out.shape != (5, 1, 2), "select_rows: shape (5, 1, 2), but should be (5, 2): an axis of size 1 is left over"
    assert _out.shape not in [(5,), (5, 1), (5, 1, 1)], (
        f"select_rows: shape {tuple(_out.shape)}: only the first number of each row came along. gather's index must be "
        "as wide as D"
    )
    assert _out.shape == (5, 2), f"select_rows: shape {tuple(_out.shape)}, but should be (5, 2)"
    _right = torch.tensor([[4.0, 5.0], [6.0, 7.0], [14.0, 15.0], [20.0, 21.0], [28.0, 29.0]])
    assert torch.equal(_out, _right), f"select_rows: got {_out.tolist()}, but should be {_right.tolist()}"
    for _b, _k, _d in [(1, 3, 2), (4, 3, 1), (1, 3, 1)]:
        _out = select_rows(torch.zeros(_b, _k, _d), torch.zeros(_b, dtype=torch.int64))
        assert _out.shape == (_b, _d), (
            f"select_rows: x of shape {(_b, _k, _d)} gave {tuple(_out.shape)}, but should give {(_b, _d)}: an axis was squeezed "
            "away only because it has size 1"
        )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(43)
    for _b, _k, _d in [(5, 3, 4), (1, 4, 2), (3, 1, 5), (6, 2, 1), (3, 3, 3)]:
        for _dtype in (torch.float32, torch.float64):
            _x, _index = torch.randn(_b, _k, _d, dtype=_dtype), torch.randint(_k, (_b,))
            _kept = _x.clone(), _index.clone()
            _out = select_rows(_x, _index)
            _right = torch.stack([_x[_i, int(_index[_i])] for _i in range(_b)])
            assert _out.shape == (_b, _d), f"select_rows: shape {tuple(_out.shape)}, but should be {(_b, _d)}"
            assert _out.dtype == _dtype, f"select_rows: dtype {_out.dtype}, but should be {_dtype}"
            assert torch.allclose(_out, _right), "select_rows: wrong values"
            assert torch.equal(_x, _kept[0]) and torch.equal(_index, _kept[1]), "select_rows changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "select_rows-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"select_actions": reference_select_actions}
### END HIDDEN TESTS
with judged_alone(**references):
    _x = torch.arange(12.0).reshape(2, 3, 2).requires_grad_()
    _out = select_rows(_x, torch.tensor([2, 0]))
    assert _out.requires_grad, "select_rows: the result carries no graph: it was detached, or rebuilt from numbers"
    (_out.reshape(2, 2) * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
    assert _x.grad is not None, "select_rows: the gradient does not arrive at `x`"
    _right = torch.tensor([[[0.0, 0.0], [0.0, 0.0], [1.0, 2.0]], [[3.0, 4.0], [0.0, 0.0], [0.0, 0.0]]])
    assert torch.equal(_x.grad, _right), f"select_rows: the gradient is {_x.grad.tolist()}, but should be {_right.tolist()}"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(44)
    for _b, _k, _d in [(5, 3, 4), (4, 7, 2), (1, 2, 3)]:
        _x = torch.randn(_b, _k, _d, dtype=torch.float64, requires_grad=True)
        _index, _weights = torch.randint(_k, (_b,)), torch.randn(_b, _d, dtype=torch.float64)
        (select_rows(_x, _index) * _weights).sum().backward()
        _right = torch.zeros(_b, _k, _d, dtype=torch.float64)
        for _i in range(_b):
            _right[_i, int(_index[_i])] = _weights[_i]
        assert torch.allclose(_x.grad, _right), "select_rows: the gradient misses a chosen row or reaches another"
    ### END HIDDEN TESTS

