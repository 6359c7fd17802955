"""``customData.inkwire``: what an exported Excalidraw element says of the element it was made from.

Excalidraw has no place for everything, and rounds nothing the way we do. So each property that would come back
different is kept exactly, beside a fingerprint of the fields that stand for it. Excalidraw carries ``customData``
along unread: where somebody has changed these fields there, the fingerprint no longer fits and the change counts.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct

from inkwire.errors import BadFile
from inkwire.importing.records import ElementRecord
from inkwire.protocol.elements import Element, Note, Triangle
from inkwire.protocol.plain import plain, wire_names

VERSION: Final = 1
NOTE_WORDS: Final = "note"
"""``part`` of the text that stands for a note's words."""

_ORDER_KEY: Final = re.compile(r"[0-9A-Za-z]{1,256}\Z")
_ELEMENT_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}\Z")
_BOX: Final[tuple[str, ...]] = ("x", "y", "width", "height", "angle", "scale")
_COURSE: Final[tuple[str, ...]] = (
    "x",
    "y",
    "angle",
    "points",
    "pressures",
    "simulate_pressure",
    "roundness",
)
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "opacity": ("opacity",),
    "groups": ("group_ids",),
    "frame": ("frame_id",),
    "locked": ("locked",),
    "link": ("link",),
    "color": ("stroke_color",),
    "strokeWidth": ("stroke_width",),
    "fill": ("background_color",),
    "fillStyle": ("fill_style",),
    "dash": ("stroke_style",),
    "roughness": ("roughness",),
    "seed": ("seed",),
    "rounded": ("roundness",),
    "curve": ("roundness", "elbowed"),
    "start": ("start_binding",),
    "end": ("end_binding",),
    "startHead": ("start_arrowhead",),
    "endHead": ("end_arrowhead",),
    "brush": (),
    "text": ("original_text",),
    "font": ("font_family",),
    "fontSize": ("font_size",),
    "lineHeight": ("line_height",),
    "align": ("text_align",),
    "verticalAlign": ("vertical_align",),
    "container": ("container_id",),
    "autoSize": ("auto_resize", "container_id"),
    "name": ("name",),
    "file": ("file_id",),
    "natural": ("file_id",),
    "crop": ("crop",),
}
LETTERED: Final = frozenset(
    {"text", "color", "font", "fontSize", "lineHeight", "align", "verticalAlign"}
)
"""The properties of a note that its words stand for."""
_NO_WORDS: Final = ElementRecord("text")

_encode: Final = msgspec.msgpack.Encoder().encode
_decoder: Final[msgspec.msgpack.Decoder[Element]] = msgspec.msgpack.Decoder(Element)


class Mark(Struct):
    """What is kept. ``exact`` holds properties by wire name, null for a default, points in base64; ``of`` the
    fingerprints of their fields. ``z`` is the order key, ``type`` the element's own type where it is another.
    """

    v: int = VERSION
    z: str = ""
    type: str = ""
    part: str = ""
    exact: dict[str, Any] = {}  # msgspec copies it
    of: dict[str, int] = {}


class _CustomData(Struct):
    inkwire: Mark | None = None


def mark_of(custom: Raw) -> Mark | None:
    """The mark in an element's ``customData``; None for all that is not ours, whatever it is."""
    if not bytes(custom):
        return None
    try:
        mark = msgspec.json.decode(custom, type=_CustomData).inkwire
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return mark if mark is not None and mark.v == VERSION else None


def is_order_key(key: str) -> bool:
    """Whether a mark's ``z`` may be an element's."""
    return _ORDER_KEY.match(key) is not None


def is_element_id(name: str) -> bool:
    """Whether a name in a file may be an element's or a group's id."""
    return _ELEMENT_ID.match(name) is not None


def fingerprint(record: ElementRecord, prop: str) -> int:
    """A number that is another one, all but surely, once a field that stands for the property has changed."""
    course = _COURSE if record.points is not None else _BOX
    fields = course if prop in ("place", "points") else _FIELDS[prop]
    values = [getattr(record, name) for name in fields]
    return zlib.crc32(_encode([None if each is UNSET else each for each in values]))


def as_marked(
    element: Element,
    record: ElementRecord,
    mark: Mark,
    words: Element | None,
    words_record: ElementRecord | None,
    rename: Mapping[str, Any],
    where: str,
) -> Element:
    """The element as it was exported, but for what has been changed since.

    ``words`` is the text of a note, converted. ``rename`` says by property how names of others are to be
    read. Raises ``BadFile`` for a mark that makes no element.
    """
    wire = plain(element)
    kind: type[Struct] = type(element)
    if mark.type == "note" and wire["type"] == "rectangle":
        kind = Note
        wire = _retyped(wire, "note", kind)
        wire.pop("color", None)
        if words is not None:
            wire |= {name: value for name, value in plain(words).items() if name in LETTERED}
    elif mark.type == "triangle" and wire["type"] == "line":
        if fingerprint(record, "points") != mark.of.get("place"):
            return element
        kind = Triangle
        wire = _retyped(wire, "triangle", kind)
    names = wire_names(kind)
    for name, value in mark.exact.items():
        if name not in names or (name not in _FIELDS and name not in ("place", "points")):
            continue
        source = record
        if kind is Note and name in LETTERED:
            source = words_record or _NO_WORDS
        if fingerprint(source, name) != mark.of.get(name):
            continue
        if value is None:
            wire.pop(name, None)
        else:
            wire[name] = rename[name](value) if name in rename else _value(name, value, where)
    try:
        return _decoder.decode(_encode(wire))
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise BadFile(f"Its customData does not fit: {error}.", where) from None


def _retyped(wire: dict[str, Any], kind: str, struct: type[Struct]) -> dict[str, Any]:
    names = wire_names(struct) | {"id"}
    return {name: value for name, value in wire.items() if name in names} | {"type": kind}


def _value(name: str, value: Any, where: str) -> Any:
    if name != "points":
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise BadFile(
            "Its points are damaged.", f"{where}.customData.inkwire.exact.points"
        ) from None
