"""What happens on a board, as a stream that can be resumed: server-sent events, or lines of JSON."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from fastapi import APIRouter, Header, Query, Request
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from inkwire.access.tokens import hashed
from inkwire.errors import Refusal, StoreUnavailable
from inkwire.live.activity import Activity, Reader
from inkwire.protocol.codes import RefusalCode
from inkwire.rooms.activity import KINDS, event_id
from inkwire.rooms.activity_ring import Entry, wanted
from inkwire.web.site import Site, role_in, site_of, token_of

RETRY_SECONDS: Final = (1.0, 5.0)
"""Readers come back after a random time between these, so that they do not come all at once."""
_HEADERS: Final = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no", "Vary": "Accept"}
_TIME: Final = re.compile(r"\d{1,15}")

router = APIRouter(prefix="/api/boards/{board}", tags=["activity"])


class Format(NamedTuple):
    """How a stream says things; ids are those by which a reader goes on."""

    media_type: str
    hello: Callable[[], bytes]
    beat: Callable[[str], bytes]
    event: Callable[[Entry, str], bytes]
    said: Callable[[str, str, dict[str, Any]], bytes]


def _sse_hello() -> bytes:
    retry = round(random.uniform(*RETRY_SECONDS) * 1000)  # noqa: S311
    return format_sse_event(comment="activity", retry=retry)


def _sse_said(kind: str, id_: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=msgspec.json.encode(data).decode(), event=kind, id=id_)


SSE: Final = Format(
    "text/event-stream",
    _sse_hello,
    # With the id: who wants few types would otherwise come back with an id that is long forgotten.
    lambda id_: format_sse_event(comment="alive", id=id_),
    lambda entry, id_: format_sse_event(data_str=entry.data.decode(), id=id_),
    _sse_said,
)
LINES: Final = Format(
    "application/x-ndjson",
    lambda: b"",
    lambda id_: msgspec.json.encode({"type": "alive", "id": id_}) + b"\n",
    lambda entry, _id: entry.data + b"\n",
    lambda kind, id_, data: msgspec.json.encode({"type": kind, "id": id_, **data}) + b"\n",
)


class Wants(NamedTuple):
    """What a reader asked for."""

    types: frozenset[str]
    since: str
    follow: bool


class Feed(EventSourceResponse):
    """One reader's stream. Whatever goes wrong before its first byte is told by a status."""

    def __init__(self, site: Site, board: str, link: str, form: Format, wants: Wants) -> None:
        super().__init__((), media_type=form.media_type, headers=_HEADERS)
        self._site = site
        self._board = board
        self._link = link
        self._form = form
        self._wants = wants

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Holds the board's room open for as long as the reader reads."""
        site = self._site
        if site.feeds.locked() or site.hub.feeds_ended:
            raise StoreUnavailable("Too many feeds at once.", retry_after=RETRY_SECONDS[1])
        async with (
            site.feeds,
            site.hub.room(self._board) as room,
            room.activity.reading(self._link) as reader,
        ):
            since = self._wants.since
            if since and not _TIME.fullmatch(since) and room.activity.ring.position(since) is None:
                # Another worker may have told the reader what this one has not heard yet.
                await room.activity.catch_up()
            self.body_iterator = self._told(room.activity, reader)
            await super().__call__(scope, receive, send)

    async def _told(self, activity: Activity, reader: Reader) -> AsyncIterator[bytes]:
        form, wants = self._form, self._wants
        hello = form.hello()
        if hello:
            yield hello
        ring = activity.ring
        since_ms, number = 0, ring.last
        start_anew = False
        if _TIME.fullmatch(wants.since):
            since_ms, number = int(wants.since), ring.first - 1
        elif wants.since:
            found = ring.position(wants.since)
            start_anew, number = found is None, ring.first - 1 if found is None else found
        chosen = wanted(wants.types, since_ms)
        beats, entering = activity.beats, True
        while not reader.withdrawn:
            ended = activity.ended
            pieces: list[bytes] = []
            if start_anew or ring.epoch != activity.ring.epoch or not activity.ring.covers(number):
                ring = activity.ring
                number, entering, start_anew = ring.first - 1, True, False
                since_ms, chosen = 0, wanted(wants.types, 0)
                pieces.append(form.said("reset", event_id(ring.epoch, number), {}))
            pieces.extend(
                form.event(e, event_id(ring.epoch, e.number)) for e in ring.after(number, chosen)
            )
            number = ring.last
            if entering:
                people = [
                    {"person": person, "name": who.name, "color": who.color}
                    for person, who in activity.people.items()
                ]
                pieces.append(
                    form.said("present", event_id(ring.epoch, number), {"people": people})
                )
                entering = False
            elif not pieces and beats != activity.beats:
                pieces.append(form.beat(event_id(ring.epoch, number)))
            beats = activity.beats
            if pieces:
                yield b"".join(pieces)
            if ended or not wants.follow:
                return
            await reader.woken.wait()
            reader.woken.clear()


@router.get(
    "/activity",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {}, "application/x-ndjson": {}}}},
)
async def activity(
    request: Request,
    board: str,
    types: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=100)] = "",
    follow: bool = True,
    accept: Annotated[str, Header()] = "",
    last_event_id: Annotated[str, Header(max_length=1_000)] = "",
) -> Response:
    """Who came and went, drew, edited, deleted …, summed per person and a few seconds.

    ``types`` are the wanted ones, between commas. ``since`` is the id of an event, to go on after it, or a
    time in Unix milliseconds, 0 for all that is kept; without it come only new events. The header
    ``Last-Event-ID`` counts more. ``follow=false`` ends where the feed stands now. With ``Accept:
    application/x-ndjson`` it comes as lines of JSON.
    """
    await role_in(request, board)
    known = frozenset(filter(None, types.split(",")))
    if strange := sorted(known.difference(KINDS)):
        raise Refusal(
            RefusalCode.INVALID,
            f"types: {strange[0]!r} is none of {', '.join(KINDS)}.",
        )
    form = LINES if "application/x-ndjson" in accept.lower() else SSE
    link = hashed(token_of(request))
    return Feed(site_of(request), board, link, form, Wants(known, last_event_id or since, follow))
