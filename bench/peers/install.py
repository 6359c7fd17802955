"""The Node peers, installed beside this file by the bench itself; they are never shipped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
_TOOL = HERE.parents[1] / "tools" / "node.py"
_INSTALLED = MODULES / ".installed-lock.json"


def install() -> Path:
    """The folder of the installed packages, exactly as locked."""
    lock = HERE / "package-lock.json"
    if not _INSTALLED.exists() or _INSTALLED.read_bytes() != lock.read_bytes():
        print("Installing the Node peers from bench/peers/package-lock.json", flush=True)
        npm = [sys.executable, str(_TOOL), "npm", "ci", "--ignore-scripts", "--silent"]
        subprocess.run(npm, cwd=HERE, check=True)
        shutil.copy(lock, _INSTALLED)
    return MODULES


def node(*arguments: str) -> list[str]:
    """A command of the Node that the peers run with."""
    return [sys.executable, str(_TOOL), "node", *arguments]
