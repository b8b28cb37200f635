"""Le Journal des Entreprises: economic press."""

from __future__ import annotations

from alescrawl.crawling.routes import Feed, Listing
from alescrawl.crawling.spider import NewsSpider


class LeJournalDesEntreprises(NewsSpider):
    """The editions of Occitanie and of the south-east; one article may be in several."""

    name = "lejournaldesentreprises"
    publisher = "Le Journal des Entreprises"
    kind = "economic_press"
    scope = "regional"
    hosts = ("www.lejournaldesentreprises.com",)
    routes = (
        Feed("https://www.lejournaldesentreprises.com/rss-occitanie"),
        Feed("https://www.lejournaldesentreprises.com/rss-region-sud"),
        Listing("https://www.lejournaldesentreprises.com/occitanie", status="convention"),
    )
    article_urls = (
        r"^https?://(?:www\.)?lejournaldesentreprises\.com/article/[a-z0-9-]+-\d{5,8}$",
    )
    verified = "2026-11-23"
