"""Every source is a module of facts that hold: names, hosts, routes, addresses, rights."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import alescrawl.spiders
from alescrawl.crawling.discovery.spider_module import file_name
from alescrawl.crawling.routes.model import Archive
from alescrawl.extraction.canonical import canonical_url
from alescrawl.spiders.catalogue import sources, with_sources

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ALESCRAWL_SHARED", REPOSITORY.parent / "shared"))
REFERENCE = SHARED / "reference" / "sources.jsonl"
SOURCES = sources()
EXPECTED = (
    [json.loads(line) for line in REFERENCE.read_text("utf-8").splitlines()]
    if REFERENCE.is_file()
    else []
)

every_source = pytest.mark.parametrize("spider", SOURCES, ids=lambda spider: spider.name)
EVIDENCE = REFERENCE.with_name("ROUTES_SEEN.tsv")
needs_evidence = pytest.mark.skipif(not EVIDENCE.is_file(), reason=f"there is no {EVIDENCE}")
needs_reference = pytest.mark.skipif(not EXPECTED, reason=f"there is no {REFERENCE}")


def _bare(host):
    return host.removeprefix("www.")


def _domains(spider):
    return {_bare(host) for host in (*spider.hosts, *spider.former_hosts)}


def _spiders_of(domain):
    return [spider for spider in SOURCES if domain in _domains(spider)]


@every_source
def test_the_name_is_that_of_the_file(spider):
    assert f"{spider.__module__}.py" == f"alescrawl.spiders.{file_name(spider.name)}"


@every_source
def test_it_says_who_publishes_what_and_when_that_was_seen(spider):
    assert spider.publisher
    assert spider.kind
    assert spider.scope
    assert spider.hosts
    assert date.fromisoformat(spider.verified) <= date.today()  # noqa: DTZ011 - a day, no moment


@every_source
def test_its_routes_lie_on_its_hosts(spider):
    for route in spider.routes:
        host = f".{urlsplit(route.url).hostname}"
        assert host.endswith(tuple(f".{domain}" for domain in _domains(spider)))
    assert len({route.url for route in spider.routes}) == len(spider.routes)


@every_source
def test_its_patterns_can_be_read_and_let_no_home_page_through(spider):
    of_lines = (*spider.boilerplate, *spider.endings)
    for pattern in (*spider.article_urls, *spider.ignored_urls, *of_lines):
        assert not re.compile(pattern).search("")
    assert not re.search("[’‘“”]", "".join(of_lines)), "they are held against straight quotes"
    for host in spider.hosts:
        assert not spider().is_article_url(f"https://{host}/")


@every_source
def test_an_article_has_one_address_on_all_hosts_it_had(spider):
    present = canonical_url(f"https://{spider.hosts[0]}/economie/une-usine-12.php")
    for host in spider.former_hosts:
        assert canonical_url(f"http://www.{host}/economie/une-usine-12.php") == present


@every_source
def test_what_its_routes_rest_on_has_a_time(spider):
    for route in spider.routes:
        told = [getattr(route, name) for name in ("confirmed", "seen", "listed")]
        assert sum(map(bool, told)) <= 1, route
        assert all(re.fullmatch(r"(\d{4}(-\d\d){0,2}\+?|undated)?", when) for when in told), route
        assert not any(told) or (route.status == "convention") == bool(route.listed), route


def _evidence():
    lines = EVIDENCE.read_text("utf-8").splitlines() if EVIDENCE.is_file() else []
    rows = [line.split("\t") for line in lines[1:]]
    return [row[:5] for row in rows if row[2].startswith("http") and "<" not in row[2]]


@needs_evidence
@pytest.mark.parametrize("row", _evidence(), ids=lambda row: row[2])
def test_a_route_is_what_public_evidence_says_of_it(row):
    name, _, address, says, _ = row
    routes = {route.url.rstrip("/"): route for spider in SOURCES for route in spider.routes}
    route = routes.get(address.rstrip("/"))
    if says == "dead":
        assert route is None or route.status == "convention", name
    elif says == "only listed" and route is not None:
        assert route.status == "convention", name
    elif says == "works" and route is not None:
        assert route.seen, name


def test_every_module_is_one_source_or_asked_for_by_address():
    modules = {path.name for path in Path(alescrawl.spiders.__path__[0]).glob("*.py")}
    others = modules - {file_name(each.name) for each in SOURCES}
    assert others == {"__init__.py", "catalogue.py", "site.py", "urls.py"}
    domains = [domain for spider in SOURCES for domain in _domains(spider)]
    assert len(domains) == len(set(domains))


@needs_reference
def test_every_site_to_crawl_is_one_source_and_no_copy_is_any():
    for each in EXPECTED:
        found = _spiders_of(each["domain"])
        assert len(found) == (each["use"] not in {"reference", "exclude"}), each["domain"]
        if each["use"].startswith("metadata"):
            assert found[0].rights == "metadata"


@needs_reference
def test_the_addresses_that_were_seen_are_told_apart():
    for each in EXPECTED:
        for spider in _spiders_of(each["domain"]):
            for url in each["seen_urls"]:
                assert _is_known(spider, url), url


def _is_known(spider, url):
    """Whether an address that was seen is an article's, or one that is known to be none."""
    if not spider.article_urls or spider().is_article_url(url):
        return True
    is_ignored = any(re.search(pattern, url) for pattern in spider.ignored_urls)
    return is_ignored or any(_lists(route, url) for route in spider.routes)


def _lists(route, url):
    if not isinstance(route, Archive):
        return route.url == url
    year, month, day = re.findall(r"\d+", urlsplit(url).path)[:3]
    return route.url.format(year=year, month=month, day=day) == url


def test_the_list_in_the_documentation_is_that_of_the_modules():
    page = (REPOSITORY / "docs" / "sources.md").read_text("utf-8")
    assert with_sources(page) == page, "run python -m alescrawl.spiders.catalogue docs/sources.md"
