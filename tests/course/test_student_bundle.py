"""The student bundle works by itself: unpacked elsewhere, a lesson that needs its data runs in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from tests.graded_course import GradedCourse
from tools import notebooks
from tools.student_bundle import build


def test_a_lesson_solved_in_the_unpacked_bundle_runs(graded_course: GradedCourse, tmp_path: Path) -> None:
    zipfile.ZipFile(build(graded_course.root)).extractall(tmp_path)
    lesson = tmp_path / "deep-rl-by-homework" / "reward_to_go" / "reward_to_go.ipynb"
    notebook = nbformat.read(lesson, as_version=4)
    notebooks.solve(notebook, notebooks.read("source", "reward_to_go"))
    nbformat.write(notebook, lesson)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", str(lesson)]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "NBGRADER_EXECUTION": "validate"}
    result = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
