"""Page forms of the sources that mislead, each on a page of our own: what is read all the same."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from loopback import sitemap

import alescrawl

TITLE = "La fonderie Roucairol recrute"
TEXT = (
    (
        "La fonderie Roucairol, installée depuis 1962 dans la zone de Croupillac, va embaucher "
        "vingt-deux salariés d'ici au printemps pour fabriquer des pompes."
    ),
    (
        "« Nous avons gagné deux marchés en Allemagne », explique sa directrice, qui prévoit "
        "aussi un nouvel atelier de 1 800 mètres carrés."
    ),
    (
        "Les travaux commenceront en janvier, et les premières machines arriveront trois mois plus "
        "tard, si le permis est accordé à temps par la mairie."
    ),
)
READ = datetime(2026, 11, 20, 9, tzinfo=UTC)
CAPTION = "L'atelier de la fonderie (Photo : Maud Estevenin / Objectif Gard)"


def _page(*, above="", before="", after="", head=""):
    body = "".join(f"<p>{each}</p>" for each in TEXT)
    return (
        f'<!doctype html><html lang="fr"><head><title>{TITLE}</title>{head}</head><body>{above}'
        f"<main><h1>{TITLE}</h1>{before}{body}{after}</main></body></html>"
    )


def _read(path, **parts):
    return alescrawl.extract_article(
        _page(**parts), f"https://journal.example{path}", fetched_at=READ
    )


def _is_day(moment, day):
    return moment is not None and moment.astimezone(alescrawl.items.PARIS).date().isoformat() == day


def test_how_long_ago_in_years_is_no_date_but_the_update_is_one():
    meta = "Publié il y a 2 ans - Mise à jour le 14.03.2024 - maud-estevenin - 3 min  - vu 12 fois"
    article = _read("/economie/la-fonderie-recrute-5563.php", before=f"<p>{meta}</p>")
    assert article.published is None
    assert _is_day(article.modified, "2024-03-14")


@pytest.mark.parametrize("number", [5563, 95226])
def test_the_number_in_an_address_dates_nothing(number):
    assert _read(f"/economie/la-fonderie-recrute-{number}.php").published is None


def test_a_number_that_is_a_unix_time_gives_way_to_the_printed_date():
    article = _read(
        "/infos/economie-social/la-fonderie-recrute-1544198166",
        before="<p>vendredi 7 décembre 2018 à 17:16</p>",
    )
    assert article.published == datetime(2018, 12, 7, 16, 16, tzinfo=UTC)


def test_the_day_in_the_header_and_the_date_of_a_neighbour_are_not_the_articles():
    article = _read(
        "/économie/la-fonderie-recrute",
        above="<div><span>Jeudi25Avril2024</span></div>",
        before="<div>date<span>Lundi 13 Juillet 2020</span></div>",
        after='<aside><a href="/b-c">Une autre nouvelle</a> 2021-10-01 10:15:33</aside>',
    )
    assert _is_day(article.published, "2020-07-13")


def test_a_label_printed_twice_and_glued_to_its_date_is_read():
    article = _read("/fr/statistiques/12", before="<p>Paru le :Paru le12/10/2022</p>")
    assert _is_day(article.published, "2022-10-12")


def test_a_summary_that_is_cut_within_a_word_is_no_lead():
    cut = TEXT[0][:90]
    assert not cut.endswith(" ")
    article = _read("/a-b-c", head=f'<meta name="description" content="{cut}">')
    assert article.lead is None
    assert article.text.startswith(TEXT[0])


def test_what_follows_the_article_and_the_caption_printed_twice_are_left_out(scrapy, site):
    site["/sitemap.xml"] = sitemap("/la-fonderie-recrute-12")
    site["/la-fonderie-recrute-12"] = _page(
        before=f"<figure><img src='/a.jpg'><figcaption>{CAPTION}</figcaption></figure>"
        f"<p>{CAPTION}</p><p>Publié le 14.03.2024</p>",
        after="<h3>Voir Plus</h3><p>Les pompiers sont intervenus hier soir pour un feu de "
        "broussailles au bord de la rivière.</p><h3>A la une</h3><p>La rentrée se prépare.</p>",
    )
    assert scrapy.crawl(site, more=("SPIDER_MODULES=sources.traps",)).returncode == 0
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.text.split("\n\n") == list(TEXT)


def test_a_page_that_is_overwritten_with_the_next_edition_keeps_the_one_before(scrapy, site):
    site["/sitemap.xml"] = sitemap("/statistiques/12")
    dates = ("Paru le :Paru le12/05/2022", "Paru le :Paru le21/09/2023")
    site["/statistiques/12"] = _page(before=f"<p>{dates[0]}</p>")
    scrapy.crawl(site)
    new = "<p>En septembre, quatorze autres salariés ont rejoint la fonderie.</p>"
    site["/statistiques/12"] = _page(before=f"<p>{dates[1]}</p>", after=new)
    assert scrapy.crawl(site, "full=1").returncode == 0
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.revision == 2
    assert _is_day(article.published, "2023-09-21")
    (before,) = pd.read_parquet(scrapy.output / "revisions").itertuples()
    assert _is_day(before.published, "2022-05-12")


@pytest.mark.parametrize("signature", ["Maud Estevenin", "ME", "maud.estevenin@objectifgard.com"])
def test_the_signature_above_what_follows_the_article_is_no_text(scrapy, site, signature):
    site["/sitemap.xml"] = sitemap("/la-fonderie-recrute-12")
    site["/la-fonderie-recrute-12"] = _page(
        before="<p class='author'>Maud Estevenin</p><p>Publié le 14.03.2024</p>",
        after=f"<p>{signature}</p><h3>Voir Plus</h3><p>Les pompiers sont intervenus hier soir pour "
        "un feu de broussailles au bord de la rivière.</p>",
    )
    assert scrapy.crawl(site, more=("SPIDER_MODULES=sources.traps",)).returncode == 0
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert article.text.split("\n\n") == list(TEXT)
    assert list(article.authors) == ["Maud Estevenin"]


def test_names_with_the_surname_first_are_turned_where_the_source_prints_them_so(scrapy, site):
    site["/sitemap.xml"] = sitemap("/la-fonderie-recrute-12")
    site["/la-fonderie-recrute-12"] = _page(
        before="<p class='author'>Par Chazal Paul et Vernhet Sabine</p>"
        "<p>publié le 03 JUIL 2019 à 12:00</p>"
    )
    assert scrapy.crawl(site, more=("SPIDER_MODULES=sources.surnames",)).returncode == 0
    (article,) = alescrawl.load_articles(scrapy.output).itertuples()
    assert list(article.authors) == ["Paul Chazal", "Sabine Vernhet"]
    assert article.published == pd.Timestamp("2019-07-03T10:00:00Z")


def test_the_first_letter_that_is_set_apart_is_not_lost():
    letter, rest = TEXT[0][0], TEXT[0][1:]
    html = _page().replace(f"<p>{TEXT[0]}", f"<p><span class='dropcap'>{letter}</span>{rest}")
    assert TEXT[0] not in html
    assert alescrawl.extract_article(html, "https://journal.example/a-b-c").text.startswith(TEXT[0])
