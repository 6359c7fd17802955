"""`inkwire` and `python -m inkwire`."""

import signal


def main() -> None:
    """Runs the command line."""
    # Importing it all takes a moment, in which Ctrl-C should simply end the process.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from inkwire.cli import main as run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
