"""The seed of this run's random tests; INKWIRE_SEED repeats one."""

import os
import secrets

SEED = int(os.environ.get("INKWIRE_SEED") or secrets.randbelow(2**32))
