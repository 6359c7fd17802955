"""Stores and servers that the tests at the wire and those in a browser both use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from tests.harness.keeper import Keeper
from tests.harness.server import Server


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """The store that all tests share; every test makes its own boards."""
    store = EmbeddedStore(DataFolder(tmp_path_factory.mktemp("store")))
    store.start()
    yield store
    store.stop()


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """A store that a test may kill, freeze and flush."""
    store = EmbeddedStore(DataFolder(tmp_path / "store"))
    store.start()
    yield store
    store.stop()


@pytest.fixture
def own_server(own_store: EmbeddedStore, tmp_path: Path) -> Iterator[Server]:
    """A server on a store that a test may treat as it likes."""
    own = Server(tmp_path / "server", own_store.url)
    yield own
    own.stop()


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A store that is put back to an earlier state."""
    found = Keeper(tmp_path)
    yield found
    found.store.stop()


@pytest.fixture
def restored(keeper: Keeper, tmp_path: Path) -> Iterator[Server]:
    """A server on a store that is put back to an earlier state."""
    server = Server(tmp_path / "server", keeper.store.url)
    yield server
    server.stop()
