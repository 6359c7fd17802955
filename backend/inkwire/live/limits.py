"""Durations and sizes of the live part, in one place. Seconds and bytes."""

from __future__ import annotations

from typing import Final

from inkwire.rooms.allowance import Rate

TICK_SECONDS: Final = 0.016
"""Between two frames to one connection while much happens; the first after a rest goes at once."""
BUSY_TICK_SECONDS: Final = 0.020
"""The same in a room of about a hundred."""
SLOW_TICK_SECONDS: Final = 0.033
"""The same in a room so large that its frames take long to write, or when the event loop is late."""
FLUSH_SHARE: Final = 1 / 10
LARGE_FLUSH_SHARE: Final = 1 / 5
"""Of the event loop, for writing one room's frames: a tenth while that costs nobody more than the busy tick,
beyond it a fifth. What takes longer is done less often."""

PUSHES_QUEUED: Final = 64
PUSHES_IN_FLIGHT: Final = 16
"""Pushes of one connection that are on their way to the store at once."""
PUSH_BYTES_QUEUED: Final = 1024 * 1024
"""Waiting pushes of one connection; beyond them its socket is not read."""
ANSWERS_QUEUED: Final = 256
"""Unsent answers of one connection; beyond them its socket is not read."""
HOLD_SECONDS: Final = 1.5
"""How long a push waits for a store that does not answer, before it is refused as retryable: what is left of the two
seconds that people are promised is for the way and for a busy worker."""
RETRY_SECONDS: Final = 0.1

LARGE_BUDGET: Final = 192 * 1024
"""Bytes of one frame to a connection whose link is fast."""
SEND_RATE: Final = 16 * 2**20
SEND_BURST: Final = 16 * 2**20
"""Bytes per second to one connection, and at once after a rest."""

QUIET_PING_SECONDS: Final = 8.0
"""A peer not heard of for so long is pinged."""
SILENT_SECONDS: Final = 25.0
"""A peer not heard of for so long, pings included, is closed (4002)."""
STALLED_SECONDS: Final = 25.0
"""A peer that takes none of the bytes waiting for it for so long is closed (4001)."""
UNECHOED_SECONDS: Final = 100.0
"""A peer that sends, but answers nothing behind what it was sent for so long, is closed (4001)."""
TRIFLES: Final = Rate(50, 2_048)
"""Control frames and tiny fragments of one connection; who sends more is closed (4029)."""
SMALL_FRAGMENT_BYTES: Final = 1024
DEAF_BYTES: Final = 8 * 2**20
"""What is still read, and thrown away, after a connection was failed; so that it can read why."""
CLOSING_SECONDS: Final = 3.0
"""How long a closing handshake may take before the socket is dropped."""
SWEEP_SECONDS: Final = 1.0
SWEEP_PARTS: Final = 25
"""Connections and rooms are looked after once in a sweep, a part of them at a time."""
HEALTH_SECONDS: Final = 2.0
"""How often a worker with connections asks whether the store takes writes."""
LAG_SECONDS: Final = 0.1
"""How often it is measured how late the event loop is."""

BEAT_SECONDS: Final = 3.0
"""A worker tells the others which peers it has, and asks the store whether it missed a commit."""
CHECK_ATTEMPTS: Final = 4
CHECK_AGAIN_SECONDS: Final = 0.25
"""Such a question is asked again so often when the store does not answer, after so long."""
DEAD_SECONDS: Final = 8.0
"""Peers of a worker not heard of for so long are gone."""
ROOM_LINGERS_SECONDS: Final = 5.0
"""A room stays open for so long after its last peer."""
ROOM_TELLS_SECONDS: Final = 20.0
"""The same while the activity has something to tell yet."""
SNAPSHOT_LINGERS_SECONDS: Final = 10.0
SNAPSHOT_TAIL_BYTES: Final = 512 * 1024
"""A snapshot is shared while no more commits than that have to follow it."""
LIVE_MESSAGE_BYTES: Final = 128 * 1024
"""Live state in one message between workers."""

DRAIN_SLICE: Final = 50
DRAIN_SLICE_SECONDS: Final = 0.1
DRAIN_SECONDS: Final = 15.0
"""At shutdown sockets are closed in slices, spread over no more than this."""
