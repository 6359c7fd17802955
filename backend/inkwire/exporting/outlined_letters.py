"""Text as shapes: letters stand exactly where they are placed, and need no font where they are painted."""

from __future__ import annotations

from typing import Final

from fontTools.pens.basePen import BasePen

from inkwire.exporting.curves import C, L, M, Op, Z
from inkwire.exporting.pdf_file import numbers
from inkwire.exporting.pdf_letters import SHARE_BEFORE
from inkwire.exporting.pdf_paths import path
from inkwire.exporting.typefaces import Typeface, Typefaces
from inkwire.protocol.scalars import Align, Font

UNITS: Final = 1000
"""Of an em, in which outlines are kept."""


class OutlinedLetters:
    """Writes lines of text as paths."""

    def __init__(self, typefaces: Typefaces) -> None:
        self._typefaces = typefaces
        self._outlines: dict[tuple[Typeface, int], str] = {}

    def line(self, text: str, font: Font, size: float, x: float, y: float, align: Align) -> str:
        """The operators of a line whose anchor is at ``x`` and whose baseline is at ``y`` (downward)."""
        width, runs = self._typefaces.placed(text, font)
        left = x - width * size * SHARE_BEFORE[align]
        parts = []
        for run in runs:
            for glyph in run.glyphs:
                outline = self._outline(run.typeface, glyph.id)
                if outline:
                    at = numbers(left + glyph.x * size, y - glyph.y * size)
                    em = f"{size / UNITS:.6f}"
                    parts.append(f"q {em} 0 0 {em} {at} cm\n{outline}\nf Q")
        return "\n".join(parts)

    def width(self, text: str, font: Font) -> float:
        """In ems."""
        return self._typefaces.placed(text, font)[0]

    def _outline(self, typeface: Typeface, glyph: int) -> str:
        """A glyph's path in thousandths of an em, y downward."""
        key = (typeface, glyph)
        if key not in self._outlines:
            pen = _Pen(UNITS / typeface.units_per_em)
            typeface.font.draw_glyph_with_pen(glyph, pen)
            self._outlines[key] = path(pen.ops)
        return self._outlines[key]


class _Pen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Takes an outline down; its base turns quadratic curves into cubic ones."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.ops: list[Op] = []
        self._scale = scale

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.ops.append((M, self._at(pt)))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.ops.append((L, self._at(pt)))

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.ops.append((C, (*self._at(pt1), *self._at(pt2), *self._at(pt3))))

    def _closePath(self) -> None:
        self.ops.append((Z, ()))

    def _endPath(self) -> None:
        self.ops.append((Z, ()))

    def _at(self, pt: tuple[float, float]) -> tuple[float, float]:
        return pt[0] * self._scale, -pt[1] * self._scale
