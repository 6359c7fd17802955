"""``export.pdf``: a board as pages of lines and letters, written element by element.

A page for each frame, where there are frames, in reading order; then the whole board if something lies
outside of them. Links can be followed. Nothing in it runs.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.curves import Point
from inkwire.exporting.look import Look
from inkwire.exporting.pdf_file import PdfFile, Ref, address, number, numbers, words
from inkwire.exporting.pdf_letters import EmbeddedLetters
from inkwire.exporting.pdf_painter import PdfPainter
from inkwire.exporting.pdf_pictures import Pictures
from inkwire.exporting.pdf_resources import Resources
from inkwire.exporting.source import Source
from inkwire.exporting.survey import Survey, painted_bounds
from inkwire.exporting.typefaces import Typefaces
from inkwire.protocol.elements import Element, Frame
from inkwire.rooms.bounds import UNIT_SQUARE, Box, placed_box

POINTS: Final = 0.75
"""Points of a world unit at scale 1: 1/96 of an inch each, as in CSS."""
LARGEST_PAGE: Final = 14_400
"""Units of a page's side at most (ISO 32000-1, annex C); larger ones have larger units."""
MOST_PAGES: Final = 500
BUFFERED: Final = 2**21
"""Bytes of content that wait to be written, of all pages together."""
_STARTS_LIKE: Final = "1 J 1 j\n"
"""Caps and joins are round."""


@dataclass
class _Page:
    """A page while it is drawn: ``content`` waits, ``streams`` are written, ``links`` too."""

    area: Box
    frame: str = ""
    name: str = ""
    content: list[str] = field(default_factory=list)
    waiting: int = 0
    streams: list[Ref] = field(default_factory=list)
    links: list[Ref] = field(default_factory=list)

    @property
    def origin(self) -> Point:
        return self.area.min_x, self.area.min_y


def draw_pdf(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """The whole file in pieces."""
    file = PdfFile()
    yield file.taken()
    survey, pages = _laid_out(source, look)
    resources = Resources(file)
    letters = EmbeddedLetters(resources, Typefaces(look.fonts))
    painter = PdfPainter(resources, survey, look, letters, Pictures(resources))
    writer = _PdfWriter(file, painter, pages, look)
    for elements in source.elements():
        for element in elements:
            wanted = painter.wanted_file(element)
            writer.element(element, source.file(wanted) if wanted else None)
        yield file.taken()
    letters.finish()
    writer.finish(board, resources.ref)
    resources.write()
    file.finish(writer.catalog, writer.info)
    yield file.taken()


def _laid_out(source: Source, look: Look) -> tuple[Survey, list[_Page]]:
    """The first look at the drawing, and the pages that it takes."""
    survey = Survey()
    frames: list[Frame] = []
    free = array("d")
    for elements in source.elements():
        for element in elements:
            box = survey.add(element)
            if isinstance(element, Frame):
                frames.append(element)
            elif not element.frame:
                free.extend(box)
    if look.region or not frames or len(frames) > MOST_PAGES:
        return survey, [_Page(look.area(survey.bounds), look.frame)]
    boxes = [(frame, placed_box(frame.place, UNIT_SQUARE)) for frame in frames]
    pages = [
        _Page(replace(look, padding=0).framed(box), frame.id, frame.name or "Frame")
        for frame, box in _in_reading_order(boxes)
    ]
    around = [box for _, box in boxes]
    rest = (Box(*free[at : at + 4]) for at in range(0, len(free), 4))
    if any(not any(_holds(outer, each) for outer in around) for each in rest):
        pages.append(_Page(look.area(survey.bounds)))
    return survey, pages


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.min_x <= inner.min_x
        and outer.min_y <= inner.min_y
        and inner.max_x <= outer.max_x
        and inner.max_y <= outer.max_y
    )


def _in_reading_order(boxes: Sequence[tuple[Frame, Box]]) -> list[tuple[Frame, Box]]:
    """Row by row; a row is what begins above the middle of its first."""
    rest = sorted(boxes, key=lambda each: (each[1].min_y, each[1].min_x))
    ordered: list[tuple[Frame, Box]] = []
    while rest:
        middle = rest[0][1].min_y + rest[0][1].height / 2
        row = [each for each in rest if each[1].min_y <= middle]
        ordered += sorted(row, key=lambda each: each[1].min_x)
        rest = rest[len(row) :]
    return ordered


class _PdfWriter:
    def __init__(self, file: PdfFile, painter: PdfPainter, pages: list[_Page], look: Look) -> None:
        self._file = file
        self._painter = painter
        self._pages = pages
        self._scale = POINTS * (look.scale or 1.0)
        self._flush_at = BUFFERED // len(pages)
        self.catalog = file.reserve()
        self.info = file.reserve()
        for page in pages:
            self._begin(page, look)

    def _begin(self, page: _Page, look: Look) -> None:
        shrunk = self._scale / _unit(page.area, self._scale)
        height = page.area.height * shrunk
        self._add(page, f"{shrunk:.9f} 0 0 {-shrunk:.9f} 0 {number(height)} cm\n")
        self._add(page, _STARTS_LIKE)
        if look.background:
            self._add(page, self._painter.background(page.area, page.origin))

    def element(self, element: Element, file: bytes | None) -> None:
        """Draws an element on the pages where it shows."""
        box = painted_bounds(element) if len(self._pages) > 1 or element.link else None
        for page in self._pages:
            if element.id == page.frame or (box is not None and not box.touches(page.area)):
                continue
            content = self._painter.element(element, page.origin, file)
            if content:
                self._add(page, content)
            if element.link and box is not None:
                self._link(page, element.link, box)

    def _add(self, page: _Page, content: str) -> None:
        page.content.append(content)
        page.waiting += len(content)
        if page.waiting >= self._flush_at:
            self._flush(page)

    def _flush(self, page: _Page) -> None:
        page.streams.append(self._file.stream("".join(page.content).encode()))
        page.content.clear()
        page.waiting = 0

    def _link(self, page: _Page, uri: str, box: Box) -> None:
        shrunk = self._scale / _unit(page.area, self._scale)
        x = page.area.min_x
        rect = (
            (box.min_x - x) * shrunk,
            (page.area.max_y - box.max_y) * shrunk,
            (box.max_x - x) * shrunk,
            (page.area.max_y - box.min_y) * shrunk,
        )
        page.links.append(
            self._file.add(
                f"<</Type/Annot/Subtype/Link/Rect[{numbers(*rect)}]/Border[0 0 0]"
                f"/A<</S/URI/URI {address(uri)}>>>>"
            )
        )

    def finish(self, board: BoardInfo, resources: Ref) -> None:
        """Writes the pages and what leads to them."""
        tree = self._file.reserve()
        refs = []
        for page in self._pages:
            self._flush(page)
            unit = _unit(page.area, self._scale)
            size = (side * self._scale / unit for side in (page.area.width, page.area.height))
            links = " ".join(f"{ref} 0 R" for ref in page.links)
            streams = " ".join(f"{ref} 0 R" for ref in page.streams)
            refs.append(
                self._file.add(
                    f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {numbers(*size)}]"
                    f"{f'/UserUnit {unit}' if unit > 1 else ''}/Resources {resources} 0 R"
                    "/Group<</S/Transparency/CS/DeviceRGB>>"
                    f"{f'/Annots[{links}]' if links else ''}/Contents[{streams}]>>"
                )
            )
        kids = " ".join(f"{ref} 0 R" for ref in refs)
        self._file.add(f"<</Type/Pages/Count {len(refs)}/Kids[{kids}]>>", tree)
        outline = self._outline(refs)
        self._file.add(
            f"<</Type/Catalog/Pages {tree} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
            f"{f'/Outlines {outline} 0 R' if outline else ''}>>",
            self.catalog,
        )
        self._file.add(f"<</Title {words(board.title)}/Producer(Inkwire)>>", self.info)

    def _outline(self, refs: Sequence[Ref]) -> Ref | None:
        """The list of pages that have a name."""
        named = [(page.name, ref) for page, ref in zip(self._pages, refs, strict=True) if page.name]
        if not named:
            return None
        root = self._file.reserve()
        items = [self._file.reserve() for _ in named]
        for index, (name, page) in enumerate(named):
            before = f"/Prev {items[index - 1]} 0 R" if index else ""
            after = f"/Next {items[index + 1]} 0 R" if index + 1 < len(items) else ""
            self._file.add(
                f"<</Title {words(name)}/Parent {root} 0 R/Dest[{page} 0 R/Fit]{before}{after}>>",
                items[index],
            )
        return self._file.add(
            f"<</Type/Outlines/Count {len(items)}/First {items[0]} 0 R/Last {items[-1]} 0 R>>", root
        )


def _unit(area: Box, scale: float) -> int:
    """How many points a page's unit is."""
    return max(1, math.ceil(max(area.width, area.height) * scale / LARGEST_PAGE))
