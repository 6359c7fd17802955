"""The names of a board's keys, all under one hash tag, so that a cluster keeps them together."""

from __future__ import annotations

from typing import Final, NamedTuple

BOARDS: Final = "inkwire:boards"
"""Sorted set of the ids of all boards, by the time they were made."""
PROBE: Final = "inkwire:probe"
"""Written to find out whether the store takes writes."""

OWNERS: Final = "inkwire:owner:"
"""How the keys begin of the lists of boards that one owner made."""

HOOKED: Final = "inkwire:hooked"
"""Set of the boards that have webhooks."""

UNUSED_FILES: Final = "inkwire:unused-files"
"""Hash, picture to the time when it was first found that no board names it."""


class BoardKeys(NamedTuple):
    """The keys of one board; docs/architecture.md says what lies in each."""

    meta: str
    """Hash: title, epoch, seq, created; archived, if it is; activity (number of the last event),
    settled (the last commit that the events account for)."""
    el: str
    """Hash, element id to its record: seq of the last change, then a msgpack map."""
    big: str
    """Hash, ``id/points`` and ``id/text`` to a msgpack value: large, rarely changing properties."""
    z: str
    """Sorted set of ``z NUL id``, all with score 0: the paint order."""
    acks: str
    """Hash of who is remembered: a client id to its last push (n, seq, time), ``session_field`` to
    its newest connection (number, 0, time)."""
    log: str
    """Stream of commits, the one with seq 7 under the id ``7-0``."""
    links: str
    """Hash, sha256 of a token to its role."""
    files: str
    """Hash, picture to its bytes: what has been brought to this board."""
    activity: str
    """Stream of the feed's events, number 7 under the id ``7-0``."""
    people: str
    """Hash, person to name and colour: who is here as the feed has told it."""
    hooks: str
    """Hash, webhook to what it is."""
    hook_progress: str
    """Hash, webhook to how far its receiver has been told."""
    channel: str
    """Sharded pub/sub channel: commits as they are, live payloads after ``LIVE_MARK``, events of the
    feed after ``ACTIVITY_MARK``."""


LIVE_MARK: Final = b"l"
"""Tells a live payload from a commit, which starts with the byte of a msgpack array of seven."""


ACTIVITY_MARK: Final = b"a"
"""Tells events of the feed from both."""


def board_keys(board: str) -> BoardKeys:
    """The keys of the board with that id."""
    return BoardKeys(*(f"inkwire:{{{board}}}:{name}" for name in BoardKeys._fields))


def exported_mark(board: str, person: str, form: str) -> str:
    """There while the person's last export in that format is too recent to be told again."""
    return f"inkwire:{{{board}}}:exported:{person}:{form}"


def hook_claim(board: str, hook: str) -> str:
    """Which worker tells the webhook's receiver now; expires by itself."""
    return f"inkwire:{{{board}}}:hook-claim:{hook}"


def owner_key(owner: str) -> str:
    """Sorted set of the ids of the boards made with one owner's key, by the time; ``owner`` is its hash."""
    return f"inkwire:owner:{{{owner}}}"


def once_key(scope: str, request: str) -> str:
    """What was answered to a request that may come again; ``scope`` is a board or an owner."""
    return f"inkwire:{{{scope}}}:once:{request}"


def session_field(session: str) -> str:
    """Where a session lies in ``acks``, empty for none; no client id has that first character."""
    return f"@{session}" if session else ""
