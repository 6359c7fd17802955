"""Every error that Inkwire raises on purpose, in one tree.

What goes wrong below (Redis, msgspec, sockets) is mapped to one of these at one boundary, so that callers
never have to know which library failed.
"""

from __future__ import annotations


class InkwireError(Exception):
    """The root of the tree; its message is written for the person who reads it."""


class FrameError(InkwireError):
    """Bytes from outside that are not a frame we understand.

    ``close_code`` is the published WebSocket close code (docs/protocol.md) that answers it.
    """

    def __init__(self, message: str, close_code: int) -> None:
        super().__init__(message)
        self.close_code = close_code


class Refusal(InkwireError):
    """A request that was understood and refused.

    ``code`` is a published word (``protocol.codes``), ``retryable`` says whether the same request may
    succeed later, ``retry_after`` in seconds says when to try.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        retryable: bool = False,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


class Invalid(Refusal):
    """Something in a request that breaks a rule; ``where`` names the place, e.g. ``ops[3].place``."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__("invalid", message)
        self.where = where


class StoreUnavailable(Refusal):
    """The store did not answer in time, or answered that it cannot write now."""

    def __init__(
        self, message: str, *, code: str = "unavailable", retry_after: float = 1.0
    ) -> None:
        super().__init__(code, message, retryable=True, retry_after=retry_after)


class ConnectionLost(InkwireError):
    """The socket ended before the answer came; what was sent may or may not have been applied."""


class BoardNotFound(InkwireError):
    """No board has that id, or the caller may not know that it exists."""


class Outdated(InkwireError):
    """Something has changed since the caller looked at it, and the caller wanted to know."""


class Conflict(InkwireError):
    """What was asked for does not go with how things are; ``name`` is a published word."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class KeyReused(InkwireError):
    """A name that an earlier request had asks for something else now."""


class BadFile(InkwireError):
    """A file that cannot be imported; ``where`` names the place in it, e.g. ``elements[12].points``.

    ``line`` is the number of the line, for files of lines, and ``path`` the place in a file of JSON.
    """

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where = where
        word, _, number = where.partition(".")[0].partition(" ")
        self.line = int(number) if word == "line" and number.isdecimal() else None
        self.path = where if where and " " not in where else None


class Abandoned(InkwireError):
    """Whoever wanted it has left; what was begun is taken back."""


class WrongType(BadFile):
    """A file of a kind that is not read here."""


class TooLarge(BadFile):
    """A file of more bytes than are taken."""


class ConfigError(InkwireError):
    """Settings that contradict each other, or a store that does not fit; the start is stopped."""
