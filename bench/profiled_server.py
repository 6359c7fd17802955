"""A server whose workers write where their time goes (cProfile), for benches. Linux or macOS.

`BENCH_PROFILE=FILE python -m bench.profiled_server`, settings as for `inkwire serve`. With
`BENCH_LIBRARY=1` the library reads every frame, as it would without `inkwire.live.framing`. Without
the variables it is `inkwire serve`.
"""

from __future__ import annotations

import cProfile
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from inkwire.app import create_app as real
from inkwire.config import load_settings
from inkwire.launcher import serve
from inkwire.live.websocket import BoardSocket


def create_app() -> FastAPI:
    """The application, profiled from its start to its end."""
    app = real()
    if os.environ.get("BENCH_LIBRARY"):
        BoardSocket._plain = lambda _self, _data: False  # type: ignore[assignment,method-assign]
        BoardSocket._split = WebSocketsSansIOProtocol.data_received  # type: ignore[method-assign]
    path = os.environ.get("BENCH_PROFILE")
    if not path:
        return app
    within = app.router.lifespan_context

    @asynccontextmanager
    async def profiled(app: FastAPI) -> AsyncIterator[None]:
        profile = cProfile.Profile()
        async with within(app):
            profile.enable()
            try:
                yield
            finally:
                profile.disable()
                profile.dump_stats(path)

    app.router.lifespan_context = profiled
    return app


if __name__ == "__main__":
    sys.exit(serve(load_settings(), print, app="bench.profiled_server:create_app"))
