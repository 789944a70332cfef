"""Take away what the demo made, and nothing that belongs to a real class."""

import shutil

from tools import gradebook
from tools.course import ROOT, run_command


def main(arguments: list[str]) -> None:
    gradebook.require_samples_only()
    for folder in [ROOT / "submitted", ROOT / "feedback", *(ROOT / "autograded").glob("*/")]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in [gradebook.database(), ROOT / "grades.csv"]:
        file.unlink(missing_ok=True)


if __name__ == "__main__":
    run_command(main)
