"""Where the main thread is during a phase, by Chromium's own sampling profiler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

from playwright.async_api import CDPSession

MOST = 25


async def profiled(cdp: CDPSession, name: str, act: Callable[[], Awaitable[None]]) -> None:
    """Prints which functions take the time themselves, and under which callers."""
    await cdp.send("Profiler.enable")
    await cdp.send("Profiler.setSamplingInterval", {"interval": 200})
    await cdp.send("Profiler.start")
    await act()
    profile = (await cdp.send("Profiler.stop"))["profile"]
    nodes = {node["id"]: node for node in profile["nodes"]}
    parents = {child: node["id"] for node in profile["nodes"] for child in node.get("children", ())}
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for id_, delta in zip(profile["samples"], profile["timeDeltas"], strict=True):
        own[label(nodes[id_])] += delta
        seen = set()
        at: int | None = id_
        while at is not None:
            seen.add(label(nodes[at]))
            at = parents.get(at)
        for each in seen:
            whole[each] += delta
    everything = sum(profile["timeDeltas"])
    print(f"\n{name}: {everything / 1e6:.2f} s")
    for title, counter in (("itself", own), ("with what it calls", whole)):
        print(f"  {title}")
        for function, micros in counter.most_common(MOST):
            print(f"    {100 * micros / everything:5.1f} %  {micros / 1000:8.1f} ms  {function}")


def label(node: dict[str, dict[str, object]]) -> str:
    """The function and where it is; minified names say little, the native ones all."""
    frame = node["callFrame"]
    file = str(frame["url"]).rsplit("/", 1)[-1]
    line = f"{frame['lineNumber']}:{frame['columnNumber']}"
    return f"{frame['functionName'] or '(anonymous)'} {file}:{line}"
