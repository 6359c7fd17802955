"""What is looked at once a second, for ``/metrics``: how far behind connections are, what rooms keep."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from inkwire.live.room import Room
from inkwire.live.sender import Standing
from inkwire.observe import metrics


def show(standings: Iterable[Standing], rooms: Iterable[Room]) -> None:
    """Sets the gauges of this worker."""
    behind = waiting = slow = 0
    for each in standings:
        behind = max(behind, each.behind)
        waiting += each.waiting
        slow += each.slow
    metrics.COMMITS_BEHIND.set(behind)
    metrics.BYTES_WAITING.set(waiting)
    metrics.SLOW_PEERS.set(slow)
    rings = [room.outbox.ring for room in rooms]
    metrics.RING_COMMITS.set(sum(map(len, rings)))
    metrics.RING_BYTES.set(sum(ring.bytes for ring in rings))
    metrics.TASKS.set(len(asyncio.all_tasks()))
