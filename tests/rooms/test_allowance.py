"""How much a connection, a person and a board may send."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from inkwire.rooms.allowance import (
    BOARD,
    CONNECTION,
    CROWDED_SECONDS,
    PATIENCE,
    PERSON,
    Allowance,
    Bucket,
    Rate,
    Rates,
    Share,
    Shared,
)


def share(now: float = 0.0) -> Share:
    """What one connection may send that counts for nobody else."""
    return Share(Allowance(CONNECTION, now), now)


def test_a_burst_and_then_the_sustained_rate() -> None:
    """[C8] As many frames as the burst at once, then as many as the rate in each second."""
    own = share()
    assert all(own.take(0.0, size=10) == 0 for _ in range(int(CONNECTION.frames.burst)))
    wait = own.take(0.0, size=10)
    assert 0 < wait <= 1 / CONNECTION.frames.per_second
    granted = sum(own.take(tick / 1000, size=10) == 0 for tick in range(1, 10_001))
    assert abs(granted - 10 * CONNECTION.frames.per_second) <= 1


def test_ops_and_bytes_have_bounds_of_their_own() -> None:
    """[C8] A few large pushes are held back like many small ones."""
    ops = share()
    pushes = 0
    while ops.take(0.0, size=10, ops=500) == 0:
        pushes += 1
    assert pushes == CONNECTION.ops.burst / 500
    size = share()
    frames = 0
    while size.take(0.0, size=200_000) == 0:
        frames += 1
    assert frames == -(-CONNECTION.bytes.burst // 200_000)


def test_patience_ends_for_who_goes_on() -> None:
    """[C8] Refusals are answers too: who never stops is closed."""
    own = share()
    while own.take(0.0, size=1) == 0:
        pass
    refused = 1
    while not own.exhausted(0.0):
        assert own.take(0.0, size=1) > 0
        refused += 1
    assert refused == PATIENCE.burst


def test_a_clock_that_goes_back_gives_nothing() -> None:
    own = share(100.0)
    while own.take(100.0, size=1) == 0:
        pass
    assert own.take(0.0, size=1) > 0


def test_a_persons_pages_share_what_the_person_may_send() -> None:
    """[C11] Thirty pages send no more than the person may; who is within its own limit goes on."""
    person, board = Allowance(PERSON, 0.0), Allowance(BOARD, 0.0)
    pages = [share() for _ in range(30)]
    for page in pages:
        page.join(person, board)
    granted = 0
    for page in pages:
        while page.take(0.0, size=10) == 0:
            granted += 1
    assert granted == PERSON.frames.burst
    somebody = share()
    somebody.join(Allowance(PERSON, 0.0), board)
    assert somebody.take(0.0, size=10) == 0


def test_a_board_over_its_limit_costs_nobody_patience() -> None:
    """[C11] It may be the others: everybody waits a moment, and nobody is closed for it."""
    board = Allowance(BOARD, 0.0)
    crowd = [share() for _ in range(200)]
    for each in crowd:
        each.join(Allowance(PERSON, 0.0), board)
    granted = 0
    waits: list[float] = []
    for each in crowd:
        for _ in range(int(CONNECTION.frames.burst)):
            wait = each.take(0.0, size=10)
            granted += wait == 0
            waits += [wait] if wait else []
        assert not each.exhausted(0.0)
    assert granted == BOARD.frames.burst
    assert set(waits) == {CROWDED_SECONDS}


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0.1, 50)), max_size=60))
def test_a_bucket_never_gives_more_than_it_has(steps: list[tuple[float, float]]) -> None:
    """[C8] In any time no more than the burst, what came back meanwhile, and the last thing taken."""
    rate = Rate(10.0, 100.0)
    bucket = Bucket(rate, 0.0)
    now = taken = largest = 0.0
    for pause, amount in steps:
        now += pause
        if bucket.wait(now) == 0:
            bucket.take(amount)
            taken += amount
            largest = max(largest, amount)
        assert taken <= rate.burst + rate.per_second * now + largest + 1e-6


@given(st.lists(st.tuples(st.floats(0, 0.5), st.integers(1, 50)), max_size=60))
def test_an_allowance_gives_what_comes_back_and_no_more(steps: list[tuple[float, int]]) -> None:
    """[C8] Though what comes back is not added up at every frame: in the end it has all come."""
    plenty, rate = Rate(1e9, 1e9), Rate(10.0, 100.0)
    allowance = Allowance(Rates(plenty, plenty, rate), 0.0)
    now = taken = 0.0
    for pause, size in steps:
        now += pause
        if allowance.wait(now) == 0:
            allowance.take(size, 1)
            taken += size
        assert taken <= rate.burst + rate.per_second * now + 50
    for pause, often in ((60.0, 1), (0.02, 500)):  # a rest, and waiting in small steps
        for _ in range(often):
            now += pause
            allowance.wait(now)
        granted = 0
        while allowance.wait(now) == 0:
            allowance.take(1, 1)
            granted += 1
        assert abs(granted - rate.burst) <= 1


def test_who_comes_back_finds_its_allowance_as_it_left_it() -> None:
    """[C11] Also after many others came; only the names of long ago are forgotten."""
    shared = Shared(PERSON, most=100)
    shared.of("ana", 0.0).take(10**9, 0)
    for k in range(99):
        shared.of(f"p{k}", 0.0)
    assert shared.of("ana", 0.0).wait(0.0) > 0
    for k in itertools.count(99):
        shared.of(f"p{k}", 0.0)
        if k == 5_000:
            break
    assert len(shared) == 100
    assert shared.of("ana", 0.0).wait(0.0) == 0
