"""What is reserved is not kept where one would not look for it either."""

import pandas as pd
import pytest
from loopback import Answer, page, sitemap
from stored import everything_stored

import alescrawl

SECRET = "chaudrons"
WORDS = "Quarante ouvriers fabriquent des chaudrons inventés."
NO_MINING = '<meta name="tdm-reservation" content="1">'
LEFT_OUT = '<meta name="alescrawl" content="noindex">'


def no_article(head=""):
    return page("Une page", WORDS, head=head).replace("<body>", "<body class='page page-id-2'>")


@pytest.mark.parametrize(
    ("answer", "module", "is_kept"),
    [
        (Answer(no_article()), "tested", True),
        (Answer(no_article(NO_MINING)), "tested", False),
        (Answer(no_article(), headers={"tdm-reservation": "1"}), "tested", False),
        (Answer(no_article(), headers={"X-Robots-Tag": "noai"}), "tested", False),
        (Answer(no_article()), "metadata", False),
    ],
)
def test_a_bad_page_is_kept_for_a_look_only_where_it_may(scrapy, site, answer, module, is_kept):
    paths = [f"/a{n}" for n in range(4)]
    site["/sitemap.xml"] = sitemap(*paths)
    for path in paths:
        site[path] = answer
    assert "broken" in scrapy.crawl(site, more=(f"SPIDER_MODULES=sources.{module}",)).stdout
    assert (SECRET in everything_stored(scrapy.output)) is is_kept


def test_an_article_that_is_to_be_left_out_later_loses_its_words_and_stays(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1")
    site["/a1"] = page("Un", WORDS)
    scrapy.crawl(site)
    site["/a1"] = page("Un", WORDS, head=LEFT_OUT)
    scrapy.crawl(site, "full=1")
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert (article.title, pd.isna(article.text)) == ("Un", True)
    assert SECRET not in everything_stored(scrapy.output)


def test_the_excerpt_of_an_article_that_is_to_be_left_out_is_not_kept(scrapy, site):
    site["/feed.xml"] = (
        "<rss><channel><item><title>Un</title><link>{root}/a1</link>"
        f"<description>{WORDS}</description></item></channel></rss>"
    )
    site["/a1"] = page("Un", WORDS, head=LEFT_OUT)
    for _ in range(2):
        scrapy.crawl(site, "route=/feed.xml")
        assert SECRET not in everything_stored(scrapy.output)


def split_article(site, headers):
    site["/sitemap.xml"] = sitemap("/usine/")
    bar = "<div class='page-links'>Pages : <a href='{}'>{}</a></div></article>"
    for path, words, link in (
        ("/usine/", "Une page sur les chaudrons.", bar.format("/usine/2/", 2)),
        ("/usine/2/", "Une autre sur les marmites.", bar.format("/usine/", 1)),
    ):
        html = page("Une usine", words).replace("</article>", link)
        site[path] = Answer(html, headers=headers)


def test_further_pages_are_asked_for_only_where_their_text_is_kept(scrapy, site):
    split_article(site, {"tdm-reservation": "1"})
    scrapy.crawl(site)
    assert "/usine/2/" not in [hit.path for hit in site.log]
    scrapy.crawl(site, "full=1", more=('ALESCRAWL_RIGHTS={"tdm-reservation": "ignore"}',))
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert "marmites" in article.text
