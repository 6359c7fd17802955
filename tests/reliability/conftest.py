"""What every reliability test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inkwire.store.embedded import EmbeddedStore
from tests.harness.pair import Pair, started_pair
from tests.harness.server import faults
from tests.harness.soak import SOAK, Report

SOAK_SECONDS = 3_600
"""At full size a test may take this long; a guard against a hang."""


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Notes figures for the report of `make soak`."""
    return Report(request.node.name)


@pytest.fixture
def hasty_pair(embedded: EmbeddedStore, tmp_path: Path) -> Iterator[Pair]:
    """Two workers on one store that lose patience, and put empty rooms away, within a second or two."""
    app = "tests.harness.hasty:create_app"
    with started_pair(tmp_path, embedded.url, TEST_APP=app) as pair:
        yield pair
    for server in pair:
        assert not faults(server.news())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Full sizes take longer than the guard of `make test` allows."""
    if SOAK:
        for item in items:
            if "/tests/reliability/" in str(item.path):
                item.add_marker(pytest.mark.timeout(SOAK_SECONDS))
