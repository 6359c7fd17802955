"""What a server has stored, seen from outside the browser."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from inkwire.client import connect
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Put
from tests.harness.server import NewBoard, Server


def stored(server: Server, board: NewBoard) -> set[str]:
    """The ids of the elements that the server has."""
    request = urllib.request.Request(
        f"{server.base}/api/boards/{board.id}/export.json",
        headers={"Authorization": f"Bearer {board.token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return {each["id"] for each in json.load(answer)["elements"]}


def check_log(link: str, shown: Iterable[str], digest: dict[str, object]) -> None:
    """Every commit from the first: numbered in each author's order, each element put once, all of it on the page.

    ``shown``: the ids of all elements that were ever put; ``digest``: the page's.
    """
    with ThreadPoolExecutor(1) as other:  # Playwright has this thread's event loop.
        other.submit(asyncio.run, _check_log(link, shown, digest)).result()


async def _check_log(link: str, shown: Iterable[str], digest: dict[str, object]) -> None:
    fresh = await connect(link)
    epoch, seq = fresh.position
    assert await fresh.server_digest() == digest
    history = await connect(link, resume=(epoch, 0))
    await history.reached(seq)
    assert history.snapshots == 0, "the log does not reach back to the first commit"
    numbers: Counter[str] = Counter()
    put: Counter[str] = Counter()
    async for commit in history.commits():
        assert isinstance(commit, Commit)
        numbers[commit.cid] += 1
        assert commit.n == numbers[commit.cid], "out of its author's order"
        put.update(op.element.id for op in commit.ops if isinstance(op, Put))
        if commit.seq == seq:
            break
    assert put == Counter(shown), "missing, or applied twice"
    await fresh.close()
    await history.close()
