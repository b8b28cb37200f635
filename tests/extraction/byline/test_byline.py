from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest
from cpu import allowed
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.extraction.byline.byline import parse_byline
from alescrawl.extraction.byline.names import person_name
from alescrawl.extraction.byline.words import agencies, openings, words

PERSONS = [
    ("Par Christol Léa", ["Léa Christol"]),
    ("Éric GIRAUDIER", ["Éric Giraudier"]),
    ("GIRAUDIER Éric", ["Éric Giraudier"]),
    ("Par LE GOFF Anne", ["Anne Le Goff"]),
    ("ANNE-LISE ROUX", ["Anne-Lise Roux"]),
    ("Dupont, Julie", ["Julie Dupont"]),
    ("thierry-allard", ["Thierry Allard"]),
    ("jean-luc-ferrand", ["Jean-Luc Ferrand"]),
    ("prenom.nom@exemple.fr", ["Prenom Nom"]),
    ("Par Jeanne Roux et Marie Bel", ["Jeanne Roux", "Marie Bel"]),
    ("Jeanne Roux, Marie Bel & Luc Petit", ["Jeanne Roux", "Marie Bel", "Luc Petit"]),
    ("Jeanne Roux / Marie Bel", ["Jeanne Roux", "Marie Bel"]),
    ("By Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
    ("Von Uwe Kern und Jana Wolf", ["Uwe Kern", "Jana Wolf"]),
    ("Propos recueillis par Élodie Bosc", ["Élodie Bosc"]),
    ("Le reportage de Anne Petit et Luc Roux :", ["Anne Petit", "Luc Roux"]),
    ("Texte et photos : Anne Roux", ["Anne Roux"]),
    ("Par Jean Roux (correspondant à Alès)", ["Jean Roux"]),
    ("Par Jean Roux, correspondant à Alès", ["Jean Roux"]),
    ("Par Jean Roux, à Nîmes", ["Jean Roux"]),
    ("Jean Roux Journaliste", ["Jean Roux"]),
    ("Jean Roux Grand reporter", ["Jean Roux"]),
    ("Jean Roux | lundi 9 décembre 2019 à 09h08", ["Jean Roux"]),
    ("Jean Roux - Publié le 12/03/2025 à 18:30", ["Jean Roux"]),
    ("Jean Roux - 3 min - vu 250 fois", ["Jean Roux"]),
    ("Par Jean Roux. Photo : Paul Bel / Objectif", ["Jean Roux"]),
    ("Par Jean Roux © Paul Bel", ["Jean Roux"]),
    ("Jean Roux avec Marie Bel", ["Jean Roux", "Marie Bel"]),
    ("Jean Roux jean.roux@exemple.fr", ["Jean Roux"]),
    ("M. Jean de La Tour", ["Jean de La Tour"]),
    ("Dr. Anna Kern", ["Dr. Anna Kern"]),
    ("R.C. BAKER", ["R.C. Baker"]),
    ("Bill MCCARTHY", ["Bill McCarthy"]),
    ("SIOBHAN O'SHEA", ["Siobhan O'Shea"]),
    ("Loïc Le Clerc", ["Loïc Le Clerc"]),
    ("Lê Phương", ["Lê Phương"]),
    ("Simon Martin", ["Simon Martin"]),
    ("Juin Léa", ["Léa Juin"]),
    ("ROY Anne", ["Anne Roy"]),
    ("Posté le 12/03/2024 par Anne Roux", ["Anne Roux"]),
    ("Le 12/03/2025 à 18h Par Jean ROUX", ["Jean Roux"]),
    ("Article de presse écrit par Jean Roux", ["Jean Roux"]),
    ("Christoph von Ritter", ["Christoph von Ritter"]),
    ("Jean Roux le 5 mars à 10h", ["Jean Roux"]),
    ("Jean Roux Publié le 5 mars", ["Jean Roux"]),
    ("CC", ["CC"]),
    ("Elba", ["Elba"]),
    ("Андрей Петров", ["Андрей Петров"]),
]

HOUSES = [
    ("AFP", ["AFP"]),
    ("Agence France-Presse", ["AFP"]),
    ("Par l'AFP", ["AFP"]),
    ("La rédaction", ["La rédaction"]),
    ("La rédaction avec AFP", ["La rédaction", "AFP"]),
    ("Reuters, AFP", ["Reuters", "AFP"]),
    ("Les Membres du Chœur de la ville", ["Les Membres du Chœur de la ville"]),
    ("exemple.fr", ["exemple.fr"]),
    ("Rédaction 1er novembre 2023 10:29", ["Rédaction"]),
    ("exemple.fr, Nîmes, France", ["exemple.fr"]),
    ("Service économie", ["Service économie"]),
    ("The Associated Press", ["The Associated Press"]),
    ("Nachrichtenagentur SID", ["Nachrichtenagentur SID"]),
    ("Lokalredaktion", ["Lokalredaktion"]),
]

NOBODY = [
    "",
    " , ",
    "Par",
    "admin",
    "Publié par Unknown",
    "@compte",
    "https://exemple.fr/auteurs/jean-roux/",
    "43551483274264072",
    "(Photo : Jean Roux / Objectif)",
    "Foto: Bild: SN/APA/KEYSTONE/JAN KERN",
    "Crédit photo : Jean Roux",
    "Publié le 12 mars 2025",
    "No Author",
    "Ces cookies permettent d'établir des statistiques de fréquentation du site",
]


@pytest.mark.parametrize(("text", "authors"), PERSONS)
def test_persons_are_read_in_printed_and_natural_order(text, authors):
    signed = parse_byline(text)
    assert (signed.authors, signed.agencies) == (authors, [])


@pytest.mark.parametrize(("text", "houses"), HOUSES)
def test_agencies_and_desks_are_no_persons(text, houses):
    signed = parse_byline(text)
    assert (signed.authors, signed.agencies) == ([], houses)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_made_up(text):
    signed = parse_byline(text)
    assert (signed.authors, signed.agencies) == ([], [])


@pytest.mark.parametrize(
    ("text", "authors", "houses"),
    [
        ("Anthony Maurin avec l'Insee", ["Anthony Maurin"], ["Insee"]),
        ("Par Jean Roux avec AFP", ["Jean Roux"], ["AFP"]),
        ("Par Jean Roux (AFP)", ["Jean Roux"], ["AFP"]),
        ("Jean Roux, Radio Cévennes", ["Jean Roux"], ["Radio Cévennes"]),
        (
            "By Ann Lee The Associated Press Posted May 4, 2024",
            ["Ann Lee"],
            ["The Associated Press"],
        ),
        ("AFP, MANILA", [], ["AFP"]),
    ],
)
def test_a_person_and_an_agency_may_sign_together(text, authors, houses):
    signed = parse_byline(text)
    assert (signed.authors, signed.agencies) == (authors, houses)


def test_the_sites_own_name_is_no_person():
    assert parse_byline("Vivre Ici", publisher="Vivre Ici").agencies == ["Vivre Ici"]
    assert parse_byline("Vivre Ici", publisher="Autre").authors == ["Vivre Ici"]


def test_the_byline_is_kept_as_printed():
    assert parse_byline("  Par Jean ROUX\n avec AFP ").raw == "Par Jean ROUX avec AFP"


def test_a_byline_may_say_that_it_is_one():
    assert parse_byline("Propos recueillis par Léa Bosc").introduced
    assert not parse_byline("Léa Bosc").introduced
    assert parse_byline("By Vivre with Agencies", publisher="Vivre").agencies == ["Vivre"]


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    signed = parse_byline(text)
    assert all(name.strip() for name in signed.authors + signed.agencies)


@given(st.lists(st.sampled_from(["Léa Bosc", "Jean Roux", "Ana Gil", "Paul Bel"]), unique=True))
def test_names_keep_their_order_whatever_joins_them(names):
    assert parse_byline(", ".join(names)).authors == names


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "(" * 100_000,
        "a.b@" * 100_000,
        "Par " * 100_000,
        "Jean Roux et " * 50_000,
        "Photo : " * 50_000,
        " - " * 100_000,
        "A'" * 100_000,
    ],
    ids=["word", "brackets", "mail", "openings", "names", "credits", "dashes", "apostrophes"],
)
def test_a_monstrous_byline_costs_little(text):
    begun = time.process_time()
    parse_byline(text)
    assert time.process_time() - begun < allowed(0.1)


def test_a_persons_name_is_stable():
    for _, names in PERSONS:
        for name in names:
            assert person_name(name) == name


def test_the_word_lists_are_clean():
    source = files("alescrawl").joinpath("data", "byline_words.toml").read_text("utf-8")
    lists = tomllib.loads(source)
    for name in lists.keys() - {"agencies", "openings"}:
        assert all(word == word.casefold() for word in words(name)), name
    assert not words("given_names") & words("common_names")
    assert all(line == line.casefold() for lines in openings().values() for line in lines)
    assert agencies()["AFP"] == "AFP"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ruben Vasseur Dec 18, 2031", ["Ruben Vasseur"]),
        ("Ruben Vasseur Nov. 3", ["Ruben Vasseur"]),
        ("Theresa May, 12 mars 2031", ["Theresa May"]),
        ("Theresa May 12 mars 2031", ["Theresa May"]),
        ("Sam Orvault Senior Politics Editor, The Sarvan Post", ["Sam Orvault"]),
        ("Dana Vernois Full-Stack Drupal & PHP Developer", ["Dana Vernois"]),
        ("Mira Talou Content Marketing Coordinator", ["Mira Talou"]),
        ("Jeanne Mazel, CEO", ["Jeanne Mazel"]),
        ("Luc Fabre Watch Live", ["Luc Fabre"]),
        ("Paul Large", ["Paul Large"]),
        ("Claire Vidal, MD, PhD", ["Claire Vidal"]),
        ("Saul Dagan | Size: Small Medium Large | TNN", ["Saul Dagan"]),
        ("Lise Favand, Lise tells our readers about the news of these towns", ["Lise Favand"]),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(line: str, authors: list[str]) -> None:
    """Months of a date, offices, degrees, the page's tools and what is told of the author."""
    assert parse_byline(line).authors == authors
    assert not {"CEO", "MD", "PhD", "Size Small Medium Large"} & set(parse_byline(line).agencies)
