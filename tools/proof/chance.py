"""Judge what chance may do: the same answers again and again, with other seeds for every random stream."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from IPython.core.interactiveshell import InteractiveShell

from tools import notebooks
from tools.course import ROOT
from tools.proof.bank import Answer
from tools.proof.forks import run_in_forks
from tools.proof.own_cells import graded_cells, in_new_process, run_answer, walk

REFERENCE_REPEATS = 200
WRONG_REPEATS = 20
RANDOM = re.compile(r"\b(rng|seed|sample|rand\w*|default_rng|manual_seed)\b")


@dataclass(frozen=True)
class Chance:
    exercise: str
    repeats: int  # of the reference
    flakes: frozenset[str]  # graded cells that the reference failed at least once
    lucky: tuple[str, ...]  # wrong answers that earned everything at least once


def judge(lesson: str, answers: list[Answer], root: Path = ROOT) -> list[Chance]:
    """Repeat every exercise of `lesson` that involves randomness."""
    return in_new_process(partial(_judge, lesson, answers, root))


def _judge(lesson: str, answers: list[Answer], root: Path) -> list[Chance]:
    graded = graded_cells(lesson, "source", root)
    references = {
        name: cell.source for name, cell in notebooks.solution_cells(notebooks.read("source", lesson, root)).items()
    }
    random = {
        exercise
        for exercise, cells in graded.items()
        if RANDOM.search("\n".join([references[exercise], *(c.source for c in cells)]))
    }
    found: list[Chance] = []

    def judge_exercise(shell: InteractiveShell, exercise: str) -> None:
        repeat = partial(_failed_cells, shell, graded[exercise])
        runs = run_in_forks([partial(repeat, references[exercise], shift) for shift in range(REFERENCE_REPEATS)])
        flakes = frozenset(cell for failed in runs for cell in failed or [])
        wrong = [answer for answer in answers if answer.exercise == exercise and not answer.is_right]
        lucky = tuple(answer.name for answer in wrong if _ever_passes(partial(repeat, answer.source)))
        found.append(Chance(exercise, len(runs), flakes, lucky))

    walk(lesson, random, judge_exercise, root)
    return found


def _ever_passes(repeat: Callable[[int], list[str]]) -> bool:
    runs = run_in_forks([partial(repeat, shift) for shift in range(WRONG_REPEATS)])
    return any(failed == [] for failed in runs)


def _failed_cells(shell: InteractiveShell, graded: list[Any], answer: str, shift: int) -> list[str]:
    shift_seeds(shift)
    return [result.grade_id for result in run_answer(shell, answer, graded) if result.score < result.maximum]


def shift_seeds(shift: int) -> None:
    """Give NumPy's generators and torch's global stream other seeds, equal ones for equal seeds; 0 changes nothing."""
    if shift == 0:
        return
    default_rng, manual_seed = np.random.default_rng, torch.manual_seed

    def shifted_rng(seed: Any = None) -> np.random.Generator:
        if isinstance(seed, np.random.SeedSequence):
            seed = np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, shift))
        elif isinstance(seed, int | np.integer | list | tuple):
            seed = [*np.atleast_1d(seed), shift]
        return default_rng(seed)

    np.random.default_rng = shifted_rng
    torch.manual_seed = lambda seed: manual_seed(seed + 100_003 * shift)
    manual_seed(shift)
