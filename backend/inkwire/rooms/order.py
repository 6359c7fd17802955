"""Fractional order keys: where an element lies between its neighbours, without touching them.

The keys are those of the npm package ``fractional-indexing`` (David Greenspan's "Implementing
Fractional Indexing"): base 62, an integer part whose first letter tells its length, then a fraction
without trailing zeros. Every key carries at least 30 random bits, so that two people who insert
into the same gap at the same time hardly ever make equal keys; equal keys are allowed all the same,
the id decides then.
"""

from __future__ import annotations

from random import Random

from inkwire.protocol.limits import MAX_ORDER_KEY

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
JITTER_BITS = 31

_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_FIRST_INTEGER_HEAD = DIGITS.index("A")
_POSITIVE_HEAD = DIGITS.index("a")
_MAX_DIGITS = 26
_JITTER_DIGITS = 6


def key_between(lower: str | None, upper: str | None, random: Random) -> str:
    """One key between two neighbours; see ``keys_between``."""
    return keys_between(lower, upper, 1, random)[0]


def keys_between(lower: str | None, upper: str | None, n: int, random: Random) -> list[str]:
    """``n`` ascending keys above ``lower`` and below ``upper``; None is the end of the board there.

    Never fails for any two keys that the protocol allows. Where nothing lies between them (they are
    equal, or the wrong way round) the keys are just above ``lower``. Where a key would grow beyond
    ``MAX_ORDER_KEY`` characters the result repeats ``lower``, and the ids decide the order.
    """
    if n < 0:
        raise ValueError(f"{n} keys")
    if n == 0:
        return []
    if lower is not None and upper is None:
        start = _integer_of(lower)
        if start is not None and (last := _count_up(start + 1, n, random)):
            return last
        if start is None and lower < DIGITS[_FIRST_INTEGER_HEAD]:
            return _count_up(0, n, random)
    elif upper is not None and lower is None:
        end = _integer_of(upper)
        if end is not None and (first := _count_up(end - n, n, random)):
            return first
    elif upper is None:
        return _count_up(0, n, random)
    return _spread(lower or "", upper, n, random)


def _count_up(first: int, n: int, random: Random) -> list[str]:
    """Keys of the integers from ``first`` on, with random fractions; empty where letters end."""
    keys = []
    for value in range(first, first + n):
        integer = _integer_text(value)
        if integer is None:
            return []
        # Never 0, so that the fraction does not end in the zeros that the scheme forbids.
        fraction = random.randrange(1, BASE**_JITTER_DIGITS)
        keys.append(integer + _digits(fraction, _JITTER_DIGITS).rstrip("0"))
    return keys


def _spread(lower: str, upper: str | None, n: int, random: Random) -> list[str]:
    """Keys evenly spread over the gap, each moved at random within its share.

    Whole keys are read as fractions of base 62: a larger number is a larger string.
    """
    length = max(len(lower), len(upper or ""))
    low = _number(lower, length)
    high = BASE**length if upper is None else _number(upper, length)
    if high <= low:
        high = low + 1
    while (high - low) // n < 1 << (JITTER_BITS + 1):
        low, high, length = low * BASE, high * BASE, length + 1
    share = (high - low) // n
    keys = []
    for index in range(n):
        value = low + share * index + share // 4 + random.randrange(share // 2)
        keys.append(_completed(_digits(value, length).rstrip("0")))
    if any(len(key) > MAX_ORDER_KEY for key in keys):
        return [lower or upper or _count_up(0, 1, random)[0]] * n
    return keys


def _completed(key: str) -> str:
    """The key with zeros added where its integer part would be too short for its first letter."""
    needed = _integer_digits(key[0])
    return key if needed is None else key.ljust(needed + 1, "0")


def _integer_digits(head: str) -> int | None:
    """How many digits follow that first letter; None for what is no first letter."""
    value = _VALUE[head]
    if value >= _POSITIVE_HEAD:
        return value - _POSITIVE_HEAD + 1
    if value >= _FIRST_INTEGER_HEAD:
        return _POSITIVE_HEAD - value
    return None


def _integer_of(key: str) -> int | None:
    """The integer part as a number, 0 being ``a0``; None where the scheme knows no such key."""
    digits = _integer_digits(key[0])
    if digits is None:
        return None
    value = _number(key[1 : digits + 1], digits)
    if _VALUE[key[0]] >= _POSITIVE_HEAD:
        return value + _smaller_integers(digits)
    return value - _smaller_integers(digits + 1)


def _integer_text(value: int) -> str | None:
    """The integer part that stands for that number; None where it needs more than 26 digits."""
    for digits in range(1, _MAX_DIGITS + 1):
        if value >= 0 and value < _smaller_integers(digits + 1):
            head = DIGITS[_POSITIVE_HEAD + digits - 1]
            return head + _digits(value - _smaller_integers(digits), digits)
        if value < 0 and value >= -_smaller_integers(digits + 1):
            head = DIGITS[_POSITIVE_HEAD - digits]
            return head + _digits(value + _smaller_integers(digits + 1), digits)
    return None


def _smaller_integers(digits: int) -> int:
    """How many integers of one sign have fewer digits than that."""
    power: int = BASE**digits
    return (power - BASE) // (BASE - 1)


def _number(text: str, length: int) -> int:
    """The text as a number of base 62, as if zeros filled it up to ``length``."""
    value = 0
    for digit in text:
        value = value * BASE + _VALUE[digit]
    scale: int = BASE ** (length - len(text))
    return value * scale


def _digits(value: int, length: int) -> str:
    text = []
    for _ in range(length):
        value, digit = divmod(value, BASE)
        text.append(DIGITS[digit])
    return "".join(reversed(text))
