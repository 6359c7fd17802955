"""The page's fonts, unpacked, and letters placed as browsers place them: with kerning and ligatures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont

from inkwire.exporting.fonts import SUBSETS, FontFolder, Part
from inkwire.exporting.text_layout import width_of
from inkwire.protocol.scalars import Font

MISSING = 0
"""The glyph that every font has for characters it does not know."""


class Typeface:
    """One file of a font, for HarfBuzz."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path)
        font.flavor = None
        unpacked = io.BytesIO()
        font.save(unpacked, reorderTables=False)
        self.name = path.stem
        self.face = harfbuzz.Face(unpacked.getvalue())
        self.font = harfbuzz.Font(self.face)
        self.units_per_em: int = self.face.upem

    def has(self, character: str) -> bool:
        return self.font.get_nominal_glyph(ord(character)) is not None

    @cached_property
    def extents(self) -> tuple[int, int]:
        """Ascender and descender in font units."""
        found = self.font.get_font_extents("ltr")
        return found.ascender, found.descender


@dataclass(frozen=True)
class Glyph:
    """A glyph at ``x`` and ``y`` ems from a line's start, and the characters that it shows."""

    id: int
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Run:
    """Glyphs of one typeface; ``width`` in ems."""

    typeface: Typeface
    glyphs: list[Glyph] = field(default_factory=list)


class Typefaces:
    """The typefaces of a folder, each loaded when it is first needed."""

    def __init__(self, folder: FontFolder | None) -> None:
        self._folder = folder
        self._loaded: dict[Part, Typeface | None] = {}

    def placed(self, text: str, font: Font) -> tuple[float, list[Run]]:
        """A piece of one line: its width in ems, and its glyphs; nothing without fonts."""
        runs: list[Run] = []
        x = 0.0
        for typeface, piece in self._pieces(text, font):
            run = Run(typeface)
            x = _shape(run, piece, font, x)
            runs.append(run)
        return x, runs

    def _pieces(self, text: str, font: Font) -> Iterator[tuple[Typeface, str]]:
        """The text cut where another file has to go on."""
        start, current = 0, None
        for index, character in enumerate(text):
            typeface = self._for(character, font, current)
            if typeface is not current:
                if current is not None:
                    yield current, text[start:index]
                start, current = index, typeface
        if current is not None:
            yield current, text[start:]

    def _for(self, character: str, font: Font, current: Typeface | None) -> Typeface | None:
        if current is not None and current.has(character):
            return current
        for subset in SUBSETS:
            typeface = self._part((font, subset))
            if typeface is not None and typeface.has(character):
                return typeface
        return current or self._part((font, "latin"))

    def _part(self, part: Part) -> Typeface | None:
        if part not in self._loaded:
            path = self._folder.file(part) if self._folder else None
            self._loaded[part] = Typeface(path) if path else None
        return self._loaded[part]


def _shape(run: Run, text: str, font: Font, x: float) -> float:
    """Adds the glyphs of a text from ``x`` on; returns where it ends."""
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    harfbuzz.shape(run.typeface.font, buffer)
    em = run.typeface.units_per_em
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
        after = infos[index + 1].cluster if index + 1 < len(infos) else len(text)
        shown = text[info.cluster : after]
        run.glyphs.append(
            Glyph(info.codepoint, x + position.x_offset / em, position.y_offset / em, shown)
        )
        if info.codepoint == MISSING:
            x += width_of(shown, font, 1.0)
        else:
            x += position.x_advance / em
    return x
