"""Keeps crawls out of the network they run in: no page may lead to an address inside.

Refused are the addresses themselves, when a connection is made, so it does not matter by which
name, redirect or form of writing one got there. A user may name an origin inside; a page may not.
"""

from __future__ import annotations

import ipaddress
import socket
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, Self, runtime_checkable
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import signals
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

_PORTS: Final = {"http": 80, "https": 443}
_EMBEDDING: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses of which the last 32 bits are one of IPv4 (RFC 6052)."""


class PrivateAddress(IgnoreRequest):
    """An address inside was not asked; *place* is the host and port that led there."""

    def __init__(self, place: Place) -> None:
        super().__init__("private address")
        self.place = place


class Place(NamedTuple):
    """What a connection is made to."""

    host: str
    port: int


def place_of(url: str) -> Place | None:
    """Return the place of *url*, ``None`` where it has none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return Place(host.rstrip("."), port) if host and port else None


def is_private(address: str) -> bool:
    """Return whether *address*, of IPv4 or IPv6, is none of the public network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _EMBEDDING:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return not ip.is_global or ip.is_multicast or ip.is_reserved


def literal(host: str) -> str | None:
    """Return the address that *host* writes, in whatever form, ``None`` where it is a name.

    >>> literal("0x7f.1"), literal("2130706433"), literal("[::1]"), literal("journal.example")
    ('127.0.0.1', '127.0.0.1', '::1', None)
    """
    bare = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(bare.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, UnicodeError):
        return None


@runtime_checkable
class NamesOrigins(Protocol):
    """A spider that says which origins its user named; any other may ask what it likes."""

    def named_urls(self) -> Iterable[str]:
        """Yield addresses at these origins."""


class Guard:
    """What may be asked though it lies inside: the places that the running crawls were named."""

    def __init__(self) -> None:
        self._named: Counter[Place] = Counter()
        self._free = 0
        self.refused: set[Place] = set()

    def open(self, named: Collection[Place] | None) -> None:
        """Let the places *named* be asked, without any: all."""
        self._named.update(named or ())
        self._free += named is None

    def close(self, named: Collection[Place] | None) -> None:
        """Undo what :meth:`open` did."""
        self._named.subtract(named or ())
        self._free -= named is None

    def allows(self, place: Place, address: str) -> bool:
        """Return whether a connection to *place* may be made to *address*; note where not."""
        allowed = not is_private(address) or self._free > 0 or self._named[place] > 0
        if not allowed:
            self.refused.add(place)
        return allowed


GUARD: Final = Guard()
"""That of the process: there is one resolver for all of its crawls."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, without the addresses that may not be asked."""

    def install_on_reactor(self) -> None:
        """Stand between the reactor and whatever resolves its names."""
        super().install_on_reactor()
        reactor: Any = self.reactor
        reactor.installNameResolver(_Filtered(reactor.nameResolver))


@implementer(IHostnameResolver)
class _Filtered:
    def __init__(self, resolver: Any) -> None:  # noqa: ANN401 - zope's interfaces are no types
        self._resolver = resolver

    def resolveHostName(  # noqa: N802 - Twisted's
        self,
        resolutionReceiver: Any,  # noqa: ANN401, N803 - same
        hostName: str,  # noqa: N803 - same
        portNumber: int = 0,  # noqa: N803 - same
        addressTypes: Sequence[Any] | None = None,  # noqa: N803 - same
        transportSemantics: str = "TCP",  # noqa: N803 - same
    ) -> Any:  # noqa: ANN401 - same
        receiver = _Receiver(resolutionReceiver, Place(hostName.rstrip(".").lower(), portNumber))
        return self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _Receiver:
    def __init__(self, receiver: Any, place: Place) -> None:  # noqa: ANN401 - as above
        self._receiver = receiver
        self._place = place

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: ANN401, N802 - Twisted's
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: ANN401, N802 - same
        if GUARD.allows(self._place, address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - same
        self._receiver.resolutionComplete()


class PrivateAddressMiddleware:
    """Refuses what is written as an address inside, before the files of its host are asked for."""

    def __init__(self) -> None:
        self._named: frozenset[Place] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware, which opens the guard for what its spider's user named."""
        middleware = cls()
        crawler.signals.connect(middleware.spider_opened, signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Open the guard."""
        if isinstance(spider, NamesOrigins):
            proxies = getproxies().values()
            places = map(place_of, (*spider.named_urls(), *proxies))
            self._named = frozenset(place for place in places if place is not None)
        GUARD.open(self._named)

    def spider_closed(self) -> None:
        """Close it."""
        GUARD.close(self._named)

    def process_request(self, request: Request) -> None:
        """Raise :exc:`PrivateAddress` where *request* goes to an address inside, as written."""
        place = place_of(request.url)
        if place is None or self._named is None or place in self._named:
            return
        address = literal(place.host)
        if (address is not None and is_private(address)) or _is_local(place.host):
            raise PrivateAddress(place)


def check_refusal(request: Request, exception: Exception) -> None:
    """Raise :exc:`PrivateAddress` where *request* failed since its host has none but such."""
    place = place_of(request.url)
    if isinstance(exception, CannotResolveHostError) and place in GUARD.refused:
        raise PrivateAddress(place) from exception


def _is_local(host: str) -> bool:
    """Return whether the name *host* is one of this machine (RFC 6761, section 6.3)."""
    return host == "localhost" or host.endswith(".localhost")
