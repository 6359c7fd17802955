"""The two sizes of the reliability tests: quick in ``make test``, full in ``make soak``."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

SOAK: Final = "INKWIRE_SOAK" in os.environ
"""Whether the tests run at their full sizes."""
REPORT: Final = os.environ.get("INKWIRE_SOAK_REPORT", "")
"""The file that figures are written to, one JSON object a line; none if empty."""

Size = TypeVar("Size", int, float)


def sized(quick: Size, full: Size) -> Size:
    """How many cases, rounds or seconds: ``quick`` in ``make test``, ``full`` in ``make soak``."""
    return full if SOAK else quick


@dataclass(frozen=True)
class Report:
    """Where a test notes what it saw; ``test`` is its name."""

    test: str

    def __call__(self, rule: str, **figures: float | str) -> None:
        """Notes figures for a test of ``docs/reliability.md``, like ``report("S3", cuts=500)``.

        Units stand in the names: ``longest_ms``, ``grown_mib``.
        """
        row = {"rule": rule, "test": self.test, **figures}
        print(json.dumps(row))
        if REPORT:
            with Path(REPORT).open("a") as file:
                file.write(json.dumps(row) + "\n")
