"""Pictures in a folder, each under the sha256 of its bytes."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from pathlib import Path

from inkwire.errors import StoreUnavailable

_ID = re.compile(r"[0-9a-f]{64}\Z")


class FolderFiles:
    """See ``board_store.Files``. Written whole or not at all; equal pictures are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, data: bytes) -> str:
        """See ``board_store.Files``."""
        try:
            return await asyncio.to_thread(self._put, data)
        except OSError as error:
            raise StoreUnavailable("The server has no room for pictures.") from error

    async def get(self, file_id: str) -> bytes | None:
        """See ``board_store.Files``."""
        if not _ID.match(file_id):
            return None
        return await asyncio.to_thread(self._get, file_id)

    def _path(self, file_id: str) -> Path:
        return self._folder / file_id[:2] / file_id

    def _get(self, file_id: str) -> bytes | None:
        try:
            return self._path(file_id).read_bytes()
        except FileNotFoundError:
            return None

    def _put(self, data: bytes) -> str:
        file_id = hashlib.sha256(data).hexdigest()
        path = self._path(file_id)
        if path.exists():
            return file_id
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix="unfinished-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        return file_id
