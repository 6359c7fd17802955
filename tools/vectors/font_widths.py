"""Writes backend/inkwire/exporting/font_widths.json: how wide each glyph of the drawing fonts is.

Run from the project's root with fonttools and brotli installed: python tools/vectors/font_widths.py
"""

from __future__ import annotations

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path("frontend/src/theme/fonts")
TARGET = Path("backend/inkwire/exporting/font_widths.json")
SUBSETS = ("latin", "latin-ext", "cyrillic", "greek")


def main() -> None:
    fonts = {}
    for name in ("hand", "sans", "serif", "mono"):
        widths: dict[int, int] = {}
        for subset in SUBSETS:
            font = TTFont(FONTS / f"{name}-{subset}.woff2")
            em = font["head"].unitsPerEm
            advances = font["hmtx"]
            for code, glyph in font.getBestCmap().items():
                widths.setdefault(code, round(advances[glyph][0] * 1000 / em))
        fonts[name] = _runs(widths)
    TARGET.write_text(json.dumps(fonts, separators=(",", ":")) + "\n")


def _runs(widths: dict[int, int]) -> list[list[int]]:
    """Consecutive code points as one list: the first code point, then the widths."""
    runs: list[list[int]] = []
    for code in sorted(widths):
        if runs and runs[-1][0] + len(runs[-1]) - 1 == code:
            runs[-1].append(widths[code])
        else:
            runs.append([code, widths[code]])
    return runs


main()
