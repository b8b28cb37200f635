"""`scrapy parse` and `scrapy shell` show what a source makes of one page, and store nothing."""

from __future__ import annotations

import pytest
from loopback import page
from scrapy_command import FAST

SETTINGS = (*FAST, "SPIDER_MODULES=sources.tested")


@pytest.fixture
def news(site):
    site["/a1"] = page("La fonderie embauche", "Douze personnes arrivent à Alès cet automne.")
    site["/"] = "<html><body><h1>Accueil</h1><p>Trois titres.</p></body></html>"
    return site


def parsed(scrapy, site, path, *words):
    told = ("--spider", "tested", "-a", f"root={site.url}", *words)
    return scrapy.run("parse", site.url + path, *told, settings=SETTINGS)


def test_parse_shows_the_article_of_a_page(scrapy, news):
    done = parsed(scrapy, news, "/a1")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "'title': 'La fonderie embauche'" in done.stdout
    assert f"'url': '{news.url}/a1'" in done.stdout
    assert not list(scrapy.output.rglob("*.parquet"))


def test_parse_says_what_is_no_article(scrapy, news):
    done = parsed(scrapy, news, "/")
    assert "is no article but: home" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_shell_has_the_page(scrapy, news):
    code = "print(response.css('h1::text').get())"
    done = scrapy.run("shell", f"{news.url}/a1", "-c", code, settings=SETTINGS)
    assert "La fonderie embauche" in done.stdout, done.stderr
