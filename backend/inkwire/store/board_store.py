"""What the rest of Inkwire asks of the store.

Every method may raise ``errors.StoreUnavailable`` (retryable: the store did not answer, or cannot
write now) and, unless it says otherwise, ``errors.BoardNotFound``. Nothing here raises an error of
the Redis client.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from inkwire.assets.files import Files
from inkwire.protocol.elements import Element
from inkwire.protocol.frames import Position
from inkwire.protocol.ops import Op
from inkwire.protocol.scalars import Role
from inkwire.store.activity_log import ActivityLog
from inkwire.store.board_elements import BoardElements
from inkwire.store.board_files import BoardFiles
from inkwire.store.board_register import BoardRegister
from inkwire.store.once import Once
from inkwire.store.webhook_log import WebhookLog

PAGE_BYTES = 128 * 1024
"""Most bytes of a page of a snapshot or of the log; a larger record is a page alone."""


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A board just made. ``links`` holds the only copy of its tokens: the store keeps hashes."""

    id: str
    title: str
    epoch: str
    created_ms: int
    links: Mapping[Role, str]


@dataclass(frozen=True, slots=True)
class BoardMeta:
    """A board without its elements. ``created_ms`` is Unix time in milliseconds.

    One that is ``archived`` can be read and takes no commits.
    """

    id: str
    title: str
    epoch: str
    seq: int
    elements: int
    created_ms: int
    archived: bool = False


@dataclass(frozen=True, slots=True)
class Applied:
    """The push is commit ``seq``; ``data`` are the same bytes that the board's channel carries."""

    seq: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Duplicate:
    """It was applied before: all of its client up to ``n`` are stored, the last at ``seq``."""

    n: int
    seq: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The push changed nothing: the store waits for push ``expected`` of this client."""

    expected: int


@dataclass(frozen=True, slots=True)
class Superseded:
    """The push changed nothing: a newer connection of its session has arrived, or its own never was
    registered.
    """


@dataclass(frozen=True, slots=True)
class Changed:
    """The push changed nothing: an element is not as the caller said that it must be."""


CommitResult = Applied | Duplicate | Gap | Superseded | Changed


@dataclass(frozen=True, slots=True)
class Arrival:
    """Which connection of a session: of two, the one that came later has the higher ``number``.

    ``session`` is a hash of it. ``number`` 0: the store could not register it, and it may not push.
    """

    session: str
    number: int


@dataclass(frozen=True, slots=True)
class BoardDigest:
    """What ``GET /digest`` answers: the sha256 of the canonical form at exactly that position."""

    epoch: str
    seq: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """``ok``: it answers, takes writes and would keep them. ``problem`` is for the person who runs it.

    ``code`` is the one that pushes are refused with now, empty if they are not.
    """

    ok: bool
    problem: str
    latency_ms: float
    code: str = ""


Kind = Literal["commit", "live", "activity"]
Heard = Callable[[Kind, bytes], None]
"""Called in the event loop with an encoded ``Commit``, the bytes given to ``publish_live``, or new events of
the activity."""
Lost = Callable[[], None]
"""Called once the subscription stands again after a loss: messages may be missing."""


class Subscriber(Protocol):
    """One connection that hears the boards of one worker. A doorbell: it may lose messages."""

    async def add(self, board: str, heard: Heard) -> None:
        """Returns when the store has confirmed: what is published from then on is heard.

        While the store does not answer it returns too, and ``on_lost`` follows when it does. One
        callback a board.
        """

    async def remove(self, board: str) -> None:
        """Stops hearing the board; unknown boards are fine."""

    async def close(self) -> None:
        """Ends the connection."""


class BoardStore(Protocol):
    """The boards of this installation."""

    @property
    def files(self) -> Files:
        """Where pictures are kept."""

    @property
    def board_files(self) -> BoardFiles:
        """Which board has which pictures."""

    @property
    def activity(self) -> ActivityLog:
        """What happened on which board."""

    @property
    def webhooks(self) -> WebhookLog:
        """Who is told of it, and how far."""

    @property
    def register(self) -> BoardRegister:
        """Whose boards are there, and by which links they open."""

    @property
    def elements(self) -> BoardElements:
        """Single elements, and pages of them."""

    @property
    def once(self) -> Once:
        """Requests that may come again."""

    async def create_board(
        self, title: str, now_ms: int, *, owner: str = "", request: str = ""
    ) -> NewBoard:
        """Makes an empty board with one link each for owner, editor and viewer.

        An ``owner``'s key opens it, too, and lists it. The same owner's ``request`` of the same name makes
        one board, however often.
        """

    async def board(self, board: str) -> BoardMeta | None:
        """What is known of the board, or None."""

    async def role_of(self, board: str, token: str) -> Role | None:
        """What the token allows; None for a wrong token and for an unknown board, in equal time."""

    async def arrive(self, board: str, session: str, now_ms: int) -> Arrival:
        """Registers a new connection of a session: no push of an older one is stored from here on.

        After ``StoreUnavailable`` it may or may not be registered; a second attempt is newer still.
        """

    async def commit(
        self,
        board: str,
        *,
        cid: str,
        n: int,
        gesture: str,
        person: str,
        at_ms: int,
        ops: Sequence[Op],
        arrival: Arrival | None = None,
        must_be: Mapping[str, int | None] | None = None,
    ) -> CommitResult:
        """Applies a push, writes it to the log, publishes it: all or nothing, and never twice.

        ``arrival`` is the connection that it came by, None if by none. With ``must_be`` it changes nothing
        (``Changed``) unless each of these elements was last changed by that commit, or, None, is not there.

        Also raises ``Refusal``: ``board-full`` and ``forbidden`` for a board that is archived (both terminal),
        ``store-full`` and ``read-only`` (retryable). After ``StoreUnavailable`` the push may or may not
        be stored; pushing it again with the same ``cid`` and ``n`` is safe.
        """

    async def position(self, board: str) -> Position:
        """Where the board's history stands."""

    async def commits_after(
        self, board: str, epoch: str, seq: int, *, limit_bytes: int = PAGE_BYTES
    ) -> list[bytes] | None:
        """Encoded commits ``seq`` + 1 … without a gap, up to ``limit_bytes`` (at least one).

        Empty: nothing is newer. None: continuity cannot be proved (other epoch, position in the
        future, trimmed away), and the caller needs a snapshot. Ask again until it is empty.
        """

    def pages(self, board: str, *, page_bytes: int = PAGE_BYTES) -> AsyncIterator[list[bytes]]:
        """Encoded ``SnapshotRecord`` bytes in pages; every element that exists throughout comes.

        While others draw, an element may come twice (the higher seq counts). Read ``position``
        first and the commits after it last: an overlap is harmless, every record carries its seq.
        """

    def in_paint_order(self, board: str) -> AsyncIterator[list[Element]]:
        """All elements, lowest first, in lists of bounded size; only their ids are kept.

        None comes twice. One that is sent backward while this runs may be missed.
        """

    def records_in_paint_order(self, board: str) -> AsyncIterator[list[bytes]]:
        """The same as encoded ``SnapshotRecord`` bytes, for those who decode them elsewhere."""

    async def element(self, board: str, element: str) -> Element | None:
        """The element of that id, or None."""

    async def highest_key(self, board: str) -> str | None:
        """The order key of the topmost element, None on an empty board."""

    async def digest(self, board: str) -> BoardDigest:
        """The digest at one exact position, also while others draw. Computed off the event loop."""

    async def publish_live(self, board: str, payload: bytes) -> None:
        """Tells every subscriber of the board; nothing is kept."""

    def subscriber(self, on_lost: Lost) -> Subscriber:
        """A new subscriber; a worker needs one."""

    async def health(self) -> StoreHealth:
        """Whether the store answers and takes writes; never raises."""

    async def add_link(self, board: str, role: Role) -> str:
        """A new token for the role; the earlier ones stay valid."""

    def boards(self) -> AsyncIterator[BoardMeta]:
        """Every board, oldest first."""

    async def close(self) -> None:
        """Ends every connection."""
