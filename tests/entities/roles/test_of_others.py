"""Whose brother, driver or rival somebody is makes nobody the holder of an office."""

import pytest

from alescrawl import find_mentions


def roles(text):
    return {m.name: m.role for m in find_mentions(text) if m.kind == "person"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("L'agresseur du maire d'Uzès, Kevin Moulin, a été condamné.", "Kevin Moulin"),
        ("Le frère du président de la CCI du Gard, Bruno Maret, est parti.", "Bruno Maret"),
        ("La fille de la directrice de la clinique, Zoé Tran, est en tête.", "Zoé Tran"),
        ("La veuve de l'ancien maire d'Alès, Simone Rieu, a témoigné.", "Simone Rieu"),
        ("Les proches du directeur, Éric Vals et Nina Pons, ont manifesté.", "Éric Vals"),
        ("Le cabinet du ministre, Théo Blin compris, est muet.", "Théo Blin"),
    ],
)
def test_a_person_of_an_officer_is_not_the_officer(text, name):
    role = roles(text)[name] or ""
    assert not any(office in role for office in ("maire", "président", "directeur", "directrice"))
    assert "ministre" not in role


def test_who_is_met_or_accompanied_holds_the_office():
    text = "La rencontre du maire d'Uzès, Gaëlle Roche, et du préfet du Gard, Luc Rey, a duré."
    assert roles(text) == {"Gaëlle Roche": "maire", "Luc Rey": "préfet du Gard"}
