"""Where a board is: its server, its id and the key that opens it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

_PATH = re.compile(r"^(?P<prefix>.*)/(?:api/boards|b)/(?P<board>[A-Za-z0-9_-]+)(?:/socket)?/?$")
_SECURE = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


class Address(NamedTuple):
    """A server's base address such as ``http://127.0.0.1:8000``, a board's id, and a token or ``""``."""

    base: str
    board: str
    token: str

    @classmethod
    def parse(cls, url: str, token: str | None = None) -> Address:
        """The address in a board's link (``…/b/ID#k=TOKEN``) or API address (``…/api/boards/ID``).

        A ``token`` given apart wins over the link's. Raises ``ValueError`` for any other address.
        """
        parts = urlsplit(url)
        path = _PATH.match(parts.path)
        if parts.scheme not in _SECURE or not parts.netloc or path is None:
            raise ValueError(f"not a board's address: {parts.scheme}://{parts.netloc}{parts.path}")
        key = dict(pair.split("=", 1) for pair in parts.fragment.split("&") if "=" in pair).get(
            "k", ""
        )
        base = f"{_SECURE[parts.scheme]}://{parts.netloc}{path['prefix']}"
        return cls(base, path["board"], key if token is None else token)

    @property
    def socket(self) -> str:
        """The WebSocket's address; the token is not in it."""
        return f"ws{self.base.removeprefix('http')}/api/boards/{self.board}/socket"

    @property
    def api(self) -> str:
        """The address of the board in the HTTP API."""
        return f"{self.base}/api/boards/{self.board}"
