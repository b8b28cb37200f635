"""Sources for tests: sites whose system is known, with the routes that it offers."""

from __future__ import annotations

from alescrawl.crawling.arguments import LIMIT_NAMES
from alescrawl.crawling.routes import Feed, Route, Sitemap, WordPressRest
from alescrawl.crawling.spider import NewsSpider

ROUTES: dict[str, tuple[tuple[type[Route], str], ...]] = {
    "WordPress": (
        (Feed, "/feed/"),
        (WordPressRest, "/wp-json/wp/v2/posts"),
        (Sitemap, "/wp-sitemap-posts-post-1.xml"),
    ),
    "SPIP": ((Feed, "/spip.php?page=backend"), (Sitemap, "/sitemap.xml")),
}


class Declared(NewsSpider):
    """`-a root=URL` says where the site runs, `-a system=` which kind it is."""

    name = "declared"
    publisher = "Le Journal inventé"
    argument_names = ("root", "system", *LIMIT_NAMES)

    def __init__(self, name=None, **arguments):
        super().__init__(name, **arguments)
        kinds = ROUTES[arguments["system"]]
        self.routes = tuple(kind(arguments["root"] + path) for kind, path in kinds)
