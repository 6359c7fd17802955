"""What holds for all tests, of every folder."""

from __future__ import annotations

import os
import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.harness.fixtures"]

# A deadline or a slow example says something of the machine, not of the code. What fails prints the
# line that repeats it; continuous integration draws the same examples every time, people new ones.
settings.register_profile(
    "inkwire",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("inkwire")

# A shell has its background jobs ignore Ctrl-C, and so would every server and program that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
