"""Keeping a picture for a board: checked first, counted, then stored."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from inkwire.assets.files import file_id_of
from inkwire.assets.picture_header import PictureHeader, read_header
from inkwire.store.board_store import BoardStore


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """``file`` is the name that elements know it by."""

    file: str
    header: PictureHeader


async def keep_picture(
    store: BoardStore, board: str, data: bytes, *, board_bytes: int
) -> KeptPicture:
    """Keeps a picture that somebody brings to the board; ``board_bytes`` is what all may have together.

    Errors: those of ``read_header``, ``Refusal`` (``board-full``), those of the store. Then nothing is
    kept.
    """
    header = await asyncio.to_thread(read_header, data)
    return KeptPicture(await store_picture(store, board, data, board_bytes=board_bytes), header)


async def store_picture(store: BoardStore, board: str, data: bytes, *, board_bytes: int) -> str:
    """The second half of ``keep_picture``, for bytes that are known to be a picture; returns its name."""
    file_id = await asyncio.to_thread(file_id_of, data)
    await store.board_files.check_room(board, file_id, len(data), board_bytes)
    # The bytes first: what is noted is there.
    await store.files.put(data)
    await store.board_files.add(board, file_id, len(data))
    return file_id
