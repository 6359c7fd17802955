"""Reads docker-compose.yml and starts single services of it as plain processes.

What differs from a container is only what a container brings: names of hosts and paths of mounts.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")


@dataclass(frozen=True)
class Service:
    """What docker-compose.yml says about one service."""

    command: list[str]
    environment: dict[str, str]


def services(path: Path, variables: Mapping[str, str]) -> dict[str, Service]:
    """The file's services, with ``${NAME:-default}`` filled in from ``variables``."""
    text = VARIABLE.sub(lambda found: variables.get(found[1], found[2]), path.read_text())
    document: dict[str, Any] = YAML(typ="safe").load(text)
    return {
        name: Service(
            [str(word) for word in service.get("command", [])],
            {key: str(value) for key, value in service.get("environment", {}).items()},
        )
        for name, service in document["services"].items()
    }


def free_port() -> int:
    """A port of the loopback interface that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@dataclass
class Running:
    """A process that has said that it is ready, and everything it says, for when a test fails."""

    command: list[str]
    environment: dict[str, str]
    ready: str
    folder: Path
    said: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.environment}
        self._process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        serving = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(serving,), daemon=True)
        self._reader.start()
        came = serving.wait(timeout=60)
        if not came or self._process.poll() is not None or self.ready not in "".join(self.said):
            self._stop()
            said = "".join(self.said)
            raise AssertionError(f"{self.command[0]} never said {self.ready!r}, but:\n{said}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        if error is not None:
            print(f"--- {self.command[0]}\n{''.join(self.said)}")

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=30)
        finally:
            self._process.kill()
            self._process.wait()
            self._reader.join()
            if self._process.stdout is not None:
                self._process.stdout.close()

    @property
    def returncode(self) -> int | None:
        """The exit status, once it has ended."""
        return self._process.returncode

    def _read(self, serving: threading.Event) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line)
            if self.ready in line:
                serving.set()
        serving.set()
