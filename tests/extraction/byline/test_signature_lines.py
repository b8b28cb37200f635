from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.extraction.article import extract_article
from alescrawl.extraction.byline.signature_lines import is_signature_line, without_signatures
from alescrawl.items import Paragraph


@pytest.mark.parametrize(
    "line",
    [
        "Par Christol Léa, publié le 03 JUIL 2019 à 12:00",
        "Publié il y a 3 ans - Mise à jour le 12.03.2022 - thierry-allard - 3 min  - vu 250 fois",
        "jeudi 27 juin 2019, par Anne Roux",
        "Publié le 12 mars 2025 à 18:30, mis à jour le 13 mars 2025 à 08:05",
        "Mis à jour le 25/05/2021",
        "Ecrit par le 25 avril 2024",
        "Publié le vendredi 11 avril 2025 - Vergèze",
        "Paru le :Paru le12/10/2022",
        "12/03/2025",
        "Anne Roux, Luc Petit (Insee)",
        "Anne Roux / roux@exemple.net",
        "Propos recueillis par Anne Roux",
        "Par Anne Roux, France Bleu Gard Lozère",
        "Par ALIZÉ CONSEIL, le 25 Octobre 2016",
        "Yannick DELORGUE",
        "La rédaction avec AFP",
        "AFP",
        "Jean Roux, correspondant à Alès",
        "By Ann Lee and Bob Ray",
    ],
)
def test_bylines_and_date_lines_are_told(line):
    assert is_signature_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Le maire a signé mardi.",
        "La zone du plateau grandit",
        "Lundi, le maire d'Alès a reçu Jean Roux, directeur de l'usine.",
        "Par ailleurs, la mairie prévoit une seconde tranche de travaux.",
        "Par exemple ?",
        "En 2025, 12 entreprises se sont installées.",
        "Publié à Paris, son livre raconte la mine.",
        "Jean Roux a pris la tête de l'entreprise le 12 mars 2025.",
        "Avec 200 salariés, Solaure est le premier employeur du canton.",
        "Oui.",
        "Pourquoi avoir choisi Alès ?",
        "Anne Roux : Nous avons attendu trois ans.",
        "La rédaction de ce texte a pris trois semaines au service juridique de la ville.",
    ],
)
def test_sentences_are_text(line):
    assert not is_signature_line(line)


def test_lines_that_sign_leave_the_text_and_headings_stay():
    lines = ["Par Anne Roux", "Vallée Longue", "La mine rouvre.", "Elle emploie.", "Anne Roux"]
    paragraphs = [Paragraph("paragraph", line) for line in lines]
    kept = without_signatures(paragraphs, ["Anne Roux"])
    assert [paragraph.text for paragraph in kept] == lines[1:4]


def test_a_name_amid_the_text_or_in_a_list_stays():
    lines = [Paragraph("paragraph", f"Phrase {n}.") for n in range(12)]
    lines[6] = Paragraph("paragraph", "Anne Roux")
    lines[11] = Paragraph("list_item", "Anne Roux")
    assert without_signatures(lines, ["Anne Roux"]) == lines


@given(st.text(max_size=250))
def test_any_line_is_judged(line):
    assert is_signature_line(line) in {True, False}


def test_a_name_and_its_mail_address_below_the_text_sign_it():
    text = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps. " * 5 + "</p>"
    line = "<p>Jeanne MOLARD – jmolard@courrier.example</p>"
    page = f"<html><body><main><h1>Une usine ouvre</h1>{text}{line}</main></body></html>"
    article = extract_article(page, "https://courrier.example/une-usine-ouvre")
    assert article.authors == ["Jeanne Molard"]
    assert "MOLARD" not in article.text
