"""Numbers, text and paths as SVG writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from inkwire.exporting.curves import Op
from inkwire.exporting.paint import Paint
from inkwire.exporting.theme import Theme, Tone, shown

# What XML 1.0 cannot hold, not even escaped.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;"}
_SMALL = 64.0
"""Paths that reach no farther than this get a third decimal."""

_FORMATS = {
    digits: {
        kind: kind + " ".join([f"%.{digits}f"] * count)
        for kind, count in (("M", 2), ("L", 2), ("Q", 4), ("C", 6), ("Z", 0))
    }
    for digits in (2, 3)
}


def escaped(text: str) -> str:
    """Text for between tags and for attributes in double quotes."""
    return _IMPOSSIBLE.sub("", text).translate(_ESCAPES)


def number(value: float) -> str:
    """A number with three decimals at most."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def transform(
    x: float, y: float, angle: float, *, flip_x: bool = False, flip_y: bool = False
) -> str:
    """The attribute that moves, turns (by radians) and mirrors; empty where nothing changes."""
    parts = []
    if x or y:
        parts.append(f"translate({number(x)} {number(y)})")
    if angle:
        # More decimals than lengths have: a turn acts on everything that is far from its centre.
        parts.append(f"rotate({math.degrees(angle):.5f})")
    if flip_x or flip_y:
        parts.append(f"scale({-1 if flip_x else 1} {-1 if flip_y else 1})")
    return f' transform="{" ".join(parts)}"' if parts else ""


def opacity(share: float, name: str = "opacity") -> str:
    """The attribute, unless it is 1."""
    return "" if share >= 1 else f' {name}="{number(share)}"'


def colour(value: str, theme: Theme, name: str, tone: Tone = "ink") -> str:
    """``fill`` or ``stroke`` of a colour that paints something, with its alpha apart."""
    base, alpha = shown(value, theme, tone)
    return f' {name}="{base}"{opacity(alpha, f"{name}-opacity")}'


def path_data(ops: Sequence[Op]) -> str:
    """The ``d`` attribute's value."""
    reach = max((abs(each) for _, numbers in ops for each in numbers), default=0.0)
    formats = _FORMATS[3 if reach <= _SMALL else 2]
    return "".join([formats[kind] % numbers for kind, numbers in ops])


def path(paint: Paint, theme: Theme, more: str = "", tone: Tone = "ink") -> str:
    """A ``path`` element; ``more`` are attributes to add."""
    parts = [f'<path d="{path_data(paint.ops)}"']
    if paint.fill:
        parts.append(colour(paint.fill, theme, "fill", tone))
        if paint.even_odd:
            parts.append(' fill-rule="evenodd"')
    if paint.stroke:
        parts.append(
            f'{colour(paint.stroke, theme, "stroke", tone)} stroke-width="{number(paint.width)}"'
        )
        if paint.dash:
            parts.append(f' stroke-dasharray="{number(paint.dash[0])} {number(paint.dash[1])}"')
        if paint.flat:
            parts.append(' stroke-linecap="butt"')
    parts.append(f"{more}/>")
    return "".join(parts)


def box(x: float, y: float, w: float, h: float, radius: float = 0.0, more: str = "") -> str:
    """A ``rect`` element."""
    corner = f' rx="{number(min(radius, w / 2, h / 2))}"' if radius else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}"'
        f"{corner}{more}/>"
    )
