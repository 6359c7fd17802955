"""What commands print: words for people, JSON for programs, bars only where somebody looks."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TransferSpeedColumn,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]


def say(as_json: bool, words: str, **facts: Any) -> None:
    """One or the other, on standard output."""
    print(json.dumps(facts, ensure_ascii=False) if as_json else words)


def printable(text: str) -> str:
    """Nothing that comes from a board may move the cursor."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)


def byte_bars() -> Progress:
    """Bars that count bytes, on a terminal's standard error; elsewhere nothing."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(binary_units=True),
        TransferSpeedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
