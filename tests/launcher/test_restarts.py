"""A worker that dies is started again: at once, and ever more slowly if it keeps dying."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from inkwire.launcher.restarts import LONGEST_PAUSE_SECONDS, Restarts
from tests.harness.server import Server


def test_the_pause_grows_while_a_worker_keeps_dying() -> None:
    restarts = Restarts()
    pauses = [restarts.ended(100.0, settled=False) for _ in range(2_000)]
    assert pauses[:6] == [0.0, 0.25, 0.5, 1.0, 2.0, 4.0]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
    assert restarts.due_at == 100.0 + LONGEST_PAUSE_SECONDS


def test_a_worker_that_served_is_replaced_at_once() -> None:
    restarts = Restarts()
    for _ in range(4):
        restarts.ended(7.0, settled=False)
    assert restarts.ended(50.0, settled=True) == 0.0
    assert restarts.due_at == 50.0
    assert restarts.ended(51.0, settled=False) == 0.0


def test_a_worker_that_cannot_live_is_told_of_and_tried_until_it_can(tmp_path: Path) -> None:
    """It dies in its first moment four times; then the reason is gone, and it serves."""
    poison = tmp_path / "poison"
    server = Server(
        tmp_path / "house",
        "",
        TEST_APP="tests.harness.poisoned:create_app",
        TEST_POISON=str(poison),
    )
    try:
        (worker,) = server.worker_pids()
        poison.touch()
        os.kill(worker, signal.SIGKILL)
        told: list[dict[str, object]] = []
        while len(told) < 3:
            told += [line for line in server.news() if line.get("event") == "worker.keeps_dying"]
        pauses = [line["again_in_s"] for line in told]
        assert pauses[:3] in ([0.25, 0.5, 1.0], [0.5, 1.0, 2.0])  # the killed one may count, too
        poison.unlink()
        assert server.create_board().id  # waits in the launcher's socket until a worker serves
    finally:
        assert server.stop() == 0
