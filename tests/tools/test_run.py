"""`make run` ends cleanly however it is told to: by a terminal's Ctrl-C or by a signal to make alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None or not Path("/proc/self/status").exists(),
    reason="needs make and /proc",
)

MAKES_OWN = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")

SERVER = """
import signal

both = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, both)  # one that comes before the wait is not missed
print("serving", flush=True)
signal.sigwait(both)
print("told", flush=True)
"""


MAKE_WAITED_TWICE = (2, "wait: No child processes")
"""How GNU make 4.3 ends when its child dies between its own wait() and its SIGINT handler's, which waits
for the same child again: seen 2 times in 150, with nothing left running."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("group", [False, True], ids=["make alone", "the whole group"])
def test_a_signal_ends_the_server_and_make(
    tmp_path: Path, number: signal.Signals, group: bool
) -> None:
    (tmp_path / "server.py").write_text(SERVER)
    command = f"{sys.executable} {ROOT}/tools/run.py {sys.executable} server.py"
    (tmp_path / "Makefile").write_text(f"run:\n\t@exec {command}\n")
    make = subprocess.Popen(
        ["make", "run"],
        cwd=tmp_path,
        # Nothing of the make that runs these tests.
        env={name: value for name, value in os.environ.items() if name not in MAKES_OWN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert make.stdout is not None
        assert make.stdout.readline() == "serving\n"
        if group:
            os.killpg(make.pid, number)
        else:
            make.send_signal(number)
        said = make.stdout.read()  # ends when nobody holds make's output any more
        make.wait(timeout=40)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)
        make.communicate()
    assert said.startswith("told\n")
    assert "Error" not in said
    if make.returncode != -number:
        code, words = MAKE_WAITED_TWICE
        assert make.returncode == code
        assert words in said
