"""Excalidraw's words for looks, and ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inkwire.protocol.scalars import Align, Dash, FillStyle, Font, Head, VerticalAlign

FILLS: Final[Mapping[str, FillStyle]] = {
    "solid": "solid",
    "hachure": "hachure",
    "cross-hatch": "cross-hatch",
    "zigzag": "zigzag",
    "zigzag-line": "zigzag",
    "dashed": "hachure",
    "dots": "hachure",
}
DASHES: Final[Mapping[str, Dash]] = {"solid": "solid", "dashed": "dashed", "dotted": "dotted"}
HEADS: Final[Mapping[str, Head]] = {
    "arrow": "arrow",
    "triangle": "triangle",
    "triangle_outline": "triangle-outline",
    "bar": "bar",
    "dot": "dot",
    "circle": "dot",
    "circle_outline": "circle-outline",
    "diamond": "diamond",
    "diamond_outline": "diamond-outline",
    "crowfoot_one": "crowfoot-one",
    "crowfoot_many": "crowfoot-many",
    "crowfoot_one_or_many": "crowfoot-one-or-many",
    "cardinality_one": "crowfoot-one",
    "cardinality_many": "crowfoot-many",
    "cardinality_one_or_many": "crowfoot-one-or-many",
}
FONTS: Final[Mapping[int, Font]] = {
    1: "hand",  # Virgil
    2: "sans",  # Helvetica
    3: "mono",  # Cascadia
    5: "hand",  # Excalifont
    6: "sans",  # Nunito
    7: "sans",  # Lilita One, for headings
    8: "mono",  # Comic Shanns, for code
    9: "sans",  # Liberation Sans
}
STAND_INS: Final = frozenset({6, 7, 8})
"""Fonts for which ours is another design, of other widths."""
STAND_IN_WIDTH: Final = 1.3
"""How much wider a text may become in another font."""
FONT_NAMES: Final[Mapping[str, Font]] = {
    "virgil": "hand",
    "excalifont": "hand",
    "helvetica": "sans",
    "nunito": "sans",
    "cascadia": "mono",
}
LINE_HEIGHTS: Final[Mapping[Font, float]] = {"hand": 1.25, "sans": 1.15, "mono": 1.2, "serif": 1.25}
ALIGNS: Final[Mapping[str, Align]] = {"left": "left", "center": "center", "right": "right"}
VERTICAL_ALIGNS: Final[Mapping[str, VerticalAlign]] = {
    "top": "top",
    "middle": "middle",
    "bottom": "bottom",
}
