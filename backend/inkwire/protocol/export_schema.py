"""Writes the protocol's types and limits for TypeScript, out of the structs.

``python -m inkwire.protocol.export_schema [--check] [DIRECTORY]`` writes ``protocol.ts`` and ``limits.ts``;
with ``--check`` it writes nothing and fails when they differ.
"""

from __future__ import annotations

import json
import re
import sys
import types
import typing
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo, fields

from inkwire.protocol import codes, elements, frames, limits, ops, scalars, version

HEADER = "// Made from backend/inkwire/protocol by `make schema`. Do not edit.\n\n"
DEFAULT_DIRECTORY = Path(__file__).parents[3] / "frontend" / "src" / "generated"
ALIASES = (
    "FillStyle",
    "Dash",
    "Curve",
    "Head",
    "Font",
    "Align",
    "VerticalAlign",
    "Brush",
    "Role",
    "Availability",
)


def main(arguments: list[str]) -> int:
    """Writes or checks the files; the exit status is 1 when a check finds a difference."""
    check = "--check" in arguments
    rest = [each for each in arguments if each != "--check"]
    directory = Path(rest[0]) if rest else DEFAULT_DIRECTORY
    stale = []
    for name, text in (("protocol.ts", protocol_ts()), ("limits.ts", limits_ts())):
        path = directory / name
        if check:
            if not path.exists() or path.read_text() != text:
                stale.append(str(path))
        else:
            directory.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for path_name in stale:
        print(f"{path_name} is not what the Python structs say; run `make schema`")
    return 1 if stale else 0


def limits_ts() -> str:
    """The limits, the version and the codes as constants."""
    lines = [f"export const PROTOCOL_VERSION = {version.PROTOCOL_VERSION};"]
    for name, value in vars(limits).items():
        if name.isupper():
            lines.append(f"export const {name} = {_number(value)};")
    lines.append("\nexport const CLOSE_CODES = {")
    lines += [f"  {_camel(code.name.lower())}: {code.value}," for code in codes.CloseCode]
    lines.append("} as const;\n\nexport const REFUSAL_CODES = {")
    lines += [f'  {_camel(code.name.lower())}: "{code.value}",' for code in codes.RefusalCode]
    lines.append("} as const;\n")
    return HEADER + "\n".join(lines)


def protocol_ts() -> str:
    """Elements as interfaces, ops and frames as labelled tuples, defaults and properties as tables."""
    parts = [f"export type {name} = {_ts(getattr(scalars, name))};" for name in ALIASES]
    parts.append(
        f"/** [x, y, sx, sy, angle]; see elements.py. */\n{_alias('Place', elements.Place)}"
    )
    parts.append(_alias("Point", frames.Point))
    parts.append(_alias("Rect", frames.Rect))
    parts.append(_interface(elements.Binding, optional=True))
    for element_type in elements.ELEMENT_TYPES:
        parts.append(_interface(element_type, optional=False))
    names = [_name(each) for each in elements.ELEMENT_TYPES]
    parts.append("export type Element =\n" + "\n".join(f"  | {name}" for name in names) + ";")
    parts.append('export type ElementType = Element["type"];')
    parts.append(
        "/** An element as it travels: properties at their defaults are left out. */\n"
        'export type WireElement = Pick<Element, "type" | "id" | "place" | "z"> & Props;'
    )
    parts.append(_interface(ops.Props, optional=True))
    parts.append(_tables())
    parts += [_tuple(each) for each in (ops.Put, ops.SetProps, ops.Delete, ops.Retitle)]
    parts.append("export type Op = Put | SetProps | Delete | Retitle;")
    parts.append(_tags())
    parts.append(_tuple(frames.Position))
    parts.append(_interface(frames.Ink, optional=True))
    parts.append(_interface(frames.Laser, optional=True))
    parts.append(_interface(frames.LiveState, optional=True))
    for each in (frames.SnapshotRecord, frames.Commit, frames.Who, frames.PeerLive):
        parts.append(_tuple(each))
    for union, name in (
        (frames.ClientFrame, "ClientFrame"),
        (frames.ServerFrame, "ServerFrame"),
    ):
        members = get_args(union)
        parts += [_tuple(member) for member in members]
        parts.append(
            f"export type {name} =\n"
            + "\n".join(f"  | {member.__name__}" for member in members)
            + ";"
        )
    return HEADER + "\n\n".join(parts) + "\n"


def _tables() -> str:
    defaults: dict[str, Any] = {}
    properties: dict[str, list[str]] = {}
    for element_type in elements.ELEMENT_TYPES:
        known = [each for each in fields(element_type) if each.name != "id"]
        properties[str(element_type.__struct_config__.tag)] = [each.encode_name for each in known]
        for each in known:
            if each.required:
                continue
            if defaults.setdefault(each.encode_name, each.default) != each.default:
                raise TypeError(f"{each.name} has two defaults")
    lines = ["/** The value of a property that is left out; the same on every type. */"]
    lines.append("export const DEFAULTS = {")
    lines += [f"  {name}: {json.dumps(value)}," for name, value in defaults.items()]
    lines.append("} as const;\n\n/** The properties of each type, `id` and `type` apart. */")
    lines.append("export const PROPERTIES: Readonly<Record<ElementType, readonly string[]>> = {")
    for name, known_names in properties.items():
        lines.append(f"  {name}: [")
        lines += [f'    "{each}",' for each in known_names]
        lines.append("  ],")
    lines.append("};\n\n/** Stored and sent apart from the rest of an element. */")
    lines.append(
        f"export const LARGE_PROPERTIES = {json.dumps(elements.LARGE_PROPERTIES)} as const;"
    )
    return "\n".join(lines)


def _tags() -> str:
    lines = ["/** The first item of each frame. */", "export const TAG = {"]
    for union in (frames.ClientFrame, frames.ServerFrame):
        for member in get_args(union):
            tag = member.__struct_config__.tag
            lines.append(f"  {_camel(_snake(member.__name__))}: {tag},")
    lines.append("} as const;")
    return "\n".join(lines)


def _interface(struct: type[msgspec.Struct], *, optional: bool) -> str:
    lines = [f"export interface {_name(struct)} {{"]
    tag = struct.__struct_config__.tag
    if tag is not None:
        lines.append(f'  readonly type: "{tag}";')
    for each in fields(struct):
        mark = "?" if optional and not each.required else ""
        lines.append(f"  readonly {each.encode_name}{mark}: {_ts(each.type)};")
    return "\n".join([*lines, "}"])


def _tuple(struct: type[msgspec.Struct]) -> str:
    tag = struct.__struct_config__.tag
    items = [] if tag is None else [f"tag: {json.dumps(tag)}"]
    items += [f"{_label(each)}: {_ts(each.type)}" for each in fields(struct)]
    one_line = f"export type {struct.__name__} = readonly [{', '.join(items)}];"
    if len(one_line) <= 100:
        return one_line
    inner = "\n".join(f"  {item}," for item in items)
    return f"export type {struct.__name__} = readonly [\n{inner}\n];"


def _label(each: FieldInfo) -> str:
    return _camel(each.name)


def _alias(name: str, kind: Any) -> str:
    return f"export type {name} = {_ts(kind)};"


def _ts(kind: Any) -> str:
    origin = get_origin(kind)
    if origin is Annotated:
        return _ts(get_args(kind)[0])
    if origin is typing.Literal:
        return " | ".join(json.dumps(each) for each in get_args(kind))
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            item = _ts(inner[0])
            # TypeScript wants brackets around a union, and around an array that is readonly itself.
            wrap = " | " in item or item.startswith("readonly ")
            return f"readonly ({item})[]" if wrap else f"readonly {item}[]"
        return f"readonly [{', '.join(_ts(each) for each in inner)}]"
    if origin in (typing.Union, types.UnionType):
        members = [each for each in get_args(kind) if each is not msgspec.UnsetType]
        if set(members) >= set(elements.ELEMENT_TYPES):
            members = [msgspec.Raw, *(each for each in members if each is type(None))]
        if set(members) == set(get_args(ops.Op)):
            return "Op"
        return " | ".join(dict.fromkeys(_ts(each) for each in members))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return _name(kind)
    simple = {
        float: "number",
        int: "number",
        str: "string",
        bytes: "Uint8Array",
        bool: "boolean",
        type(None): "null",
        msgspec.Raw: "WireElement",
    }
    if kind not in simple:
        raise TypeError(f"no TypeScript for {kind!r}")
    return simple[kind]


def _name(struct: type[msgspec.Struct]) -> str:
    return struct.__name__


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(each.capitalize() for each in rest)


def _number(value: object) -> str:
    return f"{value:_}" if isinstance(value, int) and value >= 10_000 else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
