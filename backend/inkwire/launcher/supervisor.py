"""The parent's loop: it sleeps until a child dies or a signal comes, and never waits for a child."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from inkwire.launcher.restarts import Restarts
from inkwire.observe import logs
from inkwire.store.embedded import EmbeddedStore

IDLE_SECONDS: Final = 0.5
"""Between two looks at the children when no signal calls for one."""
STARTING_SECONDS: Final = 0.02
PARTIAL_START_SECONDS: Final = 20.0
"""After that, one worker is enough to say that Inkwire runs."""
PING_SECONDS: Final = 2.0
HANGING_SECONDS: Final = 30.0
"""A worker whose threads have not run for so long is killed; starting on a busy machine takes a while."""
STORE_DEATHS: Final = 5
STORE_DEATHS_SECONDS: Final = 10.0
"""A store that dies more often than that in so short a time is not started again."""
END_SECONDS: Final = 5.0
"""What workers get beyond their own time for ending before they are killed."""

Announce = Callable[[str], None]


class Supervisor(Multiprocess):
    """uvicorn's supervisor, which also minds the store, and wakes at once when a child dies."""

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
        self._pulses: dict[Process, _Pulse] = {}
        self._restarts: defaultdict[int, Restarts] = defaultdict(Restarts)
        self._gone: set[Process] = set()
        """Those that have ended and are to be replaced."""
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
                self._wait(STARTING_SECONDS if self._is_urgent() else IDLE_SECONDS)
                self.handle_signals()
                self._keep_store_alive()
                self.keep_subprocess_alive()
                self._announce_when_ready()
            self._end_workers()
        finally:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.close(self._woken)
            os.close(self._wake)

    def keep_subprocess_alive(self) -> None:
        """Replaces workers that died or hang; a worker that cannot even start ends everything.

        One that ends before it has served is replaced after a pause, which grows.
        """
        for index, process in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            restarts, now = self._restarts[index], time.monotonic()
            if process not in self._gone and not self._ended(process, restarts, now):
                continue
            if process.exitcode == STARTUP_FAILURE:
                logs.warning("worker.cannot_start", pid=process.pid or 0)
                self.exit_code = 1
                self.should_exit.set()
                return
            if now < restarts.due_at:
                continue
            self._gone.discard(process)
            replacement = Process(self.config, self.sockets)
            replacement.start()
            self.processes[index] = replacement
            logs.warning("worker.restarted", died=process.pid or 0, pid=replacement.pid or 0)

    def _ended(self, process: Process, restarts: Restarts, now: float) -> bool:
        """Whether the worker is gone; one that hangs is by then."""
        pulse = self._pulses.setdefault(process, _Pulse(process))
        if process.process.is_alive() and not pulse.hangs(now):
            return False
        process.kill()
        process.join()
        del self._pulses[process]
        self._gone.add(process)
        # Its open sockets are none any more. (The library has no types there.)
        mark_process_dead(process.pid)  # type: ignore[no-untyped-call]
        pause = restarts.ended(now, settled=pulse.started)
        if pause:
            logs.error(
                "worker.keeps_dying",
                pid=process.pid or 0,
                exit_code=process.exitcode or 0,
                times=restarts.hasty,
                again_in_s=pause,
            )
        return True

    def _wait(self, seconds: float) -> None:
        readable, _, _ = select.select([self._woken], [], [], seconds)
        if readable:
            os.read(self._woken, 4096)

    def _is_urgent(self) -> bool:
        """Whether something starts that has not said so yet, or the store may say that it is an older one."""
        if self._store is not None and self._store.needs_mending:
            return True
        known = (self._pulses.get(process) for process in self.processes)
        return not all(pulse is not None and pulse.started for pulse in known)

    def _keep_store_alive(self) -> None:
        store = self._store
        if store is None or self.should_exit.is_set():
            return
        if store.is_alive():
            store.mend()
            return
        now = time.monotonic()
        recent = [each for each in self._store_deaths if now - each < STORE_DEATHS_SECONDS]
        # Killed from outside, it is worth starting however often; dying by itself, it will again.
        self._store_deaths = recent if store.was_killed() else [*recent, now]
        if len(self._store_deaths) > STORE_DEATHS:
            logs.error("store.keeps_dying", log=str(store.folder.path / "store.log"))
            self.exit_code = 1
            self.should_exit.set()
            return
        store.spawn()
        logs.warning("store.restarted", pid=store.pid)

    def _announce_when_ready(self) -> None:
        if self._announce is None or self.should_exit.is_set():
            return
        ready = [each in self._pulses and self._pulses[each].started for each in self.processes]
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


class _Pulse:
    """Asks a worker now and then whether it serves, without waiting for the answer."""

    def __init__(self, process: Process) -> None:
        self.started = False
        self._pipe = process.parent_conn
        self._asked_at: float | None = None
        self._answered_at = 0.0

    def hangs(self, now: float) -> bool:
        """Whether it has not answered for too long; ``now`` in seconds of any steady clock."""
        try:
            if self._asked_at is not None and self._pipe.poll():
                self.started = self._pipe.recv()
                self._asked_at, self._answered_at = None, now
            elif self._asked_at is None and (
                not self.started or now - self._answered_at > PING_SECONDS
            ):
                self._pipe.send(b"ping")
                self._asked_at = now
        except (OSError, EOFError):
            return True
        return self._asked_at is not None and now - self._asked_at > HANGING_SECONDS


class WorkerConfig(Config):
    """uvicorn's settings, which in a worker first see to it that it ends with its parent."""

    def load(self) -> None:
        """Runs in the worker, before anything is served."""
        parent = multiprocessing.parent_process()
        if parent is not None:
            threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
        super().load()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    """Waits for the parent, however it ends, and then ends as if asked to."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
