"""Every source is crawled on a stand-in of its site: each article, nothing else, every field."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from standin.catalogue import SITES, answers
from standin.web import Web

import alescrawl
from alescrawl.items import straight_quotes
from alescrawl.spiders.catalogue import sources

every_source = pytest.mark.parametrize("name", [spider.name for spider in sources()])


class Crawled:
    """What one process made of all stand-ins."""

    def __init__(self, output):
        with Web(answers()) as web:
            done = subprocess.run(
                [sys.executable, "-m", "standin.crawl", str(output), *SITES],
                cwd=ROOT,
                env={**os.environ, **web.environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
                capture_output=True,
                text=True,
                timeout=280,
                check=False,
            )
        assert done.returncode == 0, done.stderr
        self.stderr = done.stderr
        self.results = json.loads(done.stdout)
        self.web = web
        self.articles = alescrawl.load_articles(output)

    def rows(self, name):
        found = self.articles[self.articles.source == name].to_dict("records")
        return {row["canonical_url"]: row for row in found}


@pytest.fixture(name="crawled", scope="module")
def _crawled(tmp_path_factory):
    return Crawled(tmp_path_factory.mktemp("standin"))


@every_source
def test_every_article_of_the_source_is_found_and_nothing_else(crawled, name):
    expected = {each.row()["canonical_url"] for each in SITES[name].articles}
    assert set(crawled.rows(name)) == expected
    assert (crawled.results[name]["reason"], crawled.results[name]["error"]) == ("finished", None)


@every_source
def test_every_field_that_its_pages_and_routes_carry_is_read(crawled, name):
    rows = crawled.rows(name)
    for each in SITES[name].articles:
        expected = each.row()
        read = rows[expected["canonical_url"]]
        assert {column: _plain(read[column]) for column in expected} == {
            column: _plain(value) for column, value in expected.items()
        }


@every_source
def test_no_article_is_asked_for_twice(crawled, name):
    pages = {each.url.partition("://")[2] for each in SITES[name].written}
    asked = [f"{each.host}{each.path}" for each in crawled.web.asked if each.status == 200]
    assert {page: asked.count(page) for page in pages} == dict.fromkeys(pages, 1)


def test_no_host_is_asked_that_belongs_to_no_source(crawled):
    assert crawled.web.strangers == set()


def test_each_form_of_address_that_a_source_knows_stands_on_a_page_of_its_site():
    for spider in sources():
        hosts = SITES[spider.name].pages()
        urls = [f"https://{host}{path}" for host, pages in hosts.items() for path in pages]
        for pattern in spider.article_urls:
            assert any(re.search(pattern, url) for url in urls), (spider.name, pattern)


def _plain(value):
    """Return *value* so that two that say the same are equal."""
    if isinstance(value, np.ndarray | list):
        return list(value)
    if isinstance(value, str):
        return straight_quotes(value)
    if value is None or pd.isna(value):
        return None
    return pd.Timestamp(value) if hasattr(value, "year") else bool(value)
