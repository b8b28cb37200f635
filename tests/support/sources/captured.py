"""A source for tests of back-fills: an invented newspaper that had other addresses once."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider


class Captured(NewsSpider):
    name = "captured"
    publisher = "Le Courrier inventé"
    scope = "gard"
    hosts = ("www.courrier-invente.example",)
    former_hosts = ("ancien-courrier.example",)
    article_urls = (r"/\d{4}/\d\d/[a-z0-9-]+$",)
    former_article_urls = (r"/article\.php\?id=\d+$",)
    since = "2009-01-01"
