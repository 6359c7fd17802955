"""Fractional keys: strictly between, never failing, valid for ``fractional-indexing``."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.protocol.limits import MAX_ORDER_KEY
from inkwire.rooms.order import DIGITS, key_between, keys_between

VECTORS = Path(__file__).parents[1] / "vectors" / "order.json"
ANY_KEY = st.text(DIGITS, min_size=1, max_size=MAX_ORDER_KEY)
SHORT_KEY = st.text(DIGITS, min_size=1, max_size=4)
SEED = st.integers(0, 2**32)


def is_valid(key: str) -> bool:
    """What ``validateOrderKey`` of the npm package asks, written from its description."""
    head = key[0]
    if "a" <= head <= "z":
        length = ord(head) - ord("a") + 2
    elif "A" <= head <= "Z":
        length = ord("Z") - ord(head) + 2
    else:
        return False
    if key == "A" + "0" * 26 or len(key) < length:
        return False
    return not key[length:].endswith("0")


def test_the_npm_packages_own_keys_are_valid_and_can_be_inserted_between() -> None:
    keys = json.loads(VECTORS.read_text())["keys"]
    assert keys == sorted(keys)
    assert len(keys) > 100
    random = Random(1)
    for lower, upper in zip([None, *keys], [*keys, None], strict=True):
        key = key_between(lower, upper, random)
        assert is_valid(key)
        assert lower is None or lower < key
        assert upper is None or key < upper


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5)), max_size=60), SEED)
def test_inserting_anywhere_keeps_every_key_valid_unique_and_in_its_place(
    steps: list[tuple[float, int]], seed: int
) -> None:
    random = Random(seed)
    keys: list[str] = []
    for where, n in steps:
        at = round(where * len(keys))
        new = keys_between(
            keys[at - 1] if at else None, keys[at] if at < len(keys) else None, n, random
        )
        assert len(new) == n
        keys[at:at] = new
    assert all(a < b for a, b in pairwise(keys))
    assert all(is_valid(key) for key in keys)


@given(st.none() | ANY_KEY, st.none() | ANY_KEY, st.integers(0, 4), SEED)
def test_any_two_keys_of_the_protocol_give_allowed_keys(
    lower: str | None, upper: str | None, n: int, seed: int
) -> None:
    keys = keys_between(lower, upper, n, Random(seed))
    assert len(keys) == n
    assert keys == sorted(keys)
    assert all(1 <= len(key) <= MAX_ORDER_KEY and key.isalnum() and key.isascii() for key in keys)
    if lower is not None:
        assert all(key >= lower for key in keys)
    if upper is not None and (lower is None or lower < upper) and len(upper) < 200:
        assert all(key <= upper for key in keys) or upper.rstrip("0") == (lower or "").rstrip("0")


@given(SHORT_KEY, SEED)
def test_between_equal_keys_comes_just_above_them(key: str, seed: int) -> None:
    new = key_between(key, key, Random(seed))
    assert key < new
    assert new.startswith(key)


def test_two_people_in_one_gap_hardly_ever_choose_the_same_key() -> None:
    for lower, upper in ((None, None), ("a1", None), (None, "a1"), ("a1", "a2"), ("a1V", "a1W")):
        assert len({key_between(lower, upper, Random(seed)) for seed in range(5_000)}) == 5_000


def test_ten_thousand_insertions_into_ever_the_same_gap_stay_within_the_limit() -> None:
    random = Random(7)
    lower, upper = "a0", "a1"
    unique = 0
    for step in range(10_000):
        key = key_between(lower, upper, random)
        assert len(key) <= MAX_ORDER_KEY
        assert lower <= key <= upper
        unique += lower < key < upper
        if step % 2:
            lower = key
        else:
            upper = key
    assert unique > 1_000


def test_ten_thousand_in_a_row_stay_short_upwards_and_downwards() -> None:
    random = Random(3)
    top, bottom = "a0", "a0"
    for _ in range(10_000):
        above, below = key_between(top, None, random), key_between(None, bottom, random)
        assert above > top
        assert below < bottom
        top, bottom = above, below
    assert max(len(top), len(bottom)) < 12


def test_the_ends_of_the_scheme_are_no_end() -> None:
    random = Random(5)
    highest, lowest = "z" * 27, "A" + "0" * 25 + "1"
    assert key_between(highest, None, random) > highest
    assert key_between(None, lowest, random) < lowest


def test_a_negative_number_of_keys_is_an_error() -> None:
    with pytest.raises(ValueError, match="-1 keys"):
        keys_between(None, None, -1, Random(1))
