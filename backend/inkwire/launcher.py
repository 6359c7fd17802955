"""`inkwire serve`: one parent with the store and the workers as its children.

The parent serves nothing. It starts the store before the workers and ends it after them, starts anew
what dies, and takes everything with it when it is killed itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from uvicorn import Config
from uvicorn.supervisors.multiprocess import Multiprocess

from inkwire.config import Settings, environment_of
from inkwire.errors import ConfigError
from inkwire.live.uvicorn_options import UVICORN_OPTIONS
from inkwire.observe import logs
from inkwire.store.connect import check_server
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore

APP: Final = "inkwire.app:create_app"
BACKLOG: Final = 2048
IDLE_SECONDS: Final = 0.5
"""Between two looks at the children when no signal calls for one."""
STARTING_SECONDS: Final = 0.05
READY_SECONDS: Final = 1.0
PARTIAL_START_SECONDS: Final = 20.0
"""After that, one worker is enough to say that Inkwire runs."""
STORE_DEATHS: Final = 5
STORE_DEATHS_SECONDS: Final = 10.0
"""A store that dies so often in so short a time is not started again."""
END_SECONDS: Final = 5.0
"""What workers get beyond their own time for ending before they are killed."""

Announce = Callable[[str], None]


def serve(
    settings: Settings,
    announce: Announce,
    *,
    app: str = APP,
    options: dict[str, Any] | None = None,
) -> int:
    """Serves until SIGINT or SIGTERM; returns the exit code.

    ``announce`` is told the address once workers serve. Call it from the main thread.
    Errors: ``ConfigError`` before anything is served.
    """
    logs.set_up(settings.log_level)
    listener = _listen(settings)
    port = listener.getsockname()[1]
    store = None
    try:
        if settings.redis_url:
            for worry in check_server(settings).worries:
                logs.warning("store.worry", words=worry)
        else:
            store = EmbeddedStore(DataFolder(settings.data_dir), fsync=settings.fsync)
            store.start()
        os.environ.update(environment_of(settings) | {"INKWIRE_PORT": str(port)})
        config = _WorkerConfig(
            app,
            **(UVICORN_OPTIONS if options is None else options),
            workers=settings.workers,
            forwarded_allow_ips=list(settings.trusted_proxies),
        )
        supervisor = Supervisor(config, listener, store, _address(settings.host, port), announce)
        supervisor.run()
        return supervisor.exit_code
    finally:
        listener.close()
        if store is not None:
            store.stop()


class Supervisor(Multiprocess):
    """uvicorn's supervisor, which also minds the store and wakes at once when a child dies."""

    def __init__(
        self,
        config: Config,
        listener: socket.socket,
        store: EmbeddedStore | None,
        address: str,
        announce: Announce,
    ) -> None:
        super().__init__(config, [listener])
        self.exit_code = 0
        self._store = store
        self._address = address
        self._announce: Announce | None = announce
        self._announce_partly_at = time.monotonic() + PARTIAL_START_SECONDS
        self._store_deaths: list[float] = []
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)
        # Any signal that has a handler writes a byte; a child's death is one.
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def run(self) -> None:
        """Minds the children until a signal ends it."""
        try:
            self.init_processes()
            while not self.should_exit.is_set():
                self._wait(STARTING_SECONDS if self._announce else IDLE_SECONDS)
                self.handle_signals()
                self._keep_store_alive()
                self._keep_workers_alive()
                self._announce_when_ready()
            self._end_workers()
        finally:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(self._woken)
            os.close(self._wake)

    def _wait(self, seconds: float) -> None:
        readable, _, _ = select.select([self._woken], [], [], seconds)
        if readable:
            os.read(self._woken, 4096)

    def _keep_store_alive(self) -> None:
        store = self._store
        if store is None or store.is_alive() or self.should_exit.is_set():
            return
        now = time.monotonic()
        self._store_deaths = [
            each for each in self._store_deaths if now - each < STORE_DEATHS_SECONDS
        ]
        self._store_deaths.append(now)
        if len(self._store_deaths) > STORE_DEATHS:
            logs.error("store.keeps_dying", log=str(store.folder.path / "store.log"))
            self.exit_code = 1
            self.should_exit.set()
            return
        store.spawn()
        logs.warning("store.restarted", pid=store.pid)

    def _keep_workers_alive(self) -> None:
        if self.should_exit.is_set():
            return
        before = [process.pid for process in self.processes]
        self.keep_subprocess_alive()
        for old, process in zip(before, self.processes, strict=True):
            if process.pid != old:
                logs.warning("worker.restarted", died=old or 0, pid=process.pid or 0)
        if self.should_exit.is_set():  # a worker that cannot start; it has said why
            self.exit_code = 1

    def _announce_when_ready(self) -> None:
        if self._announce is None or self.should_exit.is_set():
            return
        ready = [process.is_ready(timeout=READY_SECONDS) for process in self.processes]
        if all(ready) or (any(ready) and time.monotonic() > self._announce_partly_at):
            self._announce(self._address)
            self._announce = None

    def _end_workers(self) -> None:
        limit = (self.config.timeout_graceful_shutdown or 0) + END_SECONDS
        deadline = time.monotonic() + limit
        self.terminate_all()
        for process in self.processes:
            while process.process.is_alive() and time.monotonic() < deadline:
                process.process.join(IDLE_SECONDS)
                if {signal.SIGINT, signal.SIGTERM} & set(self.signal_queue):  # asked again: now
                    deadline = time.monotonic()
            if process.process.is_alive():
                logs.warning("worker.killed", pid=process.pid or 0)
                process.process.kill()
            process.process.join()


class _WorkerConfig(Config):
    """uvicorn's settings, which in a worker first see to it that it ends with its parent."""

    def load(self) -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
        super().load()

    def configure_logging(self) -> None:
        # Runs in the parent too, where uvicorn's own lines about its children say what ours say.
        super().configure_logging()
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    """Waits for the parent, however it ends, and then ends as if asked to."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror or error}. "
            "Choose another with --port or INKWIRE_PORT."
        ) from None
    listener.set_inheritable(True)
    return listener


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104  # only shown
    if ":" in shown and not shown.startswith("["):
        shown = f"[{shown}]"
    return f"http://{shown}:{port}"
