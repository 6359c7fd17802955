"""Servers as processes: one worker each on one store, so that a test chooses its worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
END_SECONDS = 60


@dataclass(frozen=True)
class Link:
    """A way into a board on one server."""

    url: str
    token: str


@dataclass(frozen=True)
class NewBoard:
    """A board made over HTTP; ``links`` by role."""

    id: str
    links: dict[str, Link]

    @property
    def token(self) -> str:
        """The editor's token."""
        return self.links["editor"].token


class Server:
    """A launcher with its workers; starts at once and serves when the constructor returns."""

    def __init__(self, folder: Path, redis_url: str, *, workers: int = 1, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.redis_url = redis_url
        self.log_path = folder / "log"
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("INKWIRE_")
        }
        environment |= {
            "PYTHONPATH": os.pathsep.join((str(ROOT / "backend"), str(ROOT))),
            "INKWIRE_HOST": "127.0.0.1",
            "INKWIRE_PORT": "0",
            "INKWIRE_WORKERS": str(workers),
            "INKWIRE_DATA_DIR": str(folder / "data"),
            "INKWIRE_REDIS_URL": redis_url,
        }
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.harness.serve"],
                cwd=ROOT,
                env=environment | settings,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            self.base = self._address()
        except BaseException:
            self.process.kill()
            self.process.communicate()
            raise
        self.port = int(self.base.rsplit(":", 1)[1])
        self._read_to = 0

    def create_board(self, title: str = "") -> NewBoard:
        """A new board."""
        made = self.post("/api/boards", {"title": title})
        return NewBoard(made["id"], {role: Link(**link) for role, link in made["links"].items()})

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON answer to a JSON body."""
        request = urllib.request.Request(
            self.base + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def link(self, board: NewBoard, role: str = "editor") -> str:
        """The board's link on this server: servers that share a store share boards."""
        return f"{self.base}/b/{board.id}#k={board.links[role].token}"

    def socket_url(self, board: str) -> str:
        """Where the board's socket is."""
        return f"ws{self.base.removeprefix('http')}/api/boards/{board}/socket"

    def worker_pids(self) -> list[int]:
        """The processes that serve."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split() if _serves(int(pid))]

    def metric(self, name: str, **labels: str) -> float:
        """One number of ``/metrics``; 0 for one that was never counted."""
        wanted = {f'{key}="{value}"' for key, value in labels.items()}
        with urllib.request.urlopen(self.base + "/metrics", timeout=60) as answer:
            for line in answer.read().decode().splitlines():
                found, _, rest = line.partition("{")
                if not rest:
                    found, _, value = line.partition(" ")
                    had: set[str] = set()
                else:
                    inside, _, value = rest.partition("}")
                    had = set(inside.split(","))
                if found == name and wanted <= had:
                    return float(value)
        return 0.0

    def news(self) -> list[dict[str, Any]]:
        """Log lines since the last time, as objects. What is no JSON is a fault: ``{"raw": …}``."""
        with self.log_path.open() as log:
            log.seek(self._read_to)
            text = log.read()
            self._read_to = log.tell()
        lines = []
        for line in text.splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                lines.append({"raw": line})
        return lines

    def terminate(self) -> None:
        """Asks it to end, as an operator would."""
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Ends it and returns its exit code."""
        if self.process.poll() is None:
            self.terminate()
        try:
            self.process.communicate(timeout=END_SECONDS)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.communicate()
        return self.process.returncode

    def _address(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the server did not start:\n{self.log_path.read_text()}")
        return line.strip()


def _serves(pid: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def faults(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Log lines that no test should cause: tracebacks, errors, lines that are not ours."""
    return [
        line
        for line in lines
        if "raw" in line or "traceback" in line or line.get("level") in ("error", "critical")
    ]
