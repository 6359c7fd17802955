"""Frames: every message of the WebSocket, one msgpack array each, told apart by its first item.

This page is the whole wire. What a frame means and who may send it when: docs/protocol.md.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from inkwire.protocol import limits
from inkwire.protocol.elements import Element, Place
from inkwire.protocol.ops import Op
from inkwire.protocol.scalars import (
    Availability,
    BoardId,
    ClientId,
    Colour,
    Coordinate,
    Count,
    ElementId,
    Epoch,
    GestureId,
    InkBytes,
    LaserBytes,
    Milliseconds,
    Name,
    Offset,
    OptionalPerson,
    PageSize,
    PeerId,
    PersonId,
    Role,
    Seconds,
    Sentence,
    Seq,
    SessionId,
    Title,
    Token,
    Version,
    Word,
)

Point = tuple[Coordinate, Coordinate]
Rect = tuple[Coordinate, Coordinate, Coordinate, Coordinate]
"""``(x, y, width, height)`` in world units."""
Ops = Annotated[tuple[Op, ...], Meta(min_length=1, max_length=limits.MAX_OPS)]


class Position(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A place in a board's history: which life of the log, and the last commit applied."""

    epoch: Epoch
    seq: Seq


# --- client to server -------------------------------------------------------------------------


class Hello(Struct, frozen=True, array_like=True, tag=1, forbid_unknown_fields=True):
    """The first frame of a socket."""

    version: Version
    board: BoardId
    token: Token
    session: SessionId
    """Secret of one open page; a newer socket of the same session replaces the older."""
    person: PersonId
    name: Name
    color: Colour
    resume: Position | None = None
    viewport: Rect | None = None


class Push(Struct, frozen=True, array_like=True, tag=2, forbid_unknown_fields=True):
    """Ops to be committed; ``n`` counts 1, 2, 3 … for each ``cid``."""

    cid: ClientId
    n: Count
    gesture: GestureId
    ops: Ops


class Ink(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
):
    """Bytes ``offset`` … of the encoded points of a stroke that is being drawn.

    ``element`` comes with offset 0: the freedraw as it will be committed, its points still empty.
    """

    id: ElementId
    offset: Offset
    data: InkBytes
    element: Element | None = None


class Laser(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
):
    """The part of a laser trail that has not faded: its points from number ``first`` on.

    ``points`` is an encoding of world coordinates with times (``protocol.points``); none: it is over.
    """

    trail: Count
    """Counts the trails of one page."""
    first: Seq = 0
    points: LaserBytes = b""


class LiveState(
    Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    rename="camel",
    kw_only=True,
):
    """What need not survive; absent means unchanged, and the newest wins."""

    cursor: Point | None = None
    selection: Annotated[tuple[ElementId, ...], Meta(max_length=limits.MAX_SELECTION)] | None = None
    viewport: Rect | None = None
    tool: Word | None = None
    ink: Annotated[tuple[Ink, ...], Meta(max_length=limits.MAX_INK)] = ()
    ended: Annotated[tuple[ElementId, ...], Meta(max_length=limits.MAX_INK)] = ()
    """Strokes given up without a commit."""
    drafts: Annotated[tuple[Element, ...], Meta(max_length=limits.MAX_DRAFTS)] | None = None
    """Shapes being drawn; replaces the earlier list."""
    moves: (
        Annotated[tuple[tuple[ElementId, Place], ...], Meta(max_length=limits.MAX_MOVES)] | None
    ) = None
    """Elements being dragged; replaces the earlier list."""
    laser: Laser | None = None
    spotlight: Milliseconds | None = None
    """Asks everybody to follow: when the call was made, in Unix milliseconds; 0 when it is over."""
    following: OptionalPerson | None = None
    """Whose viewport this peer's follows; empty for nobody's."""
    availability: Availability | None = None


class Live(Struct, frozen=True, array_like=True, tag=3, forbid_unknown_fields=True):
    """What the sender does right now."""

    state: LiveState


class Ping(Struct, frozen=True, array_like=True, tag=4, forbid_unknown_fields=True):
    stamp: Milliseconds


ClientFrame = Hello | Push | Live | Ping

# --- server to client -------------------------------------------------------------------------


class Welcome(Struct, frozen=True, array_like=True, tag=10, forbid_unknown_fields=True):
    """The answer to Hello. ``resumed``: only what the client missed follows; otherwise Reset does."""

    version: Version
    epoch: Epoch
    seq: Seq
    resumed: bool
    peer: PeerId
    """The name of this connection in live traffic."""
    role: Role
    title: Title
    worker: Word
    """Which worker serves this socket."""


class Reset(Struct, frozen=True, array_like=True, tag=11, forbid_unknown_fields=True):
    """A snapshot follows in pages and replaces the whole document; pending pushes stay pending."""

    epoch: Epoch
    seq: Seq
    title: Title
    count: Seq
    """About how many elements follow."""


class SnapshotRecord(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One element of a snapshot, as it lies in the store.

    ``element`` lacks its large properties; they follow apart, nil where they are empty.
    ``seq`` is the commit that changed it last: ops up to it are in it already.
    """

    seq: Seq
    element: Raw
    points: bytes | None
    text: str | None


class Page(Struct, frozen=True, array_like=True, tag=12, forbid_unknown_fields=True):
    records: tuple[SnapshotRecord, ...]


class PackedPage(Struct, frozen=True, array_like=True, tag=19, forbid_unknown_fields=True):
    """A ``Page`` whose list of records is compressed; see ``protocol.packing``."""

    size: PageSize
    """Bytes of the list before."""
    data: bytes


class Ready(Struct, frozen=True, array_like=True, tag=13, forbid_unknown_fields=True):
    """The snapshot is complete; commits from ``seq`` + 1 follow."""

    epoch: Epoch
    seq: Seq


class Commit(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Accepted ops, in the board's order."""

    seq: Seq
    at: Milliseconds
    person: PersonId
    cid: ClientId
    n: Count
    gesture: GestureId
    ops: Ops


class Who(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The person behind a peer; several peers may be one person."""

    person: PersonId
    name: Name
    color: Colour
    role: Role


class PeerLive(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What one peer did since the receiver's last batch; ``who`` comes when it is new or changed."""

    peer: PeerId
    who: Who | None
    state: LiveState


class Batch(Struct, frozen=True, array_like=True, tag=14, forbid_unknown_fields=True):
    """Everything since the receiver's cursor."""

    commits: tuple[Commit, ...]
    live: tuple[PeerLive, ...]
    left: tuple[PeerId, ...]


class Merged(Struct, frozen=True, array_like=True, tag=20, forbid_unknown_fields=True):
    """Commits ``first`` … ``last`` as one, for a receiver that is behind; see ``rooms.merging``."""

    first: Seq
    last: Seq
    pushes: tuple[tuple[ClientId, Count], ...]
    """Whose pushes they are, and the highest number of each: all of the same client below it are known."""
    ops: tuple[tuple[Op, tuple[Seq, ...]], ...]
    """What is left to do, and for each op the places in ``pushes`` of those who have done it."""


class Accepted(Struct, frozen=True, array_like=True, tag=15, forbid_unknown_fields=True):
    """All pushes of ``cid`` up to ``n`` are stored; the last of them is commit ``seq``."""

    cid: ClientId
    n: Seq
    seq: Seq


class Refused(Struct, frozen=True, array_like=True, tag=16, forbid_unknown_fields=True):
    """Push ``n`` changed nothing. ``code`` is one of ``protocol.codes``."""

    cid: ClientId
    n: Count
    code: Word
    message: Sentence
    retryable: bool
    retry_after: Seconds
    expected: Seq
    """The number that the store waits for, 0 if it does not matter."""


class Notice(Struct, frozen=True, array_like=True, tag=17, forbid_unknown_fields=True):
    """The state of the service, for the banner; an empty ``code`` takes it back."""

    code: Word
    message: Sentence


class Pong(Struct, frozen=True, array_like=True, tag=18, forbid_unknown_fields=True):
    stamp: Milliseconds
    """The stamp of the Ping."""
    now: Milliseconds
    """The server's clock."""


ServerFrame = (
    Welcome
    | Reset
    | Page
    | PackedPage
    | Ready
    | Batch
    | Merged
    | Accepted
    | Refused
    | Notice
    | Pong
)
