"""The WordPress under test answers as the real ones that it stands for."""

import json
import re
import urllib.error

import pytest
from web import get


def test_the_feed_lists_the_newest_with_those_that_have_a_password_among_them(wordpress):
    feed, headers = get(f"{wordpress.url}/feed/")
    newest = sorted(wordpress.truth().values(), key=lambda article: article.published)[-8:]
    assert headers["ETag"]
    assert feed.count("<item>") == 10
    assert feed.count("<title>Protégé") == 2
    assert all(f"<link>{article.url}</link>" in feed for article in newest)


def test_rest_counts_what_is_published_and_what_has_a_password(wordpress):
    posts, headers = get(f"{wordpress.url}/wp-json/wp/v2/posts?per_page=100")
    links = {post["link"] for post in json.loads(posts)}
    assert int(headers["X-WP-Total"]) == len(links)
    assert links > set(wordpress.truth())


def test_the_sitemap_lists_every_article_and_no_dates(wordpress):
    index, _ = get(f"{wordpress.url}/wp-sitemap.xml")
    posts, _ = get(next(url for url in re.findall("<loc>(.+?)</loc>", index) if "-post-" in url))
    assert set(re.findall("<loc>(.+?)</loc>", posts)) > set(wordpress.truth())
    assert "lastmod" not in posts


def test_an_article_shows_its_title_and_its_authors(wordpress):
    article = max(wordpress.truth().values(), key=lambda article: len(article.authors))
    page, _ = get(article.url)
    assert article.title in page
    assert " et ".join(article.authors) in page


def test_requests_are_in_the_access_log(wordpress):
    get(f"{wordpress.url}/?asked=for")
    assert wordpress.log()[-1].path == "/?asked=for"
    assert wordpress.log()[-1].status == 200


def test_a_busy_site_says_when_to_come_back(wordpress):
    wordpress.be_busy(60)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        get(wordpress.url)
    wordpress.be_busy(0)
    assert refusal.value.code == 429
    assert 55 < int(refusal.value.headers["Retry-After"]) <= 60
