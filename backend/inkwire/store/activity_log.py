"""The store's part of the activity feed: events with numbers, who is here, and how far commits are summed up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from inkwire.errors import BoardNotFound
from inkwire.rooms.activity import Event, Person
from inkwire.rooms.activity_ring import MAX_EVENTS
from inkwire.store import scripts
from inkwire.store.commands import Commands
from inkwire.store.keys import ACTIVITY_MARK, board_keys, exported_mark

KEPT_MS: Final = 30 * 86_400_000
"""How long an event is kept."""
EXPORTED_MS: Final = 60_000
"""Who takes the same format again within so long is not told again."""
_json: Final = msgspec.json.Encoder().encode
_msgpack: Final = msgspec.msgpack.Encoder().encode
_person: Final = msgspec.msgpack.Decoder(Person)


@dataclass(frozen=True, slots=True)
class ActivityState:
    """``events`` are numbers ``first`` to ``last``; ``settled`` is the last commit that was summed up.

    ``people`` are here as of event ``last``; ``links`` are the hashes of the tokens that open the board.
    """

    epoch: str
    last: int
    settled: int
    people: Mapping[str, Person]
    first: int
    events: Sequence[bytes]
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a worker has to add; the store takes of it what nobody else has told before.

    ``sums`` are of all commits after ``settled`` up to ``until``.
    """

    settled: int
    until: int
    joined: Sequence[Event] = ()
    left: Sequence[Event] = ()
    sums: Sequence[Event] = ()
    notes: Sequence[Event] = ()


class ActivityLog:
    """The activity of all boards. Every method may raise ``errors.StoreUnavailable``, ``BoardNotFound``."""

    def __init__(self, writes: Commands, reads: Commands) -> None:
        self._writes = writes
        self._reads = reads

    async def read(self, board: str, after: int = 0) -> ActivityState:
        """The events after a number that the store still has, and who is here."""
        keys = board_keys(board)
        answer = await self._reads.run(
            scripts.ACTIVITY_READ,
            (keys.meta, keys.activity, keys.people, keys.links),
            after,
            MAX_EVENTS,
        )
        match answer:
            case [b"ok", epoch, last, settled, flat, first, events, links]:
                people = {
                    flat[k].decode(): _person.decode(flat[k + 1]) for k in range(0, len(flat), 2)
                }
                return ActivityState(
                    epoch.decode(),
                    last,
                    settled,
                    people,
                    first,
                    events,
                    frozenset(each.decode() for each in links),
                )
            case _:
                raise BoardNotFound("no such board")

    async def exported(self, board: str, person: str, form: str, now_ms: int) -> None:
        """Tells that somebody took the board with them; once a minute for each format.

        Only of who is here: anybody else might be invented.
        """
        keys = board_keys(board)
        epoch, known, new = await asyncio.gather(
            self._reads.call("HGET", keys.meta, "epoch"),
            self._reads.call("HGET", keys.people, person),
            self._writes.call(
                "SET", exported_mark(board, person, form), "1", "NX", "PX", EXPORTED_MS
            ),
        )
        if epoch is None or known is None or new is None:
            return
        who = _person.decode(known)
        event = Event(
            type="exported",
            at=now_ms,
            person=person,
            name=who.name,
            color=who.color,
            format=form,
        )
        await self.settle(board, epoch.decode(), Findings(0, 0, notes=[event]), now_ms)

    async def after(self, board: str, number: int, most: int) -> list[tuple[int, bytes]]:
        """Up to ``most`` events after a number, each with its own; the first may be a later one."""
        rows = await self._reads.call(
            "XRANGE", board_keys(board).activity, f"{number + 1}-0", "+", "COUNT", most
        )
        return [(int(id_.partition(b"-")[0]), fields[1]) for id_, fields in rows]

    async def ring(self, board: str) -> None:
        """Has every worker with readers look at once: a link was withdrawn, or the board is gone.

        Without it they look within a few seconds.
        """
        told = _msgpack(("", 0, 0, ()))
        await self._writes.call("SPUBLISH", board_keys(board).channel, ACTIVITY_MARK + told)

    async def settle(
        self, board: str, epoch: str, findings: Findings, now_ms: int
    ) -> tuple[int, int] | None:
        """Adds what nobody has told yet; the number of the last event, and how far commits are summed up.

        None: the board's history is another by now. Safe to repeat, but for ``notes``.
        """
        keys = board_keys(board)
        told: list[str | bytes] = []
        for each in findings.joined:
            who = _msgpack(Person(each.name, each.color))
            told += ["j", each.person, who, _json(each)]
        for each in findings.sums:
            told += ["c", "", "", _json(each)]
        for each in findings.left:  # after what they did
            told += ["l", each.person, "", _json(each)]
        for each in findings.notes:
            told += ["n", "", "", _json(each)]
        answer = await self._writes.run(
            scripts.ACTIVITY_SETTLE,
            (keys.meta, keys.activity, keys.people),
            keys.channel,
            epoch,
            findings.settled,
            findings.until,
            now_ms,
            MAX_EVENTS,
            now_ms - KEPT_MS,
            *told,
        )
        match answer:
            case [b"ok", last, settled]:
                return last, settled
            case [b"lost"]:
                return None
            case _:
                raise BoardNotFound("no such board")
