"""Judge answers by their own exercise's graded cells: the lesson runs once, each answer in a fork of it.

Before an exercise, the process holds what a student's notebook holds there: the given cells, the reference in every
earlier solution cell, and the earlier graded cells, run. Cells that are neither given nor graded are left out: nothing
graded may depend on them.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode

from tools import notebooks
from tools.course import ROOT
from tools.proof import cells
from tools.proof.bank import Answer, exercise_of
from tools.proof.forks import run_in_forks

T = TypeVar("T")
AtExercise = Callable[[InteractiveShell, str], None]


@dataclass(frozen=True)
class Judgement:
    answer: Answer
    graded: list[cells.CellResult]  # with the hidden tests; empty where the answer ended its process or never ended
    visible: list[cells.CellResult]  # as the student sees them


def judge(answers: list[Answer], root: Path = ROOT) -> list[Judgement]:
    """Judge answers to one lesson."""
    return in_new_process(partial(_judge, answers, root))


def in_new_process(action: Callable[[], T]) -> T:
    """Run `action` where nothing else has run: a lesson changes the folder, the environment and the random streams."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(action).result()


def _judge(answers: list[Answer], root: Path) -> list[Judgement]:
    lesson = answers[0].lesson
    graded = graded_cells(lesson, "source", root)
    visible = graded_cells(lesson, "release", root)
    judgements: list[Judgement] = []

    def judge_exercise(shell: InteractiveShell, exercise: str) -> None:
        own = [answer for answer in answers if answer.exercise == exercise]
        tasks = [
            partial(run_answer, shell, answer.source, which[exercise]) for which in (graded, visible) for answer in own
        ]
        results = [result or [] for result in run_in_forks(tasks)]
        judgements.extend(map(Judgement, own, results[: len(own)], results[len(own) :]))

    walk(lesson, {answer.exercise for answer in answers}, judge_exercise, root)
    return judgements


def walk(lesson: str, exercises: set[str], at_exercise: AtExercise, root: Path = ROOT) -> None:
    """Run a lesson with its reference; call `at_exercise` before each solution cell in `exercises`, then stop."""
    os.chdir(tempfile.mkdtemp())
    for file in (root / "release" / lesson).iterdir():
        os.symlink(file, file.name)
    shell = cells.new_shell()
    left = set(exercises)
    for cell in notebooks.read("source", lesson, root).cells:
        nbgrader = cell.metadata.get("nbgrader")
        if cell.cell_type != "code" or not nbgrader:
            continue
        if nbgrader.grade_id in left:
            at_exercise(shell, nbgrader.grade_id)
            left.remove(nbgrader.grade_id)
            if not left:
                return
        cells.run(shell, cell.source)


def graded_cells(lesson: str, step: str, root: Path = ROOT) -> dict[str, list[NotebookNode]]:
    """The machine-graded cells of each exercise, in `source` (with hidden tests) or `release` (without)."""
    by_exercise: dict[str, list[NotebookNode]] = {}
    for cell in notebooks.read(step, lesson, root).cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("grade") and not nbgrader["solution"]:
            by_exercise.setdefault(exercise_of(nbgrader["grade_id"]), []).append(cell)
    return by_exercise


def run_answer(shell: InteractiveShell, answer: str, graded: list[NotebookNode]) -> list[cells.CellResult]:
    """Run a solution cell, then its graded cells."""
    cells.run(shell, answer)
    return [cells.grade(shell, cell) for cell in graded]
