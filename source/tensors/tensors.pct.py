# ---
# jupyter:
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
# **axis**: shape `(2, 3)` means 2 rows and 3 columns; axis 0 runs down the rows, axis 1 along the columns. Its
# **dtype** is the type of the numbers (`float64`, `float32`, `int64`, `uint8`, `bool`).

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
    assert _out.shape != (1, 4, 1, 2, 3), (
        "insert_axes: shape (1, 4, 1, 2, 3): the new axes stand before A and B, not after"
    )
    assert _out.shape != (4, 1, 2, 3, 1), "insert_axes: shape (4, 1, 2, 3, 1): the second new axis stands behind C"
    assert _out.shape == (4, 1, 2, 1, 3), f"insert_axes: shape {_out.shape}, but should be (4, 1, 2, 1, 3)"
    assert _out[3, 0, 1, 0, 2] == _x[3, 1, 2], (
        f"insert_axes: the entry at [3, 0, 1, 0, 2] is {_out[3, 0, 1, 0, 2]}, but should be {_x[3, 1, 2]}, the one "
        "that was at [3, 1, 2]"
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
    assert _out.shape not in [(4, 2, 1, 3), (4, 1, 2, 3)], (
        f"drop_axes: (4, 1, 2, 1, 3) became {_out.shape}, but should become (4, 2, 3): only one of the two axes is gone"
    )
    assert _out.shape == (4, 2, 3), f"drop_axes: (4, 1, 2, 1, 3) became {_out.shape}, but should become (4, 2, 3)"
    assert np.array_equal(_out.ravel(), _x.ravel()), "drop_axes: the entries changed or moved"
    _out = drop_axes(np.zeros((1, 1, 2, 1, 3)))
    assert _out.shape != (2, 3), (
        "drop_axes: (1, 1, 2, 1, 3) became (2, 3), but should become (1, 2, 3): it looks as if every axis of size 1 "
        "was dropped"
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
        except AssertionError as error:
            raise AssertionError(
                f"drop_axes: shape {_shape} raised AssertionError, as `assert` does, but should raise ValueError"
            ) from error
        _axis = 1 if _shape[1] != 1 else 3
        assert np.shape(_out) != _shape[::2], (
            f"drop_axes: shape {_shape} gave {_shape[::2]}, but should raise ValueError: axis {_axis} held more than "
            "one entry, and all but one were thrown away"
        )
        raise AssertionError(
            f"drop_axes: shape {_shape} gave {np.shape(_out)}, but should raise ValueError: the size of axis {_axis} "
            "is not 1"
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
        f"pairwise_sq_dists: d[1, 0] is {_out[1, 0]:.1f}, but should be 25: it looks like a mean over D instead of a "
        "sum"
    )
    assert not np.allclose(_out, np.abs(_x[:, None] - _y[None]).sum(-1)), (
        f"pairwise_sq_dists: d[1, 0] is {_out[1, 0]:.1f}, but should be 25: absolute differences were added, not "
        "squares"
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
            assert abs(_out[_i, _j] - _one) < 1e-9, (
                f"pairwise_sq_dists: d[{_i}, {_j}] is {_out[_i, _j]}, should be {_one}"
            )
        assert np.array_equal(_x, _kept[0]) and np.array_equal(_y, _kept[1]), "pairwise_sq_dists changed its inputs"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "pairwise_sq_dists-limits", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _out = pairwise_sq_dists(np.array([[3, 200]], dtype=np.uint8), np.array([[5, 100], [3, 200]], dtype=np.uint8))
    assert _out.dtype == np.float64, f"pairwise_sq_dists: dtype {_out.dtype} for uint8 points, but should be float64"
    assert abs(_out.flat[0] - 20) > 1e-6, (
        "pairwise_sq_dists: uint8 points (3, 200) and (5, 100) are 20 apart, but should be 10004: it looks as if the "
        "numbers wrapped around before they became floats"
    )
    assert _out.shape == (1, 2) and np.allclose(_out, [[10004.0, 0.0]]), (
        f"pairwise_sq_dists: uint8 point (3, 200) to (5, 100) and to itself: got {_out.tolist()}, but should be "
        "[[10004.0, 0.0]]"
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

    _few = _python_steps(2, 2, 2)
    for _sizes, _over in [((50, 60, 2), "the points"), ((2, 2, 60), "the D coordinates")]:
        _many = _python_steps(*_sizes)
        assert _many < _few + 30, (
            f"pairwise_sq_dists runs {_few} lines of Python for N, M, D = 2, 2, 2 and {_many} for {_sizes}: there is a "
            f"Python loop over {_over}"
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
tenths = np.full((10, 2), 0.1)
print("mean of each column", tenths.mean(axis=0), " std", tenths.std(axis=0))
print("standardised, row 0", (tenths[0] - tenths.mean(axis=0)) / tenths.std(axis=0))

# %% [markdown]
# Ten tenths were added, one after the other, and came to a little less than 1. So the std of ten equal numbers came
# out as a rounding error, and dividing one rounding error by another gave a confident 1. Don't ask whether the std is
# 0, then: ask whether the entries are equal (for instance, whether the column's largest entry is its smallest). And
# don't "fix" it by adding a small number to every std, or by calling every small std zero: a column in nanometres,
# with a true std of 1e-9, is to come out with std 1 like any other.


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
    _kept = _x.copy()
    _out = standardize_columns(_x)
    assert np.array_equal(_x, _kept), "standardize_columns changed its input: work on a new array"
    assert isinstance(_out, np.ndarray), (
        f"standardize_columns returned {type(_out).__name__}, but should return an array"
    )
    assert _out.shape == (4, 3), f"standardize_columns: shape {_out.shape}, but should be (4, 3)"
    assert not np.allclose(_out, (_x - _x.mean()) / _x.std()), (
        "standardize_columns: one mean and one std were taken over the whole array, not one per column"
    )
    assert not np.allclose(_out, (_x - _x.mean(1, keepdims=True)) / _x.std(1, keepdims=True)), (
        "standardize_columns: the rows were standardised; a mean per column is a mean over axis 0"
    )
    assert not np.allclose(_out, (_x - _x.mean(0)) / _x.std(0, ddof=1)), (
        f"standardize_columns: the first column starts with {_out[0, 0]:.3f}, but should start with -1.342: its std "
        "was divided by N - 1, not by N"
    )
    assert not np.allclose(_out, (_x - _x.mean(0)) / _x.var(0)), (
        "standardize_columns: divided by the variance, not the std"
    )
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
    _nano = standardize_columns(1e-9 * np.array([[1.0], [2.0], [3.0], [4.0]]))[:, 0]
    assert not (_nano == 0).all(), (
        "standardize_columns: a column with std 1e-9 became 0, but its entries differ: small is not the same as equal"
    )
    assert not 1e-6 < _nano.std() < 0.8, (
        f"standardize_columns: a column with std 1e-9 came out with std {_nano.std():.3f}, but should have 1: it "
        "looks as if a small number was added to the std"
    )
    assert abs(_nano.std() - 1) < 1e-6, (
        f"standardize_columns: a column with std 1e-9 came out with std {_nano.std():.3g}, but should have 1"
    )
    _out = standardize_columns(np.column_stack([np.full(10, 2.0), np.arange(10.0)]))
    assert not np.isnan(_out).any(), "standardize_columns: a column of ten 2.0 became NaN, but should become 0: 0 / 0"
    assert (_out[:, 0] == 0).all(), (
        f"standardize_columns: a column of ten 2.0 became {_out[:3, 0]}, but should become 0"
    )
    _out = standardize_columns(np.column_stack([np.full(10, 0.1), np.arange(10.0)]))
    assert not (np.abs(_out[:, 0]) > 0.5).any(), (
        f"standardize_columns: ten copies of 0.1 became {_out[0, 0]:.2f}, but should become exactly 0: a std that is "
        "only a rounding error passed for a std"
    )
    assert (_out[:, 0] == 0).all(), (
        f"standardize_columns: ten copies of 0.1 became {_out[0, 0]:.1e}, but should become exactly 0, not nearly"
    )
    assert np.allclose(_out[:, 1].std(), 1), "standardize_columns: the column beside a constant one lost its std of 1"
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
# From here on we use PyTorch. A `torch.Tensor` is an array that can also remember how it was computed, which is Block
# B. Everything above carries over, with small differences: `dim=` for `axis=` (PyTorch accepts both),
# `x.unsqueeze(1)` for `np.expand_dims(x, 1)`, `float32` as the default dtype, `int64` for indices.
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
    assert not torch.equal(_out, _values[0, _actions]), "select_actions: all entries come from the first row"
    assert not torch.equal(_out, _values[torch.arange(4), _actions - 1]), (
        "select_actions: each entry stands one to the left of the right one: actions count from 0"
    )
    assert torch.equal(_out, torch.tensor([2.0, 3.0, 6.0, 1.5])), (
        f"select_actions: got {_out.tolist()}, but should be [2.0, 3.0, 6.0, 1.5]"
    )
    _out = select_actions(torch.tensor([[5.0, 1.0, 2.0]]), torch.tensor([2]))
    assert _out.shape == (1,), (
        f"select_actions: a batch of one gave shape {tuple(_out.shape)}, but should be (1,): squeeze only the axis "
        "you mean"
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
        assert torch.allclose(_values.grad, _right), (
            "select_actions: the gradient misses a chosen entry or reaches another"
        )
    ### END HIDDEN TESTS


# %% nbgrader={"grade": true, "grade_id": "select_rows-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_select_actions(values: torch.Tensor, actions: torch.Tensor) -> torch.Tensor:
    return values.gather(1, actions[:, None]).squeeze(1)


### END HIDDEN TESTS
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
    assert _out.shape != (5, 3, 2), "select_rows: shape (5, 3, 2): whole tables were picked, not one row of each table"
    assert _out.shape == (5, 2), f"select_rows: shape {tuple(_out.shape)}, but should be (5, 2)"
    assert not torch.equal(_out, _x[0, _index]), "select_rows: all rows come from the first table"
    _right = torch.tensor([[4.0, 5.0], [6.0, 7.0], [14.0, 15.0], [20.0, 21.0], [28.0, 29.0]])
    assert torch.equal(_out, _right), f"select_rows: got {_out.tolist()}, but should be {_right.tolist()}"
    for _b, _k, _d in [(1, 3, 2), (4, 3, 1), (1, 3, 1)]:
        _out = select_rows(torch.zeros(_b, _k, _d), torch.zeros(_b, dtype=torch.int64))
        assert _out.shape == (_b, _d), (
            f"select_rows: x of shape {(_b, _k, _d)} gave {tuple(_out.shape)}, but should give {(_b, _d)}: an axis "
            "was squeezed away only because it has size 1"
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
    assert torch.equal(_x.grad, _right), (
        f"select_rows: the gradient is {_x.grad.tolist()}, but should be {_right.tolist()}"
    )
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

# %% [markdown]
# ---
# ## Block B · Gradients
#
# **Where reinforcement learning uses it:** every agent in this course learns by moving its parameters along a gradient;
# half the art is in saying which way a gradient may flow, and which way it must not.
#
# A tensor with `requires_grad=True` is one you want derivatives for. Everything computed from it is recorded in a
# **graph**: the result remembers which operation made it (`grad_fn`), and that operation remembers what it was fed.
# `loss.backward()` walks the graph from the loss back to the **leaves** (the tensors you made yourself), multiplies
# derivatives on the way, which is the chain rule, and **adds** the outcome to each leaf's `.grad`.
#
# By hand: $L = (w x + b)^2$ at $w = 2, x = 3, b = 1$. The inside is $u = 7$, so $L = 49$ and
#
# $$ \frac{\partial L}{\partial w} = 2u \cdot x = 42, \qquad \frac{\partial L}{\partial b} = 2u = 14 . $$

# %%
w = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
loss = (w * 3.0 + b) ** 2
loss.backward()
print("loss", loss.item(), " dL/dw", w.grad.item(), " dL/db", b.grad.item())
((w * 3.0 + b) ** 2).backward()
print("the same once more, without clearing: dL/dw", w.grad.item())

# %% [markdown]
# The last line is the first trap of PyTorch: gradients **accumulate**. Clear them (`w.grad = None`, or
# `w.grad.zero_()`) before each `backward()`, or each step is taken along the sum of all gradients so far.
#
# Now the graph itself. `loss.grad_fn` is the node of the last operation. A node's `next_functions` is a tuple of pairs,
# one for each input of the operation: the node that made this input, and a number that we don't need. Where an input
# needs no gradient (the constant 3.0), the node is `None`. A leaf such as `w` was not made by any operation; the node
# in its place is called `AccumulateGrad`, for that is what happens there.

# %%
loss = (w * 3.0 + b) ** 2
node = loss.grad_fn
print("level 0:", type(node).__name__)
print("level 1:", [type(n).__name__ for n, _ in node.next_functions])
print("level 2:", [type(n).__name__ for n, _ in node.next_functions[0][0].next_functions])

# %% [markdown]
# ### Exercise 5 · reading the graph
# ●●●○○ · 15 min · 3 points
#
# Write `backward_graph(t)`, which lists the names of all nodes behind `t`, **level by level**. Level 0 is `t.grad_fn`.
# Level $n + 1$ holds the nodes found in the `next_functions` of the level-$n$ nodes, taken from left to right, that
# have not been listed yet. This order is called breadth first. So each node stands **once**, at its smallest distance
# from `t`, even when several paths lead to it.
#
# The name of a node is `type(node).__name__`. `None` is skipped, `AccumulateGrad` is listed. A tensor that nothing made
# (`t.grad_fn is None`) has no levels: the result is `[]`.
#
# By hand, for $L = (wx + b)^2$:
#
# ```
# [["PowBackward0"], ["AddBackward0"], ["MulBackward0", "AccumulateGrad"], ["AccumulateGrad"]]
#    the square        the plus          w * 3           b                   w
# ```
#
# To know a node again, keep the nodes **themselves** in a list or set and use `in`. (Their `id()` won't do: Python may
# give the same number to another node once the first is forgotten.)


# %% nbgrader={"grade": false, "grade_id": "backward_graph", "locked": false, "schema_version": 3, "solution": true, "task": false}
def backward_graph(t: torch.Tensor) -> list[list[str]]:
    """Names of the nodes of t's graph, breadth first, one list for each level.

    Args:
        t: any tensor.

    Returns:
        Level by level, left to right, the class names of the `grad_fn` nodes. Each node appears once, at its smallest
        depth; `None` is left out, `AccumulateGrad` is not. `[]` if `t.grad_fn is None`.

    Example:
        >>> backward_graph(torch.tensor(2.0, requires_grad=True) * 3.0)
        [['MulBackward0'], ['AccumulateGrad']]

    Source: PyTorch documentation, "Autograd mechanics".
    """
    ### BEGIN SOLUTION
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels
    ### END SOLUTION


# %% [markdown]
# *What to see:* the graph of $L = (w x + b)^2$, drawn from your list. `backward()` starts at the top; where an arrow
# meets an `AccumulateGrad`, a leaf receives its gradient.


# %% nbgrader={"grade": false, "grade_id": "given-draw_levels", "locked": true, "schema_version": 3, "solution": false, "task": false}
def draw_levels(ax: plt.Axes, levels: list[list[str]], arrows: list[tuple], notes: dict[tuple, str]) -> None:
    """Draw node names level by level; arrows are pairs of (level, position), notes stand below a node."""
    for depth, names in enumerate(levels):
        for place, name in enumerate(names):
            leaf = name == "AccumulateGrad"
            box = {"boxstyle": "round,pad=0.4", "facecolor": "0.85" if leaf else "white", "edgecolor": "black"}
            label = f"{name}\n{notes.get((depth, place), '')}".strip()
            ax.text(place - (len(names) - 1) / 2, -depth, label, ha="center", va="center", fontsize=9, bbox=box)
    for (depth, place), (depth_2, place_2) in arrows:
        start = place - (len(levels[depth]) - 1) / 2, -depth - 0.22
        stop = place_2 - (len(levels[depth_2]) - 1) / 2, -depth_2 + 0.24
        ax.annotate("", xy=stop, xytext=start, arrowprops={"arrowstyle": "-|>", "color": "black"})
    ax.set(xlim=(-1.2, 1.2), ylim=(-len(levels) + 0.5, 0.5), xticks=[], ylabel="level (steps back from the loss)")
    ax.set_yticks(range(0, -len(levels), -1), range(len(levels)))
    ax.spines["bottom"].set_visible(False)
    ax.grid(False)


# %%
fig, ax = plt.subplots(figsize=(7, 4.5))
draw_levels(
    ax,
    backward_graph((w * 3.0 + b) ** 2),
    arrows=[((0, 0), (1, 0)), ((1, 0), (2, 0)), ((1, 0), (2, 1)), ((2, 0), (3, 0))],
    notes={(0, 0): "the square", (1, 0): "the plus", (2, 0): "w * 3", (2, 1): "leaf b", (3, 0): "leaf w"},
)
ax.set_title("the graph behind L = (w x + b)²")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "backward_graph-levels", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w, _b = torch.tensor(2.0, requires_grad=True), torch.tensor(1.0, requires_grad=True)
    _out = backward_graph((_w * 3.0 + _b) ** 2)
    _right = [["PowBackward0"], ["AddBackward0"], ["MulBackward0", "AccumulateGrad"], ["AccumulateGrad"]]
    assert isinstance(_out, list), f"backward_graph returned {type(_out).__name__}, but should return a list of lists"
    assert not all(isinstance(_level, str) for _level in _out), (
        f"backward_graph returned one flat list, {_out}, but should return one list for each level"
    )
    _flat = [_name for _level in _out for _name in _level]
    assert all(isinstance(_name, str) for _name in _flat), (
        "backward_graph: the levels hold nodes, but should hold names"
    )
    assert "NoneType" not in _flat, (
        "backward_graph: NoneType is listed: the input that needs no gradient is to be skipped"
    )
    assert not any("::" in _name or "<" in _name for _name in _flat), (
        f"backward_graph: the names read {_flat}; the name of a node is type(node).__name__"
    )
    assert _out[:1] != [["AddBackward0"]], (
        "backward_graph: level 0 is the plus, but should be t.grad_fn itself, the square"
    )
    assert _out[:1] == [["PowBackward0"]], f"backward_graph: level 0 is {_out[:1]}, but should be [['PowBackward0']]"
    assert "AccumulateGrad" in _flat, "backward_graph: the leaves are missing; AccumulateGrad is a node like the others"
    assert _out[-1] != [], "backward_graph: there is an empty level at the end"
    assert _out != [_right[0], _right[1], _right[2][::-1], _right[3]], "backward_graph: level 2 runs from right to left"
    assert _out != _right[:3], (
        "backward_graph: the leaf w is missing: its node has the same name as that of b, but is another node"
    )
    assert _out == _right, f"backward_graph: got {_out}, but should be {_right}"
    ### BEGIN HIDDEN TESTS
    _u, _v = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
    _out = backward_graph((_u.exp() - _v.sin() / 2).sum())
    _right = [["SumBackward0"], ["SubBackward0"], ["ExpBackward0", "DivBackward0"], ["AccumulateGrad", "SinBackward0"]]
    _right += [["AccumulateGrad"]]
    assert _out == _right, f"backward_graph: got {_out}, but should be {_right}"
    _out = backward_graph(torch.stack([_u.tanh(), _v, torch.zeros(3), (_u * _v).log()]))
    _right = [
        ["StackBackward0"],
        ["TanhBackward0", "AccumulateGrad", "LogBackward0"],
        ["AccumulateGrad", "MulBackward0"],
    ]
    assert _out == _right, f"backward_graph: got {_out}, but should be {_right}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_graph-shared", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w = torch.tensor(2.0, requires_grad=True)
    _out = backward_graph(_w * _w)
    assert _out != [["MulBackward0"], ["AccumulateGrad", "AccumulateGrad"]], (
        "backward_graph: w * w has one leaf, which is listed twice in the same level"
    )
    assert _out == [["MulBackward0"], ["AccumulateGrad"]], (
        f"backward_graph: w * w gave {_out}, but should give [['MulBackward0'], ['AccumulateGrad']]"
    )
    _h = _w.exp()
    _out = backward_graph(_h.sin() + _h)
    _right = [["AddBackward0"], ["SinBackward0", "ExpBackward0"], ["AccumulateGrad"]]
    assert _out != [["AddBackward0"], ["SinBackward0"], ["ExpBackward0"], ["AccumulateGrad"]], (
        "backward_graph: in h.sin() + h, the node of h = exp(w) stands at depth 2, where the path through the sine "
        "ends, but the plus leads to it directly: it was explored depth first"
    )
    assert sum(_level.count("ExpBackward0") for _level in _out) == 1, (
        f"backward_graph: in h.sin() + h, h = exp(w), the same node is listed at two levels: {_out}"
    )
    assert _out == _right, f"backward_graph: h.sin() + h with h = exp(w) gave {_out}, but should give {_right}"
    _y = _w.cos()
    for _ in range(6):
        _y = _y + _y
    _out = backward_graph(_y)
    assert _out == [["AddBackward0"]] * 6 + [["CosBackward0"], ["AccumulateGrad"]], (
        f"backward_graph: a number doubled six times by y + y has eight nodes, but {sum(map(len, _out))} are listed"
    )
    ### BEGIN HIDDEN TESTS
    _u = torch.randn(2, requires_grad=True)
    _h = _u * 2.0
    _out = backward_graph((_h.exp().log() * _h.tanh() - _h).sum())
    _right = [["SumBackward0"], ["SubBackward0"], ["MulBackward0", "MulBackward0"]]
    _right += [["LogBackward0", "TanhBackward0", "AccumulateGrad"], ["ExpBackward0"]]
    assert _out == _right, f"backward_graph: got {_out}, but should be {_right}"
    _y = _u.sum()
    for _ in range(200):
        _y = _y * 1.01 + 0.5 * _y
    _out = backward_graph(_y)
    assert [len(_level) for _level in _out] == [1, 2] * 200 + [1, 1], (
        "backward_graph: wrong on a long chain with shared nodes"
    )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_graph-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _out = backward_graph(torch.tensor(2.0, requires_grad=True))
    assert _out != [[]], "backward_graph: a leaf gave [[]], one empty level, but should give [], no level"
    assert _out == [], f"backward_graph: a leaf gave {_out}, but should give []"
    assert backward_graph(torch.ones(3) * 2) == [], "backward_graph: a tensor without a graph should give []"
    _w = torch.tensor(2.0, requires_grad=True)
    _y = _w.exp()
    backward_graph(_y)
    assert _w.grad is None, "backward_graph differentiated something: the leaf has a gradient now"
    ### BEGIN HIDDEN TESTS
    _y.backward()
    assert abs(_w.grad.item() - math.exp(2.0)) < 1e-4, (
        "backward_graph spoilt the graph: the gradient is wrong afterwards"
    )
    assert backward_graph(_y.detach()) == [], "backward_graph: a detached tensor should give []"
    assert backward_graph(_w.exp()) == [["ExpBackward0"], ["AccumulateGrad"]], "backward_graph: wrong when called again"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6 · a copy without a past
# ●○○○○ · 5 min · 2 points
#
# An agent often needs to remember a number as it **was**: the policy's probabilities before the update, the weights of
# a frozen target network. Two things are easily mixed up:
#
# | | shares the graph | shares the memory |
# |---|---|---|
# | `u = t` | yes | yes |
# | `t.clone()` | **yes**: gradients flow through the copy back into `t` | no |
# | `t.detach()` | no | **yes**: an in-place change of `t` shows in the "copy" |
#
# Write `detached_copy(t)`, which shares neither.


# %% nbgrader={"grade": false, "grade_id": "detached_copy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def detached_copy(t: torch.Tensor) -> torch.Tensor:
    """The values of t, without its graph and in memory of their own.

    Args:
        t: any tensor.

    Returns:
        Tensor of the same shape, dtype and values, with `requires_grad` False.

    Example:
        >>> detached_copy(torch.tensor([1.0, 2.0], requires_grad=True))
        tensor([1., 2.])

    Source: PyTorch documentation, `torch.Tensor.detach`.
    """
    ### BEGIN SOLUTION
    return t.detach().clone()
    ### END SOLUTION


# %%
weights = torch.tensor([1.0, 2.0], requires_grad=True)
snapshot = detached_copy(weights)
with torch.no_grad():
    weights += 100.0  # what an optimizer does: change the memory in place
print("weights", weights.tolist(), " snapshot", snapshot.tolist())

# %% nbgrader={"grade": true, "grade_id": "detached_copy-graph", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _leaf = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    for _t, _what in [(_leaf * 2, "a computed tensor"), (_leaf, "a leaf")]:
        _out = detached_copy(_t)
        assert isinstance(_out, torch.Tensor), (
            f"detached_copy returned {type(_out).__name__}, but should return a tensor"
        )
        assert _out.grad_fn is None, (
            f"detached_copy: the copy of {_what} still has a graph ({type(_out.grad_fn).__name__}): gradients flow "
            "back through it"
        )
        assert not _out.requires_grad, f"detached_copy: the copy of {_what} requires a gradient"
        assert _out.shape == _t.shape and _out.dtype == _t.dtype, "detached_copy: shape or dtype changed"
        assert _out.tolist() == _t.tolist(), f"detached_copy: got {_out.tolist()}, but should be {_t.tolist()}"
    assert _leaf.requires_grad, "detached_copy: the original lost its requires_grad"
    ### BEGIN HIDDEN TESTS
    for _t in [
        torch.randn(2, 5, dtype=torch.float64),
        torch.arange(6).reshape(3, 2),
        torch.tensor(True),
        torch.zeros(0, 3),
    ]:
        _out = detached_copy(_t)
        assert _out.dtype == _t.dtype and torch.equal(_out, _t), (
            f"detached_copy: wrong for {_t.dtype}, {tuple(_t.shape)}"
        )
    _y = (_leaf**2).sum()
    detached_copy(_y)
    _y.backward()
    assert torch.equal(_leaf.grad, 2 * _leaf.detach()), "detached_copy: the original's graph was spoilt"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "detached_copy-memory", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _t = torch.tensor([1.0, 2.0, 3.0])
    _out = detached_copy(_t)
    assert _out is not _t, "detached_copy returned the tensor that it was given, not a copy"
    _t += 10
    assert _out.tolist() == [1.0, 2.0, 3.0], (
        f"detached_copy: after the original changed in place, the copy reads {_out.tolist()}, but should still read "
        "[1.0, 2.0, 3.0]: they share their memory"
    )
    ### BEGIN HIDDEN TESTS
    _leaf = torch.randn(4, 3, requires_grad=True)
    _kept = _leaf.tolist()
    _out = detached_copy(_leaf)
    with torch.no_grad():
        _out.zero_()
    assert _leaf.tolist() == _kept, "detached_copy: changing the copy changed the original"
    _wide = torch.arange(3.0).expand(2, 3)
    _out = detached_copy(_wide)
    _out += 1
    assert _wide[0].tolist() == [0.0, 1.0, 2.0], "detached_copy: changing the copy changed the original"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7 · gradient descent by hand
# ●●●○○ · 15 min · 4 points
#
# Each step moves every parameter a little against its gradient, with $\eta$ the **learning rate**:
#
# $$ \theta \leftarrow \theta - \eta \, \nabla_\theta L(\theta) . $$
#
# By hand: $L(w) = (w - 3)^2$, $w = 1$, $\eta = 0.25$. The gradient is $2(w - 3) = -4$, so $w$ becomes $2$; the next
# gradient is $-2$ and $w$ becomes $2.5$. The losses **before** these two steps are 4 and 1.
#
# Write the loop without an optimizer. `params` is a list of leaf tensors, `loss_fn()` computes the loss, as a tensor of
# shape `()`, from whatever values they have at that moment. For each step: compute the loss, differentiate it, move
# every parameter. Mind four things:
#
# - The caller's tensors themselves are to change (**in place**). `p = p - lr * p.grad` makes a new tensor that the
#   caller never sees; `p -= lr * p.grad` changes the one there is.
# - The update is not part of the function you differentiate. PyTorch refuses an in-place change of a leaf that requires
#   a gradient, unless it stands under `with torch.no_grad():`.
# - Gradients accumulate. Neither those of the step before nor those left over from **before the call** may leak in.
# - Return the losses as Python floats (`.item()`): a list of tensors would keep every graph alive.


# %% nbgrader={"grade": false, "grade_id": "gradient_descent", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_descent(
    params: list[torch.Tensor], loss_fn: Callable[[], torch.Tensor], lr: float, steps: int
) -> list[float]:
    """Take plain gradient steps on params, in place, without an optimizer.

    Args:
        params: leaf tensors of any shapes that require gradients; the loss depends on each of them.
        loss_fn: takes nothing, returns the loss, a tensor of shape ().
        lr: the learning rate.
        steps: number of steps; 0 changes nothing.

    Returns:
        The loss before each step, `steps` floats.

    Example:
        >>> w = torch.tensor(1.0, requires_grad=True)
        >>> gradient_descent([w], lambda: (w - 3) ** 2, lr=0.25, steps=2)
        [4.0, 1.0]
        >>> w.item()
        2.5

    Source: PyTorch documentation, "Autograd mechanics", in-place operations and locally disabling gradients.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.item())
    return losses
    ### END SOLUTION


# %% [markdown]
# *What to see:* a valley that is ten times as steep across as along. A small learning rate creeps, a larger one zigzags
# between the walls, and above 0.2 the steps across would grow without end.

# %%
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
grid_u, grid_v = np.meshgrid(np.linspace(-3.2, 1, 60), np.linspace(-1.5, 1.5, 60))
left.contour(grid_u, grid_v, 0.5 * grid_u**2 + 5 * grid_v**2, levels=12, colors="0.7")
for lr, style in [(0.02, "o-"), (0.1, "s--"), (0.19, "^:")]:
    point = torch.tensor([-3.0, 1.0], requires_grad=True)
    path, curve = [point.tolist()], []
    for _ in range(30):
        curve += gradient_descent([point], lambda p=point: 0.5 * p[0] ** 2 + 5 * p[1] ** 2, lr, steps=1)
        path.append(point.tolist())
    left.plot(*np.array(path).T, style, markersize=4, label=f"learning rate {lr}")
    right.plot(curve, style, markersize=4, label=f"learning rate {lr}")
left.set(xlabel="u (parameter)", ylabel="v (parameter)", title="30 steps in the valley")
right.set(xlabel="step", ylabel="loss before the step", yscale="log", title="the same, as a curve")
right.legend()
fig.tight_layout()
plt.show()

# %% nbgrader={"grade": true, "grade_id": "gradient_descent-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w = torch.tensor(1.0, requires_grad=True)
    _params = [_w]
    gradient_descent(_params, lambda: (_w - 3) ** 2, lr=0.25, steps=1)
    assert _params[0] is _w, "gradient_descent put new tensors into the list: the caller still holds the old ones"
    assert _w.item() != 1.0, (
        "gradient_descent: w has not moved: a step made a new tensor instead of changing the one given"
    )
    assert _w.item() != 0.0, (
        "gradient_descent: w went from 1 to 0, away from the minimum at 3: the sign of the step is wrong"
    )
    assert _w.item() != 5.0, (
        "gradient_descent: w went from 1 to 5: the gradient was not multiplied by the learning rate"
    )
    assert abs(_w.item() - 2) < 1e-6, f"gradient_descent: w went from 1 to {_w.item()}, but should go to 2"
    assert not {"optim", "SGD", "Adam"} & set(gradient_descent.__code__.co_names), "gradient_descent uses an optimizer"
    _w, _c = torch.tensor([1.0, -1.0], requires_grad=True), torch.tensor(2.0, requires_grad=True)
    gradient_descent([_w, _c], lambda: (_w * _c).sum() ** 2 + _w[0] ** 2 + _c**2, lr=0.1, steps=1)
    assert torch.allclose(_w.detach(), torch.tensor([0.8, -1.0])) and abs(_c.item() - 1.6) < 1e-6, (
        f"gradient_descent: of two parameters, w became {_w.tolist()} and c {_c.item():.3f}, but should become [0.8, "
        "-1.0] and 1.6: both move along the gradient of the same loss"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(71)
    for _lr, _steps in [(0.05, 1), (0.1, 4), (0.02, 9)]:
        _start = torch.randn(4, 3, dtype=torch.float64), torch.randn(3, dtype=torch.float64)
        _mine = [_t.clone().requires_grad_() for _t in _start]
        _theirs = [_t.clone().requires_grad_() for _t in _start]
        for _ in range(_steps):
            _loss = ((_mine[0] * _mine[1]).sum(1) ** 2).mean() + _mine[1].exp().sum()
            _grads = torch.autograd.grad(_loss, _mine)
            _mine = [(_t - _lr * _g).detach().requires_grad_() for _t, _g in zip(_mine, _grads, strict=True)]
        gradient_descent(_theirs, lambda p=_theirs: ((p[0] * p[1]).sum(1) ** 2).mean() + p[1].exp().sum(), _lr, _steps)
        for _a, _b in zip(_mine, _theirs, strict=True):
            assert torch.allclose(_a, _b, atol=1e-8), (
                f"gradient_descent: wrong parameters after {_steps} steps of {_lr}"
            )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_descent-in_place", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w = torch.tensor([1.0, 5.0], requires_grad=True)
    _address, _params = _w.data_ptr(), [_w]
    gradient_descent(_params, lambda: ((_w - 3) ** 2).sum(), lr=0.25, steps=2)
    assert _params[0] is _w, "gradient_descent replaced the tensors in the list: the caller still holds the old ones"
    assert not torch.equal(_w.detach(), torch.tensor([1.0, 5.0])), (
        "gradient_descent: the caller's tensor did not change"
    )
    assert _w.is_leaf and _w.requires_grad, (
        "gradient_descent: the parameter is no longer a leaf that requires a gradient"
    )
    assert torch.is_grad_enabled(), "gradient_descent left gradients switched off"
    ### BEGIN HIDDEN TESTS
    assert _w.data_ptr() == _address, "gradient_descent: the parameter has moved to other memory"
    assert torch.allclose(_w.detach(), torch.tensor([2.5, 3.5])), "gradient_descent: wrong after two steps"
    _net = nn.Linear(3, 2)
    _before = copy.deepcopy(_net.state_dict())
    gradient_descent(list(_net.parameters()), lambda: (_net(torch.ones(5, 3)) ** 2).mean(), lr=0.01, steps=3)
    assert not torch.equal(_net.weight, _before["weight"]), "gradient_descent: the network's weights did not change"
    assert isinstance(_net.weight, nn.Parameter), "gradient_descent: a parameter of a network is no longer one"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_descent-leftovers", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w = torch.tensor(1.0, requires_grad=True)
    gradient_descent([_w], lambda: (_w - 3) ** 2, lr=0.25, steps=2)
    assert abs(_w.item() - 3.5) > 1e-6, (
        "gradient_descent: after two steps w is 3.5, but should be 2.5: the first step's gradient was added to the "
        "second's"
    )
    assert abs(_w.item() - 2.5) < 1e-6, f"gradient_descent: after two steps w is {_w.item()}, but should be 2.5"
    _w = torch.tensor(1.0, requires_grad=True)
    _w.grad = torch.tensor(100.0)
    gradient_descent([_w], lambda: (_w - 3) ** 2, lr=0.25, steps=1)
    assert abs(_w.item() - 2) < 1e-6, (
        f"gradient_descent: with a gradient of 100 left over from before the call, w became {_w.item()}, but should "
        "become 2"
    )
    ### BEGIN HIDDEN TESTS
    _a, _c = torch.tensor([1.0, 2.0], requires_grad=True), torch.tensor(-1.0, requires_grad=True)
    _a.grad, _c.grad = torch.tensor([7.0, -3.0]), torch.tensor(50.0)
    gradient_descent([_a, _c], lambda: (_a**2).sum() + _c**2, lr=0.1, steps=3)
    assert torch.allclose(_a.detach(), 0.512 * torch.tensor([1.0, 2.0])), "gradient_descent: old gradients leaked in"
    assert abs(_c.item() + 0.512) < 1e-6, "gradient_descent: old gradients leaked in"
    gradient_descent([_a, _c], lambda: (_a**2).sum() + _c**2, lr=0.1, steps=3)
    assert abs(_c.item() + 0.512**2) < 1e-6, "gradient_descent: a second call was disturbed by the first"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_descent-losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _w = torch.tensor(1.0, requires_grad=True)
    _out = gradient_descent([_w], lambda: (_w - 3) ** 2, lr=0.25, steps=2)
    assert isinstance(_out, list), f"gradient_descent returned {type(_out).__name__}, but should return a list"
    assert len(_out) == 2, f"gradient_descent: two steps gave {len(_out)} losses, but should give 2"
    assert not any(isinstance(_loss, torch.Tensor) for _loss in _out), (
        "gradient_descent: the losses are tensors, not floats"
    )
    assert all(isinstance(_loss, float) for _loss in _out), "gradient_descent: the losses should be floats"
    assert abs(_out[0] - 1) > 1e-6, (
        "gradient_descent: the first loss is 1, but should be 4, the loss before the first step"
    )
    assert abs(_out[0] - 4) < 1e-6, f"gradient_descent: the first loss is {_out[0]}, but should be 4"
    ### BEGIN HIDDEN TESTS
    _w = torch.tensor([2.0, -4.0], requires_grad=True)
    _out = gradient_descent([_w], lambda: (_w**2).sum(), lr=0.1, steps=4)
    assert np.allclose(_out, [20 * 0.64**_i for _i in range(4)]), f"gradient_descent: wrong losses {_out}"
    _w = torch.tensor(1.0, requires_grad=True)
    assert gradient_descent([_w], lambda: _w**2, lr=0.1, steps=0) == [] and _w.item() == 1.0, (
        "gradient_descent: 0 steps"
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ---
# ## Block C · Modules
#
# **Where reinforcement learning uses it:** policies, value functions and world models are all modules; an agent is a
# few of them, an optimizer for each, and a file to resume from.
#
# A **module** is an object that holds parameters and can be called. You write two methods: `__init__` makes the parts,
# `forward` says how they are used, and `net(x)` calls `forward`. Parameters are **registered** by assigning them as
# attributes: when a module, or an `nn.Parameter`, becomes an attribute of a module, PyTorch notes it down, and
# `net.parameters()`, `net.state_dict()` and `net.train()` reach it.

# %%


class Line(nn.Module):
    """y = slope * x + offset, the smallest useful module."""

    def __init__(self) -> None:
        super().__init__()  # first of all: prepares the register
        self.slope = nn.Parameter(torch.tensor(2.0))
        self.offset = nn.Parameter(torch.tensor(1.0))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.slope * x + self.offset


line = Line()
print("called:    ", line(torch.tensor([0.0, 10.0])).tolist())
print("parameters:", [name for name, _ in line.named_parameters()])
layer = nn.Linear(4, 2)  # y = W x + b on the last axis, for any leading axes
print("nn.Linear(4, 2): weight", tuple(layer.weight.shape), "bias", tuple(layer.bias.shape))
print("applied to (5, 3, 4):", tuple(layer(torch.zeros(5, 3, 4)).shape))
print("chained:", nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 2))(torch.zeros(5, 4)).shape)

# %% [markdown]
# A plain Python list is not a module. Layers that live only in a list are used by `forward`, and known to nobody else:
# no optimizer will ever train them. `nn.Sequential(*layers)` and `nn.ModuleList(layers)` register what they hold.
#
# ### Exercise 8 · a multilayer perceptron
# ●●○○○ · 12 min · 3 points
#
# A multilayer perceptron, MLP, chains linear layers (`nn.Linear`, with bias) and puts a bent function between them; the
# bend (`nn.Tanh`, `nn.ReLU`) is called the **activation**, and without it the whole chain would be one linear map.
# With `hidden=(7, 4)`, input of size 5 and output of size 3:
#
# ```
# Linear(5, 7) → activation → Linear(7, 4) → activation → Linear(4, 3)
# ```
#
# After the last layer there is **no** activation: values and means must be able to take any size and either sign. With
# `hidden=()` the net is a single linear layer. The activation comes as a class, so `activation()` makes one.


# %% nbgrader={"grade": false, "grade_id": "mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MLP(nn.Module):
    """Linear layers with an activation between any two, none after the last.

    Args:
        in_dim, out_dim: sizes of the last axis of input and output.
        hidden: the widths of the hidden layers, possibly none.
        activation: a module class that is made without arguments.

    Example:
        >>> net = MLP(5, 3, hidden=(7, 4))
        >>> [tuple(p.shape) for p in net.parameters()]
        [(7, 5), (7,), (4, 7), (4,), (3, 4), (3,)]
        >>> net(torch.zeros(2, 6, 5)).shape
        torch.Size([2, 6, 3])

    Source: PyTorch documentation, "Modules".
    """

    def __init__(
        self,
        in_dim: int,
        out_dim: int,
        hidden: Sequence[int] = (32, 32),
        activation: type[nn.Module] = nn.Tanh,
    ) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        layers = []
        for n_in, n_out in itertools.pairwise([in_dim, *hidden, out_dim]):
            layers += [nn.Linear(n_in, n_out), activation()]
        self.layers = nn.Sequential(*layers[:-1])
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (..., in_dim) to (..., out_dim)."""
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION


# %%
net = MLP(5, 3, hidden=(7, 4))
print(net)
print("numbers to train:", sum(p.numel() for p in net.parameters()), "(by hand: 5*7+7 + 7*4+4 + 4*3+3 = 89)")


# %% nbgrader={"grade": true, "grade_id": "mlp-shape", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
class reference_MLP(nn.Module):
    def __init__(self, in_dim, out_dim, hidden=(32, 32), activation=nn.Tanh):
        super().__init__()
        layers = []
        for n_in, n_out in itertools.pairwise([in_dim, *hidden, out_dim]):
            layers += [nn.Linear(n_in, n_out), activation()]
        self.layers = nn.Sequential(*layers[:-1])

    def forward(self, x):
        return self.layers(x)


### END HIDDEN TESTS
with judged_alone():
    _net = MLP(5, 3, hidden=(7, 4))
    for _shape in [(6, 5), (2, 6, 5), (5,)]:
        _out = _net(torch.zeros(_shape))
        assert isinstance(_out, torch.Tensor), (
            f"MLP: calling it returned {type(_out).__name__}, but should give a tensor"
        )
        assert _shape != (2, 6, 5) or _out.shape != (12, 3), (
            "MLP(5, 3): (2, 6, 5) became (12, 3), but should become (2, 6, 3): the leading axes were merged into one"
        )
        assert _out.shape == (*_shape[:-1], 3), (
            f"MLP(5, 3): {_shape} became {tuple(_out.shape)}, but should become {(*_shape[:-1], 3)}"
        )
    assert MLP(4, 2)(torch.zeros(6, 4)).shape == (6, 2), "MLP(4, 2), default hidden layers: (6, 4) should become (6, 2)"
    assert MLP(4, 2, hidden=())(torch.zeros(6, 4)).shape == (6, 2), "MLP with hidden=(): (6, 4) should become (6, 2)"
    ### BEGIN HIDDEN TESTS
    for _in, _out_dim, _hidden in [(1, 1, (3,)), (2, 9, [5, 6, 7]), (3, 4, ())]:
        _out = MLP(_in, _out_dim, hidden=_hidden)(torch.randn(8, 2, _in))
        assert _out.shape == (8, 2, _out_dim), (
            f"MLP({_in}, {_out_dim}, hidden={_hidden}): wrong shape {tuple(_out.shape)}"
        )
        assert _out.dtype == torch.float32, f"MLP: dtype {_out.dtype}, but should be float32"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "mlp-registered", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _shapes = sorted(tuple(_p.shape) for _p in MLP(5, 3, hidden=(7, 4)).parameters())
    _right = sorted([(7, 5), (7,), (4, 7), (4,), (3, 4), (3,)])
    assert _shapes, (
        "MLP: there are no parameters at all: the layers live in a plain list, where PyTorch does not see them"
    )
    assert _shapes != sorted([(3, 4), (3,)]), (
        "MLP: only the last layer is registered: the hidden ones live in a list that PyTorch does not look into"
    )
    assert (32, 5) not in _shapes, "MLP(5, 3, hidden=(7, 4)) has layers of 32 units: the argument `hidden` is not used"
    assert _shapes != sorted([(7, 5), (7,), (3, 7), (3,)]), (
        "MLP: only the first hidden width was used: a layer is missing"
    )
    assert _shapes != sorted([(7, 5), (4, 7), (3, 4)]), "MLP: the linear layers have no biases"
    assert _shapes == _right, f"MLP(5, 3, hidden=(7, 4)): parameter shapes {_shapes}, but should be {_right}"
    _one, _two = MLP(2, 2, hidden=(3,)), MLP(2, 2, hidden=(3,))
    _shared = {id(_p) for _p in _one.parameters()} & {id(_p) for _p in _two.parameters()}
    assert not _shared, "MLP: two nets share their layers: they were made once, outside of __init__"
    ### BEGIN HIDDEN TESTS
    for _in, _out_dim, _hidden in [(2, 9, [5, 6, 8]), (3, 4, ()), (6, 2, (32, 32)), (1, 1, (10,))]:
        _sizes = [_in, *_hidden, _out_dim]
        _right = sorted([(_b, _a) for _a, _b in itertools.pairwise(_sizes)] + [(_b,) for _b in _sizes[1:]])
        _net = MLP(_in, _out_dim, _hidden)
        assert sorted(tuple(_p.shape) for _p in _net.parameters()) == _right, f"MLP: wrong parameters for {_sizes}"
        (_net(torch.randn(5, _in)) ** 2).sum().backward()
        assert all(_p.grad is not None for _p in _net.parameters()), "MLP: a registered layer is not used by forward"
    _one, _two, _x = MLP(5, 3), MLP(5, 3), torch.randn(4, 5)
    _two.load_state_dict(_one.state_dict())
    assert torch.equal(_one(_x), _two(_x)), "MLP: the same state dict gave another function"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "mlp-activations", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    class _Bend(nn.Module):
        """An activation that counts how often it is used."""

        uses = 0

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            _Bend.uses += 1
            return torch.tanh(x)

    _net = MLP(5, 3, hidden=(7, 4, 6), activation=_Bend)
    _values = _net(torch.stack([torch.zeros(5), torch.ones(5), 2 * torch.ones(5)]))
    _bent = not torch.allclose(_values[2] - _values[1], _values[1] - _values[0], atol=1e-6)
    _Bend.uses = 0
    _net(torch.zeros(2, 5))
    assert _bent or _Bend.uses > 0, "MLP: there is no activation: without a bend, the whole net is one linear map"
    assert _Bend.uses > 0, "MLP: the given activation is never used: some other one is written into the class"
    assert _Bend.uses != 4, "MLP: with 3 hidden layers the activation is applied 4 times: also after the last layer"
    assert _Bend.uses > 2 or sum(_p.dim() == 2 for _p in _net.parameters()) != 4, (
        f"MLP: with 3 hidden layers the activation is applied {_Bend.uses} times: some hidden layers have none"
    )
    assert _Bend.uses == 3, f"MLP: with 3 hidden layers the activation is applied {_Bend.uses} times, but should be 3"
    _net = MLP(5, 3, hidden=(7, 4))
    with torch.no_grad():
        for _p in _net.parameters():
            _p.fill_(1.0)
    _out = _net(torch.ones(5))
    assert not torch.allclose(_out, torch.tanh(torch.tensor(5.0)).expand(3)), (
        "MLP: there is a tanh after the last layer"
    )
    assert torch.allclose(_out, torch.full((3,), 4.9993), atol=1e-3), (
        f"MLP(5, 3, hidden=(7, 4)), all parameters 1, input all 1: got {_out.tolist()}, but should be 4.9993, which is "
        "4 tanh(7 tanh(6) + 1) + 1"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(81)
    for _activation, _function in [(nn.Tanh, torch.tanh), (nn.ReLU, torch.relu), (nn.Softplus, nn.functional.softplus)]:
        _net, _h = MLP(5, 3, hidden=(7, 4), activation=_activation), torch.randn(9, 5)
        _by_shape = {tuple(_p.shape): _p for _p in _net.parameters()}
        _out = _net(_h)
        for _n_in, _n_out in [(5, 7), (7, 4), (4, 3)]:
            _h = _h @ _by_shape[_n_out, _n_in].T + _by_shape[(_n_out,)]
            _h = _h if _n_out == 3 else _function(_h)
        assert torch.allclose(_out, _h, atol=1e-5), f"MLP: wrong output with {_activation.__name__}"
    _net = MLP(4, 2, hidden=())
    _by_shape = {tuple(_p.shape): _p for _p in _net.parameters()}
    _x = torch.randn(3, 4)
    assert torch.allclose(_net(_x), _x @ _by_shape[2, 4].T + _by_shape[(2,)], atol=1e-5), "MLP: hidden=() is not linear"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 9 · the training loop
# ●●●○○ · 18 min · 4 points
#
# Training on a data set takes the gradient of a small random part at a time, a **batch**; a run through all the data is
# an **epoch**. An **optimizer** holds the parameters and does the step of exercise 7, only cleverer; Adam scales
# the step of each parameter by the size of its recent gradients, so that one learning rate serves all. The four lines
# in the middle of nearly every program:
#
# ```python
# loss = ...                    # forward
# optimizer.zero_grad()         # forget the old gradients
# loss.backward()               # new gradients
# optimizer.step()              # move
# ```
#
# with `optimizer = torch.optim.Adam(net.parameters(), lr=lr)`, made **once**, before the loop (it has a memory).
#
# Write `fit`. In each epoch:
#
# 1. Put the N samples in a new random order, **inputs and targets together** (`torch.randperm(N)` is a random order of
#    the numbers 0 to N - 1, and `x[order]` puts rows in that order).
# 2. Go through them in batches of `batch_size`; the last one may be smaller, but every sample is used once.
#    (`order.split(batch_size)` gives you the pieces.)
# 3. A batch's loss is the squared error **averaged over all entries** of the outputs: for n samples with K outputs,
#    $\frac{1}{nK} \sum_{i=1}^{n} \sum_{k=1}^{K} (\hat y_{ik} - y_{ik})^2$.
# 4. The epoch's loss is the mean **per sample**, with each batch's loss as it was before its update: $\frac1N
#    \sum_{\text{batches}} n_{\text{batch}} \cdot \text{loss}_{\text{batch}}$. By hand: batches of 4, 4 and 2 samples
#    with losses 1, 1 and 6 give $(4 + 4 + 12) / 10 = 2$; the plain mean of the three would be 2.67, and wrong.
#
# Some layers behave differently while training (the next exercise has one); `net.train()` says so. Switch to it before
# you start, and leave the net in it.


# %% nbgrader={"grade": false, "grade_id": "fit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit(
    net: nn.Module, inputs: torch.Tensor, targets: torch.Tensor, epochs: int, batch_size: int, lr: float
) -> list[float]:
    """Fit net to (inputs, targets) by least squares, with Adam on shuffled batches.

    Args:
        net: maps (n, D) to (n, K); left in train mode.
        inputs: float tensor of shape (N, D).
        targets: float tensor of shape (N, K).
        epochs: number of runs through the data.
        batch_size: samples in a batch; the last batch of an epoch may be smaller.
        lr: Adam's learning rate.

    Returns:
        For each epoch, the mean loss per sample, a float.

    Example:
        >>> len(fit(nn.Linear(1, 1), torch.zeros(10, 1), torch.ones(10, 1), epochs=3, batch_size=4, lr=0.01))
        3

    Source: PyTorch documentation, `torch.optim`; Kingma and Ba, "Adam", arXiv 1412.6980.
    """
    ### BEGIN SOLUTION
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses
    ### END SOLUTION


# %% [markdown]
# *What to see:* your two answers at work, an MLP that learns a sine from noisy samples. The loss falls towards the
# variance of the noise, 0.01, which is where it must stop: noise can't be predicted. (The jitter is Adam's: its steps
# do not shrink by themselves.)

# %%
torch.manual_seed(0)
times = torch.rand(300, 1) * 6 - 3
heights = torch.sin(2 * times) + 0.1 * torch.randn(300, 1)
sine_net = MLP(1, 1)
sine_losses = fit(sine_net, times, heights, epochs=20 if GRADING else 150, batch_size=32, lr=1e-2)
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
left.plot(times, heights, ".", color="0.6", label="samples")
shown = torch.linspace(-3, 3, 200)[:, None]
left.plot(shown, sine_net(shown).detach(), "k-", label="the net")
left.set(xlabel="time (s)", ylabel="height (m)", title="what it learned")
left.legend(loc="upper right")
right.plot(sine_losses, "k-", label="training loss")
right.axhline(0.01, linestyle="--", color="tab:red", label="variance of the noise")
right.set(xlabel="epoch", ylabel="mean squared error (m²)", yscale="log", title="how it went")
right.legend()
fig.tight_layout()
plt.show()


# %% nbgrader={"grade": true, "grade_id": "fit-losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses


### END HIDDEN TESTS
with judged_alone():
    torch.manual_seed(9)

    def _fixed_net(weight: float) -> nn.Linear:
        """Multiplies its one input by weight; with lr 0 it stays as it is."""
        net = nn.Linear(1, 1, bias=False)
        nn.init.constant_(net.weight, weight)
        return net

    _net = nn.Linear(1, 2)
    nn.init.zeros_(_net.weight)
    nn.init.zeros_(_net.bias)
    _inputs, _targets = torch.arange(10.0)[:, None], torch.ones(10, 2)  # every error is 1, and so is every mean of them
    _out = fit(_net, _inputs, _targets, epochs=4, batch_size=4, lr=0.0)
    assert isinstance(_out, list), f"fit returned {type(_out).__name__}, but should return a list"
    assert len(_out) != 12, "fit: 4 epochs of 3 batches gave 12 losses: one for each batch, but should be one per epoch"
    assert len(_out) == 4, f"fit: 4 epochs gave {len(_out)} losses, but should give 4"
    assert not any(isinstance(_loss, torch.Tensor) for _loss in _out), (
        "fit: the losses are tensors, not floats (.item())"
    )
    for _wrong, _why in [
        (2, "the 2 outputs were summed, not averaged"),
        (3.6, "a batch's loss was summed over its samples, then weighted by their number once more"),
        (7.2, "a batch's loss was summed over samples and outputs, then weighted by the samples once more"),
        (10, "the total was not divided by the number of samples"),
        (10 / 3, "weighted by the samples, but divided by the number of batches"),
        (3, "the batches' losses were added up, or every batch holds all samples"),
        (0.8, "the last batch of 2 samples is missing"),
        (0.5, "there is a factor 1/2 that was not asked for"),
    ]:
        assert abs(_out[0] - _wrong) > 1e-5, (
            f"fit: ten samples with an error of 1 have loss {_wrong:.4g}, should be 1: {_why}"
        )
    assert abs(_out[0] - 1) < 1e-5, f"fit: ten samples with an error of 1 have loss {_out[0]:.4f}, but should have 1"
    _copies = fit(_fixed_net(1.0), _inputs, _inputs.clone(), epochs=4, batch_size=4, lr=0.0)
    assert max(_copies) < 1e-6, (
        f"fit: a net that copies its input has loss {_copies[0]:.2f} on targets equal to the inputs, but should have "
        "0: inputs and targets were shuffled apart"
    )
    _spike = fit(_fixed_net(0.0), _inputs, (_inputs == 4).float(), epochs=12, batch_size=4, lr=0.0)
    assert not all(min(abs(_loss), abs(_loss - 0.5)) < 1e-6 for _loss in _spike), (
        "fit: an epoch's loss is that of its last batch only"
    )
    assert not all(min(abs(_loss - 1 / 12), abs(_loss - 1 / 6)) < 1e-6 for _loss in _spike), (
        f"fit: nine errors of 0 and one of 1 gave {_spike[0]:.4f}, but should give 0.1: it is the plain mean of the "
        "batches' losses, in which the two samples of the last batch count double"
    )
    assert max(_spike) - min(_spike) < 1e-6, (
        f"fit: nine errors of 0 and one of 1 gave {[round(_loss, 3) for _loss in _spike]}, but should give 0.1 in "
        "each epoch: some samples count more than once, or never"
    )
    assert torch.equal(_inputs[:, 0], torch.arange(10.0)) and torch.equal(_targets, torch.ones(10, 2)), (
        "fit changed its data"
    )
    ### BEGIN HIDDEN TESTS
    for _n, _k, _size in [(7, 1, 3), (13, 2, 5), (6, 4, 100), (8, 3, 8), (5, 2, 1)]:
        _net, _inputs, _targets = nn.Linear(3, _k), torch.randn(_n, 3), 3 * torch.randn(_n, _k) ** 3
        _mse = ((_net(_inputs) - _targets) ** 2).mean().item()
        for _loss in fit(_net, _inputs, _targets, epochs=3, batch_size=_size, lr=0.0):
            assert isinstance(_loss, float), f"fit: a loss is {type(_loss).__name__}, but should be a float"
            assert abs(_loss / _mse - 1) < 1e-4, f"fit: loss {_loss} for N = {_n}, batch size {_size}, should be {_mse}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fit-batches", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    class _Recorder(nn.Module):
        """A net of one input and one output that remembers which samples it was shown."""

        def __init__(self) -> None:
            super().__init__()
            self.layer, self.batches = nn.Linear(1, 1), []

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if self.training:
                self.batches.append([round(v) for v in x.flatten().tolist()])
            return self.layer(x)

    torch.manual_seed(90)
    _net = _Recorder()
    _inputs = torch.arange(50.0)[:, None]
    fit(_net, _inputs, torch.zeros(50, 1), epochs=2, batch_size=16, lr=0.0)
    _sizes = [len(_batch) for _batch in _net.batches]
    assert _sizes[:1] != [50], "fit: the first batch holds all 50 samples, but batch_size is 16"
    assert _sizes != [16] * 6, "fit: of 50 samples in batches of 16, the last two are never used"
    assert _sizes != [13, 13, 13, 11] * 2, (
        "fit: the 50 samples came as four pieces of about equal size, as chunk(4) makes them; batches of 16 and a rest of "
        "2 were asked for, as split(16) makes them"
    )
    assert sorted(_sizes) == [2, 2] + [16] * 6, f"fit: two epochs of 50 samples came in batches of {_sizes}"
    _shown = list(itertools.chain(*_net.batches))
    _first, _second = _shown[:50], _shown[50:]
    assert sorted(_first) == sorted(_second) == list(range(50)), (
        "fit: in one epoch some samples came twice and others never: draw an order, not samples"
    )
    assert _first != list(range(50)), "fit: the samples come in their given order: they are not shuffled"
    assert _first != _second, "fit: both epochs use the same order: shuffle anew in each epoch"
    _net, _inputs = nn.Linear(1, 1), torch.linspace(-1, 1, 60)[:, None]
    _last = fit(_net, _inputs, 2 * _inputs, epochs=30, batch_size=8, lr=0.05)[-1]
    assert _last < 0.05, f"fit: on the line y = 2 x the loss is still {_last:.3f} after 30 epochs, but should be near 0"
    ### BEGIN HIDDEN TESTS
    for _n, _size, _epochs in [(23, 5, 3), (40, 40, 2), (31, 64, 2)]:
        _net = _Recorder()
        fit(_net, torch.arange(float(_n))[:, None], torch.zeros(_n, 1), epochs=_epochs, batch_size=_size, lr=0.0)
        _all = list(itertools.chain(*_net.batches))
        _epoch = [_all[_i * _n : (_i + 1) * _n] for _i in range(_epochs)]
        assert len(_all) == _n * _epochs, f"fit: {len(_all)} samples shown in {_epochs} epochs of {_n}"
        assert all(sorted(_e) == list(range(_n)) for _e in _epoch), "fit: an epoch does not show every sample once"
        assert max(map(len, _net.batches)) <= _size, "fit: a batch is larger than batch_size"
        assert len({tuple(_e) for _e in _epoch}) == _epochs, "fit: two epochs have the same order"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fit-adam", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    def _small_net() -> nn.Linear:
        """One weight of 0.5, one bias of 0."""
        net = nn.Linear(1, 1)
        net.load_state_dict({"weight": torch.tensor([[0.5]]), "bias": torch.tensor([0.0])})
        return net

    _inputs = torch.tensor([[1.0], [2.0], [3.0], [4.0]])
    _targets, _net = torch.tensor([[3.0], [5.0], [4.0], [9.0]]), _small_net()
    fit(_net, _inputs, _targets, epochs=1, batch_size=4, lr=0.1)
    _moved = _net.weight.item() - 0.5
    assert _moved != 0, "fit: the weight has not moved after one epoch: is there a step?"
    assert _moved > 0, f"fit: the weight moved by {_moved:.3f}, away from the data"
    assert abs(_moved - 0.1) < 1e-3, (
        f"fit: the first step moved the weight by {_moved:.4f}, but Adam's first step is the learning rate, 0.1, "
        "whatever the size of the gradient"
    )
    _out = fit(_small_net(), _inputs, _targets, epochs=25, batch_size=4, lr=0.1)
    assert abs(_out[-1] - 22.26) > 2e-2, (
        f"fit: loss {_out[-1]:.4f} after 25 epochs, which is what comes out when gradients are never cleared"
    )
    assert abs(_out[-1] - 1.6150) > 2e-3, (
        f"fit: loss {_out[-1]:.4f} after 25 epochs, which is what comes out when a new optimizer is made in each epoch"
    )
    assert abs(_out[-1] - 2.5256) < 2e-3, f"fit: loss {_out[-1]:.4f} after 25 epochs, but should be 2.5256"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(91)
    for _lr in (0.01, 0.003):
        _net, _inputs, _targets = reference_MLP(3, 2), torch.randn(20, 3), torch.randn(20, 2)
        _twin = copy.deepcopy(_net)
        _theirs = fit(_net, _inputs, _targets, epochs=15, batch_size=20, lr=_lr)  # one batch: the order does not matter
        _mine = reference_fit(_twin, _inputs, _targets, epochs=15, batch_size=20, lr=_lr)
        assert np.allclose(_theirs, _mine, rtol=1e-3), f"fit: losses {_theirs[-3:]}, but should be {_mine[-3:]}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fit-mode", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    class _Modes(nn.Module):
        """Remembers whether it was in train mode each time it was used."""

        def __init__(self) -> None:
            super().__init__()
            self.layer, self.modes = nn.Linear(1, 1), []

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            self.modes.append(self.training)
            return self.layer(x)

    _net = _Modes().eval()
    fit(_net, torch.zeros(6, 1), torch.zeros(6, 1), epochs=2, batch_size=3, lr=0.01)
    assert any(_net.modes), "fit: the net came in eval mode and was trained in eval mode: call net.train() first"
    assert _net.training, "fit: the net is in eval mode afterwards, but should be left in train mode"
    ### BEGIN HIDDEN TESTS
    assert len(_net.modes) >= 4, "fit: two epochs of two batches used the net fewer than four times"
    assert _net.modes[0] and sum(_net.modes) >= 4, "fit: some batches were trained on in eval mode"
    _net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1)).eval()
    fit(_net, torch.randn(9, 2), torch.randn(9, 1), epochs=1, batch_size=4, lr=0.01)
    assert all(_module.training for _module in _net.modules()), "fit: a part of the net is not in train mode afterwards"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 10 · predicting, and leaving no trace
# ●●○○○ · 10 min · 3 points
#
# **Dropout** (`nn.Dropout`) zeroes random entries while training and does nothing in evaluation; batch normalisation
# averages over the batch while training, and uses stored averages in evaluation. So `net.training` matters, and asking
# a net a question, in the middle of training, takes some manners:
#
# - switch to **evaluation mode** (`net.eval()`),
# - build **no graph** (`with torch.no_grad():`; it also saves memory),
# - afterwards **put the net back into the mode it was in**: training if it was training, evaluation if it was not.
#   `net.train(mode)` with a bool sets either. This must also happen when the net raises an exception in between, for
#   which Python has
#
# ```python
# try:
#     ...            # something that may fail
# finally:
#     ...            # runs in any case; an exception then travels on
# ```


# %% nbgrader={"grade": false, "grade_id": "predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(net: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """The net's output for x, in evaluation mode, without a graph.

    Args:
        net: any module; its mode is restored afterwards, even if it raises.
        x: what the net takes.

    Returns:
        The net's output, which requires no gradient.

    Raises:
        Whatever the net raises.

    Example:
        >>> predict(nn.Dropout(0.5), torch.ones(4))
        tensor([1., 1., 1., 1.])

    Source: PyTorch documentation, `torch.nn.Module.eval`, `torch.no_grad`.
    """
    ### BEGIN SOLUTION
    was_training = net.training
    net.eval()
    try:
        with torch.no_grad():
            return net(x)
    finally:
        net.train(was_training)
    ### END SOLUTION


# %%
forgetful = nn.Dropout(0.5)
print("called in train mode:", forgetful(torch.ones(6)).tolist())
print("predict:             ", predict(forgetful, torch.ones(6)).tolist())
print("still in train mode: ", forgetful.training)

# %% nbgrader={"grade": true, "grade_id": "predict-output", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _net = nn.Sequential(nn.Linear(2, 50), nn.Dropout(0.5), nn.Linear(50, 1))
    _x = torch.ones(4, 2)
    _out = predict(_net, _x)
    assert isinstance(_out, torch.Tensor), f"predict returned {type(_out).__name__}, but should return a tensor"
    assert torch.equal(_out, predict(_net, _x)), (
        "predict: the same question got two answers: dropout was on, in train mode"
    )
    assert not _out.requires_grad, "predict: the output carries a graph: it was not computed under torch.no_grad()"
    _net.eval()
    assert torch.allclose(_out, _net(_x).detach()), "predict: the output is not the net's output in evaluation mode"
    assert all(_p.requires_grad for _p in _net.parameters()), "predict: the parameters no longer require gradients"

    class _Spy(nn.Module):
        """Remembers how it, or a copy of it, was called."""

        seen = True, True

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            _Spy.seen = self.training, torch.is_grad_enabled()
            return 2 * x

    _spy = _Spy()
    predict(_spy, torch.ones(2))
    assert not _spy.seen[1], (
        "predict: the net ran with gradients on, and its graph was thrown away afterwards; build none"
    )
    assert not _spy.seen[0], "predict: the net was called in train mode"
    ### BEGIN HIDDEN TESTS
    _spy, _leaf = _Spy(), torch.tensor([1.0, 2.0], requires_grad=True)
    _out = predict(_spy, _leaf)
    assert _out.tolist() == [2.0, 4.0], "predict: wrong output"
    assert not _out.requires_grad, "predict: the output carries a graph"
    assert _spy.seen == (False, False), "predict: the net was called in train mode, or with gradients on"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "predict-restores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _net, _x = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5)), torch.ones(4, 2)
    _net.train()
    predict(_net, _x)
    assert _net.training, "predict: the net was in train mode before, and is in eval mode after"
    _net.eval()
    predict(_net, _x)
    assert not _net.training, "predict: the net was in eval mode before, and is in train mode after: restore, don't set"
    assert torch.is_grad_enabled(), "predict left gradients switched off for all that follows"
    ### BEGIN HIDDEN TESTS
    _net.train()
    predict(_net, _x)
    assert all(_m.training for _m in _net.modules()), "predict: a part of the net is not back in train mode"
    _net.eval()
    predict(_net, _x)
    assert not any(_m.training for _m in _net.modules()), "predict: a part of the net is not back in eval mode"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "predict-raises", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():

    class _Trouble(Exception):
        pass

    class _Fails(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise _Trouble

    for _mode in (True, False):
        _calm = nn.Identity().train(_mode)
        predict(_calm, torch.ones(2))
        _hint = (
            "it is restored only when nothing goes wrong: use `finally`" if _calm.training == _mode else "restore it"
        )
        _net, _raised = _Fails().train(_mode), False
        try:
            predict(_net, torch.ones(2))
        except _Trouble:
            _raised = True
        assert _raised, "predict: the net raised an exception, and predict swallowed it; it should travel on"
        assert _net.training == _mode, (
            f"predict: the net raised, and its mode changed from training={_mode} to training={_net.training}: {_hint}"
        )
        assert torch.is_grad_enabled(), "predict: the net raised, and gradients stay switched off"

# %% [markdown]
# ### Exercise 11 · checkpoints
# ●●○○○ · 12 min · 3 points
#
# Training takes hours, and machines are switched off. A **checkpoint** is a file from which training resumes as if
# nothing had happened. A module's `state_dict()` is a dictionary of its tensors; an **optimizer has one too**, and it
# matters: Adam carries running averages of past gradients and squared gradients for each parameter. Without them the
# resumed run takes other steps, and nobody notices. (By hand: Adam's first step has the size of the learning rate, as
# exercise 9 measures, its hundredth need not. A reset optimizer takes a first step once more.)
#
# - `save_checkpoint(path, net, optimizer, step)`: writes one dictionary with the keys `"net"`, `"optimizer"` and
#   `"step"` with `torch.save(dictionary, path)`.
# - `load_checkpoint(path, net, optimizer)`: reads it, restores both with `load_state_dict`, and returns the step.
#
# Load with `torch.load(path, weights_only=True)`. The format underneath is Python's pickle, and reading a pickle can
# run any code that its author put in. `weights_only=True` refuses everything but tensors and plain containers; with a
# checkpoint from a stranger that is the difference between a network and a burglar.


# %% nbgrader={"grade": false, "grade_id": "given-training_pair", "locked": true, "schema_version": 3, "solution": false, "task": false}
def training_pair(lr: float = 0.05, seed: int = 0) -> tuple[nn.Module, torch.optim.Optimizer]:
    """A small net and its optimizer, for the checks below."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
    return net, torch.optim.Adam(net.parameters(), lr=lr)


def take_steps(net: nn.Module, optimizer: torch.optim.Optimizer, batches: range) -> list[list[float]]:
    """Train on the batches of the given numbers; the weights afterwards."""
    for number in batches:
        x = torch.randn(6, 3, generator=torch.Generator().manual_seed(number))
        loss = ((net(x) - x.sum(dim=1, keepdim=True)) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [p.flatten().tolist() for p in net.parameters()]


# %% nbgrader={"grade": false, "grade_id": "checkpoint", "locked": false, "schema_version": 3, "solution": true, "task": false}
def save_checkpoint(path: str | Path, net: nn.Module, optimizer: torch.optim.Optimizer, step: int) -> None:
    """Write all that training needs to go on: keys "net", "optimizer" (their state dicts) and "step".

    Args:
        path: the file to write.
        net, optimizer: whose state dicts are saved; neither changes.
        step: how far training has come.

    Source: PyTorch documentation, "Serialization semantics".
    """
    ### BEGIN SOLUTION
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)
    ### END SOLUTION


def load_checkpoint(path: str | Path, net: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Restore net and optimizer from a file that `save_checkpoint` wrote.

    Args:
        path: the file to read, with `weights_only=True`.
        net, optimizer: of the same make as those saved; they take over the saved state.

    Returns:
        The saved step.

    Raises:
        pickle.UnpicklingError: if the file holds anything but tensors and plain containers.

    Source: PyTorch documentation, `torch.load`.
    """
    ### BEGIN SOLUTION
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]
    ### END SOLUTION


# %%
with tempfile.TemporaryDirectory() as folder:
    net = nn.Linear(2, 1)
    save_checkpoint(Path(folder, "net.pt"), net, torch.optim.Adam(net.parameters()), step=7)
    fresh = nn.Linear(2, 1)
    print("before loading:", fresh.weight.tolist())
    print("step", load_checkpoint(Path(folder, "net.pt"), fresh, torch.optim.Adam(fresh.parameters())))
    print("after loading: ", fresh.weight.tolist(), "\nthe original:  ", net.weight.tolist())


# %% nbgrader={"grade": true, "grade_id": "checkpoint-saved", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone(), tempfile.TemporaryDirectory() as _folder:
    _net, _optimizer = training_pair()
    take_steps(_net, _optimizer, range(3))
    _path = Path(_folder, "net.pt")
    save_checkpoint(_path, _net, _optimizer, 3)
    assert _path.exists(), "save_checkpoint wrote no file at the given path"
    _saved = torch.load(_path, weights_only=False)
    assert isinstance(_saved, dict), f"save_checkpoint wrote a {type(_saved).__name__}, but should write a dict"
    assert set(_saved) == {"net", "optimizer", "step"}, (
        f"save_checkpoint: the keys are {sorted(map(str, _saved))}, but should be 'net', 'optimizer', 'step'"
    )
    assert not isinstance(_saved["net"], nn.Module), "save_checkpoint: the net itself was pickled, not its state_dict()"
    assert set(_saved["net"]) == set(_net.state_dict()), "save_checkpoint: 'net' does not hold the net's state dict"
    assert isinstance(_saved["optimizer"], dict), (
        "save_checkpoint: the optimizer itself was pickled, not its state_dict()"
    )
    assert set(_saved["optimizer"]) == {"state", "param_groups"}, "save_checkpoint: 'optimizer' is not its state dict"
    assert _saved["step"] == 3, f"save_checkpoint: 'step' is {_saved['step']}, but should be 3"
    ### BEGIN HIDDEN TESTS
    for _key, _value in _net.state_dict().items():
        assert torch.equal(_saved["net"][_key], _value), "save_checkpoint: the saved weights differ from the net's"
    assert len(_saved["optimizer"]["state"]) == 4, "save_checkpoint: the optimizer's memory is missing"
    _before = [_p.flatten().tolist() for _p in _net.parameters()]
    save_checkpoint(str(Path(_folder, "other.pt")), _net, _optimizer, 12)
    assert torch.load(Path(_folder, "other.pt"), weights_only=True)["step"] == 12, "save_checkpoint: wrong step"
    assert [_p.flatten().tolist() for _p in _net.parameters()] == _before, "save_checkpoint changed the net"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "checkpoint-resumes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone(), tempfile.TemporaryDirectory() as _folder:
    _net, _optimizer = training_pair()
    _weights = take_steps(_net, _optimizer, range(5))
    save_checkpoint(Path(_folder, "net.pt"), _net, _optimizer, 5)
    _right = take_steps(_net, _optimizer, range(5, 9))
    _net, _optimizer = training_pair(lr=0.3, seed=1)
    _step = load_checkpoint(Path(_folder, "net.pt"), _net, _optimizer)
    _loaded = [_p.flatten().tolist() for _p in _net.parameters()]
    assert _loaded == _weights, "load_checkpoint: the net does not have the saved weights"
    assert _step is not None, "load_checkpoint returned None, but should return the step"
    assert _step == 5, f"load_checkpoint returned {_step}, but should return the step, 5"
    assert _optimizer.state_dict()["state"] or "optimizer" not in torch.load(
        Path(_folder, "net.pt"), weights_only=False
    ), (
        "load_checkpoint: the file holds the optimizer's memory, but the optimizer did not get it back, so training goes "
        "on with other steps than without the pause"
    )
    assert _optimizer.state_dict()["state"], "load_checkpoint: the optimizer's memory is empty, and the file has none"
    assert take_steps(_net, _optimizer, range(5, 9)) == _right, (
        "load_checkpoint: four steps later the resumed run differs from the one that was never interrupted"
    )
    ### BEGIN HIDDEN TESTS
    for _pause, _seed in [(1, 3), (8, 4)]:
        _net, _optimizer = training_pair(lr=0.01, seed=_seed)
        take_steps(_net, _optimizer, range(_pause))
        save_checkpoint(Path(_folder, f"{_pause}.pt"), _net, _optimizer, 100 + _pause)
        _right = take_steps(_net, _optimizer, range(_pause, _pause + 6))
        assert load_checkpoint(Path(_folder, f"{_pause}.pt"), _net, _optimizer) == 100 + _pause, (
            "load_checkpoint: wrong step"
        )
        assert take_steps(_net, _optimizer, range(_pause, _pause + 6)) == _right, (
            "load_checkpoint: not resumed bit for bit"
        )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "checkpoint-safe", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone(), tempfile.TemporaryDirectory() as _folder:
    _net, _optimizer = training_pair()
    _content = {"net": _net.state_dict(), "optimizer": _optimizer.state_dict(), "step": 1}
    torch.save(_content, Path(_folder, "good.pt"))
    assert load_checkpoint(str(Path(_folder, "good.pt")), _net, _optimizer) == 1, (
        "load_checkpoint: a good file, wrong step"
    )
    _strangers = [Path("innocent.txt")]
    ### BEGIN HIDDEN TESTS
    _strangers += [print, nn.Tanh()]
    ### END HIDDEN TESTS
    for _stranger in _strangers:
        torch.save(_content | {"gift": _stranger}, Path(_folder, "stranger.pt"))
        _refused = False
        try:
            load_checkpoint(Path(_folder, "stranger.pt"), _net, _optimizer)
        except pickle.UnpicklingError:
            _refused = True
        assert _refused, "load_checkpoint: a file with a foreign object in it was loaded: pass weights_only=True"

# %% [markdown]
# ---
# ## Block D · Distributions
#
# **Where reinforcement learning uses it:** a stochastic policy *is* a distribution over actions, one for each state; to
# act is to sample from it, to learn is to differentiate its log-probabilities.
#
# For a **discrete** action, $p(a)$ is a probability. For a **continuous** one it is a density: the probability per unit
# of length, which may well exceed 1. Both are used through their logarithm, because the probability of many independent
# things is a product, and products of many small numbers underflow, while the sum of their logs does not.
#
# What a policy must output is written on the environment's door:

# %%
for name in ["CartPole-v1", "Pendulum-v1"]:
    env = gym.make(name)
    print(f"{name}: observations {env.observation_space.shape}, actions {env.action_space}")
    env.close()

# %% [markdown]
# ### Three kinds of shape
#
# A distribution object of `torch.distributions` usually holds many distributions at once, one for each state of a
# batch. It has
#
# - a **batch shape**: how many distributions there are, each with parameters of its own;
# - an **event shape**: the shape of **one draw** from one of them. `()` for a number, `(3,)` for a vector of 3 that is
#   drawn, and judged, as a whole.
#
# `d.sample((5,))` draws five times from each. And the two rules that matter:
#
# $$ \text{shape of } d.\mathtt{sample(s)} = s + \text{batch} + \text{event}, \qquad
#    \text{shape of } d.\mathtt{log\_prob(x)} = s + \text{batch} . $$
#
# **One log-probability per event**, not per number. The families:
#
# | distribution | one draw | batch shape | event shape |
# |---|---|---|---|
# | `Normal(mean, std)`, `Bernoulli(logits=...)` | a number | that of the parameters, **broadcast** together | `()` |
# | `Categorical(logits)` of `(..., K)` | an integer below K | the axes before K | `()` |
# | `OneHotCategorical(logits)` of `(..., K)` | a vector of K with a single 1 | the axes before K | `(K,)` |
# | `MultivariateNormal(mean (..., D), covariance (..., D, D))` | a vector of D | the axes before, broadcast | `(D,)` |
# | `Independent(base, n)` | n batch axes of base as one event | base's, less its last n | these n, then base's |
# | `MixtureSameFamily(weights, components)` | a draw of one of K components | components', less K | components' |
#
# `Independent` changes no number that is drawn. It says that some of the batch axes belong to one event, and so sums
# their log-probabilities. (A mixture picks one of K components at random for each draw; exercise 18 builds one.)

# %%
for d in [
    Normal(torch.zeros(2), 1.0),
    Independent(Normal(torch.zeros(2), 1.0), 1),
    Categorical(logits=torch.zeros(2, 7)),
    MultivariateNormal(torch.zeros(6, 2), torch.eye(2)),
]:
    x = d.sample((4,))
    print(f"{type(d).__name__:>18}: batch {tuple(d.batch_shape)!s:>5}, event {tuple(d.event_shape)!s:>5},", end=" ")
    print(f"sample((4,)) {tuple(x.shape)!s:>10}, log_prob of that {tuple(d.log_prob(x).shape)}")

# %% [markdown]
# ### Exercise 12 · shapes of distributions
# ●●○○○ · 12 min · 4 points
#
# Eight distributions are given. Predict, for each, three shapes: `(batch_shape, event_shape, shape of
# d.sample((5,))`, as tuples of ints: replace each `None` and delete the lines below the dictionary. Work them out on
# paper first; the check below tells you where you are wrong, and nothing is learned by printing them.
#
# By hand, for `Categorical(logits=torch.zeros(2, 7))`: two distributions over seven actions each, a draw is one
# integer, so the entry would be `((2,), (), (5, 2))`. (The 7 is in none of them.) Mind the comma: `(2)` is the number
# 2, `(2,)` a tuple.

# %% nbgrader={"grade": false, "grade_id": "given-examples", "locked": true, "schema_version": 3, "solution": false, "task": false}
EXAMPLES: dict[str, Distribution] = {
    "scalar": Normal(torch.tensor(0.0), torch.tensor(1.0)),
    "broadcast": Normal(torch.zeros(4, 1), torch.ones(3)),
    "categorical": Categorical(logits=torch.zeros(4, 6)),
    "one-hot": OneHotCategorical(logits=torch.zeros(4, 6)),
    "multivariate": MultivariateNormal(torch.zeros(2), torch.eye(2).expand(3, 2, 2)),  # three 2 x 2 covariances
    "independent": Independent(Bernoulli(logits=torch.zeros(4, 3)), 1),
    "independent, two axes": Independent(Normal(torch.zeros(7, 4, 3), 1.0), 2),
    "mixture": MixtureSameFamily(Categorical(logits=torch.zeros(4, 6)), Normal(torch.zeros(4, 6), torch.ones(4, 6))),
}

# %% nbgrader={"grade": false, "grade_id": "shapes", "locked": false, "schema_version": 3, "solution": true, "task": false}
SHAPES: dict[str, tuple | None] = {
    "scalar": None,  # each None becomes (batch_shape, event_shape, shape of d.sample((5,)))
    "broadcast": None,
    "categorical": None,
    "one-hot": None,
    "multivariate": None,
    "independent": None,
    "independent, two axes": None,
    "mixture": None,
}
### BEGIN SOLUTION
SHAPES = {
    "scalar": ((), (), (5,)),
    "broadcast": ((4, 3), (), (5, 4, 3)),
    "categorical": ((4,), (), (5, 4)),
    "one-hot": ((4,), (6,), (5, 4, 6)),
    "multivariate": ((3,), (2,), (5, 3, 2)),
    "independent": ((4,), (3,), (5, 4, 3)),
    "independent, two axes": ((7,), (4, 3), (5, 7, 4, 3)),
    "mixture": ((4,), (), (5, 4)),
}
### END SOLUTION

# %%
print("predicted so far:", [name for name, shapes in SHAPES.items() if shapes is not None])


# %% nbgrader={"grade": true, "grade_id": "shapes-families", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def check_shapes(name: str, predicted: object, d: Distribution) -> None:
    """Compare a prediction with the distribution, and say what kind of mistake it is."""
    assert predicted is not None, f"SHAPES[{name!r}] is still None: no prediction yet"
    assert isinstance(predicted, tuple | list) and len(predicted) == 3, (
        f"SHAPES[{name!r}] should be three shapes: (batch_shape, event_shape, sample shape)"
    )
    assert all(isinstance(shape, tuple | list) for shape in predicted), (
        f"SHAPES[{name!r}]: every shape should be a tuple; (2) is a number, (2,) a tuple"
    )
    batch, event, sample = (tuple(shape) for shape in predicted)
    right_batch, right_event = tuple(d.batch_shape), tuple(d.event_shape)
    if right_batch != right_event:
        assert (batch, event) != (right_event, right_batch), f"SHAPES[{name!r}]: batch and event shape are swapped"
    assert not (batch == right_batch + right_event and event == () and right_event), (
        f"SHAPES[{name!r}]: all axes are in the batch shape, but one draw is more than a number: part of them is the "
        "event"
    )
    if name in ("categorical", "mixture"):
        assert 6 not in batch + event + sample, (
            f"SHAPES[{name!r}]: the 6 counts the possible outcomes, or components; it is an axis of the parameters, "
            "but not of a draw"
        )
    assert sample != batch + event, f"SHAPES[{name!r}]: the sample shape lacks the 5 of sample((5,))"
    assert sample != (*batch, *event, 5) or sample == (5, *batch, *event), (
        f"SHAPES[{name!r}]: in a sample's shape the 5 draws stand in front, not at the end"
    )
    assert not (name == "scalar" and (1,) in (batch, event)), (
        f"SHAPES[{name!r}]: a single number has shape (), not (1,)"
    )
    assert not (name == "broadcast" and batch in [(4, 1), (3,), (4,)]), (
        f"SHAPES[{name!r}]: the batch shape is not that of one parameter: mean and std are broadcast together"
    )
    assert not (name == "multivariate" and event == (2, 2)), (
        f"SHAPES[{name!r}]: (2, 2) is the shape of a covariance, but a draw is a vector of 2"
    )
    assert not (name == "multivariate" and batch in [(), (2,)]), (
        f"SHAPES[{name!r}]: one mean, but three covariances: they are broadcast together, to three distributions"
    )
    assert not (
        name.startswith("independent") and batch + event == right_batch + right_event and batch != right_batch
    ), f"SHAPES[{name!r}]: the cut between batch and event is at the wrong place: count the axes that Independent takes"
    assert batch == right_batch, f"SHAPES[{name!r}]: the batch shape is not {batch}"
    assert event == right_event, f"SHAPES[{name!r}]: the event shape is not {event}"
    assert sample == (5, *batch, *event), (
        f"SHAPES[{name!r}]: the sample shape is not {sample}: it is (5,) + batch + event"
    )


for _name in ["scalar", "broadcast", "categorical", "one-hot"]:
    assert _name in SHAPES, f"SHAPES has no entry {_name!r}"
    check_shapes(_name, SHAPES[_name], EXAMPLES[_name])
### BEGIN HIDDEN TESTS
_right = {"scalar": ((), ()), "broadcast": ((4, 3), ()), "categorical": ((4,), ()), "one-hot": ((4,), (6,))}
for _name, (_batch, _event) in _right.items():
    _predicted = tuple(tuple(_shape) for _shape in SHAPES[_name])
    assert _predicted == (_batch, _event, (5, *_batch, *_event)), f"SHAPES[{_name!r}] is wrong: {_predicted}"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "shapes-composed", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
for _name in ["multivariate", "independent", "independent, two axes", "mixture"]:
    assert _name in SHAPES, f"SHAPES has no entry {_name!r}"
    check_shapes(_name, SHAPES[_name], EXAMPLES[_name])
### BEGIN HIDDEN TESTS
_right = {"multivariate": ((3,), (2,)), "independent": ((4,), (3,)), "mixture": ((4,), ())}
_right["independent, two axes"] = ((7,), (4, 3))
for _name, (_batch, _event) in _right.items():
    _predicted = tuple(tuple(_shape) for _shape in SHAPES[_name])
    assert _predicted == (_batch, _event, (5, *_batch, *_event)), f"SHAPES[{_name!r}] is wrong: {_predicted}"
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 13 · the Gaussian log-density
# ●●●○○ · 15 min · 3 points
#
# The density of a Gaussian with mean $\mu$ and standard deviation $\sigma$ is
# $\frac{1}{\sigma \sqrt{2 \pi}} \exp\!\left(-\frac{(x - \mu)^2}{2 \sigma^2}\right)$. For a vector of A numbers, drawn
# independently, densities multiply, so their logarithms add:
#
# $$ \log p(x) = \sum_{a=1}^{A} \left[ -\frac12 \left( \frac{x_a - \mu_a}{\sigma_a} \right)^2 - \ln \sigma_a
#    - \frac12 \ln 2 \pi \right] . $$
#
# By hand, for $x = 1, \mu = 0, \sigma = 2$: $-\frac12 \cdot 0.25 - 0.6931 - 0.9189 = -1.7371$. For the vector
# $x = (1, 1)$ with the same $\mu$ and $\sigma$ for both: $-3.4742$.
#
# Write `gaussian_log_prob(x, mean, std)`. `x` has shape `(..., A)`, mean and std any shape that broadcasts to it
# (often `(A,)`, or `()`, a single number for all). The sum runs over the last axis, after broadcasting: with a std of
# shape `()`, $\ln \sigma$ still counts A times.
#
# **Compute it so that nothing over- or underflows.** Standard deviations shrink while an agent grows sure of itself.
# In float32, $(10^{-30})^2$ is 0, so the written-out $\frac{(x - \mu)^2}{2 \sigma^2}$ is $\frac00$ at $x = \mu$, where
# the log-density is a perfectly good number, about 68.2. Divide first, square afterwards, as the formula above does.
# (So write it from the formula; `torch.distributions.Normal` itself squares first.) And at $x = \mu + 30\,\sigma$ the
# density is 0 in float32, its logarithm a harmless -450.9 for $\sigma = 1$: never take the logarithm of a density.


# %% nbgrader={"grade": false, "grade_id": "gaussian_log_prob", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gaussian_log_prob(x: torch.Tensor, mean: torch.Tensor, std: torch.Tensor) -> torch.Tensor:
    """Log-density of a Gaussian vector with independent entries, from the formula.

    Args:
        x: float tensor of shape (..., A).
        mean: float tensor that broadcasts to x.
        std: float tensor that broadcasts to x, positive; the result is finite at x = mean for a float32 std of 1e-30.

    Returns:
        Tensor of shape (...), summed over the last axis.

    Example:
        >>> gaussian_log_prob(torch.ones(3, 2), torch.zeros(2), torch.tensor(2.0))
        tensor([-3.4742, -3.4742, -3.4742])

    Source: PyTorch documentation, `torch.distributions.Normal`; the density is in Sutton and Barto, section 13.7.
    """
    ### BEGIN SOLUTION
    z = (x - mean) / std
    return (-0.5 * z**2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)
    ### END SOLUTION


# %%
tiny = torch.tensor([1e-30])
print("yours at the mean, std 1e-30:", gaussian_log_prob(torch.zeros(1), torch.zeros(1), tiny).item())
print("Normal's:                    ", Normal(0.0, tiny, validate_args=False).log_prob(torch.zeros(1)).item())


# %% nbgrader={"grade": true, "grade_id": "gaussian_log_prob-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_gaussian_log_prob(x, mean, std):
    return (-0.5 * ((x - mean) / std) ** 2 - torch.log(std) - 0.5 * math.log(2 * math.pi)).sum(dim=-1)


### END HIDDEN TESTS
with judged_alone():
    _x, _mean, _std = torch.tensor([1.0]), torch.tensor([0.0]), torch.tensor([2.0])
    _out = gaussian_log_prob(_x, _mean, _std)
    assert (_x.item(), _mean.item(), _std.item()) == (1, 0, 2), (
        "gaussian_log_prob changed its inputs: `-=` and `/=` work on the caller's tensor"
    )
    assert isinstance(_out, torch.Tensor), (
        f"gaussian_log_prob returned {type(_out).__name__}, but should return a tensor"
    )
    assert _out.shape == (), (
        f"gaussian_log_prob: x of shape (1,) gave shape {tuple(_out.shape)}, but should give (): sum over the last axis"
    )
    for _wrong, _why in [
        (1.7371, "the sign is wrong"),
        (0.1760, "this is the density; its logarithm is asked for"),
        (-0.8181, "the term with ln(2 pi) is missing"),
        (-1.0439, "the term with ln(std) is missing"),
        (-1.5155, "std was used as if it were the variance"),
        (-1.8621, "the factor 1/2 of the square is missing"),
        (-2.6560, "ln(2 pi) lacks its factor 1/2"),
        (-2.4302, "ln(std) was taken twice, as of the variance without its factor 1/2"),
        (-0.3509, "ln(std) has the wrong sign"),
    ]:
        assert abs(_out.item() - _wrong) > 2e-4, (
            f"gaussian_log_prob(1, 0, 2) is {_wrong}, but should be -1.7371: {_why}"
        )
    assert abs(_out.item() + 1.7371) < 2e-4, f"gaussian_log_prob(1, 0, 2) is {_out.item():.4f}, but should be -1.7371"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(131)
    for _shape in [(4, 3), (7, 1), (2,), (5, 2, 6)]:
        _x, _mean = torch.randn(_shape, dtype=torch.float64), torch.randn(_shape, dtype=torch.float64)
        _std = torch.rand(_shape, dtype=torch.float64) + 0.2
        _kept = _x.clone(), _mean.clone(), _std.clone()
        _out = gaussian_log_prob(_x, _mean, _std)
        assert _out.shape == _shape[:-1], f"gaussian_log_prob: {_shape} gave {tuple(_out.shape)}"
        _right = Independent(Normal(_mean, _std), 1).log_prob(_x)
        assert torch.allclose(_out, _right), f"gaussian_log_prob: got {_out}, but should be {_right}"
        for _now, _then in zip((_x, _mean, _std), _kept, strict=True):
            assert torch.equal(_now, _then), "gaussian_log_prob changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gaussian_log_prob-shape", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _x = torch.tensor([[1.0, 1.0, 2.0], [0.0, -1.0, 3.0]])
    _out = gaussian_log_prob(_x, torch.tensor([0.0, 1.0, 2.0]), torch.tensor([2.0, 1.0, 0.5]))
    assert _out.shape != (2, 3), (
        "gaussian_log_prob: x of shape (2, 3) gave (2, 3): one number per entry, not per vector"
    )
    assert _out.shape != (3,), "gaussian_log_prob: summed over the batch, axis 0, instead of the last axis"
    assert _out.shape != (), "gaussian_log_prob: summed over all axes; the batch axis should stay"
    assert _out.shape == (2,), f"gaussian_log_prob: x of shape (2, 3) gave {tuple(_out.shape)}, but should give (2,)"
    _right = torch.tensor([-2.8818, -6.7568])
    assert not torch.allclose(_out, _right / 3, atol=1e-3), "gaussian_log_prob: averaged over the last axis, not summed"
    assert torch.allclose(_out, _right, atol=1e-3), (
        f"gaussian_log_prob: got {_out.tolist()}, but should be {_right.tolist()}"
    )
    _out = gaussian_log_prob(torch.ones(3, 2), torch.tensor(0.0), torch.tensor(2.0))
    assert _out.shape == (3,), (
        f"gaussian_log_prob: mean and std of shape () gave {tuple(_out.shape)}, but should give (3,)"
    )
    assert not torch.allclose(_out, torch.tensor(-2.7811), atol=1e-3), (
        "gaussian_log_prob: with a std of shape () and A = 2, ln(std) was counted once, but there are two entries"
    )
    assert torch.allclose(_out, torch.tensor(-3.4742), atol=1e-3), (
        f"gaussian_log_prob: x = (1, 1), mean 0, std 2 gave {_out[0].item():.4f}, but should give -3.4742"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(132)
    for _mean_shape, _std_shape in [((3,), (5, 1)), ((5, 3), ()), ((5, 1), (3,)), ((), (1,)), ((4, 5, 3), (3,))]:
        _x = torch.randn(4, 5, 3, dtype=torch.float64)
        _mean = torch.randn(_mean_shape, dtype=torch.float64)
        _std = torch.rand(_std_shape, dtype=torch.float64) + 0.3
        _out = gaussian_log_prob(_x, _mean, _std)
        assert _out.shape == (4, 5), f"gaussian_log_prob: shape {tuple(_out.shape)}, but should be (4, 5)"
        assert torch.allclose(_out, Normal(_mean, _std).log_prob(_x).sum(-1)), (
            "gaussian_log_prob: wrong after broadcasting"
        )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gaussian_log_prob-tiny_std", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _out = gaussian_log_prob(torch.tensor([[0.5]]), torch.tensor([0.5]), torch.tensor([1e-30])).reshape(-1)
    assert not torch.isnan(_out).any(), (
        "gaussian_log_prob: NaN at x = mean for std 1e-30: the square of std underflowed to 0"
    )
    assert not torch.isinf(_out).any(), (
        f"gaussian_log_prob: {_out.item()} at x = mean for std 1e-30: a logarithm of 0; take ln(std), not that of a "
        "density or a variance"
    )
    _larger = gaussian_log_prob(torch.tensor([[0.5]]), torch.tensor([0.5]), torch.tensor([1e-28])).reshape(-1)
    assert abs(_out.item() - _larger.item()) > 1 or abs(_out.item() + 0.9189) < 1e-3, (
        f"gaussian_log_prob: {_out.item():.2f} at x = mean both for std 1e-28 and for 1e-30, but should be 68.16 for the "
        "latter: was a small number added to std, or std clamped?"
    )
    assert abs(_out.item() - 68.1586) < 0.01, (
        f"gaussian_log_prob: {_out.item():.2f} at x = mean for std 1e-30, but should be 68.16"
    )
    _out = gaussian_log_prob(torch.tensor([[30.0]]), torch.tensor([0.0]), torch.tensor([1.0])).reshape(-1)
    assert not torch.isinf(_out).any(), (
        "gaussian_log_prob: minus infinity at 30 stds from the mean, but should be -450.92: the density underflows "
        "there, so its logarithm must not be taken"
    )
    assert abs(_out.item() + 450.9189) < 0.01, (
        f"gaussian_log_prob: {_out.item():.2f} at 30 stds from the mean, but should be -450.92"
    )
    ### BEGIN HIDDEN TESTS
    _mean = torch.tensor([1.0, -2.0], requires_grad=True)
    _std = torch.tensor([1e-30, 1e-25], requires_grad=True)
    _out = gaussian_log_prob(_mean.detach(), _mean, _std)
    assert abs(_out.item() - (55 * math.log(10) - math.log(2 * math.pi))) < 0.02, (
        f"gaussian_log_prob: got {_out.item()}"
    )
    _out = gaussian_log_prob(torch.tensor([3.0]), torch.tensor([1.0]), torch.tensor([1e25]))
    assert abs(_out.item() + 25 * math.log(10) + 0.9189) < 0.01, f"gaussian_log_prob: {_out.item()} for std 1e25"
    _x = torch.tensor([0.3, 0.4], requires_grad=True)
    gaussian_log_prob(_x, torch.zeros(2), torch.tensor([0.5, 2.0])).backward()
    assert torch.allclose(_x.grad, torch.tensor([-1.2, -0.1])), "gaussian_log_prob: the gradient does not reach x"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 14 · one Gaussian per row
# ●○○○○ · 8 min · 2 points
#
# A policy for continuous actions outputs, for each of B states, a mean action of A numbers. The standard deviations
# often don't depend on the state, and are kept as their logarithm: any real number $\ell$ is a valid log-std, and
# $\sigma = e^{\ell}$ is always positive, so an optimizer may move $\ell$ wherever it likes.
#
# Write `diagonal_gaussian(mean, log_std)`: a `Distribution` from `torch.distributions` that holds **B distributions
# over vectors of A**: batch shape `(B,)`, event shape `(A,)`, so that `log_prob` of actions `(B, A)` has shape
# `(B,)`. ("Diagonal": the A entries are independent of each other.) The table before exercise 12 has all you need.
# Gradients must reach both arguments.


# %% nbgrader={"grade": false, "grade_id": "diagonal_gaussian", "locked": false, "schema_version": 3, "solution": true, "task": false}
def diagonal_gaussian(mean: torch.Tensor, log_std: torch.Tensor) -> Distribution:
    """B Gaussians over vectors of A independent entries.

    Args:
        mean: float tensor of shape (B, A).
        log_std: float tensor of shape (A,), the natural logarithm of the standard deviations, the same in each row.

    Returns:
        A distribution with batch shape (B,) and event shape (A,); differentiable in mean and log_std.

    Example:
        >>> diagonal_gaussian(torch.zeros(4, 2), torch.zeros(2)).log_prob(torch.zeros(4, 2)).shape
        torch.Size([4])

    Source: PyTorch documentation, `torch.distributions.Independent`.
    """
    ### BEGIN SOLUTION
    return Independent(Normal(mean, log_std.exp()), 1)
    ### END SOLUTION


# %%
d = diagonal_gaussian(torch.tensor([[0.0, 10.0], [5.0, 5.0], [-1.0, 0.0]]), torch.tensor([0.0, -2.0]))
print(d.batch_shape, d.event_shape, "\n", d.sample())


# %% nbgrader={"grade": true, "grade_id": "diagonal_gaussian-shapes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std.exp()), 1)


### END HIDDEN TESTS
with judged_alone():
    _d = diagonal_gaussian(torch.zeros(4, 3), torch.full((3,), 0.5))
    assert isinstance(_d, Distribution), (
        f"diagonal_gaussian returned {type(_d).__name__}, but should return a Distribution"
    )
    assert _d.batch_shape != (4, 3), (
        "diagonal_gaussian: batch shape (4, 3), event shape (): these are 12 distributions over numbers, not 4 over "
        "vectors"
    )
    assert _d.batch_shape != (), (
        "diagonal_gaussian: batch shape (): all rows were made one event; the B states must stay apart"
    )
    assert _d.batch_shape == (4,), f"diagonal_gaussian: batch shape {tuple(_d.batch_shape)}, but should be (4,)"
    assert _d.event_shape == (3,), f"diagonal_gaussian: event shape {tuple(_d.event_shape)}, but should be (3,)"
    assert _d.log_prob(torch.zeros(4, 3)).shape == (4,), "diagonal_gaussian: log_prob of (4, 3) should have shape (4,)"
    ### BEGIN HIDDEN TESTS
    for _b, _a in [(1, 2), (5, 1), (3, 3), (6, 4)]:
        _d = diagonal_gaussian(torch.randn(_b, _a), torch.randn(_a))
        assert (_d.batch_shape, _d.event_shape) == ((_b,), (_a,)), f"diagonal_gaussian: wrong shapes for {(_b, _a)}"
        assert _d.sample((7,)).shape == (7, _b, _a), "diagonal_gaussian: wrong shape of samples"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "diagonal_gaussian-density", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _mean, _log_std = torch.zeros(3, 2, requires_grad=True), torch.full((2,), math.log(2.0), requires_grad=True)
    _d = diagonal_gaussian(_mean, _log_std)
    _total = _d.log_prob(torch.ones(3, 2)).sum()  # of a right one: 3 * -3.4742
    for _std, _why in [
        (math.log(2.0), "log_std was used as the std itself: its exponential is missing"),
        (math.sqrt(2.0), "exp(log_std) was used as a variance, but it is the std"),
        (4.0, "the std is the square of what it should be"),
        (math.log(3.0), "the softplus of log_std was used, but the std is its exponential"),
    ]:
        _wrong = Normal(0.0, _std).log_prob(torch.ones(3, 2)).sum()
        assert not torch.allclose(_total, _wrong), f"diagonal_gaussian: {_why}"
    assert torch.allclose(_total, torch.tensor(3 * -3.4742), atol=1e-3), (
        f"diagonal_gaussian: mean 0, log_std ln 2: the log-probability of three times (1, 1) is {_total.item():.4f} "
        f"in all, but should be {3 * -3.4742:.4f}"
    )
    _total.backward()
    assert _mean.grad is not None, "diagonal_gaussian: no gradient reaches mean"
    assert _log_std.grad is not None, "diagonal_gaussian: no gradient reaches log_std"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(141)
    for _b, _a in [(5, 3), (2, 4)]:
        _mean, _log_std, _x = torch.randn(_b, _a), torch.randn(_a), torch.randn(_b, _a)
        _d = diagonal_gaussian(_mean, _log_std)
        _right = reference_gaussian_log_prob(_x, _mean, _log_std.exp())
        assert torch.allclose(_d.log_prob(_x), _right, rtol=1e-3, atol=1e-3), "diagonal_gaussian: wrong log_prob"
        assert torch.allclose(_d.mean, _mean), "diagonal_gaussian: wrong mean"
        assert torch.allclose(_d.stddev, _log_std.exp().expand(_b, _a), rtol=1e-3), "diagonal_gaussian: wrong std"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Gradients through a random draw
#
# Suppose a parameter sits **inside** a random draw: $x \sim N(\mu, 1)$ and we want $\frac{d}{d\mu} E[x^2]$. Here we
# know the answer: $E[x^2] = \mu^2 + 1$, so the derivative is $2\mu$, which is 3 at $\mu = 1.5$. When we don't know
# it, there are two ways to estimate it from samples:
#
# **Move the sample along (reparameterise).** Write $x = \mu + \sigma \varepsilon$ with noise $\varepsilon \sim N(0,
# 1)$ that knows nothing of $\mu$. For a fixed $\varepsilon$, $x$ is an ordinary function of $\mu$, and
# $\frac{d}{d\mu} x^2 = 2x$. Average that over samples. In PyTorch this is `d.rsample()`; `d.sample()` gives the same
# numbers with the graph cut off, and no gradient gets through.
#
# **Leave the sample and re-weigh it (the score function).** Since $\frac{d}{d\mu} p = p \, \frac{d}{d\mu} \ln p$,
#
# $$ \frac{d}{d\mu} E[f(x)] = \int f(x) \, p(x) \, \frac{d \ln p(x)}{d \mu} \, dx
#    = E\!\left[ f(x) \, \frac{d \ln p(x)}{d \mu} \right], \qquad
#    \frac{d \ln p(x)}{d\mu} = \frac{x - \mu}{\sigma^2} . $$
#
# Samples with a large $f$ pull $\mu$ towards themselves. This needs no derivative of $f$, only its value. A game's
# score has no derivative, and neither has a coin flip: so this is the one that REINFORCE is made of, in the next
# lesson.

# %%
torch.manual_seed(0)
mu = torch.tensor(1.5, requires_grad=True)
d = Normal(mu, 1.0)
print("d.sample() requires a gradient: ", d.sample().requires_grad)
print("d.rsample() requires a gradient:", d.rsample().requires_grad)
x = d.sample((20_000,))
moved = 2 * x
weighed = x**2 * (x - mu.detach())
for name, estimates in [("moved (rsample)", moved), ("re-weighed (score)", weighed)]:
    print(f"{name:>20}: mean {estimates.mean():.2f}, std of one estimate {estimates.std():.2f}")

# %% [markdown]
# *What to see:* both are right on average, 3. But one score-function estimate scatters with a std of about 7.2
# against 2 (these two can be worked out: $\sqrt{\mu^4 + 18 \mu^2 + 15 - 4 \mu^2}$ and $2 \sigma$). Most of the lesson
# `reward_to_go` is about getting that scatter down.

# %%
fig, ax = plt.subplots()
bins = np.linspace(-8, 28, 73)
ax.hist(moved.numpy(), bins, density=True, color="0.75", edgecolor="black", linewidth=0.5, label="moved: 2x")
ax.hist(weighed.numpy(), bins, density=True, histtype="step", color="black", hatch="///", label="score: x² (x - µ)")
ax.axvline(3, color="tab:red", linestyle="--", label="true derivative, 3")
ax.set(xlabel="one estimate of the derivative", ylabel="density", title="two unbiased ways to the same number")
ax.legend()
plt.show()

# %% [markdown]
# ### Exercise 15 · a sample that gradients pass through
# ●○○○○ · 6 min · 2 points
#
# Write `reparameterized_sample(mean, log_std, noise)`. The noise is drawn outside, from $N(0, 1)$; the sample is
#
# $$ x = \mu + e^{\ell} \, \varepsilon \qquad \text{with} \quad \frac{\partial x}{\partial \mu} = 1, \quad
#    \frac{\partial x}{\partial \ell} = e^{\ell} \, \varepsilon . $$
#
# By hand: $\mu = 1$, $\ell = \ln 2$, $\varepsilon = 3$ gives $x = 7$, and the derivatives 1 and 6.


# %% nbgrader={"grade": false, "grade_id": "reparameterized_sample", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reparameterized_sample(mean: torch.Tensor, log_std: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """A Gaussian sample as a differentiable function of its parameters.

    Args:
        mean: float tensor, any shape.
        log_std: float tensor, the logarithm of the standard deviation; the three arguments broadcast together.
        noise: float tensor, drawn from N(0, 1) by the caller.

    Returns:
        The sample, of the broadcast shape; gradients reach mean and log_std.

    Example:
        >>> reparameterized_sample(torch.tensor([1.0]), torch.tensor([0.0]), torch.tensor([3.0]))
        tensor([4.])

    Source: Kingma and Welling, arXiv 1312.6114, section 2.4; PyTorch documentation, `rsample`.
    """
    ### BEGIN SOLUTION
    return mean + log_std.exp() * noise
    ### END SOLUTION


# %%
m, s = torch.tensor(1.0, requires_grad=True), torch.tensor(math.log(2.0), requires_grad=True)
sample = reparameterized_sample(m, s, torch.tensor(3.0))
sample.backward()
print(f"sample {sample.item():.2f}, derivatives {m.grad.item():.2f} and {s.grad.item():.2f}")

# %% nbgrader={"grade": true, "grade_id": "reparameterized_sample-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _mean, _log_std = torch.tensor([1.0, -1.0]), torch.tensor([math.log(2.0), math.log(0.5)])
    _noise = torch.tensor([[3.0, 4.0], [0.0, -2.0], [-1.0, 6.0]])
    _out = reparameterized_sample(_mean, _log_std, _noise)
    assert isinstance(_out, torch.Tensor), (
        f"reparameterized_sample returned {type(_out).__name__}, but should return a tensor"
    )
    assert _noise.tolist() == [[3.0, 4.0], [0.0, -2.0], [-1.0, 6.0]], (
        "reparameterized_sample changed the noise it was given: `*=` works on the caller's tensor"
    )
    assert torch.equal(_out, reparameterized_sample(_mean, _log_std, _noise)), (
        "reparameterized_sample: two calls with the same noise differ: it draws noise of its own"
    )
    assert _out.shape == (3, 2), f"reparameterized_sample: shape {tuple(_out.shape)}, but should be (3, 2)"
    assert not torch.allclose(_out, _mean + _log_std * _noise), (
        "reparameterized_sample: log_std was multiplied with the noise without its exponential"
    )
    assert not torch.allclose(_out, _mean + (2 * _log_std).exp() * _noise), (
        "reparameterized_sample: the noise was scaled by the variance, not by the std"
    )
    assert not torch.allclose(_out, _mean + (_log_std / 2).exp() * _noise), (
        "reparameterized_sample: log_std was taken for a log-variance"
    )
    assert not torch.allclose(_out, _mean + _log_std.exp() + _noise), (
        "reparameterized_sample: the std was added to the noise, but should be multiplied with it"
    )
    _right = torch.tensor([[7.0, 1.0], [1.0, -2.0], [-1.0, 2.0]])
    assert torch.allclose(_out, _right), f"reparameterized_sample: got {_out.tolist()}, but should be {_right.tolist()}"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(151)
    for _shapes in [((4, 3), (3,), (4, 3)), ((3,), (), (5, 3)), ((2, 1), (1, 6), (2, 6))]:
        _mean, _log_std, _noise = (torch.randn(_shape, dtype=torch.float64) for _shape in _shapes)
        _kept = _mean.clone(), _log_std.clone(), _noise.clone()
        _out = reparameterized_sample(_mean, _log_std, _noise)
        assert torch.allclose(_out, _kept[0] + torch.exp(_kept[1]) * _kept[2]), "reparameterized_sample: wrong values"
        for _now, _then in zip((_mean, _log_std, _noise), _kept, strict=True):
            assert torch.equal(_now, _then), "reparameterized_sample changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "reparameterized_sample-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _mean, _log_std = torch.tensor([1.0], requires_grad=True), torch.tensor([math.log(2.0)], requires_grad=True)
    _out = reparameterized_sample(_mean, _log_std, torch.tensor([3.0]))
    assert _out.requires_grad, "reparameterized_sample: the sample carries no graph, like that of `d.sample()`"
    _out.sum().backward()
    assert _mean.grad is not None, "reparameterized_sample: the gradient does not reach mean"
    assert _log_std.grad is not None, "reparameterized_sample: the gradient does not reach log_std: was it detached?"
    assert torch.allclose(_mean.grad, torch.tensor([1.0])), f"derivative by mean {_mean.grad.item()}, but should be 1"
    assert torch.allclose(_log_std.grad, torch.tensor([6.0])), (
        f"reparameterized_sample: derivative by log_std {_log_std.grad.item():.3f}, but should be 6 (std 2 times "
        "noise 3)"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(152)
    _mean, _log_std = torch.randn(4, 3, requires_grad=True), torch.randn(3, requires_grad=True)
    _noise, _weights = torch.randn(4, 3), torch.randn(4, 3)
    (reparameterized_sample(_mean, _log_std, _noise) * _weights).sum().backward()
    assert torch.allclose(_mean.grad, _weights), "reparameterized_sample: wrong gradient by mean"
    _right = (_weights * _noise).sum(0) * _log_std.detach().exp()
    assert torch.allclose(_log_std.grad, _right, rtol=1e-4, atol=1e-5), (
        "reparameterized_sample: wrong gradient by log_std"
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 16 · a Gaussian policy
# ●●○○○ · 12 min · 3 points
#
# Now a policy for continuous actions: a module whose `forward` turns a batch of observations into a distribution.
#
# - The **mean** comes from a multilayer perceptron, `(B, obs_dim)` to `(B, act_dim)`, with hidden layers of the widths
#   `hidden`, tanh between the layers and nothing after the last.
# - The **log-std** does not depend on the observation. It is a parameter named `log_std`, an `nn.Parameter` of shape
#   `(act_dim,)`; zeros are a good start.
# - `forward(obs)` returns a distribution with batch shape `(B,)` and event shape `(act_dim,)`.
#
# You may use your `MLP` and your `diagonal_gaussian` if their checks pass.


# %% nbgrader={"grade": false, "grade_id": "gaussian_policy", "locked": false, "schema_version": 3, "solution": true, "task": false}
class GaussianPolicy(nn.Module):
    """A diagonal Gaussian over actions whose mean is a network of the observation.

    Args:
        obs_dim, act_dim: how many numbers an observation and an action have.
        hidden: widths of the hidden layers.

    Attributes:
        log_std: nn.Parameter of shape (act_dim,).

    Example:
        >>> policy = GaussianPolicy(obs_dim=3, act_dim=2)
        >>> policy(torch.zeros(5, 3)).sample().shape
        torch.Size([5, 2])

    Source: Sutton and Barto, section 13.7.
    """

    def __init__(self, obs_dim: int, act_dim: int, hidden: Sequence[int] = (32, 32)) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.mean = MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))
        ### END SOLUTION

    def forward(self, obs: torch.Tensor) -> Distribution:
        """The distribution of actions for observations (B, obs_dim): batch (B,), event (act_dim,)."""
        ### BEGIN SOLUTION
        return diagonal_gaussian(self.mean(obs), self.log_std)
        ### END SOLUTION


# %%
env = gym.make("Pendulum-v1")
observation, _ = env.reset(seed=0)
pendulum_policy = GaussianPolicy(env.observation_space.shape[0], env.action_space.shape[0])
d = pendulum_policy(torch.as_tensor(observation)[None])  # a batch of one
action = d.sample()
print("observation", observation.round(2), " action", action.tolist(), " log-probability", d.log_prob(action).tolist())
env.close()


# %% nbgrader={"grade": true, "grade_id": "gaussian_policy-distribution", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
class reference_GaussianPolicy(nn.Module):
    def __init__(self, obs_dim, act_dim, hidden=(32, 32)):
        super().__init__()
        self.mean = reference_MLP(obs_dim, act_dim, hidden)
        self.log_std = nn.Parameter(torch.zeros(act_dim))

    def forward(self, obs):
        return reference_diagonal_gaussian(self.mean(obs), self.log_std)


### END HIDDEN TESTS
references = {}
### BEGIN HIDDEN TESTS
references = {"MLP": reference_MLP, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    torch.manual_seed(16)
    _policy, _obs = GaussianPolicy(3, 2), torch.randn(5, 3)
    _d = _policy(_obs)
    assert isinstance(_d, Distribution), (
        f"GaussianPolicy: forward returned {type(_d).__name__}, but should be a Distribution"
    )
    assert _d.batch_shape != (5, 2), (
        "GaussianPolicy: batch shape (5, 2), event shape (): ten distributions over numbers instead of five over "
        "actions"
    )
    assert _d.batch_shape != (), "GaussianPolicy: batch shape (): the whole batch was made one event"
    assert _d.batch_shape != (3,), "GaussianPolicy: the batch shape is (3,), which is obs_dim, but should be (5,)"
    assert (_d.batch_shape, _d.event_shape) == ((5,), (2,)), (
        f"GaussianPolicy: batch {tuple(_d.batch_shape)}, event {tuple(_d.event_shape)}, but should be (5,) and (2,)"
    )
    assert _d.log_prob(torch.zeros(5, 2)).shape == (5,), "GaussianPolicy: log_prob of 5 actions should have shape (5,)"
    assert not torch.allclose(_d.mean[0], _d.mean[1]), "GaussianPolicy: two observations have the same mean action"
    assert torch.allclose(_policy(_obs[3:4]).mean[0], _d.mean[3], atol=1e-5), (
        "GaussianPolicy: the mean for an observation depends on what else is in the batch"
    )
    assert torch.equal(_policy(_obs).mean, _d.mean), (
        "GaussianPolicy: the same observations have different means when asked twice"
    )
    assert any(_p.dim() == 2 for _p in _policy.parameters()), (
        "GaussianPolicy: the network of the mean is not among the parameters: no optimizer will train it"
    )
    with torch.no_grad():
        for _p in _policy.parameters():
            _p.mul_(20)
    assert _policy(_obs).mean.abs().max() > 1.01, (
        "GaussianPolicy: with large weights the mean still stays within -1 and 1: there is a tanh after the last layer"
    )
    _policy = GaussianPolicy(3, 2, hidden=(7, 4))
    with torch.no_grad():
        for _p in _policy.parameters():
            _p.fill_(0.5)
    _mean = _policy(-torch.ones(1, 3)).mean[0, 0].item()
    if any(_p.shape == (7, 3) for _p in _policy.parameters()):  # else the next cells say what is wrong
        assert abs(_mean + 5.5) > 1e-3, (
            "GaussianPolicy: the mean is a linear function of the observation: the tanh between the layers is missing"
        )
        assert abs(_mean - 1.5) > 1e-3, "GaussianPolicy: ReLU stands between the layers, but should be tanh"
        assert abs(_mean + 1.448) < 1e-3, (
            f"GaussianPolicy(3, 2, hidden=(7, 4)), all parameters 0.5, input all -1: the mean is {_mean:.3f}, but "
            "should be -1.448"
        )
    ### BEGIN HIDDEN TESTS
    for _o, _a, _b, _hidden in [(1, 1, 4, (8,)), (6, 3, 1, ()), (4, 5, 7, [9, 6])]:
        _d = GaussianPolicy(_o, _a, _hidden)(torch.randn(_b, _o))
        assert (_d.batch_shape, _d.event_shape) == ((_b,), (_a,)), f"GaussianPolicy({_o}, {_a}): wrong shapes"
        assert _d.sample((2,)).shape == (2, _b, _a), "GaussianPolicy: wrong shape of samples"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gaussian_policy-log_std", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"MLP": reference_MLP, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    _policy = GaussianPolicy(3, 2)
    assert hasattr(_policy, "log_std"), "GaussianPolicy has no attribute log_std"
    assert isinstance(_policy.log_std, nn.Parameter), (
        f"GaussianPolicy: log_std is a {type(_policy.log_std).__name__}, but should be an nn.Parameter: no optimizer "
        "sees it"
    )
    assert _policy.log_std.shape == (2,), (
        f"GaussianPolicy: log_std has shape {tuple(_policy.log_std.shape)}, but should be (2,)"
    )
    with torch.no_grad():
        _policy.log_std.copy_(torch.tensor([math.log(3.0), math.log(0.5)]))
    _std = _policy(torch.randn(5, 3)).stddev
    assert not torch.allclose(_std, torch.ones(5, 2)), (
        "GaussianPolicy: the std stays 1 whatever log_std is: it is not used"
    )
    assert not torch.allclose(_std**2, torch.tensor([3.0, 0.5]).expand(5, 2), atol=1e-3), (
        "GaussianPolicy: exp(log_std) was used as the variance, but it is the std"
    )
    assert not torch.allclose(_std, torch.tensor([math.log(4.0), math.log(1.5)]).expand(5, 2), atol=1e-3), (
        "GaussianPolicy: the std is the softplus of log_std, but should be its exponential"
    )
    assert torch.allclose(_std, torch.tensor([3.0, 0.5]).expand(5, 2), atol=1e-3), (
        f"GaussianPolicy: for log_std = (ln 3, ln 0.5) the stds are {_std[0].tolist()}, but should be 3 and 0.5"
    )
    _other = GaussianPolicy(3, 2)
    assert _other.log_std is not _policy.log_std and not torch.equal(_other.log_std, _policy.log_std), (
        "GaussianPolicy: two policies share one log_std: it was made once, outside of __init__"
    )
    ### BEGIN HIDDEN TESTS
    assert "log_std" in dict(_policy.named_parameters()), "GaussianPolicy: log_std is not among the parameters"
    for _a in (1, 4):
        _policy = GaussianPolicy(2, _a)
        _log_std = torch.randn(_a)
        _policy.load_state_dict(_policy.state_dict() | {"log_std": _log_std})
        _std = _policy(torch.randn(6, 2)).stddev
        assert torch.allclose(_std, _log_std.exp().expand(6, _a), rtol=1e-3), (
            "GaussianPolicy: the std is not exp(log_std)"
        )
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gaussian_policy-trainable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"MLP": reference_MLP, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    torch.manual_seed(17)
    _policy = GaussianPolicy(3, 2, hidden=(7, 4))
    (-_policy(torch.randn(5, 3)).log_prob(torch.randn(5, 2)).mean()).backward()
    for _name, _p in _policy.named_parameters():
        assert _p.grad is not None and _p.grad.abs().sum() > 0, (
            f"GaussianPolicy: no gradient reaches the parameter {_name}"
        )
    _shapes = sorted(tuple(_p.shape) for _p in _policy.parameters())
    _right = sorted([(7, 3), (7,), (4, 7), (4,), (2, 4), (2,), (2,)])
    assert (32, 3) not in _shapes, (
        "GaussianPolicy(3, 2, hidden=(7, 4)) has layers of 32 units: `hidden` is not passed on"
    )
    assert (7, 3) in _shapes, "GaussianPolicy: the network of the mean is not among the parameters"
    assert _shapes == _right, f"GaussianPolicy(3, 2, hidden=(7, 4)): parameter shapes {_shapes}, but should be {_right}"
    ### BEGIN HIDDEN TESTS
    _one, _two, _obs = GaussianPolicy(4, 3), GaussianPolicy(4, 3), torch.randn(6, 4)
    assert not torch.equal(_one(_obs).mean, _two(_obs).mean), "GaussianPolicy: two policies share their network"
    with torch.no_grad():
        _one.log_std.add_(0.3)
    _two.load_state_dict(_one.state_dict())
    assert torch.equal(_one(_obs).mean, _two(_obs).mean), "GaussianPolicy: the same state dict gives another mean"
    assert torch.equal(_one(_obs).stddev, _two(_obs).stddev), "GaussianPolicy: the same state dict gives another std"
    assert sum(_p.numel() for _p in _one.parameters()) == 4 * 32 + 32 + 32 * 32 + 32 + 32 * 3 + 3 + 3, (
        "wrong default size"
    )
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 17 · behaviour cloning
# ●●●○○ · 18 min · 3 points
#
# The simplest way to a policy: record an expert's states and actions, and fit a policy to them. Fit how? Make what the
# expert did as probable as possible, that is, minimise the mean **negative log-likelihood**
#
# $$ L(\theta) = -\frac1N \sum_{i=1}^{N} \log \pi_\theta(a_i \mid s_i) . $$
#
# `policy(states)` is a distribution with one log-probability per state; the rest is the training loop of exercise 9,
# with another loss: Adam, shuffled batches (states and actions together, the last one may be smaller), and for each
# epoch the mean per **sample**, each batch's loss as it was before its update.
#
# **How low can it go?** No model can beat the expert's own distribution. Its mean negative log-likelihood is called
# the entropy; for a Gaussian it is $\frac12 \ln(2 \pi e \sigma^2)$. It is measured in *nats*, since the logarithm is
# the natural one. Our expert acts as $a \sim N(s^3 + 4.5\,s,\ 2^2)$, so the bound is $\frac12 \ln(2 \pi e \cdot 4) =
# 2.11$ nats. (On 1,000 samples the expert itself scores within about 0.02 of that, by luck in either direction.)
#
# Your `GaussianPolicy` is what gets trained here, so the checks of exercise 16 should pass first.


# %% nbgrader={"grade": false, "grade_id": "given-expert", "locked": true, "schema_version": 3, "solution": false, "task": false}
def expert_data(n: int, limit: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """n states, uniform on [-limit, limit], and what the expert does there: two tensors of shape (n, 1)."""
    generator = torch.Generator().manual_seed(seed)
    states = limit * (2 * torch.rand(n, 1, generator=generator) - 1)
    return states, states**3 + 4.5 * states + 2 * torch.randn(n, 1, generator=generator)


ENTROPY = 0.5 * math.log(2 * math.pi * math.e * 2**2)  # of the expert, in nats


# %% nbgrader={"grade": false, "grade_id": "behaviour_clone", "locked": false, "schema_version": 3, "solution": true, "task": false}
def behaviour_clone(
    policy: nn.Module, states: torch.Tensor, actions: torch.Tensor, epochs: int, batch_size: int, lr: float
) -> list[float]:
    """Fit a policy to an expert's actions by maximum likelihood, with Adam on shuffled batches.

    Args:
        policy: a module that maps states (n, S) to a distribution with batch shape (n,) and event shape (A,).
        states: float tensor of shape (N, S).
        actions: float tensor of shape (N, A).
        epochs, batch_size, lr: as in `fit`.

    Returns:
        For each epoch, the mean negative log-likelihood per sample, a float.

    Source: Osa et al., "An algorithmic perspective on imitation learning", arXiv 1811.06711.
    """
    ### BEGIN SOLUTION
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses
    ### END SOLUTION


# %% [markdown]
# *What to see:* left, the policy's mean follows the expert and the band of two stds holds about 95 % of the actions;
# right, the loss comes down to the bound and stays there. The policy's std is close to the expert's, which is 2.

# %%
torch.manual_seed(0)
states, actions = expert_data(1000, 2.0, seed=0)
clone = GaussianPolicy(1, 1)
clone_losses = behaviour_clone(clone, states, actions, epochs=20 if GRADING else 60, batch_size=64, lr=1e-2)
shown = torch.linspace(-2, 2, 200)[:, None]
with torch.no_grad():
    d = clone(shown)
middle, width = d.mean[:, 0], 2 * d.stddev[:, 0]
fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
left.plot(states, actions, ".", color="0.6", markersize=3, label="the expert's actions")
left.plot(shown, middle, "k-", label="policy: mean")
left.fill_between(shown[:, 0], middle - width, middle + width, color="tab:blue", alpha=0.3, label="policy: ± 2 std")
left.set(xlabel="state (m)", ylabel="action (N)", title=f"the clone; its std is {clone.log_std.exp().item():.2f} N")
left.legend(loc="upper left")
right.plot(clone_losses, "k-", label=f"training loss, in the end {clone_losses[-1]:.2f}")
right.axhline(ENTROPY, linestyle="--", color="tab:red", label=f"the expert's entropy, {ENTROPY:.2f}")
right.set(xlabel="epoch", ylabel="negative log-likelihood (nats)", yscale="log", title="how it went")
right.legend()
fig.tight_layout()
plt.show()


# %% nbgrader={"grade": true, "grade_id": "behaviour_clone-losses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
### BEGIN HIDDEN TESTS
def reference_behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses


### END HIDDEN TESTS
with judged_alone():

    class _Dice(nn.Module):
        """A policy over three one-hot actions, for states of two numbers; it starts out uniform."""

        def __init__(self) -> None:
            super().__init__()
            self.layer, self.batches = nn.Linear(2, 3), []
            nn.init.zeros_(self.layer.weight)
            nn.init.zeros_(self.layer.bias)

        def forward(self, states: torch.Tensor) -> Distribution:
            self.batches.append(states[:, 0].tolist())
            return OneHotCategorical(logits=self.layer(states))

    _actions = nn.functional.one_hot(torch.tensor([0, 1, 2, 0, 0, 1, 0, 0, 1, 0]), 3).float()
    torch.manual_seed(170)
    _states, _dice = torch.arange(20.0).reshape(10, 2), _Dice()
    _out = behaviour_clone(_dice, _states, _actions, epochs=2, batch_size=4, lr=0.0)  # uniform: ln 3 = 1.0986 each
    assert isinstance(_out, list), f"behaviour_clone returned {type(_out).__name__}, but should return a list"
    assert len(_out) == 2, f"behaviour_clone: two epochs gave {len(_out)} losses, but should give one per epoch"
    assert all(isinstance(_loss, float) for _loss in _out), "behaviour_clone: the losses should be floats (.item())"
    for _wrong, _why in [
        (-1.0986, "the minus is missing"),
        (10.986, "summed over the samples, not averaged"),
        (3.955, "a batch's loss was summed over its samples, then weighted by their number once more"),
        (0.8789, "the last batch of 2 samples is missing"),
        (0.2222, "this is a squared error of the mean action, not a negative log-likelihood"),
        (-0.3333, "this is minus the mean probability, not minus the mean log-probability"),
        (3.2958, "the batches' losses were added up"),
    ]:
        assert abs(_out[0] - _wrong) > 1e-3, f"behaviour_clone: loss {_wrong:.4g}, but should be 1.0986: {_why}"
    assert abs(_out[0] - 1.0986) < 1e-3, (
        "behaviour_clone: a uniform policy over three actions has loss ln 3 = 1.0986 on any sample, but got "
        f"{_out[0]:.4f}"
    )
    _sizes = [len(_batch) for _batch in _dice.batches]
    assert sorted(_sizes) == [2, 2, 4, 4, 4, 4], f"behaviour_clone: 10 samples came in batches of {_sizes[:3]}"
    _shown = list(itertools.chain(*_dice.batches))
    assert sorted(_shown[:10]) == sorted(_shown[10:]) == _states[:, 0].tolist(), (
        "behaviour_clone: in one epoch some samples came twice and others never"
    )
    assert _shown[:10] != _states[:, 0].tolist(), "behaviour_clone: the samples come in their given order: shuffle them"
    assert _shown[:10] != _shown[10:], "behaviour_clone: both epochs use the same order: shuffle anew in each epoch"
    with torch.no_grad():
        _dice.layer.bias.copy_(torch.tensor([2.0, 0.0, -3.0]))
    _right = -OneHotCategorical(logits=_dice.layer.bias.detach().expand(10, 3)).log_prob(_actions).mean().item()
    for _loss in behaviour_clone(_dice, _states, _actions, epochs=3, batch_size=4, lr=0.0):
        assert abs(_loss - _right) < 1e-3, (
            f"behaviour_clone: a policy that does not change (lr 0) scores {_loss:.4f}, but should score {_right:.4f} "
            "in each epoch: the last, smaller batch must count by its size"
        )
    _dice = _Dice()
    with torch.no_grad():  # now it reads the right action from the state
        _dice.layer.weight.copy_(torch.tensor([[20.0, 0.0], [0.0, 20.0], [0.0, 0.0]]))
        _dice.layer.bias.copy_(torch.tensor([0.0, 0.0, 10.0]))
    _out = behaviour_clone(_dice, _actions[:, :2].clone(), _actions, epochs=3, batch_size=4, lr=0.0)
    assert max(_out) < 0.01, (
        f"behaviour_clone: a policy that is always right has loss {_out[0]:.2f}, but should have 0.00: states and actions "
        "are no longer paired: they were shuffled apart"
    )
    _dice = _Dice()
    behaviour_clone(_dice, torch.ones(10, 2), _actions, epochs=1, batch_size=10, lr=0.1)
    assert _dice.layer.bias[0] != 0, "behaviour_clone: the policy has not moved after one epoch"
    assert _dice.layer.bias[0] > 0, "behaviour_clone: the expert's favourite action became less probable"
    assert abs(_dice.layer.bias[0].item() - 0.1) < 1e-3, (
        f"behaviour_clone: the first step moved a bias by {_dice.layer.bias[0].item():.4f}, but Adam's moves it by lr "
        "= 0.1"
    )
    _last = behaviour_clone(_Dice(), torch.ones(10, 2), _actions, epochs=15, batch_size=10, lr=0.1)[-1]
    assert abs(_last - 1.6070) > 2e-3, (
        f"behaviour_clone: loss {_last:.4f} after 15 epochs, which is what comes out when gradients are never cleared"
    )
    assert abs(_last - 0.9229) > 2e-3, (
        f"behaviour_clone: loss {_last:.4f} after 15 epochs, which is what comes out when a new optimizer is made in "
        "each epoch"
    )
    assert abs(_last - 0.9105) < 2e-3, f"behaviour_clone: loss {_last:.4f} after 15 epochs, but should be 0.9105"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(171)
    _states, _actions = torch.randn(30, 2), nn.functional.one_hot(torch.randint(3, (30,)), 3).float()
    _kept = _states.clone(), _actions.clone()
    _theirs = behaviour_clone(_Dice(), _states, _actions, epochs=20, batch_size=30, lr=0.05)
    _mine = reference_behaviour_clone(_Dice(), _states, _actions, epochs=20, batch_size=30, lr=0.05)
    assert np.allclose(_theirs, _mine, rtol=1e-3), f"behaviour_clone: losses {_theirs[-2:]}, but should be {_mine[-2:]}"
    assert torch.equal(_states, _kept[0]) and torch.equal(_actions, _kept[1]), "behaviour_clone changed its data"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "behaviour_clone-expert", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"GaussianPolicy": reference_GaussianPolicy}
### END HIDDEN TESTS
with judged_alone(**references):
    torch.manual_seed(172)
    _policy, (_states, _actions) = GaussianPolicy(1, 1), expert_data(1000, 2.0, seed=0)
    _out = behaviour_clone(_policy, _states, _actions, epochs=60, batch_size=64, lr=1e-2)
    assert len(_out) == 60, f"behaviour_clone: 60 epochs gave {len(_out)} losses"
    assert _out[-1] < 5, (
        f"behaviour_clone: the last epoch scores {_out[-1]:.2f} nats, and even a policy that ignores the state scores "
        "3.5: are the old gradients cleared before each step?"
    )
    assert _out[-1] < 3.3, (
        f"behaviour_clone: the last epoch scores {_out[-1]:.2f} nats, hardly better than a policy that ignores the "
        "state (3.5): were states and actions shuffled apart?"
    )
    assert _out[-1] <= ENTROPY + 0.1, (
        f"behaviour_clone: the last epoch scores {_out[-1]:.2f} nats, but should come within 0.1 of the bound, "
        f"{ENTROPY:.2f}"
    )
    assert _out[-1] > ENTROPY - 0.3, (
        f"behaviour_clone: {_out[-1]:.2f} nats is too good to be true: the bound is {ENTROPY:.2f}"
    )
    ### BEGIN HIDDEN TESTS
    assert abs(_policy.log_std.exp().item() - 2) < 0.4, "behaviour_clone: the policy's std is far from the expert's"
    _states, _actions = expert_data(2000, 1.9, seed=3)
    _fresh = -_policy(_states).log_prob(_actions).mean().item()
    assert _fresh <= ENTROPY + 0.25, f"behaviour_clone: the policy scores {_fresh:.2f} nats on new data of the expert"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Why inputs and targets are scaled
#
# The same expert, on states from -5 to 5. Its actions now reach from about -150 to 150, but an untrained network puts
# out numbers around 0, with weights that Adam moves by about 0.01 a step: it has a long way to go. The remedy costs
# two lines: **standardise the states and the actions**, fit there, and translate back. If $z = (a - m) / c$ has
# density $p_z$, then $a$ has density $p_z / c$, so a loss in scaled units counts $\ln c$ nats less than one in real
# units; that is added below to keep the comparison fair.
#
# *What to see:* left, the network gave up on the far ends and called it noise: a wide band of two stds. Right, the same
# network, the same number of steps, on scaled data.

# %%
wide_states, wide_actions = expert_data(1000, 5.0, seed=0)
fig, panels = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for ax, scaled in zip(panels, [False, True], strict=True):
    shift_s, scale_s = (wide_states.mean(), wide_states.std()) if scaled else (torch.tensor(0.0), torch.tensor(1.0))
    shift_a, scale_a = (wide_actions.mean(), wide_actions.std()) if scaled else (torch.tensor(0.0), torch.tensor(1.0))
    torch.manual_seed(0)
    policy = GaussianPolicy(1, 1)
    scores = behaviour_clone(
        policy,
        (wide_states - shift_s) / scale_s,
        (wide_actions - shift_a) / scale_a,
        epochs=10 if GRADING else 60,
        batch_size=64,
        lr=1e-2,
    )
    excess = scores[-1] + scale_a.log().item() - ENTROPY
    shown = torch.linspace(-5, 5, 200)[:, None]
    with torch.no_grad():
        d = policy((shown - shift_s) / scale_s)
    middle, width = (d.mean * scale_a + shift_a)[:, 0], 2 * (d.stddev * scale_a)[:, 0]
    ax.plot(wide_states, wide_actions, ".", color="0.6", markersize=3, label="the expert's actions")
    ax.plot(shown, middle, "k-", label="policy: mean")
    ax.fill_between(shown[:, 0], middle - width, middle + width, color="tab:blue", alpha=0.3, label="policy: ± 2 std")
    ax.set(xlabel="state (m)", title=f"{'scaled' if scaled else 'raw'} data: {excess:.2f} nats above the bound")
panels[0].set_ylabel("action (N)")
panels[0].legend(loc="upper left")
fig.tight_layout()
plt.show()

# %% [markdown]
# ### Exercise 18 · a mixture of Gaussians
# ●●●○○ · 12 min · 2 points
#
# A tree stands in the road. Half of the experts pass on the left (steering angle -1), half on the right (+1), nobody
# drives straight on. The best *single* Gaussian for this data has mean 0, and its most probable action is the tree.
#
# A **mixture** picks component $k$ with probability $w_k$, then draws from that component:
#
# $$ p(x) = \sum_{k=1}^{K} w_k \, N(x;\ \mu_k, \sigma_k), \qquad w = \operatorname{softmax}(\text{logits}), \quad
#    w_k = \frac{e^{\text{logit}_k}}{\sum_j e^{\text{logit}_j}} . $$
#
# Its logarithm is a log of a **sum**, which does not split up. It can be written as
#
# $$ \log p(x) = \operatorname{logsumexp}_k \Big( \ln w_k + \ln N(x;\ \mu_k, \sigma_k) \Big), \qquad
#    \operatorname{logsumexp}_k (u_k) = \ln \sum_k e^{u_k} . $$
#
# Far from all components every $e^{u_k}$ underflows to 0, and $\ln 0 = -\infty$. `torch.logsumexp(u, dim)` takes the
# largest $u$ out of the sum first, $\max_k u_k + \ln \sum_k e^{u_k - \max u}$, and survives. Likewise
# `torch.log_softmax(logits, dim)` gives $\ln w$ without the detour over $w$.
#
# By hand: two components with equal logits, means -1 and 1, stds 1, at $x = 0$: both densities are
# $e^{-1/2} / \sqrt{2 \pi} = 0.2420$, so $p = 0.2420$ and $\log p = -1.4189$.
#
# Broadcasting: `x[:, None]` of `(B, 1)` against parameters `(K,)` makes all `(B, K)` pairs; `logsumexp` over K leaves
# `(B,)`.


# %% nbgrader={"grade": false, "grade_id": "mixture_log_prob", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mixture_log_prob(x: torch.Tensor, logits: torch.Tensor, means: torch.Tensor, stds: torch.Tensor) -> torch.Tensor:
    """Log-density of a mixture of K Gaussians on the line.

    Args:
        x: float tensor of shape (B,).
        logits: float tensor of shape (K,); the components' weights are their softmax.
        means: float tensor of shape (K,).
        stds: float tensor of shape (K,), positive.

    Returns:
        Tensor of shape (B,), finite also where all densities underflow; differentiable in all arguments.

    Example:
        >>> mixture_log_prob(torch.tensor([0.0]), torch.zeros(2), torch.tensor([-1.0, 1.0]), torch.ones(2))
        tensor([-1.4189])

    Source: PyTorch documentation, `torch.logsumexp`; Bishop, "Mixture density networks" (1994).
    """
    ### BEGIN SOLUTION
    log_densities = Normal(means, stds).log_prob(x[:, None])  # (B, K)
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_densities, dim=1)
    ### END SOLUTION


# %% [markdown]
# *What to see:* both curves are fitted to the same 1,000 angles by maximum likelihood. The single Gaussian has to cover
# both modes, so it puts its peak between them, where there is no data (and a tree). The mixture does not.

# %%
torch.manual_seed(0)
angles = torch.sign(torch.randn(1000)) + 0.2 * torch.randn(1000)
logits = torch.zeros(2, requires_grad=True)
means, log_stds = torch.tensor([-0.5, 0.4], requires_grad=True), torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([logits, means, log_stds], lr=0.05)
for _ in range(50 if GRADING else 300):
    loss = -mixture_log_prob(angles, logits, means, log_stds.exp()).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
shown = torch.linspace(-2.5, 2.5, 300)
single = Normal(angles.mean(), angles.std())
fig, ax = plt.subplots()
ax.hist(angles.numpy(), 60, density=True, color="0.8", label="experts")
ax.plot(shown, single.log_prob(shown).exp(), "k--", label=f"one Gaussian, {-single.log_prob(angles).mean():.2f} nats")
mixture = mixture_log_prob(shown, logits, means, log_stds.exp()).exp().detach()
ax.plot(shown, mixture, "-", color="tab:blue", label=f"two Gaussians, {loss.item():.2f} nats")
ax.axvline(0, color="tab:green", linestyle=":", linewidth=3, label="the tree")
ax.set(xlabel="steering angle (rad)", ylabel="density (per rad)", ylim=(0, 1.8), title="an expert with two opinions")
ax.legend()
plt.show()

# %% nbgrader={"grade": true, "grade_id": "mixture_log_prob-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"gaussian_log_prob": reference_gaussian_log_prob, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    _x, _logits = torch.tensor([0.0, 1.0, -2.0, 0.5]), torch.tensor([0.0, 1.0, 2.0])
    _means, _stds = torch.tensor([-1.0, 1.0, 0.0]), torch.tensor([0.5, 2.0, 1.0])
    _out = mixture_log_prob(_x, _logits, _means, _stds)
    assert isinstance(_out, torch.Tensor), (
        f"mixture_log_prob returned {type(_out).__name__}, but should return a tensor"
    )
    assert _out.shape != (3,), "mixture_log_prob: one number per component: the sum ran over the samples instead"
    assert _out.shape != (4, 3), "mixture_log_prob: shape (4, 3): the sum over the components is missing"
    assert _out.shape == (4,), f"mixture_log_prob: shape {tuple(_out.shape)}, but should be (4,)"
    _each = Normal(_means, _stds).log_prob(_x[:, None])
    _weights = torch.softmax(_logits, dim=0)
    for _wrong, _why in [
        ((_weights * _each.exp()).sum(1), "this is the density; its logarithm is asked for"),
        (torch.logsumexp(_logits + _each, 1), "the logits are not normalised: the weights do not add up to 1"),
        (
            (_weights * _each).sum(1),
            "this is the weighted mean of the log-densities, but the densities are to be averaged",
        ),
        (torch.logsumexp(_each, 1), "the weights are missing: every component counted in full"),
        (torch.logsumexp(_each, 1) - math.log(3), "every component got the weight 1/3: the logits were not used"),
        (torch.logsumexp(_weights + _each, 1), "the weights were added to the log-densities without their logarithm"),
        (
            torch.logsumexp(_logits.log_softmax(0) + Normal(_means, _stds.sqrt()).log_prob(_x[:, None]), 1),
            "the stds were used as if they were variances",
        ),
    ]:
        assert not torch.allclose(_out, _wrong, atol=1e-4), f"mixture_log_prob: {_why}"
    _right = torch.tensor([-1.1451, -1.5616, -2.7889, -1.2647])
    assert torch.allclose(_out, _right, atol=1e-3), (
        f"mixture_log_prob: got {_out.tolist()}, but should be {_right.tolist()}"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(181)
    for _b, _k in [(5, 3), (1, 4), (3, 1), (4, 4), (2, 7)]:
        _x, _logits, _means = (torch.randn(_n, dtype=torch.float64) for _n in (_b, _k, _k))
        _stds = torch.rand(_k, dtype=torch.float64) + 0.3
        _kept = [_t.clone() for _t in (_x, _logits, _means, _stds)]
        _out = mixture_log_prob(_x, _logits, _means, _stds)
        _right = MixtureSameFamily(Categorical(logits=_logits), Normal(_means, _stds)).log_prob(_x)
        assert _out.shape == (_b,), f"mixture_log_prob: shape {tuple(_out.shape)}, but should be {(_b,)}"
        assert torch.allclose(_out, _right), f"mixture_log_prob: wrong for B = {_b}, K = {_k}"
        for _now, _then in zip((_x, _logits, _means, _stds), _kept, strict=True):
            assert torch.equal(_now, _then), "mixture_log_prob changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "mixture_log_prob-stable", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"gaussian_log_prob": reference_gaussian_log_prob, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    _means, _stds = torch.tensor([-1.0, 1.0], requires_grad=True), torch.tensor([0.1, 0.1])
    _logits = torch.zeros(2, requires_grad=True)
    _out = mixture_log_prob(torch.tensor([5.0]), _logits, _means, _stds).reshape(-1)
    assert not torch.isinf(_out).any(), (
        "mixture_log_prob: minus infinity at x = 5, where both densities underflow, but should be -799.31: use "
        "logsumexp"
    )
    assert not -75 < _out.item() < -5, (
        f"mixture_log_prob: {_out.item():.2f} at x = 5, but should be -799.31: a small number was added before the "
        "logarithm"
    )
    assert abs(_out.item() + 799.31) < 0.05, f"mixture_log_prob: {_out.item():.2f} at x = 5, but should be -799.31"
    assert _out.requires_grad, "mixture_log_prob: the result carries no graph"
    _out.sum().backward()
    assert torch.isfinite(_means.grad).all(), (
        f"mixture_log_prob: the gradient by the means is {_means.grad.tolist()} at x = 5"
    )
    assert _logits.grad is not None, "mixture_log_prob: no gradient reaches the logits"
    _out = mixture_log_prob(torch.tensor([1.0, 5.0]), _logits, _means, _stds)
    assert torch.isfinite(_out).all(), (
        "mixture_log_prob: minus infinity at x = 5 when x = 1 is in the same batch: the largest exponent has to be taken "
        "out in each row, not once for all"
    )
    _logits = torch.tensor([200.0, 0.0], requires_grad=True)
    mixture_log_prob(torch.tensor([0.0]), _logits, _means, _stds).sum().backward()
    assert torch.isfinite(_logits.grad).all(), (
        f"mixture_log_prob: for logits of 200 and 0 their gradient is {_logits.grad.tolist()}: the second weight "
        "underflows before its logarithm is taken; use log_softmax"
    )
    ### BEGIN HIDDEN TESTS
    _out = mixture_log_prob(
        torch.tensor([0.0, 3.0]), torch.tensor([300.0, -300.0]), torch.tensor([0.0, 3.0]), torch.ones(2)
    )
    assert torch.isfinite(_out).all(), "mixture_log_prob: not finite for logits of 300 and -300"
    assert torch.allclose(_out, torch.tensor([-0.9189, -5.4189]), atol=1e-3), "mixture_log_prob: wrong for large logits"
    torch.manual_seed(182)
    _mine = [torch.randn(3, dtype=torch.float64, requires_grad=True) for _ in range(3)]
    _x = torch.randn(6, dtype=torch.float64)
    _theirs = torch.autograd.grad(mixture_log_prob(_x, _mine[0], _mine[1], _mine[2].exp()).sum(), _mine)
    _d = MixtureSameFamily(Categorical(logits=_mine[0]), Normal(_mine[1], _mine[2].exp()))
    for _a, _b in zip(_theirs, torch.autograd.grad(_d.log_prob(_x).sum(), _mine), strict=True):
        assert torch.allclose(_a, _b, atol=1e-8), "mixture_log_prob: wrong gradients"
    ### END HIDDEN TESTS

# %% [markdown]
# ---
# ## Block E · What goes wrong
#
# **Where reinforcement learning uses it:** an agent with a silent bug still learns a little, because the environment
# is patient; so you look for the bug in the learning rate for a week. The three below have all been found in real
# programs.
#
# ### Exercise 19 · find the bug, three times
# ●●●○○ · 30 min · 6 points
#
# For each: (a) **show the symptom** in a number or a plot, in the free cell; (b) **say the cause** in one sentence; (c)
# **repair it** under the new name. Only the repair is graded.
#
# #### First: the network that forgets
#
# A residual network adds to its hidden vector a bit at a time. It trains without complaint, if somewhat worse than
# hoped. But each time its authors restore a checkpoint, the network plays like a beginner.


# %% nbgrader={"grade": false, "grade_id": "given-broken_mlp", "locked": true, "schema_version": 3, "solution": false, "task": false}
class BrokenMLP(nn.Module):
    """A residual network (in_dim) -> (out_dim): `depth` blocks, each of which adds to a vector of `width` numbers."""

    def __init__(self, in_dim: int, out_dim: int, width: int = 16, depth: int = 3) -> None:
        super().__init__()
        self.encode = nn.Linear(in_dim, width)
        self.blocks = [nn.Linear(width, width) for _ in range(depth)]
        self.decode = nn.Linear(width, out_dim)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_dim) to (..., out_dim)."""
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)


# %%
# (a) The symptom, in a number or a plot. For instance: how many parameters should it have, and how many has it?
#     What does a second net compute after load_state_dict(first.state_dict())?

# %% [markdown]
# *(b) Your sentence:*
#
# (c) `FixedMLP(in_dim, out_dim, width=16, depth=3)`: the same function, every layer registered.


# %% nbgrader={"grade": false, "grade_id": "fixed_mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
class FixedMLP(nn.Module):
    """`BrokenMLP`, repaired: the same function of its layers, every layer registered.

    Args:
        in_dim, out_dim: sizes of the last axis of input and output.
        width: size of the hidden vector.
        depth: number of blocks.

    Example:
        >>> sum(p.numel() for p in FixedMLP(4, 2, width=3, depth=5).parameters())  # 4*3+3 + 5*(3*3+3) + 3*2+2
        83

    Source: PyTorch documentation, `torch.nn.ModuleList`.
    """

    def __init__(self, in_dim: int, out_dim: int, width: int = 16, depth: int = 3) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.encode = nn.Linear(in_dim, width)
        self.blocks = nn.ModuleList(nn.Linear(width, width) for _ in range(depth))
        self.decode = nn.Linear(width, out_dim)
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(..., in_dim) to (..., out_dim)."""
        ### BEGIN SOLUTION
        hidden = self.encode(x)
        for block in self.blocks:
            hidden = hidden + torch.tanh(block(hidden))
        return self.decode(hidden)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fixed_mlp-registered", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _net = FixedMLP(4, 2, width=3, depth=5)
    _count = sum(_p.numel() for _p in _net.parameters())
    assert _count != 23, "FixedMLP: 23 numbers to train, as in BrokenMLP: the blocks are still in a plain list"
    assert _count != 35 or len(_net.state_dict()) <= 6, (
        "FixedMLP: 35 numbers to train: the five blocks are one and the same layer, held five times"
    )
    assert _count != 35, "FixedMLP: 35 numbers to train: there is only one block"
    assert _count != 59, "FixedMLP: 59 numbers to train: there are three blocks, but depth is 5"
    assert _count == 83, f"FixedMLP(4, 2, width=3, depth=5): {_count} numbers to train, but should be 83"
    _other, _x = FixedMLP(4, 2, width=3, depth=5), torch.ones(6, 4)
    _other.load_state_dict(_net.state_dict())
    assert torch.equal(_net(_x), _other(_x)), "FixedMLP: a net with the same state dict still computes something else"
    ### BEGIN HIDDEN TESTS
    for _in, _out_dim, _width, _depth in [(3, 1, 8, 4), (2, 5, 6, 1), (5, 2, 4, 0)]:
        _right = _in * _width + _width + _depth * (_width * _width + _width) + _width * _out_dim + _out_dim
        _net = FixedMLP(_in, _out_dim, _width, _depth)
        assert sum(_p.numel() for _p in _net.parameters()) == _right, "FixedMLP: wrong number of parameters"
        (_net(torch.randn(7, _in)) ** 2).sum().backward()
        assert all(_p.grad is not None for _p in _net.parameters()), "FixedMLP: a registered layer is not used"
    _right = 4 * 16 + 16 + 3 * (16 * 16 + 16) + 16 * 2 + 2
    assert sum(_p.numel() for _p in FixedMLP(4, 2).parameters()) == _right, "FixedMLP: wrong defaults"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fixed_mlp-function", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _net = FixedMLP(4, 2, width=3, depth=2)
    with torch.no_grad():
        for _p in _net.parameters():
            _p.fill_(0.1)
    assert _net(torch.zeros(6, 5, 4)).shape == (6, 5, 2), "FixedMLP: (6, 5, 4) should become (6, 5, 2)"
    _out = _net(torch.ones(4))
    for _wrong, _why in [
        (0.1515, "the blocks replace the hidden vector, but should add to it"),
        (0.4225, "the blocks add without their tanh"),
        (0.2500, "the blocks are not used"),
        (0.3020, "the blocks are applied one after the other first, and added once"),
        (0.3946, "there is a tanh after the last layer"),
    ]:
        assert not torch.allclose(_out, torch.tensor(_wrong), atol=1e-3), f"FixedMLP: {_why}"
    assert torch.allclose(_out, torch.tensor(0.4173), atol=1e-3), (
        f"FixedMLP(4, 2, width=3, depth=2), all parameters 0.1, input all 1: got {_out.tolist()}, but should be "
        "0.4173, as BrokenMLP computes with the same numbers"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(191)
    _net, _h = FixedMLP(4, 2, width=3, depth=1), torch.randn(6, 4)
    _p = {tuple(_q.shape): _q for _q in _net.parameters() if _q.dim() == 2}
    with torch.no_grad():
        for _q in _net.parameters():
            if _q.dim() == 1:
                _q.fill_(0.2)
    _out = _net(_h)
    _h = _h @ _p[3, 4].T + 0.2
    _h = _h + torch.tanh(_h @ _p[3, 3].T + 0.2)
    assert torch.allclose(_out, _h @ _p[2, 3].T + 0.2, atol=1e-5), "FixedMLP: another function than BrokenMLP's"
    with torch.no_grad():
        _net = FixedMLP(4, 2, width=3, depth=3)
        _before = _net(torch.ones(4))
        for _q in _net.parameters():
            if _q.shape == (3, 3):
                _q.add_(1.0)
        assert not torch.allclose(_before, _net(torch.ones(4))), "FixedMLP: the blocks' weights have no effect"
    ### END HIDDEN TESTS

# %% [markdown]
# #### Second: the policy that hears no praise
#
# A policy-gradient loss: raise the log-probability of actions with a positive advantage ("better than expected"),
# lower that of the others. With one action dimension, as in Pendulum, the loss is a fine-looking number, and the
# policy does not learn a thing. With three action dimensions the very same function crashes, which would have been a
# hint.


# %% nbgrader={"grade": false, "grade_id": "given-broken_policy_loss", "locked": true, "schema_version": 3, "solution": false, "task": false}
def broken_policy_loss(
    mean: torch.Tensor, log_std: torch.Tensor, actions: torch.Tensor, advantages: torch.Tensor
) -> torch.Tensor:
    """Minus the mean over the batch of log-probability times advantage.

    mean (B, A), log_std (A,), actions (B, A), advantages (B,); the loss has shape ().
    """
    log_probs = Normal(mean, log_std.exp()).log_prob(actions)
    return -(log_probs * advantages).mean()


# %%
# (a) The symptom. For instance: B = 6, A = 1, advantages with mean 0: what gradient arrives at `mean`? What should?
#     Which shapes have log_probs, advantages, and their product?

# %% [markdown]
# *(b) Your sentence:*
#
# (c) `fixed_policy_loss`: for each of the B samples one log-probability (of the whole action, so a sum over its A
# numbers), times its own advantage; minus the **mean over the B samples**.


# %% nbgrader={"grade": false, "grade_id": "fixed_policy_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_policy_loss(
    mean: torch.Tensor, log_std: torch.Tensor, actions: torch.Tensor, advantages: torch.Tensor
) -> torch.Tensor:
    """Minus the mean over the batch of an action's log-probability times its advantage.

    Args:
        mean: float tensor of shape (B, A).
        log_std: float tensor of shape (A,), the logarithm of the standard deviations.
        actions: float tensor of shape (B, A).
        advantages: float tensor of shape (B,).

    Returns:
        The loss, a tensor of shape (), differentiable in mean and log_std.

    Example:
        >>> actions, advantages = torch.tensor([[0.0], [2.0]]), torch.tensor([1.0, -1.0])
        >>> fixed_policy_loss(torch.zeros(2, 1), torch.zeros(1), actions, advantages)
        tensor(-1.)

    Source: PyTorch documentation, `torch.distributions.Independent`.
    """
    ### BEGIN SOLUTION
    log_probs = Independent(Normal(mean, log_std.exp()), 1).log_prob(actions)  # (B,)
    return -(log_probs * advantages).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fixed_policy_loss-one_action", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"gaussian_log_prob": reference_gaussian_log_prob, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    _mean = torch.zeros(2, 1, requires_grad=True)
    _loss = fixed_policy_loss(_mean, torch.zeros(1), torch.tensor([[0.0], [2.0]]), torch.tensor([1.0, -1.0]))
    assert isinstance(_loss, torch.Tensor), (
        f"fixed_policy_loss returned {type(_loss).__name__}, but should return a tensor"
    )
    assert _loss.shape != (2,), "fixed_policy_loss: shape (2,), one loss per sample: the mean over the batch is missing"
    assert _loss.shape == (), f"fixed_policy_loss: shape {tuple(_loss.shape)}, but should be ()"
    assert abs(_loss.item()) > 1e-6, (
        "fixed_policy_loss: 0 for advantages 1 and -1: every log-probability met every advantage"
    )
    assert abs(_loss.item() - 1) > 1e-4, "fixed_policy_loss: the loss is 1, but should be -1: the sign is wrong"
    assert abs(_loss.item() + 2) > 1e-4, (
        "fixed_policy_loss: the loss is -2, but should be -1: summed over the batch, not averaged"
    )
    assert abs(_loss.item() + math.sqrt(0.5)) > 1e-4, (
        "fixed_policy_loss: the loss is -0.7071, but should be -1: the advantages were standardised, which was not asked "
        "for"
    )
    assert abs(_loss.item() + 1) < 1e-4, f"fixed_policy_loss: the loss is {_loss.item():.4f}, but should be -1"
    assert _loss.requires_grad, "fixed_policy_loss: the loss carries no graph: the log-probabilities were detached"
    _loss.backward()
    assert _mean.grad is not None, "fixed_policy_loss: no gradient reaches mean"
    assert torch.allclose(_mean.grad, torch.tensor([[0.0], [1.0]])), (
        f"fixed_policy_loss: the gradient at mean is {_mean.grad.flatten().tolist()}, but should be [0, 1]"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(192)
    for _b in (6, 1, 9):
        _mean, _log_std, _actions, _adv = torch.randn(_b, 1), torch.randn(1), torch.randn(_b, 1), torch.randn(_b)
        _right = -(reference_gaussian_log_prob(_actions, _mean, _log_std.exp()) * _adv).mean()
        _out = fixed_policy_loss(_mean, _log_std, _actions, _adv)
        assert torch.allclose(_out, _right, rtol=1e-3, atol=1e-4), f"fixed_policy_loss: {_out}, but should be {_right}"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fixed_policy_loss-more_actions", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
references = {}
### BEGIN HIDDEN TESTS
references = {"gaussian_log_prob": reference_gaussian_log_prob, "diagonal_gaussian": reference_diagonal_gaussian}
### END HIDDEN TESTS
with judged_alone(**references):
    _actions = torch.tensor([[1.0, 0.0, 2.0], [0.0, 0.0, 0.0]])
    try:
        _loss = fixed_policy_loss(torch.zeros(2, 3), torch.zeros(3), _actions, torch.tensor([2.0, 0.0]))
    except NotImplementedError:
        raise
    except RuntimeError as error:
        _one = torch.tensor([[0.0], [2.0]])  # one action dimension: right is -1
        _works = abs(fixed_policy_loss(torch.zeros(2, 1), torch.zeros(1), _one, torch.tensor([1.0, -1.0])) + 1) < 1e-4
        raise AssertionError(
            "fixed_policy_loss works for one action dimension and crashes for B = 2, A = 3: an axis of size 1 was dropped, "
            "but the sum over the action's numbers is missing"
            if _works
            else "fixed_policy_loss crashes for B = 2, A = 3: the log-probabilities are still (2, 3), the advantages (2,)"
        ) from error
    assert abs(_loss.item() - 5.2568 / 3) > 1e-3, (
        "fixed_policy_loss: a third of what it should be for A = 3: the mean runs over the action's numbers too, "
        "which are to be summed"
    )
    assert abs(_loss.item() - 4.0068) > 1e-3, (
        "fixed_policy_loss: 4.0068, the mean log-probability times the mean advantage: with an axis of size 1 kept, "
        "(B, 1) still meets (B,)"
    )
    assert abs(_loss.item() - 8.0136) > 1e-3, (
        "fixed_policy_loss: 8.0136, but should be 5.2568: the whole batch was made one event, with a single "
        "log-probability"
    )
    assert abs(_loss.item() - 5.2568) < 1e-3, f"fixed_policy_loss: the loss is {_loss.item():.4f}, but should be 5.2568"
    _actions, _adv = torch.diag(torch.tensor([1.0, 2.0, 3.0])), torch.tensor([1.0, 2.0, 4.0])
    _loss = fixed_policy_loss(torch.zeros(3, 3), torch.zeros(3), _actions, _adv)
    assert abs(_loss.item() - 13.9327) < 1e-3, (
        f"fixed_policy_loss: for B = A = 3 the loss is {_loss.item():.4f}, but should be 13.9327: advantages go with "
        "the rows"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(193)
    for _b, _a in [(5, 3), (4, 4), (1, 2), (2, 6)]:
        _mean, _log_std = torch.randn(_b, _a, requires_grad=True), torch.randn(_a, requires_grad=True)
        _actions, _adv = torch.randn(_b, _a), torch.randn(_b)
        _right = -(reference_gaussian_log_prob(_actions, _mean, _log_std.exp()) * _adv).mean()
        _out = fixed_policy_loss(_mean, _log_std, _actions, _adv)
        assert _out.shape == () and torch.allclose(_out, _right, rtol=1e-3, atol=1e-4), "fixed_policy_loss: wrong value"
        for _g, _h in zip(*(torch.autograd.grad(_t, [_mean, _log_std]) for _t in (_out, _right)), strict=True):
            assert torch.allclose(_g, _h, rtol=1e-3, atol=1e-4), "fixed_policy_loss: wrong gradient"
    ### END HIDDEN TESTS

# %% [markdown]
# #### Third: the value that is always average
#
# A value network maps B observations to `(B, 1)`, the targets are `(B,)`. The loss falls nicely for a while, then
# stays at the variance of the targets.


# %% nbgrader={"grade": false, "grade_id": "given-broken_value_loss", "locked": true, "schema_version": 3, "solution": false, "task": false}
def broken_value_loss(values: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean squared error of values (B, 1) against targets (B,); the loss has shape ()."""
    return (targets - values).square().mean()


# %%
# (a) The symptom. For instance: what is the loss of perfect values, targets[:, None]? Which constant minimises it?

# %% [markdown]
# *(b) Your sentence:*
#
# (c) `fixed_value_loss`: the mean over the B samples of the squared difference of a value and its own target.


# %% nbgrader={"grade": false, "grade_id": "fixed_value_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fixed_value_loss(values: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Mean squared error of each value against its own target.

    Args:
        values: float tensor of shape (B, 1).
        targets: float tensor of shape (B,).

    Returns:
        The loss, a tensor of shape (), differentiable in values.

    Example:
        >>> fixed_value_loss(torch.tensor([[1.0], [5.0]]), torch.tensor([1.0, 3.0]))
        tensor(2.)

    Source: PyTorch documentation, "Broadcasting semantics".
    """
    ### BEGIN SOLUTION
    return (targets - values.squeeze(-1)).square().mean()
    ### END SOLUTION


# %% [markdown]
# *What to see:* the same network, the same data, the two losses. With the broken one every value is compared with every
# target, and what suits all targets best is their mean: a flat line.

# %%
torch.manual_seed(0)
positions = torch.rand(200, 1) * 4 - 2
goals = positions[:, 0] ** 2 + 0.2 * torch.randn(200)
fig, ax = plt.subplots()
ax.plot(positions, goals, ".", color="0.6", label="targets")
shown = torch.linspace(-2, 2, 100)[:, None]
for name, value_loss, style in [("broken", broken_value_loss, "k--"), ("fixed", fixed_value_loss, "k-")]:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
    for _ in range(50 if GRADING else 300):
        optimizer.zero_grad()
        value_loss(net(positions), goals).backward()
        optimizer.step()
    ax.plot(shown, net(shown).detach(), style, label=f"values, {name} loss")
ax.set(xlabel="position (m)", ylabel="value (return)", title="what a value network learns from each loss")
ax.legend()
plt.show()

# %% nbgrader={"grade": true, "grade_id": "fixed_value_loss-value", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _values, _targets = torch.tensor([[1.0], [2.0], [7.0]]), torch.tensor([1.0, 4.0, 3.0])
    _loss = fixed_value_loss(_values, _targets)
    assert isinstance(_loss, torch.Tensor), (
        f"fixed_value_loss returned {type(_loss).__name__}, but should return a tensor"
    )
    assert _loss.shape != (3,), "fixed_value_loss: shape (3,), one loss per sample: the mean over the batch is missing"
    assert _loss.shape == (), f"fixed_value_loss: shape {tuple(_loss.shape)}, but should be ()"
    assert _targets.tolist() == [1.0, 4.0, 3.0], (
        "fixed_value_loss changed the targets it was given: `-=` works on the caller's tensor"
    )
    assert abs(_loss.item() - 80 / 9) > 1e-3, (
        "fixed_value_loss: 8.889, as the broken one: every value still meets every target"
    )
    assert abs(_loss.item() - 20) > 1e-3, "fixed_value_loss: 20, but should be 6.667: summed, not averaged"
    assert abs(_loss.item() - 10 / 3) > 1e-3, (
        "fixed_value_loss: 3.333, but should be 6.667: a factor 1/2 that was not asked for"
    )
    assert abs(_loss.item() - 2) > 1e-3, (
        "fixed_value_loss: 2, but should be 6.667: absolute differences, not squared ones"
    )
    assert abs(_loss.item() - math.sqrt(20 / 3)) > 1e-3, (
        "fixed_value_loss: 2.582, but should be 6.667: the root of the mean square"
    )
    assert abs(_loss.item() - 4 / 9) > 1e-3, (
        "fixed_value_loss: 0.444, but should be 6.667: the difference of the two means"
    )
    assert abs(_loss.item() - 20 / 3) < 1e-3, f"fixed_value_loss: {_loss.item():.4f}, but should be 6.667"
    assert fixed_value_loss(_targets[:, None], _targets).item() == 0, "fixed_value_loss: perfect values should cost 0"
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(194)
    for _b in (1, 5, 8):
        _values, _targets = torch.randn(_b, 1), torch.randn(_b)
        _kept = _values.clone(), _targets.clone()
        _right = sum((_values[_i, 0] - _targets[_i]) ** 2 for _i in range(_b)) / _b
        _out = fixed_value_loss(_values, _targets)
        assert _out.shape == () and torch.allclose(_out, _right), f"fixed_value_loss: {_out}, but should be {_right}"
        assert torch.equal(_values, _kept[0]) and torch.equal(_targets, _kept[1]), "fixed_value_loss changed an input"
    ### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "fixed_value_loss-gradient", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
with judged_alone():
    _values = torch.tensor([[1.0], [2.0], [7.0]], requires_grad=True)
    _loss = fixed_value_loss(_values, torch.tensor([1.0, 4.0, 3.0]))
    assert _loss.requires_grad, "fixed_value_loss: the loss carries no graph"
    _loss.backward()
    _right = torch.tensor([[0.0], [-4 / 3], [8 / 3]])
    assert not torch.allclose(_values.grad, -_right), "fixed_value_loss: the gradient points the wrong way"
    assert torch.allclose(_values.grad, _right, atol=1e-4), (
        f"fixed_value_loss: the gradient is {_values.grad.flatten().tolist()}, but should be [0, -1.333, 2.667]: each "
        "value is drawn to its own target only"
    )
    ### BEGIN HIDDEN TESTS
    torch.manual_seed(195)
    for _b in (1, 6):
        _values, _targets = torch.randn(_b, 1, requires_grad=True), torch.randn(_b)
        fixed_value_loss(_values, _targets).backward()
        _right = 2 * (_values.detach() - _targets[:, None]) / _b
        assert torch.allclose(_values.grad, _right, atol=1e-5), "fixed_value_loss: wrong gradient"
    ### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 20 · which distribution, which shape
# ●●○○○ · 20 min · 6 points
#
# In 5 to 10 sentences of your own, for a policy that sees a batch of B states:
#
# 1. For each of these action spaces, name a distribution, with its batch shape and event shape: (a) one of 4 buttons,
#    `Discrete(4)`; (b) 3 continuous torques, `Box` of shape `(3,)`; (c) 5 switches, each on or off, `MultiBinary(5)`;
#    (d) one continuous angle, where the experts to be cloned have two opinions.
# 2. Your log-probabilities have the wrong shape, `(B, 1)` or `(B, A)` instead of `(B,)`, and meet advantages of shape
#    `(B,)`. Say what comes out, when this raises an error and when it does not, and what you would notice while
#    training.
# 3. Name one line of code that would have caught it.

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_distributions-answer", "locked": false, "points": 6, "schema_version": 3, "solution": true, "task": false}
# **Model answer.** (a) `Categorical` with logits `(B, 4)`: batch `(B,)`, event `()`, for a draw is one integer. (b)
# `Independent(Normal(mean, std), 1)` with mean `(B, 3)` (or a `MultivariateNormal`, if the torques should be
# correlated): batch `(B,)`, event `(3,)`. (c) `Independent(Bernoulli(logits), 1)` with logits `(B, 5)`: batch `(B,)`,
# event `(5,)`. (d) A mixture of two or more Gaussians (`MixtureSameFamily`), batch `(B,)`, event `()`, because one
# Gaussian would put its mean between the two opinions, where no expert acts. In each case there is one
# log-probability per state, `(B,)`.
#
# With `(B, 1)` against `(B,)`, broadcasting makes `(B, B)`: every log-probability is multiplied with every advantage,
# and the mean of that is the product of the two means. It raises nothing. If the advantages are standardised their
# mean is 0, so the gradient is 0 and the policy does not learn; otherwise all actions are pushed the same way, good
# or bad. With `(B, A)` and A other than 1 or B there is an error, which is lucky; with A = B it is silent again, and
# pairs the advantages with the action's numbers instead of with the states. `assert log_probs.shape ==
# advantages.shape` before the product catches all of it.
#
# **Rubric, 6 points.** One point each for (a), (b), (c), (d): the distribution named *and* its shapes right (half the
# point for one of the two; any distribution that fits counts, such as one-hot, correlated or squashed ones, with its
# own shapes). One point for `(B, B)` *and* its consequence (zero gradient with standardised advantages, or: each
# action is praised for the average). One point for when it is silent and when not, together with a check that catches
# it (a comparison of the shapes). **Common misconception**, minus one point: "PyTorch would raise an error, so this
# cannot happen", or: the event shape of a `Categorical` is the number of actions.
