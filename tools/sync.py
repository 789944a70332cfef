"""Bring each lesson's text and notebook into step, all or those named on the command line; the newer file wins."""

import subprocess
import sys

from tools.course import ROOT, CourseError, lessons, require_writable, run_command


def main(arguments: list[str]) -> None:
    require_writable(ROOT)
    for lesson in arguments or lessons():
        text = ROOT / "source" / lesson / f"{lesson}.pct.py"
        if not text.exists():
            raise CourseError(
                f"there is no {text.relative_to(ROOT)}: choose one of {', '.join(lessons())}, or write it"
            )
        command = [sys.executable, "-m", "jupytext", "--quiet", "--sync", str(text)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            raise CourseError(f"jupytext could not sync {lesson}: {result.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    run_command(main)
