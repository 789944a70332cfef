"""Build the bundle that students get, `dist/deep-rl-by-homework.zip`: the student versions, their data, how to set up.

It holds nothing of the instructor's: no source, no configuration of nbgrader, no package of ours to install.
"""

import tomllib
import zipfile
from pathlib import Path

from tools.course import ROOT, CourseError, lessons, require_writable, run_command

NAME = "deep-rl-by-homework"
README = Path(__file__).with_name("student_readme.md")


def requirements(root: Path = ROOT) -> list[str]:
    """The course's direct dependencies, pinned, from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return list(project["dependencies"])


def environment(root: Path = ROOT) -> str:
    """The course's environment.yml with the requirements themselves where the course installs itself."""
    text = (root / "environment.yml").read_text()
    before, editable, after = text.partition("      - --editable .\n")
    if not editable:
        raise CourseError("environment.yml no longer installs the course with `--editable .`: mend it first")
    header = "# For conda: conda env create -f environment.yml\n"
    body = before[before.index("name:") :]
    return header + body + "".join(f"      - {requirement}\n" for requirement in requirements(root)) + after


def lesson_files(lesson: str, root: Path = ROOT) -> list[Path]:
    """The files of a lesson's student version; raises CourseError where one that the source has is missing."""
    release, source = root / "release" / lesson, root / "source" / lesson
    expected = {path.name for path in source.iterdir() if path.is_file() and not path.name.endswith(".pct.py")}
    missing = sorted(name for name in expected if not (release / name).exists())
    if missing:
        raise CourseError(f"release/{lesson}/{missing[0]} is missing: run `make release` first")
    return [release / name for name in sorted(expected)]


def build(root: Path = ROOT) -> Path:
    """Write the bundle and return its path."""
    require_writable(root)
    files = [path for lesson in lessons(root) for path in lesson_files(lesson, root)]
    bundle = root / "dist" / f"{NAME}.zip"
    bundle.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(README, f"{NAME}/README.md")
        archive.write(root / "constraints.txt", f"{NAME}/constraints.txt")
        archive.write(root / "LICENSE", f"{NAME}/LICENSE")
        archive.writestr(f"{NAME}/environment.yml", environment(root))
        archive.writestr(f"{NAME}/requirements.txt", "\n".join([*requirements(root), ""]))
        for path in files:
            archive.write(path, f"{NAME}/{path.parent.name}/{path.name}")
    return bundle


def main(arguments: list[str]) -> None:
    bundle = build()
    print(f"{bundle} ({bundle.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    run_command(main)
