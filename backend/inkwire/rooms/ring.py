"""The recent commits of a room, encoded once, bounded in number and bytes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

MAX_COMMITS: Final = 4_096
MAX_BYTES: Final = 4 * 2**20


class Ring:
    """Commits up to ``last`` without a gap; ``last`` is a position even when nothing is kept."""

    def __init__(
        self, seq: int, *, max_commits: int = MAX_COMMITS, max_bytes: int = MAX_BYTES
    ) -> None:
        self.last = seq
        self.bytes = 0
        self.written = 0
        """Bytes of all commits that were ever added."""
        self._first = seq + 1
        self._commits: dict[int, bytes] = {}
        self._max_commits = max_commits
        self._max_bytes = max_bytes

    def __len__(self) -> int:
        return len(self._commits)

    def append(self, seq: int, commit: bytes) -> None:
        """Adds the next commit, drops the oldest over bounds. ``ValueError`` for another seq."""
        if seq != self.last + 1:
            raise ValueError(f"commit {seq} after {self.last}")
        self._commits[seq] = commit
        self.last = seq
        self.bytes += len(commit)
        self.written += len(commit)
        while len(self._commits) > 1 and (
            len(self._commits) > self._max_commits or self.bytes > self._max_bytes
        ):
            self.bytes -= len(self._commits.pop(self._first))
            self._first += 1

    def covers(self, seq: int) -> bool:
        """Whether everything after ``seq`` is here."""
        return self._first - 1 <= seq <= self.last

    def get(self, seq: int) -> bytes | None:
        """A commit, or None if it is not kept."""
        return self._commits.get(seq)

    def bytes_after(self, seq: int) -> int:
        """The size of everything after a position that the ring covers."""
        if seq - self._first + 1 > len(self._commits) // 2:
            return sum(len(self._commits[each]) for each in range(seq + 1, self.last + 1))
        return self.bytes - sum(len(self._commits[each]) for each in range(self._first, seq + 1))

    def exceeds(self, seq: int, size: int) -> bool:
        """Whether what follows a position that the ring covers is more than ``size`` bytes."""
        for commit in self.after(seq):
            size -= len(commit)
            if size < 0:
                return True
        return False

    def after(self, seq: int) -> Iterator[bytes]:
        """What follows a position that the ring covers; nothing may be added meanwhile."""
        return (self._commits[each] for each in range(seq + 1, self.last + 1))

    def take(self, after: int, budget: int) -> list[bytes]:
        """Commits ``after`` + 1 … up to ``budget`` bytes, at least one if there is one.

        ``KeyError`` for a position that the ring does not cover.
        """
        if not self.covers(after):
            raise KeyError(after)
        taken: list[bytes] = []
        for seq in range(after + 1, self.last + 1):
            commit = self._commits[seq]
            budget -= len(commit)
            if taken and budget < 0:
                break
            taken.append(commit)
        return taken
