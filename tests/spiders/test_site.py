"""`scrapy crawl site`: every article of a site and nothing else, and a module to go on with."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from invented_sites import SYSTEMS, slug
from loopback import Answer

import alescrawl
from alescrawl.dataset.folder import Folder
from alescrawl.dataset.locks import SourceLock
from alescrawl.items import PARIS
from alescrawl.newsroom.server import Newsroom

SINCE = ("-a", "since=2000-01-01")


def _crawl(scrapy, site, *arguments):
    return scrapy.run("crawl", "site", "-a", f"url={site.url}/", *SINCE, *arguments)


def _articles(folder):
    return alescrawl.load_articles(folder).sort_values("url").reset_index(drop=True)


def _module(output):
    """Return the module that a crawl printed."""
    begin = output.index("# Save this as")
    return output[begin:]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_article_and_nothing_else_and_the_module_finds_the_same(
    scrapy, site, system, tmp_path
):
    published = SYSTEMS[system](site)
    done = _crawl(scrapy, site)
    assert (done.returncode, done.stderr) == (0, "")
    found = _articles(scrapy.output)
    assert sorted(found.title) == sorted(published)
    package = tmp_path / "saved"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text(_module(done.stdout), "utf-8")
    (source,) = set(found.source)
    settings = ("DOWNLOAD_DELAY=0", "SPIDER_MODULES=saved")
    scrapy.path, scrapy.output = tmp_path, tmp_path / "again"
    again = scrapy.run("crawl", source, *SINCE, settings=settings)
    assert (again.returncode, again.stderr) == (0, "")
    columns = ["article_id", "url", "source", "publisher", "title", "text"]
    assert _articles(scrapy.output)[columns].equals(found[columns])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name the site by its home page: -a url=https://example.org/"),
        (("-a", "url=example.org"), "url=example.org is not an address such as https://"),
        (("-a", "url=ftp://example.org/"), "is not an address such as"),
        (("-a", "url=https://example.org/", "-a", "site=x"), "unknown argument site"),
    ],
)
def test_a_site_that_is_not_named_is_one_plain_line(scrapy, arguments, words):
    done = scrapy.run("crawl", "site", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_host_that_does_not_exist_is_one_plain_line(scrapy):
    done = scrapy.run("crawl", "site", "-a", "url=http://nulle-part.invalid/")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "http://nulle-part.invalid/ cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({"/robots.txt": "User-agent: *\nDisallow: /\n"}, "robots.txt forbids it"),
        ({"/": Answer("panne", status=500)}, "HTTP 500"),
        ({"/": Answer(b"%PDF-1.4", type="application/pdf")}, "is no web page"),
    ],
)
def test_a_home_page_that_cannot_be_read_is_one_plain_line(scrapy, site, pages, words):
    for path, answer in pages.items():
        site[path] = answer
    done = _crawl(scrapy, site)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr
    assert "Save this" not in done.stdout


def test_a_site_without_an_article_says_so(scrapy, site):
    site["/"] = "<html><body><h1>Une page</h1><p>Rien à lire.</p></body></html>"
    done = _crawl(scrapy, site)
    assert "No article was found: there is no module to save." in done.stdout


def test_a_site_that_published_nothing_lately_says_how_to_go_further_back(scrapy, site):
    SYSTEMS["drupal"](site)
    today = datetime.now(PARIS).date()
    done = scrapy.run("crawl", "site", "-a", f"url={site.url}/", "-a", f"since={today}")
    assert "None of the 12 articles found is of the last 30 days" in done.stdout
    assert "-a since=2020-01-01" in done.stdout


def test_a_site_that_another_run_crawls_is_one_line_and_no_summary(scrapy, site):
    SYSTEMS["drupal"](site)
    folder = Folder(scrapy.output)
    folder.prepare()
    lock = SourceLock(folder, site.url.removeprefix("http://").replace(":", "-"))
    done = _crawl(scrapy, site)
    lock.release()
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "is being crawled into" in line


def test_a_second_crawl_asks_for_no_article_again_and_writes_the_same_module(scrapy, site):
    SYSTEMS["drupal"](site)
    first = _crawl(scrapy, site)
    asked = len(site.asked)
    second = _crawl(scrapy, site)
    assert _module(second.stdout) == _module(first.stdout)
    assert not [path for path, _ in site.asked[asked:] if path.startswith("/actualites/")]


def test_a_first_look_at_a_few_articles_finds_the_routes_to_all(scrapy, site):
    SYSTEMS["plain"](site)
    done = _crawl(scrapy, site, "-a", "limit=3")
    assert len(_articles(scrapy.output)) == 3
    name = site.url.removeprefix("http://").replace(":", "-")
    assert set(_articles(scrapy.output).source) == {name}
    assert f'Listing("{site.url}/emploi/")' in done.stdout


def test_what_no_sitemap_lists_is_found_on_the_home_page(scrapy, site):
    titles = SYSTEMS["ghost"](site)
    for path in ("/sitemap-posts.xml", "/rss/"):
        listed = site.pages[path]
        kept = re.sub(rf"<(url|item)>(?:(?!</\1>).)*/{slug(1)}/.*?</\1>", "", listed.body)
        assert kept != listed.body
        site[path] = replace(listed, body=kept)
    done = _crawl(scrapy, site)
    assert sorted(_articles(scrapy.output).title) == sorted(titles)
    assert f'Listing("{site.url}/")' in done.stdout


def test_the_module_names_the_addresses_to_which_routes_lead(scrapy, site):
    SYSTEMS["ghost"](site)
    site["/plan.xml"] = site.pages.pop("/sitemap.xml")
    site["/sitemap.xml"] = Answer(status=301, headers={"Location": "/plan.xml"})
    assert f'Sitemap("{site.url}/plan.xml")' in _crawl(scrapy, site).stdout


def test_the_invented_newspaper_is_found_from_its_home_page_alone(scrapy):
    """Articles in ten templates, some without any mark, a date or more than three sentences."""
    with Newsroom() as newsroom:
        _crawl(scrapy, newsroom)
        published = {
            newsroom.url + truth.path
            for truth in newsroom.truth()
            if truth.kind in {"article", "paywalled", "reserved"}
        }
    assert set(_articles(scrapy.output).url) == published
