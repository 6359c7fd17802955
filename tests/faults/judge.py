"""What must be true of a board after any fault: nothing missing, nothing twice, all equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from inkwire.assets.folder import FolderFiles
from inkwire.client import connect
from inkwire.protocol.codec import decode_commit
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Put
from inkwire.store.connect import new_pool
from inkwire.store.redis_store import RedisBoardStore
from tests.faults.steady import SteadyAuthor


@dataclass(frozen=True)
class Verdict:
    """What the board's log says, beside the authors' ledgers."""

    commits: int
    missing: int
    """Acknowledged, and neither in the document nor in the log."""
    twice: int
    digests: int
    """How many different ones the clients and the server have."""


async def judge(link: str, store_url: str, authors: Sequence[SteadyAuthor]) -> Verdict:
    """Compares the board, its whole log in the store, and what the authors hold.

    Authors must have finished. Asserts what no fault excuses: a log without a gap, each author's
    pushes in order.
    """
    async with await connect(link, open_timeout=60) as fresh:
        assert fresh.document is not None
        seq = fresh.position[1]
        written: Counter[str] = Counter()
        numbers: dict[str, int] = {}
        commits = await _log(store_url, fresh.address.board)
        assert [commit.seq for commit in commits] == list(range(1, len(commits) + 1))
        for commit in commits:
            assert commit.n == numbers.get(commit.cid, 0) + 1, "out of its author's order"
            numbers[commit.cid] = commit.n
            written.update(op.element.id for op in commit.ops if isinstance(op, Put))
        acknowledged = {
            author.ledger.sent[n] for author in authors for n in author.ledger.acknowledged
        }
        missing = {id_ for id_ in acknowledged if fresh.document.get(id_) is None}
        missing |= acknowledged - set(written)
        digests = {(await fresh.digest())["sha256"], (await fresh.server_digest())["sha256"]}
        for author in authors:
            digests.add((await (await author.at(seq)).digest())["sha256"])
    twice = sum(count - 1 for count in written.values())
    return Verdict(seq, len(missing), twice, len(digests))


async def _log(store_url: str, board: str) -> list[Commit]:
    """Every commit from the first."""
    store = RedisBoardStore(new_pool(store_url, "judge"), FolderFiles(Path()))
    try:
        epoch = (await store.position(board)).epoch
        commits: list[Commit] = []
        while some := await store.commits_after(board, epoch, len(commits)):
            commits += map(decode_commit, some)
        assert some is not None, "the log does not reach back to the first commit"
        return commits
    finally:
        await store.close()


async def goodbye(authors: Sequence[SteadyAuthor]) -> None:
    """Closes their connections."""
    for author in authors:
        if author.board is not None:
            await author.board.close()
