"""Ops and elements as JSON, for programs that speak HTTP.

The form is that of the wire (``protocol.ops``, ``protocol.elements``), with one difference: points are lists
of ``[x, y]``, ``[x, y, pressure]`` or ``[x, y, pressure, time]``, as ``export.json`` writes them. Base64 of
the wire's encoding is taken as well.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from inkwire.errors import FrameError, Invalid
from inkwire.protocol.codec import check_element, check_op
from inkwire.protocol.elements import Element
from inkwire.protocol.limits import MAX_POINTS
from inkwire.protocol.ops import Op
from inkwire.protocol.points import MAX_SHIFT, encode_points
from inkwire.protocol.scalars import Coordinate

_Listed = Annotated[
    list[Annotated[list[Coordinate], Meta(min_length=2, max_length=4)]],
    Meta(max_length=MAX_POINTS),
]
_AT: Final = re.compile(r"^(?P<words>.*) - at `\$(?P<path>[^`]*)`$", re.DOTALL)
_INEXACT_SHIFT: Final = 8
"""The grid of points that lie on none: 1/256 of a unit."""
_WIDEST_SHIFT: Final = 4
"""The grid of points so far apart that a finer one cannot hold their differences."""


def decode_json(data: bytes | str, where: str = "body") -> Any:
    """The value of a JSON text. Raises ``Invalid``."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Invalid(f"No JSON: {error}", where) from None


def op_from_json(value: Any, where: str) -> Op:
    """One op. Raises ``Invalid``, which names the place below ``where``."""
    match value:
        case ["put", {"points": list()} as element]:
            value = ["put", _packed(element, f"{where}[1]")]
        case ["set", id_, {"points": list()} as props]:
            value = ["set", id_, _packed(props, f"{where}[2]")]
        case _:
            pass
    op: Op = _converted(value, Op, where)
    try:
        check_op(op)
    except FrameError as error:
        raise Invalid(str(error), where) from None
    return op


def element_from_json(value: Any, where: str) -> Element:
    """One element. Raises ``Invalid``, which names the place below ``where``."""
    if isinstance(value, dict) and isinstance(value.get("points"), list):
        value = _packed(value, where)
    element: Element = _converted(value, Element, where)
    try:
        check_element(element)
    except FrameError as error:
        raise Invalid(str(error), where) from None
    return element


def pack_points(lists: Any, where: str) -> bytes:
    """The encoding of listed points, exact where they lie on a grid of the protocol's.

    Raises ``Invalid``.
    """
    points: list[list[float]] = _converted(lists, _Listed, where)
    if not points:
        return b""
    sizes = {len(point) for point in points}
    if len(sizes) > 1:
        raise Invalid("all points need as many numbers", where)
    size = sizes.pop()
    try:
        return encode_points(points, shift=_shift_of(points), pressure=size > 2, time=size > 3)
    except ValueError:
        return encode_points(points, shift=_WIDEST_SHIFT, pressure=size > 2, time=size > 3)


def _packed(record: dict[str, Any], where: str) -> dict[str, Any]:
    return {**record, "points": pack_points(record["points"], f"{where}.points")}


def _shift_of(points: list[list[float]]) -> int:
    """The coarsest grid on which all lie."""
    finest = 2.0**MAX_SHIFT
    steps = 0
    for point in points:
        for value in point[:2]:
            scaled = value * finest
            if not scaled.is_integer():
                return _INEXACT_SHIFT
            steps |= int(scaled)
    free = (steps & -steps).bit_length() - 1 if steps else MAX_SHIFT
    return MAX_SHIFT - min(free, MAX_SHIFT)


def _converted(value: Any, kind: Any, where: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, ValueError, OverflowError, RecursionError) as error:
        found = _AT.match(str(error))
        if found is None:
            raise Invalid(str(error), where) from None
        raise Invalid(found["words"], where + found["path"]) from None
