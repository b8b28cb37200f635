"""What a picture shows and whom to credit are told apart."""

from __future__ import annotations

import time

import pytest
from cpu import allowed
from lxml.html import document_fromstring

from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.body.captions import (
    Caption,
    bare_credit,
    lead_image_caption,
    split_caption,
)


@pytest.mark.parametrize(
    ("printed", "text", "credit"),
    [
        ("Le pont (Photo : Jeanne Roux / Le Courrier)", "Le pont", "Jeanne Roux / Le Courrier"),
        ("Une salle comble. © Paul Marsan / Midi", "Une salle comble.", "Paul Marsan / Midi"),
        ("L’équipe [Crédit photo : L. Petit]", "L’équipe", "L. Petit"),
        ("L’usine en 2012. Photo d’archives : X. Blanc", "L’usine en 2012", "X. Blanc"),
        ("L’usine (photo Paul Marsan)", "L’usine", "Paul Marsan"),
        ("La mairie. DR", "La mairie", "DR"),
        ("Le chantier © D.R.", "Le chantier", "D.R."),
        ("Vue aérienne - AFP", "Vue aérienne", "AFP"),
    ],
)
def test_credit_is_cut_from_the_caption(printed, text, credit):
    assert split_caption(printed) == Caption(text, credit)


@pytest.mark.parametrize(
    ("printed", "credit"),
    [
        ("© DR", "DR"),
        ("(Crédits : DR)", "DR"),
        ("Crédit photo : Ville de Sarvan", "Ville de Sarvan"),
    ],
)
def test_line_that_is_only_a_credit(printed, credit):
    assert split_caption(printed) == Caption(None, credit)


@pytest.mark.parametrize(
    "printed", ["Le maire pose devant la photo de groupe.", "La photo : un art", "Le pont", ""]
)
def test_sentence_about_a_photograph_is_no_credit(printed):
    assert split_caption(printed) == Caption(printed or None)


def test_caption_printed_twice_is_kept_once():
    assert split_caption("Le pont neuf. Le pont neuf.") == Caption("Le pont neuf")


def test_words_that_announce_a_credit_are_no_part_of_it():
    assert bare_credit("Crédits photos : © Agglo de Sarvan") == "Agglo de Sarvan"


@pytest.mark.parametrize("unit", ["( photo : ", "photo ", "©", " ", "crédit photo : ", "x. "])
def test_a_caption_of_hostile_repetitions_is_read_in_no_time(unit):
    began = time.process_time()
    split_caption((unit * 1000)[:990] + "!")
    assert time.process_time() - began < allowed(0.1)


def caption_of(html):
    blocks = read_blocks(document_fromstring(f"<body>{html}</body>"))
    return lead_image_caption(blocks, blocks.text.index("Le conseil a voté."))


BODY = "<p>Le conseil a voté.</p>"
FIGURE = "<figure><img><figcaption>Le pont. <span>© Paul Marsan</span></figcaption></figure>"


def test_caption_of_the_image_above_the_text():
    assert caption_of(f"<h1>Un titre</h1>{FIGURE}{BODY}") == Caption("Le pont.", "Paul Marsan")


def test_caption_marked_by_its_class():
    html = '<h1>Un titre</h1><p class="wp-caption-text">Le pont (photo L. Petit)</p>'
    assert caption_of(html + BODY) == Caption("Le pont", "L. Petit")


def test_credit_on_a_line_of_its_own():
    html = "<figure><figcaption><p>Le pont neuf.</p><p>Paul Marsan</p></figcaption></figure>"
    assert caption_of(f"<h1>Un titre</h1>{html}{BODY}") == Caption("Le pont neuf.", "Paul Marsan")


def test_credit_before_the_caption():
    html = "<figure><figcaption><p>© DR</p><p>Le pont neuf.</p></figcaption></figure>"
    assert caption_of(f"<h1>Un titre</h1>{html}{BODY}") == Caption("Le pont neuf.", "DR")


def test_image_above_the_headline():
    assert caption_of(f"{FIGURE}<h1>Un titre</h1>{BODY}") == Caption("Le pont.", "Paul Marsan")


def test_image_deep_in_the_text_is_not_the_lead_image():
    assert caption_of(f"<h1>Un titre</h1>{BODY}{'<p>Suite.</p>' * 9}{FIGURE}") == Caption()


def test_page_without_a_picture_has_no_caption():
    assert caption_of(f"<h1>Un titre</h1>{BODY}") == Caption()


@pytest.mark.parametrize(
    "line", ["Photo Jeanne Roux", "Photo Jeanne-Marie Le Goff.", "PHOTO J. Roux"]
)
def test_a_photographer_alone_in_the_line_is_a_credit(line):
    caption = split_caption(line)
    assert caption.text is None
    assert caption.credit == line.partition(" ")[2].rstrip(".")


@pytest.mark.parametrize("line", ["Photo de famille", "Image du pont Saint-Jean", "Photo d'hier"])
def test_what_a_photograph_shows_is_no_credit(line):
    assert split_caption(line).credit is None
