"""One element of Excalidraw to one element of the protocol.

Defaults are those that Excalidraw 0.18 fills in when it restores a file of any earlier version.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from inkwire.errors import BadFile
from inkwire.importing import words
from inkwire.importing.colours import colour_of
from inkwire.importing.geometry import box_place, curve_box, point_place
from inkwire.importing.records import BindingRecord, ElementRecord
from inkwire.importing.strokes import dot_kept_apart, fitted
from inkwire.importing.texts import text_and_box, text_props
from inkwire.protocol import elements
from inkwire.protocol.labels import as_label
from inkwire.protocol.limits import MAX_COORDINATE, MAX_GROUPS, MAX_LINK, MAX_TITLE
from inkwire.protocol.scalars import Curve, Head
from inkwire.rooms.bounds import box_of_points

UNPLACED = "a0"
"""The order key of an element whose place among the others is not decided yet."""
DEFAULT_COLOUR = "#1e1e1e"
UNKNOWN_COLOUR = "#000000"
"""What a browser paints when it does not understand a colour."""

_LINK = re.compile(r"(https?|mailto):[^\x00-\x20]+\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A decoded picture: the id under which it is kept, and its size in pixels."""

    file: str
    size: tuple[float, float]


@dataclass(frozen=True)
class Scope:
    """Elements that refer to one another: a scene, or one item of a library.

    ``ids`` and ``group`` map the file's names to new ones, ``record`` and ``picture`` find what has a
    name in the file, ``notes`` counts what could not be taken over exactly.
    """

    ids: Mapping[str, str]
    record: Callable[[str], ElementRecord | None]
    group: Callable[[str], str]
    picture: Callable[[str], Picture | None]
    notes: Counter[str]


def converted(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    """The element, not yet laid out: its place as in the file, its order key ``UNPLACED``.

    Raises ``BadFile`` for numbers that lie outside of the board.
    """
    for name in ("x", "y", "width", "height"):
        _within(getattr(record, name) or 0.0, f"{where}.{name}")
    return _CONVERTERS[record.type](record, id_, scope, where)


def _rectangle(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Rectangle(
        **_base(record, id_, scope),
        **_sketched(record, scope.notes),
        place=_box_place(record),
        rounded=_is_round(record),
    )


def _ellipse(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Ellipse(
        **_base(record, id_, scope), **_sketched(record, scope.notes), place=_box_place(record)
    )


def _diamond(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Diamond(
        **_base(record, id_, scope),
        **_sketched(record, scope.notes),
        place=_box_place(record),
        rounded=_is_round(record),
    )


def _line(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Line(**_linear(record, id_, scope, where, "round"))


def _arrow(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Arrow(
        **_linear(record, id_, scope, where, "elbow" if record.elbowed else "round"),
        start_head=_head(record.start_arrowhead, "none"),
        end_head=_head(record.end_arrowhead, "arrow"),
    )


def _linear(
    record: ElementRecord, id_: str, scope: Scope, where: str, curve: Curve
) -> dict[str, Any]:
    points: Sequence[Sequence[float]] = record.points or []
    if len(points) < 2:
        points = [(0.0, 0.0), (record.width or 0.0, record.height or 0.0)]
    _check_points(points, where)
    curve = curve if _is_round(record) or curve == "elbow" else "sharp"
    data, thinned = fitted(points, pressure=False)
    scope.notes["points left out"] += thinned
    box = curve_box(points) if curve == "round" else box_of_points(points)
    return {
        **_base(record, id_, scope),
        **_sketched(record, scope.notes),
        "place": point_place(record.x or 0.0, record.y or 0.0, record.angle or 0.0, box),
        "points": data,
        "curve": curve,
        "start": _binding(record.start_binding, scope),
        "end": _binding(record.end_binding, scope),
    }


def _freedraw(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    points: Sequence[Sequence[float]] = record.points or [(0.0, 0.0)]
    _check_points(points, where)
    points = dot_kept_apart(points)
    place = point_place(
        record.x or 0.0, record.y or 0.0, record.angle or 0.0, box_of_points(points)
    )
    with_pressure = record.simulate_pressure is False
    if with_pressure:
        pressures = record.pressures or [0.5]
        last = len(pressures) - 1
        points = [
            (point[0], point[1], min(max(pressures[min(index, last)], 0.0), 1.0))
            for index, point in enumerate(points)
        ]
    data, thinned = fitted(points, pressure=with_pressure)
    scope.notes["points left out"] += thinned
    return elements.Freedraw(
        **_base(record, id_, scope),
        color=_colour(record.stroke_color, DEFAULT_COLOUR, scope.notes),
        stroke_width=_stroke_width(record),
        fill=_colour(record.background_color, "transparent", scope.notes),
        fill_style=words.FILLS.get(record.fill_style or "solid", "hachure"),
        place=place,
        points=data,
    )


def _text(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    container = scope.record(record.container_id or "")
    text, (x, y, width, height), auto_size = text_and_box(record, container, scope.notes)
    return elements.TextElement(
        **_base(record, id_, scope),
        **text_props(record),
        color=_colour(record.stroke_color, DEFAULT_COLOUR, scope.notes),
        text=text,
        auto_size=auto_size,
        place=box_place(x, y, width, height, record.angle or 0.0),
        container=scope.ids.get(record.container_id or "", ""),
    )


def _frame(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    return elements.Frame(
        **_base(record, id_, scope),
        place=_box_place(record),
        name=as_label(record.name or "", MAX_TITLE),
    )


def _image(record: ElementRecord, id_: str, scope: Scope, where: str) -> elements.Element:
    picture = scope.picture(record.file_id or "")
    if picture is None:
        scope.notes["pictures missing"] += 1
    crop = None
    if (part := record.crop) and part.natural_width > 0 and part.natural_height > 0:
        left, top = part.x / part.natural_width, part.y / part.natural_height
        right = left + part.width / part.natural_width
        bottom = top + part.height / part.natural_height
        crop = (_share(left), _share(top), _share(right), _share(bottom))
    scale = record.scale or (1.0, 1.0)
    return elements.Image(
        **_base(record, id_, scope),
        place=_box_place(record, (scale[0] < 0, scale[1] < 0)),
        file=picture.file if picture else "",
        natural=(float(picture.size[0]), float(picture.size[1])) if picture else None,
        crop=crop,
    )


_Converter = Callable[[ElementRecord, str, Scope, str], elements.Element]
_CONVERTERS: dict[str, _Converter] = {
    "rectangle": _rectangle,
    "ellipse": _ellipse,
    "diamond": _diamond,
    "line": _line,
    # The pen of Excalidraw's first versions: drawn as a curved line, with fills and dashes.
    "draw": _line,
    "arrow": _arrow,
    "freedraw": _freedraw,
    "text": _text,
    "frame": _frame,
    "image": _image,
}
KNOWN_TYPES = frozenset(_CONVERTERS)


def _base(record: ElementRecord, id_: str, scope: Scope) -> dict[str, Any]:
    groups = list(dict.fromkeys(record.group_ids or ()))
    if len(groups) > MAX_GROUPS:
        scope.notes["groups nested too deep"] += 1
    return {
        "id": id_,
        "z": UNPLACED,
        "opacity": min(max((100.0 if record.opacity is None else record.opacity) / 100, 0.0), 1.0),
        "groups": tuple(scope.group(name) for name in groups[:MAX_GROUPS]),
        "frame": scope.ids.get(record.frame_id or "", ""),
        "locked": bool(record.locked),
        "link": link_of(record.link, scope.notes),
    }


def _sketched(record: ElementRecord, notes: Counter[str]) -> dict[str, Any]:
    return {
        "color": _colour(record.stroke_color, DEFAULT_COLOUR, notes),
        "stroke_width": _stroke_width(record),
        "fill": _colour(record.background_color, "transparent", notes),
        "fill_style": words.FILLS.get(record.fill_style or "solid", "hachure"),
        "dash": words.DASHES.get(record.stroke_style or "solid", "solid"),
        "roughness": min(max(1.0 if record.roughness is None else record.roughness, 0.0), 4.0),
        "seed": int(abs(1.0 if record.seed is None else record.seed)) & 0x7FFFFFFF,
    }


def _box_place(record: ElementRecord, flip: tuple[bool, bool] = (False, False)) -> elements.Place:
    x, y = record.x or 0.0, record.y or 0.0
    width, height = record.width or 0.0, record.height or 0.0
    return box_place(
        min(x, x + width), min(y, y + height), abs(width), abs(height), record.angle or 0.0, flip
    )


def _is_round(record: ElementRecord) -> bool:
    return record.roundness is not None or record.stroke_sharpness == "round"


def _stroke_width(record: ElementRecord) -> float:
    width = record.stroke_width or 2.0
    return min(max(width, 0.1), 256.0)


def _head(word: Any, default: Head) -> Head:
    if word is UNSET:
        return default
    return words.HEADS.get(word, "arrow") if word else "none"


def _binding(record: BindingRecord | None, scope: Scope) -> elements.Binding | None:
    if record is None or record.element_id not in scope.ids:
        return None
    at = record.fixed_point
    return elements.Binding(
        to=scope.ids[record.element_id],
        at=(_anchor(at[0]), _anchor(at[1])) if at else None,
        focus=_anchor(record.focus or 0.0),
        gap=min(max(record.gap or 0.0, 0.0), 1e5),
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _anchor(value: float) -> float:
    return min(max(value, -100.0), 100.0)


def _colour(text: str | None, default: str, notes: Counter[str]) -> str:
    if not text:
        return default
    colour = colour_of(text)
    if colour is None:
        notes["colours not understood"] += 1
        return UNKNOWN_COLOUR
    return colour


def link_of(text: str | None, notes: Counter[str]) -> str:
    """The address, if an element may have it; empty otherwise, and counted."""
    link = (text or "").strip()
    if not link:
        return ""
    if len(link) > MAX_LINK or not _LINK.match(link):
        notes["links dropped"] += 1
        return ""
    scheme, _, rest = link.partition(":")
    return f"{scheme.lower()}:{rest}"


def _check_points(points: Sequence[Sequence[float]], where: str) -> None:
    for index, point in enumerate(points):
        if len(point) < 2:
            raise BadFile("A point needs x and y.", f"{where}.points[{index}]")
        if not (abs(point[0]) <= MAX_COORDINATE and abs(point[1]) <= MAX_COORDINATE):
            raise BadFile("This point lies outside of the board.", f"{where}.points[{index}]")


def _within(value: float, where: str) -> None:
    if not abs(value) <= MAX_COORDINATE:
        raise BadFile("This lies outside of the board.", where)
