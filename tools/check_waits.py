"""Refuses fixed waits in tests: a test waits for a condition, never for a while.

A wait that is long enough on one machine is too short on another, and too long on all others.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON_WAITS = {"sleep", "wait_for_timeout"}
TYPESCRIPT_WAITS = (
    re.compile(r"\bwaitForTimeout\s*\("),
    # new Promise((resolve) => setTimeout(resolve, 50)): setTimeout(resolve) and 0 only give way to
    # other tasks.
    re.compile(r"new Promise\b[^;]{0,120}?\bsetTimeout\(\s*[\w.]+\s*,(?!\s*0\s*\))", re.DOTALL),
    re.compile(
        r"new Promise\b[^;]{0,120}?\bsetTimeout\(\s*\(\)[^;]{0,80}?,(?!\s*0\s*\))\s*\w+\s*\)",
        re.DOTALL,
    ),
)


def python_waits(text: str) -> Iterator[int]:
    """The lines that call a sleep with anything but a literal 0, whatever module it comes from."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        called = (
            function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        )
        gives_way = (
            len(node.args) == 1
            and isinstance(node.args[0], ast.Constant)
            and node.args[0].value == 0
        )
        if called in PYTHON_WAITS and not gives_way:
            yield node.lineno


def typescript_waits(text: str) -> Iterator[int]:
    """The lines that wait for a while."""
    for pattern in TYPESCRIPT_WAITS:
        for found in pattern.finditer(text):
            yield text.count("\n", 0, found.start()) + 1


def main() -> int:
    """Reads every test; the exit status is 1 when one waits for a while."""
    wrong = []
    for folder in ("tests", "e2e"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            wrong += [(path, line) for line in python_waits(path.read_text())]
    for path in sorted((ROOT / "frontend" / "src").rglob("*.test.ts*")):
        wrong += [(path, line) for line in typescript_waits(path.read_text())]
    for path, line in wrong:
        print(f"{path.relative_to(ROOT)}:{line}: a fixed wait; wait for the condition instead")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
