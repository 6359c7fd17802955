"""Ends a process when the one that holds the other end of standard input is gone.

For systems without PR_SET_PDEATHSIG. Run as a file: ``python watchdog.py PID``. End of input
without a word means that the parent died; any byte before it means that all is taken care of.
"""

import os
import signal
import sys


def main() -> None:
    """Waits for the end of the input."""
    if not sys.stdin.buffer.read():
        os.kill(int(sys.argv[1]), signal.SIGTERM)


if __name__ == "__main__":
    main()
