"""Looking at an installation: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import socket
import sys
from collections.abc import Generator, Iterator
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

import httpx
import redis

from inkwire.config import Settings
from inkwire.errors import ConfigError, StoreUnavailable
from inkwire.store.connect import ServerReport, store_url
from inkwire.store.redis_store import RedisBoardStore

SECONDS: Final = 5.0
"""How long anything that is asked over the network may take."""
LITTLE_DISK: Final = 2**30
NO_DISK: Final = 100 * 2**20
MANY_FILES: Final = 4_096
SLOW_STORE_MS: Final = 20.0
FULL: Final = 0.8
FONTS: Final = ("hand", "sans", "serif", "mono")

State = Literal["ok", "warning", "problem"]


class Finding(NamedTuple):
    """What was looked at, how it is, and what to do, empty where it is well."""

    state: State
    about: str
    words: str
    todo: str = ""


def look_at_machine(settings: Settings, static: Path) -> Iterator[Finding]:
    """This program, its files and limits; ``static`` is where the built pages are."""
    yield Finding(
        "ok",
        "version",
        f"Inkwire {version('inkwire')}, Python {platform.python_version()}, {sys.platform}",
    )
    cores = os.cpu_count() or 1
    if settings.workers > 2 * cores:
        yield Finding(
            "warning",
            "workers",
            f"{settings.workers} workers on {cores} cores",
            "Set INKWIRE_WORKERS to the number of cores: more only take memory.",
        )
    yield _disk(settings.data_dir)
    yield _pages(static)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < MANY_FILES:
        yield Finding(
            "warning",
            "open files",
            f"{soft:,} open files are allowed; each open page is one",
            f"ulimit -n {min(hard, 65_536) if hard > 0 else 65_536}, or LimitNOFILE= of the service.",
        )
    else:
        yield Finding("ok", "open files", "enough open files are allowed")


def look_at_address(settings: Settings) -> Iterator[Finding]:
    """The port, and the address that people are given."""
    running = yield from _port(settings)
    is_local = _is_loopback(settings.host)
    url = settings.public_url
    if not url:
        if not is_local:
            yield Finding(
                "warning",
                "public address",
                "people come from elsewhere, and links repeat whatever name they asked for",
                "Set INKWIRE_PUBLIC_URL to the address that people open.",
            )
        return
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        yield Finding(
            "warning",
            "encryption",
            f"{url} is not encrypted: whoever is between reads links and drawings",
            "Put Caddy or nginx in front (samples in deploy/) and use https://.",
        )
    if parts.scheme == "https" and not settings.trusted_proxies:
        yield Finding(
            "warning",
            "proxies",
            "no proxy is trusted, so all people seem to come from one address",
            "Set INKWIRE_TRUSTED_PROXIES to the address of the proxy that encrypts.",
        )
    if running:
        yield from _from_outside(url)


async def look_at_store(store: RedisBoardStore, report: ServerReport) -> list[Finding]:
    """The store that answered, and where pictures are."""
    findings = [Finding("ok", "store", f"{report.software} {report.version}")]
    findings += [
        Finding("warning", "store", worry, "docs/store-faults.md tells what may be lost, and when.")
        for worry in report.worries
    ]
    await store.health()  # connects
    health = await store.health()
    if not health.ok:
        findings.append(
            Finding("problem", "store", health.problem, "docs/store-faults.md says what to do.")
        )
    elif health.latency_ms > SLOW_STORE_MS:
        findings.append(
            Finding(
                "warning",
                "store",
                f"it took {health.latency_ms:.0f} ms to answer; every stroke waits so long",
                "Bring it nearer, or to a faster disk.",
            )
        )
    try:
        boards = [each async for each in store.boards()]
        elements = sum(each.elements for each in boards)
        findings.append(Finding("ok", "boards", f"{len(boards):,}, with {elements:,} elements"))
    except StoreUnavailable as error:
        findings.append(Finding("problem", "boards", str(error), "See what the store's log says."))
    try:
        async for _ in store.files.kept():
            break
        findings.append(Finding("ok", "pictures", "their place can be read"))
    except (StoreUnavailable, OSError) as error:
        findings.append(
            Finding("problem", "pictures", str(error), "Look at INKWIRE_PICTURES and its rights.")
        )
    return findings


def look_at_memory(settings: Settings) -> Iterator[Finding]:
    """How full the store is, as far as it says."""
    try:
        with redis.Redis.from_url(store_url(settings), socket_timeout=SECONDS, retry=None) as raw:
            info = raw.info("memory")
    except redis.RedisError:  # hosted servers may forbid it
        return
    used, most = int(info.get("used_memory", 0)), int(info.get("maxmemory", 0))
    if most and used > FULL * most:
        yield Finding(
            "warning",
            "memory",
            f"the store uses {used / 2**20:,.0f} MiB of the {most / 2**20:,.0f} that it may",
            "Raise its maxmemory: a full store takes no more drawings.",
        )
    else:
        yield Finding("ok", "memory", f"the store uses {used / 2**20:,.0f} MiB")


def no_store(error: ConfigError) -> Finding:
    """The store cannot be used."""
    return Finding(
        "problem", "store", str(error), "Nothing works without it; docs/settings.md says more."
    )


def _disk(folder: Path) -> Finding:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, "Permission denied")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(
            "problem",
            "data folder",
            f"{folder}: {error.strerror}",
            "Give INKWIRE_DATA_DIR a folder that this user may write to.",
        )
    words = f"{folder}, {free / 2**30:,.1f} GiB free"
    if free < LITTLE_DISK:
        state: State = "problem" if free < NO_DISK else "warning"
        return Finding(state, "data folder", words, "Make room: the store stops on a full disk.")
    return Finding("ok", "data folder", words)


def _pages(static: Path) -> Finding:
    missing = [font for font in FONTS if not any((static / "assets").glob(f"{font}-latin*.woff2"))]
    if not (static / "index.html").is_file():
        return Finding(
            "problem", "pages", "the pages are not built", "Install the wheel, or run make build."
        )
    if missing:
        return Finding(
            "problem",
            "fonts",
            f"no files for {', '.join(missing)}: pictures would show other letters",
            "Install the wheel again, or run make build.",
        )
    return Finding("ok", "pages", "built, with their fonts")


def _port(settings: Settings) -> Generator[Finding, None, bool]:
    """Tells whether a server of this installation answers, as what the generator returns."""
    if settings.port == 0:
        return False
    local = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host  # noqa: S104
    base = (
        f"http://[{local}]:{settings.port}" if ":" in local else f"http://{local}:{settings.port}"
    )
    try:
        answer = httpx.get(f"{base}/readyz", timeout=SECONDS, trust_env=False)
        body = answer.json()
        if body["ready"]:
            yield Finding("ok", "server", f"runs at {base} and is ready")
        else:
            problem = body["store"]["problem"] or "it is about to stop"
            yield Finding("problem", "server", f"runs at {base} and is not ready: {problem}")
        return True
    except httpx.ConnectError:
        pass
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        yield Finding(
            "problem",
            "port",
            f"something else answers at {base}",
            "Choose another port with --port or INKWIRE_PORT.",
        )
        return False
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((settings.host, settings.port))
        yield Finding("ok", "port", f"{settings.port} on {settings.host} is free; no server runs")
    except OSError as error:
        yield Finding(
            "problem",
            "port",
            f"{settings.port} on {settings.host}: {error.strerror}",
            "Choose another with --port or INKWIRE_PORT.",
        )
    return False


def _from_outside(url: str) -> Iterator[Finding]:
    try:
        answer = httpx.get(f"{url}/healthz", timeout=SECONDS)
        metrics = httpx.get(f"{url}/metrics", timeout=SECONDS)
    except httpx.HTTPError as error:
        yield Finding(
            "warning",
            "public address",
            f"{url} does not answer here: {str(error) or type(error).__name__}",
            "Look at the proxy, the name and the certificate; some networks hide a machine from itself.",
        )
        return
    if answer.text != "ok":
        yield Finding(
            "problem",
            "public address",
            f"{url} is answered by something else",
            "Have the proxy pass everything on to this server.",
        )
        return
    yield Finding("ok", "public address", f"{url} leads here")
    if metrics.is_success and "inkwire_" in metrics.text:
        yield Finding(
            "warning",
            "metrics",
            f"{url}/metrics can be read by everybody",
            "Have the proxy refuse it, as the samples in deploy/ do.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
