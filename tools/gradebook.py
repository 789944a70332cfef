"""What the commands ask the gradebook; needs only the standard library and nbgrader's own command line."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

from tools.course import ROOT, SAMPLE_PREFIX, CourseError, nbgrader


def database(root: Path = ROOT) -> Path:
    return root / "gradebook.db"


def students(root: Path = ROOT) -> list[str]:
    """Everybody the gradebook or the folder `submitted/` knows, sorted."""
    known = {folder.name for folder in (root / "submitted").glob("*") if folder.is_dir()}
    if database(root).exists():
        with closing(sqlite3.connect(database(root))) as connection:
            known |= {student for (student,) in connection.execute("SELECT id FROM student")}
    return sorted(known)


def require_samples_only(root: Path = ROOT) -> None:
    """Raise CourseError where the course holds a student who is not a sample."""
    others = [student for student in students(root) if not student.startswith(SAMPLE_PREFIX)]
    if others:
        raise CourseError(
            f"the course holds students that are not samples ({', '.join(others[:3])}{', ...' if others[3:] else ''}): "
            "use a fresh clone for the demo, so that no real grade is touched"
        )


def add_students(names: dict[str, str], root: Path = ROOT) -> None:
    """Enter students into the gradebook, id to first name, so that formgrader shows who is who."""
    for student, first_name in names.items():
        nbgrader("db", "student", "add", student, f"--first-name={first_name}", "--last-name=Sample", root=root)


def export(root: Path = ROOT) -> list[dict[str, str]]:
    """nbgrader's own export, one row per student and lesson; leaves it in `grades.csv`."""
    nbgrader("export", root=root)
    with open(root / "grades.csv", newline="") as file:
        return list(csv.DictReader(file))


def grade_table(rows: list[dict[str, str]]) -> str:
    """Score and maximum of each student (rows) and lesson (columns), as text."""
    names = sorted({row["assignment"] for row in rows})
    scores = {
        (row["student_id"], row["assignment"]): f"{float(row['score']):g} / {float(row['max_score']):g}" for row in rows
    }
    first_names = {row["student_id"]: row["first_name"] for row in rows}
    lines = [f"{'student':24}" + "".join(f"{name:>16}" for name in names)]
    for student, first_name in sorted(first_names.items()):
        cells = "".join(f"{scores.get((student, name), '-'):>16}" for name in names)
        lines.append(f"{f'{student} {first_name}':24}{cells}")
    return "\n".join(lines)
