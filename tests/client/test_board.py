"""The asyncio client on a real server: what docs/testing.md says of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from inkwire.client import ConnectionLost, Refusal, connect
from inkwire.protocol.frames import Commit, LiveState
from tests.harness.server import NewBoard, Server


def rectangle(id_: str, x: float = 0) -> list[Any]:
    """A put in its plain form."""
    return ["put", {"type": "rectangle", "id": id_, "z": "a0", "place": [x, 0, 120, 80, 0]}]


async def test_what_one_pushes_the_other_has(server: Server, board: NewBoard) -> None:
    """[C1] Digests of both clients and of the server are equal."""
    link = server.link(board)
    async with await connect(link) as ann, await connect(link) as ben:
        seq = await ann.push([rectangle("r1"), ["set", "r1", {"color": "#e03131"}]])
        await ben.reached(seq)
        assert ben.document is not None
        assert ben.document.digest() == (await ann.server_digest())["sha256"]
        assert await ben.digest() == await ann.server_digest()


async def test_a_board_is_whole_when_connect_returns(server: Server, board: NewBoard) -> None:
    """[H6] A snapshot that is a little old is followed by what came after it before anybody waits."""
    link = server.link(board)
    async with await connect(link) as ann, await connect(link):
        for n in range(20):
            seq = await ann.push([rectangle(f"r{n}")])
            async with await connect(link) as late:
                assert late.position[1] >= seq


async def test_pushes_may_be_pipelined_and_keep_their_order(
    server: Server, board: NewBoard
) -> None:
    """[C1] Acknowledgements come in the order of the pushes."""
    async with await connect(server.link(board)) as ann:
        seqs = await asyncio.gather(*(ann.push([rectangle(f"r{n}")]) for n in range(50)))
        assert seqs == list(range(1, 51))
        listened = [commit async for commit in _first(ann.commits(), 50)]
        assert [commit.n for commit in listened] == list(range(1, 51))


async def test_a_push_sent_again_is_applied_once(server: Server, board: NewBoard) -> None:
    """[C2] The answer got lost; the same number on a new connection gets the same seq."""
    link = server.link(board)
    ann = await connect(link)
    seq = await ann.push([rectangle("r1")])
    ann.abort()
    async with await connect(
        link, resume=ann.position, document=ann.document, cid=ann.cid, n=ann.n
    ) as again:
        assert await again.push([rectangle("r1")], n=1) == seq
        assert (await again.server_digest())["seq"] == seq


async def test_after_a_refusal_the_numbers_go_on_without_a_gap(
    server: Server, board: NewBoard
) -> None:
    """[C3] A push out of order is refused as a gap; what comes next is counted from what is stored."""
    async with await connect(server.link(board)) as ann:
        await ann.push([rectangle("r1")])
        with pytest.raises(Refusal) as refused:
            await ann.push([rectangle("r3")], n=3)
        assert (refused.value.code, refused.value.retryable) == ("gap", True)
        assert await ann.push([rectangle("r2")]) == 2
        assert ann.n == 2


async def test_a_resumed_client_gets_only_what_it_missed(server: Server, board: NewBoard) -> None:
    """[H7] No snapshot, every commit once."""
    link = server.link(board)
    async with await connect(link) as ben:
        ann = await connect(link)
        await ann.push([rectangle("r1")])
        await ann.close()
        for n in range(2, 6):
            await ben.push([rectangle(f"r{n}")])
        async with await connect(link, resume=ann.position, document=ann.document) as again:
            assert again.snapshots == 0
            missed = [commit.seq async for commit in _first(again.commits(), 4)]
            assert missed == [2, 3, 4, 5]
            assert await again.digest() == await ben.server_digest()


async def test_live_states_of_others_arrive(server: Server, board: NewBoard) -> None:
    """[L1] A cursor is seen by the others."""
    link = server.link(board)
    async with await connect(link) as ann, await connect(link) as ben:
        await ann.send_live(LiveState(cursor=(12.0, 34.0)))
        async for peer in ben.live():
            if peer.state.cursor == (12.0, 34.0):
                break
        assert ann.welcome is not None
        assert peer.peer == ann.welcome.peer


async def test_a_wrong_key_is_told_with_its_code(server: Server, board: NewBoard) -> None:
    """[H4] A wrong key and a board that does not exist look alike."""
    with pytest.raises(ConnectionLost, match="4504"):
        await connect(server.link(board), "wrong")


async def _first(commits: Any, count: int) -> Any:
    async for commit in commits:
        assert isinstance(commit, Commit)
        yield commit
        count -= 1
        if not count:
            return
