"""Published words and numbers: why a socket was closed, why a push was refused.

Close codes follow the split that Centrifugo uses: 4000-4499 mean come back, 4500-4999 mean do not.
"""

from enum import IntEnum, StrEnum


class CloseCode(IntEnum):
    """Why the server closed a socket."""

    NORMAL = 1000
    RESTARTING = 1012
    NOT_A_FRAME = 1007
    TOO_BIG = 1009
    OVERLOADED = 1013
    RESYNC = 4000
    SLOW = 4001
    NO_PONG = 4002
    POSITION_LOST = 4003
    TOKEN_EXPIRED = 4004
    SUPERSEDED = 4009
    RATE = 4029
    MALFORMED = 4500
    BAD_TOKEN = 4501
    FORBIDDEN = 4503
    NO_SUCH_BOARD = 4504
    NO_HELLO = 4508
    WRONG_VERSION = 4510
    ROOM_FULL = 4513


class RefusalCode(StrEnum):
    """Why a push changed nothing."""

    GAP = "gap"
    """An earlier push of this client is missing; send again from ``expected``. Retryable."""
    RATE = "rate"
    """Too many in too short a time. Retryable."""
    UNAVAILABLE = "unavailable"
    """The store does not answer. Retryable."""
    READ_ONLY = "read-only"
    """The store takes no writes now. Retryable."""
    STORE_FULL = "store-full"
    """The store's memory is used up. Retryable once its keeper made room."""
    FORBIDDEN = "forbidden"
    """The role does not allow it. Terminal."""
    BOARD_FULL = "board-full"
    """The board has its largest number of elements. Terminal."""
    INVALID = "invalid"
    """Understood, but against a rule that needs more than one frame to see. Terminal."""
