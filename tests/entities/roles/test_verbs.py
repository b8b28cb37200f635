"""A verb after a role is no part of it; it says of when the role is."""

import pytest

from alescrawl import find_mentions


def person(text):
    (found,) = [m for m in find_mentions(text, "2024-05-15") if m.kind == "person"]
    return found.role, found.affiliation, found.tenure


@pytest.mark.parametrize(
    ("text", "role", "tenure"),
    [
        ("Le directeur de l'usine est Paul Vidal.", "directeur de l'usine", None),
        ("Le directeur du magasin était Paul Vidal.", "directeur du magasin", "past"),
        ("Le futur directeur de l'usine sera Paul Vidal.", "futur directeur de l'usine", "future"),
        ("Le prochain directeur, Paul Vidal, arrive.", "prochain directeur", "future"),
        ("Le responsable qualité Paul Vidal arrive.", "responsable qualité", None),
        ("Maire d'Uzès, Paul Vidal a passé la main.", "maire", "past"),
        ("Paul Vidal, directeur du site, vient de démissionner.", "directeur du site", "past"),
        ("Paul Vidal, directeur du site, a passé commande.", "directeur du site", None),
        ("Le directeur attend Paul Vidal.", None, None),
        ("Le directeur parle de Paul Vidal à tous.", None, None),
        ("Le directeur démissionne, Paul Vidal aussi.", None, None),
    ],
)
def test_a_role_has_no_verb(text, role, tenure):
    found = person(text)
    assert (found[0], found[2]) == (role, tenure)


def test_a_candidate_is_not_of_the_body_that_it_names():
    assert person("Lionel Fabre, candidat à la mairie de Beaucaire, parle.")[:2] == (
        "candidat",
        None,
    )
