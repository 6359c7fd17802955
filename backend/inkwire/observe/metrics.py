"""What is counted, for ``/metrics``. Names say what, labels never hold anything from outside."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

_FAST: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Tally:
    """A counter for what happens tens of thousands of times a second: ``flush`` adds it up."""

    __slots__ = ("_counter", "count")

    def __init__(self, counter: Counter) -> None:
        self.count = 0
        self._counter = counter

    def flush(self) -> None:
        """Moves what was counted to the counter; called once a second."""
        count, self.count = self.count, 0
        self._counter.inc(count)


PEERS = Gauge("inkwire_peers", "Open sockets", multiprocess_mode="livesum")
ROOMS = Gauge("inkwire_rooms", "Boards open on a worker", multiprocess_mode="livesum")
LOOP_LAG = Gauge(
    "inkwire_loop_lag_seconds", "How late the event loop is", multiprocess_mode="livemax"
)
FRAMES_IN = Tally(Counter("inkwire_frames_received_total", "Frames from browsers"))
BYTES_IN = Tally(Counter("inkwire_bytes_received_total", "Bytes of frames from browsers"))
FRAMES_OUT = Tally(Counter("inkwire_frames_sent_total", "Frames to browsers"))
FRAMES_BUILT = Tally(Counter("inkwire_frames_built_total", "Frames built; shared ones count once"))
BYTES_OUT = Tally(Counter("inkwire_bytes_sent_total", "Bytes of frames to browsers"))
COMMITS = Counter("inkwire_commits_total", "Pushes stored through a worker")
REFUSED = Counter("inkwire_pushes_refused_total", "Pushes refused", ["code"])
COMMIT_SECONDS = Histogram(
    "inkwire_commit_seconds", "From a push's turn to its answer by the store", buckets=_FAST
)
GAPS = Counter("inkwire_gaps_total", "Gaps found between commits heard, and refilled")
CHECKS = Counter("inkwire_position_checks_total", "Questions whether a commit was missed")
RESETS = Counter("inkwire_room_resets_total", "Rooms whose history started anew under them")
SNAPSHOTS = Counter("inkwire_snapshots_total", "Snapshots sent to joiners")
SNAPSHOTS_BUILT = Counter("inkwire_snapshots_built_total", "Snapshots read from the store")
RESUMED = Counter("inkwire_resumed_total", "Connections that went on where they were")
MERGES = Tally(
    Counter("inkwire_merges_total", "Merged commits made for connections that were behind")
)
MERGED_AWAY = Tally(
    Counter("inkwire_commits_merged_away_total", "Commits whose place a merged one took")
)
RESYNCS = Counter("inkwire_resyncs_total", "Connections that fell behind the ring")
LIVE_DROPPED = Counter("inkwire_live_dropped_total", "Live frames over the limits, dropped")
TURNED_AWAY = Counter(
    "inkwire_connections_refused_total", "Sockets not opened: too many of one address"
)
CLOSED = Counter("inkwire_sockets_closed_total", "Sockets closed by the server", ["code"])
PINGS = Counter("inkwire_pings_sent_total", "Pings to peers that had been silent for a while")
MARKS = Counter("inkwire_marks_sent_total", "Pings behind data, whose answers say that it arrived")
ARRIVAL_SECONDS = Histogram(
    "inkwire_arrival_seconds", "From sending to the peer's word that it arrived", buckets=_FAST
)
COMMITS_BEHIND = Gauge(
    "inkwire_commits_behind_most",
    "Commits that the connection farthest behind was not sent",
    multiprocess_mode="livemax",
)
BYTES_WAITING = Gauge(
    "inkwire_bytes_waiting", "Bytes that sockets have not taken", multiprocess_mode="livesum"
)
SLOW_PEERS = Gauge(
    "inkwire_slow_peers", "Peers whose link proved slow", multiprocess_mode="livesum"
)
RING_COMMITS = Gauge(
    "inkwire_ring_commits", "Recent commits kept in memory", multiprocess_mode="livesum"
)
RING_BYTES = Gauge("inkwire_ring_bytes", "Their size", multiprocess_mode="livesum")
TASKS = Gauge("inkwire_tasks", "Tasks of the event loops", multiprocess_mode="livesum")
HEADS_REFUSED = Counter(
    "inkwire_heads_refused_total", "HTTP requests whose head was too large or too late", ["status"]
)
FEEDS = Gauge("inkwire_feeds", "Open activity feeds", multiprocess_mode="livesum")
ACTIVITY_SETTLED = Counter(
    "inkwire_activity_settled_total", "Times that a worker told the store what there was to tell"
)
WEBHOOKS = Counter("inkwire_webhooks_sent_total", "Messages to receivers of webhooks", ["outcome"])
ACTIVITY_GAPS = Counter(
    "inkwire_activity_gaps_total", "Gaps found between events heard, and refilled"
)

TALLIES: Final = (
    FRAMES_IN,
    BYTES_IN,
    FRAMES_OUT,
    BYTES_OUT,
    FRAMES_BUILT,
    MERGES,
    MERGED_AWAY,
)
