"""Servers and people for browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from e2e.browser import start_chromium
from e2e.pages.board import BoardPage
from e2e.pages.landing import LandingPage
from e2e.pages.watched import Watched
from inkwire.store.embedded import EmbeddedStore
from tests.harness.pair import Pair, started_pair, without_faults
from tests.harness.server import NewBoard, Server

PATIENCE_MS = 30_000
"""How long a condition may take to come true; far more than it needs, for machines are busy."""
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """People come last and so leave first: a page whose server goes before it complains, rightly."""
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        names.sort(key=lambda name: name in {"people", "ana", "ben"})


@pytest.fixture(scope="session")
def _pair(embedded: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with started_pair(tmp_path_factory.mktemp("servers"), embedded.url) as pair:
        yield pair


@pytest.fixture
def server(_pair: Pair) -> Iterator[Server]:
    """A server of one worker. A test that makes it log a fault fails."""
    with without_faults(_pair.here):
        yield _pair.here


@pytest.fixture
def there(_pair: Pair) -> Iterator[Server]:
    """Another worker on the same store: the same boards, at another address."""
    with without_faults(_pair.there):
        yield _pair.there


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each person has a context, which is a profile, of their own."""
    with sync_playwright() as playwright:
        browser = start_chromium(playwright)
        yield browser
        browser.close()


class People:
    """Opens pages for people; a page that says anything on its console fails the test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._watched: list[Watched] = []

    def context(self, **options: Any) -> BrowserContext:
        """A new person's browser."""
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = self._browser.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        return context

    def at(self, url: str, context: BrowserContext | None = None, **options: Any) -> BoardPage:
        """A person who opens a board; returns when they can draw."""
        page = (context or self.context(**options)).new_page()
        self._watched.append(Watched(page))
        board = BoardPage(page)
        page.goto(url)
        board.is_live()
        return board

    def look(self, url: str, context: BrowserContext | None = None) -> BoardPage:
        """A person whose link is for looking only."""
        page = (context or self.context()).new_page()
        self._watched.append(Watched(page))
        page.goto(url)
        board = BoardPage(page)
        expect(board.connection).to_have_attribute("data-state", "live")
        return board

    def landing(
        self, url: str, context: BrowserContext | None = None, **options: Any
    ) -> LandingPage:
        """A person who opens the landing page."""
        page = (context or self.context(**options)).new_page()
        self._watched.append(Watched(page))
        page.goto(url)
        return LandingPage(page)

    def watch(self, page: Page) -> Page:
        """A page that is no board's: what it says on its console is listened to as well."""
        self._watched.append(Watched(page))
        return page

    def forgive(self, part: str) -> None:
        """Messages with this in them are what the test provokes, on every page opened so far."""
        for watched in self._watched:
            watched.forgive.append(part)

    def leave(self) -> None:
        """Everybody goes; then what their consoles said is looked at."""
        for context in self._contexts:
            context.close()
        said = [line for watched in self._watched for line in watched.said]
        assert not said, "\n".join(said)


@pytest.fixture
def people(chromium: Browser) -> Iterator[People]:
    """Opens pages for people."""
    everybody = People(chromium)
    yield everybody
    everybody.leave()


@pytest.fixture
def board(server: Server) -> NewBoard:
    """A new board."""
    return server.create_board()


@pytest.fixture
def ana(people: People, server: Server, board: NewBoard) -> BoardPage:
    """Somebody on a new board, who may draw."""
    return people.at(server.link(board))


@pytest.fixture
def ben(people: People, there: Server, board: NewBoard) -> BoardPage:
    """Somebody else on the same board, served by another worker."""
    return people.at(there.link(board))
