"""How uvicorn has to be started for Inkwire; the launcher and the tests take it from here.

>>> uvicorn.run("inkwire.app:create_app", host=..., port=..., workers=..., **UVICORN_OPTIONS)
... # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any, Final

from inkwire.live.limits import DRAIN_SECONDS
from inkwire.protocol.limits import MAX_FRAME_BYTES

UVICORN_OPTIONS: Final[dict[str, Any]] = {
    "factory": True,
    "loop": "uvloop",
    "http": "inkwire.web.http_protocol:BoundedHeadProtocol",
    "ws": "inkwire.live.websocket:BoardSocket",
    "ws_max_size": MAX_FRAME_BYTES,
    "ws_per_message_deflate": False,  # costs three times the CPU and memory of frames this small
    "ws_ping_interval": None,  # live.hub pings, and drops who does not answer
    "ws_ping_timeout": None,
    "lifespan": "on",
    "access_log": False,  # it would print addresses with their query; ours are events
    "log_config": None,  # create_app() sets up JSON lines
    "log_level": "warning",
    "server_header": False,
    "timeout_keep_alive": 30,
    "timeout_graceful_shutdown": int(DRAIN_SECONDS) + 3,
}
"""Everything but where to listen, how many workers and whose forwarded headers to trust."""
