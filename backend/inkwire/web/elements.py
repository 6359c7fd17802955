"""Elements over HTTP, one by one: read, put, patched, deleted."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from random import SystemRandom
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Header, Path, Query, Request, Response
from msgspec.structs import fields

from inkwire.errors import BoardNotFound, Invalid, Outdated
from inkwire.exporting.json_export import record_of
from inkwire.protocol.elements import Element, Freedraw, Line
from inkwire.protocol.json_ops import decode_json, element_from_json
from inkwire.protocol.merge_patch import merged
from inkwire.protocol.ops import Delete, Op, Props, Put, SetProps
from inkwire.rooms.composing import Composer
from inkwire.rooms.order import key_between
from inkwire.services.authoring import Author
from inkwire.store.board_elements import StoredElement
from inkwire.web import described
from inkwire.web.programs import PERSON, Person, take_allowance, writer_in
from inkwire.web.site import role_in, site_of

PAGE: Final = 100
MOST_PAGE: Final = 500
ATTEMPTS: Final = 5
"""How often a patch is made again for an element that others change meanwhile."""
_Id = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$", description="The element's id.")
]
_IfMatch = Annotated[
    str, Header(alias="If-Match", max_length=1_000, description="Only if it is still so: its ETag.")
]
_IfNoneMatch = Annotated[
    str,
    Header(alias="If-None-Match", max_length=1_000, description="`*`: only if there is none yet."),
]

router = APIRouter(prefix="/api/boards/{board}/elements", tags=["elements"])


@router.get("", response_class=Response, responses=described.ELEMENTS)
async def list_elements(
    request: Request,
    board: str,
    limit: Annotated[int, Query(ge=1, le=MOST_PAGE)] = PAGE,
    after: Annotated[
        str, Query(max_length=1_000, description="`next` of the page before; empty for the first.")
    ] = "",
) -> Response:
    """The elements in paint order, lowest first, page by page.

    While others draw, one that is moved in the order may be missed or come twice.
    """
    await role_in(request, board)
    answer = Response(media_type="application/json")
    take_allowance(request, board, answer)
    page = await site_of(request).store.elements.page(board, _place_in(after), limit)
    told = {
        "elements": [record_of(each.element) for each in page.elements],
        "next": None if page.last is None else _cursor(page.last),
    }
    return _with_body(answer, told)


@router.get("/{element}", response_class=Response, responses=described.ELEMENT)
async def get_element(
    request: Request, board: str, element: _Id, if_none_match: _IfNoneMatch = ""
) -> Response:
    """One element with every property, defaults too. Its ETag changes with it."""
    await role_in(request, board)
    answer = Response(media_type="application/json")
    take_allowance(request, board, answer)
    found = await _found(request, board, element)
    answer.headers["ETag"] = _tag(found)
    if if_none_match and _matches(if_none_match, found):
        answer.status_code = 304
        del answer.headers["content-type"]
        return answer
    return _with_body(answer, record_of(found.element))


@router.put(
    "/{element}",
    response_class=Response,
    responses=described.PUT_ELEMENT,
    openapi_extra=described.AN_ELEMENT,
)
async def put_element(
    request: Request,
    board: str,
    element: _Id,
    if_match: _IfMatch = "",
    if_none_match: _IfNoneMatch = "",
    person: Person = PERSON,
) -> Response:
    """Puts an element, new (201) or in the place of what has that id (200).

    The body is the whole element: what it does not name gets its default; without `z` it keeps its place
    in the order, or goes on top.
    """
    await writer_in(request, board)
    body = await request.body()
    answer = Response(media_type="application/json")
    take_allowance(request, board, answer, size=len(body), ops=1)
    store = site_of(request).store
    known = (await store.elements.find(board, element)).get(element)
    must_be = _must_be(element, known, if_match, if_none_match)
    record = _record(body)
    if record.setdefault("id", element) != element:
        raise Invalid("The id is another than the address says.", "body.id")
    if known is not None:
        record.setdefault("z", known.element.z)
    elif "z" not in record:
        record["z"] = key_between(await store.highest_key(board), None, SystemRandom())
    new = _whole(record)
    ops: list[Op] = [Put(new)]
    if known is not None and type(known.element) is type(new):
        ops.append(SetProps(new.id, _every_property(new)))
    elif known is not None:
        ops.insert(0, Delete(new.id))
    seq = await _author(request, board, person).push(ops, must_be)
    epoch = (await store.position(board)).epoch if known is None else known.epoch
    answer.status_code = 201 if known is None else 200
    answer.headers["ETag"] = _tag(StoredElement(epoch, seq, new))
    return _with_body(answer, record_of(new))


@router.patch(
    "/{element}",
    response_class=Response,
    responses=described.PATCHED,
    openapi_extra=described.A_PATCH,
)
async def patch_element(
    request: Request, board: str, element: _Id, if_match: _IfMatch = "", person: Person = PERSON
) -> Response:
    """Changes what the body names and nothing else (JSON Merge Patch, RFC 7396); null gives the default back."""
    await writer_in(request, board)
    body = await request.body()
    answer = Response(media_type="application/json")
    take_allowance(request, board, answer, size=len(body), ops=1)
    patch = _record(body)
    author = _author(request, board, person)
    for attempt in range(ATTEMPTS):
        known = await _found(request, board, element)
        must_be = _must_be(element, known, if_match, "")
        # Others may change what is merged with; a property that is set as a whole does not care.
        guarded = must_be or any(isinstance(value, dict) for value in patch.values())
        new, props = patched(known.element, patch)
        try:
            seq = await author.push(
                [SetProps(element, props)], {element: known.seq} if guarded else None
            )
        except Outdated:
            if must_be or attempt == ATTEMPTS - 1:
                raise
            continue
        answer.headers["ETag"] = _tag(StoredElement(known.epoch, seq, new))
        return _with_body(answer, record_of(new))
    raise AssertionError("the last attempt returns or raises")


@router.delete("/{element}", status_code=204, responses=described.DELETED)
async def delete_element(
    request: Request, board: str, element: _Id, if_match: _IfMatch = "", person: Person = PERSON
) -> Response:
    """Deletes the element."""
    await writer_in(request, board)
    answer = Response(status_code=204)
    take_allowance(request, board, answer, ops=1)
    known = await _found(request, board, element)
    must_be = _must_be(element, known, if_match, "")
    await _author(request, board, person).push([Delete(element)], must_be)
    return answer


def patched(element: Element, patch: Mapping[str, Any]) -> tuple[Element, msgspec.Struct]:
    """The element as the patch makes it, and the properties that the patch sets. Raises ``Invalid``."""
    record = record_of(element)
    if isinstance(element, Line | Freedraw) and "points" not in patch:
        record["points"] = element.points
    for name in ("id", "type"):
        if patch.get(name, record[name]) != record[name]:
            raise Invalid("An element keeps it for life.", f"body.{name}")
    new = element_from_json(merged(record, patch), "body")
    set_ = {
        field.name: getattr(new, field.name)
        for field in fields(type(new))
        if field.encode_name in patch and field.name != "id"
    }
    return new, Props(**set_)


def _every_property(element: Element) -> msgspec.Struct:
    return Props(
        **{
            field.name: getattr(element, field.name)
            for field in fields(type(element))
            if field.name != "id"
        }
    )


def _author(request: Request, board: str, person: str) -> Author:
    site = site_of(request)
    cid = f"api-{secrets.token_urlsafe(15)}"
    return Author(site.store, board, cid, person=person, gesture=cid, clock=site.hub.clock.wall_ms)


async def _found(request: Request, board: str, element: str) -> StoredElement:
    found = (await site_of(request).store.elements.find(board, element)).get(element)
    if found is None:
        raise BoardNotFound("No element has that id.")
    return found


def _record(body: bytes) -> dict[str, Any]:
    value = decode_json(body)
    if not isinstance(value, dict):
        raise Invalid("An object is needed.", "body")
    return value


def _whole(record: dict[str, Any]) -> Element:
    """The element of a body, completed as ``Composer`` does it."""
    if "label" in record:
        raise Invalid("A label is an element of its own; POST …/ops makes both.", "body.label")
    return Composer(SystemRandom(), lambda _id: None).element_of(record, "body")


def _tag(found: StoredElement) -> str:
    return f'"{found.epoch}-{found.seq}"'


def _matches(header: str, found: StoredElement) -> bool:
    words = {word.strip().removeprefix("W/") for word in header.split(",")}
    return "*" in words or _tag(found) in words


def _must_be(
    element: str, known: StoredElement | None, if_match: str, if_none_match: str
) -> dict[str, int | None] | None:
    """What has to be so still when the change is made. Raises ``Outdated`` where it is not so now."""
    if if_match and (known is None or not _matches(if_match, known)):
        raise Outdated("It has changed since you looked at it.")
    if if_none_match and known is not None and _matches(if_none_match, known):
        raise Outdated("There is one with that id already.")
    if if_match or if_none_match:
        return {element: None if known is None else known.seq}
    return None


def _with_body(answer: Response, told: Any) -> Response:
    answer.body = msgspec.json.encode(told)
    answer.headers["Content-Length"] = str(len(answer.body))
    return answer


def _cursor(last: tuple[str, str]) -> str:
    return base64.urlsafe_b64encode("\0".join(last).encode()).decode().rstrip("=")


def _place_in(cursor: str) -> tuple[str, str] | None:
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        text = ""
    z, mark, id_ = text.partition("\0")
    if not mark:
        raise Invalid("This is no `next` of a page.", "query.after")
    return z, id_
