"""The folder of one installation, and the lock that keeps a second one out."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from inkwire.errors import ConfigError

_SOCKET_PATH_LIMIT: Final = 100
"""Bytes; Linux allows 107, macOS 103."""
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


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

    def machine_went_down(self, fsync: str) -> bool:
        """Notes that the store runs; tells whether the machine stopped under the run before.

        A killed process loses nothing that was written, a machine that stops may lose the second
        that was not yet on the disk. Without a boot id every unclean end counts as one.
        """
        before = self._note()
        self._running.write_text(json.dumps({"boot": boot_id(), "fsync": fsync}))
        same_boot = before.get("boot") == boot_id() != ""
        return bool(before) and not same_boot and before.get("fsync") != "always"

    def ended_cleanly(self) -> None:
        """Notes that the store was stopped and all is on the disk."""
        self._running.unlink(missing_ok=True)

    def _note(self) -> dict[str, str]:
        try:
            note = json.loads(self._running.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return {"boot": "unreadable"}
        return note if isinstance(note, dict) else {"boot": "unreadable"}


def boot_id() -> str:
    """What tells this run of the machine from others; empty where the system has no such thing."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""
