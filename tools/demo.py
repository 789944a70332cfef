"""The whole course once through: student versions, a sample class, grades and feedback, in this course folder."""

from tools import gradebook, sample_class
from tools.course import ROOT, lessons, nbgrader, require_writable, run_command
from tools.release import generate


def grade(lesson: str) -> None:
    """Take in the sample class's submissions of `lesson`, grade them and write the feedback.

    `--force`, so that a second demo grades again where nbgrader would skip what is already there.
    """
    generate(lesson)
    sample_class.write(lesson)
    nbgrader("autograde", lesson, "--force")
    nbgrader("generate_feedback", lesson, "--force")


def main(arguments: list[str]) -> None:
    require_writable(ROOT)
    gradebook.require_samples_only()
    for lesson in lessons():
        print(f"{lesson}: generating, grading {len(sample_class.STUDENTS)} submissions, writing feedback", flush=True)
        grade(lesson)
    gradebook.add_students({student: what for student, (what, _) in sample_class.STUDENTS.items()})
    print("\n" + gradebook.grade_table(gradebook.export()))
    print("\nThe written answers wait for a human: `make lab`, then Formgrader, marks them.")
    print(f"Feedback as a student sees it: {ROOT / 'feedback' / 'sample-03' / 'bandits' / 'bandits.html'}")


if __name__ == "__main__":
    run_command(main)
