"""Le Journal des Entreprises: economic press."""

from __future__ import annotations

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes.model import Feed, Listing


class LeJournalDesEntreprises(NewsSpider):
    """The editions of Occitanie and of the south-east; one article may be in several."""

    name = "lejournaldesentreprises"
    publisher = "Le Journal des Entreprises"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.lejournaldesentreprises.com",)
    routes = (
        Feed("https://www.lejournaldesentreprises.com/rss-occitanie", seen="2026-07-01"),
        Feed("https://www.lejournaldesentreprises.com/rss-region-sud", seen="2026-07-01"),
        Listing("https://www.lejournaldesentreprises.com/occitanie", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?lejournaldesentreprises\.com/article/[a-z0-9-]+-\d{5,8}$",
    )
    verified = "2026-11-30"
