"""What routes and addresses tell of a page before it is read."""

from loopback import Answer, Site, page

import alescrawl

SAYS_NOTHING = page("Un").replace('<meta property="og:type" content="article">', "")


def test_an_entry_of_a_feed_is_an_article_also_where_it_is_a_bare_link(scrapy, site):
    site["/feed.xml"] = "<rss><channel><item><link>{root}/une-page</link></item></channel></rss>"
    site["/une-page"] = SAYS_NOTHING
    scrapy.crawl(site, "route=/feed.xml")
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]


def test_a_page_that_only_a_sitemap_names_must_look_like_an_article(scrapy, site):
    site["/sitemap.xml"] = "<urlset><url><loc>{root}/une-page</loc></url></urlset>"
    site["/une-page"] = SAYS_NOTHING
    assert "no sign of news 1" in scrapy.crawl(site).stdout


def test_an_address_that_leads_to_another_site_is_no_article_of_the_source(scrapy, site):
    site["/sitemap.xml"] = "<urlset><url><loc>{root}/a1</loc></url></urlset>"
    with Site({"/b": page("Ailleurs")}, host="127.0.0.2") as other:
        site["/a1"] = Answer(status=301, headers={"Location": f"{other.url}/b"})
        done = scrapy.crawl(site, "host=127.0.0.1", f"also={other.url}")
        assert ("/robots.txt", 404) in other.asked
    assert "redirected elsewhere 1" in done.stdout
    assert alescrawl.load_articles(scrapy.output).empty


def test_a_part_that_is_missing_is_one_failure(scrapy, site):
    site["/sitemap.xml"] = "<urlset><url><loc>{root}/usine/</loc></url></urlset>"
    bar = "<div class='page-links'>Pages : <a href='/usine/2/'>2</a></div></article>"
    site["/usine/"] = page("Une usine").replace("</article>", bar)
    scrapy.crawl(site)
    assert scrapy.ledger("SELECT failures FROM urls") == [(1,)]
