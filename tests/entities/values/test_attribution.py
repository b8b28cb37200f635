"""Whose the jobs and sums are, and where, as far as the sentence says so."""

import pytest

from alescrawl import find_mentions


def values(text):
    found = [m for m in find_mentions(text) if m.kind in {"jobs", "amount"}]
    return [(m.number, m.subtype, m.about, m.insee) for m in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "À Alès, le groupe Ravinox va créer 25 emplois.",
            [(25, "created", "Ravinox", "30007")],
        ),
        (
            "L'entreprise Coméca a 46 salariés et en embauchera 30.",
            [(46, "counted", "Coméca", None), (30, "created", "Coméca", None)],
        ),
        (
            "Une vingtaine des 70 emplois disparaîtraient chez Solvène.",
            [(20, "cut", "Solvène", None), (70, "counted", "Solvène", None)],
        ),
        (
            "L'usine perdra 50 emplois à Alès et en créera 20 à Nîmes.",
            [(50, "cut", None, "30007"), (20, "created", None, "30189")],
        ),
        ("Nîmes Métropole versera 3 M€.", [(3e6, None, "epci-nimes-metropole", None)]),
        ("Selon la CCI Gard, 300 emplois seront créés.", [(300, "created", None, None)]),
        (
            "La société Fricaud, voisine de Melox, recrute 22 soudeurs.",
            [(22, "created", "Fricaud", None)],
        ),
        (
            "La PME Novalim, filiale d'EDF, supprime 35 postes.",
            [(35, "cut", "Novalim", None)],
        ),
        (
            "Soutenue par la CCI Gard, la PME Ravello créera 18 emplois.",
            [(18, "created", "Ravello", None)],
        ),
        ("Melox ferme un atelier, Granuvox embauche 40 personnes.", [(40, "created", None, None)]),
        (
            "La CCI Gard a aidé 35 entreprises à créer 90 emplois.",
            [(90, "created", None, None)],
        ),
        ("La reprise par Alpinox évite 20 licenciements.", [(20, "counted", None, None)]),
        (
            "Amazon, qui emploie 150 personnes en Drôme, ne vient pas à Saint-Gilles.",
            [(150, "counted", "amazon", None)],
        ),
        ("Melox et EDF recruteront 40 personnes.", [(40, "created", None, None)]),
        ("Chez Melox, en revanche, 20 postes sont supprimés.", [(20, "cut", "orano-melox", None)]),
        (
            "Dix emplois seront supprimés sur les 65 que compte Melox.",
            [(10, "cut", "orano-melox", None), (65, "counted", "orano-melox", None)],
        ),
    ],
)
def test_jobs_and_sums_are_those_of_the_body_that_the_sentence_names(text, expected):
    assert values(text) == expected


def test_figures_that_are_compared_with_are_counted():
    found = values("L'usine compte 52 ouvriers, contre 60 l'an dernier.")
    assert [(number, kind) for number, kind, *_ in found] == [(52, "counted"), (60, "counted")]


@pytest.mark.parametrize(
    "text", ["Il a refusé deux offres de groupes étrangers.", "Trois offres fermes sont déposées."]
)
def test_bids_are_no_jobs(text):
    assert not values(text)
