"""Counts of jobs, as the sentences of French economic news have them."""

import pytest

from alescrawl.entities.values import find_values
from alescrawl.entities.values.jobs import find_jobs


def jobs(text):
    return [(m.surface, m.number) for m in find_jobs(text)]


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Le Département embauche 40 agents.", "created"),
        ("Le conseil départemental compte 2 000 agents.", "counted"),
        ("La directrice générale salue les 40 salariés.", "counted"),
        ("La nouvelle usine emploie 40 salariés.", "counted"),
        ("Elle emploiera 40 nouveaux salariés.", "created"),
        ("Le maire remercie les 40 agents de la Ville.", "counted"),
        ("Le repreneur gardera 40 salariés.", "counted"),
        ("Le créancier emploie 40 salariés.", "counted"),
        ("La fermeture estivale concerne 40 salariés.", "counted"),
        ("La fermeture de l'usine concerne 40 salariés.", "cut"),
        ("Elle annonce le départ de 40 salariés.", "cut"),
        ("Le départ du directeur inquiète les 40 salariés.", "counted"),
        ("Il perdure 40 emplois sur le site.", "counted"),
        ("Le laboratoire emploie 40 chercheurs.", "counted"),
    ],
)
def test_a_word_that_only_begins_like_another_says_nothing_of_jobs(text, fate):
    assert [m.subtype for m in find_jobs(text)] == [fate]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Elle emploie 46 personnes et prévoit d'en embaucher 30 d'ici 2026.",
            [(46, "counted"), (30, "created")],
        ),
        (
            "L'usine, qui avait 800 ouvriers, n'en emploie plus que 90.",
            [(800, "counted"), (90, "counted")],
        ),
        ("Une dizaine d'emplois à la clé : l'usine ouvrira en mars.", [(10, "created")]),
    ],
)
def test_what_is_understood_of_a_firm_has_its_verb(text, counts):
    assert [(m.number, m.subtype) for m in find_jobs(text)] == counts


@pytest.mark.parametrize(
    ("text", "surface", "count"),
    [
        ("L'atelier compte 120 salariés.", "120 salariés", 120),
        ("L'atelier compte 1\u202f650 salariés.", "1\u202f650 salariés", 1650),
        ("Le groupe emploie 8.000 personnes.", "8.000 personnes", 8000),
        ("UNE TRENTAINE D'EMPLOIS", "TRENTAINE D'EMPLOIS", 30),
        ("Une trentaine d’emplois à la clé.", "trentaine d’emplois", 30),
        ("Une centaine de postes menacés.", "centaine de postes", 100),
        ("Quatre emplois ont été créés.", "Quatre emplois", 4),
        ("Vingt-et-un techniciens réparent.", "Vingt-et-un techniciens", 21),
        ("Deux mille cinq cents collaborateurs.", "Deux mille cinq cents collaborateurs", 2500),
        ("La zone vise 160 nouveaux emplois.", "160 nouveaux emplois", 160),
        ("Elle annonce 45 suppressions de postes.", "45 suppressions de postes", 45),
        ("Il réclame 40 départs parmi les salariés.", "40 départs", 40),
        ("Le salon offre 150 offres d'emploi.", "150 offres d'emploi", 150),
        ("Le forum de l'emploi a 150 offres.", "150 offres", 150),
        ("Soit 30 créations d'emplois.", "30 créations d'emplois", 30),
        ("L'équipe passe à 12,5 ETP.", "12,5 ETP", 12.5),
        ("Soit 25 équivalents temps plein.", "25 équivalents temps plein", 25),
        ("Elle prend 13 CDI.", "13 CDI", 13),
        ("Les quatorze pompiers du site.", "quatorze pompiers", 14),
        ("Une équipe de douze personnes.", "douze personnes", 12),
        ("Vingt personnes y travaillent.", "Vingt personnes", 20),
        ("La filiale cherche une quinzaine de personnes.", "quinzaine de personnes", 15),
        ("Elle salue ses 250 salarié·e·s.", "250 salarié·e·s", 250),
        ("La filière pèse 1,2 million d'emplois.", "1,2 million d'emplois", 1_200_000),
        ("Une entreprise de 50 salariés.", "50 salariés", 50),
        ("La PME de 45 personnes va bien.", "45 personnes", 45),
        ("Elle vise 60 embauches sur 3 ans.", "60 embauches", 60),
        ("L'hôpital cherche 60 infirmiers.", "60 infirmiers", 60),
        ("Deux embauches suivront.", "Deux embauches", 2),
        ("Quarante saisonniers cueillent.", "Quarante saisonniers", 40),
        ("Un atelier de plus de 600 ouvriers.", "600 ouvriers", 600),
    ],
)
def test_one_count(text, surface, count):
    assert jobs(text) == [(surface, count)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'effectif passera de 40 à 60 salariés.", [40, 60]),
        ("Entre 150 et 200 emplois.", [150, 200]),
        ("Deux à trois cents emplois.", [200, 300]),
        ("On parle de 3 ou 4 recrutements.", [3, 4]),
        ("Ses 900 salariés, dont 500 en France.", [900, 500]),
        ("Une quarantaine des 70 emplois.", [40, 70]),
        ("Une centaine de salariés sur 309 ont dit non.", [100, 309]),
        ("Elle a 300 salariés à Uzès, 85 à Sauve.", [300, 85]),
        ("Elle avait 350 salariés en 2015 et plus de 600 en 2008.", [350, 600]),
        ("Elle supprime 68 postes, dont quatre vacants.", [68, 4]),
        ("Des 120 emplois, 78 en CDI.", [120, 78]),
        ("Elle a 45 postes dans 12 sites, dont 5 à Nîmes.", [45]),
        ("Elle a 45 salariés, dont 60 % en CDI.", [45]),
        ("Elle a 45 salariés en 2019.", [45]),
        ("Un effectif de 130, en hausse.", [130]),
        ("Effectifs : 85.", [85]),
        ("Les emplois passent de 1 200 à 900.", [1200, 900]),
        ("Sur les 120 salariés, 30 sont partis.", [120, 30]),
        ("Elle supprime 40 de ses 120 postes.", [40, 120]),
        ("Cinq CDD, trois alternants et deux apprentis.", [5, 3, 2]),
    ],
)
def test_bounds_and_numbers_whose_noun_is_understood(text, expected):
    assert [count for _, count in jobs(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Une centaine de personnes ont manifesté devant la mairie.",
        "Le musée a reçu 1 500 visiteurs.",
        "Le syndicat a 500 adhérents.",
        "Le lycée a 900 élèves.",
        "La ville a 40 000 habitants.",
        "Le salon attend 300 candidats.",
        "Les entreprises de moins de cinq salariés souffrent.",
        "Les PME de 10 à 49 salariés souffrent.",
        "Une société de moins de 20 salariés.",
        "Le port de plaisance a 2 240 postes pour 5 000 bateaux.",
        "L'équipe a fait 150 heures supplémentaires.",
        "L'emploi progresse de 6,4 %.",
        "Des centaines d'emplois sont en jeu.",
        "Neuf salariés sur dix le disent.",
        "1 emploi sur 5 dépend du fleuve.",
        "Un effectif de 60 % de femmes.",
        "Un emploi, un poste, une embauche.",
        "On compte 30 créations d'entreprises.",
        "Il y a eu 12 départs de feu.",
        "Douze personnes âgées vivent ici.",
        "70 000 personnes habitent la plaine.",
        "Trois offres de reprise ont été déposées.",
        "Vingt suppressions de classes.",
    ],
)
def test_no_jobs(text):
    assert jobs(text) == []


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("Elle crée 40 emplois.", "created"),
        ("Elle annonce 40 embauches.", "created"),
        ("Elle supprime 40 postes.", "cut"),
        ("Un plan social de 40 licenciements.", "cut"),
        ("Elle a 40 salariés.", "counted"),
    ],
)
def test_what_becomes_of_the_jobs(text, fate):
    (mention,) = find_jobs(text)
    assert (mention.subtype, mention.unit, mention.kind) == (fate, "jobs", "jobs")


def test_dates_sums_and_jobs_are_found_together():
    found = find_values("En 2019, 2019 salariés et 2019 euros, le 12 mars 2020.", "2021")
    assert [(m.kind, m.surface) for m in found] == [
        ("date", "2019"),
        ("jobs", "2019 salariés"),
        ("amount", "2019 euros"),
        ("date", "12 mars 2020"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Une perte de 200 emplois a été évitée.",
        "Cyclium ne supprimera pas les 60 postes annoncés.",
        "Le groupe dément la suppression de 80 postes.",
        "Les syndicats craignent la suppression de 45 postes.",
        "Le groupe renonce à créer 30 emplois.",
    ],
)
def test_what_is_denied_avoided_or_feared_happens_to_no_job(text):
    assert all(m.subtype not in {"cut", "created"} for m in find_values(text) if m.kind == "jobs")


def test_each_clause_says_what_becomes_of_its_own_jobs():
    text = "Le Gard a gagné 3 400 emplois quand l'Hérault en perdait 1 200."
    assert [m.subtype for m in find_values(text) if m.kind == "jobs"] == ["counted", "cut"]
