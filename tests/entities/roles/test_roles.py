"""Roles are given to persons over the whole sentence, each to one."""

import pytest

from alescrawl import find_mentions


def roles(text, published=None):
    found = [m for m in find_mentions(text, published) if m.kind == "person"]
    return {m.surface: (m.role, m.affiliation) for m in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Yann Tessier, président de la CCI Gard, Lise Amat, présidente de Cyclium, sont là.",
            {"Yann Tessier": "président", "Lise Amat": "présidente"},
        ),
        (
            "La présidente du club, Lise Amat, et le vice-président, Yann Tessier, sont là.",
            {"Lise Amat": "présidente", "Yann Tessier": "vice-président"},
        ),
        (
            "Yann Tessier, préfet de l'Ardèche, Lise Amat, maire de Privas, et d'autres.",
            {"Yann Tessier": "préfet de l'Ardèche", "Lise Amat": "maire"},
        ),
        (
            "Yann Tessier (président) et Lise Amat (trésorière) sont là.",
            {"Yann Tessier": "président", "Lise Amat": "trésorière"},
        ),
        (
            "Lise Amat et Yann Tessier, respectivement maire et préfet, sont là.",
            {"Lise Amat": "maire", "Yann Tessier": "préfet"},
        ),
        (
            "Lise Amat et Yann Tessier, fondateurs de Cyclium, sont là.",
            {"Lise Amat": "fondatrice", "Yann Tessier": "fondateur"},
        ),
    ],
)
def test_a_role_belongs_to_one_person(text, expected):
    assert {name: role for name, (role, _) in roles(text).items()} == expected


@pytest.mark.parametrize(
    "text",
    [
        "« C'est une chance », juge Yann Tessier.",
        "En photo, Yann Tessier et ses élèves.",
        "Sur la photo, Yann Tessier.",
        "Interrogé sur les retraites, Yann Tessier s'est tu.",
        "Au conseil des ministres, Yann Tessier a parlé.",
        "Le maire, que Yann Tessier a reçu, est parti.",
    ],
)
def test_no_role_is_made_of_other_words(text):
    assert roles(text)["Yann Tessier"][0] is None


def test_bodies_of_a_role_in_the_plural_are_shared_out():
    found = roles("Les maires d'Alès et d'Uzès, Yann Tessier et Lise Amat, ont voté.")
    assert found["Yann Tessier"] == ("maire", "Ville d'Alès")
    assert found["Lise Amat"] == ("maire", "Ville d'Uzès")


def test_a_common_noun_refers_to_a_body_of_its_kind_only():
    found = roles("Cyclium embauche. Le président du syndicat, Yann Tessier, s'en félicite.")
    assert found["Yann Tessier"] == ("président", None)


@pytest.mark.parametrize(
    ("text", "tenure"),
    [
        ("L'ancien maire, Yann Tessier, est venu.", "past"),
        ("Yann Tessier, ex-maire d'Alès, est venu.", "past"),
        ("Yann Tessier fut maire d'Alès.", "past"),
        ("Yann Tessier, maire de 1989 à 2001, est venu.", "past"),
        ("Yann Tessier, futur directeur de Cyclium, est venu.", "future"),
        ("Yann Tessier sera président de la CCI Gard.", "future"),
        ("Yann Tessier, maire d'Alès, est venu.", None),
    ],
)
def test_an_office_that_is_over_or_to_come_is_marked(text, tenure):
    assert {m.tenure for m in find_mentions(text, "2024-01-01") if m.kind == "person"} == {tenure}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Yann Tessier, l'un de ses deux vice-présidents, se tait.", None),
        ("Lise Amat et Yann Tessier, ses deux vice-présidents, se taisent.", "vice-président"),
        ("Yann Tessier, cuisinier, et Lise Amat, apprentie, ouvrent.", "cuisinier"),
        ("L'ancien banquier Yann Tessier est là.", "ancien banquier"),
        ("Le capitaine Yann Tessier et la procureure Lise Amat sont là.", "capitaine"),
        ("Son adjoint aux finances Yann Tessier est là.", "adjoint aux finances"),
        ("Yann Tessier, gérant de la SARL Les Oliviers, est là.", "gérant"),
    ],
)
def test_trades_and_offices(text, role):
    assert roles(text)["Yann Tessier"][0] == role


def test_a_phrase_that_names_its_own_body_is_of_no_other():
    found = roles(
        "Le président de la CCI Gard, Yann Tessier, et la présidente de la chambre de"
        " métiers, Lise Amat, sont là."
    )
    assert found["Lise Amat"] == ("présidente de la chambre de métiers", None)


def test_a_legal_form_is_no_body():
    found = roles("Yann Tessier, gérant de la SARL Les Oliviers, est là.")
    assert found["Yann Tessier"] == ("gérant", "Les Oliviers")


def test_who_then_held_an_office_holds_it_no_more():
    text = "Alors maire de Sommières, Yann Tessier avait signé."
    (person,) = [m for m in find_mentions(text) if m.kind == "person"]
    assert (person.role, person.tenure) == ("maire", "past")
