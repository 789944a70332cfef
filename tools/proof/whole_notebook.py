"""Judge answers by the whole notebook: each becomes a student whose submission nbgrader autogrades.

A submission is the student version with the answer in its exercise's cell and the reference in every other.
"""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from tools import notebooks
from tools.course import ROOT, copy_course, nbgrader, notebook_path
from tools.proof.bank import Answer
from tools.release import generate


@dataclass(frozen=True)
class WholeJudgement:
    answer: Answer
    lost: frozenset[str]  # the grade ids of the machine-graded cells that earned less than they are worth


def judge(answers: list[Answer], root: Path = ROOT) -> list[WholeJudgement]:
    """Judge answers to any lessons, in copies of the course, one copy for each core."""
    share = os.cpu_count() or 1
    with ThreadPoolExecutor(share) as pool:
        judged = pool.map(partial(_judge, root=root), [answers[start::share] for start in range(share)])
    return [judgement for part in judged for judgement in part]


def _judge(answers: list[Answer], root: Path) -> list[WholeJudgement]:
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder) / "course", root)
        for lesson in sorted({answer.lesson for answer in answers}):
            generate(lesson, course)
            for number, answer in enumerate(answers):
                if answer.lesson == lesson:
                    submit(answer, f"answer-{number}", course)
            nbgrader("autograde", lesson, root=course)
        return [WholeJudgement(a, lost(a.lesson, f"answer-{number}", course)) for number, a in enumerate(answers)]


def submit(answer: Answer, student: str, course: Path) -> None:
    """Put the answer's notebook where `nbgrader collect` would."""
    notebook = notebooks.read("release", answer.lesson, course)
    notebooks.solve(notebook, notebooks.read("source", answer.lesson, course))
    notebooks.solution_cells(notebook)[answer.exercise].source = answer.source
    path = notebook_path(f"submitted/{student}", answer.lesson, course)
    shutil.copytree(course / "release" / answer.lesson, path.parent)
    nbformat.write(notebook, path)


def lost(lesson: str, student: str, course: Path) -> frozenset[str]:
    """The machine-graded cells in which a student lost points."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = gradebook.find_submission_notebook(lesson, lesson, student).grades
        return frozenset(g.name for g in grades if g.auto_score is not None and g.auto_score < g.max_score)
