"""What is about the Gard, and what about its economy."""

import asyncio
import sys
from pathlib import Path

import pytest
from cpu import TRIES, allowed, least_seconds
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from alescrawl import assess_relevance
from alescrawl.items import Article
from alescrawl.pipelines.relevance import RelevancePipeline
from alescrawl.text.folding import fold

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

from relevance import annotated, figures, halves, hard_halves  # noqa: E402 - beside the benchmarks

FLOOR = 0.95
HARD_FLOOR = 0.93


def test_there_are_300_texts_half_about_the_gard_half_economic():
    texts = list(annotated())
    assert len(texts) == 300
    assert sum(gard for gard, *_ in texts) == 150
    assert sum(economic for _, economic, *_ in texts) == 150
    assert len({title for *_, title, _ in texts}) == 300


@pytest.mark.parametrize("half", ["tuning", "checking"])
def test_both_decisions_are_right_on_annotated_texts(half):
    assert min(figures(halves()[half])) >= FLOOR


@pytest.mark.parametrize("half", ["hard, tuning", "hard, checking"])
def test_what_is_economic_is_known_of_hard_texts(half):
    """A school that opens costs money too; a shop that closes may take ten words."""
    assert figures(hard_halves()[half])[1] >= HARD_FLOOR


@pytest.mark.parametrize(
    "text",
    [
        "Perpignan : la CAF, la CPAM et la Chambre de métiers emménagent ensemble.",
        "Béziers : la CPAM recrute, la CAF aussi, la Chambre d'agriculture se tait.",
        "À Lyon, la Préfecture et la Chambre de commerce s'installent à la Part-Dieu.",
    ],
)
def test_bodies_that_each_department_has_are_those_of_the_place_that_is_named(text):
    assert not assess_relevance(None, text).is_gard


@pytest.mark.parametrize(
    ("title", "text", "topics"),
    [
        ("L'usine embauche", "La fonderie recrute trente salariés.", {"employment", "industry"}),
        ("Les vignerons", "La vendange est maigre, la viticulture souffre.", {"agriculture"}),
        (
            "L'enseigne liquidée",
            "Le tribunal de commerce a tranché, pas de repreneur.",
            {"insolvency"},
        ),
        ("Le budget voté", "La taxe foncière et la subvention baissent.", {"public_finance"}),
    ],
)
def test_topics(title, text, topics):
    assert topics <= set(assess_relevance(title, text).topics)


def test_the_reasons_are_the_names_and_words_that_decide():
    found = assess_relevance("Alès : l'usine recrute", "À Montpellier, non.")
    assert "gard +2.0 Alès" in found.reasons
    assert "gard -1.0 Montpellier" in found.reasons
    assert "economy +3.0 usine" in found.reasons


@pytest.mark.parametrize("name", ["Julien Gard", "Roger Martin du Gard", "M. Gard"])
def test_a_surname_is_no_department(name):
    assert assess_relevance("Portrait", f"{name} est venu hier.").gard_score == 0


@pytest.mark.parametrize(
    "gard", ["dans le Gard", "au Gard", "un village (Gard)", "du Gard rhodanien"]
)
def test_the_department(gard):
    assert assess_relevance("Portrait", f"Il vit là, {gard}.").is_gard


def test_one_name_in_a_long_text_is_not_what_it_is_about():
    filling = "Le ciel était gris et la mer aussi, personne ne parlait plus. " * 40
    assert not assess_relevance("Portrait", f"{filling} Il passa par Nîmes. {filling}").is_gard


def test_the_section_counts_as_the_title_does():
    title, text = "Une page se tourne", "Ils ont signé hier soir devant notaire."
    assert not assess_relevance(title, text, section="Culture").is_economic
    assert assess_relevance(title, text, section="Économie et emploi").is_economic
    assert assess_relevance(title, text, section="Gard rhodanien").is_gard


def test_a_source_of_the_gard_writes_about_it_unless_it_says_where():
    title, text = "La fonderie embauche", "Trente postes sont à pourvoir."
    assert not assess_relevance(title, text).is_gard
    assert assess_relevance(title, text, scope="gard").is_gard
    assert not assess_relevance(f"Rodez : {title}", f"{text} L'Aveyron.", scope="gard").is_gard


@pytest.mark.parametrize("scope", ["national", "region", None])
@pytest.mark.parametrize("town", ["Beaucaire", "Saint-Gilles"])
def test_a_large_commune_of_the_gard_in_a_title_alone_is_meant_although_it_has_namesakes(
    town, scope
):
    assert assess_relevance(
        f"Une usine de conserves s'installe à {town}", None, scope=scope
    ).is_gard
    elsewhere = f"Une usine de conserves s'installe à {town}, dans le Gers"
    assert not assess_relevance(elsewhere, None, scope=scope).is_gard


@pytest.mark.parametrize(("title", "text"), [(None, None), ("", ""), ("Nîmes", None), (None, "€")])
def test_parts_may_be_missing(title, text):
    assert 0 <= assess_relevance(title, text).gard_score <= 1


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_has_a_score(title, text):
    found = assess_relevance(title, text)
    assert 0 <= found.gard_score <= 1
    assert found.is_gard == (found.gard_score >= 0.5)


@pytest.mark.parametrize("unit", ["Nîmes ", "x", "usine ", "du Gard ", "tribunal de "])
def test_a_megabyte_costs_no_more_than_a_page(unit):
    text = unit * (1_000_000 // len(unit))
    assert least_seconds(lambda: assess_relevance(text, text), TRIES) < allowed(0.05)


def test_reasons_of_the_same_weight_stand_in_the_order_of_the_text():
    words = ("marché", "ferme", "usine", "entreprise", "commerce")
    for order in (words, words[::-1]):
        reasons = assess_relevance("", " ".join(order)).reasons
        found = [(float(r.split()[1]), r.split()[2]) for r in reasons]
        place = {w: n for n, w in enumerate(map(fold, order))}
        assert len(found) > 2
        assert found == sorted(found, key=lambda each: (-each[0], place[each[1]]))


def test_the_pipeline_fills_the_columns():
    article = Article(title="Alès : l'usine recrute", text="La fonderie recrute à Alès.")
    pipeline = RelevancePipeline.from_crawler(get_crawler(settings_dict={"ALESCRAWL_KEEP": "all"}))
    asyncio.run(pipeline.process_item(article))
    assert (article.is_gard, article.is_economic) == (True, True)
    assert article.gard_score > 0.5
    assert "employment" in article.topics
    assert article.relevance_reasons
