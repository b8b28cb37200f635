"""The routes of a site that have proven to list articles: which of them a source needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from alescrawl.crawling.routes.model import Listing, Sitemap, WordPressRest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from alescrawl.crawling.routes.model import Route

_ALL_BUT_A_FEW: Final = 0.8


class ProvenRoutes:
    """What each route of a site listed: the hashes of the addresses."""

    def __init__(self) -> None:
        self._listed: dict[Route, set[int]] = {}
        self._answered: dict[Route, str] = {}

    def add(self, route: Route, addresses: Collection[int], answered: str = "") -> None:
        """Note that *route*, or what it leads to, listed *addresses*; it *answered* there."""
        self._listed.setdefault(route, set()).update(addresses)
        if answered:
            self._answered[route] = answered

    def missing(self, shown: Collection[int]) -> set[int]:
        """Return those of the articles *shown* that no route lists."""
        return set(shown).difference(*self._listed.values())

    def final(self, route: Route) -> Route:
        """Return *route* by the address to which redirects on its own host lead."""
        asked, got = urlsplit(route.url), urlsplit(self._answered.get(route, route.url))
        if _bare_host(asked) != _bare_host(got) or asked.port != got.port:
            return route
        return replace(route, url=urlunsplit(got._replace(query=asked.query, fragment="")))

    def are_complete(self, shown: Collection[int]) -> bool:
        """Return whether a route that lists all articles of a site lists those *shown*.

        A feed does not: it has only the newest.
        """
        whole = [each for route, each in self._listed.items() if _lists_all(route)]
        listed = set().union(*whole)
        return bool(listed) and len(listed & set(shown)) >= _ALL_BUT_A_FEW * len(shown)

    def needed(self, order: Iterable[Route], articles: Collection[int]) -> list[Route]:
        """Return the routes by which all *articles* that were listed are found, in *order*.

        Kept is the first of each kind, and each further one that adds to those before; a listing
        only where it adds. A sitemap and WordPress's interface both list all: they are one kind.
        """
        needed: list[Route] = []
        covered: set[int] = set()
        for route in order:
            own = self._listed.get(route, set()).intersection(articles)
            is_first = not any(_are_alike(route, each) for each in needed)
            if own - covered or (own and is_first and not isinstance(route, Listing)):
                needed.append(route)
                covered |= own
        return needed


def _bare_host(address: SplitResult) -> str:
    return (address.hostname or "").removeprefix("www.")


def _lists_all(route: Route) -> bool:
    return isinstance(route, Sitemap | WordPressRest)


def _are_alike(route: Route, other: Route) -> bool:
    return type(route) is type(other) or (_lists_all(route) and _lists_all(other))
