"""What a few words say as whole elements: labels in shapes, arrows from one shape to another. Pure.

For programs that draw without a screen: they name what they mean, and the geometry follows from it, as the
editor would make it (docs/drawing.md, section 4).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final

from inkwire.errors import Invalid
from inkwire.protocol.elements import Diamond, Element, Ellipse, Line, Shape, Triangle
from inkwire.protocol.json_ops import element_from_json, op_from_json
from inkwire.protocol.ops import Op, Put
from inkwire.protocol.points import decode_points
from inkwire.rooms.order import key_between

PADDING: Final = 5.0
"""Between a shape's outline and the text in it."""
GAP: Final = 4.0
"""Between a shape's outline and the arrow that is bound to it."""
LETTER_WIDTH: Final = 0.55
"""Of a letter, on average, as a share of the font's size; the editor measures when it opens the text."""
LINE_HEIGHT: Final = 1.25
NOTE_SIZE: Final = 200.0
_FONT_SIZE: Final = 20.0
_LARGEST_FONT: Final = 2_000
_MOST_ID: Final = 32
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LINEAR: Final = ("line", "arrow")

Known = Callable[[str], Element | None]
"""The element of the board with that id."""


def named_in(item: Any) -> set[str]:
    """The ids of the elements that have to be known before ``Composer.ops_of`` can draw the item."""
    record = _record_in(item)
    if record is None or record.get("type") not in _LINEAR or "points" in record:
        return set()
    return {each for end in ("from", "to") if isinstance(each := record.get(end), str)}


def needs_height(item: Any) -> bool:
    """Whether it has to be known what the topmost element of the board is."""
    record = _record_in(item)
    return record is not None and ("z" not in record or "label" in record)


class Composer:
    """Makes ops of what comes as JSON; everything that has no place in the order goes on top, in turn.

    ``top`` is the order key of the board's topmost element. What is put is known until it is forgotten.
    """

    def __init__(self, random: Random, known: Known, top: str | None = None) -> None:
        self.top = top
        self._random = random
        self._known = known
        self._put: dict[str, Element] = {}

    def ops_of(self, item: Any, where: str) -> list[Op]:
        """The ops that an item means: an op as on the wire, or an element, which is put.

        An element may lack ``id`` and ``z``, have a ``place`` without its angle, a ``label`` (its words, or
        an object with properties of a text), and, if it is a line or an arrow, ``from`` and ``to``. Raises
        ``Invalid``.
        """
        record = _record_in(item)
        if record is None:
            return [op_from_json(item, where)]
        where = where if item is record else f"{where}[1]"
        label = record.get("label")
        record = {name: value for name, value in record.items() if name != "label"}
        element = self.element_of(record, where)
        ops: list[Op] = [Put(element)]
        if label is not None:
            text = element_from_json(self._label(element, label, where), f"{where}.label")
            self._put[text.id] = text
            ops.append(Put(text))
        return ops

    def element_of(self, given: Mapping[str, Any], where: str) -> Element:
        """The element that is meant; a label is none of it. Raises ``Invalid``."""
        record = dict(given)
        record.setdefault("id", self._new_id())
        _complete_place(record)
        if record.get("type") in _LINEAR:
            self._join(record, where)
        if "z" not in record:
            record["z"] = self._next_z()
        element = element_from_json(record, where)
        self._put[element.id] = element
        return element

    def forget(self) -> None:
        """What was put is on the board now, and known by that."""
        self._put.clear()

    def _new_id(self) -> str:
        return "".join(self._random.choice(_LETTERS) for _ in range(22))

    def _next_z(self) -> str:
        self.top = key_between(self.top, None, self._random)
        return self.top

    def _element(self, id_: Any, where: str) -> Element:
        found = None
        if isinstance(id_, str):
            found = self._put.get(id_) or self._known(id_)
        if found is None:
            raise Invalid("no element has that id", where)
        return found

    def _join(self, record: dict[str, Any], where: str) -> None:
        """From ``from`` and ``to``: what holds the ends, and where the line then goes."""
        given = [end for end in ("from", "to") if end in record]
        held = {end: record.pop(end) for end in given}
        for end, name in (("from", "start"), ("to", "end")):
            if end in held:
                record.setdefault(name, {"to": held[end], "gap": GAP})
        if given and record["type"] == "arrow":
            record.setdefault("endHead", "arrow")
        if not given or "points" in record:
            record.setdefault("place", [0.0, 0.0, 1.0, 1.0, 0.0])
            return
        if len(given) < 2:
            raise Invalid("a line that is held at one end needs its points", where)
        first, second = (self._element(held[end], f"{where}.{end}") for end in ("from", "to"))
        if first.id == second.id:
            raise Invalid("a line from something to itself needs its points", f"{where}.to")
        (x1, y1), (x2, y2) = straight(first, second)
        record["place"] = [x1, y1, 1.0, 1.0, 0.0]
        record["points"] = [[0.0, 0.0], [_rounded(x2 - x1), _rounded(y2 - y1)]]

    def _label(self, element: Element, label: Any, where: str) -> dict[str, Any]:
        given = {"text": label} if isinstance(label, str) else label
        if not isinstance(given, dict) or not isinstance(element, Shape | Line):
            raise Invalid("a label is words on a shape, a line or an arrow", f"{where}.label")
        id_ = f"{element.id}-label"
        return {
            "id": id_ if len(id_) <= _MOST_ID else self._new_id(),
            "z": self._next_z(),
            "align": "center",
            "verticalAlign": "middle",
            "frame": element.frame,
            "groups": list(element.groups),
            **_label_box(element, given),
            **given,
            "type": "text",
            "container": element.id,
        }


def straight(first: Element, second: Element) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends, in world units, of a straight line from one outline to the other, ``GAP`` before each."""
    a, b = _middle(first), _middle(second)
    length = math.dist(a, b)
    if length == 0:
        return a, b
    dx, dy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    here, there = _reach(first, dx, dy) + GAP, _reach(second, -dx, -dy) + GAP
    if here + there >= length:  # they touch or overlap: there is nothing between them
        return a, b
    return (
        (_rounded(a[0] + dx * here), _rounded(a[1] + dy * here)),
        (_rounded(b[0] - dx * there), _rounded(b[1] - dy * there)),
    )


def _middle(element: Element) -> tuple[float, float]:
    x, y, width, height, angle = element.place
    u, v = width / 2, height / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return x + u * cos - v * sin, y + u * sin + v * cos


def _reach(element: Element, dx: float, dy: float) -> float:
    """How far it is from the middle to the outline in a direction of the world."""
    _, _, width, height, angle = element.place
    half_x, half_y = abs(width) / 2, abs(height) / 2
    if half_x == 0 or half_y == 0:
        return 0.0
    cos, sin = math.cos(-angle), math.sin(-angle)
    u, v = (dx * cos - dy * sin) / half_x, (dx * sin + dy * cos) / half_y
    match element:
        case Ellipse():
            return 1 / math.hypot(u, v)
        case Diamond():
            return 1 / (abs(u) + abs(v))
        case Triangle():
            # Sides from the tip (0, -1) to (±1, 1): 2|x| - y = 1; the base: y = 1.
            v = math.copysign(v, v * height)
            return 1 / max(2 * abs(u) - v, v)
        case _:
            return 1 / max(abs(u), abs(v))


def _label_box(element: Element, given: dict[str, Any]) -> dict[str, Any]:
    """Where a label stands: all the room in its shape, or about the middle of its line."""
    if isinstance(element, Line):
        return _on_a_line(element, given)
    x, y, width, height, angle = element.place
    left, top, right, bottom = _ROOMS.get(type(element), (0.0, 0.0, 1.0, 1.0))
    inside = max(abs(width) * (right - left) - 2 * PADDING, 20.0)
    high = max(abs(height) * (bottom - top) - 2 * PADDING, LINE_HEIGHT * _FONT_SIZE)
    u, v = width * (left + right) / 2, height * (top + bottom) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    middle = x + u * cos - v * sin, y + u * sin + v * cos
    return {"autoSize": False, "place": _about(middle, inside, high, angle)}


def _on_a_line(element: Line, given: dict[str, Any]) -> dict[str, Any]:
    points = decode_points(element.points)
    x, y, sx, sy, angle = element.place
    u = v = 0.0
    if points:
        first, last = points[(len(points) - 1) // 2], points[len(points) // 2]
        u, v = sx * (first.x + last.x) / 2, sy * (first.y + last.y) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    width, height = text_size(given)
    middle = x + u * cos - v * sin, y + u * sin + v * cos
    return {"place": _about(middle, width, height, 0.0)}


def text_size(record: dict[str, Any]) -> tuple[float, float]:
    """About how wide and high a text is, in world units; the editor measures it exactly."""
    words, size = record.get("text"), record.get("fontSize")
    lines = words.splitlines() if isinstance(words, str) else []
    em = float(size) if isinstance(size, int | float) and 0 < size <= _LARGEST_FONT else _FONT_SIZE
    longest = max(map(len, lines), default=0)
    width = max(longest, 1) * LETTER_WIDTH * em
    return _rounded(width), _rounded(max(len(lines), 1) * LINE_HEIGHT * em)


def _about(middle: tuple[float, float], width: float, height: float, angle: float) -> list[float]:
    cos, sin = math.cos(angle), math.sin(angle)
    x = middle[0] - width / 2 * cos + height / 2 * sin
    y = middle[1] - width / 2 * sin - height / 2 * cos
    return [_rounded(x), _rounded(y), _rounded(width), _rounded(height), angle]


def _complete_place(record: dict[str, Any]) -> None:
    """Without an angle it stands upright; texts and notes need no size, ink no place."""
    place, kind = record.get("place"), record.get("type")
    if isinstance(place, list) and len(place) == 2 and kind in ("text", "note"):
        width, height = (NOTE_SIZE, NOTE_SIZE) if kind == "note" else text_size(record)
        record["place"] = [*place, width, height, 0.0]
    elif isinstance(place, list) and len(place) == 4:
        record["place"] = [*place, 0.0]
    elif isinstance(place, list) and len(place) == 2 and kind in (*_LINEAR, "freedraw"):
        record["place"] = [*place, 1.0, 1.0, 0.0]
    elif place is None and kind == "freedraw":
        record["place"] = [0.0, 0.0, 1.0, 1.0, 0.0]


def _record_in(item: Any) -> dict[str, Any] | None:
    """The element that an item puts, if that is what it does."""
    match item:
        case dict():
            return item
        case ["put", dict() as record]:
            return record
        case _:
            return None


def _rounded(value: float) -> float:
    """On a grid of 1/64, so that numbers stay short."""
    return round(value * 64) / 64


_ASIDE: Final = (1 - math.sqrt(0.5)) / 2
_ROOMS: Final[dict[type, tuple[float, float, float, float]]] = {
    Ellipse: (_ASIDE, _ASIDE, 1 - _ASIDE, 1 - _ASIDE),
    Diamond: (0.25, 0.25, 0.75, 0.75),
    Triangle: (0.25, 0.5, 0.75, 1.0),
}
"""The room for text, in the unit square."""
