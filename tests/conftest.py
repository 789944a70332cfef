"""What every test may use: a copy of the course, and the same copy after the demo has graded its sample class."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.graded_course import GradedCourse
from tools.course import copy_course, lessons


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `lesson` runs once for each lesson."""
    if "lesson" in metafunc.fixturenames:
        metafunc.parametrize("lesson", lessons())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under continuous integration nothing may be skipped: what could not run has failed."""
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
    return report


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A fresh copy of the course for one test to change as it likes."""
    return copy_course(tmp_path / "course")


@pytest.fixture(scope="session")
def graded_course(tmp_path_factory: pytest.TempPathFactory) -> GradedCourse:
    """A copy of the course in which the demo has run and each source notebook was graded as it is; only to be read."""
    graded = GradedCourse(copy_course(tmp_path_factory.mktemp("graded") / "course"))
    graded.run_demo()
    for lesson in lessons():
        graded.grade_source(lesson)
    return graded
