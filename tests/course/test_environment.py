"""One set of versions: pyproject.toml, constraints.txt, environment.yml and the environment itself agree."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

from tools.course import ROOT
from tools.student_bundle import environment, requirements


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def pinned(requirement: str) -> tuple[str, str]:
    match = re.fullmatch(r"([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", requirement)
    assert match, f"{requirement} is not pinned with =="
    return match[1], match[2]


def test_direct_dependencies_are_pinned_as_constrained_and_installed() -> None:
    for name, pin in map(pinned, requirements()):
        assert constraints()[name] == pin
        assert version(name).split("+")[0] == pin


def test_constraints_are_what_is_installed() -> None:
    installed = {name: version(name).split("+")[0] for name in constraints()}
    assert installed == constraints()


def test_environment_yml_installs_what_is_already_there(tmp_path: Path) -> None:
    """Its pip part, applied to the environment of the tests, would change nothing but the project itself."""
    dependencies = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    assert f"python={sys.version_info.major}.{sys.version_info.minor}" in dependencies
    pip_part = next(entry["pip"] for entry in dependencies if isinstance(entry, dict))
    arguments = [word for line in pip_part for word in line.split()]
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--report", str(report), *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    changed = [entry["metadata"]["name"] for entry in json.loads(report.read_text())["install"]]
    assert changed == ["deep-rl-by-homework"]


def test_students_get_the_same_versions() -> None:
    pip_part = yaml.safe_load(environment())["dependencies"][-1]["pip"]
    assert pip_part == ["--constraint constraints.txt", *requirements()]
