"""The words of a text, their looks, and the box in which they stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

from inkwire.importing import words
from inkwire.importing.records import ElementRecord
from inkwire.protocol.limits import MAX_TEXT
from inkwire.protocol.scalars import Font

PADDING = 5.0
"""Between a shape and its text."""

Bounds = tuple[float, float, float, float]


def text_props(record: ElementRecord) -> dict[str, Any]:
    """Font, size, line height and alignment."""
    font, size = _font(record)
    return {
        "font": font,
        "font_size": size,
        "line_height": _line_height(record, font, size),
        "align": words.ALIGNS.get(record.text_align or "left", "left"),
        "vertical_align": words.VERTICAL_ALIGNS.get(record.vertical_align or "top", "top"),
    }


def text_and_box(
    record: ElementRecord, container: ElementRecord | None, notes: Counter[str]
) -> tuple[str, Bounds, bool]:
    """The words, their box (x, y, width, height before turning), and whether it follows the words.

    Excalidraw keeps a wrapped text twice, with and without the breaks. The words without breaks are
    taken where they can wrap again by themselves: in a shape, at the width the shape leaves, and in a
    box of fixed width. Where another font stands in for theirs the breaks are kept instead.
    """
    x, y = record.x or 0.0, record.y or 0.0
    width, height = abs(record.width or 0.0), abs(record.height or 0.0)
    text, whole = record.text or "", record.original_text or record.text or ""
    room = _room(container)
    is_broken = text != whole and "".join(text.split()) == "".join(whole.split())
    stands_in = int(record.font_family or 0) in words.STAND_INS
    if room is None:
        wraps = is_broken and record.auto_resize is False and not stands_in
    else:
        wraps = True
        if stands_in:
            room = max(room, width * words.STAND_IN_WIDTH)
    if wraps and is_broken and not stands_in:
        text = whole
    if room is not None and room > width:
        align = words.ALIGNS.get(record.text_align or "left", "left")
        x, y = _widened(x, y, width, height, room, align, record.angle or 0.0)
        width = room
    if len(text) > MAX_TEXT:
        notes["texts cut off"] += 1
        text = text[:MAX_TEXT]
    return text, (x, y, width, height), not wraps


def _room(container: ElementRecord | None) -> float | None:
    """The width that a shape leaves for its text; None for lines, whose labels have no width."""
    if container is None:
        return None
    width = abs(container.width or 0.0)
    match container.type:
        case "ellipse":
            return width * math.sqrt(0.5) - 2 * PADDING
        case "diamond":
            return width / 2 - 2 * PADDING
        case "line" | "draw" | "arrow":
            return None
        case _:
            return width - 2 * PADDING


def _widened(
    x: float, y: float, width: float, height: float, room: float, align: str, angle: float
) -> tuple[float, float]:
    """The new top left before turning, so that the words stay where they are after it."""
    grow = room - width
    keep = {"left": 0.0, "center": grow / 2, "right": grow}[align]
    # The centre moves along the turned base line by what the two sides grow differently.
    shift = grow / 2 - keep
    cx = x + width / 2 + shift * math.cos(angle)
    cy = y + height / 2 + shift * math.sin(angle)
    return cx - room / 2, cy - height / 2


def _font(record: ElementRecord) -> tuple[Font, float]:
    size = record.font_size or 20.0
    font = words.FONTS.get(int(min(max(record.font_family or 5, 0), 1000)), "hand")
    if record.font and record.font_family is None:
        # The first versions wrote one CSS-like word pair: "20px Virgil".
        size_word, _, name = record.font.partition(" ")
        font = words.FONT_NAMES.get(name.strip().lower(), "hand")
        try:
            size = float(size_word.removesuffix("px"))
        except ValueError:
            size = 20.0
    if not math.isfinite(size):
        size = 20.0
    return font, min(max(size, 1.0), 2000.0)


def _line_height(record: ElementRecord, font: Font, size: float) -> float:
    height = record.line_height or 0.0
    if height <= 0 and record.height:
        lines = len(re.split(r"\r\n|\r|\n", record.text or ""))
        height = abs(record.height) / lines / size
    if height <= 0:
        height = words.LINE_HEIGHTS[font]
    return min(max(height, 0.5), 4.0)
