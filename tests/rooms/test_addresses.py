"""How many connections an address may open and have open."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from inkwire.rooms.addresses import Addresses, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("x" * 500, "x" * 64),
    ],
)
def test_what_counts_as_one_address(address: str, network: str) -> None:
    """[H9] A household has one IPv6 network, and as many addresses in it as it likes."""
    assert network_of(address) == network


def test_a_minutes_worth_at_once_and_then_the_rate() -> None:
    """[H9] Also for who closes each connection at once."""
    addresses = Addresses(open_most=1_000, per_minute=60)
    for _ in range(60):
        assert addresses.enter("a", 0.0) == 0
        addresses.leave("a")
    wait = addresses.enter("a", 0.0)
    assert 0 < wait <= 1
    assert addresses.enter("b", 0.0) == 0
    assert addresses.enter("a", wait) == 0


def test_open_connections_are_counted_until_they_leave() -> None:
    """[H9] However slowly they were opened."""
    addresses = Addresses(open_most=3, per_minute=60)
    assert [addresses.enter("a", 100.0 * k) for k in range(4)][:3] == [0, 0, 0]
    assert addresses.enter("a", 10_000.0) > 0
    addresses.leave("a")
    assert addresses.enter("a", 10_000.0) == 0


@given(st.integers(0, 2**32))
def test_memory_is_bounded_and_the_count_is_right(seed: int) -> None:
    """[H9] Whoever comes, goes and is turned away, in any order."""
    note(f"seed {seed}")
    chance = random.Random(seed)
    addresses = Addresses(open_most=2, per_minute=5, known_most=10)
    inside: list[str] = []
    now = 0.0
    for _ in range(300):
        now += chance.random() * 10
        if inside and chance.random() < 0.5:
            addresses.leave(inside.pop(chance.randrange(len(inside))))
        else:
            name = f"a{chance.randrange(40)}"
            if addresses.enter(name, now) == 0:
                inside.append(name)
        assert max((inside.count(name) for name in inside), default=0) <= 2
        assert len(addresses) <= 10 + len(set(inside))
    for name in inside:
        addresses.leave(name)
    assert len(addresses) <= 10
