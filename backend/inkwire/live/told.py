"""What workers tell each other about a room, over the board's live channel."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import msgspec
from msgspec import Struct

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.frames import PeerLive
from inkwire.protocol.scalars import ElementId, PeerId, Seq, Word


class Present(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One peer of the telling worker.

    Of two sockets of one session the older gives way (close code 4009), on whatever worker it is.
    """

    peer: PeerId
    session: Word
    """A hash: the session itself is a secret of its page."""
    arrival: Seq
    """The number that the store gave it (``store.board_store.Arrival``): the newer one's is higher.
    0 is none: it is neither older nor newer than another."""
    strokes: tuple[ElementId, ...] = ()
    """What it is drawing."""


class Told(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One message. ``roster`` is everybody the worker has; the other lists are changes."""

    home: Word
    """The worker that tells."""
    number: Seq
    """Counts the worker's messages about this room: one that is missing was lost on the way."""
    full: bool = False
    """Tells everything of its peers, in this message or in those before it that are not full."""
    live: tuple[PeerLive, ...] = ()
    left: tuple[PeerId, ...] = ()
    roster: tuple[Present, ...] | None = None
    joined: tuple[Present, ...] = ()
    call: bool = False
    """Asks every other worker to tell the full state of its peers."""


_decoder: Final = msgspec.msgpack.Decoder(Told)


def decode_told(data: bytes) -> Told:
    """A message of another worker; raises ``FrameError``."""
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise FrameError(f"not from a worker: {error}", CloseCode.NOT_A_FRAME) from None


def session_mark(session: str) -> str:
    """What other workers are told instead of a session's secret."""
    return blake2b(session.encode(), digest_size=16).hexdigest()
