"""What boards cost as files that can be brought in again: .inkwire, .ndjson, .excalidraw.

A board of 100,000 strokes of fifty points is brought in from a backup and exported in each format: the time to the
first byte and to the last, and by how much the worker's memory grows meanwhile; beside it the largest that the
process that writes the file ever was. ``python -m bench.record_files [--strokes 100000]``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bench.process_usage import children, command_of, resident_bytes
from bench.room import free_port, new_board, running
from inkwire.exporting.backup import draw_backup
from inkwire.exporting.look import Look
from inkwire.exporting.source import Held
from inkwire.protocol.backup import PREFACE
from tests.exporting.boards import Info
from tests.harness.filled import strokes

MIB = 2**20
_EVERY_SECONDS = 0.02


class Memory:
    """The largest that the worker and the process that draws were, sampled."""

    def __init__(self, launcher: int) -> None:
        self._launcher = launcher
        self._worker = next(pid for pid in children(launcher) if "spawn_main" in command_of(pid))
        self.worker = self.drawing = 0

    @contextlib.contextmanager
    def watched(self) -> Iterator[int]:
        """Samples meanwhile; gives what the worker had before."""
        ended = threading.Event()
        self.drawing = 0
        before = self.worker = resident_bytes(self._worker)
        thread = threading.Thread(target=self._sample, args=(ended,))
        thread.start()
        try:
            yield before
        finally:
            ended.set()
            thread.join()

    def _sample(self, ended: threading.Event) -> None:
        while not ended.wait(_EVERY_SECONDS):
            self.worker = max(self.worker, resident_bytes(self._worker))
            with contextlib.suppress(OSError):
                for pid in children(self._worker):
                    if "exporting.worker" in command_of(
                        pid
                    ):  # not a copy of the worker that becomes it
                        self.drawing = max(self.drawing, resident_bytes(pid))


def backup_of(count: int) -> bytes:
    """A board of strokes as a backup."""
    drawing = [op.element for op in strokes(count, random.Random(7))]
    return PREFACE + b"".join(draw_backup(Info(), Held(drawing), Look()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=100_000)
    count: int = parser.parse_args().strokes
    data = backup_of(count)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "inkwire", "serve", "--port", str(port)]
        env = {"INKWIRE_DATA_DIR": str(Path(folder) / "data"), "INKWIRE_WORKERS": "1"}
        cores = os.sched_getaffinity(0)
        with running(command, port, "/readyz", cores=cores, **env) as launcher:
            made = new_board(base)
            token = made["links"]["owner"]["token"]
            url = f"{base}/api/boards/{made['id']}"
            memory = Memory(launcher)
            client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=600)
            started = time.perf_counter()
            with memory.watched() as before:
                answer = client.post(f"{url}/import", content=data)
            assert json.loads(answer.text.splitlines()[-1])["result"]["count"] == count
            print(
                f"import .inkwire: {len(data) / MIB:.1f} MiB in {time.perf_counter() - started:.1f} s,"
                f" worker +{(memory.worker - before) / MIB:.0f} MiB"
            )
            for kind in ("inkwire", "ndjson", "excalidraw"):
                started = time.perf_counter()
                first = size = 0.0
                with (
                    memory.watched() as before,
                    client.stream("GET", f"{url}/export.{kind}") as stream,
                ):
                    for piece in stream.iter_raw():
                        first = first or time.perf_counter() - started
                        size += len(piece)
                print(
                    f"export.{kind}: first byte {first * 1000:.0f} ms,"
                    f" {size / MIB:.1f} MiB in {time.perf_counter() - started:.1f} s,"
                    f" worker +{(memory.worker - before) / MIB:.0f} MiB,"
                    f" drawing process {memory.drawing / MIB:.0f} MiB"
                )


if __name__ == "__main__":
    main()
