"""The ring: bounded, without gaps, honest about what it no longer has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.rooms.ring import Ring


@given(
    st.integers(0, 1_000),
    st.lists(st.integers(1, 50), max_size=60),
    st.integers(1, 20),
    st.integers(1, 400),
)
def test_a_ring_keeps_the_newest_within_its_bounds(
    start: int, sizes: list[int], most: int, most_bytes: int
) -> None:
    ring = Ring(start, max_commits=most, max_bytes=most_bytes)
    commits = {start + k: bytes([k % 256]) * size for k, size in enumerate(sizes, 1)}
    for seq, data in commits.items():
        ring.append(seq, data)
        assert len(ring) <= most
        assert ring.bytes <= most_bytes or len(ring) == 1
    assert ring.last == start + len(sizes)
    for after in range(max(0, start - 2), ring.last + 2):
        if ring.covers(after):
            wanted = [commits[seq] for seq in range(after + 1, ring.last + 1)]
            assert ring.take(after, 10**9) == wanted
            assert ring.bytes_after(after) == sum(map(len, wanted))
        else:
            assert after > ring.last or after < ring.last - len(ring)
            with pytest.raises(KeyError):
                ring.take(after, 10**9)


@pytest.mark.parametrize("seq", [5, 6, 8, 0])
def test_a_ring_takes_nothing_but_the_next_commit(seq: int) -> None:
    """[C4] A gap or a repetition never gets into what is sent."""
    ring = Ring(6)
    with pytest.raises(ValueError, match=f"commit {seq} after 6"):
        ring.append(seq, b"")


def test_one_commit_is_taken_however_small_the_budget() -> None:
    ring = Ring(0)
    ring.append(1, b"x" * 100)
    ring.append(2, b"y" * 100)
    assert ring.take(0, 1) == [b"x" * 100]
