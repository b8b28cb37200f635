from __future__ import annotations

import json

import pytest

from alescrawl.extraction.article import extract_article

URL = "https://www.courrier-sarvan.example/industrie/article"
TEXT = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 4 + "</p>"


def page(head="", body=""):
    return f"<html lang=fr><head>{head}</head><body><main>{body}{TEXT}</main></body></html>"


def title(head="", body="", url=URL):
    return extract_article(page(head, body), url).title


def og(text, site=""):
    name = f'<meta property="og:site_name" content="{site}">'
    return f'<meta property="og:title" content="{text}">{name}'


def ld(headline):
    node = f'{{"@type": "NewsArticle", "headline": "{headline}"}}'
    return f'<script type="application/ld+json">{node}</script>'


@pytest.mark.parametrize(
    "printed",
    [
        "L'atelier ouvre | Le Courrier du Sarvan",
        "L'atelier ouvre - Le Courrier du Sarvan",
        "L'atelier ouvre – Courrier-Sarvan.example",
        "L'atelier ouvre — LE COURRIER DU SARVAN",
        "Le Courrier du Sarvan : L'atelier ouvre",
        "L'atelier ouvre | Courrier-Sarvan",
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(printed):
    head = f"<title>{printed}</title>" + og(printed, "Le Courrier du Sarvan")
    assert title(head) == "L'atelier ouvre"


def test_a_section_after_the_headline_goes_too_where_the_heading_shows_it():
    head = "<title>L'atelier ouvre - Industrie | Sarvan</title>"
    assert title(head, "<h1>L'atelier ouvre</h1>") == "L'atelier ouvre"


def test_a_dash_of_the_headline_stays():
    assert title(og("Vins - la récolte baisse"), "<h1>Vins - la récolte baisse</h1>") == (
        "Vins - la récolte baisse"
    )


def test_two_that_agree_win_against_the_third():
    head = ld("Un titre pour les moteurs de recherche") + og("L'atelier ouvre ses portes")
    assert title(head, "<h1>L'atelier ouvre ses portes</h1>") == "L'atelier ouvre ses portes"


def test_structured_data_wins_where_all_differ():
    head = ld("L'atelier ouvre") + og("Vous ne devinerez jamais")
    assert title(head, "<h1>Exclusif : un lieu nouveau</h1>") == "L'atelier ouvre"


def test_a_title_for_search_engines_gives_way_to_the_printed_heading():
    words = "Atelier Sarvan : l'atelier ouvre ses portes"
    head = f"<title>{words}</title>" + og(words)
    assert title(head, "<h1>L'atelier ouvre enfin ses portes</h1>") == (
        "L'atelier ouvre enfin ses portes"
    )


def test_a_meta_title_cut_at_a_quotation_mark_is_completed():
    assert title(og("Le maire juge le projet"), '<h1>Le maire juge le projet "utile"</h1>') == (
        'Le maire juge le projet "utile"'
    )


def test_a_heading_that_is_the_logo_is_passed_over():
    head = og("L'atelier ouvre ses portes", "Le Courrier")
    assert title(head, "<h1>Le Courrier</h1><h2>L'atelier ouvre ses portes</h2>") == (
        "L'atelier ouvre ses portes"
    )


def test_quotation_marks_of_the_headline_are_kept():
    assert title("", "<h1>« La donnée doit rester ici »</h1>") == "« La donnée doit rester ici »"


def test_a_page_without_any_title_has_none():
    article = extract_article(page(), URL)
    assert article.title is None
    assert "title" not in article.provenance


@pytest.mark.parametrize(
    ("body", "kicker"),
    [
        ('<p class="surtitre">ALÈS</p><h1>L\'atelier ouvre</h1>', "ALÈS"),
        ("<div>FAIT DU JOUR</div><h1>L'atelier ouvre</h1>", "FAIT DU JOUR"),
        ('<h1><span class="article-kicker">Emploi</span> L\'atelier ouvre</h1>', "Emploi"),
        ('<h1><span class="overline">Emploi</span> - <b>L\'atelier ouvre</b></h1>', "Emploi"),
        ("<p>Accueil</p><h1>L'atelier ouvre</h1>", None),
    ],
)
def test_a_kicker_that_is_marked_apart_is_kept_apart(body, kicker):
    article = extract_article(page("", body), URL)
    assert (article.kicker, article.title) == (kicker, "L'atelier ouvre")


def test_a_kicker_that_a_colon_joins_to_the_headline_stays_in_it():
    body = '<h1><span class="kicker">Emploi</span> L\'atelier recrute</h1>'
    assert title(og("Emploi : l'atelier recrute"), body) == "Emploi : l'atelier recrute"


def test_the_sources_own_selector_wins():
    html = page(ld("Autre"), '<h1>Autre</h1><div class="vrai">Le vrai titre</div>')
    article = extract_article(html, URL, selectors={"title": ".vrai"})
    assert (article.title, article.provenance["title"]) == ("Le vrai titre", "selector")


def test_of_two_main_headings_the_one_that_links_to_the_home_page_is_the_sites_name():
    head = "<title>Le verger commun rouvre – La Gazette du Sarvan</title>"
    logo = (
        '<h1><a href="https://www.courrier-sarvan.example" rel="home">La Gazette du Sarvan</a></h1>'
    )
    assert title(head, f"{logo}<h1>Le verger commun rouvre</h1>") == "Le verger commun rouvre"


BODY = "<p>" + "Le nouvel atelier accueillera trente salariés au printemps prochain. " * 5 + "</p>"
WHOLE = (
    "La tannerie de Sarvan rouvre ses portes et promet quarante emplois avant la fin de l'année "
    "prochaine, malgré les doutes"
)


def _titled(head, body, url="https://www.courrierdesarvan.example/economie/tannerie-12.html"):
    page = f"<html lang=fr><head>{head}</head><body>{body}<main>{BODY}</main></body></html>"
    return extract_article(page, url).title


def _headline(text):
    node = {"@type": "NewsArticle", "headline": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize("cut", [WHOLE[:108], WHOLE[:40] + "...", WHOLE[:40] + "…", WHOLE[:47]])
def test_a_headline_that_was_cut_gives_way_to_the_whole_one(cut):
    assert _titled(_headline(cut), f"<h1>{WHOLE}</h1>") == WHOLE
    assert _titled(_headline(cut) + f"<title>{WHOLE} - Le Courrier de Sarvan</title>",
                   "<a href=/>Le Courrier de Sarvan</a>") == WHOLE  # fmt: skip


def test_a_shorter_headline_that_is_whole_stays():
    short = "La tannerie de Sarvan rouvre"
    assert _titled(_headline(short), f"<h1>{short} : quarante emplois promis</h1>") == short


@pytest.mark.parametrize(
    "logo",
    [
        "<h1><a href=/>Le Courrier de Sarvan</a></h1>",
        "<h1 class=site-title>Le Courrier de Sarvan</h1>",
        "<div id=logo><h1>Le Courrier de Sarvan</h1></div>",
    ],
)
@pytest.mark.parametrize(
    "title",
    ["{} | Le Courrier de Sarvan", "Le Courrier de Sarvan - {}", "{} - Le Courrier de Sarvan"],
)
def test_a_logo_that_is_the_only_h1_is_no_title(logo, title):
    text = "La tannerie rouvre ses portes"
    head = f"<title>{title.format(text)}</title>"
    assert _titled(head, f"<header>{logo}</header><h2>{text}</h2>") == text
    assert _titled(head, f"<header>{logo}</header>") == text


@pytest.mark.parametrize(
    "title",
    [
        "Le Courrier de Sarvan | {}",
        "{} - Économie - Le Courrier de Sarvan",
        "{} | Économie | Le Courrier de Sarvan",
        "{} – Courrier de Sarvan",
    ],
)
def test_site_and_section_are_no_part_of_the_title(title):
    text = "La tannerie rouvre ses portes"
    head = f"<title>{title.format(text)}</title>"
    assert _titled(head, "<a href=/>Le Courrier de Sarvan</a>") == text
    assert _titled(head, "") == text


def test_a_headline_that_is_stated_as_the_name_of_the_site_stays_the_headline() -> None:
    """Some themes put the title into og:site_name: neither title nor publisher may go by it."""
    title = "Les trois communes de la vallée partagent une seule usine d'eau potable dès l'été"
    page = (
        f"<html><head><title>{title} | Pivotin</title><meta property='og:site_name' "
        f'content="{title}"></head><body><h1>{title}</h1><p>Un texte.</p></body></html>'
    )
    article = extract_article(page, "https://pivotin.example/eau")
    assert (article.title, article.publisher) == (title, None)


LONG = (
    "Le pont de pierre de la vallée sera repris avant l'été pour deux millions d'euros, et les "
    "commerçants de la rue basse respirent enfin"
)
BRIDGE = "Le pont de pierre sera repris avant l'été"


def titled(title_element, h1="", head="", url="https://www.gazette-val.example/economie/pont"):
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return title(f"<title>{title_element}</title>{head}", heading, url)


@pytest.mark.parametrize("cut", [LONG[:110], LONG[:89], LONG[:84], LONG[:70] + "..."])
def test_a_headline_cut_at_any_length_gives_way_to_the_whole_one(cut):
    assert titled("Le pont", LONG, ld(cut)) == LONG


@pytest.mark.parametrize(
    ("whole", "h1", "head"),
    [
        (f"{BRIDGE} | La Gazette du Val", "La Gazette du Val", ""),
        (f"{BRIDGE} | Le Fil de Pierre", "Le Fil de Pierre", ""),
        (f"{BRIDGE} - Gazette Val", "Économie", ""),
        (f"{BRIDGE}—Gazette Val", "", ""),
        (f"{BRIDGE} _ Gazette Val", "", ""),
        (f"{BRIDGE} | Gazette Val Sarvan", "", ""),
        (f"Accueil | {BRIDGE}", "", ""),
        (BRIDGE, f"{BRIDGE}<span class=date>4 novembre 2026</span>", ""),
        (BRIDGE, f"<span class='badge red'>Abonnés</span> {BRIDGE}", ""),
        (f"Abonnés. {BRIDGE}", f"Abonnés. {BRIDGE}", ""),
        (BRIDGE, "", ld(f"<b>{BRIDGE}</b>")),
        (BRIDGE, "", og("&lt;i&gt;Le pont&lt;/i&gt; de pierre sera repris avant l'été")),
    ],
)
def test_what_is_no_part_of_the_headline_is_no_title(whole, h1, head):
    assert titled(whole, h1, head) == BRIDGE


@pytest.mark.parametrize("whole", ["Val - Sarvan, la ligne de trop ?", "VIDÉO. Le pont rouvre"])
def test_what_belongs_to_the_headline_stays(whole):
    assert titled(f"{whole} | Gazette Val", whole) == whole
