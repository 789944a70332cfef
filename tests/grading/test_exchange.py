"""A lesson goes to a student and back through nbgrader's exchange, on one machine, with the course's own settings."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import get_username

from tests.graded_course import GradedCourse
from tools import notebooks
from tools.course import nbgrader

LESSON = "tensors"
COURSE = "deep-rl-by-homework"


@pytest.fixture
def student(course: Path, tmp_path: Path) -> Path:
    """A student's own folder, outside of the course: all it knows of the course is where the exchange is."""
    folder = tmp_path / "student"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = {COURSE!r}\nc.Exchange.root = {str(course / 'exchange')!r}\n"
    )
    return folder


def as_student(student: Path, *arguments: str) -> str:
    """Run an nbgrader command as a student, with nothing of the instructor's cached."""
    environment = os.environ | {"JUPYTER_DATA_DIR": str(student / ".data")}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    result = subprocess.run(command, cwd=student, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


def test_release_fetch_submit_collect_grade_and_return_feedback(course: Path, student: Path) -> None:
    # The instructor releases the lesson.
    nbgrader("generate_assignment", LESSON, "--force", root=course)
    nbgrader("release_assignment", LESSON, root=course)

    # The student fetches it, solves half of it and submits.
    assert LESSON in as_student(student, "list")
    as_student(student, "fetch_assignment", LESSON)
    path = student / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebooks.solve(notebook, notebooks.read("source", LESSON, course), share=0.5)
    nbformat.write(notebook, path)
    as_student(student, "submit", LESSON)

    # The instructor collects, grades and returns feedback.
    nbgrader("collect", LESSON, root=course)
    nbgrader("autograde", LESSON, root=course)
    nbgrader("generate_feedback", LESSON, root=course)
    nbgrader("release_feedback", LESSON, root=course)
    scores = GradedCourse(course).scores(get_username(), LESSON)
    earned = sum(score or 0 for score, _ in scores.values())
    assert 0 < earned < sum(maximum for _, maximum in scores.values())

    # The student reads it.
    as_student(student, "fetch_feedback", LESSON)
    pages = list((student / LESSON / "feedback").rglob("*.html"))
    assert len(pages) == 1 and f"{earned:g}" in pages[0].read_text()
