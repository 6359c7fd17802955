"""Two servers on one store, and what has to hold for whoever is lent one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.harness.server import Server, faults


class Pair(NamedTuple):
    """Two servers of one worker each on one store: two workers, and the test chooses which."""

    here: Server
    there: Server


@contextmanager
def started_pair(folder: Path, redis_url: str, **settings: str) -> Iterator[Pair]:
    """Starts two, with the same pictures and the same settings, and stops them."""
    settings.setdefault("INKWIRE_PICTURES", str(folder / "pictures"))
    here = Server(folder / "here", redis_url, workers=1, **settings)
    try:
        there = Server(folder / "there", redis_url, workers=1, **settings)
        try:
            yield Pair(here, there)
        finally:
            there.stop()
    finally:
        here.stop()


@contextmanager
def without_faults(*servers: Server) -> Iterator[None]:
    """Fails where a server logs a fault meanwhile; what it logged before is nobody's."""
    for server in servers:
        server.news()
    yield
    for server in servers:
        assert not faults(server.news())
