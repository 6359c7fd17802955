"""Writes the lock files again: ``requirements/*.txt`` and ``package-lock.json``.

``python tools/lock.py [--upgrade]``. Without ``--upgrade`` versions stay as they are where they
still fit.
"""

from __future__ import annotations

import subprocess
import sys
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
    verb = "update" if upgrade else "install"
    npm = [sys.executable, str(ROOT / "tools" / "node.py"), "npm", verb, "--package-lock-only"]
    subprocess.run([*npm, "--ignore-scripts"], cwd=ROOT / "frontend", check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
