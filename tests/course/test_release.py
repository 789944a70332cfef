"""What students receive: what the source generates, and nothing that would tell them an answer."""

import ast
import re
import zipfile

import nbformat
import pytest
from nbformat import NotebookNode

from tests.graded_course import GradedCourse
from tools import notebooks
from tools.course import ROOT
from tools.student_bundle import build

REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)


def distinctive(text: str) -> set[str]:
    """Lines long enough to recognise an answer by."""
    return {line.strip() for line in text.split("\n") if len(line.strip()) >= 20}


def all_text(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


MARKERS = {f"### {end} {what}" for end in ("BEGIN", "END") for what in ("SOLUTION", "HIDDEN TESTS")}
LIKE_A_MARKER = re.compile(r"#+ *(begin|end) +(solution|hidden|mark)", re.IGNORECASE)


def misplaced_markers(source: str) -> list[str]:
    """Lines that look like one of nbgrader's markers but are misspelt, or do not pair up with their other half.

    nbgrader would take such a region for ordinary text, and hand the answer or the hidden test to students.
    """
    open_region, misplaced = "", []
    for line in map(str.strip, source.split("\n")):
        if not LIKE_A_MARKER.search(line):
            continue
        end, _, what = line.removeprefix("### ").partition(" ")
        if line not in MARKERS or (end == "BEGIN") == bool(open_region) or (end == "END" and what != open_region):
            misplaced.append(line)
        open_region = what if end == "BEGIN" else ""
    return [*misplaced, *([f"### BEGIN {open_region}"] if open_region else [])]


def test_every_marker_is_spelt_right_and_has_its_other_half(lesson: str) -> None:
    for cell in notebooks.read("source", lesson).cells:
        assert misplaced_markers(cell.source) == []


@pytest.mark.parametrize(
    "source",
    [
        "### END HIDDEN TESTS",
        "### BEGIN HIDDEN TESTS",
        "### BEGIN HIDDEN TEST\nassert f() == 1\n### END HIDDEN TEST",
        "### begin solution\nreturn 1\n### end solution",
        "### BEGIN SOLUTION\nreturn 1\n### END HIDDEN TESTS",
    ],
)
def test_the_check_of_markers_sees_what_would_leak(source: str) -> None:
    assert misplaced_markers(source) != []


def secrets(lesson: str) -> set[str]:
    """Lines of the source that stand in a solution, a hidden test or a model answer, and nowhere else."""
    secret: set[str] = set()
    public: set[str] = set()
    for cell in notebooks.read("source", lesson).cells:
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution"):
            secret |= distinctive(cell.source)
            continue
        secret |= distinctive("\n".join(region for _, region in REGION.findall(cell.source)))
        public |= distinctive(REGION.sub("", cell.source))
    return secret - public


def test_release_is_what_the_source_generates(graded_course: GradedCourse, lesson: str) -> None:
    """The demo has generated every lesson anew, in a copy."""
    committed, generated = ROOT / "release" / lesson, graded_course.root / "release" / lesson
    assert sorted(path.name for path in committed.iterdir()) == sorted(path.name for path in generated.iterdir())
    for path in committed.iterdir():
        assert path.read_bytes() == (generated / path.name).read_bytes(), f"run `make release`: {path.name} differs"


def test_release_tells_no_answer(lesson: str) -> None:
    text = all_text(notebooks.read("release", lesson))
    found = secrets(lesson)
    assert len(found) > 50, "hardly any secrets found in the source: has the marker's spelling changed?"
    assert found & distinctive(text) == set()
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
    assert secrets(lesson) & distinctive(all_text(notebook)) == set()
