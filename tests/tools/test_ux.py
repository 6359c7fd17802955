"""docs/ux.md names a test for each row, or says why there is none."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`([\w./]+\.(?:py|test\.ts)): ([^`]+)`")


def rows() -> list[str]:
    """The last cells of all rows of all tables, heads left out."""
    lines = (ROOT / "docs" / "ux.md").read_text().splitlines()
    tables = [line for line in lines if line.startswith("|")]
    return [
        line.split("|")[-2].strip() for line in tables if not line.endswith(("shown by |", "---|"))
    ]


def test_every_row_names_a_test_or_a_reason() -> None:
    found = rows()
    assert len(found) > 50
    bare = [row for row in found if not NAMED.search(row) and not row.startswith("No test: ")]
    assert bare == []


def test_every_test_that_is_named_is_there() -> None:
    gone = []
    for path, name in (each for row in rows() for each in NAMED.findall(row)):
        is_python = path.endswith(".py")
        file = ROOT / ("e2e" if is_python else "frontend/src") / path
        wanted = f"def {name}(" if is_python else f'test("{name}"'
        if not file.exists() or wanted not in file.read_text():
            gone.append(f"{path}: {name}")
    assert gone == []
