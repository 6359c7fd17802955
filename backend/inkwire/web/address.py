"""Where a connection comes from, as far as it can be believed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

from inkwire.rooms.addresses import network_of
from inkwire.web.site import site_of


def network_behind(connection: HTTPConnection) -> str | None:
    """The network that a connection counts for; None where its address says nothing.

    uvicorn has put the address that a trusted proxy names in the place of the proxy's. An address
    that is still a trusted proxy's own is nobody's: everybody's requests may come from it.
    """
    if connection.client is None:
        return None
    address = connection.client.host
    if _is_one_of(address, site_of(connection).settings.trusted_proxies):
        return None
    return network_of(address)


def _is_one_of(address: str, proxies: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return address in proxies
    return any(found in network for network in _networks(proxies))


@lru_cache(maxsize=4)
def _networks(proxies: Iterable[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    networks = []
    for each in proxies:
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            continue  # a name, or the asterisk that trusts everybody and excepts nobody
    return tuple(networks)
