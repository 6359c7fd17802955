"""Reads simple SVG as elements: boxes, ellipses, lines, paths, words. All other SVG is a picture.

What acts, loads or declares entities has been refused before (``assets.svg_header``). Whatever an element could
not show as it is drawn (gradients, clips, style sheets, holes) makes the whole a picture instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final
from xml.parsers import expat

from inkwire.assets.svg_header import svg_size
from inkwire.importing.assembly import Found
from inkwire.importing.colours import colour_of
from inkwire.importing.convert import UNPLACED
from inkwire.importing.exact import new_id
from inkwire.importing.geometry import wrapped
from inkwire.importing.strokes import fitted
from inkwire.importing.svg_paths import Course, Matrix, courses_of, numbers_in, transform_of
from inkwire.protocol import elements
from inkwire.protocol.limits import MAX_TEXT
from inkwire.protocol.scalars import Align, Dash, Font

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ELEMENTS: Final = 5_000
"""More than that nobody wants to have singly."""
_DEEPEST: Final = 100
_INHERITED: Final = {
    "fill": "black",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-dasharray": "none",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "font-size": "16",
    "font-family": "",
    "text-anchor": "start",
    "visibility": "visible",
    "color": "black",
}
_PASSED_OVER: Final = frozenset({"title", "desc", "metadata", "defs", "namedview"})
_DRAWN: Final = frozenset(
    {"rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text"}
)
_SUBTLE: Final = ("clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end")
_ALIGNS: Final[Mapping[str, Align]] = {"start": "left", "middle": "center", "end": "right"}
_BASELINE: Final = 0.895
"""From the top of a line to its letters' baseline, in ems: half of 1.25, and 0.27 for ``sans``."""
_FEWER: Final = 4
"""Of a curve drawn as a curve every fourth point is enough."""
_GLYPH: Final = 0.55
"""The width of a letter in ems, roughly."""


class NotSimple(Exception):
    """It has to be shown as a picture."""


@dataclass(frozen=True)
class _State:
    """What an element inherits."""

    matrix: Matrix
    style: Mapping[str, str]
    opacity: float = 1.0


def elements_of_svg(data: bytes, random: Random) -> list[Found] | None:
    """The elements of a simple SVG in paint order; None for one that is to be shown as a picture.

    Raises ``BadFile`` for what is no SVG or may not be shown.
    """
    size = svg_size(data)
    if len(data) > MOST_BYTES:
        return None
    reader = _Reader(random, size)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    reader.line = lambda: parser.CurrentLineNumber
    try:
        parser.Parse(data, True)
    except NotSimple:
        return None
    return reader.found or None


@dataclass
class _Reader:
    random: Random
    size: tuple[float, float]
    found: list[Found] = field(default_factory=list)
    line: Any = None
    _states: list[_State] = field(default_factory=list)
    _hidden: int = 0
    """How deep within something that is not drawn."""
    _text: tuple[_State, dict[str, str], list[str]] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self._hidden or local in _PASSED_OVER or "svg" not in space:
            self._hidden += 1
            return
        if len(self._states) > _DEEPEST:
            raise NotSimple
        if self._text is not None and (
            local != "tspan" or attributes.keys() & {"x", "y", "dx", "dy"}
        ):
            raise NotSimple
        if local == "svg":
            if self._states:
                raise NotSimple
            outer = _State(self._view(attributes), _INHERITED)
            self._states.append(self._state(attributes, outer))
            return
        if local not in _DRAWN and local not in ("g", "a", "tspan"):
            raise NotSimple
        state = self._state(attributes, self._states[-1])
        self._states.append(state)
        if local == "text":
            self._text = (state, attributes, [])
        elif local in _DRAWN and state.style["visibility"] == "visible":
            self._draw(local, attributes, state)

    def end(self, name: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        self._states.pop()
        if name.endswith(" text") and self._text is not None:
            self._write(*self._text)
            self._text = None

    def words(self, text: str) -> None:
        if self._text is not None and not self._hidden:
            self._text[2].append(text)

    @property
    def _where(self) -> str:
        return f"line {self.line()}"

    def _view(self, attributes: dict[str, str]) -> Matrix:
        box = numbers_in(attributes.get("viewBox", ""), self._where)
        if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
            return Matrix()
        scale = min(self.size[0] / box[2], self.size[1] / box[3])
        return Matrix(scale, 0, 0, scale, -box[0] * scale, -box[1] * scale)

    def _state(self, attributes: dict[str, str], outer: _State) -> _State:
        given = dict(attributes)
        for part in attributes.get("style", "").split(";"):
            name, _, value = part.partition(":")
            given[name.strip()] = value.strip()
        if any(given.get(name, "none") != "none" for name in _SUBTLE):
            raise NotSimple
        style = dict(outer.style)
        for name in _INHERITED.keys() & given.keys():
            if given[name] != "inherit":
                style[name] = given[name].removesuffix("!important").strip()
        if given.get("display") == "none":
            style["visibility"] = "hidden"
        matrix = outer.matrix.then(transform_of(given.get("transform", ""), self._where))
        opacity = outer.opacity * self._number(given.get("opacity", "1"), 1.0)
        return _State(matrix, style, min(max(opacity, 0.0), 1.0))

    def _number(self, text: str, default: float = 0.0) -> float:
        if text.endswith(("%", "em", "ex", "rem", "vw", "vh")):
            raise NotSimple
        found = numbers_in(text, self._where)
        return found[0] if found else default

    def _draw(self, kind: str, given: dict[str, str], state: _State) -> None:
        looks = self._looks(state)
        if looks["color"] == looks["fill"] == "transparent":
            return

        def number(name: str) -> float:
            return self._number(given.get(name, "0"))

        match kind:
            case "rect":
                box = (number("x"), number("y"), number("width"), number("height"))
                rounded = number("rx") > 0 or number("ry") > 0
                self._box(elements.Rectangle, box, state, looks | {"rounded": rounded})
            case "circle" | "ellipse":
                rx = number("r") if kind == "circle" else number("rx")
                ry = number("r") if kind == "circle" else number("ry")
                box = (number("cx") - rx, number("cy") - ry, 2 * rx, 2 * ry)
                self._box(elements.Ellipse, box, state, looks)
            case "line":
                ends = [(number("x1"), number("y1")), (number("x2"), number("y2"))]
                self._line(Course(ends, is_closed=False), state, looks)
            case "polyline" | "polygon":
                flat = numbers_in(given.get("points", ""), self._where)
                points = list(zip(flat[::2], flat[1::2], strict=False))
                closed = kind == "polygon" and len(points) > 2
                self._line(Course(points + points[:1] * closed, closed), state, looks)
            case _:
                courses = list(courses_of(given.get("d", ""), self._where))
                if len(courses) > 1 and looks["fill"] != "transparent":
                    raise NotSimple  # one part may be a hole in another
                for course in courses:
                    self._line(course, state, looks)

    def _looks(self, state: _State) -> dict[str, Any]:
        style = state.style
        width = self._number(style["stroke-width"], 1.0) * state.matrix.scale
        return {
            "color": self._colour(style, "stroke") if width > 0 else "transparent",
            "fill": self._colour(style, "fill"),
            "stroke_width": min(max(width, 0.1), 256.0),
            "dash": self._dash(style["stroke-dasharray"], style["stroke-width"]),
            "roughness": 0.0,
            "opacity": state.opacity,
        }

    def _colour(self, style: Mapping[str, str], name: str) -> str:
        text = style["color"] if style[name].lower() == "currentcolor" else style[name]
        colour = colour_of(text)
        if colour is None:
            raise NotSimple  # a gradient, a pattern, a way to say it that we do not know
        alpha = self._number(style[f"{name}-opacity"], 1.0)
        if alpha < 1 and colour != "transparent":
            whole = int(colour[7:] or "ff", 16)
            colour = f"{colour[:7]}{round(whole * max(alpha, 0.0)):02x}"
        return colour

    def _dash(self, text: str, width: str) -> Dash:
        lengths = numbers_in(text, self._where)
        if not any(lengths):
            return "solid"
        return "dotted" if lengths[0] <= 2 * self._number(width, 1.0) else "dashed"

    def _box(
        self,
        kind: type[elements.Rectangle] | type[elements.Ellipse],
        box: tuple[float, float, float, float],
        state: _State,
        looks: dict[str, Any],
    ) -> None:
        x, y, width, height = box
        m = state.matrix
        if width <= 0 or height <= 0:
            return
        wide, tall = math.hypot(m.a, m.b), math.hypot(m.c, m.d)
        if abs(m.a * m.c + m.b * m.d) > 1e-6 * max(wide * tall, 1e-9):
            raise NotSimple  # slanted
        left, top = m.at(x, y)
        sy = height * tall * (-1 if m.a * m.d - m.b * m.c < 0 else 1)
        place = (left, top, width * wide, sy, wrapped(math.atan2(m.b, m.a)))
        self._add(kind(id=new_id(self.random), z=UNPLACED, place=place, **looks))

    def _line(self, course: Course, state: _State, looks: dict[str, Any]) -> None:
        points = [state.matrix.at(x, y) for x, y in course.points]
        if len(points) < 2:
            return
        if looks["fill"] != "transparent" and not course.is_closed:
            if looks["color"] != "transparent" and len(points) > 2:
                raise NotSimple  # filled as if closed, drawn open
            points.append(points[0])
        is_round = course.is_smooth and looks["dash"] != "solid"
        if is_round:  # as one curve: along many short lines no dash would show
            points = [*points[:-1:_FEWER], points[-1]]
        x, y = points[0]
        data, _ = fitted([(px - x, py - y) for px, py in points], pressure=False)
        place = (x, y, 1.0, 1.0, 0.0)
        self._add(
            elements.Line(
                id=new_id(self.random),
                z=UNPLACED,
                place=place,
                points=data,
                curve="round" if is_round else "sharp",
                **looks,
            )
        )

    def _write(self, state: _State, given: dict[str, str], pieces: list[str]) -> None:
        text = " ".join("".join(pieces).split())[:MAX_TEXT]
        m = state.matrix
        if not text or state.style["visibility"] != "visible":
            return
        size = self._number(state.style["font-size"], 16.0) * m.scale
        width, height = len(text) * size * _GLYPH, size * 1.25
        anchor = state.style["text-anchor"]
        back = {"middle": width / 2, "end": width}.get(anchor, 0.0)
        x, y = m.at(self._number(given.get("x", "0")), self._number(given.get("y", "0")))
        angle = math.atan2(m.b, m.a)
        cos, sin = math.cos(angle), math.sin(angle)
        up = _BASELINE * size
        place = (
            x - back * cos + up * sin,
            y - back * sin - up * cos,
            width,
            height,
            wrapped(angle),
        )
        self._add(
            elements.TextElement(
                id=new_id(self.random),
                z=UNPLACED,
                place=place,
                text=text,
                color=self._colour(state.style, "fill"),
                font=_font(state.style["font-family"]),
                font_size=min(max(size, 1.0), 2000.0),
                align=_ALIGNS.get(anchor, "left"),
                opacity=state.opacity,
            )
        )

    def _add(self, element: elements.Element) -> None:
        if len(self.found) == MOST_ELEMENTS:
            raise NotSimple
        self.found.append(Found(element, self._where))


def _font(family: str) -> Font:
    family = family.lower()
    if "mono" in family or "courier" in family:
        return "mono"
    if re.search(r"(?<!sans-)serif|times|georgia", family):
        return "serif"
    return "hand" if re.search(r"virgil|excalifont|comic|hand", family) else "sans"
