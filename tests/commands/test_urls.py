"""`scrapy crawl urls`: the pages that a user names."""

import sqlite3

from loopback import Answer, page

import alescrawl


def test_pages_named_on_the_command_line_are_read(scrapy, site):
    site["/a1"], site["/a2"] = page("Un"), page("Deux")
    done = scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a1,{site.url}/a2")
    assert done.returncode == 0
    articles = alescrawl.load_articles(scrapy.output)
    assert set(articles.title) == {"Un", "Deux"}
    assert set(articles.source) == {"urls"}


def test_pages_named_in_a_file_are_read_and_its_comments_passed_over(scrapy, site, tmp_path):
    site["/a1"] = page("Un")
    named = tmp_path / "pages.txt"
    named.write_text(f"# mes pages\n\n{site.url}/a1\n", "utf-8")
    scrapy.run("crawl", "urls", "-a", f"file={named}")
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]


def test_a_page_named_again_is_asked_for_again_but_only_sent_if_it_changed(scrapy, site):
    site["/a1"] = Answer(page("Un"), headers={"ETag": '"v1"'})
    for _ in range(2):
        scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a1")
    assert site.article_paths() == ["/a1", "/a1"]
    assert site.conditional == ["/a1"]


def test_robots_txt_holds_for_all_that_wait_for_it(scrapy, site):
    site["/robots.txt"] = Answer("User-agent: *\nDisallow: /a-prive\n", delay=0.3)
    paths = ["/a1", "/a-prive", "/a2", "/a-prive/2", "/a3", "/a-prive/3"]
    for path in paths:
        site[path] = page(f"Page {path}")
    scrapy.run("crawl", "urls", "-a", "urls=" + ",".join(site.url + path for path in paths))
    assert sorted(site.article_paths()) == ["/a1", "/a2", "/a3"]


def test_only_what_is_named_is_asked_for(scrapy, site):
    site["/a1"], site["/a2"] = Answer("panne", status=500), page("Deux")
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a1")
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00'")
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/a2", "-a", "limit=1")
    assert site.article_paths() == ["/a1", "/a2"]
