"""A user's mistake gets one clear line that names the mend, and exit status 1."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.graded_course import run_tool


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stderr.startswith("error: ") and result.stderr.count("\n") == 1, result.stderr
    return result.stderr


def test_a_lesson_that_does_not_exist(course: Path) -> None:
    line = one_line(run_tool("release", "bandit", root=course))
    assert "no lesson 'bandit'" in line and "bandits" in line


def test_a_text_that_does_not_exist(course: Path) -> None:
    assert "there is no source/bandit/bandit.pct.py" in one_line(run_tool("sync", "bandit", root=course))


def test_a_missing_data_folder(course: Path) -> None:
    (course / "release" / "reward_to_go" / "cartpole-medium-replay.npz").unlink()
    line = one_line(run_tool("student_bundle", root=course))
    assert "cartpole-medium-replay.npz" in line and "make release" in line


@pytest.mark.parametrize("tool", ["demo", "release", "student_bundle"])
def test_an_unwritable_course_folder(course: Path, tool: str) -> None:
    command = [sys.executable, "-m", f"tools.{tool}"]
    if os.geteuid() == 0:  # root may write anywhere but on a read-only mount
        if shutil.which("bwrap") is None:
            pytest.skip("bubblewrap is not installed: as root, only a read-only mount is unwritable")
        command = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", str(course), str(course), *command]
    else:
        course.chmod(0o555)
    result = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    course.chmod(0o755)
    assert "cannot write in" in one_line(result)
