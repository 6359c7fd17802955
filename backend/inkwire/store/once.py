"""Requests that may come again: what they asked for, and what was answered, for a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from inkwire.store.commands import Commands
from inkwire.store.keys import once_key

KEPT_SECONDS: Final = 86_400
_Kept = tuple[bytes, bytes | None]
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder(_Kept).decode


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same request has come before, or is being worked on: ``answer`` is None until it was answered."""

    same: bool
    """Whether it asked for the same; else its key was used for something else."""
    answer: bytes | None


class Once:
    """Every method may raise ``errors.StoreUnavailable``.

    It does not lock: what is done twice at the same moment has to come to the same by itself.
    """

    def __init__(self, writes: Commands) -> None:
        self._writes = writes

    async def begin(self, scope: str, request: str, asked: bytes) -> Earlier | None:
        """Notes what a request asks for; None for one that is new. ``request`` names it in its ``scope``."""
        before = await self._writes.call(
            "SET", once_key(scope, request), _encode((asked, None)), "NX", "GET", "EX", KEPT_SECONDS
        )
        if before is None:
            return None
        known, answer = _decode(before)
        return Earlier(known == asked, answer)

    async def answered(self, scope: str, request: str, asked: bytes, answer: bytes) -> None:
        """Keeps the answer."""
        kept = _encode((asked, answer))
        await self._writes.call("SET", once_key(scope, request), kept, "EX", KEPT_SECONDS)

    async def forget(self, scope: str, request: str) -> None:
        """It was refused: the key may be used again, also for something else."""
        await self._writes.call("UNLINK", once_key(scope, request))
