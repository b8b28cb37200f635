"""Every source is crawled on a stand-in of its site: each article, nothing else, every field."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from scrapy_command import ROOT
from standin.catalogue import SITES, answers
from standin.crawled import Crawled, command
from standin.web import Web

from alescrawl.spiders.catalogue import sources

every_source = pytest.mark.parametrize("name", [spider.name for spider in sources()])


@pytest.fixture(name="crawled", scope="module")
def _crawled(tmp_path_factory):
    output = tmp_path_factory.mktemp("standin")
    with Web(answers()) as web:
        done = subprocess.run(
            command(output),
            cwd=ROOT,
            env={**os.environ, **web.environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    found = Crawled(output)
    found.web = web
    return found


def test_every_source_has_a_stand_in():
    missing = {spider.name for spider in sources()} - SITES.keys()
    assert not missing, "add a line to tests/support/standin/simple_sites.py: docs/add-a-source.md"


@pytest.mark.long
@every_source
def test_every_article_of_the_source_is_found_and_nothing_else(crawled, name):
    assert set(crawled.rows(name)) == {row["canonical_url"] for row in SITES[name].rows()}
    assert crawled.runs.verdict[name] == "ok"


@every_source
def test_every_field_that_its_pages_and_routes_carry_is_read(crawled, name):
    for expected, read in crawled.pairs(name):
        assert read == expected


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
