"""A copy of the course whose submissions nbgrader has graded, and what there is to ask of it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tools import notebooks
from tools.course import nbgrader, notebook_path


def run_tool(module: str, *arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run one of the course's commands in `root`, as the Makefile does."""
    command = [sys.executable, "-m", f"tools.{module}", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@dataclass
class GradedCourse:
    root: Path
    demo_output: str = field(default="", init=False)

    def run_demo(self) -> None:
        result = run_tool("demo", root=self.root)
        assert result.returncode == 0, result.stdout + result.stderr
        self.demo_output = result.stdout

    def submit(self, student: str, lesson: str, notebook: NotebookNode) -> None:
        """Put a notebook, with the student version's other files, where `nbgrader collect` would."""
        path = notebook_path(f"submitted/{student}", lesson, self.root)
        shutil.copytree(self.root / "release" / lesson, path.parent)
        nbformat.write(notebook, path)

    def grade_source(self, lesson: str) -> None:
        """Grade the source notebook as it is; its outputs on stderr are kept, for a test to see."""
        self.submit("source", lesson, notebooks.read("source", lesson, self.root))
        nbgrader("autograde", lesson, "--student=source", "--IgnorePattern.enabled=False", root=self.root)

    def autograded(self, student: str, lesson: str) -> NotebookNode:
        return notebooks.read(f"autograded/{student}", lesson, self.root)

    def scores(self, student: str, lesson: str) -> dict[str, tuple[float | None, float]]:
        """The automatic score (None where a human must mark) and the maximum of each graded cell."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            notebook = gradebook.find_submission_notebook(lesson, lesson, student)
            return {grade.name: (grade.auto_score, grade.max_score) for grade in notebook.grades}
