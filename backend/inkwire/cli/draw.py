"""`inkwire draw`."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import Iterable, Iterator
from random import SystemRandom
from typing import Annotated, Any, Final

import msgspec
import typer

from inkwire.cli.printing import Json, say
from inkwire.cli.server import BoardLink, address_of
from inkwire.cli.shapes import shapes
from inkwire.client import connect
from inkwire.client.address import Address
from inkwire.errors import BadFile
from inkwire.protocol.ops import Op
from inkwire.protocol.points import encode_points
from inkwire.rooms.order import key_between

NAME: Final = "inkwire draw"
_BOX: Final = typer.Option(default_factory=list, help="x,y,width,height[,words]")
_LINE: Final = typer.Option(default_factory=list, help="x1,y1,x2,y2")
_TEXT: Final = typer.Option(default_factory=list, help="x,y,words")


def draw(
    link: BoardLink,
    rectangle: Annotated[list[str], _BOX],
    ellipse: Annotated[list[str], _BOX],
    diamond: Annotated[list[str], _BOX],
    note: Annotated[list[str], _BOX],
    line: Annotated[list[str], _LINE],
    arrow: Annotated[list[str], _LINE],
    text: Annotated[list[str], _TEXT],
    color: Annotated[str, typer.Option(help="Of outlines and letters: #rrggbb.")] = "#1e1e1e",
    fill: Annotated[str, typer.Option(help="Of the inside: #rrggbb.")] = "transparent",
    name: Annotated[str, typer.Option(help="Who draws, as the others see it.")] = NAME,
    as_json: Json = False,
) -> None:
    """Draw on a board of a running server, while everybody watches.

    Shapes are options, each as often as needed, and together one step. Without any, JSON comes from standard
    input, a step a line, and appears as it comes: an element such as {"type": "rectangle", "place": [0, 0, 120,
    80, 0]} (id and z may be left out), an op such as ["set", "ID", {"color": "#e03131"}], ["delete", "ID"] or
    ["title", "Plan"], or a list of these.
    """
    address = address_of(link)
    options = {
        "rectangle": rectangle,
        "ellipse": ellipse,
        "diamond": diamond,
        "note": note,
        "line": line,
        "arrow": arrow,
        "text": text,
    }
    made = [
        each
        for kind, given in options.items()
        for one in given
        for each in shapes(kind, one, color=color, fill=fill)
    ]
    plain = [msgspec.to_builtins(each, builtin_types=(bytes,)) for each in made]
    for each in plain:
        del each["z"]
    count, seq = asyncio.run(_draw(address, [plain] if plain else _lines(), name))
    say(as_json, f"{count:,} {'step' if count == 1 else 'steps'} drawn", steps=count, seq=seq)


async def _draw(address: Address, steps: Iterable[Any], name: str) -> tuple[int, int]:
    count = seq = 0
    async with await connect(address.api, address.token, name=name) as board:
        there = board.document.in_paint_order() if board.document else []
        drawing = _Drawing(there[-1].z if there else None)
        given = iter(steps)
        while (step := await asyncio.to_thread(next, given, None)) is not None:
            seq = await board.push(drawing.ops(step, f"step {count + 1}"))
            count += 1
    return count, seq


class _Drawing:
    """Makes ops of what was written; each new element lies on top of the one before."""

    def __init__(self, top: str | None) -> None:
        self._top = top
        self._random = SystemRandom()

    def ops(self, step: Any, where: str) -> list[Op]:
        """Raises ``BadFile``."""
        is_one = not isinstance(step, list) or (bool(step) and isinstance(step[0], str))
        try:
            ops = [self._op(each) for each in ([step] if is_one else step)]
            return list(msgspec.convert(ops, tuple[Op, ...]))
        except (msgspec.ValidationError, ValueError, TypeError) as error:
            raise BadFile(str(error), where) from None

    def _op(self, given: Any) -> Any:
        if isinstance(given, dict):
            given = ["put", given]
        if isinstance(given, list) and given[:1] == ["put"] and isinstance(given[-1], dict):
            element = {"id": secrets.token_hex(10), **given[-1]}
            if isinstance(element.get("points"), list):
                element["points"] = encode_points(element["points"])
            if "z" not in element:
                self._top = element["z"] = key_between(self._top, None, self._random)
            given = ["put", element]
        return given


def _lines() -> Iterator[Any]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError:
                raise BadFile("This is no JSON.", f"line {number}") from None
