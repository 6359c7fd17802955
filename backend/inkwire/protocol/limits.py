"""The bounds of everything that comes from outside, in one place.

`make schema` writes them into the front end, so that a browser never sends what a worker refuses.
"""

from typing import Final

MAX_FRAME_BYTES: Final = 256 * 1024
"""Largest WebSocket message in either direction, in bytes."""
MAX_PUSH_BYTES: Final = MAX_FRAME_BYTES - 1024
"""Largest push, so that its commit, with seq and author, still fits into a frame."""
MAX_LIVE_BYTES: Final = 64 * 1024
"""Largest live frame, in bytes."""
MAX_PAGE_BYTES: Final = 512 * 1024
"""Largest list of records of a snapshot's page before it is compressed, in bytes."""
MAX_OPS: Final = 500
"""Ops in one push; keeps the store's script within a few milliseconds."""
MAX_POINTS_BYTES: Final = 128 * 1024
"""Encoded points of one element, in bytes."""
MAX_POINTS: Final = 32_000
"""Points of one element."""
MAX_COORDINATE: Final = 10_000_000
"""How far from its origin a coordinate may be, in world units: a board is no larger."""
MAX_TEXT: Final = 20_000
"""Characters of one text."""
MAX_TITLE: Final = 200
"""Characters of a board's title, a frame's name."""
MAX_NAME: Final = 64
"""Characters of a person's name."""
MAX_LINK: Final = 2048
"""Characters of an element's link."""
MAX_GROUPS: Final = 16
"""How deep groups nest."""
MAX_SELECTION: Final = 200
"""Selected ids shown to others."""
MAX_INK: Final = 8
"""Strokes one peer draws at once (fingers)."""
MAX_INK_BYTES: Final = 16 * 1024
"""Bytes of one appended piece of ink."""
MAX_DRAFTS: Final = 8
"""Shapes being drawn by one peer, not yet committed."""
MAX_MOVES: Final = 200
"""Elements being dragged by one peer, shown to others while they move."""
MAX_LASER_BYTES: Final = 1024
"""Bytes of the points of a laser trail that has not faded yet."""
MAX_ORDER_KEY: Final = 256
"""Characters of a fractional key."""
LONG_ORDER_KEY: Final = 128
"""Characters above which no key is made where the keys around it can be renewed as well."""
MAX_ELEMENTS: Final = 200_000
"""Elements on one board."""
MAX_DEPTH: Final = 16
"""Nesting of a decoded frame."""
PING_SECONDS: Final = 5
"""A client pings this often; unanswered for twice as long, it reconnects."""
HELLO_SECONDS: Final = 10
"""A socket that has not said Hello by then is closed (4508)."""
