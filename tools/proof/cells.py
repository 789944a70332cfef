"""Run a lesson's cells in this process, with IPython, and give their outputs the form that nbgrader scores."""

import os
from dataclasses import dataclass

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat import NotebookNode
from nbgrader.utils import determine_grade


@dataclass(frozen=True)
class CellResult:
    grade_id: str
    score: float
    maximum: float
    message: str  # the error's message, or "" where there was none


def new_shell() -> InteractiveShell:
    """A shell in which cells run as they do while nbgrader grades."""
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    os.environ["MPLBACKEND"] = "agg"
    shell = InteractiveShell.instance()
    shell.run_line_magic("colors", "nocolor")
    return shell


def run(shell: InteractiveShell, source: str) -> list[NotebookNode]:
    """Run one cell; return its outputs but for the streams: the course's configuration drops stderr before scoring."""
    with capture_output():
        result = shell.run_cell(source)
    outputs = []
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        outputs.append(nbformat.v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[]))
    elif result.result is not None:
        data = {"text/plain": repr(result.result)}
        outputs.append(nbformat.v4.new_output("execute_result", data=data, execution_count=1))
    return outputs


def grade(shell: InteractiveShell, cell: NotebookNode) -> CellResult:
    """Run a graded cell and let nbgrader score it."""
    graded = nbformat.from_dict(cell)
    graded.outputs = run(shell, cell.source)
    score, maximum = determine_grade(graded)
    errors = [output.evalue for output in graded.outputs if output.output_type == "error"]
    return CellResult(cell.metadata.nbgrader.grade_id, score or 0.0, maximum, "\n".join(errors))
