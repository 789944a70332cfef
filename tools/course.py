"""Where things are in the course folder, and how its commands report a user's mistake."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_PREFIX = "sample-"


class CourseError(Exception):
    """A mistake that the user can mend; its message is one line that names the cause and the mend."""


def lessons(root: Path = ROOT) -> list[str]:
    """The lessons' names, in alphabetical order: each folder of `source/` is a lesson."""
    return sorted(folder.name for folder in (root / "source").iterdir() if folder.is_dir())


def require_lesson(lesson: str, root: Path = ROOT) -> None:
    """Raise CourseError unless `lesson` is one of the course's."""
    if lesson not in lessons(root):
        raise CourseError(f"there is no lesson {lesson!r} in source/: choose one of {', '.join(lessons(root))}")


def require_writable(folder: Path) -> None:
    """Raise CourseError unless files can be made in `folder`."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CourseError(f"cannot write in {folder}: clone the course to a folder of your own, or chmod u+w this one")


def notebook_path(step: str, lesson: str, root: Path = ROOT) -> Path:
    """The path of a lesson's notebook in `source`, `release` or `submitted/STUDENT`."""
    return root / step / lesson / f"{lesson}.ipynb"


def copy_course(destination: Path, root: Path = ROOT) -> Path:
    """Copy what git tracks or would track to `destination`, as a clone of the working tree would hold it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    files = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    for file in filter(None, files.split("\0")):
        if (root / file).exists():
            (destination / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / file, destination / file)
    return destination


def nbgrader(*arguments: str, root: Path = ROOT) -> str:
    """Run an nbgrader command in the course folder and return what it printed.

    Raises CourseError with nbgrader's last line where the command fails.
    """
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", *arguments]
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        last_line = (result.stderr.strip() or result.stdout.strip() or "it said nothing").splitlines()[-1]
        raise CourseError(f"nbgrader {' '.join(arguments)} failed: {last_line}")
    return result.stdout + result.stderr


def run_command(main: Callable[[list[str]], None]) -> None:
    """Run `main` on the command line's arguments; report a user's mistake in one line and exit with status 1."""
    try:
        main(sys.argv[1:])
    except CourseError as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        sys.exit(f"error: {error.filename}: {error.strerror}: see that it exists and that you may write there")
