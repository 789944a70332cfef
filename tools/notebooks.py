"""Reading the lessons' notebooks, and solving a student version with the source's reference."""

import os
from pathlib import Path
from typing import Any, cast

import nbformat
from nbformat import NotebookNode

from tools.course import ROOT, notebook_path

MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")


def read(step: str, lesson: str, root: Path = ROOT) -> NotebookNode:
    """A lesson's notebook in `source`, `release`, `submitted/STUDENT` or `autograded/STUDENT`."""
    return cast(NotebookNode, nbformat.read(notebook_path(step, lesson, root), as_version=4))


def solution_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that students fill in, by grade id, in the notebook's order."""
    cells = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells}


def without_markers(text: str) -> str:
    """A reference solution as a student would have typed it: without nbgrader's marker lines."""
    return "\n".join(line for line in text.split("\n") if line.strip() not in MARKERS)


def solve(student: NotebookNode, source: NotebookNode, share: float = 1.0) -> None:
    """Fill the first `share` (0 to 1) of the student version's solution cells with the source's reference."""
    references = solution_cells(source)
    cells = solution_cells(student)
    for grade_id in list(cells)[: round(share * len(cells))]:
        cells[grade_id].source = without_markers(references[grade_id].source)


def run_solutions(lesson: str, root: Path = ROOT) -> dict[str, Any]:
    """Run a lesson's given code and its reference solutions, nothing else; return the names they define."""
    os.environ.setdefault("MPLBACKEND", "agg")
    namespace: dict[str, Any] = {"__name__": lesson}
    for cell in read("source", lesson, root).cells:
        nbgrader = cell.metadata.get("nbgrader")
        if cell.cell_type == "code" and nbgrader and not nbgrader.grade:
            exec(compile(cell.source, f"{lesson}: {nbgrader.grade_id}", "exec"), namespace)
    return namespace
