"""From settings to a store that is fit to be trusted with people's drawings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Final

import redis
from redis.asyncio.connection import ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from inkwire.assets.open_files import open_files
from inkwire.config import Settings
from inkwire.errors import ConfigError
from inkwire.store.commands import LIMIT_SECONDS
from inkwire.store.data_folder import DataFolder
from inkwire.store.health import forgetful
from inkwire.store.redis_store import Limits, RedisBoardStore

OLDEST: Final = (7, 0)
"""Sharded pub/sub and script flags came with Redis 7.0."""


def store_url(settings: Settings) -> str:
    """Where the store is: the given one, or the embedded one's socket in the data folder."""
    return settings.redis_url or f"unix://{DataFolder(settings.data_dir).socket}"


def new_pool(url: str, name: str) -> ConnectionPool:
    """Connections that give up within a second and never send anything a second time.

    ``name`` is what CLIENT LIST shows.
    """
    return ConnectionPool.from_url(
        url,
        socket_timeout=None,  # the limits of ``Commands`` hold instead, one for each command
        socket_connect_timeout=LIMIT_SECONDS,
        retry=Retry(NoBackoff(), 0),
        client_name=name,
        driver_info=None,  # naming the library would cost a slow store one more round trip
        protocol=2,
    )


def open_store(settings: Settings) -> RedisBoardStore:
    """The boards. Connects with the first command, so it never fails and never waits."""
    return RedisBoardStore(
        new_pool(store_url(settings), f"inkwire-{os.getpid()}"),
        open_files(settings),
        Limits(
            elements=settings.max_elements,
            log_length=settings.log_length,
            log_age_s=settings.log_age_s,
            log_most=settings.log_most,
        ),
        may_forget=settings.allow_volatile_store,
    )


@dataclass(frozen=True, slots=True)
class ServerReport:
    """What a store told about itself; ``worries`` are for the person who runs the server."""

    software: str
    version: str
    worries: tuple[str, ...]


def check_server(settings: Settings) -> ServerReport:
    """Looks at the given Redis before anything is trusted to it; blocks for a few seconds at most.

    Raises ``ConfigError``: it does not answer, is too old, is a cluster, keeps nothing on a disk,
    or throws keys away when memory runs short. ``allow_volatile_store`` lets the last two pass.
    """
    try:
        with redis.Redis.from_url(store_url(settings), socket_timeout=5, retry=None) as client:
            info = client.info("server") | client.info("memory") | client.info("persistence")
            worries = _read_config_worries(client)
    except redis.RedisError as error:
        raise ConfigError(f"The store at {_shown(settings)} does not answer: {error}") from None
    version = str(info.get("valkey_version") or info["redis_version"])
    software = "Valkey" if "valkey_version" in info else "Redis"
    if tuple(int(part) for part in str(info["redis_version"]).split(".")[:2]) < OLDEST:
        raise ConfigError(f"{software} {version} is too old; 7.0 or newer is needed.")
    if info.get("redis_mode") == "cluster":
        raise ConfigError("The store is a cluster; give the address of a single server.")
    forgets = forgetful(info)
    if forgets and not settings.allow_volatile_store:
        raise ConfigError(
            "\n".join(f"The store at {_shown(settings)} {each}." for each in forgets)
            + "\nINKWIRE_ALLOW_VOLATILE_STORE=true starts all the same."
        )
    return ServerReport(software, version, (*(f"It {each}." for each in forgets), *worries))


def _read_config_worries(client: redis.Redis) -> tuple[str, ...]:
    try:
        fsync = client.config_get("appendfsync").get("appendfsync")
    except redis.ResponseError:  # hosted servers often forbid CONFIG
        return ()
    if fsync == "always":
        return ()
    return (
        f"It syncs after it answered (appendfsync {fsync}): a crash may lose the last seconds.",
    )


def _shown(settings: Settings) -> str:
    """The address without a password."""
    return re.sub(r"//[^@/]*@", "//", store_url(settings))
