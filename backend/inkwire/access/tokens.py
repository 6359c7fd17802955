"""Random ids and capability tokens, and the comparison that tells nothing about them."""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import secrets
import string
from collections.abc import Mapping
from typing import Final

_ALPHABET: Final = string.digits + string.ascii_letters
_NOBODY: Final = hashlib.sha256(b"nobody").hexdigest()


def _random(bits: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_length(bits)))


def _length(bits: int) -> int:
    return math.ceil(bits / math.log2(len(_ALPHABET)))


def new_id() -> str:
    """A board's id: 128 random bits in letters and digits."""
    return _random(128)


def new_epoch() -> str:
    """A name for a life of a board's log: 64 random bits."""
    return _random(64)


def new_token() -> str:
    """A capability: 160 random bits."""
    return _random(160)


OWNER_KEY: Final = re.compile(r"ik_[A-Za-z0-9]{27,120}")
"""An owner's key, which its owner makes: 27 random letters and digits are 160 bits."""


def derived(secret: str, *parts: str, bits: int = 160) -> str:
    """The id or capability that the secret makes of the parts: the same each time, unknown without the secret.

    HMAC-SHA-256, written in letters and digits.
    """
    text = "\0".join(parts).encode()
    value = int.from_bytes(hmac.digest(secret.encode(), text, "sha256"), "big")
    letters = []
    for _ in range(_length(bits)):
        value, digit = divmod(value, len(_ALPHABET))
        letters.append(_ALPHABET[digit])
    return "".join(letters)


def hashed(token: str) -> str:
    """What is kept of a token: sha256 in hexadecimal. 160 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(known: Mapping[str, str], token: str) -> str | None:
    """The role of the token among ``known`` (hash to role), or None.

    Every hash is compared, and one more where there is none, so that the time tells neither how far
    a guess went nor whether the board exists.
    """
    given = hashed(token)
    role = None
    for digest, its_role in (*known.items(), (_NOBODY, "")):
        if hmac.compare_digest(digest, given) and its_role:
            role = its_role
    return role
