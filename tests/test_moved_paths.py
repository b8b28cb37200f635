"""The changelog names where classes of the settings have moved: each is there, and none is left."""

from __future__ import annotations

import re
from pathlib import Path

from scrapy.utils.misc import load_object

from alescrawl import settings
from alescrawl.crawling import routes, spider
from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.crawling.routes import model

CHANGELOG = Path(__file__).parents[1] / "CHANGELOG.md"
MOVED = re.compile(r"^ *\| `(alescrawl\.[\w.]+)` \| `(alescrawl\.[\w.]+)` \|$", re.MULTILINE)


def _moved():
    return dict(MOVED.findall(CHANGELOG.read_text("utf-8")))


def _named(value):
    """Yield the paths of classes of this project that a setting names."""
    if isinstance(value, str):
        if value.startswith("alescrawl."):
            yield value
    elif isinstance(value, dict):
        for each in (*value, *value.values()):
            yield from _named(each)


def test_each_class_is_where_the_changelog_says():
    for path in _moved().values():
        assert isinstance(load_object(path), type), path


def test_the_settings_name_each_class_where_the_changelog_says():
    values = (value for name, value in vars(settings).items() if name.isupper())
    named = {path for value in values for path in _named(value)}
    assert set(_moved().values()) <= named


def test_modules_of_sources_that_users_saved_still_load():
    assert spider.NewsSpider is NewsSpider
    for name in ("Archive", "Feed", "Listing", "Route", "Sitemap", "WordPressRest"):
        assert getattr(routes, name) is getattr(model, name)
