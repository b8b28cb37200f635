from __future__ import annotations

from datetime import UTC, datetime

import pytest

from alescrawl.extraction.article import extract_article

URL = "https://courrier.example/industrie/une-usine-ouvre"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TEXT = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 5 + "</p>"
H1 = "<h1>Une usine ouvre à Sarvan</h1>"


def read(head="", body="", url=URL, **options):
    html = f"<html lang=fr><head>{head}</head><body><main>{body}{TEXT}</main></body></html>"
    return extract_article(html, url, fetched_at=NOW, **options)


def ld(**fields):
    pairs = "".join(f', "{key}": "{value}"' for key, value in fields.items())
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "Une usine ouvre à Sarvan"{pairs}}}</script>'
    )


def at(day, hour=0, minute=0, month=3, year=2025):
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


META = '<meta property="article:published_time" content="2025-03-11T08:00:00+01:00">'


@pytest.mark.parametrize(
    ("head", "body", "published", "precision", "origin"),
    [
        (ld(datePublished="2025-03-12T18:30:00+01:00"), "", at(12, 17, 30), "second", "json-ld"),
        (ld(datePublished="2025-03-12T18:30:00Z") + META, "", at(12, 18, 30), "second", "json-ld"),
        (ld(datePublished="2025-07-12T18:30"), "", at(12, 16, 30, 7), "minute", "json-ld"),
        (META, "", at(11, 7), "second", "meta"),
        ("", '<time itemprop="datePublished" datetime="2025-03-10">lundi</time>', at(9, 23),
         "day", "microdata"),
        ("", H1 + '<time datetime="2025-03-12T10:00:00+01:00">mercredi</time>', at(12, 9),
         "second", "generic"),
        ("", H1 + "<p>Publié le 12 mars 2025 à 18:30</p>", at(12, 17, 30), "minute", "generic"),
        ("", H1 + "<ul><li>12 mars 2025</li><li>Par Léa</li></ul>", at(11, 23), "day", "generic"),
        ("", "<p>03 JUIL 2025 à 12:00</p>" + H1, at(3, 10, 0, 7), "minute", "generic"),
        ("", H1 + "<p>Mis en ligne le 1er mars 2025</p>", at(28, 23, 0, 2), "day", "generic"),
    ],
)  # fmt: skip
def test_the_day_and_hour_are_read_wherever_the_page_gives_them(
    head, body, published, precision, origin
):
    article = read(head, body)
    assert article.published == published
    assert article.published_precision == precision
    assert article.provenance["published"] == origin
    assert article.published_raw


def test_a_modification_is_never_the_publication():
    line = "<p>Publié le 12/03/2025 à 09h00 - Mise à jour le 14.03.2025 à 10h30</p>"
    article = read(body=H1 + line)
    assert (article.published, article.modified) == (at(12, 8), at(14, 9, 30))


def test_where_only_a_modification_is_printed_there_is_no_publication():
    article = read(body=H1 + "<p>Mis à jour le 14 mars 2025</p>")
    assert (article.published, article.modified) == (None, at(13, 23))


def test_a_labelled_line_wins_against_times_of_other_things():
    body = f'{H1}<p>Publié le 12 mars 2025</p><time datetime="2025-03-15T12:00:00Z">hier</time>'
    assert read(body=body).published == at(11, 23)


def test_a_day_is_completed_by_the_hour_given_elsewhere():
    article = read(ld(datePublished="2025-03-11") + META)
    assert (article.published, article.published_precision) == (at(11, 7), "second")


def test_a_date_of_a_comment_is_not_the_articles():
    comment = '<div class="commentaires"><time datetime="2025-03-15T12:00:00Z">le 15</time></div>'
    assert read(body=H1 + TEXT + comment).published is None


def test_a_date_in_a_sentence_of_the_text_is_not_the_articles():
    text = "<p>Fondée le 4 mars 2011, l'usine a connu trois propriétaires et deux incendies.</p>"
    assert read(body=H1 + text).published is None


def test_the_calendar_of_the_page_is_not_a_date():
    assert read(body="<p>vendredi 20 novembre 2026</p>" + H1).published is None


def test_a_date_after_the_fetch_is_refused_and_counted():
    article = read(ld(datePublished="2027-03-12T18:30:00+01:00"))
    assert article.published is None
    assert article.problems == ["published_in_future"]


def test_the_address_is_asked_where_the_page_is_silent():
    article = read(body=H1, url="https://courrier.example/2025/03/12/usine")
    assert (article.published, article.published_precision) == (at(11, 23), "day")
    assert article.provenance["published"] == "url"


def test_relative_words_count_only_where_nothing_better_is_there():
    assert read(body=H1 + "<p>Publié il y a 2 jours</p>").published is not None
    body = H1 + "<p>Publié il y a 2 jours</p>"
    article = read(body=body, url="https://courrier.example/2025/03/12/usine")
    assert article.published == at(11, 23)


def test_the_sources_selector_comes_after_structured_data_and_before_the_rest():
    body = H1 + '<i class="jour">12 mars 2025</i>'
    chosen = {"published": ".jour"}
    assert read(META, body, selectors=chosen).provenance["published"] == "selector"
    both = read(ld(datePublished="2025-03-13T10:00:00Z"), body, selectors=chosen)
    assert both.provenance["published"] == "json-ld"


@pytest.mark.parametrize(
    "head_of_site",
    [
        "<header><p>Jeudi 25 avril 2024</p></header>",
        '<div class="site-header"><span class="date">jeudi 25 avril 2024</span></div>',
        '<div id="top"><span>Jeudi 25 avril 2024</span></div>',
    ],
)
def test_the_date_in_the_head_of_a_site_is_not_the_articles(head_of_site):
    page = f"<html><body>{head_of_site}<main>{H1}{TEXT}</main></body></html>"
    assert extract_article(page, URL, fetched_at=NOW).published is None
    dated = page.replace(H1, f"<header>{H1}<p>Jeudi 18 avril 2024</p></header>")
    assert extract_article(dated, URL, fetched_at=NOW).published == at(17, 22, 0, 4, 2024)


def test_a_date_abbreviation_tells_the_instant():
    line = "<p><abbr class=published title=2025-03-12T09:30:00Z>12 mars 2025</abbr>, par Léa</p>"
    article = read(body=H1 + line)
    assert (article.published, article.published_precision) == (at(12, 9, 30), "second")


@pytest.mark.parametrize(
    ("classes", "published", "modified"),
    [("updated", None, at(12, 9)), ("entry-date published updated", at(12, 9), None)],
)
def test_the_class_of_a_time_tells_what_it_is_the_time_of(classes, published, modified):
    time = f'<time class="{classes}" datetime="2025-03-12T10:00:00+01:00">12 mars 2025</time>'
    article = read(body=H1 + time)
    assert (article.published, article.modified) == (published, modified)


def test_the_hour_of_a_time_element_completes_the_day_that_its_line_prints():
    time = '<time class="published" datetime="2025-03-12T18:30:00+01:00">12 mars 2025</time>'
    line = f"<div>Publié le {time} <span>Par Inès Tarboury</span></div>"
    page = f"<article>{H1}{TEXT}<footer>{line}</footer></article>"
    assert extract_article(page, URL, fetched_at=NOW).published == at(12, 17, 30)


def test_a_date_below_a_headline_that_the_title_element_does_not_name_is_read():
    article = read("<title>Conjoncture</title>", H1 + "<p>Paru le 12 mars 2025</p>")
    assert (article.title, article.published) == ("Une usine ouvre à Sarvan", at(11, 23))


def test_the_seconds_of_a_printed_minute_are_those_of_its_time_element():
    stamp = "<time datetime='2025-03-12T18:30:00+01:00'>12 mars 2025 à 18:30</time>"
    article = read(body=f"{H1}<p>Par Claire Vasserot, {stamp}</p>")
    assert (article.published, article.published_precision) == (at(12, 17, 30), "second")


CARD = "<h3><a href=/b>Un pont rouvre à Valmoure</a></h3>"
TIME = '<time datetime="2026-11-18T10:00:00+01:00">18 novembre</time>'
SENTENCE = ", à la salle des fêtes de Sarvan, les élus répondront à toutes les questions posées."
DAY = "<span class=date>18 novembre 2026</span>"


@pytest.mark.parametrize(
    "other",
    [
        f"<section class=fil><article>{CARD}{TIME}</article></section>",
        f"<div>{CARD}{DAY}</div>",
        f"<div>{CARD}<p>Publié le 18 novembre 2026</p></div>",
        f"<ul><li><a href=/b>Un pont rouvre à Valmoure lundi</a> {DAY}</li></ul>",
        f"<ul><li>{TIME} <a href=/b>Un pont rouvre à Valmoure lundi</a></li></ul>",
        f"<a class=suivant href=/b>Un pont rouvre {TIME}</a>",
        f"<div><h2>Sorties</h2><p>{TIME} Foire aux noix</p></div>",
        f"<div><p>{DAY} Foire aux noix</p><p>{DAY} Loto</p><p>{DAY} Bal</p></div>",
        f"<p>{TIME}{SENTENCE}</p>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above", "between", "inside", "below"])
def test_the_date_of_a_neighbour_is_not_the_articles(other, place):
    box = dict.fromkeys(("above", "between", "inside", "below"), "") | {place: other}
    page = (
        f"<html><body><main>{box['above']}<article>{H1}{box['between']}<div>{TEXT}"
        f"{box['inside']}{TEXT}</div></article>{box['below']}</main></body></html>"
    )
    assert extract_article(page, URL, fetched_at=NOW).published is None
    dated = page.replace(H1, f"{H1}<p>12 mars 2025</p>")
    assert extract_article(dated, URL, fetched_at=NOW).published == at(11, 23)


@pytest.mark.parametrize(
    "line",
    [
        "<div class=meteo><span class=date>lundi 16 novembre 2026</span> Sarvan 14°</div>",
        "<div><p>Numéro du 18 novembre 2026</p></div>",
        "<div class=une><span>Édition du 18 novembre 2026</span></div>",
    ],
)
def test_what_stands_before_the_box_of_the_article_does_not_date_it(line):
    page = f"<html><body><main>{line}<article>{H1}{TEXT}</article></main></body></html>"
    assert extract_article(page, URL, fetched_at=NOW).published is None


@pytest.mark.parametrize(
    "below",
    [
        '<div class=post-date><time datetime="2025-03-12T07:30:42+01:00">12 mars 2025</time></div>',
        '<p>Par Léa Martin, <time datetime="2025-03-12T07:30:42+01:00">12 mars 2025</time></p>',
    ],
)
def test_a_date_below_the_text_counts_and_is_said_to_stand_apart(below):
    page = f"<html><body><main><article>{H1}{TEXT}{below}</article></main></body></html>"
    article = extract_article(page, URL, fetched_at=NOW)
    assert article.published == datetime(2025, 3, 12, 6, 30, 42, tzinfo=UTC)
    assert article.problems == ["published_apart"]


def test_the_hour_below_the_text_completes_the_day_above_it():
    below = '<div><time datetime="2025-03-12T07:30:42+01:00">12 mars 2025</time></div>'
    page = f"<html><body><article>{H1}<p>12 mars 2025</p>{TEXT}{below}</article></body></html>"
    article = extract_article(page, URL, fetched_at=NOW)
    assert article.published == datetime(2025, 3, 12, 6, 30, 42, tzinfo=UTC)
    assert article.problems == []


@pytest.mark.parametrize(
    "line",
    [
        "12 mars 2025 · 4 min de lecture",
        "12 mars 2025 (2 min)",
        "12 mars 2025 · 1 h de podcast",
        "12 mars 2025 | 3 min",
        "12 mars 2025 – 1 h 30 de lecture",
        "4 min · 12 mars 2025",
        "12 mars 2025, 5' de lecture",
        "March 12, 2025 · 4 min read",
    ],
)
def test_how_long_the_reading_takes_is_not_the_hour(line):
    article = read(body=f"{H1}<p>{line}</p>")
    assert (article.published, article.published_precision) == (at(11, 23), "day")


def _published(body: str, head: str = "") -> str | None:
    page = f"<html><head><title>Le marché reprend</title>{head}</head><body>{body}</body></html>"
    when = extract_article(page, "https://gazette.example/marche").published
    return when and when.date().isoformat()


LONG = "Les halles de Sarvan rouvrent après deux ans de travaux menés par la ville. " * 4


def test_a_date_beside_a_reading_time_counts_below_a_long_lead() -> None:
    line = "<div><span>23.07.2031</span><span> · 6 min de lecture</span></div>"
    assert _published(f"<h1>Le marché reprend</h1><p>{LONG}</p>{line}<p>{LONG}</p>") is None
    body = f"<h1>Le marché reprend</h1><p>{LONG}</p>{line.replace('2031', '2024')}<p>{LONG}</p>"
    assert _published(body) == "2024-07-22"


def test_the_day_that_blogger_prints_above_its_posts_is_theirs() -> None:
    body = (
        '<div class="date-outer"><h2 class="date-header"><span>lundi 8 septembre 2008</span></h2>'
        '<div class="date-posts"><div class="post hentry"><h3 class="post-title">Le marché reprend'
        f"</h3><p>{LONG}</p></div></div></div>"
    )
    assert _published(body) == "2008-09-07"


def test_the_label_in_a_longer_line_below_the_text_is_read() -> None:
    foot = '<div class="meta"><span>Publié le 13 avril 2023</span><div>Mots : '
    body = f"<h1>Le marché reprend</h1><p>{LONG}</p>{foot}{'halles, marché, ' * 6}</div></div>"
    assert _published(body) == "2023-04-12"


SHORT = "<p>Le pont de pierre, fermé depuis les crues, sera repris pour deux millions d'euros.</p>"


@pytest.mark.parametrize(
    ("near", "below"),
    [
        ("<div class=ticker><span>CAC 40 au 27/11/2024 : 8 012 points</span></div>", ""),
        ("<div class=tv><b>Ce soir à la télé</b> 29 novembre 2024</div>", ""),
        ("<figure><img src=/a.jpg><figcaption>Le pont, 9 octobre 2023</figcaption></figure>", ""),
        ("<p>Photo d'archives, 11 octobre 2022</p>", ""),
        ("<div>Sarvan 14° 8°<br>28/11/2024</div>", ""),
        ("<p>Semaine du 23 au 29 novembre 2024</p>", ""),
        ("<p>Pave haut Ville de Sarvan-9 octobre 2024</p>", ""),
        ("<p>D3-Sarvan 9 octobre 2024</p>", ""),
        ("<div><span>Épisode 12</span><span> 19 novembre 2024</span></div>", ""),
        ("<p>Offre valable du 1er au 30 novembre 2024</p>", ""),
        ("<p><time datetime=2024-11-22>22 novembre</time> Marché de Noël place Bosc</p>", ""),
        ("<p>Rémi Sauze, né le 4 mai 1960 à Ganges</p>", ""),
        ("<div><b>Rémi Sauze</b><p>À la rédaction depuis le 1er septembre 2019</p></div>", ""),
        ("", "<div><h3>À ne pas manquer</h3><p>Foire</p><span>14 novembre 2024</span></div>"),
        ("", "<ol><li><a href='/a1'>Une usine ferme</a><span>25 novembre 2024</span></li></ol>"),
        ("", "<div><strong>Avis de décès</strong><br>M. Roche, le 22/11/2024</div>"),
        ("", "<p>Annonce légale parue le 20 novembre 2024 : liquidation des Tamaris.</p>"),
        ("", "<p>La loi du 12 mars 2021 impose cette enquête.</p>"),
        ("", "<div><b>Lulu30</b> <span>le 21/11/2024 à 10:15</span><p>Il était temps.</p></div>"),
        ("", "<div class=w><p>Vigilance jaune</p><p>30 novembre 2024</p></div>"),
        ("", "<form><p>Sondage du 27 novembre 2024</p><label>Oui</label></form>"),
    ],
)
def test_a_line_that_says_what_else_its_date_is_of_does_not_date_the_article(near, below):
    assert _published(f"<h1>Le marché reprend</h1>{near}{SHORT * 4}{below}") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Paule Vignon, rédactrice en chef · 4 novembre 2024 à 9 h", "2024-11-04"),
        ("VAL D'ARRE — Lundi 4 novembre 2024 — 3 minutes de lecture", "2024-11-03"),
        ("Cet article a été initialement publié le 4 novembre 2024", "2024-11-03"),
        ("2024年11月5日 9時15分", "2024-11-04"),
        ("Vie locale | 4 novembre 2024", "2024-11-03"),
        ("Réservé aux abonnés - 04/11/2024", "2024-11-03"),
        ("4 novembre 2024 - Lu 1 204 fois", "2024-11-03"),
        ("2024년 11월 5일", "2024-11-04"),
        ("11/04/2024 9:15 AM ET", "2024-11-04"),
    ],
)
def test_a_line_of_names_sections_and_dates_does(line, day):
    assert _published(f"<h1>Le marché reprend</h1><p>{line}</p>{SHORT * 4}") == day


def test_a_page_of_the_united_states_prints_the_month_first():
    page = "<html lang=en-US><head><title>Bridge to open</title></head><body><h1>Bridge to open"
    line = "</h1><p>By Ann Reed | Posted 10/12/2026</p><p>The bridge opens again.</p>"
    assert extract_article(page + line, URL, fetched_at=NOW).published == at(11, 22, 0, 10, 2026)


@pytest.mark.parametrize(
    ("script", "day"),
    [
        ('window.D={"article":{"publishedAt":"2025-03-12T10:00:00+01:00"}}', "2025-03-12"),
        ("dataLayer.push({'publication_date': '2025-03-12'})", "2025-03-11"),
        ('var s={"more":[{"publishedAt":"2025-03-12T10:00:00Z"}]}', None),
        ('var s={"publishedAt":"2025-03-12"}, t={"publishedAt":"2025-03-14"}', None),
    ],
)
def test_what_only_scripts_state_is_read_where_it_is_of_one_thing(script, day):
    assert _published("<h1>Le marché reprend</h1>", f"<script>{script}</script>") == day
