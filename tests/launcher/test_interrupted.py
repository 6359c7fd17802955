"""Ctrl-C in the first moments, before anything is served: it ends, and without a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.launcher.conftest import environment

WHILE_IMPORTING = """
import signal, sys
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "inkwire.cli":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""
WHILE_STARTING = """
import signal
from inkwire import launcher
launcher.serve = lambda *_: signal.raise_signal(signal.SIGINT)
"""
INTERRUPTED = 130
"""What shells say of a program that Ctrl-C ended."""


@pytest.mark.parametrize(
    ("when", "code"), [(WHILE_IMPORTING, -signal.SIGINT), (WHILE_STARTING, INTERRUPTED)]
)
def test_an_early_ctrl_c_is_no_fault(when: str, code: int) -> None:
    start = (
        "\nimport sys\nfrom inkwire.__main__ import main\nsys.argv = ['inkwire', 'serve']\nmain()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", when + start],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
