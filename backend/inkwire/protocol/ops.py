"""Ops: the four changes of a document (docs/protocol.md, rules D1 to D9)."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType, defstruct
from msgspec.structs import fields

from inkwire.protocol.elements import ELEMENT_TYPES, Element
from inkwire.protocol.scalars import ElementId, Title


def _every_property() -> list[tuple[str, Any, Any]]:
    found: dict[str, Any] = {}
    for element_type in ELEMENT_TYPES:
        for field in fields(element_type):
            if field.name == "id":
                continue
            if found.setdefault(field.name, field.type) != field.type:
                raise TypeError(f"{field.name} has two meanings; {element_type.__name__} differs")
    return [(name, kind | UnsetType, UNSET) for name, kind in found.items()]


Props: type[Struct] = defstruct(
    "Props",
    _every_property(),
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
    module=__name__,
)
"""The properties that a ``SetProps`` changes: every property of every type, each optional."""


class Put(Struct, frozen=True, array_like=True, tag="put", forbid_unknown_fields=True):
    """Adds an element; changes nothing if its id exists."""

    element: Element


class SetProps(Struct, frozen=True, array_like=True, tag="set", forbid_unknown_fields=True):
    """Changes properties of an element; changes nothing if the id is missing."""

    id: ElementId
    props: Props  # type: ignore[valid-type]  # a struct made by defstruct; mypy cannot see it


class Delete(Struct, frozen=True, array_like=True, tag="delete", forbid_unknown_fields=True):
    """Removes an element; changes nothing if the id is missing."""

    id: ElementId


class Retitle(Struct, frozen=True, array_like=True, tag="title", forbid_unknown_fields=True):
    """Renames the board."""

    title: Title


Op = Put | SetProps | Delete | Retitle
