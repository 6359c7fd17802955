"""The OpenAPI document at ``/openapi.json``: FastAPI's, and the schemas of elements and ops out of the protocol."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from inkwire.protocol.elements import ELEMENT_TYPES
from inkwire.protocol.limits import MAX_OPS, MAX_POINTS
from inkwire.protocol.ops import Props
from inkwire.web.described import BODIES, READING, WRITING, errors, ref

DESCRIPTION = """Boards, what is on them, and what happens there, for programs.

Every request carries a token of the board: `Authorization: Bearer TOKEN`, where TOKEN is what stands after
`#k=` in a link. Lists of boards, and new ones that shall be in such a list, go by an owner's key instead:
`ik_` and 27 random letters and digits, or more, which you make yourself. Errors are problem details (RFC 9457).
"""
_REF = "#/components/schemas/{name}"
_POINTS = {
    "type": "array",
    "maxItems": MAX_POINTS,
    "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 4},
    "description": "`[x, y]`, `[x, y, pressure]` or `[x, y, pressure, time]`, in the units of `place`.",
}


def describe(app: FastAPI) -> None:
    """Has the application tell of itself; worked out when somebody asks."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's documentation does it


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes
    )
    parts = document.setdefault("components", {})
    parts.setdefault("schemas", {}).update(schemas())
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/"):
                anybody = (path, method) == ("/api/boards", "post")
                operation["security"] = [{}, {"token": []}] if anybody else [{"token": []}]
                _answers(method, operation["responses"])
    return document


def _answers(method: str, known: dict[str, Any]) -> None:
    """Adds the errors that every request may meet, where an operation does not tell its own."""
    if "HTTPValidationError" in str(known.get("422")):
        del known["422"]
    common = errors(*READING) if method == "get" else errors(*WRITING, *BODIES)
    for status, answer in common.items():
        known.setdefault(str(status), answer)


def schemas() -> dict[str, Any]:
    """The schemas that ``web.described`` names."""
    _, found = msgspec.json.schema_components((*ELEMENT_TYPES, Props), ref_template=_REF)
    types = [kind.__name__ for kind in ELEMENT_TYPES]
    mapping = {
        str(kind.__struct_config__.tag): _REF.format(name=kind.__name__) for kind in ELEMENT_TYPES
    }
    for each in found.values():
        if "points" in each.get("properties", {}):
            each["properties"]["points"] = _POINTS
    found["Props"].pop("required", None)
    return {
        **found,
        "Element": {
            "oneOf": [ref(name) for name in types],
            "discriminator": {"propertyName": "type", "mapping": mapping},
        },
        "NewElement": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"enum": list(mapping)},
                "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"},
                "place": {
                    "type": "array",
                    "items": {"type": "number"},
                    "minItems": 2,
                    "maxItems": 5,
                    "description": "`[x, y, width, height, angle]`; the angle may be missing.",
                },
                "points": _POINTS,
                "label": {
                    "description": "Words in a shape or on a line; an object has other properties of a text too.",
                    "type": ["string", "object"],
                },
                "from": {"type": "string", "description": "The id of what the line begins at."},
                "to": {"type": "string", "description": "The id of what the line ends at."},
            },
            "description": "An element; its `id`, `z` and angle may be missing.",
        },
        "Item": {
            "description": "An op, or an element that is put.",
            "oneOf": [
                ref("NewElement"),
                _op("put", ref("NewElement")),
                _op("set", {"type": "string"}, ref("Props")),
                _op("delete", {"type": "string"}),
                _op("title", {"type": "string", "maxLength": 200}),
            ],
        },
        "Drawn": {
            "type": "object",
            "required": ["seq", "ids"],
            "properties": {
                "seq": {"type": "integer"},
                "ids": {"type": "array", "items": {"type": "string"}, "maxItems": 2 * MAX_OPS},
            },
        },
        "ElementsPage": {
            "type": "object",
            "required": ["elements", "next"],
            "properties": {
                "elements": {"type": "array", "items": ref("Element")},
                "next": {"type": ["string", "null"]},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail", "error"],
            "properties": {
                "type": {"type": "string"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
                "error": {"type": "string", "description": "The same as `detail`."},
                "where": {"type": "string", "description": "The place of the mistake."},
            },
        },
    }


def _op(kind: str, *rest: dict[str, Any]) -> dict[str, Any]:
    items = [{"const": kind}, *rest]
    return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
