"""The course's identity and grading policy. nbgrader executes this file for every command, up to three times."""

import os
import sys
from pathlib import Path

course = Path(__file__).resolve().parent
c = get_config()  # noqa: F821 (nbgrader defines it)

# Identity
c.CourseDirectory.course_id = "deep-rl-by-homework"
c.CourseDirectory.root = str(course)

# Where instructors and students on one machine hand notebooks over; a JupyterHub sets NBGRADER_EXCHANGE instead.
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE", str(course / "exchange"))

# nbgrader's defaults, and the reviewable text beside a source notebook: it holds the solutions.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "*.pct.py"]

# nbgrader runs `alembic` by name to create the gradebook; this finds the one that was installed with it.
bin_folder = str(Path(sys.executable).parent)
if bin_folder not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = bin_folder + os.pathsep + os.environ["PATH"]

# A test cell that a student deleted is put back and graded, instead of waiting for a human to notice.
c.OverwriteCells.add_missing_cells = True

# A warning on stderr is not a wrong answer: by default it would cost the cell all its points.
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"(?s).*"
