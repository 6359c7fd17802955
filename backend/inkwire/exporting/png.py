"""``export.png``: a board as pixels, in bands of rows so that memory stays bounded.

Each band is painted by PDFium from small pages of a few hundred elements, one after the other onto the
same pixels: what is blended is blended with what is below.
"""

from __future__ import annotations

import ctypes
import math
from array import array
from collections.abc import Iterator
from typing import Final

import pypdfium2.raw as pdfium
from PIL import Image

from inkwire.errors import BadFile
from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.look import Look
from inkwire.exporting.outlined_letters import OutlinedLetters
from inkwire.exporting.pdf_file import PdfFile, numbers
from inkwire.exporting.pdf_painter import PdfPainter
from inkwire.exporting.pdf_pictures import Pictures
from inkwire.exporting.pdf_resources import Resources
from inkwire.exporting.png_file import PngFile
from inkwire.exporting.source import Source
from inkwire.exporting.survey import Survey, painted_bounds
from inkwire.exporting.svg import BACKGROUND
from inkwire.exporting.theme import shown
from inkwire.exporting.typefaces import Typefaces
from inkwire.protocol.elements import Element
from inkwire.rooms.bounds import Box

MOST_PIXELS: Final = 100_000_000
LONGEST_SIDE: Final = 32_767
"""Pixels; browsers show no larger pictures."""
FINER: Final = 2
"""PDFium smooths edges by adding up what covers a pixel, twice where lines overlap, as sketched ones do;
so it paints finer pixels, which are averaged."""
BAND_PIXELS: Final = 4_200_000
"""Pixels of a band at most, each of ``FINER`` squared times four bytes; one of 4K takes two bands."""
PAGE_BYTES: Final = 2**19
"""Bytes of operators that are painted at a time."""
_MARGIN: Final = 2.0
"""Pixels around what is painted that a smoothed edge may touch."""


def draw_png(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """The whole picture in pieces. Raises ``BadFile`` for a scale that makes it too large."""
    survey, extents = Survey(), _Extents()
    for elements in source.elements():
        for element in elements:
            extents.add(element, survey.add(element))
    area = look.area(survey.bounds)
    scale = _scale(area, look.scale)
    width, height = _pixels(area, scale)
    png = PngFile(width, height, alpha=not look.background)
    pdfium.FPDF_InitLibrary()
    yield png.head()
    rows = max(1, BAND_PIXELS // width)
    for top in range(0, height, rows):
        band = _Band(area, scale, width, top, min(rows, height - top), survey, look)
        everything = (element for some in source.elements() for element in some)
        for index, element in enumerate(everything):
            if band.shows(*extents.of(index, element)):
                band.element(element, source)
        yield from band.packed(png)
    yield png.tail()


def _pixels(area: Box, scale: float) -> tuple[int, int]:
    return max(1, round(area.width * scale)), max(1, round(area.height * scale))


def _scale(area: Box, wanted: float | None) -> float:
    """Pixels per world unit: what is wanted, or 1, or less where the picture would be too large."""
    most = min(
        math.sqrt(MOST_PIXELS / (area.width * area.height)),
        LONGEST_SIDE / area.width,
        LONGEST_SIDE / area.height,
    )
    scale = 1.0 if wanted is None else wanted
    width, height = area.width * scale, area.height * scale
    if scale > most and wanted is not None:
        raise BadFile(
            f"The picture would have {width:,.0f} by {height:,.0f} pixels. At most"
            f" {MOST_PIXELS:,} can be drawn, {LONGEST_SIDE:,} on a side: a scale of"
            f" {math.floor(most * 10_000) / 10_000:g}, or a region.",
            "query.scale",
        )
    return min(scale, most)


class _Extents:
    """From where to where elements reach, by their turn: bands need not look at each again."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._ends = array("d")

    def add(self, element: Element, box: Box) -> None:
        self._ids.append(hash(element.id))
        self._ends.extend((box.min_y, box.max_y))

    def of(self, index: int, element: Element) -> tuple[float, float]:
        """The top and bottom of the element whose turn it is; others may have come or gone meanwhile."""
        if index < len(self._ids) and self._ids[index] == hash(element.id):
            return self._ends[2 * index], self._ends[2 * index + 1]
        box = painted_bounds(element)
        return box.min_y, box.max_y


class _Band:
    """Some rows of the picture while they are painted."""

    def __init__(
        self,
        area: Box,
        scale: float,
        width: int,
        top: int,
        rows: int,
        survey: Survey,
        look: Look,
    ) -> None:
        self._scale, self._width, self._rows = scale, width, rows
        self._survey, self._look = survey, look
        self._origin = area.min_x, area.min_y + top / scale
        x, y = self._origin
        self._box = Box(x, y, x + width / scale, y + rows / scale).grown(_MARGIN / scale)
        self._typefaces = Typefaces(look.fonts)
        # Blending needs an alpha channel; without one PDFium blends a white box.
        self._bitmap = pdfium.FPDFBitmap_CreateEx(
            width * FINER, rows * FINER, pdfium.FPDFBitmap_BGRA, None, 0
        )
        if not self._bitmap:
            raise MemoryError
        paper = (
            0 if not look.background else 0xFF000000 | int(shown(BACKGROUND, look.theme)[0][1:], 16)
        )
        pdfium.FPDFBitmap_FillRect(self._bitmap, 0, 0, width * FINER, rows * FINER, paper)
        self._begin()

    def _begin(self) -> None:
        self._file = PdfFile()
        self._resources = Resources(self._file)
        letters = OutlinedLetters(self._typefaces)
        self._painter = PdfPainter(
            self._resources,
            self._survey,
            self._look,
            letters,
            Pictures(self._resources),
            hairline=1 / self._scale / FINER,
        )
        self._content: list[str] = []
        self._waiting = 0

    def shows(self, top: float, bottom: float) -> bool:
        """Whether something between these heights of the board is in the band."""
        return top <= self._box.max_y and self._box.min_y <= bottom

    def element(self, element: Element, source: Source) -> None:
        """Paints an element, now or with others soon."""
        if element.id == self._look.frame:
            return
        wanted = self._painter.wanted_file(element)
        file = source.file(wanted) if wanted else None
        content = self._painter.element(element, self._origin, file)
        self._content.append(content)
        self._waiting += len(content)
        if self._waiting + self._file.waiting >= PAGE_BYTES:
            self._paint()

    def _paint(self) -> None:
        """Paints what waits."""
        if self._content:
            document = pdfium.FPDF_LoadMemDocument64(data := self._page(), len(data), None)
            page = pdfium.FPDF_LoadPage(document, 0)
            if not page:
                raise MemoryError
            pdfium.FPDF_RenderPageBitmap(
                self._bitmap,
                page,
                0,
                0,
                self._width * FINER,
                self._rows * FINER,
                0,
                pdfium.FPDF_REVERSE_BYTE_ORDER,
            )
            pdfium.FPDF_ClosePage(page)
            pdfium.FPDF_CloseDocument(document)
        self._begin()

    def _page(self) -> bytes:
        """What waits, as a file of one page with a unit for each pixel."""
        file, resources = self._file, self._resources
        scale, height = self._scale, self._rows
        head = f"{scale:.9f} 0 0 {-scale:.9f} 0 {height} cm 1 J 1 j\n"
        content = file.stream((head + "".join(self._content)).encode(), compress=False)
        resources.write()
        tree = file.reserve()
        page = file.add(
            f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {numbers(self._width, height)}]"
            f"/Resources {resources.ref} 0 R/Contents {content} 0 R>>"
        )
        file.add(f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>", tree)
        catalog = file.add(f"<</Type/Catalog/Pages {tree} 0 R>>")
        file.finish(catalog, file.add("<<>>"))
        return file.taken()

    def packed(self, png: PngFile) -> Iterator[bytes]:
        """The rows of the band, as the file has them."""
        self._paint()
        stride = pdfium.FPDFBitmap_GetStride(self._bitmap)
        start = _address(pdfium.FPDFBitmap_GetBuffer(self._bitmap))
        mode = "RGB" if self._look.background else "RGBA"
        some = max(1, 2**18 // self._width)
        for row in range(0, self._rows, some):
            count = min(some, self._rows - row)
            size = stride * FINER * count
            pixels = (ctypes.c_ubyte * size).from_address(start + stride * FINER * row)
            sizes = self._width * FINER, count * FINER
            fine = Image.frombuffer("RGBA", sizes, pixels, "raw", "RGBA", stride, 1)
            yield png.rows(fine.reduce(FINER).convert(mode).tobytes())
        pdfium.FPDFBitmap_Destroy(self._bitmap)


def _address(pointer: object) -> int:
    address = ctypes.cast(pointer, ctypes.c_void_p).value  # type: ignore[arg-type]
    if address is None:
        raise MemoryError
    return address
