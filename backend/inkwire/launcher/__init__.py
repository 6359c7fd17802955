"""`inkwire serve`: one parent with the store and the workers as its children.

The parent serves nothing. It starts the store before the workers and ends it after them, starts anew
what dies, and takes everything with it when it is killed itself.
"""

from __future__ import annotations

import os
import socket
import tempfile
from typing import Any, Final

from inkwire.config import Settings, environment_of
from inkwire.errors import ConfigError
from inkwire.launcher.supervisor import Announce, Supervisor, WorkerConfig
from inkwire.live.uvicorn_options import UVICORN_OPTIONS
from inkwire.observe import logs
from inkwire.store.connect import check_server
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore

APP: Final = "inkwire.app:create_app"
BACKLOG: Final = 2048


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
        # Where workers leave their counters, so that any of them answers /metrics for all.
        with tempfile.TemporaryDirectory(prefix="inkwire-counters-") as counters:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counters
            config = WorkerConfig(
                app,
                **(UVICORN_OPTIONS if options is None else options),
                workers=settings.workers,
                forwarded_allow_ips=list(settings.trusted_proxies),
            )
            address = _address(settings.host, port)
            supervisor = Supervisor(config, listener, store, address, announce)
            supervisor.run()
            return supervisor.exit_code
    finally:
        listener.close()
        if store is not None:
            store.stop()


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
    """Where a browser on this machine finds it."""
    everywhere = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # only shown
    shown = everywhere.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
