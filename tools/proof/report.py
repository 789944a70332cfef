"""The proof's table, for the terminal and for docs/grading.md."""

from dataclasses import dataclass
from pathlib import Path

from tools.course import ROOT
from tools.proof import verdict
from tools.proof.chance import Chance
from tools.proof.own_cells import Judgement
from tools.proof.whole_notebook import WholeJudgement

BEGIN, END = "<!-- proof: begin (written by `make proof`) -->", "<!-- proof: end -->"


@dataclass(frozen=True)
class LessonProof:
    lesson: str
    judgements: list[Judgement]
    whole: list[WholeJudgement]
    chances: list[Chance]
    coverage: verdict.Coverage
    problems: list[str]

    def accepted(self, is_right: bool) -> str:
        """How many of the right (wrong) answers got what they deserve as whole notebooks."""
        judged = [judgement for judgement in self.whole if judgement.answer.is_right == is_right]
        good = [judgement for judgement in judged if verdict.whole_notebook_problem(judgement) is None]
        return f"{len(good)} of {len(judged)}"

    def named(self) -> str:
        wrong = [judgement for judgement in self.judgements if not judgement.answer.is_right]
        named = [judgement for judgement in wrong if verdict.is_named(judgement, self.judgements)]
        return f"{len(named)} of {len(wrong)} ({len(named) / len(wrong):.0%})"

    def repeats(self) -> str:
        flakes = {cell for chance in self.chances for cell in chance.flakes}
        return f"{sum(chance.repeats for chance in self.chances)} ({len(flakes)} flaky cells)"

    def all_problems(self) -> list[str]:
        flaky = [f"{cell} failed the reference by chance" for chance in self.chances for cell in sorted(chance.flakes)]
        lucky = [f"{chance.exercise}: {name} passed by chance" for chance in self.chances for name in chance.lucky]
        uncovered = [f"{cell} is failed by no wrong answer" for cell in self.coverage.never_failed]
        return [*self.problems, *flaky, *lucky, *uncovered]


def table(proofs: list[LessonProof]) -> str:
    """A Markdown table, one row per lesson."""
    lines = [
        "| lesson | exercises | wrong answers rejected | right answers accepted | mistakes named | "
        "repeats of the reference | graded cells that a wrong answer fails |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for proof in proofs:
        exercises = len({judgement.answer.exercise for judgement in proof.judgements})
        covered = f"{len(proof.coverage.cells & proof.coverage.failed)} of {len(proof.coverage.cells)}"
        lines.append(
            f"| {proof.lesson} | {exercises} | {proof.accepted(False)} | {proof.accepted(True)} | {proof.named()} | "
            f"{proof.repeats()} | {covered} |"
        )
    return "\n".join(lines)


def write_table(proofs: list[LessonProof], root: Path = ROOT) -> None:
    """Put the table between its markers in docs/grading.md."""
    page = root / "docs" / "grading.md"
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table(proofs)}\n{END}{after}")
