"""The process that draws: what it may, and who goes first."""

from __future__ import annotations

import json
import subprocess
import sys

from inkwire.exporting.worker import MEMORY_BYTES, NICENESS

LOOK = """
import json, os, resource
from inkwire.exporting.worker import limit
before = os.nice(0)
limit()
asked = [resource.RLIMIT_FSIZE, resource.RLIMIT_AS]
print(json.dumps([os.nice(0) - before, *[resource.getrlimit(each)[0] for each in asked]]))
"""


def test_it_may_write_no_file_has_bounded_memory_and_goes_last() -> None:
    ran = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, check=True, timeout=60)
    assert json.loads(ran.stdout) == [NICENESS, 0, MEMORY_BYTES]
