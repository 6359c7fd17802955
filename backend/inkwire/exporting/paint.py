"""What a drawing is made of: paths to fill or to stroke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inkwire.exporting.curves import Op


@dataclass(frozen=True)
class Paint:
    """One path, filled or stroked; ``transparent`` colours never get here.

    ``dash`` and ``width`` are world units. Caps are round, or flat where ``flat`` says so.
    """

    ops: Sequence[Op]
    fill: str = ""
    even_odd: bool = False
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, float] | None = None
    flat: bool = False


def is_visible(colour: str) -> bool:
    """Whether that colour paints anything."""
    return colour != "transparent" and not (len(colour) == 9 and colour.endswith("00"))
