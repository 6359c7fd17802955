"""Reads ``.ndjson``, lines of JSON as ``exporting.ndjson_export`` writes them, or a script."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Annotated, Any, BinaryIO, Final

import msgspec
from msgspec import Meta, Raw, Struct

from inkwire.errors import BadFile
from inkwire.importing.exact import Found, Progress, exact_plan
from inkwire.importing.limits import MAX_ELEMENT_BYTES
from inkwire.importing.plan import ImportPlan
from inkwire.importing.records import decoded
from inkwire.importing.strokes import fitted
from inkwire.importing.target import Target
from inkwire.protocol.elements import Element
from inkwire.protocol.limits import MAX_COORDINATE, MAX_POINTS
from inkwire.protocol.points import MAX_SHIFT, encode_points

VERSION: Final = 1
_encode: Final = msgspec.json.Encoder().encode


class HeadLine(Struct):
    """The first line."""

    type: str = ""
    format: str = ""
    version: float = 0


class _Points(Struct):
    points: Annotated[
        list[Annotated[list[float | None], Meta(min_length=2, max_length=4)]],
        Meta(max_length=MAX_POINTS),
    ]
    shift: Annotated[int, Meta(ge=0, le=MAX_SHIFT)] | None = None


def plan_ndjson(
    file: BinaryIO, target: Target, *, random: Random, progress: Progress | None = None
) -> ImportPlan:
    """The plan for lines of elements; raises ``BadFile`` that names the line."""
    return exact_plan(_elements(file), target, random=random, progress=progress)


def is_head(line: bytes) -> bool:
    """Whether a file that begins with that line is of this format."""
    try:
        head = msgspec.json.decode(line, type=HeadLine)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return (head.type, head.format) == ("inkwire", "ndjson")


def _elements(file: BinaryIO) -> Iterator[Found]:
    head: HeadLine = decoded(_line(file, 1), HeadLine, "line 1")
    if head.version != VERSION:
        raise BadFile("This Inkwire does not know that version of the format.", "line 1")
    number = 1
    while True:
        number += 1
        where = f"line {number}"
        line = _line(file, number)
        if not line:
            return
        if line.strip():
            yield decoded(_with_points(line, where), Element, where), where


def _line(file: BinaryIO, number: int) -> bytes:
    line = file.readline(MAX_ELEMENT_BYTES + 1)
    if len(line) > MAX_ELEMENT_BYTES:
        raise BadFile(f"A line has more than {MAX_ELEMENT_BYTES:,} bytes.", f"line {number}")
    return line


def _with_points(line: bytes, where: str) -> bytes:
    """The line with its points encoded, where they are lists."""
    props: dict[str, Raw] = decoded(line, dict[str, Raw], where)
    shift = props.pop("pointsShift", None)
    points = props.get("points")
    if points is None or not bytes(points).lstrip().startswith(b"["):
        return line if shift is None else _encode(props)
    parts = {"points": points} if shift is None else {"points": points, "shift": shift}
    given: _Points = decoded(_encode(parts), _Points, where)
    props["points"] = Raw(_encode(_encoded(given, where)))
    return _encode(props)


def _encoded(given: _Points, where: str) -> bytes:
    """The points' encoding: exact where the shift is told, else as it fits."""
    points: list[Any] = given.points
    for index, point in enumerate(points):
        if point[0] is None or point[1] is None:
            raise BadFile("A point needs x and y.", f"{where}.points[{index}]")
        if not (abs(point[0]) <= MAX_COORDINATE and abs(point[1]) <= MAX_COORDINATE):
            raise BadFile("This point lies outside of the board.", f"{where}.points[{index}]")
    length = min(map(len, points), default=2)
    pressure = length > 2 and all(point[2] is not None for point in points)
    time = length > 3 and all(point[3] is not None for point in points)
    if time and any(not abs(point[3]) < 1e9 for point in points):
        raise BadFile("A time is too long.", f"{where}.points")
    if given.shift is None:
        return fitted(points, pressure=pressure)[0]
    if not pressure:
        points = [(*point[:2], 0.0, *point[3:]) for point in points]
    try:
        return encode_points(points, shift=given.shift, pressure=pressure, time=time)
    except ValueError as error:
        raise BadFile(str(error), f"{where}.points") from None
