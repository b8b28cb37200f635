"""What an address alone says about its page."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alescrawl.crawling.pages.address_kinds import address_kind, is_like_headline, title_kind

SITE = "https://journal.example"
SEEN = Path(__file__).parents[4] / "shared" / "reference" / "sources.jsonl"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "home"),
        ("/index.php", "home"),
        ("/mentions-legales/", "legal"),
        ("/fr/mentions-legales.html", "legal"),
        ("/Politique-de-confidentialit%C3%A9", "legal"),
        ("/contact", "contact"),
        ("/a-propos/", "about"),
        ("/auteur/jeanne-bastide-du-gard/", "author"),
        ("/?author=3", "author"),
        ("/spip.php?auteur3", "author"),
        ("/etiquette/ales", "tag"),
        ("/tag/reprise-d-entreprise/page/2/", "tag"),
        ("/spip.php?mot12", "tag"),
        ("/category/economie/", "listing"),
        ("/categorie/economie/industrie", "listing"),
        ("/spip.php?rubrique4", "listing"),
        ("/-Economie-", "listing"),
        ("/taxonomy/term/3", "listing"),
        ("/2026/03/", "listing"),
        ("/economie/page/12/", "listing"),
        ("/-Economie-?debut_articles=10", "listing"),
        ("/?s=usine", "search"),
        ("/recherche", "search"),
        ("/boutique/numero-12/", "shop"),
        ("/panier", "shop"),
        ("/wp-login.php?redirect_to=x", "service"),
        ("/une-usine/?replytocom=4", "service"),
        ("/?attachment_id=9", "attachment"),
        ("/feed/", "feed"),
        ("/spip.php?page=backend", "feed"),
        ("/uploads/2026/03/plan.PDF", "file"),
    ],
)
def test_what_is_no_article_by_its_address(path, kind):
    assert address_kind(SITE + path) == kind


@pytest.mark.parametrize(
    "path",
    [
        "/une-usine-recrute-a-ales/",
        "/economie/une-usine-recrute-12345.html",
        "/2026/03/15/une-usine-recrute/",
        "/?p=12",
        "/index.php?p=12",
        "/spip.php?article45",
        "/Une-usine-recrute,45",
        "/node/12",
        "/categorie/economie/une-usine-recrute-trente-personnes",
        "/recherche/un-laboratoire-ouvre-ses-portes",
        "/economie/contact-avec-la-chine",
        "/gard/auteurs-et-libraires-a-nimes-12.php",
        "/economie",
    ],
)
def test_what_may_be_an_article_is_left_open(path):
    assert address_kind(SITE + path) is None


def test_a_headline_is_told_from_the_name_of_a_rubric():
    assert is_like_headline(f"{SITE}/economie/une-usine-recrute-a-ales")
    assert is_like_headline(f"{SITE}/economie/usine-4512.html")
    assert is_like_headline(f"{SITE}/?p=12")
    assert not is_like_headline(f"{SITE}/economie-emploi/")


def test_the_headline_of_a_page_for_visitors_is_known_whatever_its_address():
    assert title_kind("Mentions légales") == "legal"
    assert title_kind("Qui sommes-nous ?") == "about"
    assert title_kind("Contact avec la Chine") is None


@pytest.mark.skipif(not SEEN.is_file(), reason="the addresses seen are not at hand")
def test_no_address_of_an_article_that_was_seen_is_taken_for_something_else():
    records = map(json.loads, SEEN.read_text("utf-8").splitlines())
    listings = r"/2018/08/07/"
    wrong = [
        url
        for record in records
        for url in record.get("seen_urls") or ()
        if address_kind(url) is not None and listings not in url
    ]
    assert wrong == []


@given(st.text(), st.text("/-_.?&=%aé1+"))
def test_no_text_raises(text, path):
    for url in (text, f"https://x.fr/{path}"):
        address_kind(url)
        is_like_headline(url)
        title_kind(url)
