"""What the HTTP API has for a client: boards made, files out, the feed, the digest (docs/api.md)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx

from inkwire.client.address import Address
from inkwire.errors import BoardNotFound, ConnectionLost, InkwireError, Refusal, StoreUnavailable

SECONDS: Final = 40.0
"""How long a server may stay silent. Feeds give a sign of life every 15 s."""


@dataclass(frozen=True, slots=True)
class NewBoard:
    """A board just made. ``links`` holds its links by role; they are shown only this once."""

    id: str
    url: str
    """The editor's link."""
    links: Mapping[str, str]


async def create_board(
    server: str, title: str = "", *, key: str = "", request: str = ""
) -> NewBoard:
    """Makes a board on the server with that address, such as ``https://boards.example.org``.

    ``key`` is an owner's (``ik_`` and 27 random letters and digits, or more), which lists and opens it; with it
    a ``request`` of the same name makes one board, however often. Errors: ``ConnectionLost``, ``Refusal``.
    """
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    if request:
        headers["Idempotency-Key"] = request
    try:
        async with _client(server) as client:
            url = f"{server.rstrip('/')}/api/boards"
            answer = await client.post(url, json={"title": title}, headers=headers)
    except httpx.HTTPError as error:
        raise _lost(server, error) from None
    if not answer.is_success:
        raise _refused(answer)
    made = answer.json()
    links = {role: str(link["url"]) for role, link in made["links"].items()}
    return NewBoard(made["id"], made["url"], links)


async def exported(address: Address, form: str, options: Mapping[str, Any]) -> AsyncIterator[bytes]:
    """The board as a file, piece by piece. Errors: those of ``streamed``."""
    async with streamed(address, f"/export.{form}", options) as answer:
        async for piece in answer.aiter_bytes():
            yield piece


async def activity(
    address: Address, *, since: str | int = "", types: str = "", follow: bool = True
) -> AsyncIterator[dict[str, Any]]:
    """What happens on the board, event by event; ends when the server does. Errors: those of ``streamed``."""
    query = {"since": since, "types": types, "follow": str(follow).lower()}
    headers = {"Accept": "application/x-ndjson"}
    async with streamed(address, "/activity", query, headers) as answer:
        async for line in answer.aiter_lines():
            event: dict[str, Any] = json.loads(line)
            if event["type"] != "alive":
                yield event


async def fetched(address: Address, path: str) -> Any:
    """A JSON answer of the board's API. Errors: those of ``streamed``."""
    async with streamed(address, path, {}) as answer:
        return json.loads(await answer.aread())


@asynccontextmanager
async def streamed(
    address: Address,
    path: str,
    query: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[httpx.Response]:
    """The answer of the board's API, not read yet.

    Raises ``ConnectionLost``: there is no server, or it broke off; ``BoardNotFound``: there is no such board for
    this token; ``StoreUnavailable``: come back later; ``Refusal``: it is not allowed, or not understood.
    """
    asked = {"Authorization": f"Bearer {address.token}", **(headers or {})}
    given = {name: value for name, value in query.items() if value not in (None, "")}
    try:
        async with (
            _client(address.base) as client,
            client.stream("GET", address.api + path, params=given, headers=asked) as answer,
        ):
            if not answer.is_success:
                await answer.aread()
                raise _refused(answer)
            yield answer
    except httpx.HTTPError as error:
        raise _lost(address.base, error) from None


def _client(server: str) -> httpx.AsyncClient:
    # Reading all certificates takes longer than a whole request without them.
    return httpx.AsyncClient(timeout=SECONDS, verify=server.startswith("https:"))


def _lost(server: str, error: httpx.HTTPError) -> ConnectionLost:
    return ConnectionLost(f"{server} does not answer: {str(error) or type(error).__name__}")


def _refused(answer: httpx.Response) -> InkwireError:
    """The error that a problem (RFC 9457) is."""
    try:
        told: Any = answer.json()
        name, words = str(told["type"]).rpartition(":")[2], str(told["detail"])
        words = f"{told['where']}: {words}" if told.get("where") else words
    except (ValueError, KeyError, TypeError, AttributeError):
        name, words = "", f"The server answered {answer.status_code}."
    if answer.status_code in (401, 404):
        return BoardNotFound(words)
    after = answer.headers.get("retry-after", "")
    seconds = float(after) if after.isdigit() else 1.0
    if answer.status_code >= 500:
        return StoreUnavailable(words, code=name or "unavailable", retry_after=seconds)
    late = answer.status_code == 429
    return Refusal(name, words, retryable=late, retry_after=seconds if late else 0.0)
