"""The activity: every commit counts once, and whoever reads in however many pieces reads the same."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from inkwire.protocol import codec
from inkwire.protocol.elements import Rectangle
from inkwire.protocol.frames import Commit
from inkwire.protocol.ops import Delete, Op, Props, Put, Retitle, SetProps
from inkwire.rooms.activity import (
    MOST_NAMED,
    SUM_MS,
    Event,
    Person,
    event_id,
    read_id,
    summed,
)
from inkwire.rooms.activity_ring import MAX_EVENTS, ActivityRing
from tests.rooms.receivers import PLACE

ANA, BEN = "person-ana", "person-ben"
PEOPLE = {ANA: Person("Ana", "#1971c2")}


def put(id_: str, x: float = 0.0) -> Op:
    return Put(Rectangle(id=id_, place=(x, 0.0, 40.0, 30.0, 0.0), z="a0"))


def did(
    seq: int, *ops: Op, person: str = ANA, at: int = 0, gesture: str = "", cid: str = "client-1"
) -> bytes:
    whole = codec.encode(Commit(2**40 + seq, at, person, cid, seq, gesture, ops))
    return whole[:2] + seq.to_bytes(8, "big") + whole[10:]


def test_twelve_strokes_are_one_event() -> None:
    commits = [did(n, put(f"r{n}", x=n * 100.0), at=1_000 + n) for n in range(12)]
    assert summed(commits, PEOPLE) == [
        Event(
            type="drew",
            at=1_011,
            person=ANA,
            name="Ana",
            color="#1971c2",
            count=12,
            kinds={"rectangle": 12},
            elements=tuple(f"r{n}" for n in range(12)),
            place=(0.0, 0.0, 1_140.0, 30.0),
        )
    ]


def test_what_one_did_is_told_by_kind_and_what_two_did_by_person() -> None:
    commits = [
        did(1, put("a"), put("b"), at=10),
        did(2, SetProps("a", Props(place=PLACE)), at=20),  # of what is being drawn
        did(3, SetProps("x", Props()), SetProps("y", Props()), person=BEN, at=30),
        did(4, SetProps("x", Props()), person=BEN, at=40),
        did(5, Delete("z"), Retitle("Plan"), at=50),
        did(6, Delete("q"), gesture="undo-abc", at=60),
        did(7, put("q"), gesture="redo-abc", at=70),
        did(8, put("i"), put("j"), cid="import-xyz", person=BEN, at=80),
    ]
    events = [(each.person, each.type, each.count, each.title) for each in summed(commits, PEOPLE)]
    assert events == [
        (ANA, "drew", 2, None),
        (ANA, "deleted", 1, None),
        (ANA, "undid", 1, None),
        (ANA, "redid", 1, None),
        (ANA, "renamed", 0, "Plan"),
        (BEN, "imported", 2, None),
        (BEN, "edited", 2, None),
    ]
    assert {each.name for each in summed(commits, PEOPLE) if each.person == BEN} == {""}


def test_many_elements_are_counted_and_not_named() -> None:
    (event,) = summed([did(1, *(put(f"r{n}") for n in range(MOST_NAMED + 1)))], PEOPLE)
    assert (event.count, event.elements) == (MOST_NAMED + 1, ())


def test_what_cannot_be_read_is_passed_over() -> None:
    strange = did(2, put("b"))[:-4]
    events = summed([did(1, put("a")), strange, b"", did(3, put("c"))], PEOPLE)
    assert [each.count for each in events] == [2]


commits = st.lists(
    st.tuples(
        st.sampled_from([ANA, BEN, "person-cleo"]),
        st.integers(0, 4 * SUM_MS),
        st.sampled_from(["put", "set", "delete", "title", "import", "undo"]),
        st.integers(1, 4),
    ),
    max_size=40,
)


@given(commits, st.lists(st.integers(0, 40), max_size=5))
def test_every_element_drawn_counts_once_wherever_the_log_is_cut(
    told: list[tuple[str, int, str, int]], cuts: list[int]
) -> None:
    """Sums may be begun and ended anywhere: by another worker, or after one has died."""
    log: list[bytes] = []
    drawn: Counter[tuple[str, str]] = Counter()
    for seq, (person, at, kind, count) in enumerate(told, 1):
        ids = [f"e{seq}x{n}" for n in range(count)]
        ops: list[Op] = [put(id_) for id_ in ids]
        cid, gesture = "client-1", ""
        match kind:
            case "set":
                ops = [SetProps(id_, Props()) for id_ in ids]
            case "delete":
                ops = [Delete(id_) for id_ in ids]
            case "title":
                ops = [Retitle("T")]
            case "import":
                cid = "import-1"
            case "undo":
                gesture = f"undo-{seq}"
        log.append(did(seq, *ops, person=person, at=at, cid=cid, gesture=gesture))
        counted = {"set": "edited", "delete": "deleted", "import": "imported", "put": "drew"}
        if kind in counted:
            drawn[person, counted[kind]] += count
        elif kind == "undo":
            drawn[person, "undid"] += 1
    edges = [0, *sorted(min(cut, len(log)) for cut in cuts), len(log)]
    found: Counter[tuple[str, str]] = Counter()
    for first, end in pairwise(edges):
        for event in summed(log[first:end], PEOPLE):
            if event.type != "renamed":
                found[event.person, event.type] += event.count
    assert found == drawn


def test_an_id_names_its_life_and_its_number() -> None:
    assert read_id(event_id("a-b_c", 12)) == ("a-b_c", 12)
    for strange in ("", "12", "-12", "a-", "a-x", "a-1\n", "a--1x", "x" * 65 + "-1", "é-1"):
        assert read_id(strange) is None


def encoded(number: int) -> bytes:
    return b'{"type":"drew","at":%d,"person":"person-ana","count":%d}' % (number, number)


@given(
    st.integers(0, 30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=12),
    st.data(),
)
def test_whoever_is_cut_off_anywhere_goes_on_without_gap_or_double(
    total: int, pieces: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Events reach a worker in any pieces, some twice; a reader leaves and resumes at any of them."""
    ring = ActivityRing("life", 0)
    read: list[int] = []
    last_id = event_id("life", 0)
    for first, count in [*pieces, (0, total)]:
        start, end = min(first, ring.last) + 1, min(first + count, total)
        ring.extend(start, [encoded(n) for n in range(start, end + 1)])
        if data.draw(st.booleans()):
            position = ring.position(last_id)
            assert position is not None
            news = list(ring.after(position))
            for entry in news[: data.draw(st.integers(0, len(news)))]:
                read.append(entry.number)
                last_id = event_id("life", entry.number)
    position = ring.position(last_id)
    assert position is not None
    read += [entry.number for entry in ring.after(position)]
    assert read == list(range(1, total + 1))


def test_a_gap_is_not_taken_and_the_forgotten_is_not_resumed() -> None:
    ring = ActivityRing("life", 5)
    assert ring.position("life-5") == 5
    for impossible in ("life-4", "life-6", "other-5", "5", ""):
        assert ring.position(impossible) is None
    try:
        ring.extend(7, [encoded(7)])
    except ValueError:
        pass
    else:
        raise AssertionError("a gap was taken")
    ring.extend(6, [encoded(n) for n in range(6, MAX_EVENTS + 16)])
    assert len(ring) == MAX_EVENTS
    assert ring.first == 16
    assert ring.position("life-14") is None
    assert [entry.number for entry in ring.after(15)][:2] == [16, 17]
    assert [e.number for e in ring.after(1_000, lambda entry: entry.number % 5 == 0)] == [
        1_005,
        1_010,
        1_015,
    ]
