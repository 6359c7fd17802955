"""Servers that every folder of tests may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from inkwire.store.embedded import EmbeddedStore
from tests.harness.server import NewBoard, Server, faults


class Pair(NamedTuple):
    """Two servers of one worker each on one store: two workers, and the test chooses which."""

    here: Server
    there: Server


@pytest.fixture(scope="session")
def _pair(embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("servers")
    pictures = str(folder / "pictures")
    here = Server(folder / "here", embedded.url, INKWIRE_PICTURES=pictures)
    there = Server(folder / "there", embedded.url, INKWIRE_PICTURES=pictures)
    yield Pair(here, there)
    here.stop()
    there.stop()


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
    _pair.here.news()
    _pair.there.news()
    yield _pair
    assert not faults(_pair.here.news())
    assert not faults(_pair.there.news())


@pytest.fixture
def server(pair: Pair) -> Server:
    """A server with one worker. A test that makes it log a fault fails."""
    return pair.here


@pytest.fixture
def hasty(_hasty: Server) -> Iterator[Server]:
    """A server that loses patience within a second or two."""
    _hasty.news()
    yield _hasty
    assert not faults(_hasty.news())


@pytest.fixture
def board(server: Server) -> NewBoard:
    """A new board."""
    return server.create_board()
