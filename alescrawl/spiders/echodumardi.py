"""L'Écho du Mardi (Vaucluse, Gard rhodanien): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, WordPressRest


class EchoDuMardi(NewsSpider):
    """WordPress; print views and lists for print bear the day on which they are read."""

    name = "echodumardi"
    publisher = "L'Écho du Mardi"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.echodumardi.com",)
    routes = (
        Feed("https://www.echodumardi.com/category/economie/feed", seen="2026-07-01"),
        WordPressRest("https://www.echodumardi.com/wp-json/wp/v2/posts", status="convention"),
    )
    article_urls = (r"^https?://(?:www\.)?echodumardi\.com/[a-z-]+/[a-z0-9-]+(?:/amp)?/?$",)
    ignored_urls = (r"/(?:tag|category|author|page)/", r"[?&]print=")
    boilerplate = (r"Site icon", r"Partager cet article", r"© ?DR\.?")
    verified = "2026-11-30"
