"""A shape of tldraw on its page, and what it may ask of its file."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inkwire.importing.convert import Picture
from inkwire.importing.geometry import wrapped
from inkwire.importing.tldraw_records import BindingRecord, Shape
from inkwire.protocol.elements import Place


class Frame(NamedTuple):
    """Where a shape's own coordinates lie on the page: turned, then moved."""

    x: float
    y: float
    angle: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the shape on the page."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return self.x + x * cos - y * sin, self.y + x * sin + y * cos

    def place(self, x: float, y: float, sx: float, sy: float) -> Place:
        """The place of something whose corner stands at (x, y) of the shape."""
        left, top = self.at(x, y)
        return (left, top, sx, sy, wrapped(self.angle))


@dataclass(frozen=True)
class Placed:
    """A shape, its new id, where it is on its page, the groups and the frame it is in."""

    shape: Shape
    id: str
    frame: Frame
    groups: tuple[str, ...]
    inside: str


@dataclass(frozen=True)
class Drawing:
    """What a shape may ask of the file that it is in."""

    place: Callable[[str], Placed | None]
    bindings: Callable[[str], Sequence[BindingRecord]]
    id_of: Callable[[str], str]
    new_id: Callable[[], str]
    picture: Callable[[str], Picture | None]
    notes: Counter[str]
