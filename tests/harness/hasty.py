"""The application with a short patience, for tests of what happens when it ends."""

from __future__ import annotations

from fastapi import FastAPI

PATIENCE = {
    "inkwire.live.activity": {
        "SUM_SECONDS": 0.2,
        "LEFT_SECONDS": 0.4,
        "UNSEEN_SECONDS": 1.5,
        "LATE_SECONDS": 0.2,
        "CHECK_SECONDS": 0.5,
        "BEAT_SECONDS": 0.6,
    },
    "inkwire.live.connection": {
        "HELLO_SECONDS": 0.5,
        "QUIET_PING_SECONDS": 0.5,
        "SILENT_SECONDS": 1.5,
    },
    "inkwire.live.hub": {"SWEEP_SECONDS": 0.1},
    "inkwire.live.neighbours": {"DEAD_SECONDS": 1.0},
    "inkwire.live.outgoing": {"POST_SECONDS": 2.0},
    "inkwire.live.webhooks": {
        "SWEEP_SECONDS": 0.3,
        "FIRST_RETRY_SECONDS": 0.1,
        "CLAIM_SECONDS": 8.0,
    },
    "inkwire.live.room": {"BEAT_SECONDS": 0.3, "ROOM_LINGERS_SECONDS": 0.5},
    "inkwire.live.sender": {"STALLED_SECONDS": 1.5},
    "inkwire.web.http_protocol": {"HEAD_SECONDS": 0.7},
}


def create_app() -> FastAPI:
    """``inkwire.app.create_app`` in a worker whose patience is short."""
    from importlib import import_module

    for module, durations in PATIENCE.items():
        for name, seconds in durations.items():
            if not hasattr(import_module(module), name):
                raise AttributeError(f"{module} has no {name}")
            setattr(import_module(module), name, seconds)
    from inkwire.app import create_app as real

    return real()
