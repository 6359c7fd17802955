"""An element as plain maps and lists, every property that holds its default left out (rule D2).

msgspec leaves a default out only when it is the very same object, which a value that came over
the wire never is; what is stored and what is hashed must not depend on that.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import fields

from inkwire.protocol.elements import ELEMENT_TYPES, Base, Binding


def defaults_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The default of each property that has one, by wire name."""
    return {
        field.encode_name: field.default for field in fields(kind) if field.default is not NODEFAULT
    }


@cache
def wire_names(kind: type[msgspec.Struct]) -> frozenset[str]:
    """The properties of an element type by wire name, its id apart."""
    return frozenset(field.encode_name for field in fields(kind)) - {"id"}


DEFAULTS: Final = {kind: defaults_of(kind) for kind in ELEMENT_TYPES}
_BINDING: Final = defaults_of(Binding)


def plain(element: Base) -> dict[str, Any]:
    """The wire form, ``bytes`` kept, defaults (also those of its bindings) left out."""
    wire: dict[str, Any] = msgspec.to_builtins(element, builtin_types=(bytes,))
    kept = without(DEFAULTS[type(element)], wire)
    for end in ("start", "end"):
        if end in kept:
            kept[end] = without(_BINDING, kept[end])
    return kept


def without(defaults: dict[str, Any], wire: dict[str, Any]) -> dict[str, Any]:
    """The properties whose value differs from the default."""
    return {
        name: value
        for name, value in wire.items()
        if name not in defaults or value != defaults[name]
    }
