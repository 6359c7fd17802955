"""Sending something to an address that somebody gave: to public ones only, to the very one that was looked up.

A name is resolved once, every address it has is judged, and the connection goes to one of them; so an answer
of the name service that changes meanwhile leads nowhere. Redirects are not followed, no proxy and no cookie
of the environment is used, and of the answer only its head is read.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import httpx

from inkwire.errors import InkwireError
from inkwire.rooms.targets import Network, Target, may_reach, target_of

POST_SECONDS: Final = 10.0
"""From looking up the name to the head of the answer."""
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class NotSent(InkwireError):
    """It did not arrive; ``status`` is the answer's, 0 without one."""

    def __init__(self, words: str, status: int = 0, retry_after_s: float = 0.0) -> None:
        super().__init__(words)
        self.status = status
        self.retry_after_s = retry_after_s


class Sent(NamedTuple):
    """It arrived; ``status`` is 2xx."""

    status: int


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system's own resolver finds them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Outgoing:
    """Posts, with bounded patience. ``allowed`` are networks besides the public ones."""

    def __init__(self, allowed: Sequence[Network] = (), resolve: Resolve = resolve) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Sent:
        """Raises ``NotSent`` with words for the owner, ``Refusal`` for an address that is none."""
        target = target_of(url)
        try:
            async with asyncio.timeout(POST_SECONDS):
                address = await self._address(target)
                status, retry_after = await self._send(target, address, body, headers)
        except TimeoutError:
            raise NotSent(f"No answer within {POST_SECONDS:g} s.") from None
        except (httpx.HTTPError, OSError, ssl.SSLError) as error:
            raise NotSent(f"The connection failed ({type(error).__name__}).") from None
        if 200 <= status < 300:
            return Sent(status)
        words = f"The answer was {status}."
        if 300 <= status < 400:
            words = f"The answer was {status}; redirects are not followed."
        raise NotSent(words, status, retry_after)

    async def _address(self, target: Target) -> str:
        try:
            found = await self._resolve(target.host, target.port)
        except (OSError, UnicodeError):
            raise NotSent("The name is not known.") from None
        # All of them: a name that also points inside is not trusted with its other address either.
        if not found or not all(may_reach(each, self._allowed) for each in found):
            raise NotSent(
                "The address is not a public one (INKWIRE_WEBHOOK_NETWORKS allows others)."
            )
        return found[0]

    async def _send(
        self, target: Target, address: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, float]:
        host = f"[{address}]" if ":" in address else address
        # A client for each message: a connection that is kept was checked for another name's certificate.
        async with httpx.AsyncClient(
            verify=await asyncio.to_thread(_tls),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113  # the whole has its limit
        ) as client:
            request = client.build_request(
                "POST",
                f"{target.scheme}://{host}:{target.port}{target.path}",
                content=body,
                headers={**headers, "Host": target.authority, "Connection": "close"},
                extensions={"sni_hostname": target.host},
            )
            answer = await client.send(request, stream=True)
            await answer.aclose()
        asked = answer.headers.get("retry-after", "")
        return answer.status_code, float(asked) if asked.isascii() and asked.isdigit() else 0.0


@cache
def _tls() -> ssl.SSLContext:
    """Certificates as everywhere; SSL_CERT_FILE names a private authority."""
    return httpx.create_ssl_context()
