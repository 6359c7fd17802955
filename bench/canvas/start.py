"""From nothing to a board that can be drawn on."""

from __future__ import annotations

import asyncio
from statistics import median

from playwright.async_api import Browser

from bench.canvas.hand import SIZE
from bench.room import new_board

TIMES = 7
WHEN_DRAWABLE = """new Promise((found) => {
  const look = () => {
    const tools = document.querySelector("[role=toolbar]");
    if (tools !== null && document.querySelector("[data-testid=board] canvas") !== null) {
      requestAnimationFrame(() => found(performance.now()));
    } else requestAnimationFrame(look);
  };
  look();
})"""
"""Milliseconds since the navigation began when tools and canvas are painted."""


async def cold_start(browser: Browser, base: str) -> float:
    """The median over fresh profiles of an empty board; milliseconds."""
    made = await asyncio.to_thread(new_board, base)
    times = []
    for _ in range(TIMES):
        context = await browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
        page = await context.new_page()
        await page.goto(made["links"]["editor"]["url"], wait_until="commit")
        times.append(float(await page.evaluate(WHEN_DRAWABLE)))
        await context.close()
    return median(times)
