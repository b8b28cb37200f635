from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from alescrawl import UnreadablePage, extract_article
from alescrawl.extraction.language import detect, read_language
from alescrawl.items import PROVENANCE_FIELDS, fingerprint

URL = "https://www.courrier.example/industrie/une-usine-ouvre?utm_source=lettre"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TEXT = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 5 + "</p>"
NODE = {
    "@type": "NewsArticle",
    "headline": "Une usine ouvre à Sarvan",
    "author": {"@type": "Person", "name": "Claire Vasserot"},
    "publisher": {"@type": "Organization", "name": "Le Courrier"},
    "datePublished": "2025-03-12T18:30:00+01:00",
    "dateModified": "2025-03-13T08:00:00+01:00",
    "articleSection": "Industrie",
    "keywords": "usine, emploi, usine",
    "image": {"@type": "ImageObject", "url": "/images/usine.jpg"},
}


def page(head="", body="<h1>Une usine ouvre à Sarvan</h1>", lang="fr", text=TEXT):
    return f"<html lang={lang}><head>{head}</head><body><main>{body}{text}</main></body></html>"


def read(head="", **options):
    return extract_article(page(head), URL, fetched_at=NOW, **options)


def ld(**changes):
    return f'<script type="application/ld+json">{json.dumps({**NODE, **changes})}</script>'


def test_a_page_with_structured_data_fills_the_row():
    article = read(ld())
    assert article.canonical_url == "https://courrier.example/industrie/une-usine-ouvre"
    assert article.article_id == fingerprint(article.canonical_url)
    assert article.publisher == "Le Courrier"
    assert article.section == "Industrie"
    assert article.tags == ["usine", "emploi"]
    assert article.image_url == "https://www.courrier.example/images/usine.jpg"
    assert article.modified == datetime(2025, 3, 13, 7, tzinfo=UTC)
    assert article.language == "fr"
    assert article.text
    assert article.text.startswith("Le nouvel atelier")
    assert article.word_count == 45
    assert article.fetched_at == NOW
    assert article.problems == []


def test_every_field_with_a_value_says_where_it_was_read():
    article = read(ld(isAccessibleForFree=True) + '<meta name="tdm-reservation" content="0">')
    filled = {f for f in PROVENANCE_FIELDS if getattr(article, f) not in (None, "", [])}
    assert filled == set(article.provenance)
    assert article.provenance["section"] == "json-ld"
    assert article.provenance["access"] == "json-ld"
    assert article.provenance["tdm_reserved"] == "meta"


def test_meta_tags_fill_what_structured_data_leaves():
    head = (
        '<meta property="og:site_name" content="Le Courrier">'
        '<meta property="article:section" content="Industrie">'
        '<meta property="article:tag" content="usine"><meta property="article:tag" content="a, b">'
        '<meta name="author" content="Claire Vasserot">'
        '<meta property="og:image" content="https://i.example/u.jpg">'
    )
    article = read(head)
    assert (article.publisher, article.section) == ("Le Courrier", "Industrie")
    assert article.tags == ["usine", "a, b"]
    assert article.authors == ["Claire Vasserot"]
    assert article.image_url == "https://i.example/u.jpg"
    assert set(article.provenance.values()) <= {"meta", "json-ld", "generic", "url", "text"}
    assert article.provenance["authors"] == "meta"


def test_a_broken_script_is_counted_and_the_page_still_read():
    article = read('<script type="application/ld+json">{"headline": </script>')
    assert article.problems == ["json_ld_broken"]
    assert article.title == "Une usine ouvre à Sarvan"


@pytest.mark.parametrize(
    ("head", "declared", "access"),
    [
        (ld(isAccessibleForFree=True), True, "free"),
        (ld(isAccessibleForFree=False), False, "paid"),
        (ld(isAccessibleForFree="True"), True, "free"),
        (ld(isAccessibleForFree="False"), False, "paid"),
        (ld(isAccessibleForFree="http://schema.org/False"), False, "paid"),
        ('<meta property="article:content_tier" content="locked">', False, "paid"),
        ('<meta property="article:content_tier" content="free">', True, "free"),
        ('<meta itemprop="isAccessibleForFree" content="false">', False, "paid"),
        (ld(isAccessibleForFree="peut-être"), None, None),
        ("", None, None),
    ],
)
def test_what_a_page_declares_of_its_access_is_concluded_from(head, declared, access):
    article = read(head)
    assert (article.access_declared_free, article.access) == (declared, access)


@pytest.mark.parametrize(
    ("head", "reserved", "signals"),
    [
        ('<meta name="tdm-reservation" content="1">', True, ["meta tdm-reservation=1"]),
        ('<meta name="TDM-Reservation" content=" 0 ">', False, ["meta tdm-reservation=0"]),
        ('<meta name="tdm-reservation" content="yes">', None, ["meta tdm-reservation=yes"]),
        ('<meta name="robots" content="index, NOAI, noimageai">', None,
         ["meta robots=noai", "meta robots=noimageai"]),
        ('<meta name="robots" content="noindex,noarchive">', None,
         ["meta robots=noindex", "meta robots=noarchive"]),
        ('<meta name="robots" content="index, follow, max-image-preview:large">', None, []),
        ("", None, []),
    ],
)  # fmt: skip
def test_reservations_of_rights_are_seen(head, reserved, signals):
    article = read(head)
    assert (article.tdm_reserved, article.rights_signals) == (reserved, signals)


def test_a_reserved_page_keeps_its_text_here_and_names_its_policy():
    policy = '<meta name="tdm-policy" content="https://courrier.example/tdm.json">'
    article = read('<meta name="tdm-reservation" content="1">' + policy)
    assert article.text
    assert article.tdm_policy == "https://courrier.example/tdm.json"


def test_a_canonical_link_gives_the_address():
    head = '<link rel="canonical" href="https://courrier.example/industrie/usine">'
    article = read(head)
    assert article.canonical_url == "https://courrier.example/industrie/usine"
    assert article.provenance["canonical_url"] == "meta"


def test_selectors_give_what_a_source_marks_in_its_own_way():
    body = (
        "<h1>Autre</h1><b class=s>Social</b><i class=k>ALÈS</i>"
        "<p class=l>Le chapô de l'article.</p>"
        "<div class=t><h2>Intertitre</h2><p>Un paragraphe.</p><ul><li>Un point</li></ul></div>"
    )
    selectors = {"section": ".s", "kicker": ".k", "lead": "//p[@class='l']", "text": ".t"}
    article = extract_article(page("", body), URL, selectors=selectors)
    assert (article.section, article.kicker) == ("Social", "ALÈS")
    assert article.lead == "Le chapô de l'article."
    assert [(p.kind, p.text) for p in article.paragraphs] == [
        ("lead", "Le chapô de l'article."),
        ("subhead", "Intertitre"),
        ("paragraph", "Un paragraphe."),
        ("list_item", "Un point"),
    ]
    assert {article.provenance[f] for f in ("section", "kicker", "lead", "text")} == {"selector"}


def test_a_selector_that_finds_nothing_leaves_the_generic_reading():
    article = extract_article(page(), URL, selectors={"title": ".absent", "text": "//absent"})
    assert article.title == "Une usine ouvre à Sarvan"
    assert article.text


def test_a_selector_that_is_none_is_named():
    with pytest.raises(ValueError, match="selector 'div\\[': "):
        extract_article(page(), URL, selectors={"title": "div["})


@pytest.mark.parametrize("html", [b"", "  ", b"%PDF-1.7", '{"a": 1}'])
def test_what_is_no_page_is_refused_with_a_reason(html):
    with pytest.raises(UnreadablePage):
        extract_article(html, URL)


def test_the_default_time_of_the_fetch_is_now():
    before = datetime.now(UTC)
    fetched = extract_article(page(), URL).fetched_at
    assert fetched
    assert before <= fetched <= datetime.now(UTC)


def test_threads_do_not_disturb_one_another():
    pages = [page(ld(headline=f"Sujet {n}"), f"<h1>Sujet {n}</h1>") for n in range(40)]
    alone = [asdict(extract_article(html, URL, fetched_at=NOW)) for html in pages]
    with ThreadPoolExecutor(8) as pool:
        many = pool.map(lambda html: extract_article(html, URL, fetched_at=NOW), pages * 3)
    assert [asdict(article) for article in many] == alone * 3


SAMPLES = {
    "fr": "Le maire et les élus de la ville ont dit que le projet est dans les mains de l'État. ",
    "en": "The mayor and the council of the town said that the project is in their hands now. ",
    "de": "Der Rat und die Stadt haben gesagt, dass das Projekt nicht mehr in der Hand ist. ",
    "es": "El alcalde y los vecinos de la ciudad dicen que el proyecto no está en sus manos. ",
    "it": "Il sindaco e i cittadini della città dicono che il progetto non è nelle loro mani. ",
    "nl": "De burgemeester en het bestuur van de stad zeggen dat het plan niet in de kast is. ",
    "pt": "O prefeito e os moradores da cidade dizem que o projeto não está mais nas mãos. ",
    "ca": "L'alcalde i els veïns de la ciutat diuen que el projecte no és a les seves mans. ",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_languages_are_told_by_their_common_words(code):
    assert detect(SAMPLES[code] * 4) == code


def test_a_text_in_another_language_than_declared_is_believed():
    assert read_language("en-US", SAMPLES["fr"] * 4) == ("fr", "text")


@pytest.mark.parametrize(
    ("declared", "text", "code"),
    [("fr-FR", "Trop court.", "fr"), (None, "Trop court.", None), ("de_CH", "", "de")],
)
def test_a_short_text_leaves_the_declared_language(declared, text, code):
    assert read_language(declared, text).code == code


def test_the_text_is_quoted_as_printed_and_its_apostrophes_make_no_other_article():
    straight = TEXT.replace("salariés au", "salariés qu'on attend au")
    articles = [
        extract_article(page(text=text), URL, fetched_at=NOW)
        for text in (straight, straight.replace("'", "’"))
    ]
    assert ["’" in article.text for article in articles] == [False, True]
    assert articles[0].content_hash == articles[1].content_hash


def test_a_page_without_a_text_says_so():
    page = (
        "<html><head><title>Une tannerie rouvre</title></head><body><nav>Menu</nav></body></html>"
    )
    article = extract_article(page, "https://courrier.example/a-b-c")
    assert (article.text, article.problems) == (None, ["no_text"])
