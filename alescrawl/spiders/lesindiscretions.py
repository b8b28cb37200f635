"""Les Indiscrétions (Hubert Vialatte): economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing, Sitemap, WordPressRest


class LesIndiscretions(NewsSpider):
    """WordPress. Each item of its weekly letters is an article."""

    name = "lesindiscretions"
    publisher = "Les Indiscrétions"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.lesindiscretions.com",)
    routes = (
        Feed("https://www.lesindiscretions.com/feed/", status="convention"),
        WordPressRest("https://www.lesindiscretions.com/wp-json/wp/v2/posts", status="convention"),
        Sitemap("https://www.lesindiscretions.com/wp-sitemap.xml", status="convention"),
        Listing("https://www.lesindiscretions.com/les-indiscretions/", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?lesindiscretions\.com/(?:les-indiscretions|zoom|decodage)/[a-z0-9-]+/?$",
        r"^https?://(?:www\.)?lesindiscretions\.com/\?p=\d+$",
    )
    digests = (r"/les-indiscretions/",)
    boilerplate = (
        r"B2-Region .*",
        r"[Ss]ur le gril cette semaine",
        r"Bonnes lecture .*",
        r"J'en apprends plus ici",
    )
    verified = "2026-11-30"
