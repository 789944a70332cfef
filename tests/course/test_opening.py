"""The points that a lesson's opening table and headings promise are those that nbgrader gives."""

import re
from collections import defaultdict

from tools import notebooks

HEADING = re.compile(
    r"^### Exercise (?P<number>\d+) · (?P<title>.+)\n[●○]{5} · \d+ min · (?P<points>\d+) points?$", re.M
)
ROW = re.compile(r"^\| (?P<number>\d+) · (?P<title>.+?) \| (?P<points>\d+) \| (?P<graded>machine|hand) \|$", re.M)


def exercises(lesson: str) -> dict[int, tuple[str, int, int, set[str]]]:
    """Each exercise's title, promised points, points in its cells, and who grades them."""
    notebook = notebooks.read("source", lesson)
    promised: dict[int, tuple[str, int]] = {}
    given: dict[int, int] = defaultdict(int)
    graded: dict[int, set[str]] = defaultdict(set)
    number = 0
    for cell in notebook.cells:
        for heading in HEADING.finditer(cell.source):
            number = int(heading["number"])
            promised[number] = (heading["title"], int(heading["points"]))
        nbgrader = cell.metadata.get("nbgrader", {})
        if nbgrader.get("grade"):
            given[number] += nbgrader["points"]
            graded[number].add("hand" if nbgrader["solution"] else "machine")
    return {number: (*promised[number], given[number], graded[number]) for number in promised}


def test_each_heading_promises_the_points_of_its_cells(lesson: str) -> None:
    found = exercises(lesson)
    assert list(found) == list(range(1, len(found) + 1))
    assert {number: promised for number, (_, promised, _, _) in found.items()} == {
        number: points for number, (_, _, points, _) in found.items()
    }


def test_the_opening_table_lists_every_exercise(lesson: str) -> None:
    notebook = notebooks.read("source", lesson)
    rows = {int(row["number"]): row for row in ROW.finditer("\n".join(cell.source for cell in notebook.cells))}
    listed = {number: (row["title"], int(row["points"]), {row["graded"]}) for number, row in rows.items()}
    assert listed == {number: (title, given, by) for number, (title, _, given, by) in exercises(lesson).items()}
