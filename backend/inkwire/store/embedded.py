"""A Valkey of our own: a child process on a Unix socket that ends with its parent."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import redis

from inkwire.access import tokens
from inkwire.errors import ConfigError
from inkwire.store import watchdog
from inkwire.store.binary import find_binary
from inkwire.store.data_folder import DataFolder
from inkwire.store.keys import BOARDS, board_keys

START_SECONDS: Final = 60.0
"""How long reading the append-only file may take at the start."""
STOP_SECONDS: Final = 5.0
HANDOVER_SECONDS: Final = 5.0
"""How long to wait for the store of a launcher that was killed to end."""
HOLDER_SECONDS: Final = 1.0
"""The same while the launcher itself still seems to run; it may be ending."""
_PR_SET_PDEATHSIG: Final = 1


class EmbeddedStore:
    """The store of one data folder. Start it from the main thread: it ends with that thread."""

    def __init__(
        self,
        folder: DataFolder,
        *,
        fsync: str = "always",
        binary: Path | None = None,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self._binary = binary
        self._settings = {"appendfsync": fsync} | (settings or {})
        self._stale = False
        self._lock: int | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._watchdog: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What clients connect to."""
        return f"unix://{self.folder.socket}"

    @property
    def pid(self) -> int:
        """The server's process, 0 if none was started."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Takes the data folder, starts the server, returns when it answers.

        Raises ``ConfigError``: the folder is taken, there is no program, it does not start.
        """
        self.folder.prepare()
        self._lock = self._take_folder()
        try:
            self._stale = self.folder.may_have_lost(self._settings["appendfsync"])
            self.spawn()
            self._wait_until_it_answers()
            self.mend()
        except BaseException:
            self.stop()
            raise

    def spawn(self) -> None:
        """Starts the server and does not wait for it; also after it died."""
        if self._lock is None:
            raise RuntimeError("the data folder is not taken")
        if self._process is not None:
            self._process.wait(STOP_SECONDS)  # two servers must never write to one file
            self._stale = self._settings["appendfsync"] != "always"
        self._dismiss_watchdog()
        binary = self._binary or find_binary()
        with contextlib.suppress(FileNotFoundError):
            self.folder.socket.unlink()
        with (self.folder.path / "store.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(binary), *self._arguments()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder.store,
                pass_fds=(self._lock,),
                start_new_session=True,  # Ctrl-C is for the launcher, which ends the store last
                preexec_fn=_end_with_parent(),  # safe: the launcher has no threads
            )
        if not _HAS_PDEATHSIG:
            self._watchdog = start_watchdog(self._process.pid)

    def is_alive(self) -> bool:
        """Whether the server's process runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def needs_mending(self) -> bool:
        """Whether it may be older than what its clients saw, and they have not been told."""
        return self._stale

    def mend(self) -> None:
        """Renews the epochs once the store answers, if it may have lost what it acknowledged.

        To be called now and then after ``spawn``; waits for a moment at most.
        """
        if not self._stale:
            return
        try:
            renew_epochs(self.url)
        except redis.RedisError:  # not listening yet, or still loading
            return
        self._stale = False

    def was_killed(self) -> bool:
        """Whether somebody ended the server's process from outside: it did not fail by itself."""
        return self._process is not None and self._process.returncode in (
            -signal.SIGKILL,
            -signal.SIGTERM,
        )

    def stop(self) -> None:
        """Ends the server, everything on the disk, and gives the folder back."""
        process = self._process
        if process is not None:
            process.terminate()
            try:
                clean = process.wait(STOP_SECONDS) == 0
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                clean = False
            if clean:
                self.folder.ended_cleanly()
        self._dismiss_watchdog()
        self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _take_folder(self) -> int:
        started = time.monotonic()
        while (lock := self.folder.lock()) is None:
            holder = self.folder.holder()
            patience = HOLDER_SECONDS if _is_running(holder) else HANDOVER_SECONDS
            if time.monotonic() > started + patience:
                raise ConfigError(
                    f"Another Inkwire (process {holder}) runs on the data folder "
                    f"{self.folder.path}. Stop it, or choose another folder with --data-dir."
                )
            time.sleep(0.05)
        return lock

    def _arguments(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self.folder.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder.store),
            "appendonly": "yes",
            "aof-load-truncated": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "databases": "1",
            "daemonize": "no",
            "loglevel": "warning",
        } | self._settings
        return [part for name, value in settings.items() for part in (f"--{name}", value)]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=1, retry=None) as client:
            while time.monotonic() < deadline:
                if not self.is_alive():
                    raise ConfigError(f"The store does not start: {self._last_words()}")
                try:
                    client.ping()
                except redis.RedisError:  # not listening yet, or still loading
                    time.sleep(0.01)
                else:
                    return
        raise ConfigError(f"The store does not answer after {START_SECONDS:.0f} s.")

    def _last_words(self) -> str:
        lines = (self.folder.path / "store.log").read_text(errors="replace").splitlines()
        return "; ".join(lines[-3:]) or "it ended without a word"

    def _dismiss_watchdog(self) -> None:
        if self._watchdog is not None:
            with contextlib.suppress(OSError):
                self._watchdog.communicate(b"ended")
            self._watchdog = None


def renew_epochs(url: str) -> int:
    """Gives every board a new epoch and returns how many there are.

    For a store that is older than what its clients saw: with the old epoch, a client's position
    might seem to be one of the new history.
    """
    with redis.Redis.from_url(url, socket_timeout=10, retry=None) as client:
        boards = client.zrange(BOARDS, 0, -1)
        with client.pipeline(transaction=False) as pipeline:
            for board in boards:
                pipeline.hset(board_keys(board.decode()).meta, "epoch", tokens.new_epoch())
            pipeline.execute()
    return len(boards)


def start_watchdog(pid: int) -> subprocess.Popen[bytes]:
    """A process that ends ``pid`` when this one is gone; any byte on its input calls it off."""
    return subprocess.Popen(
        [sys.executable, "-I", watchdog.__file__, str(pid)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid > 0


def _prctl() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        found: Callable[..., int] = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None
    return found


_call_prctl: Final = _prctl()
_HAS_PDEATHSIG: Final = _call_prctl is not None


def end_with_parent(parent: int) -> None:
    """From now on this process gets SIGTERM when the thread that made it ends. Linux only."""
    if _call_prctl is not None:
        _call_prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        if os.getppid() != parent:  # it ended before we asked
            os.kill(os.getpid(), signal.SIGTERM)


def _end_with_parent() -> Callable[[], None] | None:
    if not _HAS_PDEATHSIG:
        return None
    parent = os.getpid()
    return lambda: end_with_parent(parent)
