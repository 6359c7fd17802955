"""The elements of a board: one struct per type.

A property is what one writer wins as a whole (docs/protocol.md, rules D1 to D6): everything that only
makes sense together is one property, so that two people's edits never mix into a shape nobody drew.
Defaults are the same on every type and are left out on the wire and in the store.
"""

from __future__ import annotations

from typing import Annotated, get_args

from msgspec import Meta, Struct

from inkwire.protocol.limits import MAX_GROUPS
from inkwire.protocol.scalars import (
    Align,
    Anchor,
    Angle,
    Brush,
    Colour,
    Coordinate,
    Curve,
    Dash,
    ElementId,
    Extent,
    FileId,
    FillStyle,
    Font,
    FontSize,
    Gap,
    Head,
    LineHeight,
    Link,
    OptionalId,
    OrderKey,
    Points,
    Roughness,
    Seed,
    StrokeWidth,
    Text,
    Title,
    Unit,
    VerticalAlign,
)

Place = tuple[Coordinate, Coordinate, Extent, Extent, Angle]
"""``(x, y, sx, sy, angle)``: world = translate(x, y) · rotate(angle) · scale(sx, sy) · local.

Local geometry is the unit square for boxes (so ``sx``, ``sy`` are width and height) and the decoded points
for freedraw, line and arrow (so both are 1 as drawn). Stroke widths, glyphs and radii are not scaled.
"""


class Binding(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
):
    """One end of an arrow, held by another element.

    ``at`` is a point of the other element's unit square; without it the end points at the centre, off by
    ``focus`` (-1 to 1 spans the element) and stopping ``gap`` world units before its outline.
    """

    to: ElementId
    at: tuple[Anchor, Anchor] | None = None
    focus: Anchor = 0.0
    gap: Gap = 0.0


class Base(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
    tag_field="type",
):
    """What every element has."""

    id: ElementId
    place: Place
    z: OrderKey
    opacity: Unit = 1.0
    groups: Annotated[tuple[ElementId, ...], Meta(max_length=MAX_GROUPS)] = ()
    """Groups it is in, innermost first."""
    frame: OptionalId = ""
    locked: bool = False
    link: Link = ""


class Drawn(Base, frozen=True, kw_only=True):
    """What every element with an outline has."""

    color: Colour = "#1e1e1e"
    stroke_width: StrokeWidth = 2.0
    fill: Colour = "transparent"


class Sketched(Drawn, frozen=True, kw_only=True):
    """What every element with a hand-drawn outline has."""

    fill_style: FillStyle = "solid"
    dash: Dash = "solid"
    roughness: Roughness = 1.0
    seed: Seed = 1


class Shape(Sketched, frozen=True, kw_only=True):
    """What every closed outline in a box is: it takes text, and arrows hold on to it."""


class Rectangle(Shape, frozen=True, kw_only=True, tag="rectangle"):
    rounded: bool = False


class Ellipse(Shape, frozen=True, kw_only=True, tag="ellipse"):
    pass


class Diamond(Shape, frozen=True, kw_only=True, tag="diamond"):
    rounded: bool = False


class Triangle(Shape, frozen=True, kw_only=True, tag="triangle"):
    """Its tip in the middle above its base."""

    rounded: bool = False


class Line(Sketched, frozen=True, kw_only=True, tag="line"):
    """Straight or curved through its points; filled when the last point lies on the first."""

    points: Points
    curve: Curve = "sharp"
    start: Binding | None = None
    end: Binding | None = None
    start_head: Head = "none"
    end_head: Head = "none"


class Arrow(Line, frozen=True, kw_only=True, tag="arrow"):
    """A line that keeps its bindings when what it is bound to moves."""


class Freedraw(Drawn, frozen=True, kw_only=True, tag="freedraw"):
    """A pen stroke; pressure is simulated from speed where the points carry none.

    ``fill_style`` is that of a closed stroke's fill.
    """

    points: Points
    brush: Brush = "pen"
    fill_style: FillStyle = "solid"


class Lettered(Base, frozen=True, kw_only=True):
    """What every element with text has."""

    text: Text = ""
    color: Colour = "#1e1e1e"
    font: Font = "hand"
    font_size: FontSize = 20.0
    line_height: LineHeight = 1.25
    align: Align = "left"
    vertical_align: VerticalAlign = "top"


class TextElement(Lettered, frozen=True, kw_only=True, tag="text"):
    """Text on the canvas, or, with ``container``, inside a shape or on an arrow.

    ``auto_size``: the box follows the text; otherwise the text wraps at the box's width.
    """

    container: OptionalId = ""
    auto_size: bool = True


class Note(Lettered, frozen=True, kw_only=True, tag="note"):
    """A sticky note; ``fill`` is its paper."""

    fill: Colour = "transparent"


class Frame(Base, frozen=True, kw_only=True, tag="frame"):
    name: Title = ""


class Image(Base, frozen=True, kw_only=True, tag="image"):
    """A picture whose bytes are kept apart under their hash; ``natural`` is its size in pixels.

    ``name`` is what it shows, in words, for those who cannot see it and for finding it.
    """

    file: FileId = ""
    natural: tuple[Extent, Extent] | None = None
    crop: tuple[Unit, Unit, Unit, Unit] | None = None
    """Left, top, right, bottom as shares of the picture."""
    name: Title = ""


Element = (
    Rectangle
    | Ellipse
    | Diamond
    | Triangle
    | Line
    | Arrow
    | Freedraw
    | TextElement
    | Note
    | Frame
    | Image
)
ELEMENT_TYPES: tuple[type[Base], ...] = get_args(Element)
LARGE_PROPERTIES: tuple[str, ...] = ("points", "text")
"""Stored apart from the rest: moving a stroke never rewrites its points."""
