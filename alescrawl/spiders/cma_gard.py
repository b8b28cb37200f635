"""CMA Gard (chamber of trades and crafts): chamber."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Sitemap, WordPressRest


class CmaGard(NewsSpider):
    """No article was seen; that it runs WordPress was in 2026-02."""

    name = "cma_gard"
    publisher = "CMA Gard"
    kind = "chamber"
    scope = "gard"
    hosts = ("www.cma-gard.fr",)
    former_hosts = ("cm-gard.fr",)
    routes = (
        Feed("https://www.cma-gard.fr/feed/", status="convention"),
        WordPressRest("https://www.cma-gard.fr/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://www.cma-gard.fr/wp-sitemap.xml", status="convention"),
    )
    verified = "2026-11-30"
