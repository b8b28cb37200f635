"""Walls and error pages that stand where articles were listed are none, and are told."""

import pytest
from loopback import Answer, page, sitemap

import alescrawl

TITLES = (
    *("La fonderie du Galeizon embauche douze ouvriers", "Le marché couvert rouvre ses portes"),
    *("Une école d'ingénieurs s'installe à Combe-Ferrière", "Les vignerons misent sur l'export"),
    *("Nouveau pont sur le Gardon", "Les murs de cookies divisent la presse régionale"),
)
WALL = page("Votre vie privée", "Nous et nos partenaires stockons des cookies.\nTout accepter." * 4)
ERROR = page("Page introuvable", "Le contenu que vous cherchez n'existe plus ou a été déplacé.")


def _feed(site):
    items = "".join(
        f"<item><title>{title}</title><link>{{root}}/a{n}</link>"
        f"<pubDate>{n + 1:02} Mar 2026 08:00:00 +0100</pubDate></item>"
        for n, title in enumerate(TITLES)
    )
    site["/feed.xml"] = Answer(f"<rss><channel>{items}</channel></rss>")
    for n, title in enumerate(TITLES):
        site[f"/a{n}"] = page(title)


@pytest.mark.parametrize("other", [WALL, ERROR], ids=["wall", "error"])
def test_a_wall_in_place_of_new_articles_gives_no_row_and_a_broken_run(scrapy, site, other):
    _feed(site)
    for n in range(3):
        site[f"/a{n}"] = other
    done = scrapy.crawl(site, "route=/feed.xml")
    assert (done.returncode, "a wall or an error page 3" in done.stdout) == (1, True)
    assert "broken: 3 pages show another text" in done.stdout
    assert "Votre vie privée" not in str(scrapy.ledger("SELECT row FROM articles"))


def test_when_the_wall_is_gone_the_articles_are_there(scrapy, site):
    _feed(site)
    for n in range(3):
        site[f"/a{n}"] = WALL
    scrapy.crawl(site, "route=/feed.xml")
    _feed(site)
    scrapy.pass_time(days=2)
    assert scrapy.crawl(site, "route=/feed.xml").returncode == 0
    assert set(alescrawl.load_articles(scrapy.output).title) == set(TITLES)


def test_an_article_about_cookie_walls_is_one(scrapy, site):
    _feed(site)
    site["/a5"] = page(TITLES[5], "Votre vie privée, accepter les cookies : que dit la loi ?\n" * 3)
    assert scrapy.crawl(site, "route=/feed.xml").returncode == 0
    assert TITLES[5] in set(alescrawl.load_articles(scrapy.output).title)


def test_a_headline_that_was_changed_altogether_is_still_its_article(scrapy, site):
    _feed(site)
    site["/a0"] = page("Bonne nouvelle", "Douze ouvriers rejoignent la fonderie du Galeizon.")
    assert scrapy.crawl(site, "route=/feed.xml").returncode == 0
    assert "Bonne nouvelle" in set(alescrawl.load_articles(scrapy.output).title)


def test_pages_of_a_list_without_titles_that_are_all_alike_are_none(scrapy, site):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(8)))
    for n in range(8):
        site[f"/a{n}"] = WALL if n % 2 else page(TITLES[n // 2])
    done = scrapy.crawl(site)
    assert "broken: 4 pages show another text" in done.stdout
    assert "Votre vie privée" not in str(scrapy.ledger("SELECT row FROM articles"))
    assert scrapy.ledger("SELECT count(*) FROM articles") == [(4,)]


def test_one_odd_page_does_not_break_a_run(scrapy, site):
    _feed(site)
    site["/a1"] = ERROR
    done = scrapy.crawl(site, "route=/feed.xml")
    assert done.returncode == 0
    assert len(alescrawl.load_articles(scrapy.output)) == len(TITLES) - 1


@pytest.mark.parametrize("count", [1, 2, 6])
@pytest.mark.parametrize("answer", ["<html><p>Bonjour à tous</p></html>", Answer(status=404)])
def test_a_source_of_which_nothing_could_be_read_is_not_well(scrapy, site, count, answer):
    site["/sitemap.xml"] = sitemap(*(f"/a{n}" for n in range(count)))
    for n in range(count):
        site[f"/a{n}"] = answer
    done = scrapy.crawl(site)
    assert done.returncode == 1
    assert "broken: " in done.stdout


def test_a_site_of_tiny_pages_and_a_feed_that_is_none_is_not_well(scrapy, site):
    link = "<link rel='alternate' type='application/rss+xml' href='/flux'>"
    cards = "".join(f"<h2><a href='/un-titre-assez-long-{n}'>Titre {n}</a></h2>" for n in (1, 2))
    site["/"] = f"<html><head>{link}</head><body>{cards}</body></html>"
    site["/flux"] = "pas de XML ici"
    for n in (1, 2):
        site[f"/un-titre-assez-long-{n}"] = "<html><p>Bonjour à tous</p></html>"
    done = scrapy.run("crawl", "site", "-a", f"url={site.url}/")
    assert done.returncode == 1
    assert "broken: " in done.stdout
