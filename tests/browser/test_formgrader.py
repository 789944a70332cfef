"""An instructor sees the lessons and the sample class in formgrader; a student sees the feedback."""

from collections.abc import Iterator

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Screenshot
from tests.browser.jupyter_server import JupyterServer, jupyter_lab
from tests.graded_course import GradedCourse
from tools.course import SAMPLE_PREFIX, lessons
from tools.sample_class import STUDENTS


@pytest.fixture(scope="module")
def server(graded_course: GradedCourse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    with jupyter_lab(graded_course.root, tmp_path_factory.mktemp("home")) as server:
        yield server


@pytest.fixture
def gradebook(graded_course: GradedCourse) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{graded_course.root / 'gradebook.db'}") as gradebook:
        yield gradebook


def read_table(page: Page) -> list[dict[str, str]]:
    """The rows of the table on a page of formgrader, as heading to text."""
    expect(page.locator("#main-table tr").first).not_to_contain_text("Loading")
    headings = page.locator("thead th").all_inner_texts()
    rows = [row.locator("td").all_inner_texts() for row in page.locator("#main-table tr").all()]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def shown(score: float, max_score: float) -> str:
    """A score as formgrader writes it."""
    return f"{round(score, 2):.10g} / {round(max_score, 2):.10g}"


def test_the_lessons_are_listed_without_a_warning(server: JupyterServer, page: Page, screenshot: Screenshot) -> None:
    page.goto(server.url("formgrader/manage_assignments"))
    table = read_table(page)
    screenshot("formgrader-assignments")
    assert [row["Name"] for row in table] == lessons()
    assert all(int(row["# Submissions"]) >= len(STUDENTS) for row in table)
    expect(page.locator(".alert")).to_have_count(0)


def test_the_class_has_the_scores_of_the_gradebook(
    server: JupyterServer, gradebook: Gradebook, page: Page, screenshot: Screenshot
) -> None:
    page.goto(server.url("formgrader/manage_students"))
    read_table(page)
    page.get_by_label("Search:").fill(SAMPLE_PREFIX)
    screenshot("formgrader-students")
    scores = {row["Student ID"]: row["Overall Score"] for row in read_table(page)}
    students = [student for student in gradebook.student_dicts() if student["id"] in STUDENTS]
    assert scores == {student["id"]: shown(student["score"], student["max_score"]) for student in students}
    assert set(scores) == set(STUDENTS)
    expect(page.locator(".alert")).to_have_count(0)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_has_the_scores_of_the_gradebook(
    server: JupyterServer, gradebook: Gradebook, page: Page, student: str
) -> None:
    page.goto(server.url("formgrader/manage_students"))
    page.get_by_role("row", name=student).get_by_role("link").first.click()
    scores = {row["Assignment ID"]: row["Overall Score"] for row in read_table(page)}
    submissions = {lesson: gradebook.find_submission(lesson, student) for lesson in lessons()}
    assert scores == {lesson: shown(found.score, found.max_score) for lesson, found in submissions.items()}


def test_the_feedback_shows_what_each_check_earned(
    graded_course: GradedCourse, page: Page, screenshot: Screenshot
) -> None:
    student, lesson = "sample-03", "bandits"
    scores = graded_course.scores(student, lesson)
    checks = {check: (score, most) for check, (score, most) in scores.items() if score is not None}
    failing = next(check for check, (score, _) in checks.items() if score == 0)

    page.goto((graded_course.root / "feedback" / student / lesson / f"{lesson}.html").as_uri())
    for check, (score, most) in checks.items():
        entry = page.locator("#toc li").filter(has=page.locator(f'a[href="#{check}"]'))
        expect(entry).to_contain_text(f"(Score: {score} / {most})")
    page.locator(f'a[name="{failing}"]').evaluate("check => check.scrollIntoView({block: 'center'})")
    screenshot("feedback")
