"""How much one connection may send."""

from __future__ import annotations

from inkwire.rooms.allowance import BYTES, FRAMES, OPS, PATIENCE, Allowance


def test_a_burst_and_then_the_sustained_rate() -> None:
    """[C8] As many frames as the burst at once, then as many as the rate in each second."""
    allowance = Allowance(0.0)
    assert all(allowance.take(0.0, size=10) == 0 for _ in range(int(FRAMES.burst)))
    wait = allowance.take(0.0, size=10)
    assert 0 < wait <= 1 / FRAMES.per_second
    granted = sum(allowance.take(tick / 1000, size=10) == 0 for tick in range(1, 10_001))
    assert abs(granted - 10 * FRAMES.per_second) <= 1


def test_ops_and_bytes_have_bounds_of_their_own() -> None:
    """[C8] A few large pushes are held back like many small ones."""
    ops = Allowance(0.0)
    pushes = 0
    while ops.take(0.0, size=10, ops=500) == 0:
        pushes += 1
    assert pushes == OPS.burst / 500
    size = Allowance(0.0)
    frames = 0
    while size.take(0.0, size=200_000) == 0:
        frames += 1
    assert frames == -(-BYTES.burst // 200_000)


def test_patience_ends_for_who_goes_on() -> None:
    """[C8] Refusals are answers too: who never stops is closed."""
    allowance = Allowance(0.0)
    while allowance.take(0.0, size=1) == 0:
        pass
    refused = 1
    while not allowance.exhausted(0.0):
        assert allowance.take(0.0, size=1) > 0
        refused += 1
    assert refused == PATIENCE.burst


def test_a_clock_that_goes_back_gives_nothing() -> None:
    allowance = Allowance(100.0)
    while allowance.take(100.0, size=1) == 0:
        pass
    assert allowance.take(0.0, size=1) > 0
