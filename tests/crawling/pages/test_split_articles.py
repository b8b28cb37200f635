"""Articles over several pages: one row, all their text."""

import sqlite3

import pytest
from loopback import Answer, page, sitemap

import alescrawl

WORDS = ("première", "deuxième", "troisième", "quatrième")


def _part(number, count, *, link="/une-usine/{}/"):
    links = " ".join(
        f"<a href='{link.format(n) if n > 1 else link.split('{')[0].rstrip('/') + '/'}'>{n}</a>"
        for n in range(1, count + 1)
        if n != number
    )
    text = f"Voici la {WORDS[number - 1]} page de cette enquête inventée, qui dit bien des choses."
    html = page("Une usine recrute", text, published="2026-03-03T08:00:00+01:00")
    return html.replace("</article>", f"<div class='page-links'>Pages : {links}</div></article>")


def _publish(site, *numbers, count=3):
    site["/sitemap.xml"] = sitemap("/une-usine/")
    for number in numbers:
        site["/une-usine/" if number == 1 else f"/une-usine/{number}/"] = _part(number, count)


def _numbers(text):
    return [word for word in WORDS if word in text]


def _rows(scrapy):
    return list(alescrawl.load_articles(scrapy.output).itertuples())


def test_all_parts_are_one_row_in_order(scrapy, site):
    _publish(site, 1, 2, 3)
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert article.url == f"{site.url}/une-usine/"
    assert sorted(WORDS[:3], key=article.text.index) == list(WORDS[:3])
    assert "Pages" not in article.text
    assert article.text.count("Le reste du texte suit") == 1, "what each part repeats stands once"
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        kept = db.execute("SELECT url, part FROM raw ORDER BY part").fetchall()
    assert kept == [(f"{site.url}/une-usine/{p}", n) for n, p in enumerate(("", "2/", "3/"))]


def test_a_part_that_is_listed_leads_to_the_whole(scrapy, site):
    _publish(site, 1, 2, 3)
    site["/sitemap.xml"] = sitemap("/une-usine/2/")
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert article.url == f"{site.url}/une-usine/"
    assert _numbers(article.text) == list(WORDS[:3])


def test_a_missing_part_is_counted_and_the_article_completed_another_time(scrapy, site):
    _publish(site, 1, 3)
    site["/une-usine/2/"] = Answer("panne", status=503)
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert _numbers(article.text) == ["première", "troisième"]
    (run,) = alescrawl.load_runs(scrapy.output).itertuples()
    assert {"name": "problem/part_missing", "count": 1} in run.reasons
    assert site.asked.count(("/une-usine/2/", 503)) == 1
    site["/une-usine/2/"] = _part(2, 3)
    with sqlite3.connect(scrapy.output / "ledger.sqlite") as db:
        ((check,),) = db.execute("SELECT next_check FROM urls WHERE next_check > ''").fetchall()
        assert check, "it is looked at again though it is no young article"
        db.execute("UPDATE urls SET next_check = '2026-01-01T00:00:00+00:00' WHERE next_check > ''")
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert (_numbers(article.text), article.revision) == (list(WORDS[:3]), 2)


def test_parts_that_only_name_the_next_are_followed(scrapy, site):
    site["/sitemap.xml"] = sitemap("/une-usine")
    for number in (1, 2, 3):
        path = "/une-usine" if number == 1 else f"/une-usine?page={number}"
        onward = f"<a href='/une-usine?page={number + 1}'>Page suivante</a>" if number < 3 else ""
        text = f"Voici la {WORDS[number - 1]} page de cette enquête inventée, qui dit tout."
        site[path] = page("Une usine", text).replace("</article>", f"{onward}</article>")
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert _numbers(article.text) == list(WORDS[:3])


@pytest.mark.parametrize("status", [200, 302])
def test_a_server_that_shows_the_first_page_for_a_part_it_lacks_adds_nothing(scrapy, site, status):
    _publish(site, 1, count=2)
    first = site.pages["/une-usine/"].body
    site["/une-usine/2/"] = (
        Answer(first) if status == 200 else Answer(status=302, headers={"Location": "/une-usine/"})
    )
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert article.text.count("première") == 1
    assert "part_missing" not in article.problems


def test_the_next_article_is_not_part_of_this_one(scrapy, site):
    site["/sitemap.xml"] = sitemap("/une-usine/", "/une-gare/")
    site["/une-usine/"] = page("Une usine", head="<link rel='next' href='/une-gare/'>")
    site["/une-gare/"] = page("Une gare", head="<link rel='prev' href='/une-usine/'>")
    scrapy.crawl(site)
    assert sorted(row.title for row in _rows(scrapy)) == ["Une gare", "Une usine"]
    assert all(row.title in row.text for row in _rows(scrapy))


def test_a_split_without_end_ends(scrapy, site):
    _publish(site, 1, count=2)
    for number in range(2, 60):
        onward = f"<a href='/une-usine/{number + 1}/'>Page suivante</a>"
        text = f"Page numéro {number} d'un article qui ne finit jamais, comme on en invente."
        site[f"/une-usine/{number}/"] = page("Une usine", text).replace("</article>", onward)
    scrapy.crawl(site)
    (article,) = _rows(scrapy)
    assert "Page numéro 40 " in article.text
    assert "/une-usine/41/" not in dict(site.asked)
