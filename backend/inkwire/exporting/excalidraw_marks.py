"""What an exported Excalidraw element says of the element that it was made from (``importing.marks``)."""

from __future__ import annotations

import base64
from collections import Counter
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from inkwire.importing.convert import Scope, converted
from inkwire.importing.marks import LETTERED, VERSION, fingerprint
from inkwire.importing.records import ElementRecord
from inkwire.importing.strokes import on_grid
from inkwire.protocol.elements import Element, Note
from inkwire.protocol.plain import plain, wire_names

Json = dict[str, Any]

_STUB: Final = [[0.0, 0.0], [1.0, 1.0]]
"""In the place of points where only the other properties are read back."""


def marked(record: Json, element: Element, words: Json | None = None) -> Json:
    """The record with what reading it back would not give."""
    own = msgspec.convert(record, ElementRecord)
    own_words = ElementRecord("text") if words is None else msgspec.convert(words, ElementRecord)
    tag = str(element.__struct_config__.tag)
    wanted, given = plain(element), _read_back(own, element, own_words if words else None)
    exact: Json = {}
    of: dict[str, int] = {}
    for name in sorted(wanted.keys() | given.keys()):
        if name in ("id", "z", "type") or wanted.get(name) == given.get(name):
            continue
        value = wanted.get(name)
        exact[name] = base64.b64encode(wanted["points"]).decode() if name == "points" else value
        of_words = isinstance(element, Note) and name in LETTERED
        of[name] = fingerprint(own_words if of_words else own, name)
    mark: Json = {"v": VERSION, "z": element.z}
    if tag != record["type"]:
        mark["type"] = tag
    if exact:
        mark |= {"exact": exact, "of": of}
    return record | {"customData": {"inkwire": mark}}


def _read_back(own: ElementRecord, element: Element, words: ElementRecord | None) -> Json:
    """What an import makes of the record by itself, as far as that does not depend on other records.

    Of points it tells nothing: to encode them again, to see whether they differ, would take far longer than
    to write them twice.
    """
    if own.points is not None:
        own = replace(own, points=_STUB, pressures=None)
    made = converted(own, element.id, _ALONE, "")
    x, y, sx, sy, angle = made.place
    given = plain(replace(made, place=(on_grid(x), on_grid(y), on_grid(sx), on_grid(sy), angle)))
    if isinstance(element, Note):
        given.pop("color", None)
        if words is not None:
            text = plain(converted(words, element.id, _ALONE, ""))
            given |= {name: value for name, value in text.items() if name in LETTERED}
    unknown = {"place", "points"} if own.points is not None else set()
    if own.container_id:
        unknown |= {"place", "text", "autoSize"}
    names = wire_names(type(element)) - unknown
    return {name: value for name, value in given.items() if name in names}


class _Same(dict[str, str]):
    """Every name means itself."""

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> str:
        return name

    def get(self, name: str, default: Any = None) -> Any:
        """The name."""
        return name


_ALONE: Final = Scope(
    ids=_Same(),
    record=lambda _: None,
    group=lambda name: name,
    picture=lambda _: None,
    notes=Counter(),
)
