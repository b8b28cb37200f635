"""The hosts that a source was found to have moved to, which its module does not name yet."""

from __future__ import annotations

from urllib.parse import urlsplit

from alescrawl.crawling.source import host_and_port


class Followed:
    """Hosts, without ``www.``, and whether articles there have addresses of another form."""

    def __init__(self) -> None:
        self._other_form: dict[str, bool] = {}

    def add(self, host: str, *, other_form: bool) -> None:
        """Take articles from *host*; with *other_form* whatever an address there looks like."""
        self._other_form[host] = other_form or self._other_form.get(host, False)

    def holds(self, url: str) -> bool:
        """Return whether *url* lies on one of them."""
        return bare_host(url) in self._other_form

    def has_other_form(self, url: str) -> bool:
        """Return whether an article at *url* need not look as the source's patterns say."""
        return self._other_form.get(bare_host(url), False)


def bare_host(url: str) -> str:
    """Return the host of *url* without ``www.``, and its port where that is not the usual one."""
    host, port = host_and_port(url)
    return host.removeprefix("www.") + (f":{port}" if port is not None else "")


def at_host(url: str, host: str) -> str:
    """Return *url* as it would be on *host*."""
    return urlsplit(url)._replace(scheme="https", netloc=host).geturl()
