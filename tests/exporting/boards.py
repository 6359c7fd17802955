"""Boards and elements to export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inkwire.protocol import elements
from inkwire.protocol.elements import Element
from inkwire.protocol.points import encode_points

DRAWN: dict[str, type[Any]] = {
    str(kind.__struct_config__.tag): kind for kind in elements.ELEMENT_TYPES
}


@dataclass(frozen=True)
class Info:
    """A board's name and position."""

    id: str = "board-1"
    title: str = "Plans & <b>dreams</b>"
    epoch: str = "e1"
    seq: int = 7


def drawn(kind: str, **props: Any) -> Any:
    """An element at (10, 20), 100 by 50, or with such points."""
    base: dict[str, Any] = {"id": f"{kind}1", "z": "a0", "place": (10.0, 20.0, 100.0, 50.0, 0.0)}
    if kind in ("line", "arrow", "freedraw"):
        base["place"] = (10.0, 20.0, 1.0, 1.0, 0.0)
        points = props.pop("points", [(0, 0), (100, 0), (100, 50)])
        base["points"] = encode_points(points, pressure=len(points[0]) > 2)
    return DRAWN[kind](**(base | props))


def everything() -> Sequence[Element]:
    """One element of each type."""
    return [drawn(kind) for kind in DRAWN]
