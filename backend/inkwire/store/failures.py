"""The one place where errors of the Redis client become errors of Inkwire."""

from __future__ import annotations

from typing import Final

from redis.exceptions import RedisError, ResponseError

from inkwire.errors import StoreUnavailable
from inkwire.protocol.codes import RefusalCode

_BY_CODE: Final = {
    "OOM": (RefusalCode.STORE_FULL, "The store's memory is used up.", 10.0),
    "READONLY": (RefusalCode.READ_ONLY, "The store takes no writes now.", 2.0),
    "MISCONF": (RefusalCode.READ_ONLY, "The store cannot write to its disk.", 5.0),
    "NOREPLICAS": (RefusalCode.READ_ONLY, "The store has too few replicas.", 2.0),
    "BUSY": (RefusalCode.UNAVAILABLE, "The store is busy.", 1.0),
    "LOADING": (RefusalCode.UNAVAILABLE, "The store is starting.", 1.0),
    "MASTERDOWN": (RefusalCode.UNAVAILABLE, "The store lost its primary.", 1.0),
    "CLUSTERDOWN": (RefusalCode.UNAVAILABLE, "The store's cluster is down.", 1.0),
    "TRYAGAIN": (RefusalCode.UNAVAILABLE, "The store is moving keys.", 0.2),
    "NOAUTH": (RefusalCode.UNAVAILABLE, "The store asks for a password.", 10.0),
    "WRONGPASS": (RefusalCode.UNAVAILABLE, "The store refuses the password.", 10.0),
    "NOPERM": (RefusalCode.UNAVAILABLE, "The store's user may not do this.", 10.0),
}


def is_reply(error: BaseException) -> bool:
    """Whether the store itself said so, over a connection that goes on to be good."""
    return isinstance(error, ResponseError)


def refusal_of(error: BaseException) -> StoreUnavailable | None:
    """What callers get for an error of the client; None for what is a fault of ours."""
    if not isinstance(error, RedisError | OSError | EOFError):
        return None
    # The client strips the code from the words where it knows it, and keeps it in them where not.
    code_word = getattr(error, "status_code", None) or str(error).lstrip("-").split(" ", 1)[0]
    known = _BY_CODE.get(code_word)
    if known is None and is_reply(error):
        return None
    code, message, retry_after = known or (
        RefusalCode.UNAVAILABLE,
        "The store does not answer.",
        1.0,
    )
    return StoreUnavailable(message, code=code, retry_after=retry_after)
