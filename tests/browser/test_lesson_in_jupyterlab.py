"""A student solves the first exercise in JupyterLab and sees which checks pass."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screenshot
from tests.browser.jupyter_server import JupyterServer, jupyter_lab
from tests.browser.lesson_page import LessonPage
from tools import notebooks

LESSON, EXERCISE = "bandits", "switching_bandit"


@pytest.fixture
def server(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    with jupyter_lab(course, tmp_path_factory.mktemp("home")) as server:
        yield server


def checks(notebook: NotebookNode) -> dict[str, str]:
    """The sources of the cells that a machine grades, by grade id, in the notebook's order."""
    cells = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells if cell.metadata.nbgrader.locked}


def test_a_solved_exercise_passes_and_the_rest_still_fails(
    server: JupyterServer, course: Path, page: Page, screenshot: Screenshot
) -> None:
    release = notebooks.read("release", LESSON, course)
    solution = notebooks.solution_cells(notebooks.read("source", LESSON, course))[EXERCISE].source
    answer = notebooks.without_markers(solution)
    solved = {grade_id: source for grade_id, source in checks(release).items() if grade_id.startswith(f"{EXERCISE}-")}
    unsolved = {grade_id: source for grade_id, source in checks(release).items() if grade_id not in solved}
    last_solved, first_unsolved = list(solved)[-1], list(unsolved)[0]

    lesson = LessonPage(page, release)
    lesson.open(server, f"release/{LESSON}/{LESSON}.ipynb")
    lesson.replace_source(EXERCISE, answer)
    lesson.run_all_above(last_solved)
    lesson.run(last_solved)
    for grade_id in solved:
        expect(lesson.error(grade_id)).to_have_count(0)
    screenshot("solved-exercise")

    lesson.run_all_above(first_unsolved)
    lesson.run(first_unsolved)
    expect(lesson.error(first_unsolved)).to_be_visible()
    screenshot("failing-check")

    lesson.save()
    saved = notebooks.read("release", LESSON, course)
    assert notebooks.solution_cells(saved)[EXERCISE].source == answer
    assert set(lesson.validate()) == {source.strip() for source in unsolved.values()}
