"""The encoding of points, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.errors import FrameError
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.limits import MAX_COORDINATE, MAX_POINTS
from inkwire.protocol.points import Point, check_points, decode_points, encode_points
from tests.protocol.strategies import POINTS, SHIFTS


def slow_numbers(body: bytes) -> list[int]:
    """The zigzag varints of ``body``, written from the description, not from our code."""
    numbers, bits = [], ""
    for byte in body:
        bits = f"{byte & 127:07b}{bits}"
        if byte < 128:
            value = int(bits, 2)
            numbers.append(value // 2 if value % 2 == 0 else -(value + 1) // 2)
            bits = ""
    assert bits == ""
    return numbers


@given(POINTS, SHIFTS, st.booleans(), st.booleans())
def test_points_come_back_rounded_to_a_unit(
    points: list[Point], shift: int, pressure: bool, time: bool
) -> None:
    """[E1] [E2] [E5] Each within half a unit, however many came before it."""
    data = encode_points(points, shift=shift, pressure=pressure, time=time)
    assert data[0] == pressure + 2 * time
    assert data[1] == shift
    back = decode_points(data)
    assert len(back) == len(points)
    unit = 2.0**-shift
    for sent, got in zip(points, back, strict=True):
        assert abs(sent.x - got.x) <= unit / 2
        assert abs(sent.y - got.y) <= unit / 2
        assert got.pressure == pytest.approx(sent.pressure if pressure else 0.5, abs=0.5 / 255)
        assert got.time == pytest.approx(sent.time if time else 0, abs=2)


@given(POINTS, SHIFTS, st.booleans(), st.booleans())
def test_numbers_are_differences(
    points: list[Point], shift: int, pressure: bool, time: bool
) -> None:
    """[E2] [E3] The sum of the differences is where each point is."""
    data = encode_points(points, shift=shift, pressure=pressure, time=time)
    numbers = slow_numbers(data[2:])
    fields = 2 + pressure + time
    assert len(numbers) == fields * len(points)
    x = y = 0
    for at, point in enumerate(decode_points(data)):
        x += numbers[fields * at]
        y += numbers[fields * at + 1]
        assert (point.x, point.y) == (x * 2.0**-shift, y * 2.0**-shift)


@given(st.binary(max_size=60))
def test_any_bytes_are_points_or_refused(data: bytes) -> None:
    """[E4] Nothing but ``FrameError`` with a published code; what is accepted can be decoded."""
    refused = None
    try:
        count = check_points(data)
    except FrameError as error:
        refused = error.close_code
    if refused is None:
        assert len(decode_points(data)) == count
    else:
        assert refused == CloseCode.MALFORMED


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x00", "no shift"),
        (b"\x04\x00", "an unknown flag"),
        (b"\x00\x0d", "a shift of 13"),
        (b"\x00\x00\x80", "a torn number"),
        (b"\x00\x00\x80\x80\x80\x80\x80\x01\x00", "a number of six bytes"),
        (b"\x00\x00\x02", "x without y"),
        (b"\x01\x00\x02\x02", "no pressure"),
        (b"\x03\x00\x02\x02\x02", "no time"),
        (b"\x00\x00" + b"\x00\x00" * (MAX_POINTS + 1), "a point too many"),
    ],
)
def test_what_is_no_encoding(data: bytes, why: str) -> None:
    """[E1] [E4] Refused, each for its reason."""
    with pytest.raises(FrameError):
        check_points(data)


def test_no_bytes_and_a_bare_head_are_no_points() -> None:
    """[E1] A stroke that was not drawn yet."""
    assert decode_points(b"") == decode_points(b"\x03\x04") == []


def test_the_longest_number_has_35_bits() -> None:
    """[E3] Five bytes of seven."""
    unit = 2.0**-12
    far = (2**34 - 1) * unit
    data = encode_points([(far, -far)], shift=12)
    assert len(data) == 2 + 5 + 5
    assert decode_points(data) == [Point(far, -far)]
    with pytest.raises(ValueError, match="too large"):
        encode_points([(far + unit, 0)], shift=12)


@pytest.mark.parametrize("shift", [0, 4, 12])
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("steps", [1, 300])
def test_a_stroke_cannot_leave_the_board(shift: int, axis: int, side: int, steps: int) -> None:
    """[E4] Neither in one step nor in many: what it covers decides how far everybody zooms out."""

    def walk(end: float) -> bytes:
        points = [[0.0, 0.0] for _ in range(steps + 1)]
        for at, point in enumerate(points):
            point[axis] = side * end * at / steps
        return encode_points(points, shift=shift)

    if steps == 1 and shift == 12:  # one step of 35 bits does not reach that far
        return
    assert check_points(walk(MAX_COORDINATE)) == steps + 1
    with pytest.raises(FrameError, match="further than"):
        check_points(walk(MAX_COORDINATE + 1))


def test_halves_are_rounded_up() -> None:
    """[E5] On both sides of zero, as the browser does."""
    data = encode_points([(0.5, -0.5), (1.5, -1.5)], shift=0)
    assert [(point.x, point.y) for point in decode_points(data)] == [(1, 0), (2, -1)]
