"""An error answer's body: problem details (RFC 9457), and the members that Inkwire adds to them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse

MEDIA_TYPE: Final = "application/problem+json"
TYPE: Final = "urn:inkwire:problem:"
"""What stands before a problem's name in its ``type``; docs/api.md lists the names."""

TITLES: Final[Mapping[str, str]] = {
    "no-token": "A token is needed",
    "not-found": "There is nothing here for this token",
    "changed": "It has changed since",
    "key-reused": "The idempotency key was used for something else",
    "last-owner": "This is the last link of an owner",
    "invalid": "The request cannot be understood",
    "bad-file": "The file cannot be read",
    "wrong-type": "This kind of file is not taken",
    "too-large": "That is more than is taken",
    "forbidden": "That is not allowed here",
    "rate": "Too much in too short a time",
    "gap": "Something sent earlier is missing",
    "board-full": "The board is full",
    "store-full": "The server's memory is used up",
    "unavailable": "The server cannot do it now",
    "read-only": "The server takes no changes now",
    "fault": "A fault of the server",
}
"""Every problem that has a name, and its title."""


def problem(status: int, name: str, words: str, **members: Any) -> dict[str, Any]:
    """The body: ``error`` repeats ``detail``, for who knows no problem details.

    ``name`` is one of ``TITLES``, or empty where the status alone says what it is. Members that are
    None or empty are left out.
    """
    told: dict[str, Any] = {
        "type": f"{TYPE}{name}" if name else "about:blank",
        "title": TITLES[name] if name else HTTPStatus(status).phrase,
        "status": status,
        "detail": words,
        "error": words,
    }
    told.update((key, value) for key, value in members.items() if value not in (None, ""))
    return told


class ProblemResponse(JSONResponse):
    """A problem as an answer of its status."""

    media_type = MEDIA_TYPE

    def __init__(
        self,
        status: int,
        name: str,
        words: str,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(problem(status, name, words, **members), status, headers)
