"""HTTP as tests speak it: patient, and with a new connection for each request, for servers come and go."""

from __future__ import annotations

from typing import Final

import httpx

GUARD_SECONDS: Final = 60.0
patient: Final = httpx.Client(
    timeout=GUARD_SECONDS, limits=httpx.Limits(max_keepalive_connections=0)
)
