"""Joining, resuming, being refused, being replaced."""

from __future__ import annotations

import asyncio
import urllib.request

import pytest
import redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from inkwire.config import load_settings
from inkwire.live.told import session_mark
from inkwire.protocol.frames import Hello, Ping, Position, Ready, Reset, Welcome
from inkwire.protocol.version import PROTOCOL_VERSION
from inkwire.store.connect import open_store
from tests.harness.pair import Pair
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box


async def test_a_joiner_gets_a_snapshot_and_what_follows_it(
    server: Server, board: NewBoard
) -> None:
    """[H6] [C6] Reset, pages, Ready, then every commit after it."""
    async with await Wire.enter(server, board) as first:
        assert not first.welcome.resumed
        seq = await first.commit(box("a"), box("b"))
        async with await Wire.enter(server, board) as second:
            await second.reached(seq)
            assert second.ids == ["a", "b"]
            assert second.position == Position(first.welcome.epoch, seq)
            await first.commit(box("c"))
            await second.reached(seq + 1)
            assert second.ids == ["a", "b", "c"]


async def test_many_joiners_share_one_snapshot(pair: Pair) -> None:
    """[H6] What one joiner had read from the store, the others are sent too."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as author:
        for k in range(20):
            await author.commit(*(box(f"e{k}-{j}") for j in range(50)))
    before = pair.there.metric("inkwire_snapshots_built_total")
    joiners = await asyncio.gather(*(Wire.enter(pair.there, board) for _ in range(10)))
    assert pair.there.metric("inkwire_snapshots_built_total") == before + 1
    for joiner in joiners:
        await joiner.reached(20)
        assert len(joiner.ids) == 1_000
        await joiner.close()


async def test_welcome_names_role_peer_and_worker(server: Server, board: NewBoard) -> None:
    """[H5] The role is the token's, whatever the client would like."""
    for role in ("owner", "editor", "viewer"):
        async with await Wire.enter(server, board, role=role) as wire:
            assert wire.welcome.role == role
            assert wire.welcome.worker
            assert len(wire.peer) >= 8


async def test_a_proven_position_is_resumed_without_a_snapshot(pair: Pair) -> None:
    """[H7] Only what was missed comes, on whichever worker the client comes back."""
    board = pair.here.create_board()
    async with await Wire.enter(pair.here, board) as author:
        async with await Wire.enter(pair.here, board) as away:
            seq = await author.commit(box("a"))
            await away.reached(seq)
            left_at = away.position
        last = 0
        for k in range(30):
            last = await author.commit(box(f"later-{k}"))
        for server in pair:
            async with await Wire.enter(server, board, resume=left_at) as back:
                assert back.welcome.resumed
                await back.reached(last)
                assert [commit.seq for commit in back.commits] == list(
                    range(left_at.seq + 1, last + 1)
                )
                assert not any(isinstance(frame, Reset) for frame in back.frames)


@pytest.mark.parametrize("case", ["future", "foreign", "both"])
async def test_a_position_that_cannot_be_proven_gets_a_snapshot(
    server: Server, board: NewBoard, case: str
) -> None:
    """[H7] Another epoch or a position in the future: never a part of the commits."""
    async with await Wire.enter(server, board) as author:
        seq = await author.commit(box("a"))
        epoch = author.welcome.epoch
    position = {
        "future": Position(epoch, seq + 1_000_000),
        "foreign": Position("someone-elses", seq - 1),
        "both": Position("someone-elses", seq + 1_000_000),
    }[case]
    async with await Wire.enter(server, board, resume=position) as back:
        assert not back.welcome.resumed
        await back.until(Ready)
        await back.reached(seq)
        assert back.ids == ["a"]


async def test_a_forgotten_position_gets_a_snapshot(own_server: Server) -> None:
    """[H7] The log is trimmed below what the client has seen."""
    board = own_server.create_board()
    async with await Wire.enter(own_server, board) as author:
        left_at = Position(author.welcome.epoch, await author.commit(box("a")))
    own_server.stop()
    short = Server(
        own_server.log_path.parent / "short",
        own_server.redis_url,
        INKWIRE_LOG_LENGTH="5",
        INKWIRE_LOG_AGE_S="0",
        INKWIRE_LOG_MOST="5",
    )
    try:
        async with await Wire.enter(short, board) as author:
            for k in range(300):
                await author.push(box(f"b{k}"))
            await author.accepted(300)
        async with await Wire.enter(short, board, resume=left_at) as back:
            # The worker's own ring still reaches back: that is a proof too.
            assert back.welcome.resumed
        short.stop()
        short = Server(short.log_path.parent, own_server.redis_url)
        async with await Wire.enter(short, board, resume=left_at) as back:
            assert not back.welcome.resumed
            await back.until(Ready)
            await back.reached(301)
            assert len(back.ids) == 301
    finally:
        short.stop()


@pytest.mark.parametrize("where", ["here", "there"])
async def test_a_newer_socket_of_a_page_replaces_the_older(pair: Pair, where: str) -> None:
    """[H8] The older one gets 4009, also on another worker; the newer one goes on."""
    board = pair.here.create_board()
    session = "one-and-the-same-page"
    async with await Wire.enter(pair.here, board, session=session) as older:
        second = pair.here if where == "here" else pair.there
        async with await Wire.enter(second, board, session=session) as newer:
            assert await older.closed() == 4009
            with pytest.raises(ConnectionClosed):
                await older.push(box("late"))
            seq = await newer.commit(box("a"))
            await newer.reached(seq)
            assert newer.ids == ["a"]
            await newer.until_pong()
            assert newer.peer not in newer.left


async def test_an_older_socket_stores_nothing_although_nobody_told_its_worker(
    server: Server, board: NewBoard
) -> None:
    """[H8] The store saw a newer one arrive; that is enough."""
    session = "page-of-a-lost-message"
    store = open_store(load_settings(redis_url=server.redis_url))
    try:
        async with await Wire.enter(server, board, session=session) as older:
            await older.commit(box("a"))
            await store.arrive(board.id, session_mark(session), 0)
            await older.push(box("late"))
            assert await older.closed() == 4009
        assert (await store.position(board.id)).seq == 1
    finally:
        await store.close()


async def test_who_came_while_the_store_took_no_writes_comes_again_to_push(
    own_server: Server,
) -> None:
    """[C3] [H8] Looking is possible; the first push that reaches the store asks for a new socket."""
    board = own_server.create_board()
    with redis.Redis.from_url(own_server.redis_url) as raw:
        raw.replicaof("127.0.0.1", "1")
        async with await Wire.enter(own_server, board) as early:
            raw.replicaof("NO", "ONE")
            await early.push(box("a"))
            assert await early.closed() == 4000
        async with await Wire.enter(own_server, board) as again:
            assert await again.commit(box("a")) == 1


async def test_the_first_frame_has_to_be_hello(server: Server, board: NewBoard) -> None:
    """[H2] Any other first frame, and a second hello, close the socket."""
    async with await Wire.open(server, board) as wire:
        await wire.send(Ping(1))
        assert await wire.closed() == 4500
    async with await Wire.enter(server, board) as wire:
        await wire.hello()
        assert await wire.closed() == 4500


async def test_silence_instead_of_hello_is_ended(hasty: Server) -> None:
    """[H2] A socket that says nothing does not stay."""
    async with await Wire.open(hasty, hasty.create_board()) as wire:
        assert await wire.closed() == 4508


async def test_another_version_is_refused(server: Server, board: NewBoard) -> None:
    """[H3] So that an old page knows that it has to be loaded anew."""
    async with await Wire.open(server, board) as wire:
        await wire.hello(version=PROTOCOL_VERSION + 1)
        assert await wire.closed() == 4510


async def test_wrong_keys_are_refused_alike(server: Server, board: NewBoard) -> None:
    """[H4] A guess does not tell whether the board exists."""
    other = server.create_board()
    async with await Wire.open(server, board) as wire:
        await wire.hello(token="")
        assert await wire.closed() == 4501
    reasons = set()
    for asked, token in (
        (board, other.token),
        (board, "wrong"),
        (NewBoard("doesNotExist1234", {}), board.token),
    ):
        async with await Wire.open(server, asked) as wire:
            await wire.hello(token=token)
            assert await wire.closed() == 4504
            reasons.add(wire.socket.close_reason)
    assert len(reasons) == 1
    async with await Wire.open(server, board) as wire:
        await wire.hello(board=other.id, token=other.token)
        assert await wire.closed() == 4504


ORIGINS = [
    ("http://127.0.0.1:{port}", 101),
    (None, 101),
    ("http://evil.example", 403),
    ("null", 403),
    ("http://127.0.0.1:1", 403),
    ("https://127.0.0.1:{port}", 403),
    ("http://127.0.0.1:{port}.evil.example", 403),
    ("http://127.0.0.1.evil.example:{port}", 403),
]


@pytest.mark.parametrize(("origin", "status"), ORIGINS)
async def test_only_our_own_pages_open_a_socket(
    server: Server, board: NewBoard, origin: str | None, status: int
) -> None:
    """[H1] Checked before the socket is opened."""
    shown = origin and origin.format(port=server.port)
    try:
        async with connect(
            server.socket_url(board.id),
            additional_headers={"Origin": shown} if shown else None,
            proxy=None,
        ):
            answered = 101
    except InvalidStatus as refused:
        answered = refused.response.status_code
    assert answered == status


async def test_pushes_before_the_welcome_are_against_the_protocol(
    server: Server, board: NewBoard
) -> None:
    """[H5] Hello and Push in one go: the push is not stored, the socket is closed."""
    async with await Wire.open(server, board) as wire:
        hello = Hello(PROTOCOL_VERSION, board.id, board.token, "s" * 16, "p" * 8, "x", "#1971c2")
        await wire.send(hello)
        await wire.push(box("a"))
        assert await wire.closed() == 4500
    async with await Wire.enter(server, board) as wire:
        assert wire.ids == []


def test_a_page_of_another_site_cannot_even_ask(server: Server) -> None:
    """[H1] Plain requests carry no token of their own; nothing is answered to a stranger."""
    request = urllib.request.Request(
        f"{server.base}/healthz", headers={"Origin": "http://evil.example"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_welcome_is_what_its_struct_says() -> None:
    """[H5] A field more or less is another version."""
    assert Welcome.__struct_fields__ == (
        "version",
        "epoch",
        "seq",
        "resumed",
        "peer",
        "role",
        "title",
        "worker",
    )
