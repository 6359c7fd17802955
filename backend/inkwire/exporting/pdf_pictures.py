"""Pictures in a PDF: each once, photos as the bytes they came in, the rest as pixels."""

from __future__ import annotations

import io
import zlib
from typing import Final

import resvg_py
from PIL import Image

from inkwire.assets.picture_header import read_header
from inkwire.errors import BadFile
from inkwire.exporting.pdf_file import Ref
from inkwire.exporting.pdf_resources import Resources

MOST_PIXELS: Final = 8_000_000
"""Pictures with more are made smaller: nobody can tell on a page, and every reader unpacks them."""
SVG_PIXELS: Final = 2048
"""Pixels of the longer side of an SVG that is turned into pixels."""
_TURNED: Final = 274
"""The tag of Exif that says how to turn a photo."""


class Pictures:
    """Writes pictures and remembers where they are."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._refs: dict[str, Ref | None] = {}

    def knows(self, file: str) -> bool:
        return file in self._refs

    def show(self, file: str, data: bytes | None) -> str | None:
        """The operator that paints the picture into the unit square; None for what is no picture."""
        if file not in self._refs:
            self._refs[file] = self._written(data)
        ref = self._refs[file]
        return None if ref is None else self._resources.thing(ref)

    def _written(self, data: bytes | None) -> Ref | None:
        try:
            if data is None:
                return None
            kind = read_header(data).media_type
            if kind == "image/svg+xml":
                data = _rasterised(data)
            return self._write(data)
        except (BadFile, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None

    def _write(self, data: bytes) -> Ref:
        file = self._resources.file
        with Image.open(io.BytesIO(data)) as picture:
            entries = _entries(*picture.size)
            plain = picture.format == "JPEG" and picture.getexif().get(_TURNED, 1) == 1
            small = picture.width * picture.height <= MOST_PIXELS
            if plain and small and picture.mode in ("RGB", "L"):
                space = "RGB" if picture.mode == "RGB" else "Gray"
                entries += f"/ColorSpace/Device{space}/Filter/DCTDecode"
                return file.stream(data, entries, compress=False)
            ready = _upright(picture)
        entries = _entries(*ready.size)
        if ready.mode == "RGBA" and ready.getchannel("A").getextrema() != (255, 255):
            mask = file.stream(ready.getchannel("A").tobytes(), f"{entries}/ColorSpace/DeviceGray")
            entries += f"/SMask {mask} 0 R"
        pixels = zlib.compress(ready.convert("RGB").tobytes(), 6)
        entries += "/ColorSpace/DeviceRGB/Filter/FlateDecode"
        return file.stream(pixels, entries, compress=False)


def _upright(picture: Image.Image) -> Image.Image:
    """As browsers show it: turned as it says, in RGB or RGBA, not larger than sensible."""
    share = (MOST_PIXELS / (picture.width * picture.height)) ** 0.5
    if share < 1:
        picture.draft("RGB", (int(picture.width * share), int(picture.height * share)))
    turn = picture.getexif().get(_TURNED, 1)
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    ready = picture.convert("RGBA" if has_alpha else "RGB")
    if share < 1:
        ready.thumbnail((int(picture.width * share) or 1, int(picture.height * share) or 1))
    for method in _METHODS.get(turn, ()):
        ready = ready.transpose(method)
    return ready


_METHODS: Final = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}


def _rasterised(data: bytes) -> bytes:
    header = read_header(data)
    text = data.decode()
    if header.width >= header.height:
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=SVG_PIXELS))
    return bytes(resvg_py.svg_to_bytes(svg_string=text, height=SVG_PIXELS))


def _entries(width: int, height: int) -> str:
    return f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
