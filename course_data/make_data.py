"""Make the course's four offline data sets for CartPole-v1, and the table of their statistics in README.md.

python course_data/make_data.py [--output DIR]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import gymnasium as gym
import numpy as np
import torch
from torch import nn
from torch.distributions import Categorical

Episode = dict[str, np.ndarray]  # D4RL's five arrays, each with one entry per step of one episode
KEYS = {"observations": np.float32, "actions": np.int64, "rewards": np.float32, "terminals": bool, "timeouts": bool}
NAMES = ("random", "medium", "medium-replay", "expert")
SEED = 7
STEPS = 40_000  # in random, medium and expert; medium-replay is as long as the training was
MEDIUM, EXPERT = 200.0, 495.0  # the policy gets the name at this mean return of the last 3 and 5 batches
BEGIN, END = "<!-- statistics: begin (written by make_data.py) -->", "<!-- statistics: end -->"


def collect(envs: gym.vector.VectorEnv, policy: nn.Module, seed: int) -> list[Episode]:
    """Play one whole episode in every sub-environment, with sampled actions."""
    observations, _ = envs.reset(seed=seed)
    steps: list[tuple[np.ndarray, ...]] = []
    lengths = np.zeros(envs.num_envs, dtype=int)
    running = np.ones(envs.num_envs, dtype=bool)
    while running.any():
        with torch.no_grad():
            chances = policy(torch.as_tensor(observations)).softmax(-1)
            actions = chances.multinomial(1).squeeze(-1).numpy()
        after, rewards, terminated, truncated, _ = envs.step(actions)
        steps.append((observations, actions, rewards, terminated, truncated))
        lengths += running
        running &= ~(terminated | truncated)
        observations = after
    columns = {
        key: np.stack(column).astype(KEYS[key]) for key, column in zip(KEYS, zip(*steps, strict=True), strict=True)
    }
    return [{key: column[:length, i] for key, column in columns.items()} for i, length in enumerate(lengths)]


def update(policy: nn.Module, optimizer: torch.optim.Optimizer, batch: list[Episode], gamma: float = 0.99) -> None:
    """One step of REINFORCE on the standardised discounted rewards-to-go of a batch of episodes."""
    returns: list[float] = []
    for episode in batch:
        later, backwards = 0.0, []
        for reward in reversed(episode["rewards"].tolist()):
            later = reward + gamma * later
            backwards.append(later)
        returns += reversed(backwards)
    weights = torch.tensor(returns)
    weights = (weights - weights.mean()) / (weights.std() + 1e-8)
    observations = torch.as_tensor(np.concatenate([episode["observations"] for episode in batch]))
    actions = torch.as_tensor(np.concatenate([episode["actions"] for episode in batch]))
    loss = -(Categorical(logits=policy(observations)).log_prob(actions) * weights).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def join(episodes: list[Episode], steps: int) -> Episode:
    """The first `steps` steps of the episodes in one data set: the last episode is usually left unfinished."""
    return {key: np.concatenate([episode[key] for episode in episodes])[:steps] for key in KEYS}


def make_datasets(seed: int = SEED) -> dict[str, Episode]:
    """Train one policy; record it untrained, half-way and fully trained, and its training up to half-way."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    reset_seeds = iter(range(seed, 2**31))
    mode = gym.VectorizeMode.VECTOR_ENTRY_POINT
    training, recording = (gym.make_vec("CartPole-v1", num_envs=n, vectorization_mode=mode) for n in (16, 80))
    policy = nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 2))
    optimizer = torch.optim.Adam(policy.parameters(), lr=1e-2)

    def record() -> Episode:
        episodes: list[Episode] = []
        while sum(len(episode["rewards"]) for episode in episodes) < STEPS:
            episodes += collect(recording, policy, next(reset_seeds))
        return join(episodes, STEPS)

    datasets = {"random": record()}
    seen: list[Episode] = []
    means: list[float] = []
    batch: list[Episode] = []
    while len(means) < 5 or np.mean(means[-5:]) < EXPERT:
        if batch:
            update(policy, optimizer, batch)
        batch = collect(training, policy, next(reset_seeds))
        means.append(float(np.mean([episode["rewards"].sum() for episode in batch])))
        if "medium" not in datasets:
            seen += batch
            if np.mean(means[-3:]) >= MEDIUM:
                total = sum(len(episode["rewards"]) for episode in seen)
                datasets["medium-replay"] = join(seen, total // 1000 * 1000)
                datasets["medium"] = record()
    datasets["expert"] = record()
    return datasets


def path_of(folder: Path, name: str) -> Path:
    return folder / f"cartpole-{name}.npz"


def statistics_table(folder: Path) -> str:
    """A Markdown table of the data sets in `folder`; returns are those of the completed episodes."""
    lines = [
        "| data set | size | steps | episodes | ended by a fall | by the time limit | mean | std | min | max return |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in NAMES:
        with np.load(path_of(folder, name)) as data:
            rewards, terminals, timeouts = data["rewards"], data["terminals"], data["timeouts"]
        ends = np.flatnonzero(terminals | timeouts)
        returns = np.array([part.sum() for part in np.split(rewards, ends + 1)[:-1]])
        numbers = " | ".join(f"{f(returns):.1f}" for f in (np.mean, np.std, np.min, np.max))
        size = f"{path_of(folder, name).stat().st_size / 1e3:.0f} kB"
        counts = f"{len(rewards):,} | {len(ends):,} | {(terminals[ends]).sum():,} | {(~terminals[ends]).sum():,}"
        lines.append(f"| {name} | {size} | {counts} | {numbers} |")
    return "\n".join(lines)


def write(datasets: dict[str, Episode], folder: Path) -> None:
    """Save the data sets, then put their table between the markers of the folder's README, or print it."""
    for name, dataset in datasets.items():
        np.savez_compressed(path_of(folder, name), **dataset)  # type: ignore[arg-type]  # its stubs see a keyword
    table = statistics_table(folder)
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    if BEGIN in text and END in text:
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        readme.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    else:
        print(table)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the course's four data sets for CartPole-v1.")
    parser.add_argument("--output", type=Path, default=Path(__file__).resolve().parent, metavar="DIR")
    folder = parser.parse_args(argv).output
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / "cartpole-probe.npz"  # a folder that cannot be written should say so now, not after training
        probe.touch()
        probe.unlink()
        write(make_datasets(), folder)
    except OSError as error:
        print(f"cannot write to {folder} ({error.strerror}): choose another folder with --output DIR", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
