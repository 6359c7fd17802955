"""What a ``.tldr`` file says, as it says it: every field optional, unknown fields passed over.

Field names and their meaning are those of tldraw's public record types, from the first file format to 5: arrows
with their bindings inside or as records of their own, words plain or rich, points as objects or in base64.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from inkwire.protocol.limits import MAX_POINTS

Number = Annotated[float, Meta(ge=-1e7, le=1e7)]
"""What lies farther out lies outside of the board, and infinity is no number."""
Scale = Annotated[float, Meta(ge=1e-3, le=1e3)]


class TldrawFile(Struct, rename="camel"):
    """The outermost object."""

    tldraw_file_format_version: float
    records: list[Raw]


class RecordHead(Struct, rename="camel"):
    """What is asked of every record before any is converted."""

    type_name: str = ""
    type: str = ""
    id: str = ""


class Vec(Struct):
    """A point; ``z`` is the pressure."""

    x: Number = 0.0
    y: Number = 0.0
    z: Annotated[float, Meta(ge=-1e3, le=1e3)] | None = None
    index: str = ""


class Segment(Struct):
    """A part of a stroke: ``points`` as objects, or ``path`` in base64, of ``dim`` numbers a point."""

    type: str = "free"
    points: Annotated[list[Vec], Meta(max_length=MAX_POINTS)] | str = ""
    path: str = ""
    dim: int = 3


class Terminal(Vec, rename="camel"):
    """An end of an arrow: a point, or (older) the shape that holds it."""

    type: str = "point"
    bound_shape_id: str = ""
    normalized_anchor: Vec | None = None
    is_exact: bool = False


class RichText(Struct):
    """A node of a document of words."""

    type: str = ""
    text: str = ""
    content: list[RichText] | None = None


class Crop(Struct, rename="camel"):
    """The part of a picture that shows, in shares of it."""

    top_left: Vec
    bottom_right: Vec


class Props(Struct, rename="camel", frozen=True):
    """The properties of a shape of any type."""

    w: Number = 100.0
    h: Number = 100.0
    grow_y: Number = 0.0
    scale: Scale = 1.0
    scale_x: Number = 1.0
    scale_y: Number = 1.0
    geo: str = "rectangle"
    color: str = "black"
    label_color: str = "black"
    fill: str = "none"
    dash: str = "draw"
    size: str = "m"
    font: str = "draw"
    align: str = "middle"
    text_align: str = ""
    vertical_align: str = "middle"
    url: str = ""
    text: str = ""
    rich_text: RichText | None = None
    auto_size: bool = True
    segments: list[Segment] = []
    is_closed: bool = False
    is_pen: bool = False
    start: Terminal | None = None
    end: Terminal | None = None
    bend: Number = 0.0
    kind: str = "arc"
    arrowhead_start: str = "none"
    arrowhead_end: str = "arrow"
    spline: str = "line"
    points: dict[str, Vec] | list[Vec] = {}
    handles: dict[str, Vec] = {}
    name: str = ""
    asset_id: str | None = None
    crop: Crop | None = None
    flip_x: bool = False
    flip_y: bool = False


class Shape(Struct, rename="camel"):
    """A shape, where it stands in its parent."""

    id: str
    type: str
    parent_id: str = ""
    index: str = ""
    x: Number = 0.0
    y: Number = 0.0
    rotation: Number = 0.0
    is_locked: bool = False
    opacity: Annotated[float, Meta(ge=0, le=1)] = 1.0
    props: Props = Props()


class BindingProps(Struct, rename="camel", frozen=True):
    """How an arrow is held."""

    terminal: str = ""
    normalized_anchor: Vec | None = None
    is_exact: bool = False


class BindingRecord(Struct, rename="camel"):
    """That an arrow (``from_id``) is held by a shape (``to_id``)."""

    from_id: str = ""
    to_id: str = ""
    type: str = ""
    props: BindingProps = BindingProps()


class AssetProps(Struct, frozen=True):
    """Where a picture is."""

    src: str | None = None


class AssetRecord(Struct):
    """A picture, beside the shapes that show it."""

    id: str = ""
    props: AssetProps = AssetProps()


class PageRecord(Struct):
    """A page."""

    id: str = ""
    index: str = ""
