"""Bringing a connection up to date while the store comes and goes; no socket, no server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from inkwire.errors import StoreUnavailable
from inkwire.live import arriving
from inkwire.live.arriving import bring_up
from inkwire.protocol.frames import Position


class TornSnapshot:
    """The store fails after its first frame."""

    epoch, seq = "e", 7

    def __init__(self, whole: bool) -> None:
        self._whole = whole

    async def frames(self, _view: object) -> AsyncIterator[bytes]:
        yield b"reset"
        if not self._whole:
            raise StoreUnavailable("It died.")
        yield b"page"
        yield b"ready"


async def test_c5_whoever_has_a_socket_keeps_it_while_the_store_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Down, then dead in the middle of a snapshot, then well: one whole snapshot, from its Reset."""
    monkeypatch.setattr(arriving, "_PAUSE_SECONDS", 0)
    attempts = 0

    async def snapshot(_view: object) -> TornSnapshot:
        nonlocal attempts
        attempts += 1
        if attempts < 3:
            raise StoreUnavailable("It is down.")
        return TornSnapshot(whole=attempts > 3)

    sent: list[bytes] = []
    followed: list[int] = []

    async def send(frame: bytes) -> None:
        sent.append(frame)

    ring = SimpleNamespace(covers=lambda _seq: True)
    room = SimpleNamespace(snapshot=snapshot, epoch="e", outbox=SimpleNamespace(ring=ring))
    sender = SimpleNamespace(send=send, follow=lambda _outbox, seq: followed.append(seq))
    async with asyncio.timeout(60):
        await bring_up(cast(Any, sender), cast(Any, room), None, None)
    assert sent == [b"reset", b"reset", b"page", b"ready"]
    assert followed == [7]


async def test_c4_commits_go_on_where_the_store_died(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sent is not sent again."""
    monkeypatch.setattr(arriving, "_PAUSE_SECONDS", 0)
    asked: list[int] = []

    async def missed(position: Position) -> list[bytes]:
        asked.append(position.seq)
        if len(asked) == 2:
            raise StoreUnavailable("It died.")
        return [position.seq.to_bytes(8, "big")]

    sent: list[list[int]] = []

    async def send(_sender: object, commits: list[bytes]) -> None:
        sent.append([int.from_bytes(each, "big") for each in commits])

    monkeypatch.setattr(arriving, "_send", send)
    monkeypatch.setattr(arriving, "seq_of", lambda data: int.from_bytes(data, "big") + 1)
    ring = SimpleNamespace(covers=lambda seq: seq >= 4)
    room = SimpleNamespace(missed=missed, epoch="e", outbox=SimpleNamespace(ring=ring))
    sender = SimpleNamespace(follow=lambda _outbox, _seq: None)
    async with asyncio.timeout(60):
        await bring_up(cast(Any, sender), cast(Any, room), Position("e", 1), None)
    assert asked == [1, 2, 2, 3]
    assert sent == [[1], [2], [3]]


class Contradicting:
    """A store that never lacks a snapshot, and never has what follows it."""

    epoch = "e"

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.sent = 0
        self.outbox = SimpleNamespace(ring=SimpleNamespace(covers=lambda seq: seq >= 1_000))

    async def missed(self, position: Position) -> list[bytes]:
        if position.seq >= self.pages:
            return []
        self.sent += 1
        return [(position.seq + 1).to_bytes(8, "big")]

    async def catch_up(self) -> None:
        """The store has nothing to add."""


@pytest.mark.parametrize(("pages", "ends"), [(1_000, True), (300, False)])
async def test_h7_a_log_of_any_length_is_replayed(
    monkeypatch: pytest.MonkeyPatch, pages: int, ends: bool
) -> None:
    """A thousand pages are a thousand steps forward; a store that leads nowhere is not asked for ever."""

    async def send(_sender: object, commits: list[bytes]) -> None:
        assert commits

    monkeypatch.setattr(arriving, "_send", send)
    monkeypatch.setattr(arriving, "seq_of", lambda data: int.from_bytes(data, "big"))
    room = Contradicting(pages)
    followed: list[int] = []
    sender = SimpleNamespace(follow=lambda _outbox, seq: followed.append(seq))
    async with asyncio.timeout(60):
        if ends:
            await bring_up(cast(Any, sender), cast(Any, room), Position("e", 0), None)
        else:
            with pytest.raises(StoreUnavailable):
                await bring_up(cast(Any, sender), cast(Any, room), Position("e", 0), None)
    assert room.sent == pages
    assert followed == ([1_000] if ends else [])
