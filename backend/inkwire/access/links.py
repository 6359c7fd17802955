"""Links that open a board with a role; the capability is in the fragment, unseen by any server."""

from __future__ import annotations

from urllib.parse import quote


def board_url(base: str, board: str, token: str) -> str:
    """The address that a person opens. ``base`` is the server's, such as ``http://host:8000``."""
    return f"{base.rstrip('/')}/b/{quote(board, safe='')}#k={quote(token, safe='')}"
