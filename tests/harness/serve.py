"""What the harness starts as a process: the launcher, with an application that may be a test's own."""

from __future__ import annotations

import os
import sys

from inkwire.config import load_settings
from inkwire.launcher import APP, serve


def main() -> int:
    """Serves as `inkwire serve` does, with the settings of the environment."""
    return serve(
        load_settings(),
        lambda address: print(address, flush=True),
        app=os.environ.get("TEST_APP", APP),
    )


if __name__ == "__main__":
    sys.exit(main())
