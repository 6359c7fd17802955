"""Drawing over HTTP: one commit as JSON, or a stream of lines that is drawn as it comes."""

from __future__ import annotations

import secrets
from random import Random, SystemRandom
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request, Response

from inkwire.errors import Invalid, Refusal, WrongType
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.json_ops import decode_json
from inkwire.protocol.limits import MAX_OPS
from inkwire.services.authoring import Author
from inkwire.services.drawing import Drawing, Item
from inkwire.web import described
from inkwire.web.drawing_stream import DrawingStream
from inkwire.web.programs import PERSON, Again, Key, Person, refusing, take_allowance, writer_in
from inkwire.web.site import site_of

LINES: Final = ("application/x-ndjson", "application/jsonl")
STREAM_PATIENCE_SECONDS: Final = 30.0
"""How long a store that does not answer is asked again, in the middle of a stream."""

router = APIRouter(prefix="/api/boards/{board}", tags=["drawing"])


@router.post(
    "/ops",
    response_class=Response,
    summary="Draw: one commit, or a stream of them.",
    responses=described.DRAWN,
    openapi_extra=described.TO_DRAW,
)
async def draw(
    request: Request,
    board: str,
    person: Person = PERSON,
    gesture: Annotated[
        str,
        Query(
            pattern=r"^[A-Za-z0-9_-]{0,32}$",
            description="What belongs together; a request is one gesture unless it says another.",
        ),
    ] = "",
    key: Key = "",
) -> Response:
    """Adds, changes and deletes elements, through the same door as people at their pages.

    As `application/json` the body is a list of ops, at most 500, and becomes one commit: all of it or
    nothing. An op is `["put", element]`, `["set", id, properties]`, `["delete", id]` or `["title", words]`;
    an element alone is put. An element may lack its `id` and its `z` (then it goes on top) and the angle
    of its `place`; a shape or line may have a `label`, a line or arrow `from` and `to`, the ids of what
    it joins.

    As `application/x-ndjson` each line is an op, an element or a list of these, drawn as soon as it has
    come; the answer is a line for each, while the request still goes on. A line that is refused is told
    as a problem with its `line`, and the stream goes on behind it.
    """
    await writer_in(request, board)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    site = site_of(request)

    def author(cid: str, patience: float = 0.0) -> Author:
        return Author(
            site.store,
            board,
            cid,
            person=person,
            gesture=gesture or cid,
            clock=site.hub.clock.wall_ms,
            patience=patience,
        )

    if kind in LINES:
        if site.streams.locked() or site.hub.streams_end.is_set():
            raise Refusal(
                RefusalCode.RATE, "Too many streams at once.", retryable=True, retry_after=2
            )
        name = Again(request, board, key, b"").name
        writer = author(_cid(name), STREAM_PATIENCE_SECONDS)
        drawing = Drawing(site.store, writer, Random(name) if name else SystemRandom())  # noqa: S311
        return DrawingStream(request, site, board, drawing, numbered=bool(name))
    if kind != "application/json":
        raise WrongType("Send application/json or application/x-ndjson.", "header.content-type")
    body = await request.body()
    again = Again(request, board, key, body)
    if (kept := await again.earlier()) is not None:
        return Response(kept, media_type="application/json")
    async with refusing(again):
        items = items_in(decode_json(body))
        answer = Response(media_type="application/json")
        take_allowance(request, board, answer, size=len(body), ops=len(items))
        random = Random(again.name) if again.name else SystemRandom()  # noqa: S311
        drawing = Drawing(site.store, author(_cid(again.name)), random)
        drawn = await drawing.push(await drawing.compose(items))
    answer.body = msgspec.json.encode(drawn._asdict())
    answer.headers["Content-Length"] = str(len(answer.body))
    await again.answered(answer.body)
    return answer


def items_in(value: Any) -> list[Item]:
    """What a body asks for, one by one. Raises ``Invalid``."""
    if not isinstance(value, list) or not value:
        raise Invalid("A list of ops is needed, with one op at least.", "body")
    if len(value) > MAX_OPS:
        raise Invalid(f"{len(value)} ops at once, at most {MAX_OPS}.", "body")
    return [Item(each, f"ops[{k}]") for k, each in enumerate(value)]


def _cid(name: str) -> str:
    """Who pushes: the same for a request that comes again, so that the store knows its pushes."""
    return f"api-{name[:28] or secrets.token_urlsafe(15)}"
