from __future__ import annotations

import json
import time

import pytest
from cpu import allowed

from alescrawl.extraction.article import extract_article

URL = "https://courrier.example/industrie/une-usine-ouvre"
TEXT = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 5 + "</p>"
H1 = "<h1>Une usine ouvre à Sarvan</h1>"
SITE = '<meta property="og:site_name" content="Le Courrier">'


def read(head="", body="", after="", **options):
    head = f"<head>{SITE}{head}</head>"
    html = f"<html lang=fr>{head}<body><main>{body}{TEXT}{after}</main></body></html>"
    return extract_article(html, URL, **options)


def ld(author):
    node = {"@type": "NewsArticle", "headline": "Une usine ouvre à Sarvan", "author": author}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


CLAIRE = {"@type": "Person", "name": "Claire Vasserot"}


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        (CLAIRE, ["Claire Vasserot"]),
        ([CLAIRE, {"name": "Hugo Maubrun"}], ["Claire Vasserot", "Hugo Maubrun"]),
        ("Par Claire Vasserot et Hugo Maubrun", ["Claire Vasserot", "Hugo Maubrun"]),
        ({"name": ["Claire Vasserot", "Hugo Maubrun"]}, ["Claire Vasserot", "Hugo Maubrun"]),
        ({"givenName": "Claire", "familyName": "Vasserot"}, ["Claire Vasserot"]),
        ([[CLAIRE]], ["Claire Vasserot"]),
        ([CLAIRE, CLAIRE], ["Claire Vasserot"]),
        ("https://courrier.example/auteurs/claire", []),
        ({"@type": "Person"}, []),
        (None, []),
        (7, []),
    ],
)
def test_authors_are_read_from_every_shape_of_structured_data(author, authors):
    assert read(ld(author)).authors == authors


@pytest.mark.parametrize(
    ("body", "authors", "agencies"),
    [
        ('<p class="signature">Par Claire VASSEROT</p>', ["Claire Vasserot"], []),
        ('<a rel="author" href="/x">Claire Vasserot</a>', ["Claire Vasserot"], []),
        ('<a href="/auteur/claire-vasserot">Claire Vasserot</a>', ["Claire Vasserot"], []),
        ('<div class="postAuthor">Claire Vasserot</div>', ["Claire Vasserot"], []),
        ("<p>Propos recueillis par Claire Vasserot</p>", ["Claire Vasserot"], []),
        ("<div>Claire Vasserot</div><div>12 mars 2025</div>", ["Claire Vasserot"], []),
        ('<p class="auteur">La rédaction avec AFP</p>', [], ["La rédaction", "AFP"]),
        ('<p class="byline">Post author <a rel="author" href="/x">Claire Vasserot</a></p>',
         ["Claire Vasserot"], []),
        ('<p class="author">Claire Vasserot Claire Vasserot</p>', ["Claire Vasserot"], []),
        ("<div>Nos services</div>", [], []),
    ],
)  # fmt: skip
def test_printed_bylines_near_the_title_are_found(body, authors, agencies):
    article = read(body=H1 + body)
    assert (article.authors, article.agencies) == (authors, agencies)


@pytest.mark.parametrize(
    "after",
    [
        "<p>Claire Vasserot</p>",
        "<p><strong>Claire VASSEROT</strong></p>",
        "<p>Par Claire Vasserot</p>",
        '<p style="text-align: right">Claire Vasserot</p>',
        "<p>claire.vasserot@courrier.example</p>",
        "<div><span>Auteur :</span> Claire Vasserot</div>",
    ],
)
def test_signatures_below_the_text_are_found(after):
    assert read(body=H1, after=after).authors == ["Claire Vasserot"]


def test_who_comments_is_no_author():
    comments = '<div class="comments"><p class="comment-author">Par Maminou</p></div>'
    assert read(body=H1, after=comments).authors == []


def test_a_button_that_follows_an_author_is_no_byline():
    assert read(body=H1 + '<button class="followAuthor">Suivre Alice</button>').authors == []


def test_the_publisher_signs_only_where_nobody_else_does():
    alone = read(ld({"@type": "Organization", "name": "Le Courrier"}))
    assert (alone.authors, alone.agencies) == ([], ["Le Courrier"])
    beside = read(ld([CLAIRE, {"@type": "Organization", "name": "Le Courrier"}]))
    assert (beside.authors, beside.agencies) == (["Claire Vasserot"], [])


def test_a_printed_name_is_preferred_to_the_publishers_in_structured_data():
    article = read(ld("Le Courrier"), H1 + '<p class="auteur">Claire Vasserot</p>')
    assert (article.authors, article.provenance["authors"]) == (["Claire Vasserot"], "generic")


def test_authors_of_other_articles_in_microdata_stay_out():
    author = '<span itemprop="author">{}</span>'
    other = f"<article>{author.format('Hugo Maubrun')}</article>"
    assert read(body=H1 + author.format("Claire Vasserot") + other).authors == ["Claire Vasserot"]


def test_the_byline_is_kept_as_printed():
    article = read(body=H1 + '<p class="auteur">Par Claire VASSEROT, à Alzenac</p>')
    assert article.byline == "Par Claire VASSEROT, à Alzenac"


def test_the_sources_selector_names_the_authors():
    article = read(body=H1 + '<b class="x">Claire Vasserot</b>', selectors={"authors": ".x"})
    assert (article.authors, article.provenance["authors"]) == (["Claire Vasserot"], "selector")


@pytest.mark.parametrize("piece", ["Par A et ", "a", " ", "É. ", "(", "a-", ", ", "@a.b ", "Aa "])
def test_a_byline_made_to_be_slow_is_read_in_bounded_time(piece):
    bomb = piece * 20_000
    start = time.process_time()
    read(ld(bomb) + f'<meta name="author" content="{bomb}">', f'{H1}<p class="auteur">{bomb}</p>')
    assert time.process_time() - start < allowed(0.5)


def test_a_byline_in_the_foot_of_the_article_is_read():
    foot = '<span class="byline">Par <a rel="author" href="/a/1">Inès Tarboury et Léo Maubrun</a>'
    page = f"<article><h1>Un verger rouvre</h1><p>{'Il rouvre enfin. ' * 30}</p><footer>{foot}"
    assert extract_article(page, URL).authors == ["Inès Tarboury", "Léo Maubrun"]


def test_the_name_of_the_site_and_its_menu_are_no_signature():
    name = '<meta name="publisher" content="Martine Roux">'
    menu = "<header><a href='/'>Martine Roux</a><nav><a href='/n'>Actualités</a></nav></header>"
    assert read(head=name, body=f"{menu}<p>3 mars 2025</p>{H1}").authors == []


PLAIN = "<h1>Une usine ouvre à Sarvan</h1>"
PROSE = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 5 + "</p>"


def _signed(line="", stated=None, meta=""):
    graph = {"@type": "NewsArticle", "headline": "Une usine ouvre à Sarvan", "author": stated}
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>' if stated else ""
    page = f"<head>{meta}{script}</head><main><article>{PLAIN}{line}{PROSE}</article></main>"
    article = extract_article(f"<html lang=fr>{page}</html>", "https://courrier.example/a-b-c")
    return article.authors, article.agencies


@pytest.mark.parametrize(
    "stated",
    [
        "Par <strong>Inès Vallat</strong> et <strong>Théo Marsal</strong>",
        "<span>Inès Vallat</span>, <span>Théo Marsal</span>",
        "<span>Inès Vallat</span><span>Théo Marsal</span>",
        "Inès Vallat<br>Théo Marsal",
        "&lt;p&gt;Inès Vallat&lt;/p&gt;&lt;p&gt;Théo Marsal&lt;/p&gt;",
        '<a href="/auteur/ines" class="lien">Inès Vallat</a> &amp; <em>Théo Marsal</em>',
        ["Inès Vallat", "Théo Marsal", "Inès Vallat Théo Marsal"],
        ["I. Vallat", "Inès Vallat", "Marsal Théo", "Théo Marsal"],
        ["Inès Vallat", "Ines Vallat", "Theo Marsal", "Théo Marsal"],
        ["Vallat", "Inès Vallat", "Théo Marsal"],
    ],
)
def test_each_person_once_and_no_markup_however_the_page_states_them(stated):
    assert _signed(stated=stated) == (["Inès Vallat", "Théo Marsal"], [])


def test_markup_in_a_meta_tag_is_no_name():
    meta = '<meta name="author" content="Par &lt;b&gt;Inès Vallat&lt;/b&gt;">'
    assert _signed(meta=meta) == (["Inès Vallat"], [])


@pytest.mark.parametrize(
    "line",
    [
        "Inès Vallat · 12 mars 2026",
        "Inès Vallat | 12/03/2026 | Économie",
        "12 mars 2026 – Inès Vallat",
        "Inès Vallat, le 12 mars 2026",
        "Inès Vallat – 12 mars 2026 à 18h30 – 3 min de lecture",
        "Par Inès Vallat 🌞",
        "Par Inès Vallat ™",
        "Par Inès Vallat®, correspondante locale de presse",
        "Par Inès Vallat, CLP",
        "Par Inès Vallat, étudiante en journalisme",
        "Par Inès Vallat, présidente de la chambre de commerce",
        "Par Inès Vallat, secrétaire de rédaction",
    ],
)
def test_a_line_with_a_date_a_role_or_a_sign_names_the_person_alone(line):
    assert _signed(f"<p class=infos>{line}</p>") == (["Inès Vallat"], [])


@pytest.mark.parametrize(
    "line",
    [
        "Par comparaison, Privas revendique deux fois plus d'habitants.",
        "Par Privas, la route est plus longue de douze kilomètres, dit Hervé Lajoie.",
        "Saint-Florent, le 12 mars 2026",
    ],
)
def test_a_sentence_that_opens_like_a_byline_names_nobody(line):
    assert _signed(f"<p>{line}</p>") == ([], [])


def test_a_link_to_all_articles_of_an_author_names_the_author():
    line = "<p class=author>Voir tous les articles de AFP</p>"
    assert _signed(line) == ([], ["AFP"])


@pytest.mark.parametrize(
    "line",
    [
        "<h4><a href=/author/i/>Inès Vallat</a>, <a href=/author/theo>Théo Marsal</a></h4>",
        "<p>Par Inès Vallat et Théo Marsal</p>",
    ],
)  # fmt: skip
def test_those_who_sign_visibly_beside_the_only_one_stated_are_authors_too(line):
    assert _signed(line.replace("/i/", "/ines/"), "Inès Vallat")[0] == [
        "Inès Vallat",
        "Théo Marsal",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Par Inès Vallat, relu par Théo Marsal</p>",
        "<p>Par Inès Vallat</p><p>Photos : Théo Marsal</p>",
    ],
)
def test_who_did_something_else_is_no_further_author(line):
    assert _signed(line, "Inès Vallat")[0] == ["Inès Vallat"]


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("<p>✍️ Anna Blois</p>", ["Anna Blois"], []),
        ("<p>Anna Blois — le 4 novembre 2026 à 9h</p>", ["Anna Blois"], []),
        ("<p>4 nov. 2026 | Anna Blois | 3 min</p>", ["Anna Blois"], []),
        ("<p>Anna Blois • Lecture : 5 minutes</p>", ["Anna Blois"], []),
        ("<p class=author>Anna Blois <a href='/a'>Tous ses articles</a></p>", ["Anna Blois"], []),
        ("<p class=author>Par Anna Blois Voir le profil S'abonner</p>", ["Anna Blois"], []),
        ("<p class=author>AFP Voir tous les articles de AFP</p>", [], ["AFP"]),
        ("<p>Par la rédaction avec Reuters</p>", [], ["la rédaction", "Reuters"]),
        ("<p>Texte et photos : Anna Blois</p>", ["Anna Blois"], []),
        ("<p>Texte Anna Blois / Photos Lise Hortal</p>", ["Anna Blois"], []),
        ("<p>Photos : Lise Hortal</p>", [], []),
        ("<p>Par Anna Blois (texte) et Lise Hortal (photos)</p>", ["Anna Blois"], []),
        ("<p>Anna Blois, 07:45</p>", ["Anna Blois"], []),
        ("<p>🖊️ Par Anna Blois 📅 4 novembre 2026</p>", ["Anna Blois"], []),
        ("<p>Anna Blois avec AFP</p>", ["Anna Blois"], ["AFP"]),
        ("<p>Par Toutatis, le maire revient sur ses pas</p>", [], []),
        ("<p>Illustration de Lise Hortal</p>", [], []),
        ("<p>Par la vallée, Paule Vignon et Jo Rabin marchent depuis mai.</p>", [], []),
        ("<p>Par Publi-rédactionnel</p>", [], []),
        ("<p>Anna Blois, maire de Sarvan, devant le pont</p>", [], []),
    ],
)
def test_a_line_with_a_reason_to_be_a_byline_names_who_signs_and_no_other_does(
    line, authors, agencies
):
    assert _signed(line) == (authors, agencies)


@pytest.mark.parametrize(
    ("stated", "authors"),
    [
        ("Léo Sérane\nAnna Blois", ["Léo Sérane", "Anna Blois"]),
        ("BLOIS, Anna", ["Anna Blois"]),
        ("Anna Blois CLP", ["Anna Blois"]),
        ("Webmestre", []),
        ("<a href='/u/4' class='fn'>Anna Blois</a>", ["Anna Blois"]),
    ],
)
def test_a_stated_name_is_read_without_what_systems_put_around_it(stated, authors):
    assert read(ld({"@type": "Person", "name": stated})).authors == authors


def test_all_three_who_sign_are_authors_where_structured_data_states_the_first():
    links = [f"<a href=/author/{n}/>{n} {s}</a>" for n, s in (("Léo", "Sérane"), ("Mia", "Tourel"))]
    line = f"<p>Par Anna Blois, {links[0]} et {links[1]}</p>"
    article = read(ld({"name": "Anna Blois"}), H1 + line)
    assert article.authors == ["Anna Blois", "Léo Sérane", "Mia Tourel"]
