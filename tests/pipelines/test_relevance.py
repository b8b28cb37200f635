"""Of regional and national sources only what is about the economy of the Gard is kept."""

import pytest
from loopback import page, sitemap

import alescrawl

PAGES = {
    "/a1": page("Une fonderie embauche", "Trente salariés de plus à Alès, dans le Gard."),
    "/a2": page("Une fonderie embauche", "Trente salariés de plus à Rodez, dans l'Aveyron."),
    "/a3": page("Le match est perdu", "Nîmes s'incline, les supporters du Gard attendent mieux."),
}


@pytest.fixture(name="regional")
def _regional(scrapy, site):
    site["/sitemap.xml"] = sitemap(*PAGES)
    for path, text in PAGES.items():
        site[path] = text

    def crawl(*more):
        scrapy.crawl(site, more=("SPIDER_MODULES=sources.regional", *more))
        return set(alescrawl.load_articles(scrapy.output).url.str[-3:])

    return crawl


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("relevant", {"/a1"}), ("gard", {"/a1", "/a3"}), ("all", {"/a1", "/a2", "/a3"})],
)
def test_the_setting_says_what_is_kept(regional, keep, kept):
    assert regional(f"ALESCRAWL_KEEP={keep}") == kept


def test_what_is_not_kept_is_counted_and_its_score_is_in_the_ledger(scrapy, regional):
    regional()
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "article/not_relevant", "count": 2} in list(run.reasons)
    noted = scrapy.ledger("SELECT url, status, reason FROM urls WHERE status = 'not_article'")
    assert {url[-3:]: reason.split()[0] for url, _, reason in noted} == {
        "/a2": "relevance",
        "/a3": "relevance",
    }


def test_any_other_source_is_kept_whole(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a2")
    site["/a2"] = PAGES["/a2"]
    scrapy.crawl(site)
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert (article.is_gard, article.is_economic) == (False, True)


def test_an_article_that_the_dataset_has_stays(scrapy, site, regional):
    assert regional("ALESCRAWL_KEEP=all") == {"/a1", "/a2", "/a3"}
    site["/a2"] = PAGES["/a2"].replace("Trente", "Quarante")
    scrapy.crawl(site, "full=1", more=("SPIDER_MODULES=sources.regional",))
    assert len(alescrawl.load_articles(scrapy.output)) == 3


def test_a_choice_that_there_is_not_is_one_line(scrapy, site):
    done = scrapy.crawl(site, more=("ALESCRAWL_KEEP=some",))
    assert done.returncode != 0
    assert "ALESCRAWL_KEEP: 'some' is none of relevant, gard, all" in done.stderr
    assert "Traceback" not in done.stderr
