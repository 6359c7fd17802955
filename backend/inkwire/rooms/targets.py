"""Where the server may send something on somebody's behalf: public addresses, and networks that were allowed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from inkwire.errors import Refusal
from inkwire.protocol.codes import RefusalCode

Network = IPv4Network | IPv6Network
MAX_URL: Final = 2_000
_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = IPv6Network("64:ff9b::/96")


class Target(NamedTuple):
    """A URL in parts; ``host`` without brackets, ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The header ``Host``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """What a URL points to. Raises ``Refusal`` for one that is not a plain http or https address."""
    if (
        len(url) > MAX_URL
        or not url.isascii()
        or not url.isprintable()
        or {*url} & {*' \\"<>^`{|}'}
    ):
        raise _refused("The address has characters that no address has, or is too long.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refused("This is not an address.") from None
    if parts.scheme not in _PORTS or not host:
        raise _refused("The address must begin with https:// or http://.")
    if parts.username is not None or parts.password is not None:
        raise _refused("The address must not hold a name or a password.")
    if parts.fragment or "%" in host or port == 0:
        raise _refused("This is not an address that something can be sent to.")
    path = parts.path or "/"
    return Target(
        parts.scheme,
        host,
        port or _PORTS[parts.scheme],
        f"{path}?{parts.query}" if parts.query else path,
    )


def may_reach(address: str, allowed: Sequence[Network]) -> bool:
    """Whether an IP address is public, or in one of the allowed networks.

    An IPv6 address that stands for an IPv4 one is judged as what it stands for.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    meant = _meant(found)
    if any(
        each.version == network.version and each in network
        for each in {found, meant}
        for network in allowed
    ):
        return True
    return meant.is_global and not meant.is_multicast and not meant.is_reserved


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _refused(words: str) -> Refusal:
    return Refusal(RefusalCode.INVALID, words)
