"""Every metric is documented, and every documented one exists."""

from __future__ import annotations

import re
from pathlib import Path

from prometheus_client import REGISTRY

import inkwire.app  # noqa: F401  # whatever it imports registers its metrics
from tests.harness.server import NewBoard, Server
from tests.harness.wire import Wire, box

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
ROW = re.compile(r"^\| `(inkwire_\w+)` \| (\w+) \|", re.MULTILINE)


def existing() -> dict[str, str]:
    """Names as ``/metrics`` shows them, with their types."""
    return {
        found.name + ("_total" if found.type == "counter" else ""): found.type
        for found in REGISTRY.collect()
        if found.name.startswith("inkwire_")
    }


def test_the_table_is_complete() -> None:
    """A metric that nobody explains helps nobody."""
    documented = ROW.findall(PAGE.read_text())
    assert len(documented) == len(set(documented))
    assert dict(documented) == existing()


async def test_what_is_counted_is_shown(server: Server, board: NewBoard) -> None:
    """A room with two people and a commit, as a monitoring system sees it."""
    async with await Wire.enter(server, board) as author, await Wire.enter(server, board) as other:
        await other.reached(await author.commit(box("a")))
        while not server.metric("inkwire_ring_commits"):
            await author.until_pong()
        assert server.metric("inkwire_peers") >= 2
        assert server.metric("inkwire_tasks") >= 4
        assert server.metric("inkwire_marks_sent_total") >= 2
        assert server.metric("inkwire_ring_bytes") > 20
        assert server.metric("inkwire_commits_behind_most") == 0
        assert server.metric("inkwire_arrival_seconds_count") >= 2
