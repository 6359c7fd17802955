"""Lines of JSON drawn while they come, and answered while more of them come."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from inkwire.errors import InkwireError, Invalid, Refusal
from inkwire.observe import logs
from inkwire.protocol import codec
from inkwire.protocol.json_ops import decode_json
from inkwire.protocol.ops import Op, Put
from inkwire.services.authoring import check_size
from inkwire.services.drawing import Drawing, Item
from inkwire.web.failures import problem_of
from inkwire.web.lines import lines_of
from inkwire.web.programs import take_allowance, writer_in
from inkwire.web.site import Site

MEDIA_TYPE: Final = "application/x-ndjson"
GROUP_OPS: Final = 200
GROUP_BYTES: Final = 128 * 1024
"""Lines that have come together are one commit, up to so much of them."""
CHECK_SECONDS: Final = 1.0
"""How often it is asked whether the link still opens the board."""
_KINDS: Final = ("put", "set", "delete", "title")
_encode: Final = msgspec.json.Encoder().encode


class _Line(NamedTuple):
    number: int
    ops: Sequence[Op]
    size: int


class DrawingStream(Response):
    """The answer to a stream: a line for each line, and a last one for the whole.

    ``numbered``: each line is a commit of its own, and the first that is refused is the last, so that the same
    stream sent again goes on where it broke off. (Starlette's own streams listen for the client's end, and
    read the body away with it; this one reads it.)
    """

    def __init__(
        self, request: Request, site: Site, board: str, drawing: Drawing, *, numbered: bool
    ) -> None:
        super().__init__(
            media_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        del self.headers["content-length"]
        self._request = request
        self._site = site
        self._board = board
        self._drawing = drawing
        self._numbered = numbered
        self._lines = self._refused = self._seq = 0
        self._checked_at = asyncio.get_running_loop().time()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Draws until the body ends, or something ends it."""
        begun = False
        with contextlib.suppress(ClientDisconnect, OSError):
            async with self._site.streams:
                # Begun with the first answer: until its body is read, a client may wait for 100 Continue.
                async for line in self._answers():
                    if not begun:
                        begun = True
                        start = {"type": "http.response.start", "status": self.status_code}
                        await send({**start, "headers": self.raw_headers})
                    await send({"type": "http.response.body", "body": line, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        logs.info("drawing.ended", board=self._board, lines=self._lines, refused=self._refused)

    async def _answers(self) -> AsyncIterator[bytes]:
        ended: dict[str, Any] = {}
        try:
            async for texts in lines_of(self._request, self._site.hub.streams_end):
                async for answer in self._drawn(texts):
                    yield answer
        except InkwireError as error:
            ended = {"line": self._lines, **problem_of(error)}
        whole = {"done": not ended, "lines": self._lines, "refused": self._refused}
        yield _encode({**whole, "seq": self._seq, **ended}) + b"\n"

    async def _drawn(self, texts: Sequence[bytes]) -> AsyncIterator[bytes]:
        """Answers to lines that came together."""
        group: list[_Line] = []
        for text in texts:
            self._lines += 1
            if not text.strip():
                continue
            try:
                line = await self._line(text)
            except Invalid as error:
                if group:
                    yield await self._push(group)
                    group = []
                self._refused += 1
                if self._numbered:
                    raise
                yield _encode({"line": self._lines, **problem_of(error)}) + b"\n"
                continue
            if group and (self._numbered or not _fits(group, line)):
                yield await self._push(group)
                group = []
            group.append(line)
        if group:
            yield await self._push(group)

    async def _line(self, text: bytes) -> _Line:
        """What a line says. Raises ``Invalid``, and waits where too much comes."""
        items = items_of(decode_json(text, ""))
        while True:
            try:
                take_allowance(self._request, self._board, size=len(text), ops=len(items))
                break
            except Refusal as refusal:
                await asyncio.sleep(refusal.retry_after)
        ops = await self._drawing.compose(items)
        check_size(ops)
        return _Line(self._lines, ops, len(codec.encode(tuple(ops))))

    async def _push(self, group: Sequence[_Line]) -> bytes:
        """Stores the lines as one commit."""
        now = asyncio.get_running_loop().time()
        if now - self._checked_at > CHECK_SECONDS:
            self._checked_at = now
            await writer_in(self._request, self._board)
        drawn = await self._drawing.push([op for line in group for op in line.ops])
        self._seq = drawn.seq
        return b"".join(
            _encode({"line": line.number, "seq": drawn.seq, "ids": _ids_in(line.ops)}) + b"\n"
            for line in group
        )


def items_of(value: Any) -> list[Item]:
    """What a line means: an op, an element, or a list of these."""
    if isinstance(value, list) and not (value and value[0] in _KINDS):
        return [Item(each, f"ops[{k}]") for k, each in enumerate(value)]
    return [Item(value, "op")]


def _ids_in(ops: Sequence[Op]) -> list[str]:
    return [op.element.id for op in ops if isinstance(op, Put)]


def _fits(group: Sequence[_Line], line: _Line) -> bool:
    ops, size = sum(len(each.ops) for each in group), sum(each.size for each in group)
    return ops + len(line.ops) <= GROUP_OPS and size + line.size <= GROUP_BYTES
