"""The store's part of webhooks: what they are, how far each has been told, and which worker is at it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from inkwire.errors import BoardNotFound, Refusal
from inkwire.protocol.codes import RefusalCode
from inkwire.rooms.webhooks import MOST, Progress, Webhook
from inkwire.store import scripts
from inkwire.store.commands import Commands
from inkwire.store.keys import HOOKED, board_keys, hook_claim

_json: Final = msgspec.json.Encoder().encode
_webhook: Final = msgspec.json.Decoder(Webhook)
_progress: Final = msgspec.json.Decoder(Progress)


class Standing(NamedTuple):
    """A webhook and how far its receiver has been told."""

    webhook: Webhook
    progress: Progress


class WebhookLog:
    """The webhooks of all boards. Every method may raise ``errors.StoreUnavailable``."""

    def __init__(self, writes: Commands, reads: Commands) -> None:
        self._writes = writes
        self._reads = reads

    async def add(self, board: str, webhook: Webhook) -> None:
        """Begins after the newest event. Raises ``BoardNotFound``, ``Refusal``: there are too many."""
        keys = board_keys(board)
        (epoch, last), count = await asyncio.gather(
            self._reads.call("HMGET", keys.meta, "epoch", "activity"),
            self._reads.call("HLEN", keys.hooks),
        )
        if epoch is None:
            raise BoardNotFound("no such board")
        if count >= MOST:
            raise Refusal(RefusalCode.INVALID, f"A board has at most {MOST} webhooks.")
        progress = Progress(number=int(last or 0))
        await self._writes.call("HSET", keys.hook_progress, webhook.id, _json(progress))
        await self._writes.call("HSET", keys.hooks, webhook.id, _json(webhook))
        await self._writes.call("SADD", HOOKED, board)  # last: see ``forget``

    async def remove(self, board: str, id_: str) -> bool:
        """Whether there was one; what is under way may still arrive."""
        keys = board_keys(board)
        gone: int = await self._writes.call("HDEL", keys.hooks, id_)
        await self._writes.call("HDEL", keys.hook_progress, id_)
        return gone > 0

    async def of(self, board: str) -> list[Standing]:
        """The board's webhooks, oldest first."""
        keys = board_keys(board)
        hooks, progress = await asyncio.gather(
            self._reads.call("HVALS", keys.hooks), self._reads.call("HGETALL", keys.hook_progress)
        )
        told = {progress[k].decode(): progress[k + 1] for k in range(0, len(progress), 2)}
        found = sorted(map(_webhook.decode, hooks), key=lambda each: (each.created, each.id))
        return [
            Standing(
                each, _progress.decode(told[each.id]) if each.id in told else Progress(number=0)
            )
            for each in found
        ]

    async def boards(self) -> Sequence[str]:
        """The boards that may have webhooks."""
        return [each.decode() for each in await self._reads.call("SMEMBERS", HOOKED)]

    async def last_event(self, board: str) -> int | None:
        """The number of the board's newest event; None if the board is gone."""
        epoch, last = await self._reads.call("HMGET", board_keys(board).meta, "epoch", "activity")
        return None if epoch is None else int(last or 0)

    async def epoch(self, board: str) -> str:
        """The board's epoch, empty if the board is gone."""
        found = await self._reads.call("HGET", board_keys(board).meta, "epoch")
        return found.decode() if found else ""

    async def forget(self, board: str) -> None:
        """The board had no webhooks, or was gone itself, when the caller looked; now it may have one."""
        await self._writes.run(scripts.HOOKS_GONE, (board_keys(board).hooks, HOOKED), board)

    async def claim(self, board: str, id_: str, claimant: str, keep_ms: int) -> bool:
        """Whether the claimant may tell this receiver; for so long, or until it notes an end."""
        answer = await self._writes.call(
            "SET", hook_claim(board, id_), claimant, "NX", "PX", keep_ms
        )
        return answer is not None

    async def note(
        self, board: str, id_: str, claimant: str, progress: Progress, keep_ms: int = 0
    ) -> bool:
        """Stores how far it is, and keeps the claim for so long. False: the claim or the webhook is gone."""
        keys = board_keys(board)
        answer = await self._writes.run(
            scripts.HOOK_PROGRESS,
            (keys.hooks, keys.hook_progress, hook_claim(board, id_)),
            claimant,
            id_,
            _json(progress),
            keep_ms,
        )
        return bool(answer)
