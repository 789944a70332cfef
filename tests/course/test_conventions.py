"""What no lesson may do: use the retired `gym`, or NumPy's global random numbers."""

import ast
import re
import sys

import pytest

from tools import notebooks
from tools.course import ROOT

LEGACY_RANDOM = re.compile(r"\b(?:np|numpy)\.random\.(?!default_rng|Generator|SeedSequence|PCG64|BitGenerator)\w+")
ALLOWED_IMPORTS = {"numpy", "matplotlib", "torch", "gymnasium", "IPython"}


def code(lesson: str) -> str:
    notebook = notebooks.read("source", lesson)
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def imported(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_a_lesson_imports_only_the_course_packages_and_the_standard_library(lesson: str) -> None:
    assert imported(code(lesson)) - ALLOWED_IMPORTS <= sys.stdlib_module_names


def test_no_legacy_random_numbers_in_lessons(lesson: str) -> None:
    assert LEGACY_RANDOM.findall(code(lesson)) == []


@pytest.mark.parametrize("folder", ["tools", "tests", "course_data"])
def test_no_gym_and_no_legacy_random_numbers_elsewhere(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        if ROOT / "tests" / "answers" in path.parents:
            continue  # what learners give, not what we write
        assert "gym" not in imported(path.read_text()), path
        if path.name != "test_conventions.py":
            assert LEGACY_RANDOM.findall(path.read_text()) == [], path


def test_the_check_itself_sees_legacy_random_numbers() -> None:
    assert LEGACY_RANDOM.findall("np.random.seed(0); numpy.random.rand()") == ["np.random.seed", "numpy.random.rand"]
    assert LEGACY_RANDOM.findall("np.random.default_rng(0)") == []
