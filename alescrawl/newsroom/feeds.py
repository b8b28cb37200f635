"""What the newsroom says to robots: RSS, Atom, sitemaps, robots.txt."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from alescrawl.newsroom.dates import PARIS
from alescrawl.newsroom.structured import NAME, str_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from alescrawl.newsroom.stories import Story

IN_FEED = 15
IN_NEWS_SITEMAP = 8
TRACKING = "?utm_source=rss&utm_medium=feed&utm_campaign=quotidien"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def robots_txt(base: str) -> str:
    """Return the robots.txt: all but one folder may be crawled."""
    return (
        f"User-agent: *\nDisallow: /prive/\nDisallow: /recherche\n\nSitemap: {base}/sitemap.xml\n"
    )


def rss(stories: Sequence[Story], extra: str, base: str) -> str:
    """Return the RSS feed of the newest *stories*; *extra* is a path that it names as well."""
    items = [_rss_item(story, base) for story in _newest(stories, IN_FEED)]
    items.insert(3, f"<item><title>Page retirée</title><link>{base}{extra}</link></item>")
    return (
        f'{DECLARATION}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        f"<title>{NAME}</title>\n<link>{base}/</link>\n<language>fr</language>\n"
        f"<description>L'économie du département</description>\n"
        f'<atom:link href="{base}/feed/" rel="self" type="application/rss+xml"/>\n'
        + "\n".join(items)
        + "\n</channel>\n</rss>\n"
    )


def _rss_item(story: Story, base: str) -> str:
    address = base + story.path
    parts = [
        f"<title>{escape(story.title)}</title>",
        f"<link>{escape(address + (TRACKING if story.tracked else ''))}</link>",
        f'<guid isPermaLink="true">{address}</guid>',
        f"<dc:creator>{escape(', '.join([*story.authors, *story.agencies]))}</dc:creator>",
        f"<pubDate>{format_datetime(_moment(story))}</pubDate>",
        f"<category>{escape(story.section)}</category>",
        f"<description><![CDATA[<p>{escape(story.lead)}</p>]]></description>",
    ]
    return "<item>\n" + "\n".join(parts) + "\n</item>"


def atom(stories: Sequence[Story], base: str) -> str:
    """Return the Atom feed of the newest *stories*, each with the date of its last change."""
    newest = _newest(stories, IN_FEED)
    updated = max(map(last_change, newest))
    return (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">\n'
        f"<title>{NAME}</title>\n<id>{base}/</id>\n<updated>{str_iso(updated)}</updated>\n"
        f'<link rel="self" href="{base}/atom.xml"/>\n'
        + "\n".join(_atom_entry(story, base) for story in newest)
        + "\n</feed>\n"
    )


def _atom_entry(story: Story, base: str) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in story.authors)
    parts = [
        f"<title>{escape(story.title)}</title>",
        f"<id>{base}{story.path}</id>",
        f'<link rel="alternate" type="text/html" href="{base}{story.path}"/>',
        f"<published>{str_iso(_moment(story))}</published>",
        f"<updated>{str_iso(last_change(story))}</updated>",
        authors,
        f"<summary>{escape(story.lead)}</summary>",
    ]
    return "<entry>\n" + "\n".join(filter(None, parts)) + "\n</entry>"


def sitemap_index(updated: datetime, base: str) -> str:
    """Return the index of the two sitemaps."""
    entries = (
        f"<sitemap><loc>{base}/sitemaps/{name}</loc><lastmod>{str_iso(updated)}</lastmod></sitemap>"
        for name in ("articles.xml.gz", "actualites.xml")
    )
    head = f'{DECLARATION}<sitemapindex xmlns="{SITEMAPS}">\n'
    return head + "\n".join(entries) + "\n</sitemapindex>\n"


def sitemap(stories: Sequence[Story], extra: Iterable[str], base: str) -> str:
    """Return the sitemap of all *stories*, and of the *extra* paths without a date."""
    entries = [*_dated_entries(stories, base), *(f"<loc>{base}{path}</loc>" for path in extra)]
    head = f'{DECLARATION}<urlset xmlns="{SITEMAPS}">\n'
    return head + "\n".join(f"<url>{entry}</url>" for entry in entries) + "\n</urlset>\n"


def _dated_entries(stories: Sequence[Story], base: str) -> Iterator[str]:
    for story in stories:
        location = f"<loc>{base}{story.path}</loc>"
        yield f"{location}<lastmod>{_lastmod(story)}</lastmod>" if story.published else location


def _lastmod(story: Story) -> str:
    changed = last_change(story)
    return changed.date().isoformat() if story.day_only else str_iso(changed)


def news_sitemap(stories: Sequence[Story], base: str) -> str:
    """Return the news sitemap of the newest *stories*, with titles and dates."""
    entries = (_news_entry(story, base) for story in _newest(stories, IN_NEWS_SITEMAP))
    return (
        f'{DECLARATION}<urlset xmlns="{SITEMAPS}" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        + "\n".join(entries)
        + "\n</urlset>\n"
    )


def _news_entry(story: Story, base: str) -> str:
    publication = f"<news:name>{NAME}</news:name><news:language>fr</news:language>"
    return (
        f"<url><loc>{base}{story.path}</loc><lastmod>{_lastmod(story)}</lastmod>"
        f"<news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{str_iso(_moment(story))}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>"
    )


def last_change(story: Story) -> datetime:
    """Return when a dated *story* last changed, in Paris time."""
    return (story.modified or _moment(story)).astimezone(PARIS)


def _moment(story: Story) -> datetime:
    if story.published is None:
        raise ValueError(f"{story.path} has no date")
    return story.published.astimezone(PARIS)


def _newest(stories: Sequence[Story], number: int) -> list[Story]:
    return [story for story in stories if story.published and not story.day_only][:number]
