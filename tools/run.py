"""What `make run` starts: `inkwire serve`, so that any signal to make ends it cleanly.

make passes SIGTERM on to what it started, but not SIGINT: it takes Ctrl-C for granted, which
reaches the whole terminal's process group. `kill -INT` of make alone would leave make waiting for a
server that nobody told to end. So, on Linux, a small process looks whether make is inside its
SIGINT handler, and tells the server.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

LOOK_EVERY_S = 0.25
INTERRUPT = 1 << (signal.SIGINT - 1)


def interrupted(status: str) -> bool:
    """Whether the process of this ``/proc/PID/status`` is inside a SIGINT handler it has reset.

    GNU make resets the signal to its default when its handler starts, and the kernel blocks it
    meanwhile.
    """
    masks = dict(line.split(":\t", 1) for line in status.splitlines() if line.startswith("Sig"))
    try:
        blocked, caught = int(masks["SigBlk"], 16), int(masks["SigCgt"], 16)
    except (KeyError, ValueError):
        return False
    return bool(blocked & INTERRUPT) and not caught & INTERRUPT


def is_child(status: str, parent: int) -> bool:
    """Whether the process of this ``/proc/PID/status`` was started by ``parent``."""
    return f"\nPPid:\t{parent}\n" in status


def watch(make: int, server: int) -> None:
    """Sends SIGINT to the server once make alone got it; returns when the server has ended.

    A Ctrl-C reaches this process too, and ends it: then the server has got its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        while is_child(Path(f"/proc/{server}/status").read_text(), make):
            if interrupted(Path(f"/proc/{make}/status").read_text()):
                os.kill(server, signal.SIGINT)
                return
            time.sleep(LOOK_EVERY_S)
    except OSError:
        return


def main(command: list[str]) -> int:
    """Replaces this process by the command."""
    make, server = os.getppid(), os.getpid()
    if Path(f"/proc/{make}/status").exists():
        # A grandchild, so that the server never finds a child that it did not start; and with no
        # hold on make's output, so that whoever reads it sees it end with the server.
        child = os.fork()
        if child == 0:
            if os.fork() == 0:
                null = os.open(os.devnull, os.O_RDWR)
                for descriptor in (0, 1, 2):
                    os.dup2(null, descriptor)
                watch(make, server)
            os._exit(0)
        os.waitpid(child, 0)
    os.execv(command[0], command)  # noqa: S606 (no shell is the point)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
