"""The few messages of y-websocket that the bench speaks, written by hand.

Formats: y-protocols (``sync.js``), lib0 (variable-length integers) and Yjs update encoding V1.
"""

from __future__ import annotations

from typing import Final

_SYNC: Final = 0
_STEP_2: Final = 1
_UPDATE: Final = 2
_BINARY: Final = 3  # content of an item
_HAS_ORIGIN: Final = 0x80


def varuint(value: int) -> bytes:
    """A number in base 128, little end first."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def append(client: int, clock: int, array: str, payload: bytes) -> bytes:
    """A sync message: ``client`` appends its ``clock``-th item, some bytes, to an array of its own.

    An array that only one client writes to has no concurrent neighbours, which is the cheapest case
    for the server.
    """
    if clock:
        origin = varuint(client) + varuint(clock - 1)
        item = bytes((_BINARY | _HAS_ORIGIN,)) + origin
    else:
        name = array.encode()
        item = bytes((_BINARY, 1)) + varuint(len(name)) + name
    item += varuint(len(payload)) + payload
    update = b"\x01\x01" + varuint(client) + varuint(clock) + item + b"\0"
    return bytes((_SYNC, _UPDATE)) + varuint(len(update)) + update


def ask_all() -> bytes:
    """A sync message: the state vector of an empty document, which asks for everything."""
    return bytes((_SYNC, 0, 1, 0))


def is_answer(message: bytes) -> bool:
    """Whether a message is the answer to ``ask_all``."""
    return message[:2] == bytes((_SYNC, _STEP_2))
