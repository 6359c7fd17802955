"""The page's fonts inside a picture, so that it looks the same where the page is not."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from inkwire.protocol.scalars import Font

NAMES: Final[dict[Font, str]] = {
    "hand": "Inkwire Hand",
    "sans": "Inkwire Sans",
    "serif": "Inkwire Serif",
    "mono": "Inkwire Mono",
}
SUBSETS: Final[dict[str, str]] = {
    "latin": "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-206F,U+20AC,U+2122,"
    "U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+100-2BA,U+2BD-2C5,U+2C7-2CC,U+2CE-2D7,U+2DD-2FF,U+304,U+308,U+329,"
    "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,"
    "U+A720-A7FF",
    "cyrillic": "U+301,U+400-45F,U+490-491,U+4B0-4B1,U+2116",
    "greek": "U+370-377,U+37A-37F,U+384-38A,U+38C,U+38E-3A1,U+3A3-3FF",
}
"""The files that each font is cut into, and the characters in each (frontend/src/theme/fonts.css)."""

Part = tuple[Font, str]
"""A font and one of its subsets."""


def parts_of(font: Font, text: str) -> Iterator[Part]:
    """The files that a text in that font needs."""
    if not text:
        return
    yield font, "latin"
    if not text.isascii():
        for subset, ranges in _RANGES.items():
            if any(low <= ord(each) <= high for each in text for low, high in ranges):
                yield font, subset


class FontFolder:
    """A folder that holds the fonts' files, named ``hand-latin.woff2`` or with a hash in between."""

    def __init__(self, folder: Path) -> None:
        self.path = folder

    def css(self, parts: Iterable[Part]) -> Iterator[str]:
        """One ``@font-face`` rule with the font inside for each part whose file is there."""
        for font, subset in sorted(parts):
            path = self.file((font, subset))
            if path is None:
                continue
            data = base64.b64encode(path.read_bytes()).decode()
            yield (
                f"@font-face{{font-family:'{NAMES[font]}';unicode-range:{SUBSETS[subset]};"
                f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
            )

    def file(self, part: Part) -> Path | None:
        """The file of a part, None if it is not there."""
        stem = "-".join(part)
        plain = self.path / f"{stem}.woff2"
        if plain.exists():
            return plain
        # A build adds a hash of eight characters; "hand-latin-ext" is not a hash.
        return next(iter(sorted(self.path.glob(f"{stem}-????????.woff2"))), None)


def _parsed(ranges: str) -> list[tuple[int, int]]:
    pairs = [each.removeprefix("U+").partition("-") for each in ranges.split(",")]
    return [(int(low, 16), int(high or low, 16)) for low, _, high in pairs]


_RANGES = {subset: _parsed(text) for subset, text in SUBSETS.items() if subset != "latin"}
