"""SVG's transforms and paths, as points (SVG 2, chapters 8 and 9; arcs by its implementation note B.2.4)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from inkwire.errors import BadFile
from inkwire.protocol.limits import MAX_COORDINATE, MAX_POINTS

Point = tuple[float, float]
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,12}\.?\d{0,12}|\.\d{1,12})(?:[eE][+-]?\d{1,2})?")
_COMMAND: Final = re.compile(r"[MmLlHhVvCcSsQqTtAaZz]")
_FUNCTION: Final = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]{0,400})\)")
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_STEPS: Final = 16
"""Points of a curve or of a quarter of an arc; few enough to edit, many enough to look round."""


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, inner: Matrix) -> Matrix:
        """This one around an inner one."""
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def at(self, x: float, y: float) -> Point:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """How much lengths grow, on average."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


def numbers_in(text: str, where: str) -> list[float]:
    """The numbers of a list; raises ``BadFile`` for one that lies outside of any board."""
    found = [float(each) for each in _NUMBER.findall(text)]
    if not all(abs(each) <= MAX_COORDINATE for each in found):
        raise BadFile("A number lies outside of the board.", where)
    return found


def transform_of(text: str, where: str) -> Matrix:
    """The whole of a ``transform`` attribute."""
    whole = Matrix()
    for name, inside in _FUNCTION.findall(text):
        whole = whole.then(_function(name, numbers_in(inside, where)))
    return whole


def _function(name: str, given: list[float]) -> Matrix:
    match name, given:
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case "translate", [x, *rest]:
            return Matrix(e=x, f=rest[0] if rest else 0.0)
        case "scale", [x, *rest]:
            return Matrix(a=x, d=rest[0] if rest else x)
        case "rotate", [degrees, *rest]:
            cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            turn = Matrix(cos, sin, -sin, cos)
            if len(rest) != 2:
                return turn
            x, y = rest
            return Matrix(e=x, f=y).then(turn).then(Matrix(e=-x, f=-y))
        case "skewX", [degrees]:
            return Matrix(c=math.tan(math.radians(degrees)))
        case "skewY", [degrees]:
            return Matrix(b=math.tan(math.radians(degrees)))
        case _:
            return Matrix()


class Course(NamedTuple):
    """A part of a path drawn without lifting the pen; smooth, if it is made of nothing but curves."""

    points: list[Point]
    is_closed: bool
    is_smooth: bool = False


def courses_of(data: str, where: str) -> Iterator[Course]:
    """The parts of a path, its curves as points. What is wrong ends it, as browsers do."""
    points: list[Point] = []
    x = y = start_x = start_y = 0.0
    control: Point | None = None
    before = ""
    is_smooth = True
    for command, given in _commands(data, where):
        kind = command.upper()
        near = command != kind
        ox, oy = (x, y) if near else (0.0, 0.0)
        if kind == "M":
            if len(points) > 1:
                yield Course(points, is_closed=False, is_smooth=is_smooth)
            is_smooth = True
            x, y = start_x, start_y = given[0] + ox, given[1] + oy
            points = [(x, y)]
        elif kind == "Z":
            if len(points) > 1:
                yield Course([*points, (start_x, start_y)], is_closed=True)
            x, y = start_x, start_y
            points = [(x, y)]
            is_smooth = True
        elif kind in ("L", "H", "V"):
            x, y = (
                given[0] + ox if kind != "V" else x,
                given[-1] + oy if kind != "H" else y,
            )
            points.append((x, y))
            is_smooth = False
        elif kind == "A":
            end = (given[5] + ox, given[6] + oy)
            points += _arc((x, y), end, given)
            x, y = end
        else:
            near_points = [(given[i] + ox, given[i + 1] + oy) for i in range(0, len(given), 2)]
            if kind in ("S", "T"):
                same = before in (("C", "S") if kind == "S" else ("Q", "T"))
                cx, cy = control if control and same else (x, y)
                near_points.insert(0, (2 * x - cx, 2 * y - cy))
            points += _bezier([(x, y), *near_points])
            control = near_points[-2]
            x, y = near_points[-1]
        before = kind
        if len(points) > MAX_POINTS:
            raise BadFile(f"A path has more than {MAX_POINTS:,} points.", where)
    if len(points) > 1:
        yield Course(points, is_closed=False, is_smooth=is_smooth)


def _commands(data: str, where: str) -> Iterator[tuple[str, list[float]]]:
    begins = [found.start() for found in _COMMAND.finditer(data)]
    for begin, end in pairwise([*begins, len(data)]):
        command = data[begin]
        count = _TAKES[command.upper()]
        text = data[begin + 1 : end]
        given = numbers_in(_flags_apart(text) if count == 7 else text, where)
        if count == 0:
            yield command, []
        for at in range(0, len(given) - count + 1, count) if count else ():
            yield command, given[at : at + count]
            # Further pairs of a move are lines.
            command = {"M": "L", "m": "l"}.get(command, command)


def _flags_apart(text: str) -> str:
    """An arc's numbers with its two flags, which may stand without a gap, set apart."""
    number = _NUMBER.pattern
    arc = rf"({number}[\s,]*{number}[\s,]*{number})[\s,]*([01])[\s,]*([01])[\s,]*"
    return re.sub(arc, r"\1 \2 \3 ", text)


def _bezier(controls: list[Point]) -> list[Point]:
    """Points of a quadratic or cubic curve, without its first."""
    points = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        row = controls
        while len(row) > 1:
            row = [(p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t) for p, q in pairwise(row)]
        points.append(row[0])
    return points


def _arc(start: Point, end: Point, given: list[float]) -> list[Point]:
    """Points of an elliptical arc, without its first."""
    rx, ry, turn = abs(given[0]), abs(given[1]), math.radians(given[2])
    if not rx or not ry or start == end:
        return [end]
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, cos * dy - sin * dx
    short = (x / rx) ** 2 + (y / ry) ** 2
    if short > 1:
        rx, ry = rx * math.sqrt(short), ry * math.sqrt(short)
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max((rx * ry) ** 2 - below, 0) / below) if below else 0.0
    if bool(given[3]) == bool(given[4]):
        root = -root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    sweep = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if given[4] and sweep < 0:
        sweep += math.tau
    elif not given[4] and sweep > 0:
        sweep -= math.tau
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    steps = max(math.ceil(abs(sweep) / (math.pi / 2) * _STEPS / 2), 1)
    points = []
    for step in range(1, steps):
        angle = first + sweep * step / steps
        px, py = rx * math.cos(angle) + cx, ry * math.sin(angle) + cy
        points.append((cos * px - sin * py + mx, sin * px + cos * py + my))
    return [*points, end]
