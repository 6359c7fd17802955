"""The canonical form of an element, whose hash tells whether two replicas are equal (rules G1 to G3).

Canonical msgpack: maps with their keys sorted by code unit, defaults left out, every number as float64
with -0 as 0, everything else in its shortest form. The browser computes the same in
``frontend/src/document/canonical.ts``; golden vectors hold the two equal.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from inkwire.protocol.elements import Element
from inkwire.protocol.plain import plain

_DOUBLE = struct.Struct(">Bd")


def canonical_bytes(element: Element) -> bytes:
    """The canonical msgpack of one element."""
    out = bytearray()
    _append(out, plain(element))
    return bytes(out)


def digest_of(elements: Iterable[Element]) -> str:
    """sha256 in hexadecimal over the canonical forms, in the order of the ids."""
    digest = hashlib.sha256()
    for element in sorted(elements, key=lambda each: each.id):
        digest.update(canonical_bytes(element))
    return digest.hexdigest()


def _append(out: bytearray, value: Any) -> None:
    match value:
        case None:
            out.append(0xC0)
        case bool():
            out.append(0xC3 if value else 0xC2)
        case int() | float():
            out += _DOUBLE.pack(0xCB, value + 0.0 or 0.0)
        case str():
            data = value.encode()
            _append_head(out, len(data), 0xA0, 31, (0xD9, 0xDA, 0xDB))
            out += data
        case bytes():
            _append_head(out, len(value), 0, -1, (0xC4, 0xC5, 0xC6))
            out += value
        case Mapping():
            _append_head(out, len(value), 0x80, 15, (None, 0xDE, 0xDF))
            for key in sorted(value):
                _append(out, key)
                _append(out, value[key])
        case _:
            _append_head(out, len(value), 0x90, 15, (None, 0xDC, 0xDD))
            for item in value:
                _append(out, item)


def _append_head(
    out: bytearray,
    length: int,
    fix: int,
    fix_max: int,
    tags: tuple[int | None, int, int],
) -> None:
    eight, sixteen, thirty_two = tags
    if length <= fix_max:
        out.append(fix | length)
    elif eight is not None and length < 1 << 8:
        out += bytes((eight, length))
    elif length < 1 << 16:
        out.append(sixteen)
        out += length.to_bytes(2, "big")
    else:
        out.append(thirty_two)
        out += length.to_bytes(4, "big")
