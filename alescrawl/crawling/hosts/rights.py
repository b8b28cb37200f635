"""What a host's files and a response's headers reserve, beside what the page declares."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from alescrawl.crawling.hosts.tdmrep import RESERVATION, Reservation
from alescrawl.crawling.hosts.usage_signals import FIELDS, USAGE, usage_words
from alescrawl.crawling.routes.web_address import web_address
from alescrawl.extraction.page.meta import RESTRICTIONS, read_head, read_rights
from alescrawl.extraction.page.page import Page, UnreadablePage
from alescrawl.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response
    from scrapy.http.headers import Headers

    from alescrawl.items import Origin

_VALUES = {"0": False, "1": True}
# "otherbot: noindex" is for another; "max-snippet: 0" is a directive with a value.
_AGENT = re.compile(r"([\w-]+)\s*:\s*(.*)", re.DOTALL)
_WITH_VALUE = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
)


def apply_rights(article: Article, response: Response) -> None:
    """Add to *article* what was said outside its page.

    The header overrides the file and the page overrides the header (TDMRep); silence overrides
    nothing.
    """
    of_host: Reservation | None = response.meta.get(RESERVATION)
    stated = _reservation(response.headers)
    if stated is not None:
        _fill(article, reserved=stated, origin="header")
    if of_host is not None:
        _fill(article, reserved=of_host.reserved, origin="well-known")
    policies = [
        *(article.tdm_policy or "", *_values(response.headers, "tdm-policy")),
        (of_host and of_host.policy) or "",
    ]
    addresses = (web_address(response.url, policy) for policy in policies)
    article.tdm_policy = next(filter(None, addresses), None)
    article.rights_signals = [
        *_file_signals(of_host),
        *response.meta.get(USAGE, ()),
        *_header_signals(response.headers),
        *article.rights_signals,
    ]


def rights_of_page(html: bytes, url: str) -> Article:
    """Return an article of which nothing is known but the rights that its page *html* states."""
    stated = Article()
    with suppress(UnreadablePage):
        rights = read_rights(read_head(Page.from_html(html, url).tree))
        stated.tdm_reserved, stated.rights_signals = rights.reserved, rights.signals
    return stated


def _file_signals(found: Reservation | None) -> Iterator[str]:
    if found is not None:
        yield f"well-known tdm-reservation={int(found.reserved)}"
        if found.policy:
            yield f"well-known tdm-policy={found.policy}"


def known_reservation(article_signals: list[str]) -> Reservation | None:
    """Return what the host's file said, going by the signals that an article has of it."""
    prefix, stated = "well-known ", {}
    for signal in article_signals:
        if signal.startswith(prefix):
            name, _, value = signal.removeprefix(prefix).partition("=")
            stated[name] = value
    if (reserved := _VALUES.get(stated.get("tdm-reservation", ""))) is None:
        return None
    return Reservation(reserved, stated.get("tdm-policy"))


def _fill(article: Article, *, reserved: bool, origin: Origin) -> None:
    if article.tdm_reserved is None:
        article.tdm_reserved = reserved
        article.provenance["tdm_reserved"] = origin


def _reservation(headers: Headers) -> bool | None:
    """Return what the header says; of two that contradict each other the one that reserves."""
    stated = [_VALUES[v] for v in _values(headers, "tdm-reservation") if v in _VALUES]
    return any(stated) if stated else None


def _header_signals(headers: Headers) -> list[str]:
    stated = [(n, v) for n in ("tdm-reservation", "tdm-policy") for v in _values(headers, n)]
    for value in _values(headers, "X-Robots-Tag"):
        stated += [("x-robots-tag", directive) for directive in robots_directives(value)]
    for name in FIELDS:
        for value in _values(headers, name):
            stated += [(name, word) for word in usage_words(value)]
    return [f"header {name}={value}" for name, value in stated]


def _values(headers: Headers, name: str) -> list[str]:
    values = (value.decode("latin-1").strip() for value in headers.getlist(name))
    return [value for value in values if value]


def robots_directives(value: str) -> Iterator[str]:
    """Yield the restrictions of one X-Robots-Tag, in lower case: ``noai``, ``otherbot: noai``.

    An agent's name stands for all directives that follow it.
    """
    agent = ""
    for part in value.lower().split(","):
        directive = part.strip()
        named = _AGENT.fullmatch(directive)
        if named and named[1] not in _WITH_VALUE:
            agent, directive = f"{named[1]}: ", named[2].strip()
        if (word := re.sub(r"\s*:\s*", ":", directive)) in RESTRICTIONS:
            yield agent + word
