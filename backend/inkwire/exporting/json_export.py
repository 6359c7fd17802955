"""``export.json``: a board as a document that any program can read.

``{"type": "inkwire", "version": 1, "board": {…}, "elements": […]}``. Every property of every element is
there, defaults included, under its name on the wire; points are ``[x, y]`` lists in the element's local
units, with pressure (0 to 1) and then time (ms since the first point) after them where they are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import FieldInfo, fields

from inkwire.exporting.board_info import BoardInfo
from inkwire.protocol.elements import ELEMENT_TYPES, Binding, Element
from inkwire.protocol.points import PRESSURE, TIME, decode_points

VERSION = 1

_encoder = msgspec.json.Encoder()
_KINDS: tuple[type[msgspec.Struct], ...] = (*ELEMENT_TYPES, Binding)
_fields: dict[type, tuple[FieldInfo, ...]] = {kind: fields(kind) for kind in _KINDS}


class JsonWriter:
    """Writes one board, element by element; holds none of them."""

    def __init__(self, board: BoardInfo) -> None:
        self._board = board
        self._is_first = True

    def head(self) -> bytes:
        """Everything before the first element."""
        board = self._board
        facts = {"id": board.id, "title": board.title, "epoch": board.epoch, "seq": board.seq}
        start = f'{{"type":"inkwire","version":{VERSION},"board":'
        return start.encode() + _encoder.encode(facts) + b',"elements":['

    def element(self, element: Element) -> bytes:
        """One element, with the comma before it."""
        comma = b"\n" if self._is_first else b",\n"
        self._is_first = False
        return comma + _encoder.encode(record_of(element))

    def tail(self) -> bytes:
        """Everything after the last element."""
        return b"\n]}\n"


def export_json(board: BoardInfo, elements: Iterable[Element]) -> Iterator[bytes]:
    """The whole document, in pieces."""
    writer = JsonWriter(board)
    yield writer.head()
    for element in elements:
        yield writer.element(element)
    yield writer.tail()


def record_of(element: Element) -> dict[str, Any]:
    """The element as plain values, every property present."""
    record: dict[str, Any] = {"type": element.__struct_config__.tag}
    for field in _fields[type(element)]:
        value = getattr(element, field.name)
        if field.name == "points":
            value = points_of(value)
        elif isinstance(value, Binding):
            value = {each.encode_name: getattr(value, each.name) for each in _fields[Binding]}
        record[field.encode_name] = value
    return record


def points_of(data: bytes) -> list[list[float]]:
    """Points as lists of two to four numbers."""
    points = decode_points(data)
    has_pressure, has_time = bool(points) and data[0] & PRESSURE, bool(points) and data[0] & TIME
    lists = []
    for point in points:
        numbers: list[float] = [point.x, point.y]
        if has_pressure or has_time:
            numbers.append(round(point.pressure, 4))
        if has_time:
            numbers.append(point.time)
        lists.append(numbers)
    return lists
