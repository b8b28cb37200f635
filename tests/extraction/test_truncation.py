"""A text that stops at a paywall is seen to be cut; a whole one is not."""

from __future__ import annotations

import pytest

from alescrawl.extraction.access import ends_in_ellipsis, is_paywall_notice, seen_truncated


@pytest.mark.parametrize("text", ["Le maire a promis une…", "Le projet (...)", "Le pont [...] "])
def test_ellipsis_in_any_form_ends_a_cut_text(text):
    assert ends_in_ellipsis(text)


@pytest.mark.parametrize("text", ["Le maire a promis.", "« Enfin… », dit-il.", ""])
def test_whole_sentence_ends_in_no_ellipsis(text):
    assert not ends_in_ellipsis(text)


@pytest.mark.parametrize(
    "notice",
    [
        "Cet article est réservé aux abonnés",
        "Il vous reste 70 % de cet article à lire.",
        "Pour lire l’intégralité de ce contenu, abonnez-vous",
        "Subscribe to continue reading",
    ],
)
def test_notice_after_the_text_means_truncated(notice):
    assert is_paywall_notice(notice)
    assert seen_truncated("Le conseil s’est réuni lundi.", ["Partager", notice]) is True


def test_read_more_after_an_ellipsis_means_truncated():
    assert seen_truncated("Le conseil s’est réuni…", ["Lire la suite"]) is True


def test_read_more_after_a_whole_sentence_tells_nothing():
    assert seen_truncated("Le conseil s’est réuni lundi.", ["Lire la suite"]) is None


def test_paragraph_about_subscribers_is_no_notice():
    assert not is_paywall_notice("Il vous reste à convaincre, a dit le maire. " * 20)


def test_notice_far_below_the_text_tells_nothing():
    assert seen_truncated("Fin.", ["Autre titre"] * 40 + ["Cet article est réservé"]) is None
