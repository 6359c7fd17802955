"""Any bytes are a frame or a published close code; what we write, others read."""

from __future__ import annotations

from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkwire.errors import FrameError
from inkwire.protocol import codec
from inkwire.protocol.codes import CloseCode
from inkwire.protocol.frames import ClientFrame, Commit, PackedPage, Page, ServerFrame
from inkwire.protocol.limits import MAX_FRAME_BYTES, MAX_OPS, MAX_POINTS_BYTES
from inkwire.protocol.ops import Retitle
from inkwire.protocol.packing import packed, unpacked
from tests.protocol.strategies import values

PUBLISHED = {int(code) for code in CloseCode}
CLIENT_FRAMES = values(ClientFrame)
SERVER_FRAMES = values(ServerFrame)

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


def outcome(data: bytes) -> object:
    """The frame, or the code that answers the bytes."""
    try:
        return codec.decode_client(data)
    except FrameError as error:
        code = error.close_code
    assert code in PUBLISHED
    return code


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_a_published_code(data: bytes) -> None:
    """[F1] [F2] Nothing else comes out of the door, no exception of a library either."""
    outcome(data)


@given(ANYTHING)
def test_any_msgpack_is_a_frame_or_a_published_code(value: Any) -> None:
    """[F2] Numbers of any size, NaN, maps where lists belong, in any nesting."""
    outcome(msgpack.packb(value))


@given(st.integers(1, 4), st.lists(ANYTHING, max_size=10))
def test_a_known_tag_with_anything_behind_it(tag: int, items: list[Any]) -> None:
    """[F2] A frame is refused whole at the first thing that is wrong."""
    outcome(msgpack.packb([tag, *items]))


@given(CLIENT_FRAMES, st.data())
def test_a_frame_with_one_byte_changed(frame: Any, data: st.DataObject) -> None:
    """[F2] Close to right is the hardest place."""
    good = bytearray(codec.encode(frame))
    at = data.draw(st.integers(0, len(good) - 1))
    good[at] = data.draw(st.integers(0, 255))
    outcome(bytes(good))


@given(CLIENT_FRAMES, st.data())
def test_a_torn_frame_is_no_frame(frame: Any, data: st.DataObject) -> None:
    """[F1] A prefix is refused, and a second value behind a frame too."""
    good = codec.encode(frame)
    torn = good[: data.draw(st.integers(0, len(good) - 1))]
    assert outcome(torn) in PUBLISHED
    assert outcome(good + b"\xc0") == CloseCode.NOT_A_FRAME


@given(CLIENT_FRAMES)
def test_what_a_client_sends_is_read_as_it_was_meant(frame: Any) -> None:
    """Our encoder, our decoder."""
    assert codec.decode_client(codec.encode(frame)) == frame


@given(CLIENT_FRAMES)
def test_an_independent_codec_writes_the_same_frame(frame: Any) -> None:
    """The msgpack library reads what we write; what it writes, whole numbers as integers, we read."""
    plain = msgpack.unpackb(codec.encode(frame))
    assert codec.decode_client(msgpack.packb(_as_javascript(plain))) == frame


@given(SERVER_FRAMES)
def test_what_the_server_sends_is_read_by_an_independent_codec(frame: Any) -> None:
    """Also with the elements spliced in as bytes."""
    data = codec.encode(frame)
    plain = msgpack.unpackb(data)
    assert plain[0] == frame.__struct_config__.tag
    again = codec.decode_server(msgpack.packb(plain))
    if isinstance(frame, PackedPage):
        frame = unpacked(frame)
    if isinstance(frame, Page):
        assert isinstance(again, Page)
        assert [(r.seq, r.points, r.text) for r in again.records] == [
            (r.seq, r.points, r.text) for r in frame.records
        ]
    else:
        assert again == frame


@given(values(Commit))
def test_a_commit_comes_out_of_the_log_as_it_went_in(commit: Commit) -> None:
    assert codec.decode_commit(codec.encode(commit)) == commit


def test_a_frame_of_more_than_256_kib_is_too_big() -> None:
    """[F3] Judged before it is decoded."""
    assert outcome(bytes(MAX_FRAME_BYTES + 1)) == CloseCode.TOO_BIG
    assert outcome(b"\xc1" * MAX_FRAME_BYTES) == CloseCode.NOT_A_FRAME


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), -float("inf"), 1e308, 10_000_001, -(2**63), 2**64 - 1]
)
def test_numbers_beyond_their_bounds(number: float) -> None:
    """[F2] NaN and infinities too."""
    for place in range(5):
        at = [0.0] * 5
        at[place] = number
        element = {"type": "rectangle", "id": "a", "place": at, "z": "a0"}
        push = [2, "client-0001", 1, "", [["put", element]]]
        assert outcome(msgpack.packb(push)) == CloseCode.MALFORMED


@pytest.mark.parametrize("key", ["__proto__", "constructor", "Type", "unknown"])
def test_fields_that_nobody_knows(key: str) -> None:
    """[F2] They are not passed on to people who might."""
    element = {"type": "rectangle", "id": "a", "place": [0, 0, 1, 1, 0], "z": "a0", key: 1}
    push = [2, "client-0001", 1, "", [["put", element]]]
    assert outcome(msgpack.packb(push)) == CloseCode.MALFORMED


@pytest.mark.parametrize("odd", ["\0", "\n", "\x1b", "\x85", "\u2029", "\u202e", "\u2067"])
def test_titles_and_names_stand_on_one_line(odd: str) -> None:
    """[D10] In a push, in what is drawn live and in the greeting; a text may have lines."""
    frame = {"type": "frame", "id": "a", "place": [0, 0, 1, 1, 0], "z": "a0"}
    picture = frame | {"type": "image"}

    def push(*op: object) -> bytes:
        return codec.encode([2, "client-0001", 1, "", [op]])

    def hello(name: str) -> bytes:
        return codec.encode([1, 1, "board-01", "t", "s" * 16, "p" * 8, name, "#1971c2"])

    def taken(words: str) -> set[bool]:
        named = frame | {"name": words}
        drawn = msgpack.packb([3, {"drafts": [named]}])
        said = [push("title", words), push("put", named), push("set", "a", {"name": words})]
        said.append(push("put", picture | {"name": words}))
        outcomes = [outcome(data) for data in (*said, drawn, hello(words))]
        assert set(outcomes) & set(CloseCode) <= {CloseCode.MALFORMED}
        return {each != CloseCode.MALFORMED for each in outcomes}

    assert taken("a\u200eb") == {True}
    assert taken(f"a{odd}b") == {False}
    assert outcome(push("set", "a", {"text": "a\n\tb"})) not in set(CloseCode)


@pytest.mark.parametrize("half", [b"\xed\xa0\x80", b"\xed\xbf\xbf"])
def test_half_a_surrogate_pair_is_no_text(half: bytes) -> None:
    """[D10] [F1] UTF-8 cannot carry it, so it is not even a frame."""
    data = msgpack.packb([2, "client-0001", 1, "", [["title", "abc"]]]).replace(b"abc", half)
    assert outcome(data) == CloseCode.NOT_A_FRAME


def test_what_lies_in_the_store_is_read_whatever_its_title() -> None:
    """[D10] One odd name must not stop a board."""
    commit = Commit(1, 0, "person-1", "client-0001", 1, "", (Retitle("a\nb\u202e"),))
    assert codec.decode_commit(codec.encode(commit)) == commit


def test_too_many_ops_and_none() -> None:
    """[F2] A push holds 1 to 500."""
    for count in (0, MAX_OPS + 1):
        push = [2, "client-0001", 1, "", [["delete", "a"]] * count]
        assert outcome(msgpack.packb(push)) == CloseCode.MALFORMED


@pytest.mark.parametrize(
    "points",
    [
        b"\x00",
        b"\x04\x00",
        b"\x00\x0d",
        b"\x00\x00\x80",
        b"\x00\x00\x01",
        b"\x00" * (MAX_POINTS_BYTES + 1),
    ],
)
def test_points_that_are_none_are_refused_wherever_they_come(points: bytes) -> None:
    """[F2] [E4] In a put, in a set and in a draft."""
    place, stroke = [0, 0, 1, 1, 0], {"type": "freedraw", "id": "a", "z": "a0", "points": points}
    stroke["place"] = place
    for frame in (
        [2, "client-0001", 1, "", [["put", stroke]]],
        [2, "client-0001", 1, "", [["set", "a", {"points": points}]]],
        [3, {"drafts": [stroke]}],
    ):
        assert outcome(msgpack.packb(frame)) == CloseCode.MALFORMED


@given(st.integers(2, 5_000))
@settings(max_examples=30)
def test_deep_nesting_is_refused(depth: int) -> None:
    """[F2] Whatever the depth, no stack overflows."""
    for head in (b"\x91", b"\x81\xa1a"):
        assert outcome(head * depth + b"\xc0") in PUBLISHED


def _as_javascript(value: Any) -> Any:
    """Whole numbers as integers, the way a JavaScript encoder writes them."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_as_javascript(item) for item in value]
        case dict():
            return {key: _as_javascript(item) for key, item in value.items()}
        case _:
            return value


def test_a_packed_page_is_what_it_says_or_refused() -> None:
    """[F6] Torn, too long, too short, two in one, no DEFLATE, no records: one error for all, and no growth."""
    records = codec.encode([[7, {"id": "a"}, b"x" * 300_000, None]])
    whole = packed(records)
    page = codec.decode_server(codec.encode(whole))
    assert isinstance(page, Page)
    assert (page.records[0].seq, page.records[0].points) == (7, b"x" * 300_000)
    bad = [
        PackedPage(whole.size, whole.data[:-1]),
        PackedPage(whole.size - 1, whole.data),
        PackedPage(whole.size + 1, whole.data),
        PackedPage(whole.size, whole.data + whole.data),
        PackedPage(whole.size, whole.data + b"x"),
        PackedPage(whole.size, b""),
        PackedPage(whole.size, records[:100]),
        packed(codec.encode([[7]])),
        packed(b"\xc1"),
    ]
    for each in bad:
        with pytest.raises(FrameError):
            codec.decode_server(codec.encode(each))
