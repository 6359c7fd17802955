"""What `inkwire doctor` finds, and what it says to do."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path
from typing import Any

import pytest
import redis

from inkwire.assets.folder import FolderFiles
from inkwire.config import Settings, load_settings
from inkwire.errors import ConfigError
from inkwire.services import doctor
from inkwire.services.doctor import Finding
from inkwire.store.connect import check_server, new_pool
from inkwire.store.embedded import EmbeddedStore
from inkwire.store.redis_store import RedisBoardStore
from tests.harness.receiver import receiving
from tests.harness.server import Server


def settings(folder: Path, **given: Any) -> Settings:
    return load_settings(**{"data_dir": folder, "port": 0, "workers": 1, **given})


def states(findings: list[Finding]) -> dict[str, str]:
    for each in findings:
        assert bool(each.todo) == (each.state != "ok"), each
    return {each.about: each.state for each in findings}


def built(folder: Path, *fonts: str) -> Path:
    """Pages as they are built, with the files of some fonts."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").touch()
    for font in fonts:
        (folder / "assets" / f"{font}-latin-x.woff2").touch()
    return folder


def test_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = built(tmp_path / "whole", *doctor.FONTS)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (10_000, 20_000))
    well = states(list(doctor.look_at_machine(settings(tmp_path / "data"), whole)))
    assert set(well.values()) == {"ok"}
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 20_000))
    monkeypatch.setattr(doctor, "LITTLE_DISK", 2**62)
    ill = states(
        list(
            doctor.look_at_machine(
                settings(tmp_path / "data", workers=200), built(tmp_path / "part", "hand")
            )
        )
    )
    assert ill == {
        "version": "ok",
        "workers": "warning",
        "data folder": "warning",
        "fonts": "problem",
        "open files": "warning",
    }
    taken = tmp_path / "file"
    taken.touch()
    worse = states(list(doctor.look_at_machine(settings(taken), tmp_path / "nothing")))
    assert (worse["data folder"], worse["pages"]) == ("problem", "problem")


async def test_the_address(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs, by itself and by its public name; a port that is free, and one that is taken."""
    monkeypatch.setattr(doctor, "SECONDS", 60.0)

    async def looked(**given: Any) -> dict[str, str]:
        known = settings(tmp_path, **given)
        return states(await asyncio.to_thread(lambda: list(doctor.look_at_address(known))))

    assert await looked(port=server.port) == {"server": "ok"}
    assert await looked(port=server.port, public_url=server.base) == {
        "server": "ok",
        "public address": "ok",
        "metrics": "warning",
    }
    async with receiving() as other:
        assert await looked(port=other.port) == {"port": "problem"}
        assert await looked(port=server.port, public_url=other.url("")) == {
            "server": "ok",
            "public address": "problem",
        }
    free: dict[str, str] = {}
    while free != {"port": "ok"}:  # any other program may take a port that was just given back
        async with receiving() as other:
            port = other.port
        free = await looked(port=port)
    assert await looked(host="0.0.0.0") == {"public address": "warning"}
    assert await looked(public_url="http://draw.example") == {"encryption": "warning"}
    assert await looked(public_url="https://draw.example", trusted_proxies=()) == {
        "proxies": "warning"
    }


async def test_the_store(
    own_store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "SECONDS", 60.0)
    known = settings(tmp_path, redis_url=own_store.url)
    store = RedisBoardStore(new_pool(own_store.url, "test"), FolderFiles(tmp_path / "pictures"))
    await store.create_board("Plan", 0)

    async def looked() -> dict[str, str]:
        report = await asyncio.to_thread(check_server, known)
        found = await doctor.look_at_store(store, report)
        return states(
            [*found, *await asyncio.to_thread(lambda: list(doctor.look_at_memory(known)))]
        )

    well = await looked()
    assert well.keys() == {"store", "boards", "pictures", "memory"}
    assert {well["boards"], well["pictures"], well["memory"]} == {"ok"}
    with redis.Redis.from_url(own_store.url) as raw:
        raw.config_set("appendfsync", "everysec")
        used = int(raw.info("memory")["used_memory"])
        raw.config_set("maxmemory", round(used * 1.1))
        raw.config_set("maxmemory-policy", "noeviction")
        ill = await looked()
        assert (ill["store"], ill["memory"]) == ("warning", "warning")
        raw.config_set("appendonly", "no")
    with pytest.raises(ConfigError) as error:
        check_server(known)
    assert doctor.no_store(error.value).state == "problem"
    await store.close()
