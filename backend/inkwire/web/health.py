"""Whether this process lives, whether it can serve, and its counters."""

from __future__ import annotations

import os

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.responses import JSONResponse, PlainTextResponse, Response

from inkwire.web.site import site_of

router = APIRouter(tags=["operations"])


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """The process can serve: the store answers and takes writes, and nobody asked it to stop."""
    site = site_of(request)
    health = await site.store.health()
    ready = health.ok and not site.hub.drain.begun
    body = {
        "ready": ready,
        "store": {"ok": health.ok, "problem": health.problem, "latencyMs": health.latency_ms},
        "draining": site.hub.drain.begun,
    }
    return JSONResponse(body, 200 if ready else 503)


@router.get("/metrics")
def metrics() -> Response:
    """Prometheus's text; of all workers where they share PROMETHEUS_MULTIPROC_DIR."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types there
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
