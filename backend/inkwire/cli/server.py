"""A running server, asked over HTTP by a board's link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import httpx
import typer

from inkwire.client.address import Address
from inkwire.errors import ConnectionLost, InkwireError, StoreUnavailable

SECONDS = 30.0
"""How long a server may stay silent. Feeds give a sign of life every 15 s."""

BoardLink = Annotated[
    str,
    typer.Argument(
        metavar="LINK",
        envvar="INKWIRE_LINK",
        help="The board's link, …/b/ID#k=TOKEN. In the variable it is hidden from other users.",
    ),
]


def address_of(link: str) -> Address:
    """The board that a link opens. Raises ``typer.BadParameter``."""
    try:
        address = Address.parse(link)
    except ValueError:
        address = Address("", "", "")
    if not address.token:
        raise typer.BadParameter("this is no link of a board; it looks like http://…/b/ID#k=TOKEN")
    return address


@contextmanager
def streamed(
    address: Address, path: str, query: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Iterator[httpx.Response]:
    """The answer of the board's API, not read yet.

    Raises ``ConnectionLost`` (there is no server), ``StoreUnavailable`` (come back later), ``InkwireError``.
    """
    asked = {"Authorization": f"Bearer {address.token}", **(headers or {})}
    try:
        with (
            httpx.Client(timeout=SECONDS) as client,
            client.stream("GET", address.api + path, params=dict(query), headers=asked) as answer,
        ):
            if not answer.is_success:
                answer.read()
                raise _refused(answer)
            yield answer
    except httpx.HTTPError as error:
        words = str(error) or type(error).__name__
        raise ConnectionLost(f"{address.base} does not answer: {words}") from None


def _refused(answer: httpx.Response) -> InkwireError:
    try:
        body: Any = answer.json()
        words = str(body["error"])
        words = f"{body['where']}: {words}" if body.get("where") else words
    except (ValueError, KeyError, TypeError, AttributeError):
        words = f"The server answered {answer.status_code}."
    if answer.status_code in (429, 503):
        asked = answer.headers.get("retry-after", "")
        return StoreUnavailable(words, retry_after=float(asked) if asked.isdigit() else 1.0)
    return InkwireError(words)
