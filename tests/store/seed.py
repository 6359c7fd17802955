"""The seed of this run's random tests; INKWIRE_SEED repeats one. On a build server it is always the same."""

import os
import secrets

SEED = int(
    os.environ.get("INKWIRE_SEED")
    or ("20261121" if "CI" in os.environ else secrets.randbelow(2**32))
)
