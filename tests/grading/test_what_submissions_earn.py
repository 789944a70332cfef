"""What nbgrader's autograde gives to the sample class and to the source itself, lesson by lesson."""

from nbformat import NotebookNode

from tests.graded_course import GradedCourse


def faults(notebook: NotebookNode) -> list[str]:
    """Every error and every line on stderr that a graded notebook shows."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return [
        output.get("evalue") or output.get("text")
        for output in outputs
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


def test_source_runs_clean(graded_course: GradedCourse, lesson: str) -> None:
    assert faults(graded_course.autograded("source", lesson)) == []


def test_source_as_it_is_earns_all_automatic_points(graded_course: GradedCourse, lesson: str) -> None:
    scores = graded_course.scores("source", lesson)
    assert {cell: score for cell, (score, maximum) in scores.items() if score not in (maximum, None)} == {}


def test_reference_in_the_student_version_earns_all_automatic_points(graded_course: GradedCourse, lesson: str) -> None:
    scores = graded_course.scores("sample-01", lesson)
    assert {cell: score for cell, (score, maximum) in scores.items() if score not in (maximum, None)} == {}
    by_hand = [cell for cell, (score, _) in scores.items() if score is None]
    assert all(cell.startswith("written") for cell in by_hand), by_hand


def test_untouched_student_version_earns_nothing_in_any_cell(graded_course: GradedCourse, lesson: str) -> None:
    scores = graded_course.scores("sample-02", lesson)
    assert {cell: score for cell, (score, _) in scores.items() if score != 0} == {}


def test_halfway_student_keeps_what_was_earned(graded_course: GradedCourse, lesson: str) -> None:
    halfway = graded_course.scores("sample-03", lesson)
    perfect = graded_course.scores("sample-01", lesson)
    earned = sum(score or 0 for score, _ in halfway.values())
    assert 0 < earned < sum(score or 0 for score, _ in perfect.values())


def test_at_most_two_written_answers_worth_a_fifth_of_the_points(graded_course: GradedCourse, lesson: str) -> None:
    scores = graded_course.scores("sample-01", lesson)
    by_hand = [maximum for score, maximum in scores.values() if score is None]
    assert len(by_hand) <= 2
    assert sum(by_hand) <= 0.2 * sum(maximum for _, maximum in scores.values())
