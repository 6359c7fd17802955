"""Builds and serves the page of this folder: a board without a server."""

from __future__ import annotations

import functools
import http.server
import socketserver
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def build_page(folder: Path) -> None:
    """Builds the page into the folder with the front end's own Vite."""
    command = [sys.executable, "tools/node.py", "node", "bench/canvas/build.mjs", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)


def serve(folder: Path) -> str:
    """The address at which this process serves the folder from now on."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
