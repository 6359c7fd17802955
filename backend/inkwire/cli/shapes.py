"""Shapes as options say them: ``0,0,120,80,words``. Their place in the order is left open."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from typing import Any, Final

import msgspec
import typer

from inkwire.exporting.text_layout import width_of
from inkwire.protocol.elements import (
    Arrow,
    Diamond,
    Element,
    Ellipse,
    Line,
    Note,
    Rectangle,
    TextElement,
)
from inkwire.protocol.points import encode_points

_Maker = Callable[[str, str, str, str], list[Element]]
OPEN: Final = "a0"
"""The key of elements that are to be put on top; who pushes them replaces it."""
_BOXES: Final[dict[str, type[Rectangle | Ellipse | Diamond]]] = {
    "rectangle": Rectangle,
    "ellipse": Ellipse,
    "diamond": Diamond,
}
_PAPER: Final = "#ffec99"
_INSET: Final = 5.0


def shapes(kind: str, text: str, *, color: str, fill: str) -> list[Element]:
    """The elements that an option of this kind means. Raises ``typer.BadParameter``."""
    makers: dict[str, _Maker] = {"note": _note, "line": _line, "arrow": _line, "text": _text}
    found = makers.get(kind, _box)(kind, text, color, fill)
    for each in found:
        try:  # what the protocol does not allow is said here, not by the server
            msgspec.convert(msgspec.to_builtins(each, builtin_types=(bytes,)), Element)
        except (msgspec.ValidationError, ValueError) as error:
            raise typer.BadParameter(f"--{kind} {text}: {error}") from None
    return found


def _box(kind: str, text: str, color: str, fill: str) -> list[Element]:
    (x, y, width, height), words = _numbers(kind, text, 4, "x,y,width,height[,words]")
    shape = _BOXES[kind](id=_id(), z=OPEN, place=(x, y, width, height, 0.0), color=color, fill=fill)
    if not words:
        return [shape]
    inner = (x + _INSET, y + _INSET, width - 2 * _INSET, height - 2 * _INSET, 0.0)
    label = TextElement(
        id=_id(),
        z=OPEN,
        place=inner,
        text=words,
        color=color,
        align="center",
        vertical_align="middle",
        container=shape.id,
        auto_size=False,
    )
    return [shape, label]


def _note(kind: str, text: str, color: str, fill: str) -> list[Element]:
    (x, y, width, height), words = _numbers(kind, text, 4, "x,y,width,height[,words]")
    paper = _PAPER if fill == "transparent" else fill
    place = (x, y, width, height, 0.0)
    return [Note(id=_id(), z=OPEN, place=place, text=words, color=color, fill=paper)]


def _line(kind: str, text: str, color: str, _fill: str) -> list[Element]:
    (x, y, to_x, to_y), words = _numbers(kind, text, 4, "x1,y1,x2,y2")
    if words:
        raise typer.BadParameter(f"--{kind} {text}: it takes x1,y1,x2,y2 and nothing more")
    points = encode_points([(0.0, 0.0), (to_x - x, to_y - y)])
    place = (x, y, 1.0, 1.0, 0.0)
    if kind == "line":
        return [Line(id=_id(), z=OPEN, place=place, points=points, color=color)]
    return [Arrow(id=_id(), z=OPEN, place=place, points=points, color=color, end_head="arrow")]


def _text(kind: str, text: str, color: str, _fill: str) -> list[Element]:
    (x, y), words = _numbers(kind, text, 2, "x,y,words")
    if not words:
        raise typer.BadParameter(f"--{kind} {text}: it takes x,y,words")
    made = TextElement(id=_id(), z=OPEN, place=(x, y, 1.0, 1.0, 0.0), text=words, color=color)
    width = max(width_of(line, made.font, made.font_size) for line in words.split("\n"))
    height = made.font_size * made.line_height * (words.count("\n") + 1)
    place = (x, y, math.ceil(width), height, 0.0)
    return [msgspec.structs.replace(made, place=place)]


def _numbers(kind: str, text: str, count: int, form: str) -> tuple[Any, str]:
    parts = text.split(",", count)
    try:
        numbers = tuple(float(part) for part in parts[:count])
    except ValueError:
        numbers = ()
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise typer.BadParameter(f"--{kind} {text}: it takes {form}")
    return numbers, parts[count].replace("\\n", "\n") if len(parts) > count else ""


def _id() -> str:
    return secrets.token_hex(10)
