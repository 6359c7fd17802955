"""Commits made one: whoever applies it has what those have who applied the commits one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.protocol import codec
from inkwire.protocol.elements import Element, Rectangle
from inkwire.protocol.frames import Commit, Merged
from inkwire.protocol.limits import MAX_FRAME_BYTES
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.rooms.document import Document, changed_props
from inkwire.rooms.merge_policy import FEWEST_BYTES, MOST_WORK, RingMerges, merged_from
from inkwire.rooms.merging import Merge
from inkwire.rooms.ring import Ring
from tests.protocol.strategies import elements, values

IDS = st.sampled_from(["a", "b", "c"])
COLOURS = st.sampled_from(["#1e1e1e", "#e03131", "#2f9e44"])
PLACE = (0.0, 0.0, 1.0, 1.0, 0.0)
CLIENTS = ("client-0", "client-1", "client-2")


def named(element: Element, id_: str) -> Element:
    renamed: Element = msgspec.structs.replace(element, id=id_)
    return renamed


ELEMENTS = st.builds(named, elements(), IDS)
PROPS = st.one_of(
    st.builds(lambda colour: Props(color=colour), COLOURS),
    st.builds(lambda x: Props(place=(x, 0.0, 1.0, 1.0, 0.0)), st.floats(-9, 9)),
    values(SetProps).map(lambda op: op.props),
)
OPS: st.SearchStrategy[Op] = st.one_of(
    st.builds(Put, ELEMENTS),
    st.builds(SetProps, IDS, PROPS),
    st.builds(SetProps, IDS, PROPS),
    st.builds(Delete, IDS),
    st.builds(Retitle, st.sampled_from(["one", "two"])),
)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(CLIENTS), st.lists(OPS, min_size=1, max_size=3)), max_size=10
)
STARTS = st.lists(ELEMENTS, max_size=3, unique_by=lambda each: each.id)


def commits_of(history: Sequence[tuple[str, Sequence[Op]]], first: int = 1) -> list[bytes]:
    """A history as it lies in a ring."""
    numbers = dict.fromkeys(CLIENTS, 0)
    made = []
    for seq, (cid, ops) in enumerate(history, first):
        numbers[cid] += 1
        made.append(lying(Commit(seq, 0, "person-1", cid, numbers[cid], "", tuple(ops))))
    return made


def lying(commit: Commit) -> bytes:
    """A commit with its seq in eight bytes."""
    whole = codec.encode(msgspec.structs.replace(commit, seq=2**40))
    return whole[:2] + commit.seq.to_bytes(8, "big") + whole[10:]


def merged_whole(commits: Sequence[bytes]) -> list[Merged]:
    """All commits as frames, each as long as it can be; one that no merge can hold becomes one of itself."""
    frames: list[Merged] = []
    merge: Merge | None = None
    for commit in commits:
        seq = codec.decode_commit(commit).seq
        if merge is not None and merge.add(commit):
            continue
        if merge is not None:
            frames.append(decoded(merge.frame()))
        merge = Merge(seq)
        if not merge.add(commit):
            one = codec.decode_commit(commit)
            ops = tuple((op, (0,)) for op in one.ops)
            frames.append(Merged(seq, seq, ((one.cid, one.n),), ops))
            merge = None
    if merge is not None:
        frames.append(decoded(merge.frame()))
    return frames


def decoded(data: bytes) -> Merged:
    frame = codec.decode_server(data)
    assert isinstance(frame, Merged)
    return frame


def ops_of(frame: Merged) -> list[Op]:
    return [op for op, _by in frame.ops]


def is_mergeable(commits: Sequence[bytes]) -> bool:
    merge = Merge(1)
    return all(merge.add(each) for each in commits)


@given(STARTS, HISTORIES)
def test_merged_is_one_by_one(start: list[Element], history: list[tuple[str, list[Op]]]) -> None:
    """[M1] On any document; the frames cover the commits without a gap."""
    one_by_one, merged = Document(start, "before"), Document(start, "before")
    for _cid, ops in history:
        one_by_one.apply(ops)
    seq = 0
    for frame in merged_whole(commits_of(history)):
        assert frame.first == seq + 1
        seq = frame.last
        merged.apply(ops_of(frame))
    assert seq == len(history)
    assert merged.digest() == one_by_one.digest()
    assert merged.title == one_by_one.title


@given(STARTS, HISTORIES, st.data())
def test_who_has_some_of_it_comes_to_the_same(
    start: list[Element], history: list[tuple[str, list[Op]]], data: st.DataObject
) -> None:
    """[M2] Each element may have been read at a moment of its own while the commits were stored."""
    frames = merged_whole(commits_of(history))
    at = 0
    begin = Document(start)
    for frame in frames:
        states = [Document(begin.in_paint_order())]
        for _cid, ops in history[at : frame.last]:
            states.append(Document(states[-1].in_paint_order()))
            states[-1].apply(ops)
        seen = [
            element
            for id_ in ("a", "b", "c")
            if (element := states[data.draw(st.integers(0, len(states) - 1))].get(id_))
        ]
        if frame.first == frame.last:  # as C6 has it for a commit
            seen = begin.in_paint_order()
        document = Document(seen)
        document.apply(ops_of(frame))
        assert document.digest() == states[-1].digest()
        begin, at = states[-1], frame.last


@given(HISTORIES)
def test_a_merge_says_who_did_what(history: list[tuple[str, list[Op]]]) -> None:
    """[M3] Each client with its last number, each property with all that have set it since it was put."""
    at = 0
    numbers = dict.fromkeys(CLIENTS, 0)
    for frame in merged_whole(commits_of(history)):
        expected: dict[str, int] = {}
        writers: dict[tuple[str, str], set[str]] = {}
        gone: set[str] = set()
        for cid, ops in history[at : frame.last]:
            numbers[cid] += 1
            expected[cid] = numbers[cid]
            for op in ops:
                match op:
                    case Put(element):
                        gone.discard(element.id)
                    case SetProps(id_, props) if id_ not in gone:
                        for name in changed_props(props):
                            writers.setdefault((id_, name), set()).add(cid)
                    case Delete(id_):
                        gone.add(id_)
                        for key in [key for key in writers if key[0] == id_]:
                            del writers[key]
        at = frame.last
        assert dict(frame.pushes) == expected
        if frame.first == frame.last:
            continue
        told: dict[tuple[str, str], set[str]] = {}
        for op, by in frame.ops:
            if isinstance(op, SetProps):
                for name in changed_props(op.props):
                    assert (op.id, name) not in told, "a property twice"
                    told[op.id, name] = {frame.pushes[place][0] for place in by}
        assert told == writers


def drag(count: int, commits: int, first: int = 1, cid: str = CLIENTS[0]) -> list[bytes]:
    """``count`` elements moved ``commits`` times."""
    return commits_of(
        [
            (
                cid,
                [
                    SetProps(f"element-{k}", Props(place=(float(step), k / 3, 1.0, 1.0, 0.0)))
                    for k in range(count)
                ],
            )
            for step in range(commits)
        ],
        first,
    )


def strokes(count: int, first: int = 1) -> list[bytes]:
    return commits_of(
        [
            (CLIENTS[0], [Put(Rectangle(id=f"new-{first + k}", place=PLACE, z="a0"))])
            for k in range(count)
        ],
        first,
    )


def test_a_long_drag_is_one_place() -> None:
    """[M1] 25 moves of 200 elements weigh hardly more than one."""
    commits = drag(200, 25)
    frame, _read = merged_from(commits, 1)
    assert frame is not None
    assert (frame.first, frame.last) == (1, 25)
    assert len(frame.data) < 1.2 * len(commits[0])
    assert len(decoded(frame.data).ops) == 200


def test_what_is_all_new_goes_as_it_is() -> None:
    """Nothing is gained, so nothing is merged, and nobody tries it again and again."""
    ring = Ring(0)
    for seq, commit in enumerate(strokes(500), 1):
        ring.append(seq, commit)
    merges = RingMerges(ring)
    assert merges.after(0, 4_096) is None
    read = merges._read
    assert read > FEWEST_BYTES
    assert all(merges.after(seq, 4_096) is None for seq in range(1, 500))
    assert merges._read <= read + ring.written


def test_a_few_commits_go_as_they_are() -> None:
    ring = Ring(0)
    for seq, commit in enumerate(drag(200, 7), 1):
        ring.append(seq, commit)
    assert RingMerges(ring).after(0, 4_096) is None


@pytest.mark.parametrize("budget", [4_096, 65_536])
def test_what_fits_the_budget_goes_as_it_is(budget: int) -> None:
    ring = Ring(0)
    for seq, commit in enumerate(drag(10, 2 * budget // 1_024), 1):
        ring.append(seq, commit)
    whole = RingMerges(ring).after(0, budget)
    assert (whole is not None) == ring.exceeds(0, max(budget, FEWEST_BYTES))
    last = ring.last - 10
    assert RingMerges(ring).after(last, budget) is None


def test_a_merge_is_bounded_work() -> None:
    """One merge reads no more ops than a loop has time for, all merges no more than a few times what was written."""
    ring = Ring(0)
    for seq, commit in enumerate(drag(100, 1_000), 1):
        ring.append(seq, commit)
    merges = RingMerges(ring)
    frame = merges.after(600, 4_096)
    assert frame is not None
    assert 100 * (frame.last - frame.first + 1) <= MOST_WORK + 100
    read = 0
    for seq in range(ring.last - len(ring), ring.last, 3):
        frame = merges.after(seq, 4_096)
        read = max(read, merges._read)
    assert read <= 5 * ring.written + 2**22
    assert merges.after(ring.last - 100, 4_096) is None, "no more than that"


@given(st.lists(st.integers(1, 120), min_size=8, max_size=60))
def test_no_merge_is_larger_than_a_frame_or_than_what_it_replaces(sizes: list[int]) -> None:
    """[F3]"""
    commits: list[bytes] = []
    for at, size in enumerate(sizes):
        commits += drag(size, 1, at + 1, CLIENTS[at % 3])
    frame, read = merged_from(commits, 1)
    if frame is not None:
        assert len(frame.data) <= MAX_FRAME_BYTES
        assert len(frame.data) < read.bytes


def test_a_put_after_a_set_begins_another_merge() -> None:
    """[M2] The set changed nothing where the element was missing, and must not change the element put later."""
    missing: list[tuple[str, list[Any]]] = [
        (CLIENTS[0], [SetProps("a", Props(color="#e03131"))]),
        (CLIENTS[1], [Put(Rectangle(id="a", place=PLACE, z="a0"))]),
    ]
    assert not is_mergeable(commits_of(missing))
    assert [frame.last for frame in merged_whole(commits_of(missing))] == [1, 2]
    known: list[tuple[str, list[Any]]] = [(CLIENTS[1], [Delete("a")]), *missing]
    assert is_mergeable(commits_of(known)), "what the set meets is known: nothing"
