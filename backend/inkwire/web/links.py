"""The links of a board: listed, made and withdrawn by its owners."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from inkwire.access import tokens
from inkwire.access.links import board_url
from inkwire.errors import BoardNotFound, Conflict
from inkwire.observe import logs
from inkwire.protocol.scalars import Role
from inkwire.web import described
from inkwire.web.programs import Again, Key, owner_in, take_allowance
from inkwire.web.site import base_url, site_of, token_of

router = APIRouter(prefix="/api/boards/{board}/links", tags=["links"])


class NewLinkBody(BaseModel):
    """What a new link is to allow."""

    model_config = ConfigDict(extra="forbid")
    role: Role = Field(examples=["viewer"])


class KnownLinkBody(BaseModel):
    """A way into a board. ``id`` names it and opens nothing; its token was shown when it was made."""

    id: str
    role: Role


class NewLinkAnswer(KnownLinkBody):
    """A way into a board, shown only this once; ``url`` opens it in a browser with that role."""

    url: str
    token: str


class LinksBody(BaseModel):
    """All ways into a board."""

    links: list[KnownLinkBody]


@router.get("", responses=described.errors(401, 403, 404))
async def list_links(request: Request, board: str) -> LinksBody:
    """Every link by which the board opens. For owners."""
    await owner_in(request, board)
    found = await site_of(request).store.register.links(board)
    return LinksBody(links=[KnownLinkBody(id=each.id, role=each.role) for each in found])


@router.post("", status_code=201, responses=described.errors(401, 403, 404, 429))
async def make_link(
    request: Request, board: str, body: NewLinkBody, key: Key = ""
) -> NewLinkAnswer:
    """Makes another link; the earlier ones stay valid. For owners."""
    await owner_in(request, board)
    take_allowance(request, board)
    site = site_of(request)
    again = Again(request, board, key, body.model_dump_json().encode())
    await again.earlier()
    # The same request gives the same token, which is kept nowhere but as a hash.
    token = tokens.derived(token_of(request), again.name, body.role) if key else tokens.new_token()
    made = await site.store.register.add_link(board, body.role, token)
    logs.info("link.made", board=board, role=body.role)
    return NewLinkAnswer(
        id=made.id, role=body.role, url=board_url(base_url(request), board, token), token=token
    )


@router.delete(
    "/{link}",
    status_code=204,
    response_class=Response,
    responses=described.errors(401, 403, 404, 409),
)
async def withdraw_link(request: Request, board: str, link: str) -> None:
    """Withdraws a link: within a second it opens nothing, and who came by it is sent away. For owners.

    The last link of an owner stays (409): without it nobody could make another.
    """
    await owner_in(request, board)
    store = site_of(request).store
    found = await store.register.links(board)
    owners = [each.id for each in found if each.role == "owner"]
    if owners == [link]:
        raise Conflict("last-owner", "The last link of an owner cannot be withdrawn.")
    if not await store.register.withdraw_link(board, link):
        raise BoardNotFound("No such link.")
    await store.activity.ring(board)
    logs.info("link.withdrawn", board=board, link=link)
