"""Ops as the arguments of the commit script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import fields

from inkwire.protocol.elements import LARGE_PROPERTIES
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.protocol.plain import DEFAULTS, plain

NIL: Final = b"\xc0"
_encode: Final = msgspec.msgpack.Encoder().encode
_WIRE_NAMES: Final = {field.name: field.encode_name for field in fields(Props)}
# One default for a property, whatever the type: protocol/ops.py refuses two meanings of a name.
_DEFAULTS: Final = {name: value for each in DEFAULTS.values() for name, value in each.items()}


def op_arguments(ops: Iterable[Op]) -> list[bytes | str]:
    """The ops as the flat strings that ``commit.lua`` describes."""
    out: list[bytes | str] = []
    for op in ops:
        match op:
            case Put(element):
                small = plain(element)
                points, text = (_large(small, name) for name in LARGE_PROPERTIES)
                out += ("p", element.id, element.z, _encode(_scripted(small)), points, text)
            case SetProps(id_, props):
                out += ("s", id_, *_set_arguments(props))
            case Delete(id_):
                out += ("d", id_)
            case Retitle(title):
                out += ("t", title)
    return out


def must_arguments(must_be: Mapping[str, int | None]) -> list[bytes | str]:
    """What has to be so for anything to change, as the flat strings that ``commit.lua`` describes."""
    return [
        part for id_, seq in must_be.items() for part in ("m", id_, "" if seq is None else str(seq))
    ]


def only_deletes(ops: Iterable[Op]) -> bool:
    """Whether the ops can only make the board smaller."""
    return all(isinstance(op, Delete) for op in ops)


def _large(small: dict[str, Any], name: str) -> bytes:
    value = small.pop(name, None)
    return b"" if value is None else _encode(value)


def _set_arguments(props: msgspec.Struct) -> tuple[bytes, str, bytes, bytes]:
    changed: dict[str, Any] = {}
    cleared: list[str] = []
    large = {"points": b"", "text": b""}
    for name, wire_name in _WIRE_NAMES.items():
        value = getattr(props, name)
        if value is UNSET:
            continue
        is_default = wire_name in _DEFAULTS and value == _DEFAULTS[wire_name]
        if wire_name in large:
            large[wire_name] = NIL if is_default else _encode(value)
        elif is_default:
            cleared.append(wire_name)
        else:
            changed[wire_name] = value
    small = _encode(_scripted(msgspec.to_builtins(changed))) if changed else b""
    return small, f" {' '.join(cleared)} " if cleared else "", large["points"], large["text"]


def _scripted(value: Any) -> Any:
    """Whole numbers as integers, a byte or two instead of nine, as Lua's msgpack writes them too.

    And without nil, which it cannot keep in a map; only bindings ever hold one.
    """
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _scripted(each) for name, each in value.items() if each is not None}
        case tuple() | list():
            return [_scripted(each) for each in value]
        case _:
            return value
