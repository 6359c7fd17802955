"""Pictures in a folder, each under the sha256 of its bytes, 256 folders of them."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from inkwire.assets.files import KeptFile, OpenFile, file_id_of, is_file_id
from inkwire.errors import StoreUnavailable

_PIECE: Final = 256 * 1024
_UNREADABLE: Final = "The picture cannot be read."
_UNFINISHED: Final = "unfinished-"
_ABANDONED_SECONDS: Final = 3600.0
"""What was begun so long ago will not be finished: its process was killed."""
_T = TypeVar("_T")


class FolderFiles:
    """See ``files.Files``. Written whole or not at all: a name appears when its bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, data: bytes) -> str:
        """See ``files.Files``."""
        return await _in_thread(partial(self._put, data), "The server has no room for pictures.")

    async def get(self, file_id: str) -> bytes | None:
        """See ``files.Files``."""
        if not is_file_id(file_id):
            return None
        return await _in_thread(partial(self._get, file_id), _UNREADABLE)

    async def open(self, file_id: str) -> OpenFile | None:
        """See ``files.Files``. Nothing stays open between two pieces."""
        if not is_file_id(file_id):
            return None
        path = self._path(file_id)
        try:
            size = (await _in_thread(path.stat, _UNREADABLE)).st_size
            head = await _in_thread(partial(_read, path, 0), _UNREADABLE)
        except FileNotFoundError:
            return None
        return OpenFile(size, head, _pieces(path, head))

    async def delete(self, file_id: str) -> None:
        """See ``files.Files``."""
        if is_file_id(file_id):
            path = self._path(file_id)
            await _in_thread(
                partial(path.unlink, missing_ok=True), "The picture cannot be deleted."
            )

    async def kept(self) -> AsyncIterator[KeptFile]:
        """See ``files.Files``. Takes away what killed processes left half-written."""
        for number in range(256):
            shard = self._folder / f"{number:02x}"
            for each in await _in_thread(partial(_listed, shard), "The pictures cannot be listed."):
                yield each

    async def close(self) -> None:
        """See ``files.Files``."""

    def _path(self, file_id: str) -> Path:
        return self._folder / file_id[:2] / file_id

    def _get(self, file_id: str) -> bytes | None:
        try:
            return self._path(file_id).read_bytes()
        except FileNotFoundError:
            return None

    def _put(self, data: bytes) -> str:
        file_id = file_id_of(data)
        path = self._path(file_id)
        try:
            os.utime(path)
        except FileNotFoundError:
            pass
        else:
            return file_id
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return file_id


async def _pieces(path: Path, head: bytes) -> AsyncIterator[bytes]:
    piece, at = head, 0
    while piece:
        yield piece
        at += len(piece)
        try:
            piece = await _in_thread(partial(_read, path, at), _UNREADABLE)
        except FileNotFoundError as error:
            raise StoreUnavailable(_UNREADABLE) from error


def _read(path: Path, at: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.read(_PIECE)


def _listed(shard: Path) -> list[KeptFile]:
    found = []
    try:
        entries = list(os.scandir(shard))
    except FileNotFoundError:
        return []
    abandoned = time.time() - _ABANDONED_SECONDS
    for entry in entries:
        status = entry.stat()
        if is_file_id(entry.name):
            found.append(KeptFile(entry.name, status.st_size, round(status.st_mtime * 1000)))
        elif entry.name.startswith(_UNFINISHED) and status.st_mtime < abandoned:
            Path(entry.path).unlink(missing_ok=True)
    return found


def _sync_folder(folder: Path) -> None:
    """The new name is on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


async def _in_thread(work: Callable[[], _T], words: str) -> _T:
    try:
        return await asyncio.to_thread(work)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreUnavailable(words) from error
