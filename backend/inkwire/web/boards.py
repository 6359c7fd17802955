"""Boards over HTTP: listed, made, read, renamed, archived, duplicated, deleted; who is there; their digest."""

from __future__ import annotations

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from inkwire.access.links import board_url
from inkwire.access.tokens import OWNER_KEY
from inkwire.errors import Invalid, Refusal
from inkwire.live.activity import NEWEST
from inkwire.observe import logs
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.ops import Retitle
from inkwire.services.authoring import Author
from inkwire.services.duplicating import copy_elements
from inkwire.store.board_register import Owned
from inkwire.store.board_store import NewBoard
from inkwire.web import described
from inkwire.web.board_bodies import (
    BoardBody,
    ChangesBody,
    CreatedBody,
    DigestBody,
    LinkBody,
    ListBody,
    ListedBody,
    NewBoardBody,
    PeopleBody,
    PersonBody,
)
from inkwire.web.programs import (
    PERSON,
    Again,
    Key,
    Person,
    meta_of,
    owner_in,
    take_allowance,
    writer_in,
)
from inkwire.web.site import NoToken, base_url, role_in, site_of, token_of

DUPLICATING_PATIENCE_SECONDS = 30.0
MOST_LISTED = 100
_CURSOR = re.compile(r"(\d{1,16})-([A-Za-z0-9]{8,32})")

router = APIRouter(prefix="/api/boards", tags=["boards"])


@router.post("", status_code=201, responses=described.errors(401, 413))
async def create_board(
    request: Request, body: NewBoardBody | None = None, key: Key = ""
) -> CreatedBody:
    """Makes an empty board.

    With an owner's key as the token it is in that owner's list, and the key opens it as owner;
    `Idempotency-Key` needs one. Without a token it is nobody's but whose links say.
    """
    owner = ""
    if "authorization" in request.headers:
        owner = _owner_of(request)
    elif key:
        raise Invalid("An Idempotency-Key needs an owner's key.", "header.Idempotency-Key")
    site = site_of(request)
    name = await _once(request, key, body.model_dump_json().encode() if body else b"")
    title = body.title if body else ""
    made = await site.store.create_board(title, site.hub.clock.wall_ms(), owner=owner, request=name)
    logs.info("board.created", board=made.id)
    return _created(request, made)


@router.get("", responses=described.errors(401))
async def list_boards(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = MOST_LISTED,
    after: Annotated[
        str, Query(max_length=64, description="`next` of the page before; empty for the first.")
    ] = "",
) -> ListBody:
    """The boards made with an owner's key, which is the token here; oldest first."""
    owner = _owner_of(request)
    store = site_of(request).store
    page = await store.register.owned(owner, _place_in(after), limit)
    found = []
    for each in page:
        meta = await store.board(each.board)
        if meta is None:
            await store.register.disown(owner, each.board)
        elif await store.role_of(each.board, owner) is not None:
            found.append(ListedBody.of(meta))
    last = page[-1] if len(page) == limit else None
    return ListBody(boards=found, next=f"{last.made_ms}-{last.board}" if last else None)


@router.get("/{board}", responses=described.errors(401, 404))
async def get_board(request: Request, board: str) -> BoardBody:
    """What the board is, and what the token allows."""
    role = await role_in(request, board)
    return BoardBody.of(await meta_of(request, board), role=role)


@router.patch("/{board}", responses=described.errors(*described.WRITING))
async def change_board(
    request: Request, board: str, changes: ChangesBody, person: Person = PERSON
) -> BoardBody:
    """Renames the board, archives it or takes it out of the archive (for owners)."""
    role = await (writer_in if changes.archived is None else owner_in)(request, board)
    take_allowance(request, board, ops=1)
    site = site_of(request)
    if changes.archived is False:
        await site.store.register.archive(board, archived=False)
    if changes.title is not None:
        await _author(request, board, _new_cid(), person).push([Retitle(changes.title)])
    if changes.archived:
        await site.store.register.archive(board, archived=True)
    if changes.archived is not None:
        logs.info("board.archived", board=board, archived=changes.archived)
    return BoardBody.of(await meta_of(request, board), role=role)


@router.delete(
    "/{board}", status_code=204, response_class=Response, responses=described.errors(401, 403, 404)
)
async def delete_board(request: Request, board: str) -> None:
    """Deletes the board with all that is on it, for ever; who has it open is told. For owners."""
    await owner_in(request, board)
    store = site_of(request).store
    await store.register.delete(board)
    await store.activity.ring(board)
    logs.info("board.deleted", board=board)


@router.post("/{board}/duplicate", status_code=201, responses=described.errors(*described.WRITING))
async def duplicate_board(
    request: Request,
    board: str,
    body: NewBoardBody | None = None,
    key: Key = "",
    person: Person = PERSON,
) -> CreatedBody:
    """Makes a board with the same elements and pictures, its own links, and no history.

    Whoever may read may do it. Without a title it has the same one. What is drawn meanwhile may be missing.
    """
    await role_in(request, board)
    meta = await meta_of(request, board)
    take_allowance(request, board, ops=min(meta.elements, 1_000))
    site = site_of(request)
    if site.imports.locked():
        raise Refusal(
            RefusalCode.RATE,
            "Too much at once. Try again in a moment.",
            retryable=True,
            retry_after=2,
        )
    token = token_of(request)
    owner = token if OWNER_KEY.fullmatch(token) else ""
    if key and not owner:
        raise Invalid("An Idempotency-Key needs an owner's key.", "header.Idempotency-Key")
    async with site.imports:
        name = await _once(request, key, body.model_dump_json().encode() if body else b"")
        made = await site.store.create_board(
            body.title if body and body.title else meta.title,
            site.hub.clock.wall_ms(),
            owner=owner,
            request=name,
        )
        # "import-": the activity tells it as what it is, not as hundreds of strokes.
        cid = f"import-{name[:24]}" if name else f"import-{secrets.token_urlsafe(15)}"
        author = _author(request, made.id, cid, person, DUPLICATING_PATIENCE_SECONDS)
        count = await copy_elements(site.store, board, author)
    logs.info("board.duplicated", board=made.id, elements=count)
    return _created(request, made)


@router.get("/{board}/people", responses=described.errors(401, 404))
async def list_people(request: Request, board: str) -> PeopleBody:
    """Who is on the board now."""
    await role_in(request, board)
    state = await site_of(request).store.activity.read(board, NEWEST)
    return PeopleBody(
        people=[
            PersonBody(person=person, name=who.name, color=who.color)
            for person, who in state.people.items()
        ]
    )


@router.get("/{board}/digest", responses=described.errors(401, 404))
async def get_digest(request: Request, board: str) -> DigestBody:
    """Tells whether a replica holds the same as the server (docs/protocol.md, rules G1 to G3)."""
    await role_in(request, board)
    digest = await site_of(request).store.digest(board)
    return DigestBody(epoch=digest.epoch, seq=digest.seq, sha256=digest.sha256)


def _created(request: Request, made: NewBoard) -> CreatedBody:
    base = base_url(request)
    links = {
        role: LinkBody(url=board_url(base, made.id, token), token=token)
        for role, token in made.links.items()
    }
    return CreatedBody(id=made.id, url=links["editor"].url, links=links)


def _owner_of(request: Request) -> str:
    key = token_of(request)
    if not OWNER_KEY.fullmatch(key):
        raise NoToken("An owner's key is needed: ik_ and 27 random letters and digits, or more.")
    return key


async def _once(request: Request, key: str, body: bytes) -> str:
    """What the request is called, so that it makes the same board if it comes again; empty for any board.

    Raises ``KeyReused``.
    """
    if not key:
        return ""
    again = Again(request, "boards", key, body)
    await again.earlier()
    return again.name


def _author(request: Request, board: str, cid: str, person: str, patience: float = 0.0) -> Author:
    site = site_of(request)
    clock = site.hub.clock.wall_ms
    return Author(
        site.store, board, cid, person=person, gesture=cid, clock=clock, patience=patience
    )


def _new_cid() -> str:
    return f"api-{secrets.token_urlsafe(15)}"


def _place_in(cursor: str) -> Owned | None:
    if not cursor:
        return None
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise Invalid("This is no `next` of a page.", "query.after")
    return Owned(found[2], int(found[1]))
