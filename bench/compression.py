"""What compressing a batch once for everybody would save, and what it would cost.

Raw deflate at level 1 of frames as a room makes them. `python -m bench.compression`. Worker's µs a frame
are paid once; the page's are paid by every page, which also has to wait for an asynchronous stream
(browsers have no other inflate).
"""

from __future__ import annotations

import os
import random
import time
import zlib
from collections.abc import Callable

from inkwire.protocol import codec
from inkwire.protocol.elements import Freedraw, TextElement
from inkwire.protocol.frames import Commit, Ink, LiveState, PeerLive
from inkwire.protocol.ops import Put
from inkwire.rooms.splice import batch_frame

CHANCE = random.Random(7)
ROUNDS = 300


def points(count: int) -> bytes:
    """Deltas of a hand: small, correlated, with pressure."""
    x = y = 0.0
    found = bytearray((1, 4))
    for _ in range(count):
        x = max(-60.0, min(60.0, x * 0.9 + CHANCE.gauss(0, 6)))
        y = max(-60.0, min(60.0, y * 0.9 + CHANCE.gauss(0, 6)))
        for value in (int(x), int(y), CHANCE.randint(-3, 3)):
            found.append(((value << 1) ^ (value >> 31)) & 0x7F)
    return bytes(found)


def token(size: int) -> str:
    return "".join(CHANCE.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_", k=size))


def cursors(people: int) -> bytes:
    """Ten people move their pointers."""
    live = [
        PeerLive(
            token(12), None, LiveState(cursor=(CHANCE.uniform(0, 4e3), CHANCE.uniform(0, 4e3)))
        )
        for _ in range(people)
    ]
    return batch_frame([], [codec.encode(each) for each in live])


def ink(people: int) -> bytes:
    """Ten people draw: two points each since the last frame."""
    live = [
        PeerLive(
            token(12),
            None,
            LiveState(
                cursor=(CHANCE.uniform(0, 4e3), CHANCE.uniform(0, 4e3)),
                ink=(Ink(id=token(16), offset=600, data=points(2)[2:]),),
            ),
        )
        for _ in range(people)
    ]
    return batch_frame([], [codec.encode(each) for each in live])


def commit(seq: int, element: Freedraw | TextElement) -> bytes:
    return codec.encode(
        Commit(seq, 1_795_000_000_000 + seq, token(16), token(22), seq, "", (Put(element),))
    )


def strokes(count: int) -> bytes:
    """Somebody is behind by some strokes of 50 points."""
    place = (812.5, 443.25, 1.0, 1.0, 0.0)
    return batch_frame(
        [
            commit(k, Freedraw(id=token(16), place=place, z=token(6), points=points(50)))
            for k in range(count)
        ]
    )


def texts(count: int) -> bytes:
    """Somebody is behind by some texts of English length and letters."""
    sentence = "the board a line of people who draw and write what they think"
    words = sentence.split()
    place = (812.5, 443.25, 1.0, 1.0, 0.0)
    return batch_frame(
        [
            commit(
                k,
                TextElement(
                    id=token(16),
                    place=place,
                    z=token(6),
                    text=" ".join(CHANCE.choices(words, k=40)),
                ),
            )
            for k in range(count)
        ]
    )


FRAMES: dict[str, Callable[[], bytes]] = {
    "10 cursors": lambda: cursors(10),
    "10 people's ink": lambda: ink(10),
    "1 stroke": lambda: strokes(1),
    "20 strokes": lambda: strokes(20),
    "200 strokes": lambda: strokes(200),
    "20 texts": lambda: texts(20),
}


def timed(work: Callable[[bytes], bytes], data: bytes) -> float:
    """µs of the best of a few runs."""
    best = float("inf")
    for _ in range(5):
        before = time.perf_counter()
        for _ in range(ROUNDS // 5):
            work(data)
        best = min(best, (time.perf_counter() - before) / (ROUNDS // 5))
    return best * 1e6


def deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(1, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def main() -> None:
    """Prints one row per kind of frame."""
    print("load average", *os.getloadavg())
    print("frame | bytes | saved | worker µs | inflate µs (zlib, a lower bound)")
    for name, make in FRAMES.items():
        data = make()
        small = deflated(data)
        print(
            f"{name} | {len(data)} | {1 - len(small) / len(data):.0%} | {timed(deflated, data):.0f} | "
            f"{timed(lambda each: zlib.decompress(each, -15), small):.0f}"
        )


if __name__ == "__main__":
    main()
