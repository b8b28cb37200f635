"""Dates of sentences, resolved on a Thursday: 14 March 2024."""

from datetime import UTC, date, datetime

import pytest

from alescrawl.entities.dates.dates import find_dates

PUBLISHED = date(2024, 3, 14)


def dates(text, published=PUBLISHED):
    return [(m.surface, f"{m.date_start}/{m.date_end}") for m in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "surface", "first", "last"),
    [
        ("Le pont ouvre le 24 juin 2019.", "24 juin 2019", "2019-06-24", "2019-06-24"),
        ("Le pont ouvre le 1er mars 2019.", "1er mars 2019", "2019-03-01", "2019-03-01"),
        ("Le pont ouvre le premier mai.", "premier mai", "2024-05-01", "2024-05-01"),
        ("Vu le 31/01/2013 à Nîmes.", "31/01/2013", "2013-01-31", "2013-01-31"),
        ("Vu le 31.10.2015 à Nîmes.", "31.10.2015", "2015-10-31", "2015-10-31"),
        ("Le bal du 12/04 est complet.", "12/04", "2024-04-12", "2024-04-12"),
        ("Relevé 2024-03-12.", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("Signé le 12 sept. 2022.", "12 sept. 2022", "2022-09-12", "2022-09-12"),
        ("Le bal du 14-Juillet.", "14-Juillet", "2024-07-14", "2024-07-14"),
        ("Vote du mardi 5 mars.", "mardi 5 mars", "2024-03-05", "2024-03-05"),
        ("Vote du vendredi 5 mars.", "vendredi 5 mars", "2021-03-05", "2021-03-05"),
        ("Le bal de samedi 9 à Uzès.", "samedi 9", "2024-03-09", "2024-03-09"),
        ("Le bal de ce vendredi 15.", "ce vendredi 15", "2024-03-15", "2024-03-15"),
        ("Le Tour de France 2026 passera.", "2026", "2026-01-01", "2026-12-31"),
        ("Signé le 30 juin dernier.", "30 juin dernier", "2023-06-30", "2023-06-30"),
        ("Signé le 10 février prochain.", "10 février prochain", "2025-02-10", "2025-02-10"),
        ("Ouvert du 24 au 26 juin.", "24 au 26 juin", "2024-06-24", "2024-06-26"),
        ("Les 11 et 12 mai 2023.", "11 et 12 mai 2023", "2023-05-11", "2023-05-12"),
        ("Du 28 mars au 3 mai 2025.", "28 mars au 3 mai 2025", "2025-03-28", "2025-05-03"),
        ("Entre le 3 et le 5 mai.", "Entre le 3 et le 5 mai", "2024-05-03", "2024-05-05"),
        (
            "Du 1er janvier 2023 au 31 décembre.",
            "1er janvier 2023 au 31 décembre",
            "2023-01-01",
            "2023-12-31",
        ),
        (
            "Du 20 décembre au 6 janvier 2023.",
            "20 décembre au 6 janvier 2023",
            "2022-12-20",
            "2023-01-06",
        ),
        ("Un prêt de mars à juin 2016.", "mars à juin 2016", "2016-03-01", "2016-06-30"),
        ("Créée en mars 2016.", "mars 2016", "2016-03-01", "2016-03-31"),
        ("Créée en décembre.", "décembre", "2023-12-01", "2023-12-31"),
        ("Elle rouvrira en décembre.", "décembre", "2024-12-01", "2024-12-31"),
        ("Il aurait fui en octobre.", "octobre", "2023-10-01", "2023-10-31"),
        ("Il faut finir avant octobre.", "octobre", "2024-10-01", "2024-10-31"),
        ("Vidé en décembre dernier.", "décembre dernier", "2023-12-01", "2023-12-31"),
        ("Livré mi-avril.", "mi-avril", "2024-04-01", "2024-04-30"),
        ("Livré fin avril prochain.", "fin avril prochain", "2024-04-01", "2024-04-30"),
        ("À la fin du mois de mai.", "fin du mois de mai", "2024-05-01", "2024-05-31"),
        ("À la fin du mois.", "fin du mois", "2024-03-01", "2024-03-31"),
        ("Fondée en 1920.", "1920", "1920-01-01", "1920-12-31"),
        ("D'ici 2030, tout change.", "2030", "2030-01-01", "2030-12-31"),
        ("La capitale du goût 2023.", "2023", "2023-01-01", "2023-12-31"),
        ("L'édition 2023 a plu.", "2023", "2023-01-01", "2023-12-31"),
        ("La loi de 2004 suffit.", "2004", "2004-01-01", "2004-12-31"),
        ("Prêt fin 2025.", "fin 2025", "2025-10-01", "2025-12-31"),
        ("Prêt début 2025.", "début 2025", "2025-01-01", "2025-03-31"),
        ("Prêt en fin d'année.", "fin d'année", "2024-10-01", "2024-12-31"),
        ("À la fin de l’année 2015.", "fin de l’année 2015", "2015-10-01", "2015-12-31"),
        ("Entre 2015 et 2020.", "Entre 2015 et 2020", "2015-01-01", "2020-12-31"),
        ("De 2015 à 2018.", "2015 à 2018", "2015-01-01", "2018-12-31"),
        ("Le plan 2021-2027.", "2021-2027", "2021-01-01", "2027-12-31"),
        ("Au premier trimestre 2022.", "premier trimestre 2022", "2022-01-01", "2022-03-31"),
        ("Au second semestre de 2022.", "second semestre de 2022", "2022-07-01", "2022-12-31"),
        ("Au 4e trimestre 2022.", "4e trimestre 2022", "2022-10-01", "2022-12-31"),
        ("Le T3 2023 est bon.", "T3 2023", "2023-07-01", "2023-09-30"),
        ("Au printemps 2018.", "printemps 2018", "2018-03-01", "2018-05-31"),
        ("Avant l'été.", "été", "2024-06-01", "2024-08-31"),
        ("L'été dernier fut sec.", "L'été dernier", "2023-06-01", "2023-08-31"),
        ("L'hiver 2020-2021.", "hiver 2020-2021", "2020-12-01", "2021-02-28"),
        ("À la rentrée 2024.", "rentrée 2024", "2024-09-01", "2024-09-30"),
        ("Dans les années 80.", "années 80", "1980-01-01", "1989-12-31"),
        ("Les années soixante-dix.", "années soixante-dix", "1970-01-01", "1979-12-31"),
        ("Au début des années 2000.", "début des années 2000", "2000-01-01", "2003-12-31"),
        ("Fin des années 1990.", "Fin des années 1990", "1997-01-01", "1999-12-31"),
        ("Hier soir, on dansait.", "Hier soir", "2024-03-13", "2024-03-13"),
        ("Rendez-vous demain.", "demain", "2024-03-15", "2024-03-15"),
        ("Ce jeudi matin, il neige.", "Ce jeudi matin", "2024-03-14", "2024-03-14"),
        ("Ce lundi, il neige.", "Ce lundi", "2024-03-11", "2024-03-11"),
        ("Cette année, il neige.", "Cette année", "2024-01-01", "2024-12-31"),
        ("Cette semaine, il neige.", "Cette semaine", "2024-03-11", "2024-03-17"),
        ("Ce week-end, il neige.", "Ce week-end", "2024-03-16", "2024-03-17"),
        ("La semaine dernière.", "La semaine dernière", "2024-03-04", "2024-03-10"),
        ("Le mois prochain.", "Le mois prochain", "2024-04-01", "2024-04-30"),
        ("L’an dernier.", "L’an dernier", "2023-01-01", "2023-12-31"),
        ("L'année prochaine.", "L'année prochaine", "2025-01-01", "2025-12-31"),
        ("Jeudi dernier.", "Jeudi dernier", "2024-03-07", "2024-03-07"),
        ("Lundi prochain.", "Lundi prochain", "2024-03-18", "2024-03-18"),
        ("Le maire a parlé mardi.", "mardi", "2024-03-12", "2024-03-12"),
        ("Le maire parlera mardi.", "mardi", "2024-03-19", "2024-03-19"),
    ],
)
def test_one_date(text, surface, first, last):
    assert dates(text) == [(surface, f"{first}/{last}")]


@pytest.mark.parametrize(
    "text",
    [
        "Il y a six mois, dans trois ans, depuis 50 ans, d'ici deux ans, quatre ans après.",
        "Aujourd'hui, maintenant, à 18 h 30.",
        "Le plan France 2030 et le programme Horizon 2020.",
        "Il a été vendu. Elle a été réparée.",
        "Le groupe Mars recrute.",
        "Le monde de demain, l'usine d'hier.",
        "Ce soir là, il neigeait. Cette année-là aussi. Le même jeudi, il plut.",
        "Ouvert du lundi au vendredi, fermé le dimanche et tous les lundis.",
        "Un hall de 2000 m², 1950 emplois, 2000 euros, 2019 visiteurs, 1800 bouteilles.",
        "Plus de 2000 à Nîmes.",
        "Le 31/02/2013 et le 31 avril n'existent pas.",
        "Des T2 et des T3, le 24/24, un score de 12/20, le 31/04.",
        "Tél. 04 66 20 16 12.",
        "Les fêtes de fin d'année.",
        "La rentrée littéraire.",
        "À la maison pendant une semaine passée à lire.",
    ],
)
def test_no_date(text):
    assert dates(text) == []


def test_dates_that_share_a_word():
    assert dates("Les crues d'août et d'octobre derniers.") == [
        ("août", "2023-08-01/2023-08-31"),
        ("octobre derniers", "2023-10-01/2023-10-31"),
    ]


def test_months_of_one_year_and_dates_side_by_side():
    assert dates("En mars et juin 2016, puis en 2019 (2021).") == [
        ("mars", "2016-03-01/2016-03-31"),
        ("juin 2016", "2016-06-01/2016-06-30"),
        ("2019", "2019-01-01/2019-12-31"),
        ("2021", "2021-01-01/2021-12-31"),
    ]


@pytest.mark.parametrize(
    ("text", "published", "days"),
    [
        ("Ce lundi, tout ferme.", None, "None/None"),
        ("Ce lundi, tout ferme.", "2024-03", "None/None"),
        ("Le mois dernier.", "2024", "None/None"),
        ("Le mois dernier.", "2024-01", "2023-12-01/2023-12-31"),
        ("Cette année.", "2024", "2024-01-01/2024-12-31"),
        ("Le 24 septembre dernier.", "2024-09", "2024-09-24/2024-09-24"),
        ("Le 24 septembre.", None, "None/None"),
        ("Le 24 septembre.", "no date", "None/None"),
        ("Le 24 septembre 2020.", None, "2020-09-24/2020-09-24"),
        ("Hier.", datetime(2024, 1, 1, 23, 30, tzinfo=UTC), "2024-01-01/2024-01-01"),
    ],
)
def test_what_cannot_be_known_stays_empty(text, published, days):
    assert [found for _, found in dates(text, published)] == [days]
