"""Boards over HTTP: making one, what it is, its digest."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from inkwire.access.links import board_url
from inkwire.errors import BoardNotFound
from inkwire.observe import logs
from inkwire.protocol.labels import is_label
from inkwire.protocol.limits import MAX_TITLE
from inkwire.protocol.scalars import Role
from inkwire.web.site import base_url, role_in, site_of

router = APIRouter(prefix="/api/boards", tags=["boards"])


def _label(words: str) -> str:
    if not is_label(words):
        raise ValueError("a title stands on one line and has no characters that do not show")
    return words


class NewBoardBody(BaseModel):
    """What a new board may be given."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(max_length=MAX_TITLE), AfterValidator(_label)] = ""


class LinkBody(BaseModel):
    """One way into a board; ``url`` opens it in a browser with that role."""

    url: str
    token: str


class CreatedBody(BaseModel):
    """A new board. ``url`` is the editor's link. Links are shown only this once."""

    id: str
    url: str
    links: dict[Role, LinkBody]


class BoardBody(BaseModel):
    """A board without its elements; ``created`` is Unix time in milliseconds."""

    id: str
    title: str
    role: str
    epoch: str
    seq: int
    elements: int
    created: int


class DigestBody(BaseModel):
    """sha256 over the canonical form of the board at exactly that position."""

    epoch: str
    seq: int
    sha256: str


@router.post("", status_code=201)
async def create_board(request: Request, body: NewBoardBody | None = None) -> CreatedBody:
    """Makes an empty board."""
    site = site_of(request)
    title = body.title if body else ""
    board = await site.store.create_board(title, site.hub.clock.wall_ms())
    base = base_url(request)
    links = {
        role: LinkBody(url=board_url(base, board.id, token), token=token)
        for role, token in board.links.items()
    }
    logs.info("board.created", board=board.id)
    return CreatedBody(id=board.id, url=links["editor"].url, links=links)


@router.get("/{board}")
async def get_board(request: Request, board: str) -> BoardBody:
    """What the board is, and what the token allows."""
    role = await role_in(request, board)
    meta = await site_of(request).store.board(board)
    if meta is None:
        raise BoardNotFound("No such board, or the token does not open it.")
    return BoardBody(
        id=meta.id,
        title=meta.title,
        role=role,
        epoch=meta.epoch,
        seq=meta.seq,
        elements=meta.elements,
        created=meta.created_ms,
    )


@router.get("/{board}/digest")
async def get_digest(request: Request, board: str) -> DigestBody:
    """Tells whether a replica holds the same as the server (docs/protocol.md, rules G1 to G3)."""
    await role_in(request, board)
    digest = await site_of(request).store.digest(board)
    return DigestBody(epoch=digest.epoch, seq=digest.seq, sha256=digest.sha256)
