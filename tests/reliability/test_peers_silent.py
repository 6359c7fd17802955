"""Peers that vanish, fall silent or take nothing, on both workers of one board."""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import Final

from inkwire.protocol import codec
from inkwire.protocol.elements import TextElement
from inkwire.protocol.frames import Hello
from inkwire.protocol.ops import Op, Put
from inkwire.protocol.version import PROTOCOL_VERSION
from tests.harness.fault_proxy import FaultProxy
from tests.harness.gauges import ring_commits
from tests.harness.pair import Pair
from tests.harness.raw import RawSocket, message
from tests.harness.server import NewBoard, Server
from tests.harness.soak import Report, sized
from tests.harness.wire import Wire

ROUNDS: Final = sized(2, 20)
OF_EACH: Final = sized(2, 4)
"""Of each kind, on each worker."""
KINDS: Final = ("vanished", "silent")
GUARD_SECONDS: Final = 40.0
SLACK: Final = 2


def heavy(id_: str) -> Op:
    """An op of 20 kB: a socket that takes nothing is full after a few."""
    return Put(TextElement(id=id_, place=(0.0, 0.0, 9.0, 9.0, 0.0), z="a0", text="x" * 19_000))


def descriptors(server: Server) -> int:
    """Open files and sockets of a server's only worker."""
    (worker,) = server.worker_pids()
    return len(os.listdir(f"/proc/{worker}/fd"))


async def vanish(
    stack: contextlib.AsyncExitStack, server: Server, made: NewBoard, name: str
) -> FaultProxy:
    """A page whose network ends: everything is still there but the peer."""
    proxy = await stack.enter_async_context(FaultProxy(server.port))
    await stack.enter_async_context(
        await Wire.enter(server, made, port=proxy.port, person=f"vanished-{name}")
    )
    return proxy


async def say_no_more(
    stack: contextlib.AsyncExitStack, server: Server, made: NewBoard, name: str
) -> None:
    """A socket that greets, reads no byte and answers no ping; in a busy room it is soon full."""
    raw = await stack.enter_async_context(RawSocket(server, made.id, receive_buffer=4096))
    hello = Hello(
        PROTOCOL_VERSION,
        made.id,
        made.token,
        f"session-{name:->12}",
        f"silent-{name}",
        "x",
        "#1971c2",
    )
    await raw.send(message(2, codec.encode(hello)))


def came(wire: Wire, word: str) -> set[str]:
    """The peers that a client ever saw, of persons whose name begins so."""
    return {each.peer for each in wire.live if each.who and each.who.person.startswith(word)}


async def all_came(wire: Wire, count: int) -> None:
    """Receives until so many of each kind were seen."""
    async with asyncio.timeout(GUARD_SECONDS):
        while any(len(came(wire, word)) < count for word in KINDS):
            await wire.receive()


async def all_left(wire: Wire) -> None:
    """Receives until none of them is here."""
    async with asyncio.timeout(GUARD_SECONDS):
        while any(came(wire, word) - set(wire.left) for word in KINDS):
            await wire.receive()


async def test_w7_peers_that_fall_silent_are_gone_on_both_workers(
    hasty_pair: Pair, report: Report
) -> None:
    """[K1] [K2] [L4] Both rooms list them as left, and both workers have what they had before."""
    made = hasty_pair.here.create_board()
    longest = 0.0
    loop = asyncio.get_running_loop()
    async with contextlib.AsyncExitStack() as outer:
        watchers = [
            await outer.enter_async_context(await Wire.enter(server, made)) for server in hasty_pair
        ]
        for k in range(4):
            await watchers[0].commit(heavy(f"first-{k}"))
        for server in hasty_pair:
            await ring_commits(server, at_least=4)
        before = [
            (descriptors(server), server.metric("inkwire_tasks"), server.metric("inkwire_peers"))
            for server in hasty_pair
        ]
        drawn = 0
        for round_ in range(ROUNDS):
            async with contextlib.AsyncExitStack() as stack:
                proxies = []
                for server in hasty_pair:
                    for k in range(OF_EACH):
                        name = f"{round_}-{k}-{server.port}"
                        proxies.append(await vanish(stack, server, made, name))
                        await say_no_more(stack, server, made, name)
                for wire in watchers:
                    await all_came(wire, (round_ + 1) * OF_EACH * 2)
                for proxy in proxies:
                    proxy.mode = "blackhole"
                gone_at = loop.time()
                for _ in range(30):  # a silent peer takes nothing of what is said meanwhile
                    drawn += 1
                    await watchers[0].commit(heavy(f"e{drawn}"))
                for wire in watchers:
                    await all_left(wire)
                longest = max(longest, loop.time() - gone_at)
        codes = {
            code: sum(
                server.metric("inkwire_sockets_closed_total", code=code) for server in hasty_pair
            )
            for code in ("4001", "4002")
        }
        assert sum(codes.values()) >= ROUNDS * OF_EACH * 4
        for server, (files, tasks, peers) in zip(hasty_pair, before, strict=True):
            async with asyncio.timeout(GUARD_SECONDS):
                while (
                    await asyncio.to_thread(server.metric, "inkwire_peers") > peers
                    or descriptors(server) > files + SLACK
                    or server.metric("inkwire_tasks") > tasks + SLACK
                ):
                    pass
    report(
        "W7",
        ghosts=ROUNDS * OF_EACH * 4,
        closed_4001=codes["4001"],
        closed_4002=codes["4002"],
        longest_until_gone_s=round(longest, 1),
        left_over=0,
    )
