"""tldraw's words for looks, and ours. Its names of colours stand for the colours of its light theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inkwire.protocol.scalars import Align, Dash, Font, Head, VerticalAlign

COLOURS: Final[Mapping[str, str]] = {
    "black": "#1d1d1d",
    "grey": "#9fa8b2",
    "light-violet": "#e085f4",
    "violet": "#ae3ec9",
    "blue": "#4465e9",
    "light-blue": "#4ba1f1",
    "yellow": "#f1ac4b",
    "orange": "#e16919",
    "green": "#099268",
    "light-green": "#4cb05e",
    "light-red": "#f87777",
    "red": "#e03131",
    "white": "#ffffff",
}
PAPERS: Final[Mapping[str, str]] = {
    "black": "#fce19c",
    "grey": "#c0cad3",
    "light-violet": "#e9c2f6",
    "violet": "#db91fd",
    "blue": "#8aa3ff",
    "light-blue": "#9bc4fd",
    "yellow": "#fed49a",
    "orange": "#faa475",
    "green": "#6fc896",
    "light-green": "#98d08a",
    "light-red": "#f7a5a1",
    "red": "#fc8282",
    "white": "#ffffff",
}
STROKES: Final[Mapping[str, float]] = {"s": 2.0, "m": 3.5, "l": 5.0, "xl": 10.0}
TEXTS: Final[Mapping[str, float]] = {"s": 18.0, "m": 24.0, "l": 36.0, "xl": 44.0}
LABELS: Final[Mapping[str, float]] = {"s": 18.0, "m": 22.0, "l": 26.0, "xl": 32.0}
ARROW_LABELS: Final[Mapping[str, float]] = {"s": 18.0, "m": 20.0, "l": 24.0, "xl": 28.0}
LINE_HEIGHT: Final = 1.35
NOTE_SIZE: Final = 200.0
FONTS: Final[Mapping[str, Font]] = {
    "draw": "hand",
    "sans": "sans",
    "serif": "serif",
    "mono": "mono",
}
DASHES: Final[Mapping[str, Dash]] = {"dashed": "dashed", "dotted": "dotted"}
ALIGNS: Final[Mapping[str, Align]] = {"start": "left", "middle": "center", "end": "right"}
VERTICAL_ALIGNS: Final[Mapping[str, VerticalAlign]] = {
    "start": "top",
    "middle": "middle",
    "end": "bottom",
}
HEADS: Final[Mapping[str, Head]] = {
    "none": "none",
    "arrow": "arrow",
    "triangle": "triangle",
    "square": "dot",
    "dot": "dot",
    "pipe": "bar",
    "bar": "bar",
    "diamond": "diamond",
    "inverted": "triangle-outline",
}
TINT: Final = "40"
"""The alpha of what tldraw fills with a light shade of the colour."""

Outline = tuple[tuple[float, float], ...]
OUTLINES: Final[Mapping[str, Outline]] = {
    "pentagon": ((0.5, 0), (1, 0.38), (0.81, 1), (0.19, 1), (0, 0.38)),
    "hexagon": ((0.25, 0), (0.75, 0), (1, 0.5), (0.75, 1), (0.25, 1), (0, 0.5)),
    "octagon": (
        *((0.29, 0), (0.71, 0), (1, 0.29), (1, 0.71)),
        *((0.71, 1), (0.29, 1), (0, 0.71), (0, 0.29)),
    ),
    "star": (
        *((0.5, 0), (0.62, 0.38), (1, 0.38), (0.69, 0.62), (0.81, 1)),
        *((0.5, 0.77), (0.19, 1), (0.31, 0.62), (0, 0.38), (0.38, 0.38)),
    ),
    "trapezoid": ((0.2, 0), (0.8, 0), (1, 1), (0, 1)),
    "rhombus": ((0.25, 0), (1, 0), (0.75, 1), (0, 1)),
    "rhombus-2": ((0, 0), (0.75, 0), (1, 1), (0.25, 1)),
    "arrow-right": ((0, 0.25), (0.6, 0.25), (0.6, 0), (1, 0.5), (0.6, 1), (0.6, 0.75), (0, 0.75)),
    "arrow-left": ((1, 0.25), (0.4, 0.25), (0.4, 0), (0, 0.5), (0.4, 1), (0.4, 0.75), (1, 0.75)),
    "arrow-up": ((0.25, 1), (0.25, 0.4), (0, 0.4), (0.5, 0), (1, 0.4), (0.75, 0.4), (0.75, 1)),
    "arrow-down": ((0.25, 0), (0.25, 0.6), (0, 0.6), (0.5, 1), (1, 0.6), (0.75, 0.6), (0.75, 0)),
}
"""The corners of shapes that we have as closed lines, in their unit square."""
ROUND: Final = frozenset({"ellipse", "oval", "cloud", "heart"})
SAME: Final = frozenset({"rectangle", "ellipse", "triangle", "diamond"})
"""The shapes that are the same here."""
