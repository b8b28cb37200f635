"""The SPIP under test answers as the real ones that it stands for."""

import re
from datetime import UTC
from html import unescape

from web import get


def test_the_feed_lists_the_ten_newest_articles(spip):
    feed, headers = get(f"{spip.url}/spip.php?page=backend")
    newest = sorted(spip.truth().values(), key=lambda article: article.published)[-10:]
    assert "ETag" not in headers
    assert set(re.findall("<guid[^>]*>(.+?)</guid>", feed)) == {article.url for article in newest}


def test_the_sitemap_lists_every_article(spip):
    sitemap, _ = get(f"{spip.url}/sitemap.xml")
    assert {unescape(url) for url in re.findall("<loc>(.+?)</loc>", sitemap)} > set(spip.truth())


def test_an_article_shows_its_title_its_authors_and_its_date(spip):
    article = max(spip.truth().values(), key=lambda article: len(article.authors))
    page, _ = get(article.url)
    assert article.title in page
    assert all(author in page for author in article.authors)
    assert f'title="{article.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"' in page


def test_a_draft_is_not_shown(spip):
    page, _ = get(f"{spip.url}/spip.php?article51")
    assert "Un texte qui ne se montre pas" not in page
