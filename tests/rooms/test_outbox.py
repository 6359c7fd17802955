"""The outbox: whoever asks, however seldom, ends with the same commits and the same live state."""

from __future__ import annotations

import pytest
from hypothesis import event, given, note
from hypothesis import strategies as st

from inkwire.protocol import codec
from inkwire.protocol.frames import Batch, Ink, LiveState, PeerLive
from inkwire.protocol.ops import Props, SetProps
from inkwire.protocol.points import encode_points
from inkwire.rooms.document import Document
from inkwire.rooms.outbox import FRAME_ROOM, Cursor, Outbox, Sent
from tests.rooms.receivers import Receiver, Scene, commit, commit_of, stroke, who


@given(st.integers(0, 2**32))
def test_every_receiver_ends_with_everything(seed: int) -> None:
    """[C4] [L1] [L2] [L3] [L4] Order, frames within bounds, ink without gaps, for quick and slow."""
    note(f"seed {seed}")
    scene = Scene(seed)
    receivers: list[Receiver] = []
    for _ in range(120):
        scene.step()
        chance = scene.random.random()
        if chance < 0.15:
            budget = scene.random.choice((4_096, 65_536, FRAME_ROOM))
            receivers.append(Receiver(scene.outbox, budget))
            receivers[-1].document = Document(scene.document.in_paint_order())
        for receiver in receivers:
            if scene.random.random() < 0.3:
                receiver.take()
        if receivers and chance > 0.9:
            scene.outbox.presence.forget(min(each.cursor.live for each in receivers))
    for receiver in receivers:
        while receiver.cursor != scene.outbox.head:
            receiver.take()
        assert receiver.views == scene.truth
        assert receiver.document.digest() == scene.document.digest()
    event("merged" if any(receiver.merged for receiver in receivers) else "not merged")


def test_those_at_the_same_cursor_share_the_same_bytes() -> None:
    outbox = Outbox(0)
    outbox.ring.append(1, commit(1))
    first = outbox.since(Cursor(0, 0))
    second = outbox.since(Cursor(0, 0))
    assert first is not None
    assert second is not None
    assert first.frames[0] is second.frames[0]
    assert outbox.built == 1
    assert outbox.since(first.cursor) == Sent((), first.cursor)
    assert first.cursor is outbox.newest
    outbox.ring.append(2, commit(2))
    news = outbox.since(first.cursor)
    assert news is not None
    assert len(news.frames) == 1


def test_what_one_peer_did_alone_is_not_built_for_it() -> None:
    """[L7] Until somebody else did something too, or left, or there is a commit."""
    outbox = Outbox(0)
    for name in ("peer-0001", "peer-0002", "peer-0003"):
        outbox.presence.join(name, who(name), "worker")
    here = outbox.head
    outbox.presence.update("peer-0001", LiveState(cursor=(1.0, 1.0)))
    own = outbox.since(here, peer="peer-0001")
    assert own is not None
    assert own.cursor is outbox.newest
    assert own == Sent((), outbox.head, "peer-0001")
    assert outbox.built == 0
    others = outbox.since(here, peer="peer-0002")
    assert others is not None
    assert others.only_of == "peer-0001"
    assert outbox.since(here, peer="peer-0003") is others
    assert others.cursor is outbox.newest
    (alone,) = (codec.decode_server(each) for each in others.frames)
    assert alone == Batch((), (PeerLive("peer-0001", None, LiveState(cursor=(1.0, 1.0))),), ())
    for happens in (
        lambda: outbox.presence.update("peer-0002", LiveState(cursor=(2.0, 2.0))),
        lambda: outbox.presence.leave("peer-0002"),
        lambda: outbox.ring.append(1, commit(1)),
    ):
        here = outbox.head
        outbox.presence.update("peer-0001", LiveState(cursor=(outbox.head.live, 1.0)))
        happens()
        shared = outbox.since(here, peer="peer-0001")
        assert shared is not None
        assert shared.only_of is None
        assert len(shared.frames) == 1


def test_who_is_farther_behind_is_told_what_others_did_before() -> None:
    """[L7] Who did all alone depends on since when."""
    outbox = Outbox(0)
    for name in ("peer-0001", "peer-0002"):
        outbox.presence.join(name, who(name), "worker")
    far = outbox.head
    outbox.presence.update("peer-0002", LiveState(cursor=(1.0, 1.0)))
    near = outbox.head
    outbox.presence.update("peer-0001", LiveState(cursor=(2.0, 2.0)))
    assert outbox.since(near, peer="peer-0001") == Sent((), outbox.head, "peer-0001")
    behind = outbox.since(far, peer="peer-0001")
    assert behind is not None
    assert behind.only_of is None
    assert len(behind.frames) == 1


def test_ink_is_checked_across_its_pieces() -> None:
    """No number of an encoding has five bytes that say that more follows, wherever the pieces end."""
    presence = Outbox(0).presence
    presence.join("peer-0001", who("peer-0001"), "worker")

    def draws(offset: int, data: bytes) -> bool:
        element = None if offset else stroke("s1")
        ink = Ink(id="s1", offset=offset, data=data, element=element)
        return presence.update("peer-0001", LiveState(ink=(ink,)))

    assert draws(0, b"\0\2\x81\x81\x81\x81")
    assert not draws(6, b"\x81\1")
    assert draws(6, b"\1\x81\x81\x81\x81")
    assert draws(11, b"\1\1")
    assert not draws(13, b"\1" + b"\x81" * 5)


def test_those_behind_at_the_same_place_share_one_merge() -> None:
    """[M1] Whatever they can take at once; what comes next is sent as it is."""
    outbox = Outbox(0)
    for step in range(1, 31):
        moved = tuple(SetProps(f"d{k}", Props(place=(step, 0.0, 1.0, 1.0, 0.0))) for k in range(60))
        outbox.ring.append(step, commit_of(step, moved))
    first, second = (outbox.since(Cursor(0, 0), budget) for budget in (4_096, 8_192))
    assert first is not None
    assert second is not None
    assert first.frames[0] is second.frames[0]
    assert first.cursor == Cursor(30, 0)
    assert (outbox.built, outbox.merges, outbox.merged_away) == (1, 1, 29)
    near = outbox.since(Cursor(26, 0), 4_096)
    assert near is not None
    assert isinstance(codec.decode_server(near.frames[0]), Batch)


def test_a_slow_receiver_gets_the_newest_value_only() -> None:
    """[L1] A hundred moves of a cursor are one position for who looks once."""
    outbox = Outbox(0)
    outbox.presence.join("peer-0001", who("a"), "worker")
    for x in range(100):
        outbox.presence.update("peer-0001", LiveState(cursor=(float(x), 0.0)))
    sent = outbox.since(Cursor(0, 0))
    assert sent is not None
    (frame,) = map(codec.decode_server, sent.frames)
    assert isinstance(frame, Batch)
    (item,) = frame.live
    assert item.state.cursor == (99.0, 0.0)


def test_a_receiver_behind_the_ring_needs_a_resync() -> None:
    outbox = Outbox(0)
    for seq in range(1, 5_000):
        outbox.ring.append(seq, commit(seq))
    assert outbox.since(Cursor(1, 0)) is None
    assert outbox.since(Cursor(4_000, 0)) is not None


def test_commits_beyond_the_budget_wait_for_the_next_frame() -> None:
    outbox = Outbox(0)
    for seq in range(1, 101):
        outbox.ring.append(seq, commit(seq, tuple(f"e{k}" for k in range(50))))
    sent = outbox.since(Cursor(0, 0), 4_096)
    assert sent is not None
    assert 0 < sent.cursor.seq < 100
    assert sum(map(len, sent.frames)) <= 4_096 + 64


def test_ink_of_many_fingers_comes_in_frames_of_bounded_size() -> None:
    """[F3] [L2] 8 strokes of 128 KiB are far more than one frame may hold."""
    outbox = Outbox(0)
    outbox.presence.join("peer-0001", who("a"), "worker")
    points = encode_points(((x % 7, x % 5) for x in range(60_000)), shift=0)[: 128 * 1024]
    for k in range(8):
        for at in range(0, len(points), 16 * 1024):
            piece = Ink(
                id=f"s{k}",
                offset=at,
                data=points[at : at + 16 * 1024],
                element=None if at else stroke(f"s{k}"),
            )
            assert outbox.presence.update("peer-0001", LiveState(ink=(piece,)))
    receiver = Receiver(outbox, FRAME_ROOM)
    receiver.cursor = Cursor(0, 0)
    receiver.take()
    assert receiver.views["peer-0001"].ink == {f"s{k}": points for k in range(8)}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x07\x04\x02\x02", "unknown flags"),
        (b"\x00\x0d\x02\x02", "unknown shift"),
        (b"\x00\x04\xff\xff\xff\xff\xff\x01", "a number that is too long"),
    ],
)
def test_what_is_no_ink_is_not_passed_on(data: bytes, why: str) -> None:
    """[E4] Receivers decode ink while it grows, so its bytes are looked at on the way in."""
    outbox = Outbox(0)
    outbox.presence.join("peer-0001", who("a"), "worker")
    piece = Ink(id="s", offset=0, data=data, element=stroke("s"))
    assert not outbox.presence.update("peer-0001", LiveState(ink=(piece,))), why
