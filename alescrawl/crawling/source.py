"""Source: the facts about one publisher of news, and what they say of an address."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal
from urllib.parse import urlsplit

from alescrawl.crawling.pages.address_kinds import address_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from alescrawl.crawling.routes.model import Route

Rights = Literal["text", "metadata"]
Scope = Literal["gard", "regional", "national"]
Kind = Literal[
    "press",
    "economic_press",
    "agency",
    "blog",
    "chamber",
    "employers",
    "association",
    "public_body",
]


class Source:
    """What is known of a source; all but ``name``, ``hosts`` and ``verified`` may be left out."""

    publisher: ClassVar[str | None] = None
    kind: ClassVar[Kind | None] = None
    """Who publishes: *agency* one that passes on what institutions announce."""
    scope: ClassVar[Scope | None] = None
    """What it writes about; of ``regional`` and ``national`` ones only the relevant is kept."""
    rights: ClassVar[Rights] = "text"
    """What may be kept of its articles: all, or only what is not text (``metadata``)."""
    hosts: ClassVar[Sequence[str]] = ()
    """Host names that articles may lie on, each with those below it; without any, all.

    The first is the one that answers.
    """
    former_hosts: ClassVar[Sequence[str]] = ()
    """Host names that articles had; ``data/addresses.toml`` says which one each stands for."""
    routes: ClassVar[Sequence[Route]] = ()
    article_urls: ClassVar[Sequence[str]] = ()
    """Regular expressions, searched for in an address; without any, the pages tell."""
    former_article_urls: ClassVar[Sequence[str]] = ()
    """As ``article_urls``, of addresses that its articles had once: web archives have them."""
    since: ClassVar[str] = ""
    """The day from which on its hosts are its own, as an ISO date: what web archives have from
    before is of whoever had them then."""
    ignored_urls: ClassVar[Sequence[str]] = ()
    """Regular expressions of addresses that are no article's, whatever else they look like."""
    digests: ClassVar[Sequence[str]] = ()
    """Regular expressions of addresses of newsletters: each heading in one begins an article."""
    selectors: ClassVar[Mapping[str, str]] = {}
    """Field to CSS or XPath, where structured data does not say it."""
    boilerplate: ClassVar[Sequence[str]] = ()
    """Regular expressions of whole paragraphs that are not the article's; quotes are straight."""
    surname_first: ClassVar[bool] = False
    """Whether its bylines print the surname before the given name."""
    endings: ClassVar[Sequence[str]] = ()
    """As ``boilerplate``, of the line with which what follows an article begins."""
    judges_pages: ClassVar[bool] = True
    """Whether pages that are no article, but a list of them or a legal notice, are passed over."""
    verified: ClassVar[str] = ""
    """The day on which these facts were last held against what is known of them, as an ISO date."""

    @property
    def home(self) -> str | None:
        """The home page, which is explored where no route is there."""
        return f"https://{self.hosts[0]}/" if self.hosts else None

    @property
    def domains(self) -> list[str]:
        """The domains that its articles lie on, those they have left included."""
        return domains_of(self)

    def is_own_host(self, url: str) -> bool:
        """Return whether *url* lies on one of ``domains`` or below; without any, it does.

        Its port must be the usual one, or one at which a route lies.
        """
        own = tuple(f".{domain}" for domain in self.domains)
        if not own:
            return True
        host, port = host_and_port(url)
        return f".{host}".endswith(own) and (port is None or port in self.own_ports)

    @property
    def own_ports(self) -> Collection[int]:
        """The ports, but for the usual ones, at which the source is."""
        ports = {host_and_port(route.url)[1] for route in self.routes}
        return {port for port in ports if port is not None}

    def is_article_url(self, url: str) -> bool:
        """Return whether the article of *url* is one of this source, by its address."""
        if self.is_ignored(url):
            return False
        if not self.article_urls:
            return not self.judges_pages or address_kind(url) is None
        return self._article_url.search(url) is not None

    def is_ignored(self, url: str) -> bool:
        """Return whether *url* is none of an article, whatever else it looks like."""
        return self._ignored_url.search(url) is not None

    def is_digest(self, url: str) -> bool:
        """Return whether the page at *url* holds many items, each an article."""
        return self._digest_url.search(url) is not None

    @classmethod
    def may_be_article(cls, url: str) -> bool:
        """Return whether an archive's copy of *url* may show an article of this source."""
        if any_of(cls.ignored_urls).search(url) is not None:
            return False
        forms = (*cls.article_urls, *cls.former_article_urls)
        if not cls.article_urls:
            return not cls.judges_pages or address_kind(url) is None
        return any_of(forms).search(url) is not None

    @cached_property
    def _article_url(self) -> re.Pattern[str]:
        return any_of(self.article_urls)

    @cached_property
    def _ignored_url(self) -> re.Pattern[str]:
        return any_of(self.ignored_urls)

    @cached_property
    def _digest_url(self) -> re.Pattern[str]:
        return any_of(self.digests)


def host_and_port(url: str) -> tuple[str, int | None]:
    """Return the host of *url*, and its port where that is not the usual one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "", None
    return host, None if port in {None, 80 if parts.scheme == "http" else 443} else port


def domains_of(source: Source | type[Source]) -> list[str]:
    """Return the domains of *source*, those its articles have left included."""
    return [host.removeprefix("www.") for host in (*source.hosts, *source.former_hosts)]


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return what holds where one of *patterns* does; without any, nowhere."""
    return re.compile("|".join(patterns) if patterns else "(?!)")
