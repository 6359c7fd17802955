"""`make check`: everything that can be said about the project without running it.

``python tools/check.py [NAME...]`` runs all checks, or those named, two at a time, prints one line
for each and the whole output of those that fail; the exit status is 1 when one did.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PYTHON_PLACES = [
    name
    for name in ("backend", "bench", "conftest.py", "e2e", "tests", "tools")
    if (ROOT / name).exists()
]


@dataclass(frozen=True)
class Check:
    """One command; it passes with exit status 0."""

    name: str
    command: list[str]
    folder: str = "."


def python(*arguments: str) -> list[str]:
    """A command of this virtual environment's Python."""
    return [sys.executable, *arguments]


def tool(name: str, *arguments: str) -> list[str]:
    """A command that this virtual environment installed."""
    return [str(BIN / name), *arguments]


def npm_run(script: str) -> list[str]:
    """A script of frontend/package.json."""
    return python(str(ROOT / "tools" / "node.py"), "npm", "run", "--silent", script)


# The slow ones first, so that the short ones fill the second core.
CHECKS = [
    Check("mypy", tool("mypy", *PYTHON_PLACES)),
    Check("tsc", npm_run("types"), "frontend"),
    Check("layers (Python)", tool("lint-imports", "--no-logo")),
    Check("biome, with the layers of the front end", npm_run("lint"), "frontend"),
    Check("ruff check", tool("ruff", "check", "--quiet", "--output-format=concise", ".")),
    Check("ruff format", tool("ruff", "format", "--quiet", "--diff", ".")),
    Check("generated TypeScript", python("-m", "inkwire.protocol.export_schema", "--check")),
    Check("generated docs/cli.md", python("tools/cli_docs.py", "--check")),
    Check("generated docs/keys.md", npm_run("keys:check"), "frontend"),
    Check("bundle size", python("tools/bundle_size.py")),
    Check(
        "docker-compose.yml",
        tool("check-jsonschema", "--builtin-schema=vendor.compose-spec", "docker-compose.yml"),
    ),
    Check("lock files", python("tools/check_locks.py")),
    Check("no fixed waits in tests", python("tools/check_waits.py")),
    Check("every rule of the protocol has a test", python("tools/check_rules.py")),
    Check("documents name what is there", python("tools/check_docs.py")),
]


def run(check: Check) -> tuple[Check, bool, float, str]:
    """Runs one check; gives its outcome, its seconds and what it printed."""
    start = time.monotonic()
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "dumb"}
    try:
        done = subprocess.run(
            check.command,
            cwd=ROOT / check.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        passed, said = done.returncode == 0, done.stdout
    except OSError as error:
        passed, said = False, str(error)
    return check, passed, time.monotonic() - start, said


def main(names: list[str]) -> int:
    """Runs the checks and reports them as they end."""
    chosen = [check for check in CHECKS if not names or any(n in check.name for n in names)]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for future in as_completed([pool.submit(run, check) for check in chosen]):
            check, passed, seconds, said = future.result()
            print(f"{'ok    ' if passed else 'FAILED'} {check.name} ({seconds:.1f} s)", flush=True)
            if not passed:
                failed.append(check.name)
            if not passed or check.name == "bundle size":
                print("\n".join(f"       {line}" for line in said.strip().splitlines()), flush=True)
    print(f"make check: {len(chosen) - len(failed)} of {len(chosen)} checks passed")
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
