"""The application with a wall clock that a test may step while it runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

from fastapi import FastAPI

from inkwire.live.clock import Clock

STEP_FILE = "wall-clock-step-ms"
"""In the server's data folder: by how many milliseconds its wall clock is wrong; right if missing."""


def step(data_dir: Path, milliseconds: int) -> None:
    """Steps the wall clock of the server with that data folder; steps are not added up."""
    (data_dir / STEP_FILE).write_text(str(milliseconds))


def _stepped_clock() -> Clock:
    file = Path(os.environ["INKWIRE_DATA_DIR"]) / STEP_FILE

    def wall_ms() -> int:
        wrong = int(file.read_text() or 0) if file.exists() else 0
        return time.time_ns() // 1_000_000 + wrong

    return Clock(wall_ms=wall_ms)


def create_app() -> FastAPI:
    """``inkwire.app.create_app`` in a worker that asks the test what time it is."""
    from inkwire.live import hub

    setattr(hub, "Clock", _stepped_clock)  # noqa: B010  # where a hub without a clock makes one
    from inkwire.app import create_app as real

    return real()
