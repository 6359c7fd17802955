"""The application that every worker runs: routes, what stands around them, what lives as long."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from ipaddress import ip_network

from fastapi import FastAPI

from inkwire.config import Settings, load_settings
from inkwire.live.hub import Hub
from inkwire.live.outgoing import Outgoing
from inkwire.live.webhooks import Webhooks
from inkwire.observe import logs
from inkwire.rooms.quotas import Quotas
from inkwire.services.drawing_slots import DrawingSlots
from inkwire.store.connect import open_store
from inkwire.web import (
    activity,
    boards,
    elements,
    exports,
    health,
    images,
    imports,
    links,
    ops,
    socket,
    static,
    webhooks,
)
from inkwire.web.failures import answer_failures
from inkwire.web.http_protocol import END_STREAMS
from inkwire.web.middleware import BoundedBodies, SecurityHeaders
from inkwire.web.openapi import describe
from inkwire.web.site import Site


def create_app(settings: Settings | None = None) -> FastAPI:
    """The ASGI application; uvicorn has to serve it with ``live.uvicorn_options``.

    ``settings`` come from the environment when they are not given. Errors: ``ConfigError``.
    """
    known = settings or load_settings()
    logs.set_up(known.log_level)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Callable[[], None]]]:
        store = open_store(known)
        hub = Hub(
            store,
            quotas=Quotas(
                rates=known.rates,
                board_connections=known.board_connections,
                address_connections=known.address_connections,
                address_connections_per_minute=known.address_connections_per_minute,
            ),
        )
        outgoing = Outgoing([ip_network(each) for each in known.webhook_networks])
        told = Webhooks(store, hub.clock, hub.home, outgoing)
        hub.on_news = told.note
        slots = DrawingSlots(known.data_dir, known.drawings)
        app.state.site = site = Site(known, store, hub, told, slots)
        hub.start()
        told.start()
        # What was imported stays for as long as the worker: the garbage collector need not walk through
        # it again and again, which would stop everybody for a twentieth of a second each time.
        gc.collect()
        gc.freeze()
        logs.info("worker.started", home=hub.home)
        try:
            yield {END_STREAMS: hub.end_feeds}
        finally:
            await asyncio.gather(*site.tasks)
            await told.close()
            await hub.close()
            await store.close()
            logs.info("worker.stopped", home=hub.home)

    app = FastAPI(
        title="Inkwire",
        version=version("inkwire"),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(BoundedBodies, import_bytes=known.import_bytes)
    app.add_middleware(SecurityHeaders)
    answer_failures(app)
    describe(app)
    parts = (
        boards,
        elements,
        ops,
        links,
        webhooks,
        activity,
        exports,
        imports,
        images,
        socket,
        health,
        static,
    )
    for part in parts:
        app.include_router(part.router)
    app.router.routes.append(static.Pages())
    return app
