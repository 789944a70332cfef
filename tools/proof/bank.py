"""The answer bank: `tests/answers/LESSON/EXERCISE.py`, one py:percent cell per answer.

    # %% wrong="first_maximum" fails="ties" says="always the first"
    # np.argmax returns the first maximum every time.
    def random_argmax(values, rng):
        return int(np.argmax(values))

    # %% right="loop"
    ...

`wrong` or `right` names the answer; `fails` lists the aspects of the graded cells that it may fail (their grade ids
behind the hyphen); `says` is a phrase in the visible check's message that names this mistake and no other. The first
comment is the misconception.
"""

from dataclasses import dataclass
from pathlib import Path

import jupytext

from tools.course import ROOT, CourseError

ANSWERS = Path("tests") / "answers"


@dataclass(frozen=True)
class Answer:
    lesson: str
    exercise: str  # the grade id of the solution cell
    name: str
    is_right: bool
    source: str  # the whole solution cell
    fails: frozenset[str]  # grade ids; empty for a right answer
    says: str | None

    def __str__(self) -> str:
        return f"{self.lesson}/{self.exercise}: {'right' if self.is_right else 'wrong'} answer {self.name!r}"


def exercise_of(grade_id: str) -> str:
    """The exercise that a cell belongs to: `random_argmax` for `random_argmax-ties`."""
    return grade_id.split("-")[0]


def read_exercise(lesson: str, exercise: str, root: Path = ROOT) -> list[Answer]:
    """The answers to one exercise; raises CourseError where there is no such file or an answer is incomplete."""
    path = root / ANSWERS / lesson / f"{exercise}.py"
    if not path.exists():
        raise CourseError(f"there is no {path.relative_to(root)}: choose one of {', '.join(exercises(lesson, root))}")
    answers = []
    for cell in jupytext.read(path, fmt="py:percent").cells:
        if cell.cell_type == "markdown" or not cell.source.strip():
            continue
        about = cell.metadata
        if ("wrong" in about) == ("right" in about) or ("wrong" in about and "fails" not in about):
            raise CourseError(
                f'{path.name}: a cell needs wrong="..." and fails="...", or right="...": {cell.source[:40]!r}'
            )
        fails = frozenset(f"{exercise}-{aspect}" for aspect in about.get("fails", "").split())
        name = about.get("wrong") or about["right"]
        answers.append(Answer(lesson, exercise, name, "right" in about, cell.source, fails, about.get("says")))
    return answers


def exercises(lesson: str, root: Path = ROOT) -> list[str]:
    """The exercises of a lesson that have answers in the bank."""
    return sorted(path.stem for path in (root / ANSWERS / lesson).glob("*.py"))


def read_lesson(lesson: str, root: Path = ROOT) -> list[Answer]:
    """All answers to a lesson's exercises."""
    return [answer for exercise in exercises(lesson, root) for answer in read_exercise(lesson, exercise, root)]
