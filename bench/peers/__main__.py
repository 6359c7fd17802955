"""What one delivered update costs: Inkwire, y-websocket and the plain broadcast of FastAPI's tutorial.

The same rooms on each in turn, the server (its store too) on core 0, the generator on core 1. Every
update carries its sending time and is counted by content, so a server may merge as it likes. All cells
are run ``--rounds`` times, the servers taking turns; a figure is the median of its rounds.
`python -m bench.peers [--cells 100 200] [--servers inkwire] [--seconds 8] [--rounds 2]`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bench.peers.cells import CELLS, Cell, Figures, measure
from bench.peers.servers import SERVERS
from bench.peers.targets import judge

REPORT = Path(__file__).parents[2] / "build" / "bench" / "peers.json"
HEAD = (
    "cell                  server       CPU s/1,000  with store  delivered  p50 ms  p99 ms  "
    "RSS +MB  server  generator"
)


def main() -> None:
    """Prints the table and the targets, and writes build/bench/peers.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", nargs="+", default=[""], help="words in the names of cells")
    parser.add_argument("--servers", nargs="+", default=list(SERVERS), choices=list(SERVERS))
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    cells = [cell for cell in CELLS if any(word in cell.name for word in options.cells)]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    started = time.monotonic()
    print(HEAD, flush=True)
    results = {cell.name: run(cell, options) for cell in cells}
    verdicts = list(judge(results))
    print()
    for verdict in verdicts:
        print(verdict)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report(results, verdicts, options), indent=2) + "\n")
    print(f"\n{time.monotonic() - started:.0f} s, load average {os.getloadavg()[0]:.1f}")


def run(cell: Cell, options: argparse.Namespace) -> dict[str, Figures]:
    """Every server in one cell; one line printed for each."""
    rounds: dict[str, list[Figures]] = {}
    for _ in range(options.rounds):
        for name in options.servers:
            if not cell.cursors or name == "inkwire":
                figures = measure(SERVERS[name], cell, options.seconds)
                rounds.setdefault(name, []).append(figures)
    found = {name: median(figures) for name, figures in rounds.items()}
    for name, figures in found.items():
        print(line(cell.name, name, figures), flush=True)
    return found


def median(rounds: list[Figures]) -> Figures:
    """Each figure's own median."""
    return Figures(
        **{
            each.name: statistics.median(getattr(figures, each.name) for figures in rounds)
            for each in fields(Figures)
        }
    )


def line(cell: str, server: str, it: Figures) -> str:
    """One row of the table."""
    closed = f"  {it.closed:.0f} closed" if it.closed else ""
    return (
        f"{cell:21} {server:12} {it.cpu:11.5f} {it.cpu_with_store:11.5f} {it.delivered:10.2%} "
        f"{it.p50_ms:7.1f} {it.p99_ms:7.1f} {it.rss_growth_mb:8.1f} {it.busy:7.0%} "
        f"{it.generator_busy:10.0%}{closed}"
    )


def report(
    results: dict[str, dict[str, Figures]], verdicts: list[str], options: argparse.Namespace
) -> dict[str, Any]:
    """Everything, for the record."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "seconds": options.seconds,
        "rounds": options.rounds,
        "load_average": os.getloadavg(),
        "cells": {
            cell: {name: asdict(figures) for name, figures in servers.items()}
            for cell, servers in results.items()
        },
        "targets": verdicts,
    }


if __name__ == "__main__":
    main()
