"""Servers that every folder of tests may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inkwire.store.embedded import EmbeddedStore
from tests.harness.pair import Pair, started_pair, without_faults
from tests.harness.server import NewBoard, Server


@pytest.fixture(scope="session")
def _pair(embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with started_pair(tmp_path_factory.mktemp("servers"), embedded.url) as pair:
        yield pair


@pytest.fixture(scope="session")
def _hasty(embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(
        tmp_path_factory.mktemp("hasty"), embedded.url, TEST_APP="tests.harness.hasty:create_app"
    )
    yield server
    server.stop()


@pytest.fixture
def pair(_pair: Pair) -> Iterator[Pair]:
    """Two workers on one store. A test that makes either log a fault fails."""
    with without_faults(*_pair):
        yield _pair


@pytest.fixture
def server(pair: Pair) -> Server:
    """A server with one worker. A test that makes it log a fault fails."""
    return pair.here


@pytest.fixture
def hasty(_hasty: Server) -> Iterator[Server]:
    """A server that loses patience within a second or two."""
    with without_faults(_hasty):
        yield _hasty


@pytest.fixture
def board(server: Server) -> NewBoard:
    """A new board."""
    return server.create_board()
