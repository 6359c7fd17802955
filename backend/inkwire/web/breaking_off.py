"""Ending an answer that has begun and cannot be finished, so that nobody takes it for whole.

HTTP has no word for it but the end of the connection before the end of the body. An exception would do
that, too, and leave a traceback in the log for what is no fault of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request

EXTENSION: Final = "inkwire.break_off"
"""Where the HTTP protocol leaves a way to drop the connection, in the scope's extensions."""


def offer(scope: Any, drop: Callable[[], None]) -> None:
    """Gives the handler of a request a way to drop its connection."""
    scope.setdefault("extensions", {})[EXTENSION] = drop


def dropper(request: Request) -> Callable[[], None]:
    """What drops the connection at once; nothing where the server offers no way to."""
    drop: Callable[[], None] | None = request.scope.get("extensions", {}).get(EXTENSION)
    return drop or (lambda: None)


async def break_off(request: Request) -> bool:
    """Drops the connection and returns when it is gone; False where the server offers no way to."""
    drop: Callable[[], None] | None = request.scope.get("extensions", {}).get(EXTENSION)
    if drop is None:
        return False
    drop()
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return True
