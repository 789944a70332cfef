"""The answer bank: wrong answers lose points where they should, right ones keep them, and mistakes are named.

Here each answer is judged by its own exercise's graded cells, and one per exercise by the whole notebook. `make proof`
judges all of them by the whole notebook, and repeats what chance may touch.
"""

import pytest

from tools.course import lessons
from tools.proof import own_cells, verdict, whole_notebook
from tools.proof.bank import Answer, exercises, read_exercise, read_lesson

EXERCISES = [(lesson, exercise) for lesson in lessons() for exercise in exercises(lesson)]


@pytest.fixture(scope="module")
def judgements() -> dict[str, list[own_cells.Judgement]]:
    return {lesson: own_cells.judge(read_lesson(lesson)) for lesson in lessons()}


@pytest.mark.parametrize(("lesson_", "exercise"), EXERCISES)
def test_answers_get_what_they_deserve(
    judgements: dict[str, list[own_cells.Judgement]], lesson_: str, exercise: str
) -> None:
    own = [judgement for judgement in judgements[lesson_] if judgement.answer.exercise == exercise]
    assert [problem for problem in map(verdict.own_cells_problem, own) if problem] == []
    assert verdict.wrongly_promised(own) == []


@pytest.mark.parametrize(("lesson_", "exercise"), EXERCISES)
def test_enough_right_answers(lesson_: str, exercise: str) -> None:
    right = [answer for answer in read_exercise(lesson_, exercise) if answer.is_right]
    assert len(right) >= verdict.RIGHT_ANSWERS


def test_every_exercise_is_in_the_bank(lesson: str) -> None:
    assert set(exercises(lesson)) == set(own_cells.graded_cells(lesson, "source"))


def test_every_graded_cell_is_failed_by_a_wrong_answer(
    judgements: dict[str, list[own_cells.Judgement]], lesson: str
) -> None:
    graded = own_cells.graded_cells(lesson, "source")
    cells = frozenset(cell.metadata.nbgrader.grade_id for own in graded.values() for cell in own)
    assert verdict.coverage(cells, judgements[lesson]).never_failed == []


def test_most_mistakes_are_named_by_the_visible_check(
    judgements: dict[str, list[own_cells.Judgement]], lesson: str
) -> None:
    wrong = [judgement for judgement in judgements[lesson] if not judgement.answer.is_right]
    named = [judgement for judgement in wrong if verdict.is_named(judgement, judgements[lesson])]
    assert len(named) >= verdict.NAMED_SHARE * len(wrong)


def first_wrong_answers() -> list[Answer]:
    return [next(answer for answer in read_exercise(*exercise) if not answer.is_right) for exercise in EXERCISES]


def test_a_mistake_costs_only_in_its_own_exercise() -> None:
    judged = whole_notebook.judge(first_wrong_answers())
    assert [problem for problem in map(verdict.whole_notebook_problem, judged) if problem] == []
