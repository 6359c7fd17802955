"""The folder of one installation, and the lock that keeps a second one out."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

from inkwire.errors import ConfigError

_SOCKET_PATH_LIMIT: Final = 100
"""Bytes; Linux allows 107, macOS 103."""


class DataFolder:
    """``store/`` is the store's own, ``files/`` are pictures."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().resolve()
        self.store = self.path / "store"
        self.files = self.path / "files"
        self._lock = self.path / "lock"
        self._running = self.path / "running"

    @property
    def socket(self) -> Path:
        """The store's Unix socket; every process of this installation finds it by the folder alone.

        Where the folder's name is too long for a socket's address, it lies in a short one of the
        user's own.
        """
        near = self.store / "socket"
        if len(os.fsencode(near)) <= _SOCKET_PATH_LIMIT:
            return near
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        return Path(base) / f"inkwire-{os.getuid()}" / name

    def prepare(self) -> None:
        """Makes what is missing, for the user's eyes only. Raises ``ConfigError``."""
        try:
            for folder in (self.path, self.store, self.files, self.socket.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"The data folder {self.path} cannot be used: {error}") from None
        if self.socket.parent.stat().st_uid != os.getuid():
            raise ConfigError(f"{self.socket.parent} belongs to somebody else.")

    def lock(self) -> int | None:
        """Takes the folder and returns the lock's file descriptor; None when it is taken.

        Whoever inherits the descriptor holds the lock too, so it outlives a killed launcher for as
        long as its store still writes.
        """
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        return handle

    def is_taken(self) -> bool:
        """Whether some process holds the lock now."""
        handle = self.lock()
        if handle is not None:
            os.close(handle)
        return handle is None

    def holder(self) -> int:
        """The process that took the lock last, 0 if unknown."""
        try:
            return int(self._lock.read_text())
        except (OSError, ValueError):
            return 0

    def may_have_lost(self, fsync: str) -> bool:
        """Notes that the store runs; tells whether the run before may have lost what it acknowledged.

        It may unless it was stopped, or synced before it answered. ``fsync`` is that of this run.
        """
        before = self._running.read_text() if self._running.exists() else "always"
        self._running.write_text(fsync)
        return before != "always"

    def ended_cleanly(self) -> None:
        """Notes that the store was stopped and all is on the disk."""
        self._running.unlink(missing_ok=True)
