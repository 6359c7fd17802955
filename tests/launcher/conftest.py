"""`inkwire serve` as a person starts it."""

from __future__ import annotations

import io
import json
import os
import select
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from inkwire.cli import main

ROOT = Path(__file__).parents[2]
Start = Callable[..., "Launched"]


def environment() -> dict[str, str]:
    """Without the settings of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INKWIRE_")}
    return kept | {"PYTHONPATH": os.pathsep.join((str(ROOT / "backend"), str(ROOT)))}


class Launched:
    """A running `inkwire serve`; what it says is read line by line."""

    def __init__(self, command: list[str], extra: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment() | extra,
        )
        self.line = ""

    def serving(self) -> str:
        """Waits for the address."""
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline().rstrip("\n")
        assert self.line, self.process.communicate()[1]
        return self.line.removeprefix("Inkwire is running at ")

    def event(self, name: str) -> dict[str, Any]:
        """Waits for a line of the log."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            found: dict[str, Any] = json.loads(line)
            if found["event"] == name:
                return found
        raise AssertionError(f"it ended without {name}")

    def children(self) -> dict[str, list[int]]:
        """The processes it started, by kind."""
        text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        found: dict[str, list[int]] = {"worker": [], "store": []}
        for pid in map(int, text.split()):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"spawn_main" in command:
                found["worker"].append(pid)
            elif "valkey" in os.readlink(f"/proc/{pid}/exe"):  # it writes its own command line anew
                found["store"].append(pid)
        return found

    def ends(self, how: signal.Signals) -> int:
        """Sends the signal and waits for the exit code."""
        self.process.send_signal(how)
        self.process.communicate(timeout=30)
        return self.process.returncode


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `inkwire serve` on a free port and a folder of the test's own."""
    started: list[Launched] = []

    def begin(*options: str, program: str = "", **extra: str) -> Launched:
        command = ["-c", program] if program else ["-m", "inkwire", "serve", "--port", "0"]
        folder = {"INKWIRE_DATA_DIR": str(tmp_path), "INKWIRE_WORKERS": "1"}
        started.append(Launched([*command, *options], folder | extra))
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.process.kill()
        each.process.communicate()


@dataclass
class Ran:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


RunHere = Callable[..., Ran]


@pytest.fixture
def run_here(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> RunHere:
    """The command line within this process: starting one for each command takes longer than all the rest."""
    for name in os.environ:
        if name.startswith("INKWIRE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INKWIRE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")

    def command(*arguments: str, given: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["inkwire", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsysbinary.readouterr()
        return Ran(code, said.out.decode(), said.err.decode())

    return command


def ended(pid: int, seconds: float) -> bool:
    """Waits so long for a process that is not our child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def asked(url: str, body: dict[str, str] | None = None, token: str = "") -> Any:
    """The JSON, or the text, that the server answers."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as answer:
        text = answer.read().decode()
    return json.loads(text) if text.startswith("{") else text
