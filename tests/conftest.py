"""What every test may use: a copy of the course, and the same copy after the demo has graded its sample class."""

import os
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.graded_course import GradedCourse
from tools.course import ROOT, lessons


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


def copy_course(destination: Path) -> Path:
    """Copy what git tracks or would track, as a clone of the working tree holds it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for file in filter(None, files.split("\0")):
        if (ROOT / file).exists():
            (destination / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, destination / file)
    return destination


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
