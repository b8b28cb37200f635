"""Articles of one sentence that name invented companies, with the mentions a reader needs."""

from datetime import UTC, datetime, timedelta

from invented_dataset import put_articles

from alescrawl.items import Article, Mention, fingerprint

TOWNS = {"Alès": "30007", "Nîmes": "30189", "Uzès": "30334"}


def article(number, text, *named, day=datetime(2025, 3, 10, 8, tzinfo=UTC), **columns):
    """Return an article that says *text* and names *named*: names, or pairs of name and subtype."""
    url = f"https://courrier.example/{number}"
    article_id = fingerprint(url)
    mentions = []
    for each in named:
        name, subtype = each if isinstance(each, tuple) else (each, "company")
        start = text.index(name)
        known = {"name": name, "subtype": subtype}
        mentions.append(_mention(article_id, "institution", name, start, **known))
    for town, insee in TOWNS.items():
        if (start := text.find(town)) >= 0:
            mentions.append(_mention(article_id, "place", town, start, name=town, insee=insee))
    return Article(
        article_id=article_id,
        url=url,
        canonical_url=url,
        title=text[:40],
        text=text,
        published=day,
        published_precision="minute",
        first_seen=day + timedelta(hours=1),
        fetched_at=day + timedelta(hours=1),
        mentions=mentions,
        **({"source": "courrier", "publisher": "Le Courrier"} | columns),
    )


def _mention(article_id, kind, surface, start, **columns):
    return Mention(article_id, kind, surface, start, start + len(surface), **columns)


def write(output, articles):
    """Write the tables of *articles* below *output*."""
    for source in dict.fromkeys(each.source for each in articles):
        put_articles(output, source, [each for each in articles if each.source == source])
