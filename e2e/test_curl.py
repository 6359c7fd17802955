"""A board made and drawn by curl alone, with the commands of docs/api.md, while somebody looks on."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from tests.harness.server import ROOT, Server

PATIENCE_SECONDS = 90
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[str]:
    """The commands of the page, in its order."""
    text = (ROOT / "docs" / "api.md").read_text()
    part = text.partition("## With curl alone\n")[2].partition("\n## ")[0]
    return BLOCK.findall(part)


class Shell:
    """A shell that stays open; what it says is kept."""

    def __init__(self, folder: Path, server: Server) -> None:
        self._process = subprocess.Popen(
            ["bash", "-e", "-u", "-o", "pipefail"],
            cwd=folder,
            env={**os.environ, "SERVER": server.base},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def run(self, commands: str) -> list[str]:
        """What the commands said when they were done, and what else came meanwhile."""
        assert self._process.stdin is not None
        before = len(self.said)
        self._process.stdin.write(f"{commands}\necho; echo done-$((40 + 2))\n")
        self._process.stdin.flush()
        self.until(lambda line: line == "done-42")
        return self.said[before:-1]

    def until(self, wanted: Callable[[str], bool]) -> str:
        """Reads on until a line is there as wanted."""
        while True:
            line = self._lines.get(timeout=PATIENCE_SECONDS)
            assert line is not None, "\n".join(self.said)
            self.said.append(line)
            if wanted(line):
                return line

    def close(self) -> None:
        """Ends it, and the feed that it reads."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if self._process.poll() is None:
            self._process.stdin.write("kill $FEED\nexit 0\n")
        self._process.stdin.close()
        self._process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)


@pytest.fixture
def shell(tmp_path: Path, server: Server) -> Iterator[Shell]:
    opened = Shell(tmp_path, server)
    yield opened
    opened.close()


def test_the_commands_of_the_page_draw_what_they_say(
    shell: Shell, people: People, there: Server, server: Server, tmp_path: Path
) -> None:
    """Live in a browser on another worker: a labelled flow chart, more of it line by line, its pictures."""
    board, feed, chart, lines, change, pictures = blocks()
    link = next(line for line in shell.run(board) if "#k=" in line)
    ana = people.at(link.replace(server.base, there.base))
    shell.run(feed)
    shell.until(lambda line: '"type":"present"' in line)
    answer = shell.run(chart)
    ids = next(json.loads(line)["ids"] for line in answer if line.startswith('{"seq"'))
    assert len(ids) == 13
    ana.has_elements(13)
    assert {each["text"] for each in ana.of_type("text")} == {
        "Start", "Ready?", "Mend it", "Ship it", "no", "yes",
    }  # fmt: skip
    answer = shell.run(lines)
    assert any('"done":true,"lines":3,"refused":0' in line for line in answer)
    ana.has_elements(14)
    assert any('"fill":"#b2f2bb"' in line for line in shell.run(change))
    for id_, fill in (("mend", "#a5d8ff"), ("ship", "#b2f2bb")):
        ana.until(
            "([id, fill]) => window.inkwire.elements().some((e) => e.id === id && e.fill === fill)",
            [id_, fill],
        )
    expect(ana.title).to_have_value("Release 2")
    told = shell.run(pictures)
    assert any('"title":"Release 2"' in line for line in told)
    kinds = {"svg": b"<", "png": b"\x89PNG", "pdf": b"%PDF"}
    for kind, first in kinds.items():
        assert (tmp_path / f"release.{kind}").read_bytes().startswith(first), kind
    if not any('"type":"drew"' in line for line in shell.said):
        shell.until(lambda line: '"type":"drew"' in line)
