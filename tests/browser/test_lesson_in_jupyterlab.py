"""A student works on the first exercise in JupyterLab and sees which checks pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screenshot
from tests.browser.jupyter_server import jupyter_lab
from tests.browser.lesson_page import LessonPage
from tools import notebooks

LESSON, EXERCISE = "bandits", "switching_bandit"


@pytest.fixture
def opened(course: Path, page: Page, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LessonPage]:
    """The student version, open in JupyterLab and ready to run."""
    with jupyter_lab(course, tmp_path_factory.mktemp("home")) as server:
        lesson = LessonPage(page, notebooks.read("release", LESSON, course))
        lesson.open(server, f"release/{LESSON}/{LESSON}.ipynb")
        yield lesson


def reference() -> str:
    """What a student who knows the answer types."""
    return notebooks.without_markers(notebooks.solution_cells(notebooks.read("source", LESSON))[EXERCISE].source)


def checks(notebook: NotebookNode) -> dict[str, str]:
    """The sources of the cells that a machine grades, by grade id, in the notebook's order."""
    cells = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells if cell.metadata.nbgrader.locked}


def belongs(check: str) -> bool:
    """Whether a check is one of the exercise's."""
    return check.startswith(f"{EXERCISE}-")


def test_a_check_names_the_slip(opened: LessonPage, screenshot: Screenshot) -> None:
    slip = reference().replace("self.t // ", "(self.t + 1) // ")
    assert slip != reference(), "the reference has changed: make another slip of it"
    check = f"{EXERCISE}-schedule"

    opened.show(opened.cell(EXERCISE))
    screenshot("jupyterlab")
    opened.replace_source(EXERCISE, slip)
    opened.run_all_above(EXERCISE)
    opened.run(EXERCISE)
    opened.run(check)
    expect(opened.error(check)).to_contain_text("the switch comes one step early")
    opened.show(opened.error(check))
    screenshot("failing-check")


def test_a_solved_exercise_passes_and_the_rest_still_fails(
    opened: LessonPage, course: Path, screenshot: Screenshot
) -> None:
    solved = {check: source for check, source in checks(opened.notebook).items() if belongs(check)}
    unsolved = {check: source for check, source in checks(opened.notebook).items() if not belongs(check)}
    last_solved, first_unsolved = list(solved)[-1], next(iter(unsolved))

    opened.replace_source(EXERCISE, reference())
    opened.run_all_above(last_solved)
    opened.run(last_solved)
    for check in solved:
        expect(opened.error(check)).to_have_count(0)
    screenshot("solved-exercise")
    opened.run(first_unsolved)
    expect(opened.error(first_unsolved)).to_be_visible()

    opened.save()
    saved = notebooks.read("release", LESSON, course)
    assert notebooks.solution_cells(saved)[EXERCISE].source == reference()
    unwritten = "YOUR ANSWER HERE"  # Validate counts a written answer that was left as it is among the failing cells
    assert set(opened.validate()) == {source.strip() for source in unsolved.values()} | {unwritten}
