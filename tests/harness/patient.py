"""Requests that come again while the store is away: on a busy machine it may be, for a moment, and says so (503)."""

from __future__ import annotations

import time
from typing import Any, Final

import httpx

PATIENCE_SECONDS: Final = 60.0
_AWAY: Final = 503


class Patient(httpx.HTTPTransport):
    """Of a plain client."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = super().handle_request(request)
            if answer.status_code != _AWAY or time.monotonic() > until:
                return answer
            answer.read()
            answer.close()


class AsyncPatient(httpx.AsyncHTTPTransport):
    """Of an asyncio client."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = await super().handle_async_request(request)
            if answer.status_code != _AWAY or time.monotonic() > until:
                return answer
            await answer.aread()
            await answer.aclose()


def request(method: str, url: str, **options: Any) -> httpx.Response:
    """One request, on a connection of its own."""
    with httpx.Client(transport=Patient(), timeout=PATIENCE_SECONDS) as client:
        return client.request(method, url, **options)


def get(url: str, **options: Any) -> httpx.Response:
    """See ``request``."""
    return request("GET", url, **options)


def post(url: str, **options: Any) -> httpx.Response:
    """See ``request``."""
    return request("POST", url, **options)


def delete(url: str, **options: Any) -> httpx.Response:
    """See ``request``."""
    return request("DELETE", url, **options)
