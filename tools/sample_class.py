"""A small sample class, made from the sources: one perfect student, one untouched, one halfway.

`write` puts their submissions where `nbgrader collect` would.
"""

import shutil
from pathlib import Path

import nbformat

from tools import notebooks
from tools.course import ROOT, SAMPLE_PREFIX, notebook_path

# id -> (what the student did, the share of the solution cells that are solved)
STUDENTS = {
    f"{SAMPLE_PREFIX}01": ("Perfect", 1.0),
    f"{SAMPLE_PREFIX}02": ("Untouched", 0.0),
    f"{SAMPLE_PREFIX}03": ("Halfway", 0.5),
}


def write(lesson: str, root: Path = ROOT) -> None:
    """Write each sample student's submission of `lesson`; the student version must have been generated."""
    source = notebooks.read("source", lesson, root)
    for student, (_, share) in STUDENTS.items():
        submission = notebook_path(f"submitted/{student}", lesson, root)
        shutil.rmtree(submission.parent, ignore_errors=True)
        shutil.copytree(root / "release" / lesson, submission.parent)
        notebook = notebooks.read("release", lesson, root)
        notebooks.solve(notebook, source, share)
        nbformat.write(notebook, submission)
