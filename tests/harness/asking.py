"""HTTP requests of a test that wants to know how long they wait and what they answer."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

LONGEST_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """Status 0 is an answer that broke off, or none."""

    status: int
    seconds: float
    body: bytes


def ask(url: str, token: str = "", *, body: bytes | None = None) -> Answer:
    """GETs, or POSTs JSON. Blocks."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, body, headers)
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_SECONDS) as answer:
            status, data = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, data = error.code, error.read()
    except (OSError, ValueError) as error:
        status, data = 0, str(error).encode()
    return Answer(status, time.perf_counter() - started, data)


async def asked(url: str, token: str = "", *, body: bytes | None = None) -> Answer:
    """The same, in a thread."""
    return await asyncio.to_thread(ask, url, token, body=body)
