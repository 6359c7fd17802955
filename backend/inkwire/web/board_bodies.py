"""What requests about boards bring, and what they are answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from inkwire.protocol.labels import is_label
from inkwire.protocol.limits import MAX_TITLE
from inkwire.protocol.scalars import Role
from inkwire.store.board_store import BoardMeta


def _label(words: str) -> str:
    if not is_label(words):
        raise ValueError("a title stands on one line and has no characters that do not show")
    return words


Title = Annotated[str, Field(max_length=MAX_TITLE, examples=["Plan"]), AfterValidator(_label)]


class NewBoardBody(BaseModel):
    """What a new board may be given."""

    model_config = ConfigDict(extra="forbid")
    title: Title = ""


class ChangesBody(BaseModel):
    """What of a board shall change; what is not named stays."""

    model_config = ConfigDict(extra="forbid")
    title: Title | None = None
    archived: bool | None = None
    """One that is archived can be read and takes no changes. For owners."""


class LinkBody(BaseModel):
    """One way into a board; ``url`` opens it in a browser with that role."""

    url: str
    token: str


class CreatedBody(BaseModel):
    """A new board. ``url`` is the editor's link. Links are shown only this once."""

    id: str
    url: str
    links: dict[Role, LinkBody]


class ListedBody(BaseModel):
    """A board without its elements; ``created`` is Unix time in milliseconds."""

    id: str
    title: str
    epoch: str
    seq: int
    elements: int
    created: int
    archived: bool

    @classmethod
    def of(cls, meta: BoardMeta, **more: str) -> Self:
        """What is known of a board."""
        return cls.model_validate({**asdict(meta), "created": meta.created_ms, **more})


class BoardBody(ListedBody):
    """A board, and what the token allows on it."""

    role: str


class ListBody(BaseModel):
    """A page of a list; ``next`` leads to the one after it."""

    boards: list[ListedBody]
    next: str | None


class PersonBody(BaseModel):
    """Somebody on the board, whatever number of windows they have open."""

    person: str
    name: str
    color: str


class PeopleBody(BaseModel):
    """Who is on the board, as its activity tells it: a few seconds late."""

    people: list[PersonBody]


class DigestBody(BaseModel):
    """sha256 over the canonical form of the board at exactly that position."""

    epoch: str
    seq: int
    sha256: str
