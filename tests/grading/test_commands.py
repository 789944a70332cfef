"""nbgrader's own commands on the graded class: validate, export, feedback, and what a setting mends."""

import csv
from pathlib import Path

import nbformat
import pytest

from tests.graded_course import GradedCourse
from tools import notebooks
from tools.course import CourseError, nbgrader


def test_validate_passes_the_source_and_names_the_failing_checks_of_the_release(graded_course: GradedCourse) -> None:
    passed = nbgrader("validate", "source/tensors/tensors.ipynb", root=graded_course.root)
    assert "Success! Your notebook passes all the tests." in passed
    failed = nbgrader("validate", "release/tensors/tensors.ipynb", root=graded_course.root)
    assert "VALIDATION FAILED ON" in failed


def test_export_lists_every_student_and_lesson(graded_course: GradedCourse, lesson: str) -> None:
    with open(graded_course.root / "grades.csv", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == lesson}
    assert {"sample-01", "sample-02", "sample-03"} <= set(rows)
    assert float(rows["sample-02"]["score"]) == 0
    earned = sum(score or 0 for score, _ in graded_course.scores("sample-01", lesson).values())
    assert float(rows["sample-01"]["score"]) == earned


def test_graded_folders_hold_no_solution_text(graded_course: GradedCourse) -> None:
    assert list((graded_course.root / "autograded").rglob("*.pct.py")) == []


def test_a_lesson_that_nbgrader_does_not_know(graded_course: GradedCourse) -> None:
    with pytest.raises(CourseError, match="generate_assignment bandit --force"):
        nbgrader("generate_assignment", "bandit", "--force", root=graded_course.root)


TOY = "toy"


@pytest.fixture
def toy_course(course: Path) -> Path:
    """The course with one tiny lesson more: two exercises, quick to grade."""
    cells = [
        solution_cell("double", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"),
        graded_cell("double-value", "assert double(3) == 6, 'double(3) should be 6'"),
        graded_cell("double-negative", "assert double(-3) == -6, 'double(-3) should be -6'"),
        solution_cell("half", "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"),
        graded_cell("half-value", "assert half(3) == 1.5, 'half(3) should be 1.5'"),
    ]
    folder = course / "source" / TOY
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{TOY}.ipynb")
    nbgrader("generate_assignment", TOY, root=course)
    return course


def solution_cell(grade_id: str, source: str) -> nbformat.NotebookNode:
    return code_cell(source, grade_id=grade_id, grade=False, locked=False, solution=True)


def graded_cell(grade_id: str, source: str) -> nbformat.NotebookNode:
    return code_cell(source, grade_id=grade_id, grade=True, locked=True, solution=False, points=1)


def code_cell(source: str, **metadata: object) -> nbformat.NotebookNode:
    metadata |= {"schema_version": 3, "task": False}
    return nbformat.NotebookNode(nbformat.v4.new_code_cell(source, metadata={"nbgrader": metadata}))


def grade(toy_course: Path, notebook: nbformat.NotebookNode) -> dict[str, float | None]:
    graded = GradedCourse(toy_course)
    graded.submit("ada", TOY, notebook)
    nbgrader("autograde", TOY, root=toy_course)
    return {cell: score for cell, (score, _) in graded.scores("ada", TOY).items()}


def solved(toy_course: Path) -> nbformat.NotebookNode:
    notebook = notebooks.read("release", TOY, toy_course)
    notebooks.solve(notebook, notebooks.read("source", TOY, toy_course))
    return notebook


def test_a_warning_costs_nothing(toy_course: Path) -> None:
    notebook = solved(toy_course)
    cell = notebooks.solution_cells(notebook)["double"]
    cell.source = cell.source.replace("    return", "    import warnings\n    warnings.warn('slow')\n    return")
    assert grade(toy_course, notebook) == {"double-value": 1, "double-negative": 1, "half-value": 1}


def test_a_deleted_test_cell_is_put_back(toy_course: Path) -> None:
    notebook = solved(toy_course)
    notebooks.solution_cells(notebook)["double"].source = "def double(x):\n    return abs(2 * x)"
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id != "double-negative"]
    assert grade(toy_course, notebook) == {"double-value": 1, "double-negative": 0, "half-value": 1}


def test_an_altered_test_cell_is_restored(toy_course: Path) -> None:
    notebook = notebooks.read("release", TOY, toy_course)
    for cell in notebook.cells:
        if cell.metadata.nbgrader.grade:
            cell.source = "pass"
    assert grade(toy_course, notebook) == {"double-value": 0, "double-negative": 0, "half-value": 0}
