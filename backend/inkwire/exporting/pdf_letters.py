"""Text in a PDF as text: each typeface embedded with the glyphs that occur, to be found and copied.

Composite fonts with glyph numbers as codes: ISO 32000-1, sections 9.7 and 9.10.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import uharfbuzz as harfbuzz

from inkwire.exporting.pdf_file import number, numbers
from inkwire.exporting.pdf_resources import Resources
from inkwire.exporting.typefaces import Glyph, Run, Typeface, Typefaces
from inkwire.protocol.scalars import Align, Font

SHARE_BEFORE: dict[Align, float] = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a line lies before its anchor."""
_MOST_MAPPED = 100
"""Lines of one section of a map from codes to characters."""


@dataclass
class _Embedded:
    name: str
    ref: int
    used: dict[int, str] = field(default_factory=dict)


class EmbeddedLetters:
    """Writes lines of text, and at the end the typefaces that they took."""

    def __init__(self, resources: Resources, typefaces: Typefaces) -> None:
        self._resources = resources
        self._typefaces = typefaces
        self._embedded: dict[Typeface, _Embedded] = {}

    def line(self, text: str, font: Font, size: float, x: float, y: float, align: Align) -> str:
        """The operators of a line whose anchor is at ``x`` and whose baseline is at ``y`` (downward)."""
        width, runs = self._typefaces.placed(text, font)
        left = x - width * size * SHARE_BEFORE[align]
        return "\n".join(self._run(run, size, left, y) for run in runs if run.glyphs)

    def width(self, text: str, font: Font) -> float:
        """In ems."""
        return self._typefaces.placed(text, font)[0]

    def _run(self, run: Run, size: float, x: float, y: float) -> str:
        embedded = self._embedded.get(run.typeface)
        if embedded is None:
            name = f"f{len(self._embedded)}"
            embedded = _Embedded(name, self._resources.file.reserve())
            self._embedded[run.typeface] = embedded
            self._resources.fonts[name] = embedded.ref
        parts: list[str] = []
        first = run.glyphs[0]
        expected = first.x
        for glyph in run.glyphs:
            embedded.used.setdefault(glyph.id, glyph.text)
            off = (expected - glyph.x) * 1000
            if abs(off) > 0.01:
                parts.append(number(off))
            parts.append(f"<{glyph.id:04X}>")
            expected = glyph.x + _advance(run.typeface, glyph)
        at = numbers(x + first.x * size, y)
        return f"BT /{embedded.name} {number(size)} Tf 1 0 0 -1 {at} Tm [{''.join(parts)}] TJ ET"

    def finish(self) -> None:
        """Writes the typefaces."""
        for typeface, embedded in self._embedded.items():
            self._write(typeface, embedded)

    def _write(self, typeface: Typeface, embedded: _Embedded) -> None:
        file = self._resources.file
        wanted = harfbuzz.SubsetInput()
        wanted.glyph_set.update(embedded.used)
        wanted.flags = harfbuzz.SubsetFlags.RETAIN_GIDS | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
        wanted.layout_feature_tag_set.clear()
        data = harfbuzz.subset(typeface.face, wanted).blob.data
        program = file.stream(data, f"/Length1 {len(data)}")
        em = typeface.units_per_em
        ascent, descent = (value * 1000 / em for value in typeface.extents)
        name = "IWIREA+" + "".join(filter(str.isalnum, typeface.name))
        descriptor = file.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[-1000 {number(descent)} 2000"
            f" {number(ascent)}]/ItalicAngle 0/Ascent {number(ascent)}/Descent {number(descent)}"
            f"/CapHeight 700/StemV 80/FontFile2 {program} 0 R>>"
        )
        widths = "".join(
            f"{glyph}[{number(typeface.font.get_glyph_h_advance(glyph) * 1000 / em)}]"
            for glyph in sorted(embedded.used)
        )
        descendant = file.add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/DW 0/W[{widths}]>>"
        )
        characters = file.stream(_map(embedded.used).encode())
        file.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {characters} 0 R>>",
            embedded.ref,
        )


def _advance(typeface: Typeface, glyph: Glyph) -> float:
    return float(typeface.font.get_glyph_h_advance(glyph.id)) / typeface.units_per_em


def _map(used: dict[int, str]) -> str:
    """Which characters each glyph shows."""
    lines = [
        f"<{glyph:04X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>"
        for glyph, text in sorted(used.items())
        if text
    ]
    sections = "\n".join(
        f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar"
        for some in (lines[at : at + _MOST_MAPPED] for at in range(0, len(lines), _MOST_MAPPED))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{sections}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    )
