"""The data sets: D4RL's layout, one script that makes them, and the statistics that their README states."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tools.course import ROOT

DATA = ROOT / "course_data"
NAMES = ("random", "medium", "medium-replay", "expert")
LAYOUT = {
    "observations": (np.float32, 2),
    "actions": (np.int64, 1),
    "rewards": (np.float32, 1),
    "terminals": (np.bool_, 1),
    "timeouts": (np.bool_, 1),
}


def make(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DATA / "make_data.py"), "--output", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The data sets made anew, twice."""
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    for folder in folders:
        result = make(folder)
        assert result.returncode == 0, result.stderr
    return folders


@pytest.mark.parametrize("name", NAMES)
def test_two_builds_give_the_same_bytes(rebuilt: list[Path], name: str) -> None:
    first, second = (folder / f"cartpole-{name}.npz" for folder in rebuilt)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_layout_is_d4rls(name: str) -> None:
    with np.load(DATA / f"cartpole-{name}.npz") as data:
        assert set(data) == set(LAYOUT)
        steps = len(data["rewards"])
        for key, (dtype, dimensions) in LAYOUT.items():
            assert data[key].dtype == dtype and data[key].ndim == dimensions and len(data[key]) == steps


def test_readme_states_the_statistics_of_the_data() -> None:
    sys.path.insert(0, str(DATA))
    from make_data import statistics_table

    assert statistics_table(DATA) in (DATA / "README.md").read_text()


def test_data_stay_small_enough_to_clone() -> None:
    assert sum(path.stat().st_size for path in DATA.glob("*.npz")) < 10e6


def test_the_lesson_carries_the_same_file() -> None:
    name = "cartpole-medium-replay.npz"
    assert (ROOT / "source" / "reward_to_go" / name).read_bytes() == (DATA / name).read_bytes()


def test_an_output_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = make(tmp_path / "file" / "data")
    assert result.returncode == 1 and result.stderr.count("\n") == 1 and str(tmp_path) in result.stderr
