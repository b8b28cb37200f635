"""The list of the sources, from their modules: what docs/sources.md shows.

    python -m alescrawl.spiders.catalogue docs/sources.md

writes it between the two marks of that file.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.spider import iter_spider_classes

from alescrawl.crawling.discovery.spider import NewsSpider

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alescrawl.crawling.routes.model import Route

BEGIN: Final = "<!-- sources: made by python -m alescrawl.spiders.catalogue -->"
END: Final = "<!-- end of sources -->"
_HEAD = (
    "| name | publisher | kind | scope | routes | kept | last verified |",
    "|---|---|---|---|---|---|---|",
)
_ROUTES_HEAD = ("| source | route | address | rests on | when |", "|---|---|---|---|---|")
_WITHOUT_ROUTES = "found from its home page"


def sources() -> list[type[NewsSpider]]:
    """Return the spiders that are facts about one source, by name."""
    found = {
        spider
        for module in walk_modules_iter("alescrawl.spiders")
        for spider in iter_spider_classes(module)
        if issubclass(spider, NewsSpider) and spider.verified
    }
    return sorted(found, key=lambda spider: spider.name)


def sources_markdown() -> str:
    """Return two tables in Markdown: a row for each source, and one for each of their routes."""
    found = sources()
    routes = [_route_row(spider, route) for spider in found for route in spider.routes]
    return "\n".join((*_HEAD, *map(_row, found), "", *_ROUTES_HEAD, *routes))


def rests_on(route: Route) -> tuple[str, str]:
    """Return the name of what *route* rests on, and when that was; empty where nobody knows."""
    for name in ("confirmed", "seen", "listed"):
        if when := getattr(route, name):
            return ("confirmed by a run" if name == "confirmed" else name), when
    return route.status, ""


def with_sources(page: str) -> str:
    """Return *page* with the list between its marks made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{sources_markdown()}\n\n{END}{after}"


def _row(spider: type[NewsSpider]) -> str:
    cells = (
        f"`{spider.name}`",
        f"[{spider.publisher}](https://{spider.hosts[0]}/)",
        _in_words(spider.kind),
        _in_words(spider.scope),
        ", ".join(_routes_in_words(spider.routes)) or _WITHOUT_ROUTES,
        spider.rights,
        spider.verified,
    )
    return f"| {' | '.join(cells)} |"


def _route_row(spider: type[NewsSpider], route: Route) -> str:
    basis, when = rests_on(route)
    kind = type(route).__name__
    return f"| `{spider.name}` | {kind} | <{route.url}> | {basis} | {_when(when)} |"


def _when(text: str) -> str:
    """Return « 2025 or later » for 2025+."""
    return f"{text.removesuffix('+')} or later" if text.endswith("+") else text


def _in_words(fact: str | None) -> str:
    return (fact or "").replace("_", " ")


def _routes_in_words(routes: Sequence[Route]) -> Iterator[str]:
    """Yield « 2 Feed », « Sitemap? »: the kinds in order of trust, with ? where by convention."""
    counts = Counter(_route_in_words(route) for route in routes)
    yield from (f"{count} {name}" if count > 1 else name for name, count in counts.items())


def _route_in_words(route: Route) -> str:
    return f"{type(route).__name__}{'' if route.status == 'seen' else '?'}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_sources(path.read_text("utf-8")), "utf-8")
