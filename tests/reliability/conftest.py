"""What every reliability test may use."""

from __future__ import annotations

import pytest

from tests.harness.soak import SOAK, Report

SOAK_SECONDS = 3_600
"""At full size a test may take this long; a guard against a hang."""


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Notes figures for the report of `make soak`."""
    return Report(request.node.name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Full sizes take longer than the guard of `make test` allows."""
    if SOAK:
        for item in items:
            if "/tests/reliability/" in str(item.path):
                item.add_marker(pytest.mark.timeout(SOAK_SECONDS))
