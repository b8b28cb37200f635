"""A text that stops at a paywall is seen to be cut; a whole one is not."""

from __future__ import annotations

import pytest

from alescrawl import extract_article
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


TEXT = "<p>" + "La coopérative de Sauvelade a embauché huit personnes cette année. " * 4 + "</p>"
GATES = {
    "ghost": '<aside class="gh-post-upgrade-cta"><div class="gh-post-upgrade-cta-content"><h2>'
    "La suite est pour nos mécènes</h2><a>Devenir mécène</a></div></aside>",
    "substack": '<div data-testid="paywall-x" class="paywall-jump w1"><h2 class="paywall-title">'
    "La lettre continue pour les amis</h2></div>",
    "memberpress": '<div class="mepr-unauthorized-message">Un compte ouvre ce qui suit</div>',
    "pmpro": '<div class="pmpro"><div class="pmpro_card pmpro_content_message"><p>Devenez membre '
    "pour voir la fin.</p></div></div>",
    "woocommerce": '<div class="wc-memberships-restriction-message">Rejoignez le cercle ici</div>',
    "piano": '<div id="piano-paywall" style="display: block"><p>Encore trois pages ici.</p></div>',
}


def shown(rest, head=""):
    html = f"<html lang=fr><head>{head}</head><body><main><h1>Huit emplois</h1>{TEXT}{rest}"
    return extract_article(f"{html}</main></body></html>", "https://journal.example/huit-emplois")


@pytest.mark.parametrize("system", GATES)
def test_a_box_for_members_means_truncated_and_its_words_are_not_the_articles(system):
    article = shown(GATES[system])
    assert (article.access, article.access_seen_truncated) == ("paid", True)
    assert article.text == " ".join(TEXT[3:-4].split())


def test_a_box_that_only_holds_a_list_of_parts_that_are_not_free_is_read_from_json_ld():
    part = '{"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".corps"}'
    head = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": '
        f'"NewsArticle", "headline": "Huit emplois", "hasPart": {part}}}</script>'
    )
    assert (shown("", head).access_declared_free, shown("", head).access) == (False, "paid")


@pytest.mark.parametrize(
    "rest",
    [
        '<div class="poool-widget"></div>',
        '<div class="paywall-cta" hidden><p>Abonnez vous ici maintenant</p></div>',
        "<p>Le module gh-post-upgrade-cta de Ghost fait parler de lui dans les rédactions.</p>",
        '<div class="paywall-ctas"><p>Huit personnes ont suivi la formation.</p></div>',
    ],
)
def test_a_box_that_is_empty_hidden_or_called_otherwise_stops_nothing(rest):
    assert shown(rest).access is None
    assert shown(f'<div class="pmpro_no_access"><h1>Huit</h1>{TEXT}</div>').access is None
