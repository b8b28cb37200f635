"""A lead that a system cut off is made whole, or ends with its last whole word."""

import json
from datetime import UTC, datetime

import pytest

from alescrawl.crawling.discovery.route_hints import complete
from alescrawl.extraction.article import extract_article

URL = "https://courrier.example/economie/une-tannerie-rouvre-12.html"
WHOLE = (
    "Fermée depuis trois ans, la tannerie de Sarvan a retrouvé un repreneur, a confirmé son ancien "
    "gérant, Maxime Roustidal, croisé lundi devant les grilles de l'usine."
)
CUT = WHOLE[: WHOLE.index("croisé") + 1]
BODY = "".join(
    f"<p>{text} La mairie suit le dossier de près et promet une aide, dit l'adjoint.</p>"
    for text in ("Le nouvel atelier comptera quarante salariés.", "Le chantier dure un an.")
)


def _read(cut, *, head="", body=BODY):
    page = (
        f"<html lang=fr><head>{head}</head><body><article><h1>Une tannerie rouvre</h1>"
        f"<div class=article__desc>{cut}</div><div class=text>{body}</div></article></body>"
    )
    return extract_article(page, URL, fetched_at=datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    "cut",
    [CUT, CUT + "…", CUT + "...", WHOLE[: WHOLE.index("Roustidal") + 4], WHOLE[:-20]],
)
@pytest.mark.parametrize(
    "where",
    [
        f'<meta property="og:description" content="{WHOLE}">',
        f'<meta name="description" content="{WHOLE}">',
        '<script type="application/ld+json">'
        + json.dumps(
            {"@type": "NewsArticle", "headline": "Une tannerie rouvre", "description": WHOLE}
        )
        + "</script>",
    ],
)
def test_a_cut_lead_is_completed_from_where_the_page_has_it_whole(cut, where):
    article = _read(cut, head=where)
    assert article.lead == WHOLE
    assert article.text.startswith(WHOLE)
    assert "lead_cut" not in article.problems


def test_a_cut_lead_is_completed_by_the_paragraph_that_says_it_whole():
    article = _read(CUT, body=f"<p>{WHOLE}</p>{BODY}")
    assert article.text.count("Fermée depuis") == 1
    assert WHOLE in article.text


@pytest.mark.parametrize(("cut", "end"), [(CUT, "Maxime Roustidal…"), (CUT + "…", "Roustidal…")])
def test_a_lead_that_nobody_has_whole_ends_with_a_whole_word(cut, end):
    article = _read(cut)
    assert article.lead.endswith(end)
    assert article.paragraphs[0].text == article.lead
    assert article.problems == ["lead_cut"]


def test_the_route_completes_what_the_page_cut():
    article = _read(CUT)
    complete(article, {"excerpt": (WHOLE, "rest")})
    assert (article.lead, article.problems) == (WHOLE, [])
    assert article.text.startswith(WHOLE)
    assert article.provenance["lead"] == "rest"


@pytest.mark.parametrize(
    "lead",
    [
        "Fermée depuis trois ans, la tannerie de Sarvan a retrouvé un repreneur local",
        "Fermée depuis trois ans, la tannerie de Sarvan a retrouvé un repreneur.",
        "Fermée depuis trois ans, la tannerie de Sarvan compte quarante postes en 2027",
    ],
)
def test_a_whole_lead_stays_as_it_is(lead):
    article = _read(lead, head=f'<meta name="description" content="{lead} et plus encore.">')
    assert (article.lead, article.problems) == (lead, [])


@pytest.mark.parametrize(
    "head",
    [f'<script>var d = {{"chapo": {json.dumps(WHOLE)}}}</script>', f'<link title="{WHOLE}">'],
)
def test_a_cut_lead_is_completed_from_scripts_and_attributes_too(head):
    article = _read(CUT, head=head)
    assert (article.lead, article.problems) == (WHOLE, [])


@pytest.mark.parametrize(
    "whole",
    [
        "Deux millions d'euros pour la tannerie, et un chantier qui s'ouvre avant la fin de l'été",
        "Deux millions d'euros pour la tannerie : un pari sur la tradition, et sur le commerce",
        "Deux millions d'euros pour la tannerie : des tanneurs de tout le Gard",
    ],
)
def test_a_lead_without_a_full_stop_is_not_cut_for_that(whole):
    body = BODY + "<p>Les commerces et les tanneries de la vallée et les Gardois attendent.</p>"
    article = _read(whole, body=body)
    assert (article.lead, article.problems) == (whole, [])


def test_a_word_that_only_the_language_goes_on_from_is_cut():
    article = _read("Deux millions d'euros pour la tannerie, fermée depuis trois ans, a confir")
    assert article.lead.endswith("depuis trois ans, a…")
    assert article.problems == ["lead_cut"]
