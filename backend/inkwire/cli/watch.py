"""`inkwire watch`."""

from __future__ import annotations

import json
import random
import sys
import time
from datetime import datetime
from typing import Annotated, Any, Final

import typer

from inkwire.cli.printing import Json, printable
from inkwire.cli.server import BoardLink, address_of, streamed
from inkwire.errors import ConnectionLost, StoreUnavailable

LONGEST_PAUSE_SECONDS: Final = 30.0
_VERBS: Final = {
    "joined": "came",
    "left": "left",
    "drew": "drew",
    "edited": "edited",
    "deleted": "deleted",
    "undid": "undid",
    "redid": "redid",
    "renamed": "renamed the board",
    "imported": "imported",
    "exported": "exported",
}


def watch(
    link: BoardLink,
    since: Annotated[
        str,
        typer.Option(
            help="From where on: all, the id of an event, or a time in Unix milliseconds."
        ),
    ] = "",
    types: Annotated[str, typer.Option(help="Only these types of events, with commas.")] = "",
    follow: Annotated[bool, typer.Option(help="Go on with what comes.")] = True,
    as_json: Json = False,
) -> None:
    """Tell what happens on a board of a running server, until Ctrl-C: who came, drew, left.

    A connection that ends is made again, and nothing is missed. With --json each event is one line.
    """
    address = address_of(link)
    query = {"types": types, "since": "0" if since == "all" else since}
    query = {name: value for name, value in query.items() if value}
    query["follow"] = "true" if follow else "false"
    last, failures = "", 0
    while True:
        headers = {"Accept": "application/x-ndjson"}
        if last:
            headers["Last-Event-ID"] = last
        try:
            with streamed(address, "/activity", query, headers) as answer:
                for line in answer.iter_lines():
                    event = json.loads(line)
                    last, failures = event["id"], 0
                    _tell(event, line, as_json)
            if not follow:
                return
        except (ConnectionLost, StoreUnavailable) as error:
            if not follow:
                raise
            print(f"inkwire: {error} Trying again.", file=sys.stderr)
        failures += 1
        whole = min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** min(failures, 10))
        time.sleep(whole * random.uniform(0.5, 1))  # noqa: S311


def _tell(event: dict[str, Any], line: str, as_json: bool) -> None:
    if event["type"] == "alive":
        return
    print(line if as_json else _words(event), flush=True)


def _words(event: dict[str, Any]) -> str:
    if event["type"] == "present":
        names = ", ".join(_name(each) for each in event["people"])
        return f"here: {names or 'nobody'}"
    if event["type"] == "reset":
        return "(the board's history began anew; this is all that is kept)"
    at = datetime.fromtimestamp(event["at"] / 1000).astimezone()
    words = [f"{at:%H:%M:%S}", _name(event), _VERBS.get(event["type"], event["type"])]
    if "title" in event:
        words.append(f"“{printable(event['title'])}”" if event["title"] else "without a name")
    elif event["type"] in ("undid", "redid"):
        words.append(_counted(event.get("count", 0), "step"))
    elif "count" in event:
        kinds = event.get("kinds") or {"element": event["count"]}
        words.append(", ".join(_counted(count, kind) for kind, count in kinds.items()))
    if "format" in event:
        words.append(printable(event["format"]))
    return " ".join(words)


def _name(who: dict[str, Any]) -> str:
    return printable(who.get("name") or "somebody")


def _counted(count: int, kind: str) -> str:
    known = {"freedraw": "stroke"}
    word = printable(known.get(kind, kind))
    return f"{count} {word}{'' if count == 1 else 's'}"
