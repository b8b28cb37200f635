"""A fault of our own code costs no address: it is counted, and asked for again later."""

from loopback import page, sitemap

import alescrawl

FAULTY = ("SPIDER_MODULES=sources.faulty",)


def test_an_article_that_cannot_be_processed_is_counted_and_tried_again_later(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a-callback", "/a-pipeline", "/a1")
    site["/a-callback"], site["/a-pipeline"] = page("Callback"), page("Pipeline")
    site["/a1"] = page("Un")
    done = scrapy.crawl(site, more=FAULTY)
    assert "processing error 2" in done.stdout
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]
    scrapy.crawl(site, more=FAULTY)
    assert len(site.article_paths()) == 3, "not in every run"
    scrapy.pass_time(hours=2)
    scrapy.crawl(site)
    assert len(alescrawl.load_articles(scrapy.output)) == 3


def test_a_spider_that_breaks_off_is_told_and_ends_with_another_exit_code(scrapy, site):
    site["/sitemap.xml"] = sitemap()
    done = scrapy.crawl(site, more=FAULTY)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "scrapy crawl tested: a fault of the program ended it before all was asked for"
    )


def test_what_a_list_named_before_it_broke_off_is_counted_and_read(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2", "/breaks-the-route")
    site["/a1"], site["/a2"] = page("Un"), page("Deux")
    scrapy.crawl(site, more=FAULTY)
    assert scrapy.ledger("SELECT count(*) FROM articles") == [(2,)], "held back, but not lost"
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "route/listed", "count": 2} in list(run.reasons)


def test_a_route_that_cannot_be_processed_is_one_that_failed(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/breaks-the-route")
    done = scrapy.crawl(site, more=FAULTY)
    assert "could not read" in done.stdout
    assert "processing error" in done.stdout
    assert done.returncode == 1
