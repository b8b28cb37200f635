"""Pages that routes list and that are no article: passed over, under the name of what they are."""

from loopback import page, sitemap

import alescrawl


def _reasons(scrapy):
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    return {each["name"]: each["count"] for each in run.reasons}


def test_what_a_sitemap_lists_beside_articles_makes_no_row(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a-propos-de-nous-tous", "/a-la-une", "/tag/ales")
    site["/a1"] = page("Un")
    about = page("À propos de nous tous").replace("<body>", "<body class='page page-id-2'>")
    site["/a-propos-de-nous-tous"] = about
    site["/a-la-une"] = page("À la une").replace("<body>", "<body class='archive category'>")
    scrapy.crawl(site)
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Un"]
    reasons = _reasons(scrapy)
    assert reasons["page/not_article/page"] == reasons["page/not_article/listing"] == 1
    assert reasons["route/not_an_article_url"] == 1, "what its address says is not even asked for"
    assert "/tag/ales" not in dict(site.asked)


def test_an_article_in_whose_place_the_home_page_stands_counts_as_gone(scrapy, site):
    site["/sitemap.xml"] = sitemap("/a1", "/a2")
    site["/a1"], site["/a2"] = page("Un"), page("Deux")
    scrapy.crawl(site)
    site["/a2"] = page("Le journal").replace("<body>", "<body class='page_sommaire'>")
    scrapy.crawl(site, "full=1")
    articles = alescrawl.load_articles(scrapy.output).set_index("title")
    assert set(articles.index) == {"Un", "Deux"}
    assert "Deux" in articles.loc["Deux"].text
    counts = [
        {e["name"]: e["count"] for e in r} for r in alescrawl.load_runs(scrapy.output).reasons
    ]
    assert [each.get("page/gone/home") for each in counts] == [None, 1]


def test_a_page_that_you_name_is_read_whatever_it_is(scrapy, site):
    site["/mentions-legales"] = page("Mentions légales")
    scrapy.run("crawl", "urls", "-a", f"urls={site.url}/mentions-legales")
    assert list(alescrawl.load_articles(scrapy.output).title) == ["Mentions légales"]


def test_a_usual_place_where_there_is_no_route_is_no_failure(scrapy, site):
    site["/"] = (
        "<html><head><title>x</title></head><body><a href='/a1-une-gare'>Une gare</a></body>"
    )
    site["/sitemap.xml"] = sitemap("/a1-une-gare-est-ouverte")
    site["/a1-une-gare-est-ouverte"] = page("Une gare est ouverte")
    done = scrapy.run("crawl", "site", "-a", f"url={site.url}", "-a", "since=2000-01-01")
    assert done.returncode == 0
    assert "could not read" not in done.stdout
    assert _reasons(scrapy)["route/absent"] > 0
