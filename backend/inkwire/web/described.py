"""What OpenAPI says of requests and answers that are not pydantic's: their schemas and examples."""

from __future__ import annotations

from typing import Any, Final

from inkwire.web.problems import MEDIA_TYPE

Responses = dict[int | str, dict[str, Any]]

_WORDS: Final = {
    400: "The request is broken.",
    401: "No token.",
    403: "The link's role does not allow it.",
    404: "No such thing, or the token does not open the board.",
    408: "The body stopped coming.",
    409: "It does not go with how the board is.",
    412: "It has changed since; nothing was done.",
    413: "More than is taken.",
    415: "Another kind of body.",
    422: "Something is wrong; `where` names the place.",
    429: "Too much at once: come back after `Retry-After` seconds.",
    503: "The store cannot do it now: come back after `Retry-After` seconds.",
    507: "The store is full.",
}
_LATER: Final = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
}
_ETAG: Final = {"description": "Changes with the element.", "schema": {"type": "string"}}


def ref(name: str) -> dict[str, str]:
    """A schema among OpenAPI's components (``web.openapi``)."""
    return {"$ref": f"#/components/schemas/{name}"}


def errors(*statuses: int) -> Responses:
    """These errors, and those that every request may meet."""
    return {status: _problem(status) for status in sorted({*statuses, 422, 503})}


def _problem(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _WORDS[status],
        "content": {MEDIA_TYPE: {"schema": ref("Problem")}},
    }
    if status in (429, 503):
        told["headers"] = _LATER
    return told


READING: Final = (401, 404, 429)
WRITING: Final = (401, 403, 404, 409, 413, 429, 507)
BODIES: Final = (400, 408, 415)
"""Of bodies that are no text, stop coming, or are of another kind."""
_BOX: Final = {
    "type": "rectangle",
    "id": "start",
    "place": [0, 0, 160, 80],
    "fill": "#ffec99",
    "label": "Start",
}
_NEXT: Final = {"type": "diamond", "id": "ready", "place": [0, 160, 160, 100], "label": "Ready?"}
_ARROW: Final = {"type": "arrow", "from": "start", "to": "ready"}
_DRAWN: Final = {"seq": 7, "ids": ["start", "start-label"]}


def _json(schema: dict[str, Any], example: Any, description: str) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, "example": example}}
    return {"description": description, "content": content}


def _body(schema: dict[str, Any], example: Any, *kinds: str) -> dict[str, Any]:
    content = {kind: {"schema": schema, "example": example} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}


_ELEMENT_EXAMPLE: Final = {
    "type": "ellipse",
    "id": "sun",
    "z": "a0",
    "place": [400, 20, 80, 80, 0],
    "fill": "#ffec99",
}
DRAWN: Final[Responses] = {
    200: {
        "description": "Stored as commit `seq`; `ids` are of the elements put. To a stream, a line for each line.",
        "content": {
            "application/json": {"schema": ref("Drawn"), "example": _DRAWN},
            "application/x-ndjson": {
                "schema": {"type": "string"},
                "example": '{"line":1,"seq":7,"ids":["start","start-label"]}\n'
                '{"done":true,"lines":1,"refused":0,"seq":7}\n',
            },
        },
    },
    **errors(*WRITING, 415),
}
TO_DRAW: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"type": "array", "items": ref("Item"), "minItems": 1, "maxItems": 500},
                "example": [_BOX, _NEXT, _ARROW],
            },
            "application/x-ndjson": {
                "schema": {"type": "string"},
                "example": '{"type":"ellipse","id":"sun","place":[400,20,80,80]}\n',
            },
        },
    }
}
AN_ELEMENT: Final = _body(ref("NewElement"), _ELEMENT_EXAMPLE, "application/json")
A_PATCH: Final = _body(
    {"type": "object"},
    {"place": [420, 20, 80, 80, 0], "fill": None},
    "application/json",
    "application/merge-patch+json",
)
_WHOLE: Final = {**_json(ref("Element"), _ELEMENT_EXAMPLE, "The element.")}
ELEMENT: Final[Responses] = {
    200: {**_WHOLE, "headers": {"ETag": _ETAG}},
    304: {"description": "It is still what `If-None-Match` names.", "headers": {"ETag": _ETAG}},
    **errors(*READING),
}
ELEMENTS: Final[Responses] = {
    200: _json(
        ref("ElementsPage"),
        {"elements": [_ELEMENT_EXAMPLE], "next": None},
        "A page of elements; `next` leads to the one after it.",
    ),
    **errors(*READING),
}
PUT_ELEMENT: Final[Responses] = {
    200: {**_WHOLE, "description": "It replaced what had that id.", "headers": {"ETag": _ETAG}},
    201: {**_WHOLE, "description": "It is new.", "headers": {"ETag": _ETAG}},
    **errors(*WRITING, 412),
}
PATCHED: Final[Responses] = {
    200: {**_WHOLE, "headers": {"ETag": _ETAG}},
    **errors(*WRITING, 412),
}
DELETED: Final[Responses] = {204: {"description": "It is deleted."}, **errors(*WRITING, 412)}
