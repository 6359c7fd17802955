"""One element of ours as elements of Excalidraw: the inverse of ``importing.convert``.

What Excalidraw lacks is written as its nearest kind: a triangle as a closed line, a note as a rectangle with
text in it, a highlighter as a broad pale pen. ``importing.marks`` keeps what would come back different.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from inkwire.exporting.excalidraw_marks import Json, marked
from inkwire.exporting.excalidraw_relations import Relations
from inkwire.exporting.ink import HIGHLIGHTER_WIDTH, SIZE
from inkwire.exporting.text_layout import NOTE_PADDING, lines_of
from inkwire.importing.geometry import curve_box
from inkwire.importing.marks import NOTE_WORDS, VERSION
from inkwire.protocol.elements import (
    Arrow,
    Binding,
    Element,
    Frame,
    Freedraw,
    Image,
    Lettered,
    Line,
    Note,
    Place,
    Sketched,
    TextElement,
    Triangle,
)
from inkwire.protocol.elements import Drawn as DrawnElement
from inkwire.protocol.limits import MAX_COORDINATE
from inkwire.protocol.points import PRESSURE, decode_points
from inkwire.protocol.scalars import Font, Head
from inkwire.rooms.bounds import Box, box_of_points

NOTE_PAPER: Final = "#fff3bf"
"""Of a note without a fill of its own (docs/drawing.md, section 5)."""
_FONTS: Final[Mapping[Font, float]] = {"hand": 5.0, "sans": 2.0, "serif": 2.0, "mono": 3.0}
_HEADS: Final[Mapping[Head, str | None]] = {
    "none": None,
    "arrow": "arrow",
    "triangle": "triangle",
    "triangle-outline": "triangle_outline",
    "bar": "bar",
    "dot": "dot",
    "circle-outline": "circle_outline",
    "diamond": "diamond",
    "diamond-outline": "diamond_outline",
    "crowfoot-one": "crowfoot_one",
    "crowfoot-many": "crowfoot_many",
    "crowfoot-one-or-many": "crowfoot_one_or_many",
}
_CORNERS: Final = ((0.5, 0.0), (1.0, 1.0), (0.0, 1.0), (0.5, 0.0))


def records_of(element: Element, relations: Relations) -> list[Json]:
    """The element as Excalidraw writes it; a note with words becomes two."""
    match element:
        case Note():
            return _note(element, relations)
        case Triangle():
            record = _triangle(element, relations)
        case Line():
            record = _line(element, relations)
        case Freedraw():
            record = _freedraw(element, relations)
        case TextElement():
            record = _text(element, relations)
        case Frame():
            record = _base(element, relations) | _boxed(element.place)
            record |= {"name": element.name or None}
        case Image():
            record = _image(element, relations)
        case _:
            record = _base(element, relations) | _boxed(element.place)
            if getattr(element, "rounded", False):
                record["roundness"] = {"type": 3.0}
    return [marked(record, element)]


def _note(note: Note, relations: Relations) -> list[Json]:
    paper = _base(note, relations) | _boxed(note.place)
    paper |= {
        "type": "rectangle",
        "strokeColor": "transparent",
        "backgroundColor": NOTE_PAPER if note.fill == "transparent" else note.fill,
        "fillStyle": "solid",
        "roughness": 0.0,
    }
    if not note.text:
        return [marked(paper, note)]
    name = f"{note.id}-words"
    paper["boundElements"] = [{"id": name, "type": "text"}, *(paper["boundElements"] or ())]
    size, lines = lines_of(note)
    words = _base(note, relations) | _boxed(note.place)
    words |= {
        "x": _bounded(words["x"] + NOTE_PADDING),
        "y": _bounded(words["y"] + NOTE_PADDING),
        "width": max(words["width"] - 2 * NOTE_PADDING, 0.0),
        "height": max(words["height"] - 2 * NOTE_PADDING, 0.0),
        **_lettered(note, size, [line.text for line in lines]),
        "id": name,
        "type": "text",
        "link": None,
        "boundElements": None,
        "containerId": note.id,
        "autoResize": True,
        "customData": {"inkwire": {"v": VERSION, "part": NOTE_WORDS}},
    }
    return [marked(paper, note, words), words]


def _triangle(triangle: Triangle, relations: Relations) -> Json:
    sx, sy = triangle.place[2:4]
    corners = [[x * sx, y * sy] for x, y in _CORNERS]
    return _base(triangle, relations) | {
        **_course(corners, triangle.place, box_of_points(corners)),
        "type": "line",
        "polygon": True,
        "startBinding": None,
        "endBinding": None,
        "startArrowhead": None,
        "endArrowhead": None,
    }


def _line(line: Line, relations: Relations) -> Json:
    sx, sy = line.place[2:4]
    points = [[point.x * sx, point.y * sy] for point in decode_points(line.points)]
    points = points or [[0.0, 0.0]]
    box = curve_box(points) if line.curve == "round" else box_of_points(points)
    record = _base(line, relations) | _course(points, line.place, box)
    record |= {
        "roundness": {"type": 2.0} if line.curve == "round" else None,
        "startBinding": _binding(line.start, relations),
        "endBinding": _binding(line.end, relations),
        "startArrowhead": _HEADS[line.start_head],
        "endArrowhead": _HEADS[line.end_head],
        "lastCommittedPoint": None,
    }
    if isinstance(line, Arrow):
        record["elbowed"] = is_elbowed = line.curve == "elbow" and _is_upright(points, line.place)
        if is_elbowed:
            record |= {"fixedSegments": None, "startIsSpecial": None, "endIsSpecial": None}
    return record


def _is_upright(points: Sequence[Sequence[float]], place: Place) -> bool:
    """Whether every part runs along an axis: Excalidraw's elbow arrows know no others."""
    return place[4] == 0.0 and all(
        one[0] == two[0] or one[1] == two[1] for one, two in pairwise(points)
    )


def _freedraw(stroke: Freedraw, relations: Relations) -> Json:
    sx, sy = stroke.place[2:4]
    ink = decode_points(stroke.points)
    points = [[point.x * sx, point.y * sy] for point in ink] or [[0.0, 0.0]]
    record = _base(stroke, relations) | _course(points, stroke.place, box_of_points(points))
    with_pressure = bool(ink) and bool(stroke.points[0] & PRESSURE)
    record |= {
        "simulatePressure": not with_pressure,
        "pressures": [round(point.pressure, 4) for point in ink] if with_pressure else [],
        "lastCommittedPoint": None,
    }
    if stroke.brush == "highlighter":
        record["strokeWidth"] = stroke.stroke_width * HIGHLIGHTER_WIDTH / SIZE
        record["opacity"] /= 2
    return record


def _text(text: TextElement, relations: Relations) -> Json:
    _, lines = lines_of(text)
    return _base(text, relations) | {
        **_boxed(text.place),
        **_lettered(text, text.font_size, [line.text for line in lines]),
        "containerId": text.container if relations.takes_text(text) else None,
        "autoResize": text.auto_size,
    }


def _image(image: Image, relations: Relations) -> Json:
    sx, sy = image.place[2:4]
    crop = None
    if image.crop is not None and image.natural is not None:
        (left, top, right, bottom), (width, height) = image.crop, image.natural
        crop = {
            "x": left * width,
            "y": top * height,
            "width": (right - left) * width,
            "height": (bottom - top) * height,
            "naturalWidth": width,
            "naturalHeight": height,
        }
    return _base(image, relations) | {
        **_boxed(image.place),
        "strokeColor": "transparent",
        "status": "saved" if image.file else "pending",
        "fileId": image.file or None,
        "scale": [-1.0 if sx < 0 else 1.0, -1.0 if sy < 0 else 1.0],
        "crop": crop,
    }


def _base(element: Element, relations: Relations) -> Json:
    record: Json = {
        "id": element.id,
        "type": str(element.__struct_config__.tag),
        "x": 0.0,
        "y": 0.0,
        "width": 0.0,
        "height": 0.0,
        "angle": 0.0,
        "strokeColor": "#1e1e1e",
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 2.0,
        "strokeStyle": "solid",
        "roughness": 1.0,
        "opacity": round(element.opacity * 100, 6),
        "groupIds": list(element.groups),
        "frameId": element.frame if relations.kind(element.frame) == "frame" else None,
        "index": None,
        "roundness": None,
        "seed": 1,
        "version": 1,
        "versionNonce": 1,
        "isDeleted": False,
        "boundElements": relations.bound_to(element) or None,
        "updated": 1,
        "link": element.link or None,
        "locked": element.locked,
    }
    if isinstance(element, DrawnElement):
        record["strokeColor"] = element.color
        record["backgroundColor"] = element.fill
        record["strokeWidth"] = element.stroke_width
    if isinstance(element, Sketched):
        record["fillStyle"] = element.fill_style
        record["strokeStyle"] = element.dash
        record["roughness"] = element.roughness
        record["seed"] = element.seed
    return record


def _lettered(element: Lettered, size: float, lines: Iterable[str]) -> Json:
    return {
        "strokeColor": element.color,
        "text": "\n".join(lines),
        "originalText": element.text,
        "fontSize": size,
        "fontFamily": _FONTS[element.font],
        "lineHeight": element.line_height,
        "textAlign": element.align,
        "verticalAlign": element.vertical_align,
    }


def _boxed(place: Place) -> Json:
    """Excalidraw's box lies upright and is turned about its middle."""
    x, y, sx, sy, angle = place
    dx, dy = _turned(sx / 2, sy / 2, angle)
    return {
        "x": _bounded(x + dx - abs(sx) / 2),
        "y": _bounded(y + dy - abs(sy) / 2),
        "width": abs(sx),
        "height": abs(sy),
        "angle": angle % math.tau,
    }


def _course(points: Sequence[Sequence[float]], place: Place, box: Box) -> Json:
    """Points that begin at (0, 0), where they stand before they are turned about the middle of their box."""
    cx, cy = (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2
    dx, dy = _turned(cx, cy, place[4])
    first_x, first_y = points[0]
    return {
        "x": _bounded(place[0] + dx - cx + first_x),
        "y": _bounded(place[1] + dy - cy + first_y),
        "width": _bounded(box.width),
        "height": _bounded(box.height),
        "angle": place[4] % math.tau,
        "points": _from(points, first_x, first_y),
    }


def _from(points: Sequence[Sequence[float]], x0: float, y0: float) -> list[list[float]]:
    moved = [[x - x0, y - y0] for x, y in points]
    if all(-MAX_COORDINATE <= x <= MAX_COORDINATE >= y >= -MAX_COORDINATE for x, y in moved):
        return moved
    return [[_bounded(x), _bounded(y)] for x, y in moved]


def _bounded(value: float) -> float:
    """What an import takes; an element at the edge of the world reaches beyond it."""
    return min(max(value, -float(MAX_COORDINATE)), float(MAX_COORDINATE))


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    if angle == 0:
        return x, y
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos


def _binding(end: Binding | None, relations: Relations) -> Json | None:
    if end is None or not relations.takes_arrows(end.to):
        return None
    at = None if end.at is None else list(end.at)
    return {"elementId": end.to, "focus": end.focus, "gap": end.gap, "fixedPoint": at}
