"""A lesson's text (`.pct.py`) and its notebook (`.ipynb`) say the same, and the notebook holds no outputs."""

import jupytext
from jupytext.compare import compare_notebooks

from tools import notebooks
from tools.course import ROOT


def test_text_and_notebook_are_in_step(lesson: str) -> None:
    text = jupytext.read(ROOT / "source" / lesson / f"{lesson}.pct.py")
    compare_notebooks(notebooks.read("source", lesson), text, fmt="py:percent", compare_outputs=False)
    metadata = [cell.metadata.get("nbgrader") for cell in notebooks.read("source", lesson).cells]
    assert metadata == [cell.metadata.get("nbgrader") for cell in text.cells]


def test_notebook_holds_no_outputs(lesson: str) -> None:
    code = [cell for cell in notebooks.read("source", lesson).cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_every_cell_has_an_id_of_its_own(lesson: str) -> None:
    ids = [cell.id for cell in notebooks.read("source", lesson).cells]
    assert len(set(ids)) == len(ids)
