"""What students receive: what the source generates, and nothing that would tell them an answer."""

import ast
import re
import zipfile
from collections.abc import Iterator

import nbformat
import pytest

from tests.graded_course import GradedCourse
from tools import notebooks
from tools.course import ROOT
from tools.student_bundle import build

REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)


def distinctive(lines: Iterator[str]) -> set[str]:
    """Lines long enough to recognise an answer by."""
    return {line.strip() for line in lines if len(line.strip()) >= 20}


def secrets(lesson: str) -> set[str]:
    """Lines of the source that stand in a solution, a hidden test or a model answer, and nowhere else."""
    secret: set[str] = set()
    public: set[str] = set()
    for cell in notebooks.read("source", lesson).cells:
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            secret |= distinctive(iter(cell.source.split("\n")))
            continue
        secret |= distinctive(line for _, region in REGION.findall(cell.source) for line in region.split("\n"))
        public |= distinctive(iter(REGION.sub("", cell.source).split("\n")))
    return secret - public


def test_release_is_what_the_source_generates(graded_course: GradedCourse, lesson: str) -> None:
    """The demo has generated every lesson anew, in a copy."""
    committed, generated = ROOT / "release" / lesson, graded_course.root / "release" / lesson
    assert sorted(path.name for path in committed.iterdir()) == sorted(path.name for path in generated.iterdir())
    for path in committed.iterdir():
        assert path.read_bytes() == (generated / path.name).read_bytes(), f"run `make release`: {path.name} differs"


def test_release_tells_no_answer(lesson: str) -> None:
    text = "\n".join(cell.source for cell in notebooks.read("release", lesson).cells)
    found = secrets(lesson)
    assert len(found) > 50, "hardly any secrets found in the source: has the marker's spelling changed?"
    assert {line for line in found if line in text} == set()
    assert "BEGIN SOLUTION" not in text and "HIDDEN TESTS" not in text and "Rubric" not in text


def test_release_holds_no_outputs_and_compiles(lesson: str) -> None:
    for cell in notebooks.read("release", lesson).cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
            ast.parse(cell.source)


def test_release_folder_holds_only_what_a_student_needs(lesson: str) -> None:
    extra = {"reward_to_go": {"cartpole-medium-replay.npz"}}.get(lesson, set())
    names = {path.name for path in (ROOT / "release" / lesson).iterdir()}
    assert names == {f"{lesson}.ipynb"} | extra


@pytest.fixture(scope="module")
def bundle(graded_course: GradedCourse) -> zipfile.ZipFile:
    return zipfile.ZipFile(build(graded_course.root))


def test_bundle_holds_only_what_a_student_needs(bundle: zipfile.ZipFile) -> None:
    of_lessons = {f"{path.parent.name}/{path.name}" for path in (ROOT / "release").glob("*/*")}
    of_setup = {"README.md", "LICENSE", "environment.yml", "requirements.txt", "constraints.txt"}
    assert {name.removeprefix("deep-rl-by-homework/") for name in bundle.namelist()} == of_lessons | of_setup


def test_bundle_tells_no_answer(bundle: zipfile.ZipFile, lesson: str) -> None:
    text = bundle.read(f"deep-rl-by-homework/{lesson}/{lesson}.ipynb").decode()
    notebook = nbformat.reads(text, as_version=4)
    everything = "\n".join(cell.source for cell in notebook.cells)
    assert {line for line in secrets(lesson) if line in everything} == set()
