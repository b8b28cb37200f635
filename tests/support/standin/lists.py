"""Where sites list their articles: feeds, the REST interface of WordPress, sitemaps, listings."""

from __future__ import annotations

import json
from datetime import UTC
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from loopback import Answer

from standin.pages import Around, frame, iso, teaser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from standin.sites import Written

_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def rss(site: str, written: Sequence[Written], *, bare: bool = False) -> Answer:
    """Return an RSS feed; a *bare* one has addresses, titles and dates only."""
    items = "".join(_item(each, bare=bare) for each in written)
    return Answer(
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(site)}</title>{items}</channel></rss>",
        type="application/rss+xml; charset=utf-8",
    )


def _item(each: Written, *, bare: bool) -> str:
    story = each.story
    more = "".join(f"<category>{escape(tag)}</category>" for tag in story.tags)
    more += f"<dc:creator>{escape(' et '.join(story.authors))}</dc:creator>"
    more += f"<description>{escape(story.lead[:80])} […]</description>"
    return (
        f"<item><title>{escape(story.title)}</title><link>{escape(each.url)}</link>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>{'' if bare else more}</item>"
    )


def rest(written: Sequence[Written]) -> Callable[[str], Answer]:
    """Return the posts of WordPress's REST interface, two pages of them."""
    half = (len(written) + 1) // 2

    def answer(query: str) -> Answer:
        page = int(parse_qs(query).get("page", ["1"])[0])
        posts = [_post(each) for each in written[(page - 1) * half : page * half]]
        headers = {"X-WP-Total": str(len(written)), "X-WP-TotalPages": "2"}
        return Answer(json.dumps(posts), headers=headers, type="application/json")

    return answer


def _post(each: Written) -> dict[str, object]:
    story = each.story
    moment = f"{story.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    terms = [{"name": story.section, "taxonomy": "category"}]
    tags = [{"name": tag, "taxonomy": "post_tag"} for tag in story.tags]
    return {
        "link": each.url,
        "date_gmt": moment,
        "modified_gmt": moment,
        "title": {"rendered": escape(story.title)},
        "excerpt": {"rendered": f"<p>{escape(story.lead[:80])} […]</p>", "protected": False},
        "content": {"protected": False},
        "_embedded": {"author": [{"name": story.authors[0]}], "wp:term": [terms, tags]},
    }


def sitemap(addresses: Sequence[Written | str]) -> Answer:
    """Return a sitemap of articles, with when each changed, and of other addresses."""
    urls = "".join(f"<url>{_place(each)}</url>" for each in addresses)
    return Answer(f"<urlset {_NS}>{urls}</urlset>", type="application/xml")


def _place(address: Written | str) -> str:
    if isinstance(address, str):
        return f"<loc>{escape(address)}</loc>"
    changed = iso(address.story.published)
    return f"<loc>{escape(address.url)}</loc><lastmod>{changed}</lastmod>"


def index(addresses: Sequence[str]) -> Answer:
    """Return a sitemap index."""
    parts = "".join(f"<sitemap><loc>{each}</loc></sitemap>" for each in addresses)
    return Answer(f"<sitemapindex {_NS}>{parts}</sitemapindex>", type="application/xml")


def listing(
    around: Around,
    written: Sequence[Written],
    *,
    onward: str = "",
    dated: Callable[[Written], str] | None = None,
    **more: str,
) -> Answer:
    """Return a list of articles in cards; *onward* is the address of the next page."""
    cards = "".join(teaser(each.story, each.url, dated(each) if dated else "") for each in written)
    link = f"<a rel='next' href='{onward}'>Page suivante</a>" if onward else ""
    return Answer(
        frame(around, f"<main><h1>Actualités</h1>{cards}{link}</main>", title="Actualités", **more)
    )
