"""What the store's log says happened, and whether that fits to what clients were told."""

from __future__ import annotations

from collections.abc import Iterable

from inkwire.config import load_settings
from inkwire.protocol import codec
from inkwire.protocol.frames import Commit
from inkwire.rooms.document import Document
from inkwire.store.connect import open_store
from tests.harness.scribe import Ledger
from tests.harness.server import Server


async def history(server: Server, board: str, after: int = 0) -> list[Commit]:
    """Every commit of a board after a seq, read from its log; fails if the first one is gone."""
    store = open_store(load_settings(redis_url=server.redis_url))
    try:
        meta = await store.board(board)
        assert meta is not None
        found: list[Commit] = []
        while True:
            page = await store.commits_after(board, meta.epoch, found[-1].seq if found else after)
            assert page is not None, f"the log does not reach back to {after}"
            if not page:
                break
            found += [codec.decode_commit(each) for each in page]
    finally:
        await store.close()
    assert [commit.seq for commit in found] == list(range(after + 1, after + len(found) + 1))
    return found


def replayed(commits: Iterable[Commit]) -> Document:
    """The document that the log makes from nothing."""
    document = Document()
    for commit in commits:
        document.apply(commit.ops)
    return document


def in_order_and_once(commits: Iterable[Commit]) -> None:
    """Every client's pushes are in the log as 1, 2, 3 …: none missing, none twice, none overtaken."""
    numbers: dict[str, int] = {}
    for commit in commits:
        before = numbers.get(commit.cid, 0)
        assert commit.n == before + 1, f"push {commit.n} of {commit.cid} after {before}"
        numbers[commit.cid] = commit.n


def agrees(commits: list[Commit], cid: str, ledger: Ledger) -> None:
    """What a client sent is in the log as it was sent; what it was told names that place or later."""
    logged = {commit.n: commit for commit in commits if commit.cid == cid}
    lost = [n for n in ledger.acknowledged if n not in logged]
    assert not lost, f"acknowledged to {cid} and not in the log: {lost}"
    for n, commit in logged.items():
        assert commit.ops == ledger.sent[n], f"push {n} of {cid} is another in the log"
        assert ledger.acknowledged.get(n, commit.seq) >= commit.seq
