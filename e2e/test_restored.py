"""The server comes back with an older state of a board: people are told, and nothing comes twice."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from e2e.conftest import People
from inkwire.client import connect
from inkwire.store.embedded import renew_epochs
from tests.harness.keeper import Keeper
from tests.harness.server import Server


async def ids_on(link: str) -> list[str]:
    """What somebody sees who comes now."""
    async with await connect(link) as board:
        assert board.document is not None
        return [each.id for each in board.document.in_paint_order()]


@pytest.mark.parametrize("epoch", ["same", "renewed"])
def test_s6_who_had_more_is_told_and_may_put_it_back(
    keeper: Keeper, restored: Server, people: People, epoch: str
) -> None:
    """[H7] Three were in the backup, two came after it, five were never sent."""
    board = restored.create_board()
    link = restored.link(board)
    context = people.context()
    ana = people.at(link, context)
    people.forgive("net::ERR_INTERNET_DISCONNECTED")

    def draw(count: int, row: int) -> None:
        for k in range(count):
            ana.draw_box("rectangle", 300 + 110 * k, 150 + 120 * row, 80, 60)

    draw(3, 0)
    ana.is_saved()
    keeper.back_up()
    ana.is_saved()
    draw(2, 1)
    ana.has_elements(5)
    ana.is_saved()
    context.set_offline(True)
    expect(ana.connection).to_have_attribute("data-state", "offline")
    draw(5, 2)
    ana.has_elements(10)
    had = {each["id"] for each in ana.elements()}
    keeper.put_back()
    if epoch == "renewed":
        renew_epochs(keeper.store.url)
    context.set_offline(False)

    ana.is_saved()
    told = ana.toast.filter(has_text="older state of this board")
    expect(told).to_contain_text("2 things that were here are missing")
    ana.has_elements(8)
    with ThreadPoolExecutor(1) as other:
        seen = other.submit(asyncio.run, ids_on(link)).result()
        assert len(seen) == len(set(seen)) == 8
        told.get_by_role("button", name="Put back").click()
        ana.has_elements(10)
        ana.is_saved()
        seen = other.submit(asyncio.run, ids_on(link)).result()
        assert len(seen) == 10
        assert set(seen) == had
    ana.page.keyboard.press("Control+z")
    ana.has_elements(8)
