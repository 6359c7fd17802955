"""One parent: it says when it serves, starts anew what dies, and takes all with it when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.launcher.conftest import Launched, Start, asked, ended, environment

END_SECONDS = 40.0
"""Measured: 0.4 s on an idle machine. The rest is for one that runs other tests too."""

PATIENT_APP = """
import sys
from inkwire.config import load_settings
from inkwire.launcher import serve, supervisor
supervisor.STORE_DEATHS_SECONDS = 1e9
sys.exit(serve(load_settings(port=0), lambda address: print(address, flush=True)))
"""
BROKEN_APP = """
import sys
from inkwire.config import load_settings
from inkwire.launcher import serve
sys.exit(serve(load_settings(port=0), print, app="inkwire.launcher:no_such_factory"))
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_when_it_serves_and_ends_cleanly(start: Start, how: signal.Signals) -> None:
    """No process is left, and the port and the folder can be used again."""
    launched = start(INKWIRE_WORKERS="2")
    address = launched.serving()
    assert launched.line == f"Inkwire is running at {address}"
    assert asked(f"{address}/healthz")
    children = launched.children()
    assert [len(children["worker"]), len(children["store"])] == [2, 1]
    started = time.monotonic()
    assert launched.ends(how) == 0
    assert time.monotonic() - started < END_SECONDS
    assert all(ended(pid, 0) for pids in children.values() for pid in pids)
    again = start("--port", address.rsplit(":", 1)[1])
    assert again.serving() == address


def test_a_killed_worker_is_replaced(start: Start) -> None:
    """The other one and the store go on. That it is at once: ``test_restarts``."""
    launched = start(INKWIRE_WORKERS="2")
    address = launched.serving()
    before = launched.children()
    victim = before["worker"][0]
    os.kill(victim, signal.SIGKILL)
    assert launched.event("worker.restarted")["died"] == victim
    launched.event("worker.started")
    after = launched.children()
    assert len(set(before["worker"]) & set(after["worker"])) == 1
    assert after["store"] == before["store"]
    assert asked(f"{address}/healthz")


def test_a_killed_store_is_replaced_and_forgets_nothing(start: Start) -> None:
    launched = start()
    address = launched.serving()
    board = asked(f"{address}/api/boards", {"title": "Kept"})
    for _ in range(2):
        (store,) = launched.children()["store"]
        os.kill(store, signal.SIGKILL)
        assert launched.event("store.restarted")["pid"] != store
    token = board["links"]["viewer"]["token"]
    assert _eventually(f"{address}/api/boards/{board['id']}", token)["title"] == "Kept"


def _eventually(url: str, token: str) -> dict[str, str]:
    """The answer once the store answers again."""
    deadline = time.monotonic() + END_SECONDS
    while True:
        try:
            answer: dict[str, str] = asked(url, token=token)
        except OSError:
            assert time.monotonic() < deadline
        else:
            return answer


def test_a_store_that_keeps_dying_ends_it(start: Start) -> None:
    """The sixth death within the time is the last; here the time is long, the machine may be slow."""
    launched = start(program=PATIENT_APP)
    launched.serving()
    for _ in range(5):
        os.kill(launched.children()["store"][0], signal.SIGABRT)
        launched.event("store.restarted")
    os.kill(launched.children()["store"][0], signal.SIGABRT)
    assert launched.event("store.keeps_dying")["log"].endswith("store.log")
    launched.process.communicate(timeout=30)
    assert launched.process.returncode == 1


def test_kill_9_of_the_parent_leaves_nothing_behind(start: Start) -> None:
    launched = start(INKWIRE_WORKERS="2")
    address = launched.serving()
    children = launched.children()
    launched.process.kill()
    launched.process.communicate()
    assert all(ended(pid, END_SECONDS) for pids in children.values() for pid in pids)
    assert start("--port", address.rsplit(":", 1)[1]).serving() == address


def test_a_taken_port(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, words = _fails(start("--port", port))
    assert code == 1
    assert words.startswith(f"inkwire: Cannot listen on 127.0.0.1 port {port}:")
    assert "--port" in words


def test_a_taken_folder(start: Start) -> None:
    first = start()
    first.serving()
    code, words = _fails(start())
    assert code == 1
    assert f"process {first.process.pid}" in words
    assert "--data-dir" in words


def test_an_application_that_does_not_start(start: Start) -> None:
    """The workers' error is on standard error, and the exit code says so."""
    code, words = _fails(start(program=BROKEN_APP))
    assert code == 1
    assert "no_such_factory" in words


def test_settings_that_contradict_each_other(start: Start) -> None:
    extra = {"INKWIRE_REDIS_URL": "redis://localhost", "INKWIRE_FSYNC": "always"}
    code, words = _fails(start(**extra))
    assert (code, words.count("Traceback")) == (1, 0)
    assert "embedded store only" in words


def test_a_store_that_does_not_fit(start: Start, tmp_path: Path) -> None:
    code, words = _fails(start("--redis-url", f"unix://{tmp_path}/nothing"))
    assert code == 1
    assert "does not answer" in words


def _fails(launched: Launched) -> tuple[int, str]:
    _, words = launched.process.communicate(timeout=60)
    return launched.process.returncode, words


@pytest.mark.parametrize("arguments", [["serve", "--no-such-option"], ["no-such-command"]])
def test_wrong_usage(arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "inkwire", *arguments],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert ran.returncode == 2
    assert "Usage" in ran.stderr
