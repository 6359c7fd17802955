"""What the peers of a room do now: the latest of each field, and ink as far as it is drawn. Pure.

Every change gets a ``version``. A reader is one number, the version it has seen; ``since`` gives it
what changed after that, however much was overwritten in between. ``home`` is the worker that a peer
is connected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Any, Final, NamedTuple

from inkwire.protocol.elements import Freedraw
from inkwire.protocol.frames import Ink, LiveState, PeerLive, Who
from inkwire.protocol.limits import MAX_INK, MAX_INK_BYTES
from inkwire.rooms.ink import Stroke

FIELDS: Final = (
    "cursor",
    "selection",
    "viewport",
    "tool",
    "drafts",
    "moves",
    "laser",
    "spotlight",
    "following",
    "availability",
)
"""Fields of which only the newest value matters."""
_values_of: Final = attrgetter(*FIELDS)


class Change(NamedTuple):
    """What a reader lacks. A peer may come more than once when its ink is long."""

    live: list[PeerLive]
    left: list[str]

    def __bool__(self) -> bool:
        return bool(self.live or self.left)


_NOTHING: Final = (0, None)
_OVER_KEPT: Final = 512


class _Peer:
    __slots__ = ("changed", "ended", "fields", "home", "joined", "strokes", "who")

    def __init__(self, who: Who, home: str, version: int) -> None:
        self.who = who
        self.home = home
        self.joined = self.changed = version
        self.fields: dict[str, tuple[int, Any]] = {}
        self.strokes: dict[str, Stroke] = {}
        self.ended: list[tuple[int, str]] = []


class Presence:
    """The peers of one room, on whatever worker they are."""

    def __init__(self) -> None:
        self.version = 0
        self._peers: dict[str, _Peer] = {}  # the one that changed last is the last
        self._left: list[tuple[int, str, str]] = []
        self._over: dict[str, None] = {}  # strokes committed lately, oldest first

    def __len__(self) -> int:
        return len(self._peers)

    def __contains__(self, peer: str) -> bool:
        return peer in self._peers

    def peers_of(self, home: str) -> list[str]:
        """The peers of one worker."""
        return [name for name, peer in self._peers.items() if peer.home == home]

    def homes(self) -> set[str]:
        """The workers that have peers here."""
        return {peer.home for peer in self._peers.values()}

    def strokes_of(self, peer: str) -> list[str]:
        """The ids of the strokes that the peer is drawing."""
        return list(self._peers[peer].strokes)

    def everybody(self) -> Iterator[Who]:
        """The person behind each peer."""
        return (peer.who for peer in self._peers.values())

    def people(self) -> int:
        """How many persons are here; one with several peers counts once."""
        return len({peer.who.person for peer in self._peers.values()})

    def join(self, peer: str, who: Who, home: str) -> None:
        """A peer is here; for a known peer nothing changes."""
        if peer not in self._peers:
            self._peers[peer] = _Peer(who, home, self._next())

    def leave(self, peer: str) -> None:
        """A peer is gone; unknown peers are fine."""
        gone = self._peers.pop(peer, None)
        if gone is not None:
            self._left.append((self._next(), peer, gone.home))

    def update(self, peer: str, state: LiveState) -> bool:
        """Takes over what a peer says of itself.

        False when ink did not fit to what is known of its stroke; the rest was taken over. An
        unknown peer changes nothing.
        """
        known = self._peers.get(peer)
        if known is None:
            return True
        version = self._changed(peer, known)
        for name, value in zip(FIELDS, _values_of(state), strict=True):
            if value is not None and known.fields.get(name, _NOTHING)[1] != value:
                known.fields[name] = (version, value)
        for stroke in state.ended:
            self._end(known, stroke, version)
        fits = True
        for piece in state.ink:
            fits = self._draw(known, piece, version) and fits
        return fits

    def only_strokes(self, peer: str, ids: Iterable[str]) -> None:
        """Ends what is not among the strokes that the peer is said to draw."""
        known = self._peers.get(peer)
        if known is not None and (lost := known.strokes.keys() - set(ids)):
            version = self._changed(peer, known)
            for stroke in lost:
                self._end(known, stroke, version)

    def drawing(self) -> Iterator[str]:
        """The ids of all strokes being drawn."""
        for peer in self._peers.values():
            yield from peer.strokes

    def committed(self, ids: Iterable[str]) -> None:
        """Elements with these ids exist now: their ink is over, and the commit tells everybody."""
        for id_ in ids:
            self._over[id_] = None
            for peer in self._peers.values():
                peer.strokes.pop(id_, None)
        while len(self._over) > _OVER_KEPT:
            del self._over[next(iter(self._over))]

    def since(self, version: int, home: str | None = None) -> Change:
        """What changed after a version, of all peers or of one worker's."""
        changed = []
        for name in reversed(self._peers):
            peer = self._peers[name]
            if peer.changed <= version:
                break
            if home is None or peer.home == home:
                changed.append((name, peer))
        live = [item for name, peer in reversed(changed) for item in _of(name, peer, version)]
        left = []
        if self._left and self._left[-1][0] > version:
            left = [
                name for at, name, of in self._left if at > version and (home is None or of == home)
            ]
        return Change(live, left)

    def only_since(self, version: int) -> str | None:
        """The one peer that did all that is new since a version, if there is one."""
        latest = reversed(self._peers.items())
        name, peer = next(latest, ("", None))
        if peer is None or peer.changed <= version:
            return None
        _, before = next(latest, ("", None))
        if before is not None and before.changed > version:
            return None
        return None if self._left and self._left[-1][0] > version else name

    def forget(self, version: int) -> None:
        """Nobody will ask for what is new since an older version; drops what that would need."""
        self._left = [item for item in self._left if item[0] > version]
        for peer in self._peers.values():
            if peer.ended:
                peer.ended = [item for item in peer.ended if item[0] > version]
            for stroke in peer.strokes.values():
                stroke.forget(version)

    def _next(self) -> int:
        self.version += 1
        return self.version

    def _changed(self, name: str, peer: _Peer) -> int:
        peer.changed = self._next()
        self._peers[name] = self._peers.pop(name)
        return peer.changed

    def _draw(self, peer: _Peer, piece: Ink, version: int) -> bool:
        stroke = peer.strokes.get(piece.id)
        if stroke is None:
            if piece.id in self._over:  # another worker's ink can come later than its commit
                return True
            if piece.offset or not isinstance(piece.element, Freedraw):
                return False
            if piece.element.id != piece.id:
                return False
            while len(peer.strokes) >= MAX_INK:
                self._end(peer, next(iter(peer.strokes)), version)
            stroke = peer.strokes[piece.id] = Stroke(piece.element, version)
        return stroke.append(piece, version)

    def _end(self, peer: _Peer, stroke: str, version: int) -> None:
        peer.strokes.pop(stroke, None)
        peer.ended.append((version, stroke))


def _of(name: str, peer: _Peer, version: int) -> Iterator[PeerLive]:
    """One item, or more when there is more ink or more endings than one item may hold."""
    who = peer.who if peer.joined > version else None
    fields = {key: value for key, (at, value) in peer.fields.items() if at > version}
    news = [piece for stroke in peer.strokes.values() for piece in stroke.since(version)]
    if len(news) <= 1 and not peer.ended:  # nearly always
        yield PeerLive(name, who, LiveState(ink=tuple(news), **fields))
        return
    ended = iter([stroke for at, stroke in peer.ended if at > version])
    pieces = iter(news)
    held = next(pieces, None)
    first = True
    while first or held is not None:
        ink: list[Ink] = []
        room = MAX_INK_BYTES
        while held is not None and len(ink) < MAX_INK and (not ink or len(held.data) <= room):
            ink.append(held)
            room -= len(held.data)
            held = next(pieces, None)
        over = tuple(islice(ended, MAX_INK))
        yield PeerLive(name, who, LiveState(ink=tuple(ink), ended=over, **fields))
        first, who, fields = False, None, {}
    while over := tuple(islice(ended, MAX_INK)):
        yield PeerLive(name, None, LiveState(ended=over))
