"""Elements as the operators of a PDF's page, in world units with y downward (docs/drawing.md)."""

from __future__ import annotations

from typing import Protocol

from inkwire.exporting.curves import Point
from inkwire.exporting.look import Look
from inkwire.exporting.paint import Paint, is_visible
from inkwire.exporting.pdf_file import number, numbers
from inkwire.exporting.pdf_paths import (
    matrix,
    moved,
    path,
    placed_box,
    rectangle,
    rgb,
    rounded_box,
    subpaths,
)
from inkwire.exporting.pdf_pictures import Pictures
from inkwire.exporting.pdf_resources import Resources
from inkwire.exporting.shapes import drawing_of
from inkwire.exporting.survey import LABEL_GAP, Survey, painted_bounds
from inkwire.exporting.svg import BACKGROUND, PAPER
from inkwire.exporting.text_layout import lines_of
from inkwire.exporting.theme import Tone, shown
from inkwire.protocol.elements import Element, Frame, Image, Line, Note, TextElement
from inkwire.protocol.scalars import Align, Font
from inkwire.rooms.bounds import Box

FRAME_RADIUS = 8.0
_MARGIN = 2.0


class Letters(Protocol):
    """Who writes text, in the colour that is set."""

    def line(self, text: str, font: Font, size: float, x: float, y: float, align: Align) -> str:
        """The operators of a line whose anchor is at ``x`` and whose baseline is at ``y``."""

    def width(self, text: str, font: Font) -> float:
        """In ems."""


class PdfPainter:
    """Turns elements into operators; what they need by name goes to the resources.

    ``hairline``: the width in world units below which a line is drawn paler in place of thinner.
    """

    def __init__(
        self,
        resources: Resources,
        survey: Survey,
        look: Look,
        letters: Letters,
        pictures: Pictures,
        hairline: float = 0.0,
    ) -> None:
        self._resources = resources
        self._survey = survey
        self._theme = look.theme
        self._letters = letters
        self._pictures = pictures
        self._hairline = hairline

    def wanted_file(self, element: Element) -> str | None:
        """The id of the picture whose bytes ``element`` needs; None when it needs none (any more)."""
        if isinstance(element, Image) and element.file and not self._pictures.knows(element.file):
            return element.file
        return None

    def background(self, box: Box, origin: Point) -> str:
        """The paper."""
        colour, _ = shown(BACKGROUND, self._theme)
        return f"{rgb(colour)} rg {rectangle(box, origin)} f\n"

    def element(self, element: Element, origin: Point, file: bytes | None = None) -> str:
        """One element, seen from an origin; elements come in paint order. ``file``: ``wanted_file``."""
        match element:
            case TextElement():
                content = self._boxed(element, origin, self._lines(element, element.opacity))
            case Note():
                content = self._note(element, origin)
            case Frame():
                content = self._frame(element, origin)
            case Image():
                content = self._image(element, origin, file)
            case _:
                content = self._shape(element, origin)
        frame = self._survey.frames.get(element.frame)
        if content and frame is not None:
            content = f"q {path(placed_box(frame, origin, FRAME_RADIUS))} W n\n{content} Q\n"
        return content

    def _shape(self, element: Element, origin: Point) -> str:
        drawing = drawing_of(element, BACKGROUND)
        if not drawing.paints:
            return ""
        at = drawing.frame
        place = matrix(
            at.x - origin[0], at.y - origin[1], at.angle, flip_x=at.flip_x, flip_y=at.flip_y
        )
        tone: Tone = "marker" if drawing.highlighter else "ink"
        share = element.opacity * (0.5 if drawing.highlighter else 1)
        alone = len(drawing.paints) == 1
        paints = "\n".join(
            self._paint(paint, share if alone else 1.0, tone) for paint in drawing.paints
        )
        content = f"q {moved(place)}\n{paints} Q\n"
        if drawing.highlighter:
            blend = "Multiply" if self._theme == "light" else "Screen"
            content = f"q {self._resources.state(1, blend)} {content} Q\n"
        elif not alone:
            content = self._composed(element, origin, content)
        if isinstance(element, Line) and element.id in self._survey.labels:
            around = rectangle(painted_bounds(element).grown(_MARGIN), origin)
            gap = path(placed_box(self._survey.labels[element.id], origin, grown=LABEL_GAP))
            content = f"q {around} {gap} W* n\n{content} Q\n"
        return content

    def _paint(self, paint: Paint, share: float, tone: Tone) -> str:
        colour, alpha = shown(paint.fill or paint.stroke, self._theme, tone)
        alpha *= share
        width, is_hair = paint.width, bool(paint.stroke) and paint.width < self._hairline
        if is_hair:
            alpha *= width / self._hairline
            width = self._hairline
        if paint.fill:
            painted = f"{rgb(colour)} rg\n{path(paint.ops)}\n{'f*' if paint.even_odd else 'f'}"
        else:
            dash = f"[{numbers(*paint.dash)}] 0 d " if paint.dash else ""
            cap = "0 J " if paint.flat else ""
            # Pale lines that lie on each other add up, as thin ones would.
            lines = "\nS\n".join(map(path, subpaths(paint.ops))) if is_hair else path(paint.ops)
            painted = f"{rgb(colour)} RG {number(width)} w {dash}{cap}\n{lines}\nS"
        if alpha < 1 or paint.dash or paint.flat:
            return f"q {self._state(alpha)}{painted} Q"
        return painted

    def _state(self, alpha: float) -> str:
        return self._resources.state(alpha) + " " if alpha < 1 else ""

    def _composed(self, element: Element, origin: Point, content: str) -> str:
        """Content that is blended as a whole."""
        if element.opacity >= 1:
            return content
        box = painted_bounds(element).moved(-origin[0], -origin[1]).grown(_MARGIN)
        group = self._resources.group(content, box)
        return f"q {self._resources.state(element.opacity)} {group} Q\n"

    def _boxed(self, element: TextElement | Note | Frame, origin: Point, content: str) -> str:
        """Content in the frame of an element that is never mirrored."""
        if not content:
            return ""
        x, y, sx, sy, angle = element.place
        a, b, c, d, e, f = matrix(x - origin[0], y - origin[1], angle)
        left, top = min(0.0, sx), min(0.0, sy)
        corner = (a, b, c, d, e + a * left + c * top, f + b * left + d * top)
        return f"q {moved(corner)}\n{content} Q\n"

    def _lines(self, element: TextElement | Note, share: float) -> str:
        if not is_visible(element.color) or not element.text.strip():
            return ""
        size, lines = lines_of(element)
        colour, alpha = shown(element.color, self._theme)
        written = "\n".join(
            self._letters.line(line.text, element.font, size, line.x, line.y, element.align)
            for line in lines
            if line.text.strip()
        )
        return f"{self._state(alpha * share)}{rgb(colour)} rg\n{written}"

    def _note(self, element: Note, origin: Point) -> str:
        w, h = abs(element.place[2]), abs(element.place[3])
        fill = element.fill if is_visible(element.fill) else PAPER
        paper, alpha = shown(fill, self._theme, "paper")
        content = (
            f"q {self._resources.state(0.12)} 0 0 0 rg {path(rounded_box(0, 3, w, h, 4))} f Q\n"
            f"q {self._state(alpha)}{rgb(paper)} rg {path(rounded_box(0, 0, w, h, 4))} f Q\n"
            f"{self._lines(element, 1.0)}"
        )
        return self._composed(element, origin, self._boxed(element, origin, content))

    def _frame(self, element: Frame, origin: Point) -> str:
        w, h = abs(element.place[2]), abs(element.place[3])
        name = element.name or "Frame"
        line, _ = shown("#bbbbbb", self._theme)
        ink, _ = shown("#999999", self._theme)
        wide = self._letters.width(name, "sans") * 14
        squeezed = f"{number(w / wide)} 0 0 1 0 0 cm " if wide > w > 0 else ""
        words = self._letters.line(name, "sans", 14, 0, -6, "left")
        content = (
            f"{rgb(line)} RG 2 w {path(rounded_box(0, 0, w, h, FRAME_RADIUS))} S\n"
            f"q {squeezed}{rgb(ink)} rg {words} Q"
        )
        return self._composed(element, origin, self._boxed(element, origin, content))

    def _image(self, element: Image, origin: Point, file: bytes | None) -> str:
        x, y, sx, sy, angle = element.place
        w, h = abs(sx), abs(sy)
        place = matrix(x - origin[0], y - origin[1], angle, flip_x=sx < 0, flip_y=sy < 0)
        picture = self._pictures.show(element.file, file) if element.file else None
        state = self._state(element.opacity)
        if picture is None:
            fill, _ = shown("#e9ecef", self._theme)
            line, _ = shown("#ced4da", self._theme)
            box = path(rounded_box(0, 0, w, h, 4))
            content = f"q {moved(place)} {rgb(fill)} rg {rgb(line)} RG 1 w {box} B Q\n"
            return self._composed(element, origin, content)
        left, top, right, bottom = element.crop or (0.0, 0.0, 1.0, 1.0)
        whole_w, whole_h = w / max(right - left, 1e-6), h / max(bottom - top, 1e-6)
        # A picture lies in the unit square, its top at y = 1.
        inside = (whole_w, 0.0, 0.0, -whole_h, -left * whole_w, (1 - top) * whole_h)
        clip = f"0 0 {numbers(w, h)} re W n" if element.crop else ""
        return f"q {state}{moved(place)} {clip} {moved(inside)} {picture} Q\n"
