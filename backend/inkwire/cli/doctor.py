"""`inkwire doctor`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from inkwire.cli.boards import DataDir, RedisUrl
from inkwire.cli.open_store import the_store
from inkwire.cli.printing import Json
from inkwire.config import Settings, load_settings
from inkwire.errors import ConfigError
from inkwire.services import doctor as service
from inkwire.services.doctor import Finding
from inkwire.store.connect import check_server
from inkwire.web.static import STATIC

_STYLES: Final = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def doctor(data_dir: DataDir = None, redis_url: RedisUrl = None, as_json: Json = False) -> None:
    """Look whether all is well: settings, store, disk, port, proxy, fonts. Says what to do about what is not.

    It changes nothing, and may run beside a server. The exit code is 1 if there is a problem.
    """
    settings, findings = None, []
    try:
        settings = load_settings(data_dir=data_dir, redis_url=redis_url)
    except ConfigError as error:
        findings = [
            Finding("problem", "settings", line, "docs/settings.md lists them all.")
            for line in str(error).splitlines()
        ]
    if settings is not None:
        findings = list(_all(settings))
    if as_json:
        print(json.dumps([each._asdict() for each in findings], ensure_ascii=False))
    else:
        _print(findings)
    if any(each.state == "problem" for each in findings):
        raise typer.Exit(1)


def _all(settings: Settings) -> Iterator[Finding]:
    yield from service.look_at_machine(settings, STATIC)
    try:
        yield from asyncio.run(_store(settings))
    except ConfigError as error:
        yield service.no_store(error)
    yield from service.look_at_address(settings)


async def _store(settings: Settings) -> list[Finding]:
    async with the_store(settings) as store:
        findings = await service.look_at_store(
            store, await asyncio.to_thread(check_server, settings)
        )
        return findings + await asyncio.to_thread(lambda: list(service.look_at_memory(settings)))


def _print(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    width = max(len(each.about) for each in findings)
    for each in findings:
        line = Text(f"{each.state:<8}", style=_STYLES[each.state])
        line.append(f"{each.about:<{width}}  {each.words}", style="default not bold")
        console.print(line)
        if each.todo:
            console.print(Text(f"{'':<8}{'':<{width}}  → {each.todo}", style="default"))
    problems = sum(each.state == "problem" for each in findings)
    warnings = sum(each.state == "warning" for each in findings)
    said = [
        f"{n} {what}{'' if n == 1 else 's'}"
        for n, what in ((problems, "problem"), (warnings, "warning"))
        if n
    ]
    console.print(Text(", ".join(said) or "All is well."))
