"""Run small tasks in forks of this process, a few at a time: what one does to the state, no other sees."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")
TIMEOUT = 120.0  # seconds; a graded cell needs a few, on a busy machine ten times as much


def run_in_forks(tasks: Sequence[Callable[[], T]], timeout: float = TIMEOUT) -> list[T | None]:
    """The tasks' results in order; None for one that took longer than `timeout` seconds or ended its process."""
    context = multiprocessing.get_context("fork")
    results: list[T | None] = []
    at_once = os.cpu_count() or 1
    for start in range(0, len(tasks), at_once):
        running = []
        for task in tasks[start : start + at_once]:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_send_result, args=(task, sender))
            process.start()
            sender.close()
            running.append((process, receiver))
        for process, receiver in running:
            results.append(_receive(receiver, timeout))
            process.kill()
            process.join()
    return results


def _send_result(task: Callable[[], T], sender: Connection) -> None:
    sender.send(task())


def _receive(receiver: Connection, timeout: float) -> T | None:
    try:
        return receiver.recv() if receiver.poll(timeout) else None
    except EOFError:
        return None
