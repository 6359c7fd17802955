"""Structured logs: one JSON object a line, an event with fields.

Nothing that people draw or write is logged, and no token: an event has ids, counts and durations. JSON
escapes control characters, so nothing from outside can forge a line.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

_log = logging.getLogger("inkwire")

Field = str | int | float | bool | None


def info(event: str, **fields: Field) -> None:
    """Something happened that an operator may want to know."""
    _log.info(event, extra={"fields": fields})


def warning(event: str, **fields: Field) -> None:
    """Something is wrong and heals by itself, or an operator should look at it."""
    _log.warning(event, extra={"fields": fields})


def error(event: str, **fields: Field) -> None:
    """A fault of ours: called in an ``except`` block, it adds the traceback."""
    _log.error(event, extra={"fields": fields}, exc_info=sys.exc_info()[0] is not None)


class JsonLines(logging.Formatter):
    """Log records as JSON, those of libraries too."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Field] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if record.name != "inkwire":
            line["logger"] = record.name
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """Sends the records of this process to ``stream`` (standard error) as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _log.setLevel(level.upper())
