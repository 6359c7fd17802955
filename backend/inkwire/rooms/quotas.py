"""What one worker lets people do before it asks them to wait: the numbers, and who used how much."""

from __future__ import annotations

from dataclasses import dataclass

from inkwire.rooms.addresses import Addresses
from inkwire.rooms.allowance import (
    BOARD,
    CONNECTION,
    CROWDED_SECONDS,
    PERSON,
    UPLOADS,
    Allowance,
    Share,
    Shared,
)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Settings: docs/settings.md says what each of them is. Each worker keeps them for itself."""

    rates: float = 1.0
    board_connections: int = 1_000
    address_connections: int = 1_000
    address_connections_per_minute: int = 1_200


class Accounts:
    """Everything that one worker counts against its quotas."""

    def __init__(self, quotas: Quotas) -> None:
        self.quotas = quotas
        self.addresses = Addresses(
            quotas.address_connections, quotas.address_connections_per_minute
        )
        self._connection = CONNECTION.times(quotas.rates)
        self._persons = Shared(PERSON.times(quotas.rates))
        self._boards = Shared(BOARD.times(quotas.rates))
        self.uploads = Shared(UPLOADS.times(quotas.rates))
        self._requests = Shared(CONNECTION.times(quotas.rates))

    def share(self, now: float) -> Share:
        """What a connection may send of which nothing is known yet."""
        return Share(Allowance(self._connection, now), now)

    def take_request(self, now: float, who: str, board: str, *, size: int, ops: int) -> float:
        """0 when a request of ``who`` to the board is granted, else the seconds to wait.

        One program has what one connection has, and counts for its board as one does.
        """
        own, whole = self._requests.of(who, now), self._boards.of(board, now)
        if wait := own.wait(now):
            return wait
        if wait := whole.wait(now):
            return max(wait, CROWDED_SECONDS)
        own.take(size, ops)
        whole.take(size, ops)
        return 0.0

    def left(self, who: str) -> int:
        """How many requests of ``who`` would be granted at once."""
        return self._requests.of(who, 0.0).frames_left

    def join(self, share: Share, now: float, *, address: str, person: str, board: str) -> None:
        """The connection was let in: from here on it counts for its person and its board.

        A person is a name that the page gives itself; only connections from one address share it,
        so that nobody can use up what somebody elsewhere may send.
        """
        share.join(self._persons.of(f"{address} {person}", now), self._boards.of(board, now))
