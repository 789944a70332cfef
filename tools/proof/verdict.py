"""What each answer deserves, and what the judges found against it."""

from dataclasses import dataclass

from tools.proof.bank import Answer, exercise_of
from tools.proof.forks import TIMEOUT
from tools.proof.own_cells import Judgement
from tools.proof.whole_notebook import WholeJudgement

NAMED_SHARE = 0.8  # of the wrong answers, at least, must have their mistake named by a visible check
RIGHT_ANSWERS = 3  # per exercise, at least


def own_cells_problem(judgement: Judgement) -> str | None:
    """What is wrong with how an answer was graded in its own exercise, or None."""
    if not judgement.graded:
        return f"{judgement.answer} did not come to an end in {TIMEOUT:g} seconds, or ended its process"
    failed = {result.grade_id: result.message for result in judgement.graded if result.score < result.maximum}
    return _problem(judgement.answer, frozenset(failed), "; ".join(f"{cell}: {text}" for cell, text in failed.items()))


def whole_notebook_problem(judgement: WholeJudgement) -> str | None:
    """What is wrong with how a whole notebook was graded, or None: a mistake costs in no other exercise."""
    elsewhere = {cell for cell in judgement.lost if exercise_of(cell) != judgement.answer.exercise}
    if elsewhere:
        return f"{judgement.answer} lost points in another exercise: {', '.join(sorted(elsewhere))}"
    return _problem(judgement.answer, judgement.lost, ", ".join(sorted(judgement.lost)))


def _problem(answer: Answer, failed: frozenset[str], detail: str) -> str | None:
    if answer.is_right:
        return f"{answer} lost points: {detail}" if failed else None
    if not failed & answer.fails:
        expected = ", ".join(sorted(answer.fails))
        return f"{answer} lost none of the points it should lose ({expected}); lost: {detail or 'none'}"
    return None


def visible_messages(judgement: Judgement) -> str:
    """The messages that the student sees below the exercise's checks."""
    return "\n".join(result.message for result in judgement.visible)


def is_named(judgement: Judgement, judgements: list[Judgement]) -> bool:
    """Whether the visible check names the mistake: with a phrase that no other wrong answer's messages hold."""
    phrase = judgement.answer.says
    if not phrase or phrase not in visible_messages(judgement):
        return False
    others = [
        other
        for other in judgements
        if other.answer.exercise == judgement.answer.exercise and not other.answer.is_right and other is not judgement
    ]
    return not any(phrase in visible_messages(other) for other in others)


def wrongly_promised(judgements: list[Judgement]) -> list[str]:
    """Answers that state a phrase which does not name them: it is missing from their message, or in another's too."""
    return [
        f"{judgement.answer} is not named by {judgement.answer.says!r}; its messages: {visible_messages(judgement)!r}"
        for judgement in judgements
        if judgement.answer.says and not is_named(judgement, judgements)
    ]


@dataclass(frozen=True)
class Coverage:
    cells: frozenset[str]  # all machine-graded cells of a lesson
    failed: frozenset[str]  # those that at least one wrong answer fails

    @property
    def never_failed(self) -> list[str]:
        return sorted(self.cells - self.failed)


def coverage(cells: frozenset[str], judgements: list[Judgement]) -> Coverage:
    """Which graded cells some wrong answer fails: a test that nothing can fail is a defect."""
    failed = {
        result.grade_id
        for judgement in judgements
        if not judgement.answer.is_right
        for result in judgement.graded
        if result.score < result.maximum
    }
    return Coverage(cells, frozenset(failed))
