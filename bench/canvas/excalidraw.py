"""The peer: @excalidraw/excalidraw in a page of its own; built by the bench, never shipped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from bench.canvas.boards import Board

HERE = Path(__file__).parent
PEER = HERE / "peer"
_TOOL = HERE.parents[1] / "tools" / "node.py"
_INSTALLED = PEER / "node_modules" / ".installed-lock.json"


def install_peer() -> None:
    """Installs exactly what is locked, once."""
    lock = PEER / "package-lock.json"
    if not _INSTALLED.exists() or _INSTALLED.read_bytes() != lock.read_bytes():
        print("Installing the peer from bench/canvas/peer/package-lock.json", flush=True)
        npm = [sys.executable, str(_TOOL), "npm", "ci", "--ignore-scripts", "--silent"]
        subprocess.run(npm, cwd=PEER, check=True)
        shutil.copy(lock, _INSTALLED)


def build_peer(folder: Path) -> None:
    """Installs the peer and builds its page into the folder."""
    install_peer()
    build = [sys.executable, str(_TOOL), "node", str(HERE / "build.mjs"), str(folder), str(PEER)]
    subprocess.run(build, cwd=HERE.parents[1], check=True)


class ExcalidrawBoard(Board):
    """Excalidraw with the same strokes."""
