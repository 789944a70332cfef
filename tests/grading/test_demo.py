"""`make demo` and `make clean`: the course once through with a sample class, and no trace of it afterwards."""

from pathlib import Path

from tests.graded_course import GradedCourse, run_tool
from tools.course import lessons, nbgrader


def test_demo_ends_with_a_grade_table_and_a_feedback_page(graded_course: GradedCourse) -> None:
    lines = graded_course.demo_output.splitlines()
    header = next(line for line in lines if line.startswith("student"))
    assert header.split()[1:] == lessons()
    assert [line.split()[0] for line in lines if line.startswith("sample-")] == ["sample-01", "sample-02", "sample-03"]
    page = Path(lines[-1].split(": ", 1)[1])
    assert "Halfway" not in page.read_text() and "sample-03" in str(page)


def test_demo_writes_feedback_for_every_submission(graded_course: GradedCourse, lesson: str) -> None:
    for student in ("sample-01", "sample-02", "sample-03"):
        assert (graded_course.root / "feedback" / student / lesson / f"{lesson}.html").stat().st_size > 10_000


def test_demo_and_clean_refuse_a_course_with_real_students(course: Path) -> None:
    nbgrader("db", "student", "add", "ada", root=course)
    before = (course / "gradebook.db").read_bytes()
    for tool in ("demo", "clean"):
        result = run_tool(tool, root=course)
        assert result.returncode == 1
        assert result.stderr.count("\n") == 1 and "not samples (ada)" in result.stderr
    assert (course / "gradebook.db").read_bytes() == before


def test_clean_takes_away_what_demo_made(course: Path) -> None:
    (course / "submitted/sample-01/bandits").mkdir(parents=True)
    (course / "autograded/sample-01/bandits").mkdir(parents=True)
    (course / "feedback/sample-01/bandits").mkdir(parents=True)
    nbgrader("db", "student", "add", "sample-01", root=course)
    assert run_tool("clean", root=course).returncode == 0
    assert not any((course / name).exists() for name in ("submitted", "feedback", "gradebook.db", "grades.csv"))
    assert sorted(path.name for path in (course / "autograded").iterdir()) == [".gitignore", "README.md"]
