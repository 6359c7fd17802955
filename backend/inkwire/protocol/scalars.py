"""Bounded scalars: the only number and string types that frames, ops and elements are made of.

A bare ``float`` in msgspec accepts NaN and infinity, a bounded one refuses both; a test walks the
schema and fails for any field that is not built from these.
"""

from typing import Annotated, Literal

from msgspec import Meta

from inkwire.protocol import limits

Coordinate = Annotated[float, Meta(ge=-1e7, le=1e7)]
"""World units; one unit is one CSS pixel at 100 %."""
Extent = Annotated[float, Meta(ge=-1e7, le=1e7)]
"""A width, height or scale of ``Place``; negative means flipped."""
Angle = Annotated[float, Meta(ge=-7.0, le=7.0)]
"""Radians, clockwise as seen on the screen (y points down)."""
Unit = Annotated[float, Meta(ge=0.0, le=1.0)]
"""A share, e.g. opacity."""
Anchor = Annotated[float, Meta(ge=-100.0, le=100.0)]
"""A position in an element's unit square; may lie a little outside of it."""
Gap = Annotated[float, Meta(ge=0.0, le=1e5)]
StrokeWidth = Annotated[float, Meta(ge=0.1, le=256.0)]
"""World units."""
FontSize = Annotated[float, Meta(ge=1.0, le=2000.0)]
"""World units."""
LineHeight = Annotated[float, Meta(ge=0.5, le=4.0)]
"""Multiples of the font size."""
Roughness = Annotated[float, Meta(ge=0.0, le=4.0)]
"""0 clean, 1 hand-drawn, 2 wild; the scale of rough.js."""
Seed = Annotated[int, Meta(ge=0, le=2**31 - 1)]

ElementId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z")]
OptionalId = Annotated[str, Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9_-]{0,31})?\Z")]
"""An element's id, or empty for none."""
BoardId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{7,31}\Z")]
ClientId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,32}\Z")]
PeerId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,32}\Z")]
PersonId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,32}\Z")]
OptionalPerson = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{8,32})?\Z")]
"""A person's id, or empty for nobody."""
SessionId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{16,64}\Z")]
GestureId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{0,32}\Z")]
Token = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{0,512}\Z")]
FileId = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
"""sha256 of a file's bytes in hexadecimal, or empty."""
OrderKey = Annotated[
    str, Meta(pattern=r"^[0-9A-Za-z]+\Z", min_length=1, max_length=limits.MAX_ORDER_KEY)
]
Colour = Annotated[str, Meta(pattern=r"^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)\Z")]
Epoch = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,32}\Z")]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Count = Annotated[int, Meta(ge=1, le=2**53 - 1)]
"""The number of a push of one client; counts 1, 2, 3 …"""
Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1)]
"""Unix time in milliseconds."""
Offset = Annotated[int, Meta(ge=0, le=limits.MAX_POINTS_BYTES)]
CloseCode = Annotated[int, Meta(ge=1000, le=4999)]
PageSize = Annotated[int, Meta(ge=1, le=limits.MAX_PAGE_BYTES)]
Version = Annotated[int, Meta(ge=0, le=1_000_000)]
Seconds = Annotated[float, Meta(ge=0.0, le=86_400.0)]

Title = Annotated[str, Meta(max_length=limits.MAX_TITLE)]
Name = Annotated[str, Meta(max_length=limits.MAX_NAME)]
Text = Annotated[str, Meta(max_length=limits.MAX_TEXT)]
Link = Annotated[
    str,
    Meta(max_length=limits.MAX_LINK, pattern=r"^((https?|mailto):[^\x00-\x20]*)?\Z"),
]
"""A web or mail address, or empty; nothing that could run."""
Word = Annotated[str, Meta(max_length=64)]
Sentence = Annotated[str, Meta(max_length=1000)]
Points = Annotated[bytes, Meta(max_length=limits.MAX_POINTS_BYTES)]
"""Encoded by ``protocol.points``."""
InkBytes = Annotated[bytes, Meta(max_length=limits.MAX_INK_BYTES)]
LaserBytes = Annotated[bytes, Meta(max_length=limits.MAX_LASER_BYTES)]

FillStyle = Literal["solid", "hachure", "cross-hatch", "zigzag"]
Dash = Literal["solid", "dashed", "dotted"]
Curve = Literal["sharp", "round", "elbow"]
Head = Literal[
    "none",
    "arrow",
    "triangle",
    "triangle-outline",
    "bar",
    "dot",
    "circle-outline",
    "diamond",
    "diamond-outline",
    "crowfoot-one",
    "crowfoot-many",
    "crowfoot-one-or-many",
]
Font = Literal["hand", "sans", "serif", "mono"]
Align = Literal["left", "center", "right"]
VerticalAlign = Literal["top", "middle", "bottom"]
Brush = Literal["pen", "highlighter"]
Role = Literal["owner", "editor", "commenter", "viewer"]
Availability = Literal["active", "idle", "away"]
"""Whether somebody is at the page: has used it lately, has not, has been elsewhere for long."""
