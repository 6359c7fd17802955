"""How many connections one network address may open and have open. Pure; time in seconds."""

from __future__ import annotations

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from inkwire.rooms.allowance import Bucket, Rate

KNOWN_MOST: Final = 10_000
"""Addresses without an open connection that a worker remembers."""
FULL_SECONDS: Final = 10.0
"""When to come back where an address has as many connections as it may."""
_NETWORK_BITS: Final = 64
_LONGEST: Final = 64


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, an IPv6 network of 64 bits (one household's).

    Anything else, which only a trusted proxy can have said, counts as it is, cut to a bounded length.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:_LONGEST]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, _NETWORK_BITS), strict=False))
    return str(found)


class Addresses:
    """One worker's doors: ``open_most`` connections of an address, ``per_minute`` new ones.

    A minute's worth may come at once. Memory is bounded by the open connections and ``known_most``.
    """

    def __init__(self, open_most: int, per_minute: int, known_most: int = KNOWN_MOST) -> None:
        self._open_most = open_most
        self._rate = Rate(per_minute / 60, per_minute)
        self._known_most = known_most
        self._open: dict[str, int] = {}
        self._new: OrderedDict[str, Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open.keys() | self._new.keys())

    def enter(self, network: str, now: float) -> float:
        """0 when a connection may open, which ``leave`` has to follow; else the seconds to wait."""
        opened = self._open.get(network, 0)
        if opened >= self._open_most:
            return FULL_SECONDS
        bucket = self._new.get(network)
        if bucket is None:
            bucket = self._new[network] = Bucket(self._rate, now)
            if len(self._new) > self._known_most:
                self._new.popitem(last=False)
        else:
            self._new.move_to_end(network)
        if wait := bucket.wait(now):
            return wait
        bucket.take(1)
        self._open[network] = opened + 1
        return 0.0

    def leave(self, network: str) -> None:
        """A connection that was let in is over."""
        left = self._open[network] - 1
        if left:
            self._open[network] = left
        else:
            del self._open[network]
