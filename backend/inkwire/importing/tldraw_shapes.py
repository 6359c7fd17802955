"""One shape of tldraw to elements of the protocol: the shape, and its words where it has some."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Final

from inkwire.importing import tldraw_words as words
from inkwire.importing.convert import UNPLACED, link_of
from inkwire.importing.strokes import fitted
from inkwire.importing.tldraw_arrows import course_of
from inkwire.importing.tldraw_placed import Drawing, Placed
from inkwire.importing.tldraw_points import points_of
from inkwire.importing.tldraw_records import Props, RichText
from inkwire.protocol import elements
from inkwire.protocol.labels import as_label
from inkwire.protocol.limits import MAX_TEXT, MAX_TITLE

_GLYPH: Final = 0.55
"""The width of a letter in ems, roughly: enough to know how many lines a label takes."""
_WIDE_GLYPH: Final = 0.65
"""The same, so that no word breaks."""
_PADDING: Final = 5.0


Converted = Iterator[elements.Element]


def _geo(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    width, height = props.w, props.h + props.grow_y
    base = _base(placed, drawing) | _sketched(props)
    if props.geo not in words.SAME and props.geo not in words.OUTLINES:
        drawing.notes["shapes drawn as the nearest of ours"] += 1
    place = placed.frame.place(0, 0, width, height)
    outline = words.OUTLINES.get(props.geo)
    if outline is not None:
        corners = [(x * width, y * height) for x, y in (*outline, outline[0])]
        data, _ = fitted(corners, pressure=False)
        yield elements.Line(**base, place=placed.frame.place(0, 0, 1.0, 1.0), points=data)
    elif props.geo in words.ROUND:
        yield elements.Ellipse(**base, place=place)
    elif props.geo == "triangle":
        yield elements.Triangle(**base, place=place)
    elif props.geo == "diamond":
        yield elements.Diamond(**base, place=place)
    else:
        yield elements.Rectangle(**base, place=place)
    yield from _label(placed, drawing, width, height)


def _label(placed: Placed, drawing: Drawing, width: float, height: float) -> Converted:
    props = placed.shape.props
    text = _text_of(props, drawing)
    if not text:
        return
    size = words.LABELS.get(props.size, 22.0) * props.scale
    share = {"ellipse": math.sqrt(0.5), "diamond": 0.5, "triangle": 0.5}.get(props.geo, 1.0)
    longest = max(len(word) for word in text.split() or [""])
    room = max(width * share - 2 * _PADDING, longest * size * _WIDE_GLYPH, size)
    lines = _lines(text, size, room)
    tall = lines * size * words.LINE_HEIGHT
    vertical = _vertical(props.vertical_align)
    inside = height * share
    top = (height - inside) / (1 if props.geo == "triangle" else 2)
    free = {"top": _PADDING, "middle": (inside - tall) / 2, "bottom": inside - tall - _PADDING}
    yield elements.TextElement(
        **_lettered(placed, drawing, text, size, drawing.new_id()),
        place=placed.frame.place((width - room) / 2, top + free[vertical], room, tall),
        align=_align(props.align),
        vertical_align=vertical,
        container=placed.id,
        auto_size=False,
    )


def _text(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    text = _text_of(props, drawing)
    size = words.TEXTS.get(props.size, 24.0) * props.scale
    width = props.w * props.scale
    if props.auto_size:
        width = max((len(line) for line in text.split("\n")), default=1) * size * _GLYPH
    lines = text.count("\n") + 1 if props.auto_size else _lines(text, size, width)
    yield elements.TextElement(
        **_lettered(placed, drawing, text, size, placed.id, of_shape=True),
        place=placed.frame.place(0, 0, width, lines * size * words.LINE_HEIGHT),
        align=_align(props.text_align or props.align if not props.auto_size else "start"),
        auto_size=props.auto_size,
    )


def _note(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    side = words.NOTE_SIZE * props.scale
    size = words.LABELS.get(props.size, 22.0) * props.scale
    lettered = _lettered(placed, drawing, _text_of(props, drawing), size, placed.id, of_shape=True)
    lettered["color"] = words.COLOURS.get(props.label_color, "#1d1d1d")
    yield elements.Note(
        **lettered,
        place=placed.frame.place(0, 0, side, side + props.grow_y * props.scale),
        align=_align(props.align),
        vertical_align=_vertical(props.vertical_align),
        fill=words.PAPERS.get(props.color, "#fce19c"),
    )


def _draw(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    points = points_of(props, where)
    base = _base(placed, drawing)
    place = placed.frame.place(0, 0, 1.0, 1.0)
    sketched = _sketched(props)
    is_straight = bool(props.segments) and all(each.type == "straight" for each in props.segments)
    if not props.is_closed:
        sketched["fill"] = "transparent"
    if is_straight and len(points) > 1:
        data, thinned = fitted(points, pressure=False)
        yield elements.Line(**base, **sketched, place=place, points=data)
    else:
        # tldraw's pen is 1 + 1.2 strokes wide, ours 4.25.
        width = (1 + 1.2 * sketched["stroke_width"]) / 4.25
        pressed = [(x, y, min(max(z, 0.0), 1.0)) for x, y, z in points or [(0.0, 0.0, 0.5)]]
        data, thinned = fitted(pressed, pressure=props.is_pen)
        yield elements.Freedraw(
            **base,
            color=sketched["color"],
            fill=sketched["fill"],
            stroke_width=min(max(width, 0.1), 256.0),
            place=place,
            points=data,
        )
    drawing.notes["points left out"] += thinned


def _highlight(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    data, thinned = fitted(points_of(props, where) or [(0.0, 0.0)], pressure=False)
    drawing.notes["points left out"] += thinned
    # tldraw's highlighter is 1.12 letters wide, ours 8 strokes.
    width = words.TEXTS.get(props.size, 24.0) * 1.12 * props.scale / 8
    yield elements.Freedraw(
        **_base(placed, drawing),
        color=words.COLOURS.get(props.color, "#1d1d1d"),
        stroke_width=min(max(width, 0.1), 256.0),
        place=placed.frame.place(0, 0, 1.0, 1.0),
        points=data,
        brush="highlighter",
    )


def _line(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    named = props.points or props.handles
    found = list(named.values()) if isinstance(named, dict) else list(named)
    found.sort(key=lambda each: each.index)
    points = [(each.x * props.scale, each.y * props.scale) for each in found]
    data, _ = fitted(points or [(0.0, 0.0)], pressure=False)
    yield elements.Line(
        **_base(placed, drawing),
        **(_sketched(props) | {"fill": "transparent"}),
        place=placed.frame.place(0, 0, 1.0, 1.0),
        points=data,
        curve="round" if props.spline == "cubic" else "sharp",
    )


def _arrow(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    course = course_of(placed, drawing)
    data, _ = fitted(
        [(x - placed.frame.x, y - placed.frame.y) for x, y in course.points], pressure=False
    )
    yield elements.Arrow(
        **_base(placed, drawing),
        **(_sketched(props) | {"fill": "transparent"}),
        place=(placed.frame.x, placed.frame.y, 1.0, 1.0, 0.0),
        points=data,
        curve=course.curve,
        start=course.start,
        end=course.end,
        start_head=words.HEADS.get(props.arrowhead_start, "none"),
        end_head=words.HEADS.get(props.arrowhead_end, "arrow"),
    )
    text = _text_of(props, drawing)
    if text:
        size = words.ARROW_LABELS.get(props.size, 20.0) * props.scale
        wide = max(len(line) for line in text.split("\n")) * size * _GLYPH
        tall = (text.count("\n") + 1) * size * words.LINE_HEIGHT
        x, y = course.middle
        yield elements.TextElement(
            **_lettered(placed, drawing, text, size, drawing.new_id()),
            place=(x - wide / 2, y - tall / 2, wide, tall, 0.0),
            align="center",
            vertical_align="middle",
            container=placed.id,
        )


def _frame(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    name = as_label(props.name, MAX_TITLE)
    place = placed.frame.place(0, 0, props.w, props.h)
    yield elements.Frame(**_base(placed, drawing), place=place, name=name)


def _image(placed: Placed, drawing: Drawing, where: str) -> Converted:
    props = placed.shape.props
    picture = drawing.picture(props.asset_id or "")
    if picture is None:
        drawing.notes["pictures missing"] += 1
    crop = None
    if props.crop is not None:
        corners = (props.crop.top_left, props.crop.bottom_right)
        left, top, right, bottom = (min(max(v, 0.0), 1.0) for c in corners for v in (c.x, c.y))
        crop = (left, top, right, bottom)
    sx, sy = (-props.w if props.flip_x else props.w), (-props.h if props.flip_y else props.h)
    corner = (props.w if props.flip_x else 0.0, props.h if props.flip_y else 0.0)
    yield elements.Image(
        **_base(placed, drawing),
        place=placed.frame.place(*corner, sx, sy),
        file=picture.file if picture else "",
        natural=picture.size if picture else None,
        crop=crop,
    )


CONVERTERS: Final[dict[str, Callable[[Placed, Drawing, str], Converted]]] = {
    "geo": _geo,
    "text": _text,
    "note": _note,
    "draw": _draw,
    "highlight": _highlight,
    "line": _line,
    "arrow": _arrow,
    "frame": _frame,
    "image": _image,
}


def _base(placed: Placed, drawing: Drawing, id_: str = "") -> dict[str, Any]:
    shape = placed.shape
    return {
        "id": id_ or placed.id,
        "z": UNPLACED,
        "opacity": shape.opacity,
        "groups": placed.groups,
        "frame": placed.inside,
        "locked": shape.is_locked,
        "link": link_of(shape.props.url, drawing.notes),
    }


def _sketched(props: Props) -> dict[str, Any]:
    colour = words.COLOURS.get(props.color, "#1d1d1d")
    fills = {"none": "transparent", "semi": "#ffffff", "fill": colour, "solid": colour + words.TINT}
    width = words.STROKES.get(props.size, 3.5) * props.scale
    return {
        "color": colour,
        "stroke_width": min(max(width, 0.1), 256.0),
        "fill": fills.get(props.fill, colour),
        "fill_style": "hachure" if props.fill in ("pattern", "lined-fill") else "solid",
        "dash": words.DASHES.get(props.dash, "solid"),
        "roughness": 1.0 if props.dash == "draw" else 0.0,
    }


def _lettered(
    placed: Placed, drawing: Drawing, text: str, size: float, id_: str, *, of_shape: bool = False
) -> dict[str, Any]:
    props = placed.shape.props
    base = _base(placed, drawing, id_)
    if not of_shape:
        base["link"] = ""
    colour = props.color if of_shape else props.label_color
    return base | {
        "text": text,
        "color": words.COLOURS.get(colour, "#1d1d1d"),
        "font": words.FONTS.get(props.font, "hand"),
        "font_size": min(max(size, 1.0), 2000.0),
        "line_height": words.LINE_HEIGHT,
    }


def _align(word: str) -> Any:
    return words.ALIGNS.get(word.removesuffix("-legacy"), "center")


def _vertical(word: str) -> Any:
    return words.VERTICAL_ALIGNS.get(word, "middle")


def _lines(text: str, size: float, room: float) -> int:
    """About how many lines the text takes in so much room."""
    fits = max(int(room / (size * _GLYPH)), 1)
    return sum(max(-(-len(line) // fits), 1) for line in text.split("\n"))


def _text_of(props: Props, drawing: Drawing) -> str:
    """The words, plain: paragraphs are lines."""
    text = props.text
    if props.rich_text is not None:
        lines: list[str] = []
        _gather(props.rich_text, lines)
        text = "\n".join(lines)
    if len(text) > MAX_TEXT:
        drawing.notes["texts cut off"] += 1
    return text[:MAX_TEXT]


def _gather(node: RichText, lines: list[str]) -> None:
    if node.type in ("paragraph", "heading", "codeBlock"):
        lines.append("")
    if node.type == "hardBreak":
        lines.append("")
    if node.text:
        if not lines:
            lines.append("")
        lines[-1] += node.text
    for child in node.content or ():
        _gather(child, lines)
