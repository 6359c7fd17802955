"""Whether the store can be trusted with people's drawings: at the start, and while it runs."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from typing import Final

from redis.exceptions import ResponseError

from inkwire.errors import StoreUnavailable
from inkwire.store.board_store import StoreHealth
from inkwire.store.commands import Commands
from inkwire.store.keys import PROBE

_EVICTING: Final = re.compile(r"allkeys-")
"""The volatile policies touch only keys with a time to live, of which a board has none."""


def forgetful(info: Mapping[str, object]) -> list[str]:
    """How a store with these answers to INFO (memory, persistence) would lose boards; in words."""
    ways = []
    if "aof_enabled" in info and str(info["aof_enabled"]) == "0":
        ways.append("has no append-only file (appendonly yes): a crash loses what was drawn")
    policy = str(info.get("maxmemory_policy", ""))
    if _EVICTING.match(policy) and str(info.get("maxmemory", "0")) != "0":
        ways.append(
            f"throws boards away when memory runs short (maxmemory-policy {policy}; "
            "noeviction is needed)"
        )
    return ways


async def probe(commands: Commands, *, may_forget: bool) -> StoreHealth:
    """Writes a key of no meaning and looks at what the store would lose; never raises.

    ``may_forget`` is for installations that said that this is fine.
    """
    started = time.perf_counter()
    try:
        _, info = await asyncio.gather(commands.call("SET", PROBE, "1", "EX", 60), _info(commands))
    except StoreUnavailable as error:
        return StoreHealth(False, str(error), _since(started), error.code)
    ways = [] if may_forget else forgetful(info)
    return StoreHealth(not ways, "; ".join(f"The store {way}." for way in ways), _since(started))


async def _info(commands: Commands) -> dict[str, str]:
    try:
        answer: bytes = await commands.call("INFO", "memory", "persistence")
    except (ResponseError, StoreUnavailable):  # hosted servers may forbid it; SET tells the rest
        return {}
    pairs = (line.split(":", 1) for line in answer.decode(errors="replace").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
