"""What Inkwire has to reach, as ratios to y-websocket in the same run wherever that is possible."""

from __future__ import annotations

from collections.abc import Iterator

from bench.peers.cells import Figures

GENERATOR_BUSY = 0.9


def judge(results: dict[str, dict[str, Figures]]) -> Iterator[str]:
    """One line for each target of the cells that were run."""
    for cell, servers in results.items():
        for name, figures in servers.items():
            if figures.generator_busy >= GENERATOR_BUSY:
                yield f"void    {cell}, {name}: the generator was at {figures.generator_busy:.0%}"
        ours, peer = servers.get("inkwire"), servers.get("y-websocket")
        if ours is None:
            continue
        yield _at_least(f"{cell}: delivered", ours.delivered, 1.0)
        yield _at_most(f"{cell}: RSS growth, MB", ours.rss_growth_mb, 40)
        if cell in ("200 people", "50 people, all write"):
            yield _at_most(f"{cell}: p99 ms", ours.p99_ms, 30)
        if cell == "500 cursors":
            yield _at_most(f"{cell}: p99 ms", ours.p99_ms, 100)
            yield _at_most(f"{cell}: sockets closed", ours.closed, 0)
        if peer is None:
            continue
        if cell in ("100 people", "200 people"):
            yield _at_most(f"{cell}: CPU / y-websocket's", ours.cpu / peer.cpu, 0.5)
            yield _at_most(
                f"{cell}: CPU with store / y-websocket's", ours.cpu_with_store / peer.cpu, 0.7
            )
        if cell.startswith("100 rooms"):
            yield _at_most(f"{cell}: CPU / y-websocket's", ours.cpu / peer.cpu, 1.3)


def _at_most(what: str, found: float, bound: float) -> str:
    return f"{'reached' if found <= bound else 'missed '} {what} {found:.3g}, at most {bound:g}"


def _at_least(what: str, found: float, bound: float) -> str:
    return f"{'reached' if found >= bound else 'missed '} {what} {found:.4g}, at least {bound:g}"
