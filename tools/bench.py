"""Measure the lessons and their grading, and print a table.

Every row holds a measured time and what the course promises. Times depend on the machine: compare rows of one run.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import notebooks, sample_class
from tools.course import copy_course, lessons, nbgrader, notebook_path, run_command
from tools.release import generate

STUDENT_SECONDS = {"reinforce": 90}  # it trains three seeds; the other lessons: 60
SEEDS = range(20)


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def row(what: str, measured: str, promised: str) -> None:
    print(f"{what:66}{measured:>26}   {promised}", flush=True)


def run_as_student(lesson: str, course: Path) -> None:
    """Execute the source notebook from top to bottom with the budgets that a student has."""
    source = notebook_path("source", lesson, course)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", str(source), "--output-dir"]
    environment = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    subprocess.run([*command, str(course / "executed")], env=environment, capture_output=True, check=True)


def bench_notebooks(course: Path) -> None:
    for lesson in lessons(course):
        took = seconds(lambda lesson=lesson: run_as_student(lesson, course))  # type: ignore[misc]
        row(f"{lesson}: source run as a student runs it", f"{took:.0f} s", f"<= {STUDENT_SECONDS.get(lesson, 60)} s")


def bench_autograde(course: Path) -> None:
    for lesson in lessons(course):
        generate(lesson, course)
        sample_class.write(lesson, course)
        command = ("autograde", lesson, "--student=sample-01")
        took = seconds(lambda command=command: nbgrader(*command, root=course))  # type: ignore[misc]
        row(f"{lesson}: one solved submission autograded", f"{took:.1f} s", "<= 15 s")


def bench_testbed() -> None:
    namespace = notebooks.run_solutions("bandits")
    np = namespace["np"]
    q_star = np.random.default_rng(0).normal(size=(2000, 10))
    took = seconds(lambda: namespace["eps_greedy_testbed"](q_star, 0.1, 1000, np.random.default_rng(1)))
    row("bandits: eps_greedy_testbed, 2000 bandits x 1000 steps", f"{took:.2f} s", "<= 1 s")


def train_reinforce(seed: int, lesson: dict[str, Any]) -> int | None:
    """Episodes until the mean of the last 100 scores reached 475, or None if 1,000 were not enough."""
    lesson["torch"].manual_seed(seed)
    policy = lesson["CategoricalPolicy"](4, 2)
    optimizer = lesson["torch"].optim.Adam(policy.parameters(), lr=1e-2)
    env = lesson["gym"].make("CartPole-v1")
    scores = lesson["reinforce"](env, policy, optimizer, episodes=1000, seed=1000 * seed)
    return len(scores) if sum(scores[-100:]) / 100 >= 475 else None


def train_reward_to_go(seed: int, lesson: dict[str, Any]) -> int | None:
    """Episodes until the mean of the last five batches reached 475, or None if 1,000 were not enough."""
    lesson["torch"].manual_seed(seed)
    policy, value_net = lesson["Policy"](), lesson["ValueNet"]()
    envs = lesson["gym"].make_vec("CartPole-v1", num_envs=16)
    returns = lesson["train"](envs, policy, value_net, iterations=1000 // 16, seed=1000 * seed)
    return 16 * len(returns) if sum(returns[-5:]) / 5 >= 475 else None


def bench_training() -> None:
    """Both lessons' learners side by side, seed by seed, so that a busy minute of the machine hits both."""
    learners = {
        "reward_to_go: train, batches of 16 episodes": (train_reward_to_go, notebooks.run_solutions("reward_to_go")),
        "reinforce: reinforce, one episode at a time": (train_reinforce, notebooks.run_solutions("reinforce")),
    }
    times: dict[str, list[float]] = {what: [] for what in learners}
    episodes: dict[str, list[int | None]] = {what: [] for what in learners}
    for seed in SEEDS:
        for what, (learner, lesson) in learners.items():
            start = time.perf_counter()
            episodes[what].append(learner(seed, lesson))
            times[what].append(time.perf_counter() - start)
    for what in learners:
        report_seeds(what, episodes[what], times[what])
    faster, slower = (statistics.median(times[what]) for what in learners)
    row("reinforce's time over train's, medians", f"{slower / faster:.1f}", "5 to 10 expected")


def report_seeds(what: str, episodes: list[int | None], times: list[float]) -> None:
    missed = [seed for seed, count in zip(SEEDS, episodes, strict=True) if count is None]
    reached = sorted(count for count in episodes if count is not None)
    measured = f"{len(reached)} of {len(SEEDS)}, median {statistics.median(times):.1f} s"
    row(f"{what}: seeds at 475", measured, f"{len(SEEDS)} within 1,000 episodes; missed seeds: {missed or 'none'}")


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder) / "course")
        row("what", "measured", "promised")
        bench_notebooks(course)
        bench_autograde(course)
    bench_testbed()
    bench_training()


if __name__ == "__main__":
    run_command(main)
