"""What an export is asked for: who asks, of which board, which part of it, how it is to look."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Final

from fastapi import Depends, Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from inkwire.errors import BadFile, BoardNotFound, Refusal
from inkwire.exporting.choice import Choice
from inkwire.exporting.fonts import FontFolder
from inkwire.exporting.look import PADDING, Look
from inkwire.exporting.theme import Theme
from inkwire.protocol.codes import RefusalCode
from inkwire.protocol.elements import Frame
from inkwire.rooms.bounds import UNIT_SQUARE, Box, placed_box
from inkwire.services.export_job import ExportJob
from inkwire.store.board_store import BoardMeta
from inkwire.web.site import role_in, role_of, site_of
from inkwire.web.static import STATIC

MOST_CHOSEN: Final = 2_000
FARTHEST: Final = 1e9
"""World units: no region is farther from the origin, or larger."""
_ID: Final = r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}"
_Id = Annotated[str, Field(pattern=f"^{_ID}$")]
_NUMBER: Final = r"-?[0-9]{1,10}(\.[0-9]{1,6})?"


def _region(text: str) -> str:
    if text:
        _, _, width, height = _numbers(text)
        if width <= 0 or height <= 0:
            raise ValueError("a region has a width and a height")
        if max(map(abs, _numbers(text))) > FARTHEST:
            raise ValueError(f"a region lies within {FARTHEST:,.0f} of the origin")
    return text


def _numbers(text: str) -> tuple[float, float, float, float]:
    x, y, width, height = map(float, text.split(","))
    return x, y, width, height


class ExportQuery(BaseModel):
    """The options of every export; formats that do not draw leave out those that say how it looks."""

    model_config = ConfigDict(extra="forbid")

    frame: Annotated[str, Field(pattern=f"^({_ID})?$")] = ""
    """The id of a frame: what shows in it, without its outline and name."""
    ids: Annotated[str, Field(pattern=f"^({_ID}(,{_ID}){{0,{MOST_CHOSEN - 1}}})?$")] = ""
    """Ids of elements, with commas; the text in a chosen shape comes with it."""
    region: Annotated[
        str, Field(pattern=f"^({_NUMBER}(,{_NUMBER}){{3}})?$"), AfterValidator(_region)
    ] = ""
    """`x,y,width,height` in world units: what shows in that box."""
    scale: Annotated[float | None, Field(ge=0.01, le=100)] = None
    """Pixels per world unit; 1 unless said."""
    background: bool = True
    theme: Theme = "light"
    padding: Annotated[float | None, Field(ge=0, le=1_000)] = None
    """World units around it; 10 unless said, none around a frame or region."""
    token: Annotated[str, Field(max_length=512)] = ""
    """A viewer's token, in place of the header: for the address of a picture in a page."""
    person: Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{8,32})?$")] = ""
    """Who on the board keeps the file: the activity tells it. A picture that is only shown has none."""


class Chosen(BaseModel):
    """What of a board is wanted, where it is more than fits into an address."""

    ids: Annotated[frozenset[_Id], Field(min_length=1, max_length=MOST_CHOSEN)]


@dataclass(frozen=True)
class Asked:
    """A request for an export that may be answered.

    ``mark`` is the same for the same options of the same server. ``embeddable``: it came by an address
    that opens it by itself.
    """

    job: ExportJob
    mark: str
    embeddable: bool
    person: str = ""
    """Who is to be named in the activity; empty for nobody."""

    def tag(self, extension: str) -> str:
        """The ETag: another one once the board, the options or the server have changed.

        It is weak because the board may be drawn on while it is read.
        """
        board = self.job.board
        whole = f"{extension} {board.id} {board.epoch} {board.seq} {self.mark}"
        return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"'


async def asked(request: Request, board: str, query: Annotated[ExportQuery, Query()]) -> Asked:
    """Checks who asks, and for what."""
    ids = frozenset(query.ids.split(",")) if query.ids else None
    return await _asked(request, board, query, ids)


async def asked_with_ids(
    request: Request, board: str, query: Annotated[ExportQuery, Query()], chosen: Chosen
) -> Asked:
    """The same with the ids in the body."""
    return await _asked(request, board, query, chosen.ids)


async def _asked(
    request: Request, board: str, query: ExportQuery, ids: frozenset[str] | None
) -> Asked:
    meta = await _readable(request, board, query.token)
    store = site_of(request).store
    region = None
    if query.region:
        if query.frame:
            raise BadFile("Give a frame or a region, not both.", "query.region")
        x, y, width, height = _numbers(query.region)
        region = Box(x, y, x + width, y + height)
    if query.frame:
        found = await store.element(board, query.frame)
        if not isinstance(found, Frame):
            raise BadFile("No frame on this board has that id.", "query.frame")
        region = placed_box(found.place, UNIT_SQUARE)
    padding = query.padding
    if padding is None:
        padding = 0.0 if region else PADDING
    look = Look(
        theme=query.theme,
        background=query.background,
        padding=padding,
        scale=query.scale,
        region=region,
        frame=query.frame,
        fonts=FontFolder(STATIC / "assets"),
    )
    options = query.model_dump_json(exclude={"token", "ids", "person"})
    mark = f"{version('inkwire')} {options} {sorted(ids) if ids is not None else ''}"
    job = ExportJob(store, meta, Choice(ids, region), look)
    return Asked(job, mark, embeddable=bool(query.token), person=query.person)


async def _readable(request: Request, board: str, token: str) -> BoardMeta:
    if token and "authorization" not in request.headers:
        if await role_of(request, board, token) != "viewer":
            raise Refusal(
                RefusalCode.FORBIDDEN,
                "Only a viewer's token may stand in an address: whoever sees the address can use it.",
            )
    else:
        await role_in(request, board)
    meta = await site_of(request).store.board(board)
    if meta is None:
        raise BoardNotFound("No such board, or the token does not open it.")
    return meta


AskedFor = Annotated[Asked, Depends(asked)]
AskedWithIds = Annotated[Asked, Depends(asked_with_ids)]
