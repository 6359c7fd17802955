"""What each element without letters looks like, as paths: the Python half of docs/drawing.md.

Paths lie in the element's own frame: ``Drawing.frame`` says where that is on the board.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from inkwire.exporting import ink, sketch
from inkwire.exporting.boxes import BOXES, is_rounded
from inkwire.exporting.curves import C, L, M, Op, Point, Z, quadratic
from inkwire.exporting.heads import HeadStyle, head_paints
from inkwire.exporting.paint import Paint, is_visible
from inkwire.exporting.rough import Pencil
from inkwire.exporting.sketch import Fill, Sketch
from inkwire.protocol.elements import (
    Arrow,
    Element,
    Freedraw,
    Line,
    Place,
    Shape,
    Sketched,
)
from inkwire.protocol.points import PRESSURE, decode_points
from inkwire.rooms.bounds import box_of_points

CLOSED_WITHIN = 8.0
"""A line of three points or more is filled when it ends at most this far from its start."""
LARGEST_PATTERN = 10_000.0
"""World units; larger shapes get a solid fill in place of millions of lines."""
LONGEST_PATTERN = 4_000
"""Bytes of points of a line that may still have a pattern."""
PATTERN_COVER = {"hachure": 0.3, "zigzag": 0.4, "cross-hatch": 0.5}
"""The alpha of a solid fill that stands for a pattern."""
ELBOW_CORNER = 16.0


@dataclass(frozen=True)
class Frame:
    """Where an element's own frame lies: moved, turned by radians, mirrored."""

    x: float
    y: float
    angle: float
    flip_x: bool = False
    flip_y: bool = False


@dataclass(frozen=True)
class Drawing:
    """An element's frame and paths, lowest first. ``highlighter``: to be blended with what is below."""

    frame: Frame
    paints: list[Paint] = field(default_factory=list)
    highlighter: bool = False


def drawing_of(element: Element, background: str = "#ffffff") -> Drawing:
    """The paths of a shape, a line or a stroke; of an element of another type, none.

    ``background`` shows inside hollow arrow heads.
    """
    x, y, sx, sy, angle = element.place
    if isinstance(element, Line):
        return Drawing(Frame(x, y, angle), _line(element, background))
    if isinstance(element, Freedraw):
        paints = _highlighter(element) if element.brush == "highlighter" else _pen(element)
        return Drawing(Frame(x, y, angle), paints, element.brush == "highlighter")
    frame = Frame(x, y, angle, sx < 0, sy < 0)
    if isinstance(element, Shape):
        return Drawing(frame, _shape(element, abs(sx), abs(sy)))
    return Drawing(frame)


def scaled_points(points: bytes, place: Place) -> list[Point]:
    """Decoded points, times the scale of their place."""
    return [(point.x * place[2], point.y * place[3]) for point in decode_points(points)]


def _shape(element: Shape, w: float, h: float) -> list[Paint]:
    is_round = is_rounded(element)
    pencil = _pencil(element, w, h, is_round=is_round, is_path=is_round)
    fill = _fill(element, max(w, h), 0)
    return _paints(element, BOXES[type(element)](element, w, h, pencil, fill))


def _line(element: Line, background: str) -> list[Paint]:
    points = scaled_points(element.points, element.place)
    if len(points) < 2:
        return []
    box = box_of_points(points)
    w, h = box.width, box.height
    fill = None
    if not isinstance(element, Arrow) and is_closed(points):
        fill = _fill(element, max(w, h), len(element.points))
    is_round, is_elbow = element.curve == "round", element.curve == "elbow"
    pencil = _pencil(element, w, h, is_round=is_round, is_path=is_elbow)
    if is_elbow:
        made = sketch.path(elbow(points), pencil, fill)
    elif is_round:
        made = sketch.curve(points, pencil, fill)
    elif fill:
        made = sketch.polygon(points, pencil, fill)
    else:
        made = sketch.polyline(points, pencil)
    paints = _paints(element, made)
    if is_visible(element.color):
        style = HeadStyle(
            pencil=pencil,
            color=element.color,
            background=background,
            width=element.stroke_width,
            line_width=_line_width(element),
            dash=element.dash,
        )
        paints += head_paints(element.start_head, "start", made.outline, points, style)
        paints += head_paints(element.end_head, "end", made.outline, points, style)
    return paints


def _pen(element: Freedraw) -> list[Paint]:
    sx, sy = element.place[2], element.place[3]
    points = decode_points(element.points)
    paints = []
    at = [(point.x * sx, point.y * sy) for point in points]
    if is_visible(element.fill) and is_closed(at) and element.fill_style != "solid":
        paints += _line(_filling(element), "")
    elif is_visible(element.fill) and is_closed(at):
        ops: list[Op] = [(L if index else M, point) for index, point in enumerate(at)]
        paints.append(Paint([*ops, (Z, ())], fill=element.fill, even_odd=True))
    if points and is_visible(element.color):
        pressed = bool(element.points[0] & PRESSURE)
        strokes: Sequence[tuple[float, ...]] = at
        if pressed:
            strokes = [(point.x * sx, point.y * sy, point.pressure) for point in points]
        outline = ink.outline_of(strokes, element.stroke_width, with_pressure=pressed)
        paints.append(Paint(ink.closed_path(outline), fill=element.color))
    return paints


def _filling(element: Freedraw) -> Line:
    """The pattern that fills a closed stroke, as a line without an outline."""
    return Line(
        id=element.id,
        z=element.z,
        place=element.place,
        points=element.points,
        color="transparent",
        fill=element.fill,
        fill_style=element.fill_style,
        stroke_width=element.stroke_width,
    )


def _highlighter(element: Freedraw) -> list[Paint]:
    points = scaled_points(element.points, element.place)
    if not points or not is_visible(element.color):
        return []
    width = element.stroke_width * ink.HIGHLIGHTER_WIDTH
    box = box_of_points(points)
    if max(box.width, box.height) < ink.DOT_EXTENT:
        return [Paint(_circle(points[0], width / 2), fill=element.color)]
    return [Paint(ink.open_path(points), stroke=element.color, width=width, flat=True)]


def _paints(element: Sketched, made: Sketch) -> list[Paint]:
    paints = []
    if made.fill and made.patterned:
        paints.append(Paint(made.fill, stroke=element.fill, width=element.stroke_width / 2))
    elif made.fill:
        colour = element.fill
        if element.fill_style != "solid":
            colour = with_alpha(colour, PATTERN_COVER[element.fill_style])
        paints.append(Paint(made.fill, fill=colour, even_odd=made.even_odd))
    if made.outline and is_visible(element.color):
        dash = None
        if element.dash == "dashed":
            dash = (8.0, 8 + element.stroke_width)
        elif element.dash == "dotted":
            dash = (1.5, 6 + element.stroke_width)
        width = _line_width(element)
        paints.append(Paint(made.outline, stroke=element.color, width=width, dash=dash))
    return paints


def _line_width(element: Sketched) -> float:
    return element.stroke_width + (0.0 if element.dash == "solid" else 0.5)


def _fill(element: Sketched, extent: float, point_bytes: int) -> Fill | None:
    if not is_visible(element.fill):
        return None
    if extent > LARGEST_PATTERN or point_bytes > LONGEST_PATTERN:
        return Fill("solid", 0.0)
    return Fill(element.fill_style, element.stroke_width * 4)


def _pencil(element: Sketched, w: float, h: float, *, is_round: bool, is_path: bool) -> Pencil:
    return Pencil.of(
        element.seed,
        adjusted_roughness(element, w, h, is_round=is_round),
        single=element.dash != "solid",
        keep_vertices=is_path or element.roughness < 2,
    )


def adjusted_roughness(element: Sketched, w: float, h: float, *, is_round: bool) -> float:
    """Small shapes are drawn less rough."""
    least, most = min(w, h), max(w, h)
    if (
        (least >= 20 and most >= 50)
        or (least >= 15 and is_round and not isinstance(element, Arrow))
        or (isinstance(element, Line) and most >= 50)
    ):
        return element.roughness
    return min(element.roughness / (3 if most < 10 else 2), 2.5)


def is_closed(points: Sequence[Point]) -> bool:
    """Whether a line through those points encloses a surface."""
    return len(points) >= 3 and math.dist(points[0], points[-1]) <= CLOSED_WITHIN


def with_alpha(colour: str, share: float) -> str:
    """The colour, that much more transparent."""
    alpha = int(colour[7:], 16) if len(colour) == 9 else 255
    return f"{colour[:7]}{round(alpha * share):02x}"


def elbow(points: Sequence[Point]) -> list[Op]:
    """Straight segments with rounded corners."""
    ops: list[Op] = [(M, points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        inward, outward = math.dist(before, corner), math.dist(corner, after)
        cut = min(ELBOW_CORNER, inward / 2, outward / 2)
        if not cut:
            ops.append((L, corner))
            continue
        start = _towards(corner, before, cut / inward)
        ops += [(L, start), quadratic(start, corner, _towards(corner, after, cut / outward))]
    return [*ops, (L, points[-1])]


def _towards(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _circle(center: Point, r: float) -> list[Op]:
    """Four cubic quarters; 0.5523 is the usual handle length for a circle."""
    (x, y), k = center, r * 0.5523
    return [
        (M, (x + r, y)),
        (C, (x + r, y + k, x + k, y + r, x, y + r)),
        (C, (x - k, y + r, x - r, y + k, x - r, y)),
        (C, (x - r, y - k, x - k, y - r, x, y - r)),
        (C, (x + k, y - r, x + r, y - k, x + r, y)),
        (Z, ()),
    ]
