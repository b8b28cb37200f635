"""Section, tags and picture of pages that state none."""

import pytest

from alescrawl.extraction.article import extract_article

TITLE = "Le pont de pierre"
TEXT = (
    "<p>Le conseil de la vallée a voté hier soir la reprise du pont, pour deux millions.</p>"
    "<p>Les commerçants de la rue basse disent attendre l'ouverture avec impatience.</p>"
)
CARD = "<div><a href=/b><img src=/b.jpg><h3>La halle rouvre samedi</h3></a><p>Un bal.</p></div>"
PATH = "<a href=/>Accueil</a> &gt; <a href=/-economie->Économie</a> &gt; <strong>Le pont</strong>"
WORDS = "<a href=/+-pont-+ rel=tag>pont</a> <a href=/+-crue-+ rel=tag>crue</a>"
ASIDE = "<aside class=tags><a rel=tag href=/t>foire</a></aside>"
SPIP = f"""<div id=header><a href=/><img class=spip_logo src=/IMG/site.png width=220></a></div>
<p class=arbo>{PATH}</p><h1>{TITLE}</h1>
<img class='spip_logo spip_logos' src=/local/L150/pont.jpg width=150 height=113>
<div class=texte>{TEXT}</div><div class='menu mots'><h2>Mots-clés</h2>{WORDS}</div>{CARD}"""
GHOST = f"""<header><a href=/><img src=/logo.png></a></header><article class=gh-article>
<a class=gh-article-tag href=/tag/economie/>Économie</a><h1>{TITLE}</h1>
<div class=meta><img class=author-profile-image src=/anna.jpg></div>
<figure><img src=/content/pont.jpg><figcaption>Le pont. Photo Anaïs Desmaret</figcaption></figure>
<section class=gh-content>{TEXT}</section></article>{CARD}"""


def _read(body):
    page = f"<html lang=fr><head><title>{TITLE}</title></head><body>{body}</body></html>"
    return extract_article(page, "https://gazette.example/le-pont-de-pierre")


@pytest.mark.parametrize(
    ("body", "section", "tags", "image"),
    [
        (SPIP, "Économie", ["pont", "crue"], "/local/L150/pont.jpg"),
        (GHOST, "Économie", ["Économie"], "/content/pont.jpg"),
        (
            f"<h1>{TITLE}</h1>{TEXT}<p>Mots-clés : <a href=/mot/pont>pont</a></p>{CARD}",
            None,
            ["pont"],
            None,
        ),
        (
            f"<article><h1>{TITLE}</h1>{TEXT}<a rel=category href=/c>Vie</a></article>{ASIDE}",
            "Vie",
            [],
            None,
        ),
    ],
)
def test_what_a_page_prints_stands_in_for_what_it_does_not_state(body, section, tags, image):
    article = _read(body)
    assert (article.section, article.tags) == (section, tags)
    assert article.image_url == (image and f"https://gazette.example{image}")
    assert all(article.provenance.get(key) in {None, "generic"} for key in ("section", "tags"))


def test_a_photographer_named_after_the_caption_is_the_credit():
    article = _read(GHOST)
    assert (article.image_caption, article.image_credit) == ("Le pont", "Anaïs Desmaret")


def test_a_picture_below_the_text_is_of_another_article():
    assert _read(f"<h1>{TITLE}</h1>{TEXT}<img src=/other.jpg>").image_url is None


def test_addresses_are_relative_to_the_base_that_the_page_names():
    body = f"<base href=https://cdn.example/><h1>{TITLE}</h1><img src=p.jpg>{TEXT}"
    assert _read(body).image_url == "https://cdn.example/p.jpg"
