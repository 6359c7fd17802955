"""The store for a command that runs beside `inkwire serve`, or without it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from inkwire.config import Settings
from inkwire.errors import ConfigError
from inkwire.store.connect import check_server, open_store
from inkwire.store.data_folder import DataFolder
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore


@asynccontextmanager
async def the_store(settings: Settings) -> AsyncIterator[RedisBoardStore]:
    """The store that the settings name: the given one, that of a running server, or one started for now.

    Call it from the main thread. Raises ``ConfigError``.
    """
    own = None if settings.redis_url else _started_if_free(settings)
    try:
        check_server(settings)
        store = open_store(settings)
        try:
            yield store
        finally:
            await store.close()
    finally:
        if own is not None:
            own.stop()


def _started_if_free(settings: Settings) -> EmbeddedStore | None:
    folder = DataFolder(settings.data_dir)
    folder.prepare()
    if folder.is_taken():
        return None
    store = EmbeddedStore(folder, fsync=settings.fsync)
    try:
        store.start()
    except ConfigError:
        if folder.is_taken():  # somebody was faster
            return None
        raise
    return store
