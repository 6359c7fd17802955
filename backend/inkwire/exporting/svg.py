"""``export.svg``: a board as one self-contained picture, written element by element.

Safe to open and to embed: no script, nothing fetched from elsewhere. Text stays text; links lead out only
when somebody follows them.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from inkwire.assets.picture_header import read_header
from inkwire.errors import BadFile
from inkwire.exporting import markup
from inkwire.exporting.board_info import BoardInfo
from inkwire.exporting.fonts import Part, parts_of
from inkwire.exporting.look import Look
from inkwire.exporting.markup import box, colour, escaped, number, opacity, transform
from inkwire.exporting.paint import is_visible
from inkwire.exporting.shapes import drawing_of
from inkwire.exporting.source import Source, surveyed
from inkwire.exporting.survey import LABEL_GAP, Survey, painted_bounds
from inkwire.exporting.text_layout import FAMILIES, lines_of, width_of
from inkwire.exporting.theme import Tone
from inkwire.protocol.elements import Element, Frame, Image, Line, Note, Place, TextElement

BACKGROUND = "#ffffff"
PAPER = "#fff3bf"
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


class SvgWriter:
    """Writes one board whose elements were all shown to the survey before; holds none of them."""

    def __init__(self, board: BoardInfo, survey: Survey, look: Look | None = None) -> None:
        self._board = board
        self._survey = survey
        self._look = look or Look()
        self._files: set[str] = set()
        self._parts: set[Part] = set()

    def head(self) -> bytes:
        """Everything before the first element."""
        look = self._look
        area = look.area(self._survey.bounds)
        w, h = area.width, area.height
        scale = look.scale or 1.0
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            '<svg xmlns="http://www.w3.org/2000/svg"',
            f' viewBox="{number(area.min_x)} {number(area.min_y)} {number(w)} {number(h)}"',
            f' width="{number(w * scale)}" height="{number(h * scale)}">\n',
            f"<title>{escaped(self._board.title)}</title>\n",
        ]
        for id_, (x, y, sx, sy, angle) in self._survey.frames.items():
            inner = box(min(0, sx), min(0, sy), abs(sx), abs(sy), 8, transform(x, y, angle))
            parts.append(f'<clipPath id="frame-{id_}">{inner}</clipPath>\n')
        if look.background:
            fill = colour(BACKGROUND, look.theme, "fill")
            parts.append(box(area.min_x, area.min_y, w, h, more=fill) + "\n")
        parts.append('<g fill="none" stroke-linecap="round" stroke-linejoin="round">\n')
        return "".join(parts).encode()

    def wanted_file(self, element: Element) -> str | None:
        """The id of the picture whose bytes ``element`` needs; None when it needs none (any more)."""
        if isinstance(element, Image) and element.file and element.file not in self._files:
            return element.file
        return None

    def element(self, element: Element, file: bytes | None = None) -> bytes:
        """One element; elements come in paint order. ``file``: see ``wanted_file``."""
        match element:
            case TextElement():
                content = self._text(element)
            case Note():
                content = self._note(element)
            case Frame():
                content = self._frame(element)
            case Image():
                content = self._image(element, file)
            case _:
                content = self._shape(element)
        if not content:
            return b""
        if element.link:
            content = f'<a href="{escaped(element.link)}">{content}</a>'
        if element.frame in self._survey.frames:
            content = f'<g clip-path="url(#frame-{element.frame})">{content}</g>'
        return (content + "\n").encode()

    def tail(self) -> bytes:
        """Everything after the last element."""
        parts = ["</g>\n"]
        if self._look.fonts and self._parts:
            rules = "\n".join(self._look.fonts.css(self._parts))
            parts.append(f"<style>{rules}</style>\n")
        return "".join([*parts, "</svg>\n"]).encode()

    def _shape(self, element: Element) -> str:
        theme = self._look.theme
        drawing = drawing_of(element, BACKGROUND)
        if not drawing.paints:
            return ""
        at = drawing.frame
        share = element.opacity * (0.5 if drawing.highlighter else 1)
        attributes = transform(at.x, at.y, at.angle, flip_x=at.flip_x, flip_y=at.flip_y)
        attributes += opacity(share)
        tone: Tone = "marker" if drawing.highlighter else "ink"
        if drawing.highlighter:
            blend = "multiply" if theme == "light" else "screen"
            attributes += f' style="mix-blend-mode:{blend}"'
        if len(drawing.paints) == 1:
            content = markup.path(drawing.paints[0], theme, attributes, tone)
        else:
            paths = "".join(markup.path(paint, theme, tone=tone) for paint in drawing.paints)
            content = f"<g{attributes}>{paths}</g>"
        if isinstance(element, Line) and element.id in self._survey.labels:
            content = _with_gap(element, self._survey.labels[element.id], content)
        return content

    def _text(self, element: TextElement) -> str:
        return self._group(element, self._lines(element))

    def _note(self, element: Note) -> str:
        _, _, sx, sy, _ = element.place
        w, h = abs(sx), abs(sy)
        theme = self._look.theme
        paper = element.fill if is_visible(element.fill) else PAPER
        return self._group(
            element,
            box(0, 3, w, h, 4, ' fill="#000000" fill-opacity="0.12"')
            + box(0, 0, w, h, 4, colour(paper, theme, "fill", "paper"))
            + self._lines(element),
        )

    def _lines(self, element: TextElement | Note) -> str:
        if not is_visible(element.color) or not element.text.strip():
            return ""
        size, lines = lines_of(element)
        self._parts.update(parts_of(element.font, "".join(line.text for line in lines)))
        words = "".join(
            f'<text x="{number(line.x)}" y="{number(line.y)}"{_spaces(line.text)}>'
            f"{escaped(line.text)}</text>"
            for line in lines
            if line.text.strip()
        )
        return (
            f'<g font-family="{FAMILIES[element.font]}" font-size="{number(size)}"'
            f"{colour(element.color, self._look.theme, 'fill')}"
            f' text-anchor="{_ANCHORS[element.align]}">{words}</g>'
        )

    def _frame(self, element: Frame) -> str:
        theme = self._look.theme
        if element.id == self._look.frame:
            return ""
        w, h = abs(element.place[2]), abs(element.place[3])
        name = element.name or "Frame"
        self._parts.update(parts_of("sans", name))
        squeeze = ""
        if width_of(name, "sans", 14) > w > 0:
            squeeze = f' textLength="{number(w)}" lengthAdjust="spacingAndGlyphs"'
        return self._group(
            element,
            box(0, 0, w, h, 8, f'{colour("#bbbbbb", theme, "stroke")} stroke-width="2"')
            + f'<text x="0" y="-6" font-family="{FAMILIES["sans"]}" font-size="14"'
            f"{colour('#999999', theme, 'fill')}{squeeze}>{escaped(name)}</text>",
        )

    def _image(self, element: Image, file: bytes | None) -> str:
        x, y, sx, sy, angle = element.place
        w, h = abs(sx), abs(sy)
        attributes = transform(x, y, angle, flip_x=sx < 0, flip_y=sy < 0) + opacity(element.opacity)
        name = f"file-{element.file}"
        shows = f"<title>{escaped(element.name)}</title>" if element.name else ""
        definition = ""
        if element.file not in self._files:
            kind = _picture_type(file or b"")
            if kind is None:
                theme = self._look.theme
                look = f"{colour('#e9ecef', theme, 'fill')}{colour('#ced4da', theme, 'stroke')}"
                return f"<g{attributes}>{shows}{box(0, 0, w, h, 4, look)}</g>"
            data = base64.b64encode(file or b"").decode()
            definition = (
                f'<defs><image id="{name}" width="1" height="1" preserveAspectRatio="none"'
                f' href="data:{kind};base64,{data}"/></defs>'
            )
            self._files.add(element.file)
        left, top, right, bottom = element.crop or (0.0, 0.0, 1.0, 1.0)
        view = " ".join(f"{each:.6f}" for each in (left, top, right - left, bottom - top))
        return (
            f'{definition}<g{attributes}>{shows}<svg width="{number(w)}" height="{number(h)}"'
            f' viewBox="{view}" preserveAspectRatio="none"><use href="#{name}"/></svg></g>'
        )

    def _group(self, element: TextElement | Note | Frame, content: str) -> str:
        """Content in the frame of an element that is never mirrored."""
        if not content:
            return ""
        x, y, sx, sy, angle = element.place
        corner = transform(min(0, sx), min(0, sy), 0)
        inner = f"<g{corner}>{content}</g>" if corner else content
        return f"<g{transform(x, y, angle)}{opacity(element.opacity)}>{inner}</g>"


def draw_svg(board: BoardInfo, source: Source, look: Look) -> Iterator[bytes]:
    """The whole picture in pieces."""
    writer = SvgWriter(board, surveyed(source), look)
    yield writer.head()
    for elements in source.elements():
        for element in elements:
            wanted = writer.wanted_file(element)
            yield writer.element(element, source.file(wanted) if wanted else None)
    yield writer.tail()


def _with_gap(element: Line, label: Place, content: str) -> str:
    """The line without what lies under its label."""
    area = painted_bounds(element).grown(1)
    x, y, sx, sy, angle = label
    gap = box(
        min(0, sx) - LABEL_GAP,
        min(0, sy) - LABEL_GAP,
        abs(sx) + 2 * LABEL_GAP,
        abs(sy) + 2 * LABEL_GAP,
        more=f' fill="#000"{transform(x, y, angle)}',
    )
    whole = box(area.min_x, area.min_y, area.width, area.height, more=' fill="#fff"')
    return (
        f'<mask id="gap-{element.id}" maskUnits="userSpaceOnUse" x="{number(area.min_x)}"'
        f' y="{number(area.min_y)}" width="{number(area.width)}" height="{number(area.height)}">'
        f'{whole}{gap}</mask><g mask="url(#gap-{element.id})">{content}</g>'
    )


def _spaces(text: str) -> str:
    """What keeps spaces that SVG would join or drop; browsers do not inherit it."""
    plain = " ".join(text.split()) == text
    return "" if plain else ' xml:space="preserve" style="white-space:pre"'


def _picture_type(data: bytes) -> str | None:
    """None for what is no picture, or an SVG that could act: it may have come from an older copy."""
    try:
        return read_header(data).media_type
    except BadFile:
        return None
