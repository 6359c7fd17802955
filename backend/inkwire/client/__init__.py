"""An asyncio client: draw on a board, listen to it, take files out of it (docs/client.md).

>>> async with await connect("http://127.0.0.1:8000/b/ID#k=TOKEN") as board:   # doctest: +SKIP
...     async with board.drawing() as drawing:
...         start = drawing.ellipse(0, 0, 160, 70, label="Start")
...         drawing.arrow(start, drawing.diamond(0, 150, 160, 100, label="Ready?"))
...     print(drawing.seq, await board.digest())

It speaks the protocol of docs/protocol.md and docs/api.md and nothing else; scripts, load generators and tests use it.
"""

from inkwire.client.address import Address
from inkwire.client.board import Board, Digest
from inkwire.client.connect import connect
from inkwire.client.drawing import Drawing
from inkwire.client.http import NewBoard, create_board
from inkwire.errors import BoardNotFound, ConnectionLost, Invalid, Refusal

__all__ = [
    "Address",
    "Board",
    "BoardNotFound",
    "ConnectionLost",
    "Digest",
    "Drawing",
    "Invalid",
    "NewBoard",
    "Refusal",
    "connect",
    "create_board",
]
