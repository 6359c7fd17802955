"""What a webhook is, how its messages are signed, and when a failed one is sent again. Pure.

Messages are those of Standard Webhooks (https://www.standardwebhooks.com), so that receivers find a library
for their language: an id, a time, and an HMAC over both and the body.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from inkwire.rooms.activity import Kind

SECRET: Final = "whsec_"  # noqa: S105
"""What stands before a secret's base64."""
SECRET_BYTES: Final = 24
MOST: Final = 10
"""Webhooks of one board."""
LONGEST_RETRY_MS: Final = 3_600_000
GIVE_UP_MS: Final = 3 * 86_400_000
"""A receiver that has failed for so long is sent nothing more until a test reaches it."""


class Webhook(Struct, frozen=True, rename="camel", kw_only=True):
    """One receiver of a board's events, as it lies in the store."""

    id: str
    url: str
    secret: str
    types: tuple[Kind, ...] = ()
    """Which events; none named: all."""
    created: int
    """Unix milliseconds."""


class Progress(Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """How far a receiver has been told. Event ``number`` of the feed was the last one."""

    number: int
    delivered_at: int = 0
    failures: int = 0
    """In a row; 0 after a message that arrived."""
    failing_since: int = 0
    next_at: int = 0
    """Not before; Unix milliseconds."""
    error: str = ""
    """Why the last attempt failed."""
    paused: str = ""
    """Why nothing is sent any more."""


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """The header ``webhook-signature``; ``timestamp`` in Unix seconds."""
    signed = b".".join((id_.encode(), str(timestamp).encode(), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def new_secret(entropy: bytes) -> str:
    """A secret of these random bytes, as receivers are given it."""
    return SECRET + base64.b64encode(entropy).decode()


def is_secret(text: str) -> bool:
    """Whether it can be a secret: 24 to 64 bytes."""
    try:
        return text.startswith(SECRET) and 24 <= len(_key(text)) <= 64
    except (binascii.Error, ValueError):
        return False


def message(kind: str, at: str, data: msgspec.Raw) -> bytes:
    """The body; ``at`` as ISO 8601, ``data`` as JSON."""
    return msgspec.json.encode({"type": kind, "timestamp": at, "data": data})


def retry_in_ms(failures: int, chance: float, *, first_ms: int, asked_ms: int = 0) -> int:
    """How long to wait after so many failures in a row: doubled each time, up to an hour, half of it by chance.

    ``chance`` is from 0 to 1, ``asked_ms`` what the receiver asked for.
    """
    whole = min(LONGEST_RETRY_MS, first_ms << min(failures - 1, 30))
    return max(round(whole * (0.5 + chance / 2)), min(asked_ms, LONGEST_RETRY_MS))


def after_failure(
    progress: Progress, error: str, now_ms: int, wait_ms: int, *, gone: bool = False
) -> Progress:
    """Where a receiver stands that could not be told; ``gone``: it says that it wants nothing any more."""
    since = progress.failing_since or now_ms
    paused = ""
    if gone:
        paused = "The receiver answered 410: it wants no more."
    elif now_ms - since >= GIVE_UP_MS:
        paused = "The receiver could not be reached for three days."
    return replace(
        progress,
        failures=progress.failures + 1,
        failing_since=since,
        next_at=now_ms + wait_ms,
        error=error,
        paused=paused,
    )


def after_success(progress: Progress, number: int, now_ms: int) -> Progress:
    """Where a receiver stands that has taken event ``number``."""
    return Progress(number=max(number, progress.number), delivered_at=now_ms)


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(SECRET), validate=True)
