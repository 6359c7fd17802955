"""The application of a worker that dies at its start for as long as a file exists."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI


def create_app() -> FastAPI:
    """``inkwire.app.create_app``, or the end of the process."""
    if Path(os.environ["TEST_POISON"]).exists():
        os._exit(9)
    from inkwire.app import create_app as real

    return real()
