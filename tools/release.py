"""Generate the student versions in `release/`, all or those named on the command line."""

from pathlib import Path

from tools.course import ROOT, lessons, nbgrader, require_lesson, require_writable, run_command


def generate(lesson: str, root: Path = ROOT) -> None:
    """Write `release/LESSON` from `source/LESSON`.

    `--force`, since nbgrader would skip a lesson in silence whose release folder is there.
    """
    nbgrader("generate_assignment", lesson, "--force", root=root)


def main(arguments: list[str]) -> None:
    require_writable(ROOT)
    chosen = arguments or lessons()
    for lesson in chosen:
        require_lesson(lesson)
    for lesson in chosen:
        generate(lesson)
        print(f"release/{lesson}/{lesson}.ipynb")


if __name__ == "__main__":
    run_command(main)
