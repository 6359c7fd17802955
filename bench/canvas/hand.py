"""A hand on the page: real input events through the DevTools protocol, in the rhythm of real devices."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Any

from playwright.async_api import CDPSession

SIZE = (1280, 720)
WHEEL_HZ = 60
POINTER_HZ = 120


class Hand:
    """Sends wheel and mouse events by the clock, without waiting until the page has taken them."""

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp

    async def pan(self, seconds: float) -> None:
        """Turns the wheel: far to one side and back, up and down."""

        def turn(i: int) -> dict[str, Any]:
            return {"deltaX": 60 * math.cos(i / 12), "deltaY": 40 * math.sin(i / 12 + 1)}

        await self._wheel(seconds, turn)

    async def zoom(self, seconds: float) -> None:
        """Turns the wheel with Ctrl: in and out and in again."""
        await self._wheel(
            seconds, lambda i: {"deltaX": 0, "deltaY": 24 * math.sin(i / 12), "modifiers": 2}
        )

    async def sweep(self, seconds: float, at: tuple[float, float] = (640, 360)) -> None:
        """One press, figures of eight around the point, one release."""
        button: dict[str, Any] = {"button": "left", "buttons": 1, "clickCount": 1}
        await self._mouse("mouseMoved", *at)
        await self._mouse("mousePressed", *at, **button)

        def move(i: int) -> dict[str, Any]:
            x = at[0] + 400 * math.sin(i / 40)
            y = at[1] + 220 * math.sin(i / 20)
            return {"type": "mouseMoved", "x": x, "y": y, **button}

        await self._by_the_clock(seconds, POINTER_HZ, move)
        last = move(round(seconds * POINTER_HZ))
        await self._mouse("mouseReleased", last["x"], last["y"], **button)

    async def hover(self, seconds: float) -> None:
        """The same movement with no button pressed."""

        def move(i: int) -> dict[str, Any]:
            x, y = 640 + 400 * math.sin(i / 40), 360 + 220 * math.sin(i / 20)
            return {"type": "mouseMoved", "x": x, "y": y}

        await self._by_the_clock(seconds, POINTER_HZ, move)

    async def frame(self, left: float, top: float, right: float, bottom: float) -> None:
        """Pulls a marquee open."""
        button: dict[str, Any] = {"button": "left", "buttons": 1, "clickCount": 1}
        await self._mouse("mouseMoved", left, top)
        await self._mouse("mousePressed", left, top, **button)
        for i in range(1, 5):
            x, y = left + (right - left) * i / 4, top + (bottom - top) * i / 4
            await self._mouse("mouseMoved", x, y, **button)
        await self._mouse("mouseReleased", right, bottom, **button)

    async def _wheel(self, seconds: float, turn: Callable[[int], dict[str, Any]]) -> None:
        middle = {"type": "mouseWheel", "x": SIZE[0] / 2, "y": SIZE[1] / 2}
        await self._by_the_clock(seconds, WHEEL_HZ, lambda i: {**middle, **turn(i)})

    async def _by_the_clock(
        self, seconds: float, rate: int, event: Callable[[int], dict[str, Any]]
    ) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        sent: list[asyncio.Task[Any]] = []
        for i in range(round(seconds * rate)):
            await asyncio.sleep(max(0, started + i / rate - loop.time()))
            sent.append(asyncio.create_task(self._cdp.send("Input.dispatchMouseEvent", event(i))))
        await asyncio.gather(*sent)

    async def _mouse(self, kind: str, x: float, y: float, **more: Any) -> None:
        await self._cdp.send("Input.dispatchMouseEvent", {"type": kind, "x": x, "y": y, **more})
