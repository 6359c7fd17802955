"""Small tldraw files to import."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import Any

from inkwire.importing.plan import ImportPlan
from inkwire.importing.target import Target
from inkwire.importing.tldraw import plan_tldraw


def shape(kind: str, id_: str = "", /, **props: Any) -> dict[str, Any]:
    """A shape on the page; ``x``, ``parent`` and the like beside the properties of its type."""
    own = {"parentId": "page:p", "index": "a1", "x": 0, "y": 0, "rotation": 0}
    for name in ("x", "y", "rotation", "index", "opacity", "isLocked"):
        if name in props:
            own[name] = props.pop(name)
    if "parent" in props:
        own["parentId"] = props.pop("parent")
    name = f"shape:{id_ or kind}"
    return {"typeName": "shape", "type": kind, "id": name, **own, "props": props}


def bound(arrow: str, to: str, terminal: str, x: float = 0.5, y: float = 0.5) -> dict[str, Any]:
    """A record that an arrow is held."""
    props = {"terminal": terminal, "normalizedAnchor": {"x": x, "y": y}, "isExact": False}
    start = {"typeName": "binding", "type": "arrow", "id": f"binding:{arrow}-{terminal}"}
    return start | {"fromId": f"shape:{arrow}", "toId": f"shape:{to}", "props": props}


def rich(*lines: str) -> dict[str, Any]:
    """Words as newer files have them."""
    nodes = [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines]
    return {"type": "doc", "content": nodes}


def path_of(points: Sequence[tuple[float, ...]]) -> str:
    """Points in base64: the first whole, the others as steps."""
    dim = len(points[0])
    data = struct.pack(f"<{dim}f", *points[0])
    for before, point in pairwise(points):
        data += struct.pack(f"<{dim}e", *(b - a for a, b in zip(before, point, strict=True)))
    return base64.b64encode(data).decode()


def tldr(*records: dict[str, Any], pages: int = 1) -> bytes:
    """The bytes of a ``.tldr`` file."""
    named = [{"typeName": "page", "id": "page:p", "index": "a1", "name": "Page 1"}]
    named += [
        {"typeName": "page", "id": f"page:p{n}", "index": f"a{n}"} for n in range(2, pages + 1)
    ]
    others = [
        {"typeName": "document", "id": "document:document"},
        {"typeName": "camera", "id": "c"},
    ]
    file = {"tldrawFileFormatVersion": 1, "schema": {"schemaVersion": 2, "sequences": {}}}
    return json.dumps(file | {"records": [*others, *named, *records]}).encode()


def plan(data: bytes, **target: Any) -> ImportPlan:
    """The plan for a file, at its own coordinates unless told otherwise."""
    return plan_tldraw(data, Target(**target), random=Random(1))


def drawn(*records: dict[str, Any], **more: Any) -> list[Any]:
    """The elements that the shapes become."""
    return list(plan(tldr(*records, **more)).elements)
