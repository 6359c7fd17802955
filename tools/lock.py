"""Writes the lock files again: ``requirements/*.txt`` and ``package-lock.json``.

``python tools/lock.py [--upgrade]``. Without ``--upgrade`` versions stay as they are where they
still fit.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

# One file for every Python from 3.11 on and every system, with hashes; no index, so that the
# reader's own decides.
COMPILE = [
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
]
RUN, BUILD = "requirements/run.txt", "requirements/build.txt"
FILES = {
    RUN: ["pyproject.toml"],
    BUILD: ["--group=pyproject.toml:build", f"--constraint={RUN}"],
    "requirements/node.txt": ["--group=pyproject.toml:node"],
    "requirements/dev.txt": [
        "pyproject.toml",
        "--group=dev",
        f"--constraint={RUN}",
        f"--constraint={BUILD}",
    ],
}


def main(arguments: list[str]) -> int:
    """Writes every file, or fails with the tool's own words."""
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    binaries = Path(sys.executable).parent
    for name, source in FILES.items():
        command = [
            str(binaries / COMPILE[0]),
            *COMPILE[1:],
            *source,
            *upgrade,
            "--output-file",
            name,
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"{name}: {(ROOT / name).read_text().count('==')} packages")
    for folder in ("frontend", "bench/peers", "bench/canvas/peer"):
        lock_npm(ROOT / folder, bool(upgrade))
    return 0


def lock_npm(folder: Path, upgrade: bool) -> None:
    """Writes package-lock.json, in a folder of its own.

    Beside a ``node_modules`` npm would leave out the binaries of every system but this one.
    """
    with tempfile.TemporaryDirectory() as temporary:
        names = ["package.json", ".npmrc", *([] if upgrade else ["package-lock.json"])]
        for name in names:
            shutil.copy(folder / name, temporary)
        npm = [sys.executable, str(ROOT / "tools" / "node.py"), "npm", "install"]
        options = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*npm, *options], cwd=temporary, check=True)
        shutil.copy(Path(temporary) / "package-lock.json", folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
