"""What was seen of one phase, in figures."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

LATE_MS = 33.5


@dataclass(frozen=True)
class Figures:
    """Frames per second (mean and median), the share of late frames, the main thread, the pointer.

    Times in milliseconds, shares in percent. ``waits`` are from a pointer event to the end of the frame
    that shows it.
    """

    fps: float
    median_fps: float
    p95_frame: float
    late: float
    task_per_frame: float
    p50_wait: float | None = None
    p95_wait: float | None = None

    def __str__(self) -> str:
        text = f"{self.fps:.0f} / {self.late:.1f} % / {self.task_per_frame:.1f}"
        if self.p95_wait is not None:
            text += f" / {self.p50_wait:.0f}, {self.p95_wait:.0f}"
        return text


def figures(frames: list[float], waits: list[float], task_seconds: float) -> Figures:
    """From the times of frames and the waits of pointer events, both in milliseconds."""
    gaps = sorted(b - a for a, b in pairwise(frames))
    return Figures(
        fps=1000 * len(gaps) / (frames[-1] - frames[0]),
        median_fps=1000 / share_of(gaps, 0.5),
        p95_frame=share_of(gaps, 0.95),
        late=100 * sum(gap > LATE_MS for gap in gaps) / len(gaps),
        task_per_frame=1000 * task_seconds / len(gaps),
        p50_wait=share_of(sorted(waits), 0.5) if waits else None,
        p95_wait=share_of(sorted(waits), 0.95) if waits else None,
    )


def share_of(ascending: list[float], share: float) -> float:
    """The value below which this share lies."""
    return ascending[min(len(ascending) - 1, int(len(ascending) * share))]


def as_json(columns: dict[str, dict[str, Figures | float]], **about: Any) -> str:
    """All columns, and under which conditions they were measured."""
    cells = {
        name: {
            row: asdict(cell) if isinstance(cell, Figures) else cell for row, cell in column.items()
        }
        for name, column in columns.items()
    }
    return json.dumps({**about, "columns": cells}, indent=1)
