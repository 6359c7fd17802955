"""`make soak`: the reliability tests at their full sizes, and a table of what they saw.

Writes ``build/soak/figures.jsonl`` as the tests go and ``build/soak/report.md`` at the end. ARGS go to
pytest instead of the folders, and the front end's part is then left out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "soak"
FIGURES = OUT / "figures.jsonl"
PYTHON_TESTS = ["tests/reliability", "tests/faults", "tests/web/test_openapi.py"]
BROWSER_TESTS = ["e2e/test_durability.py", "e2e/test_killed_browser.py"]


def place_of(rule: str) -> tuple[str, int]:
    """Where a rule stands in the table: ``W5+W6`` by its first number."""
    letter, number = re.findall(r"[A-Z]|\d+", rule)[:2]
    return letter, int(number)


def table() -> str:
    """The figures as Markdown, by rule."""
    rows = [json.loads(line) for line in FIGURES.read_text().splitlines()]
    lines = ["| test | seen |", "|---|---|"]
    for row in sorted(rows, key=lambda row: place_of(row["rule"])):
        seen = ", ".join(
            f"{name.replace('_', ' ')} {value:g}"
            if isinstance(value, (int, float))
            else f"{name} {value}"
            for name, value in row.items()
            if name not in ("rule", "test")
        )
        lines.append(f"| {row['rule']} `{row['test']}` | {seen} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Runs everything, whatever fails, and returns how many parts failed."""
    OUT.mkdir(parents=True, exist_ok=True)
    FIGURES.unlink(missing_ok=True)
    FIGURES.touch()
    environment = {**os.environ, "INKWIRE_SOAK": "1", "INKWIRE_SOAK_REPORT": str(FIGURES)}
    environment.setdefault("INKWIRE_SEEDS", "5000")
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        parts = [[*pytest, *arguments]]
    else:
        parts = [
            [*pytest, *PYTHON_TESTS],
            [
                sys.executable,
                "tools/node.py",
                "npm",
                "--prefix",
                "frontend",
                "run",
                "--silent",
                "test",
            ],
            [*pytest, *BROWSER_TESTS],
        ]
    failed = 0
    for part in parts:
        began = time.monotonic()
        code = subprocess.run(part, cwd=ROOT, env=environment, check=False).returncode
        failed += code != 0
        verdict = "ok" if code == 0 else "FAILED"
        print(f"{verdict} after {time.monotonic() - began:.0f} s: {' '.join(part[2:])}", flush=True)
    report = table()
    (OUT / "report.md").write_text(report)
    print(report)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
