"""A store that is full, evicts, or answers with an error to everything: on Valkey and on Redis."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import redis

from inkwire.client import Board, Refusal, connect
from inkwire.protocol.elements import TextElement
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Delete, Op, Put
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from tests.faults.crowd import Crowd, drawing, passing
from tests.harness.asking import asked
from tests.harness.server import NewBoard, Server, faults
from tests.harness.soak import SOAK, Report, sized

SEED = int(os.environ.get("INKWIRE_TEST_SEED", "20261121"))
SETTINGS = {
    "enable-debug-command": "yes",
    "enable-protected-configs": "yes",
    "busy-reply-threshold": "100",
}
Fault = Callable[[EmbeddedStore, redis.Redis, Path], AsyncIterator[None]]


@pytest.fixture(params=["valkey", pytest.param("redis", marks=pytest.mark.redis)])
def odd_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store whose settings a test may change while it runs."""
    binary = shutil.which("redis-server") if request.param == "redis" else None
    if request.param == "redis" and binary is None:
        pytest.skip("redis-server is not installed")
    store = EmbeddedStore(
        DataFolder(tmp_path / "store"),
        binary=Path(binary) if binary else None,
        settings=SETTINGS,
    )
    store.start()
    yield store
    store.stop()


@pytest.fixture
def two_workers(odd_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """Two workers on it, which may not log a fault."""
    server = Server(tmp_path / "server", odd_store.url, workers=2)
    yield server
    server.stop()
    assert not faults(server.news())


@pytest.fixture
def raw(odd_store: EmbeddedStore) -> Iterator[redis.Redis]:
    """The store without Inkwire in between."""
    with redis.Redis.from_url(odd_store.url, socket_timeout=10, retry=None) as client:
        yield client


def note(id_: str, size: int) -> Op:
    """An element of about so many bytes."""
    return Put(TextElement(id=id_, place=(0.0, 0.0, 9.0, 9.0, 0.0), z="a0", text="x" * size))


async def pushed(board: Board, *ops: Op) -> str:
    """The code of the refusal, or nothing."""
    try:
        await board.push(ops)
    except Refusal as refusal:
        return refusal.code if refusal.retryable else f"{refusal.code}, for good"
    return ""


async def until_told(board: Board, code: str) -> None:
    """Waits for that notice."""
    async with asyncio.timeout(60):
        while board.notice != code:
            await passing(0.05)


async def until_ready(server: Server, ready: bool) -> bytes:
    """Waits for that answer of ``/readyz``; returns its words."""
    async with asyncio.timeout(60):
        while True:
            answer = await asked(f"{server.base}/readyz")
            if (answer.status == 200) == ready:
                return answer.body


async def statuses(server: Server, board: NewBoard) -> dict[str, int]:
    """What reading answers."""
    api = f"{server.base}/api/boards/{board.id}"
    paths = ("", "/digest", "/export.json", "/export.svg")
    return {path: (await asked(api + path, board.token)).status for path in paths}


@pytest.mark.slow
async def test_r7_a_full_store_can_be_read_and_made_less_full(
    two_workers: Server, odd_store: EmbeddedStore, raw: redis.Redis, report: Report
) -> None:
    """[C3] [C9] Nobody is told what was not kept; reading and deleting go on; then evicting is noticed."""
    server = two_workers
    board = server.create_board()
    author = await connect(server.link(board))
    watcher = await connect(server.link(board), open_timeout=60)
    for k in range(20):
        assert await pushed(author, note(f"e{k}", 10_000)) == ""
    raw.config_set("maxmemory", int(raw.info("memory")["used_memory"]) + 200_000)
    kept, refused = 20, 0
    while refused < 10:
        code = await pushed(author, note(f"e{kept}", 10_000))
        assert code in ("", "store-full")
        refused += code != ""
        kept += code == ""
        assert kept < 200
    # At the very limit a byte decides; from here on it is full whatever comes and goes.
    raw.config_set("maxmemory", int(raw.info("memory")["used_memory"]) // 2)
    await until_told(watcher, "store-full")
    words = await until_ready(server, False)
    assert b"memory is used up" in words
    assert set((await statuses(server, board)).values()) == {200}
    assert (await asked(f"{server.base}/api/boards", body=b"{}")).status == 507
    late = await connect(server.link(board), open_timeout=60)
    await until_told(late, "store-full")
    assert late.document is not None
    assert len(late.document) == kept
    assert await pushed(author, Delete("e0")) == ""
    assert await pushed(author, note("f0", 10_000)) == "store-full"
    for k in range(1, 10):
        assert await pushed(late, Delete(f"e{k}")) == ""
    seq = author.position[1]
    await watcher.reached(max(seq, late.position[1]))
    raw.config_set("maxmemory", 0)
    assert await pushed(author, note("f1", 10_000)) == ""
    await watcher.reached(author.position[1])
    seqs = []
    async for commit in watcher.commits():
        assert isinstance(commit, Commit)
        seqs.append(commit.seq)
        if commit.seq == author.position[1]:
            break
    assert seqs[-1] == kept + 10 + 1, "somebody was told what was not kept"
    await late.reached(author.position[1])
    digests = {(await each.digest())["sha256"] for each in (author, watcher, late)}
    assert digests == {(await author.server_digest())["sha256"]}
    await until_told(watcher, "")
    await until_ready(server, True)

    raw.config_set("maxmemory-policy", "allkeys-lru")
    assert (
        await asked(f"{server.base}/readyz")
    ).status == 200  # without a limit nothing is evicted
    raw.config_set("maxmemory", "1gb")
    assert b"noeviction" in await until_ready(server, False)
    with pytest.raises(RuntimeError, match="noeviction"):
        await asyncio.to_thread(Server, odd_store.folder.path / "second", odd_store.url)
    raw.config_set("maxmemory-policy", "noeviction")
    await until_ready(server, True)
    for each in (author, watcher, late):
        await each.close()
    report("R7", kept=kept, refused=refused, told_of=len(seqs), server=server_name(raw))


def server_name(raw: redis.Redis) -> str:
    """Which server it is."""
    info = raw.info("server")
    return "Valkey" if "valkey_version" in info else f"Redis {info['redis_version']}"


@asynccontextmanager
async def busy(store: EmbeddedStore, raw: redis.Redis, _folder: Path) -> AsyncIterator[None]:
    """Somebody else's endless script."""
    with redis.Redis.from_url(store.url) as other:
        endless = threading.Thread(target=_endless, args=(other,))
        endless.start()
        try:
            yield
        finally:
            raw.script_kill()
            await asyncio.to_thread(endless.join)


def _endless(client: redis.Redis) -> None:
    with pytest.raises(redis.RedisError):
        client.eval("while true do end", 0)


@asynccontextmanager
async def asleep(_store: EmbeddedStore, raw: redis.Redis, _folder: Path) -> AsyncIterator[None]:
    """DEBUG SLEEP: it answers nobody."""
    sleeping = asyncio.create_task(asyncio.to_thread(raw.execute_command, "DEBUG", "SLEEP", 3))
    yield
    await sleeping


@asynccontextmanager
async def read_only(_store: EmbeddedStore, raw: redis.Redis, _folder: Path) -> AsyncIterator[None]:
    """It has become a replica of nobody."""
    raw.replicaof("127.0.0.1", "1")
    try:
        yield
    finally:
        raw.replicaof("NO", "ONE")


@asynccontextmanager
async def disk_trouble(
    _store: EmbeddedStore, raw: redis.Redis, folder: Path
) -> AsyncIterator[None]:
    """A snapshot to the disk failed (MISCONF): the folder for it is gone."""
    home = str(raw.config_get("dir")["dir"])
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    raw.config_set("save", "3600 1")
    raw.config_set("dir", str(elsewhere))
    elsewhere.rmdir()
    await saved(raw, "err")
    try:
        yield
    finally:
        raw.config_set("dir", home)
        await saved(raw, "ok")
        raw.config_set("save", "")


async def saved(raw: redis.Redis, wanted: str) -> None:
    """Saves in the background, which has to end like that."""
    async with asyncio.timeout(60):
        while True:
            info = raw.info("persistence")
            if not info["rdb_bgsave_in_progress"] and info["rdb_last_bgsave_status"] == wanted:
                return
            if not info["rdb_bgsave_in_progress"]:
                raw.bgsave()
            await passing(0.1)


@asynccontextmanager
async def loading(store: EmbeddedStore, raw: redis.Redis, _folder: Path) -> AsyncIterator[None]:
    """It reads its file, which takes a while, and says so."""
    for k in range(3_000):
        raw.set(f"slow:{k}", "x")
    store._settings["key-load-delay"] = "1000"
    os.kill(store.pid, signal.SIGKILL)
    await asyncio.to_thread(_gone, store)
    store.spawn()
    yield
    async with asyncio.timeout(60):
        while not _loaded(raw):
            await passing(0.05)


def _gone(store: EmbeddedStore) -> None:
    while store.is_alive():
        pass


def _loaded(raw: redis.Redis) -> bool:
    try:
        return bool(raw.ping())
    except redis.RedisError:
        return False


REDIS = pytest.mark.redis
QUICK = [
    pytest.param("redis", busy, marks=REDIS, id="redis-busy"),
    pytest.param("valkey", asleep, id="valkey-asleep"),
    pytest.param("redis", read_only, marks=REDIS, id="redis-read_only"),
    pytest.param("valkey", disk_trouble, id="valkey-disk_trouble"),
    pytest.param("valkey", loading, id="valkey-loading"),
]
FULL = [
    pytest.param("valkey", busy, id="valkey-busy"),
    pytest.param("redis", asleep, marks=REDIS, id="redis-asleep"),
    pytest.param("valkey", read_only, id="valkey-read_only"),
    pytest.param("redis", disk_trouble, marks=REDIS, id="redis-disk_trouble"),
    pytest.param("redis", loading, marks=REDIS, id="redis-loading"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("odd_store", "fault"), QUICK + FULL if SOAK else QUICK, indirect=["odd_store"]
)
async def test_r8_a_store_that_says_no_is_waited_for(
    two_workers: Server,
    odd_store: EmbeddedStore,
    raw: redis.Redis,
    tmp_path: Path,
    fault: Fault,
    report: Report,
) -> None:
    """[C7] Every no becomes a retryable refusal; people draw on, and all is well soon afterwards."""
    dice = random.Random(SEED)
    server, board = two_workers, two_workers.create_board()
    loop = asyncio.get_running_loop()
    async with drawing([server.link(board)] * 3, dice, 0.1) as crowd:
        for _ in range(sized(1, 3)):
            refused = sum(crowd.refusals.values())
            async with fault(odd_store, raw, tmp_path):  # type: ignore[attr-defined]
                begun = loop.time()
                words = await until_ready(server, False)
                noticed = loop.time() - begun
                await crowd.until(lambda was=refused: sum(crowd.refusals.values()) > was)  # type: ignore[misc]
            over = loop.time()
            again = await crowd.everyone_gets(2)
            report(
                "R8",
                fault=fault.__name__,
                server=server_name(raw),
                unready_after_s=round(noticed, 2),
                first_ack_s=round(crowd.first_acknowledged_after(over), 2),
                everyone_again_s=round(again, 2),
                words=words.decode()[:120],
            )
            await until_ready(server, True)
            if SOAK:
                assert crowd.first_acknowledged_after(over) <= 2.0
        await whole(crowd, server, board, odd_store)


async def whole(crowd: Crowd, server: Server, board: NewBoard, store: EmbeddedStore) -> None:
    """Nothing was lost, doubled, or refused for good; no socket was closed."""
    verdict = await crowd.judged(server.link(board), store.url)
    assert (verdict.missing, verdict.twice, verdict.digests) == (0, 0, 1)
    assert not crowd.absences()
    assert set(crowd.refusals) <= {"unavailable", "read-only", "gap"}
