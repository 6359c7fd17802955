"""A small asyncio client: draw on a board, listen to it, compare digests.

>>> async with await connect("http://127.0.0.1:8000/b/ID#k=TOKEN") as board:   # doctest: +SKIP
...     seq = await board.push([["put", {"type": "rectangle", "id": "r1", "z": "a0",
...                                      "place": [0, 0, 120, 80, 0]}]])
...     print(seq, await board.digest())

It speaks the protocol of docs/protocol.md and nothing else; scripts, load generators and tests use it.
"""

from inkwire.client.address import Address
from inkwire.client.board import Board, Digest
from inkwire.client.connect import connect
from inkwire.errors import ConnectionLost, Refusal

__all__ = ["Address", "Board", "ConnectionLost", "Digest", "Refusal", "connect"]
