"""`python -m tools.proof`: the whole proof, and its table in docs/grading.md; takes an hour or more.

`python -m tools.proof LESSON [EXERCISE]`: the answers of one lesson or exercise by its own graded cells, in seconds.
"""

from tools.course import CourseError, lessons, require_lesson, run_command
from tools.proof import chance, own_cells, verdict, whole_notebook
from tools.proof.bank import Answer, read_exercise, read_lesson
from tools.proof.report import LessonProof, table, write_table


def try_answers(answers: list[Answer]) -> None:
    """Print what each answer earned and which message its student would read."""
    judgements = own_cells.judge(answers)
    for judgement in judgements:
        print(
            f"{judgement.answer}: {'as it deserves' if verdict.own_cells_problem(judgement) is None else 'UNDESERVED'}"
        )
        for result in judgement.graded:
            if result.score < result.maximum:
                print(f"    {result.grade_id}: {result.message}")
        if not judgement.answer.is_right:
            named = verdict.is_named(judgement, judgements)
            print(f"    the student sees{'' if named else ' (NOT NAMED)'}: {verdict.visible_messages(judgement)}")
    problems = [problem for problem in map(verdict.own_cells_problem, judgements) if problem]
    if problems:
        raise CourseError(f"{len(problems)} of {len(answers)} answers did not get what they deserve: {problems[0]}")


def prove(lesson: str) -> LessonProof:
    answers = read_lesson(lesson)
    judgements = own_cells.judge(answers)
    whole = whole_notebook.judge(answers)
    problems = [verdict.own_cells_problem(judgement) for judgement in judgements]
    problems += [verdict.whole_notebook_problem(judgement) for judgement in whole]
    problems += verdict.wrongly_promised(judgements)
    graded = own_cells.graded_cells(lesson, "source")
    cells = frozenset(cell.metadata.nbgrader.grade_id for own in graded.values() for cell in own)
    return LessonProof(
        lesson,
        judgements,
        whole,
        chance.judge(lesson, answers),
        verdict.coverage(cells, judgements),
        [problem for problem in problems if problem],
    )


def main(arguments: list[str]) -> None:
    if not arguments:
        proofs = [prove(lesson) for lesson in lessons()]
        print(table(proofs))
        write_table(proofs)
        problems = [problem for proof in proofs for problem in proof.all_problems()]
        print("\n".join(problems))
        if problems:
            raise CourseError(f"{len(problems)} answers or cells did not get what they deserve")
        return
    lesson, *exercise = arguments
    require_lesson(lesson)
    try_answers(read_exercise(lesson, exercise[0]) if exercise else read_lesson(lesson))


if __name__ == "__main__":
    run_command(main)
