"""A snapshot read while others draw, then the commits after it, make what replaying everything makes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkwire.client.replica import Replica
from inkwire.errors import FrameError
from inkwire.protocol import codec
from inkwire.protocol.elements import Element, Freedraw, Rectangle, TextElement
from inkwire.protocol.frames import Commit, Merged, Page, Position, Reset, SnapshotRecord
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.rooms.document import Document
from inkwire.rooms.merging import Merge

IDS = st.sampled_from(["a", "b", "c", "d"])
COLOURS = st.sampled_from(["#1e1e1e", "#e03131", "#2f9e44"])


@st.composite
def elements(draw: st.DrawFn) -> Element:
    id_, x = draw(IDS), float(draw(st.integers(-100, 100)))
    place = (x, 0.0, 1.0, 1.0, 0.0)
    match draw(st.integers(0, 2)):
        case 0:
            return Rectangle(id=id_, place=place, z="a0", color=draw(COLOURS))
        case 1:
            return Freedraw(id=id_, place=place, z="a1", points=b"\x00\x04\x02\x02")
        case _:
            return TextElement(id=id_, place=place, z="a2", text=draw(st.sampled_from(["", "hi"])))


OPS: st.SearchStrategy[Op] = st.one_of(
    st.builds(Put, elements()),
    st.builds(SetProps, IDS, st.builds(lambda colour: Props(color=colour), COLOURS)),
    st.builds(
        SetProps,
        IDS,
        st.builds(lambda text: Props(text=text), st.sampled_from(["", "x"])),
    ),
    st.builds(Delete, IDS),
    st.builds(Retitle, st.sampled_from(["one", "two"])),
)


def commit(seq: int, ops: tuple[Op, ...]) -> Commit:
    return Commit(seq, 0, "person-1", "client-1", seq, "", ops)


def record(element: Element, seq: int) -> SnapshotRecord:
    """An element as the store keeps it: the large properties apart."""
    wire = msgspec.to_builtins(element, builtin_types=(bytes,))
    points, text = wire.pop("points", None), wire.pop("text", None)
    return SnapshotRecord(seq, msgspec.Raw(msgspec.msgpack.encode(wire)), points, text)


def touched_by(op: Op) -> str:
    match op:
        case Put(element):
            return element.id
        case Retitle():
            return ""
        case _:
            return op.id


HISTORIES = st.lists(st.lists(OPS, min_size=1, max_size=3), max_size=12)


def with_snapshot(history: list[list[Op]], data: st.DataObject) -> tuple[Replica, Document]:
    """A replica after a snapshot of which each element was read at a moment of its own; what all ops make."""
    states = [Document()]
    changed_at: list[dict[str, int]] = [{}]
    for seq, ops in enumerate(history, 1):
        states.append(Document(states[-1].in_paint_order(), states[-1].title))
        changed = dict(changed_at[-1])
        for op in ops:
            before = states[-1].digest()
            states[-1].apply((op,))
            if states[-1].digest() != before or data.draw(st.booleans()):
                changed[touched_by(op)] = seq
        changed_at.append(changed)
    start = data.draw(st.integers(0, len(history)), label="snapshot seq")
    replica = Replica(Position("e", 0), None)
    replica.reset(Reset("e", start, states[start].title, 4))
    for id_ in ("a", "b", "c", "d"):
        read_at = data.draw(st.integers(start, len(history)), label=f"{id_} read at")
        if element := states[read_at].get(id_):
            seen = codec.encode(Page((record(element, changed_at[read_at][id_]),)))
            page = codec.decode_server(seen)
            assert isinstance(page, Page)
            replica.page(page)
    replica.ready()
    return replica, states[-1]


@given(HISTORIES, st.data())
def test_snapshot_plus_tail_is_replay_from_zero(
    history: list[list[Op]], data: st.DataObject
) -> None:
    """[C6] Each element is read at a moment of its own, at or after the seq that the snapshot names."""
    replica, truth = with_snapshot(history, data)
    for seq in range(replica.position.seq + 1, len(history) + 1):
        assert replica.commit(commit(seq, tuple(history[seq - 1])))
    assert replica.document is not None
    assert replica.document.digest() == truth.digest()
    assert replica.document.title == truth.title


@given(HISTORIES, st.data())
def test_snapshot_plus_merged_tail_is_replay_from_zero(
    history: list[list[Op]], data: st.DataObject
) -> None:
    """[C6] [M2] A merge may begin before what the snapshot names, and end after elements were read."""
    replica, truth = with_snapshot(history, data)
    commits = [codec.encode(commit(seq, tuple(ops))) for seq, ops in enumerate(history, 1)]
    while (at := replica.position.seq) < len(history):
        first = data.draw(st.integers(1, at + 1), label="merged from")
        longest = data.draw(st.integers(1, 12), label="commits at most")
        merge = Merge(first)
        for each in commits[first - 1 : at + longest]:
            if not merge.add(each):
                break
        if merge.last <= at:
            assert replica.commit(codec.decode_commit(commits[at]))
            continue
        frame = codec.decode_server(merge.frame())
        assert isinstance(frame, Merged)
        assert replica.merged(frame)
        assert not replica.merged(frame), "known by now"
    assert replica.document is not None
    assert replica.document.digest() == truth.digest()
    assert replica.document.title == truth.title


def test_a_commit_that_leaves_a_gap_is_refused() -> None:
    """[C4] Nothing is applied out of order."""
    replica = Replica(Position("e", 3), Document())
    with pytest.raises(FrameError, match="commit 5 after 3"):
        replica.commit(commit(5, (Retitle("late"),)))


def test_a_commit_that_is_known_changes_nothing() -> None:
    """[C4] A repeated commit is applied once."""
    replica = Replica(Position("e", 3), Document(title="now"))
    assert not replica.commit(commit(3, (Retitle("before"),)))
    assert replica.document is not None
    assert replica.document.title == "now"
