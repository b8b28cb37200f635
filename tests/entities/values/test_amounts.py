"""Sums of money, as the sentences of French economic news have them."""

import pytest

from alescrawl.entities.values.amounts import find_amounts


def sums(text):
    return [(m.surface, m.number) for m in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "surface", "euros"),
    [
        ("Le hangar a coûté 40 M€ à la commune.", "40 M€", 40e6),
        ("Un marché de 1,53 Md€ par an.", "1,53 Md€", 1.53e9),
        ("Les aides montent à 3 Mds€.", "3 Mds€", 3e9),
        ("Une dette de 2,5 Mds d'euros.", "2,5 Mds d'euros", 2.5e9),
        ("Il faut 45 k€ pour le toit.", "45 k€", 45_000),
        ("Le loyer passe à 250 000 euros.", "250 000 euros", 250_000),
        ("Le loyer passe à 250\u202f000\xa0€.", "250\u202f000\xa0€", 250_000),
        ("La Région apporte 850.000 euros.", "850.000 euros", 850_000),
        ("L’entrée est à 12 € le samedi.", "12 €", 12),
        ("Le panier vaut 10,50 €.", "10,50 €", 10.5),
        ("Le menu à 12€50 part vite.", "12€50", 12.5),
        ("Elle lève 19 millions d'euros.", "19 millions d'euros", 19e6),
        ("Elle lève 19 millions d’euros.", "19 millions d’euros", 19e6),
        ("Près de 5,3 millions d'€ de ventes.", "5,3 millions d'€", 5.3e6),
        ("Un plan de 1,36 milliard d’euros.", "1,36 milliard d’euros", 1.36e9),
        ("Le fonds pèse 2 M d'euros.", "2 M d'euros", 2e6),
        ("Trois millions d'euros suffiront.", "Trois millions d'euros", 3e6),
        ("Un million d'euros a été voté.", "Un million d'euros", 1e6),
        ("Il a reçu cent mille euros.", "cent mille euros", 100_000),
        ("Une dizaine de millions d'euros.", "dizaine de millions d'euros", 10e6),
        ("Une centaine d'euros par tonne.", "centaine d'euros", 100),
        ("UN CHÈQUE DE 30 000 EUROS", "30 000 EUROS", 30_000),
        ("Un budget de 6,55957 MF.", "6,55957 MF", 1e6),
        ("Il en coûta 655 957 francs.", "655 957 francs", 100_000),
        ("Il en coûta 655 957 F.", "655 957 F", 100_000),
        ("Il en coûta 65 millions d'anciens francs.", "65 millions d'anciens francs", 99_091.86),
        ("Elle a investi 12 millions en 2019.", "12 millions", 12e6),
    ],
)
def test_one_sum(text, surface, euros):
    assert sums(text) == [(surface, euros)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il vise 7 à 8 millions d'euros.", [7e6, 8e6]),
        ("Entre 10 et 12 M€ par an.", [10e6, 12e6]),
        ("De 800 000 à 1 million d'euros.", [800_000, 1e6]),
        ("De 300 à 400 000 euros.", [300_000, 400_000]),
        ("Soit 3 ou 4 Md€.", [3e9, 4e9]),
        ("Un lot à 15-20 € le kilo.", [15, 20]),
        ("Respectivement 3 et 5 millions d'euros.", [3e6, 5e6]),
        ("De 2 millions à 6 millions d'euros.", [2e6, 6e6]),
        ("Un total de 8 M€, dont 2 millions à l'export.", [8e6, 2e6]),
        ("En 2023 et 5 M€ plus tard.", [5e6]),
    ],
)
def test_bounds_and_parts_take_the_unit_of_the_sum(text, expected):
    assert [euros for _, euros in sums(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le site est cédé pour l'euro symbolique.",
        "Le site est cédé pour un euro symbolique.",
        "Le site est cédé pour 1 euro symbolique.",
        "Il faut des dizaines de millions d'euros.",
        "Le musée a reçu 3 millions de visiteurs.",
        "Le festival a coûté cher : 2 millions de spectateurs l'attendaient.",
        "La région compte 6 millions d'habitants.",
        "Une hausse de 12 % en un an.",
        "Une dalle de 500 m² à 4 km.",
        "Un contrat de 20 millions de francs suisses.",
        "La salle f du 3 f est fermée.",
        "Un prix de 300 dollars.",
    ],
)
def test_no_sum(text):
    assert sums(text) == []


def test_the_unit_is_that_of_the_text():
    francs, euros = find_amounts("Les 90 millions de francs, soit 13,7 M€.")
    assert (francs.unit, euros.unit) == ("FRF", "EUR")
    assert francs.number == pytest.approx(13_720_411.55)
    assert (francs.kind, francs.method) == ("amount", "rule")


def test_sums_that_several_bring_are_all_of_money():
    text = "L'État apporte 2 millions, la Région 1,5 million et la commune 300 000 euros."
    assert [m.number for m in find_amounts(text)] == [2e6, 1.5e6, 3e5]
