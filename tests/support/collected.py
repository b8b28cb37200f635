"""A ledger with invented articles, stored as a crawl stores them: with mentions and topics."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from alescrawl.dataset.folder import Folder
from alescrawl.dataset.ledger.articles import put_article
from alescrawl.dataset.ledger.connection import Ledger
from alescrawl.dataset.publication.publish import publish
from alescrawl.entities.finder import find_mentions
from alescrawl.items import Article, Paragraph, fingerprint
from alescrawl.relevance.assessing import assess_relevance

NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def article(number, title, *paragraphs, source="courrier", **more):
    url = f"https://{source}.example/{number}"
    made = Article(fingerprint(url), url, url, source, publisher=source.capitalize(), title=title)
    made.published, made.published_precision = (
        datetime(2026, 11, 20, 5, number, tzinfo=UTC),
        "minute",
    )
    made.fetched_at, made.authors = NOW, ["Claire Vasserot"]
    made.set_paragraphs([Paragraph("paragraph", words) for words in paragraphs])
    for name, value in more.items():
        setattr(made, name, value)
    made.mentions = find_mentions(made.text or "", made.published.date())
    for mention in made.mentions:
        mention.article_id = made.article_id
    made.topics = assess_relevance(made.title, made.text).topics
    return made


def collect(output, *articles):
    """Store *articles* in the folder *output*, and publish them."""
    folder = Folder(output)
    folder.prepare()
    with closing(Ledger(folder.ledger)) as ledger:
        with ledger.transaction() as db:
            for each in articles:
                put_article(db, each)
        publish(ledger, folder)
    return folder


FILATURE = article(
    1,
    "Laines Peyrolle reprend la filature des Ormeaux",
    "L'entreprise Laines Peyrolle, installée à Alès, reprend la filature. Elle crée 45 emplois et "
    "investit 3,2 millions d'euros dans l'atelier.",
    "La direction écarte tout plan social. Les salariés attendent des embauches.",
)
MARCHE = article(
    2,
    "Le marché de Noël ouvre à Uzès",
    "Les commerçants d'Uzès installent leurs chalets. Le commerce espère de bonnes ventes.",
)
RESERVED = article(
    3, "Mécalzen agrandit son usine de Bagnols-sur-Cèze", tdm_reserved=True, withheld="text"
)
COPY = article(
    4,
    FILATURE.title,
    *(p.text for p in FILATURE.paragraphs),
    source="echo",
)
