"""Where imported things go: the items of a library on shelves, the whole around a point."""

from __future__ import annotations

import math
from collections.abc import Sequence

from inkwire.rooms.bounds import Box

GAP = 40.0
"""World units between items of a library, and between an import and what is there already."""

Shift = tuple[float, float]


def on_shelves(boxes: Sequence[Box], gap: float = GAP) -> list[Shift]:
    """How far each box moves so that all stand in rows, in their order, about as wide as high.

    Rows are as high as their highest box, which all stand on their row's top line.
    """
    if not boxes:
        return []
    area = sum((box.width + gap) * (box.height + gap) for box in boxes)
    widest = max(box.width for box in boxes)
    # A little wider than high, as screens are.
    row_width = max(widest, math.sqrt(area * 1.5))
    shifts = []
    x = y = row_height = 0.0
    for box in boxes:
        if x > 0 and x + box.width > row_width:
            x, y, row_height = 0.0, y + row_height + gap, 0.0
        shifts.append((x - box.min_x, y - box.min_y))
        x += box.width + gap
        row_height = max(row_height, box.height)
    return shifts


def joined(boxes: Sequence[Box]) -> Box:
    """The box around all boxes; of none, an empty box at (0, 0)."""
    whole: Box | None = None
    for box in boxes:
        whole = box.joined(whole)
    return whole or Box(0.0, 0.0, 0.0, 0.0)


def centred(box: Box, at: tuple[float, float]) -> Shift:
    """How far the box moves so that its centre lies at the point."""
    return at[0] - (box.min_x + box.max_x) / 2, at[1] - (box.min_y + box.max_y) / 2


def beside(box: Box, content: Box, gap: float = 2 * GAP) -> Shift:
    """How far the box moves to stand right of what is there, at the same height."""
    return content.max_x + gap - box.min_x, content.min_y - box.min_y
