"""What must be true of a board after any fault: nothing missing, nothing twice, all equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from inkwire.client import connect
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Put
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


async def judge(link: str, authors: Sequence[SteadyAuthor]) -> Verdict:
    """Reads the board and its whole log, and compares; authors must have been stopped.

    Asserts what no fault excuses: a log without a gap, each author's pushes in order.
    """
    async with await connect(link, open_timeout=20.0) as fresh:
        assert fresh.document is not None
        epoch, seq = fresh.position
        async with await connect(link, resume=(epoch, 0), open_timeout=20.0) as history:
            await history.reached(seq)
            assert history.snapshots == 0, "the log does not reach back to the first commit"
            written: Counter[str] = Counter()
            numbers: dict[str, int] = {}
            expected = 1
            async for commit in history.commits():
                assert isinstance(commit, Commit)
                assert commit.seq == expected, "a gap in the log"
                expected += 1
                assert commit.n == numbers.get(commit.cid, 0) + 1, "out of its author's order"
                numbers[commit.cid] = commit.n
                written.update(op.element.id for op in commit.ops if isinstance(op, Put))
                if commit.seq == seq:
                    break
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


async def goodbye(authors: Sequence[SteadyAuthor]) -> None:
    """Closes their connections."""
    for author in authors:
        if author.board is not None:
            await author.board.close()
