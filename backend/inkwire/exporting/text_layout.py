"""Lines of text: where they break and where they stand (docs/drawing.md, section 4)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from inkwire.protocol.elements import Note, TextElement
from inkwire.protocol.scalars import Font

FAMILIES: Final[dict[Font, str]] = {
    "hand": "'Inkwire Hand',Virgil,Excalifont,'Segoe Print','Comic Sans MS',cursive",
    "sans": "'Inkwire Sans',Helvetica,Arial,'Liberation Sans',sans-serif",
    "serif": "'Inkwire Serif',Georgia,'Times New Roman',serif",
    "mono": "'Inkwire Mono','Cascadia Code',Consolas,Menlo,monospace",
}
BASELINE_SHIFT: Final[dict[Font, float]] = {
    "hand": 0.256,
    "sans": 0.270,
    "serif": 0.350,
    "mono": 0.347,
}
NOTE_PADDING = 16.0
SLACK = 0.01
"""Rounding must not break a line that was measured to fit exactly."""
SHRINKING_STEP = 0.9
SHRINKING_STEPS = 12
"""A note's text is tried at so many smaller sizes, each this share of the one before."""
WIDE = 1000
"""Thousandths of an em that a glyph outside of the fonts counts: full width from here on …"""
NARROW = 560
"""… and this much otherwise."""
_FIRST_WIDE = 0x1100

_BREAK = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"^ +|[^ ]+ *")


@dataclass(frozen=True)
class TextLine:
    """One line: its text, and where its baseline starts, is centred or ends."""

    text: str
    x: float
    y: float


def lines_of(element: TextElement | Note) -> tuple[float, list[TextLine]]:
    """The size of an element's letters and its lines, in the frame whose origin is the corner of its box."""
    width, height = abs(element.place[2]), abs(element.place[3])
    left = top = 0.0
    if isinstance(element, Note):
        left = top = NOTE_PADDING
        width, height = (max(each - 2 * NOTE_PADDING, 0.0) for each in (width, height))
        size, texts = _fitted(element, width, height)
    else:
        size, wrap = element.font_size, None if element.auto_size else width
        texts = broken(element.text, element.font, size, wrap)
    step = element.line_height * size
    free = height - len(texts) * step
    start = top + {"top": 0.0, "middle": free / 2, "bottom": free}[element.vertical_align]
    x = left + {"left": 0.0, "center": width / 2, "right": width}[element.align]
    below = step / 2 + BASELINE_SHIFT[element.font] * size
    return size, [
        TextLine(
            text if element.align == "left" else text.rstrip(), x, start + index * step + below
        )
        for index, text in enumerate(texts)
    ]


def _fitted(note: Note, width: float, height: float) -> tuple[float, list[str]]:
    """The first size at which a note's lines find room, or the smallest (section 5)."""
    size = note.font_size
    texts = broken(note.text, note.font, size, width)
    for _ in range(SHRINKING_STEPS):
        if len(texts) * note.line_height * size <= height + SLACK:
            break
        size *= SHRINKING_STEP
        texts = broken(note.text, note.font, size, width)
    return size, texts


def broken(text: str, font: Font, size: float, wrap: float | None) -> list[str]:
    """The lines of a text, wrapped at a width in world units if there is one."""
    lines = _BREAK.split(text)
    if wrap is None:
        return lines
    limit = wrap + SLACK
    return [part for line in lines for part in _wrapped(line, font, size, limit)]


def _wrapped(line: str, font: Font, size: float, limit: float) -> list[str]:
    """Greedy breaks at spaces; a word too wide alone breaks between characters.

    Linear: a line's width grows with what is added to it, as the sum of its glyphs.
    """
    if width_of(line.rstrip(), font, size) <= limit:
        return [line]
    lines: list[str] = []
    current, current_width = "", 0.0
    for word in _WORD.findall(line):
        bare, whole = width_of(word.rstrip(), font, size), width_of(word, font, size)
        if current_width + bare <= limit or not word.strip():
            current += word
            current_width += whole
            continue
        if current:
            lines.append(current)
            current, current_width = "", 0.0
        if bare <= limit:
            current, current_width = word, whole
            continue
        for letter in word:
            width = width_of(letter, font, size)
            if letter != " " and current and current_width + width > limit:
                lines.append(current)
                current, current_width = "", 0.0
            current += letter
            current_width += width
    return [*lines, current]


def width_of(text: str, font: Font, size: float) -> float:
    """The advance width of a piece of one line, in world units, without kerning."""
    widths = _widths()[font]
    total = 0
    for character in text:
        code = ord(character)
        width = widths.get(code)
        total += (WIDE if code >= _FIRST_WIDE else NARROW) if width is None else width
    return total * size / 1000


@cache
def _widths() -> dict[str, dict[int, int]]:
    """Thousandths of an em by code point, for each font; made by tools/vectors/font_widths.py."""
    data = files("inkwire.exporting").joinpath("font_widths.json").read_text()
    return {
        font: {run[0] + index: width for run in runs for index, width in enumerate(run[1:])}
        for font, runs in json.loads(data).items()
    }
