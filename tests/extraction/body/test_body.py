"""What read_body takes for an article's text, on pages invented for it."""

from __future__ import annotations

import re

import pytest

from alescrawl.extraction.article import extract_article
from alescrawl.extraction.body.body import Body, read_body
from alescrawl.extraction.page.page import Page

TITLE = "La filature de Brissac-le-Haut reprend le travail"
FIRST = (
    "Fermée depuis deux ans, la filature a rallumé lundi ses métiers à tisser. Vingt-deux "
    "ouvriers, presque tous anciens de la maison, ont repris leur poste à six heures du matin."
)
SECOND = (
    "Le repreneur, une coopérative de la vallée, promet d'investir quatre millions d'euros en "
    "trois ans. La région en apporte un quart, sous forme d'avance remboursable."
)
THIRD = (
    "Les premières commandes viennent d'un fabricant de toile de tente. « Nous livrerons avant "
    "l'été », assure la directrice, qui espère embaucher dix personnes de plus cet automne."
)
LEAD = "Une coopérative de la vallée relance l'usine textile, avec vingt-deux salariés."


def page(article, *, before="", after="", head=""):
    return (
        f"<html lang='fr'><head><title>{TITLE} - Le Courrier</title>{head}</head><body>"
        "<header><ul class='menu'><li><a href='/'>Accueil</a></li>"
        "<li><a href='/eco'>Économie</a></li></ul></header>"
        f"<main>{before}<article><h1>{TITLE}</h1>{article}</article>{after}</main>"
        "<footer><p>Le Courrier, tous droits réservés. Mentions légales.</p></footer>"
        "</body></html>"
    )


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def read(html, *, title=TITLE, description=None, article_body=None) -> Body:
    return read_body(
        Page.from_html(html, "https://courrier.example/eco/filature"),
        title=title,
        description=description,
        article_body=article_body,
    )


def texts(body):
    return [paragraph.text for paragraph in body.paragraphs]


def kinds(body):
    return [paragraph.kind for paragraph in body.paragraphs]


def test_paragraphs_are_read_in_order():
    assert texts(read(page(paragraphs(FIRST, SECOND, THIRD)))) == [FIRST, SECOND, THIRD]


def test_title_is_not_in_the_text():
    assert TITLE not in texts(read(page(paragraphs(FIRST, SECOND, THIRD))))


def test_title_without_h1_is_not_in_the_text():
    html = page(paragraphs(FIRST, SECOND, THIRD)).replace("h1>", "h2>")
    assert TITLE not in texts(read(html))


def test_menu_and_footer_are_not_in_the_text():
    read_texts = texts(read(page(paragraphs(FIRST, SECOND, THIRD))))
    assert "Accueil" not in read_texts
    assert not any("Mentions légales" in text for text in read_texts)


def test_lead_of_its_own_class_is_first_and_a_lead():
    html = page(f"<div class='chapo'>{LEAD}</div><div>{paragraphs(FIRST, SECOND, THIRD)}</div>")
    body = read(html)
    assert body.lead == LEAD
    assert (kinds(body)[0], texts(body)[0]) == ("lead", LEAD)


def test_description_printed_apart_is_the_lead():
    html = page(f"<h2>{LEAD}</h2><div>{paragraphs(FIRST, SECOND, THIRD)}</div>")
    assert read(html, description=LEAD).lead == LEAD


def test_first_paragraph_like_the_others_is_no_lead():
    body = read(page(paragraphs(FIRST, SECOND, THIRD)), description=FIRST)
    assert body.lead is None


def test_reading_leaves_no_lead_twice():
    html = page(f"<p class='chapo'>{LEAD}</p><p>{LEAD}</p>{paragraphs(FIRST, SECOND, THIRD)}")
    assert texts(read(html)).count(LEAD) == 1


def test_subheads_are_told_from_paragraphs():
    html = page(f"<p>{FIRST}</p><h2>Un pari collectif</h2>{paragraphs(SECOND, THIRD)}")
    body = read(html)
    assert texts(body) == [FIRST, "Un pari collectif", SECOND, THIRD]
    assert kinds(body)[1] == "subhead"


def test_list_items_and_quotes_keep_their_kind():
    html = page(
        f"<p>{FIRST}</p><ul><li>{SECOND}</li></ul><blockquote><p>{THIRD}</p></blockquote>"
        f"{paragraphs(FIRST.replace('lundi', 'mardi'))}"
    )
    assert kinds(read(html))[1:3] == ["list_item", "quote"]


def test_paragraphs_separated_by_br_are_paragraphs():
    html = page(f"<div class='texte'>{FIRST}<br><br>{SECOND}<br/><br/>{THIRD}</div>")
    assert texts(read(html)) == [FIRST, SECOND, THIRD]


def test_bare_text_between_elements_is_read():
    html = page(f"<div class='texte'>{FIRST}<p>{SECOND}</p>{THIRD}</div>")
    assert texts(read(html)) == [FIRST, SECOND, THIRD]


def test_words_of_inline_elements_stay_in_their_sentence():
    html = page(paragraphs(FIRST.replace("lundi", "<strong>lundi</strong>"), SECOND, THIRD))
    assert texts(read(html))[0] == FIRST


def test_related_links_after_the_text_are_left_out():
    links = "".join(f"<li><a href='/{n}'>La crue de {n} vue du ciel</a></li>" for n in range(5))
    html = page(
        paragraphs(FIRST, SECOND, THIRD),
        after=f"<div class='related'><h3>À lire aussi</h3><ul>{links}</ul></div>",
    )
    assert texts(read(html)) == [FIRST, SECOND, THIRD]


def test_comments_are_left_out():
    comments = "".join(
        f"<li class='comment'><b>lecteur{n}</b> <a href='#'>Répondre</a><p>Enfin une bonne "
        "nouvelle pour la vallée, on n'y croyait plus depuis le temps qu'on en parlait.</p></li>"
        for n in range(6)
    )
    after = f"<div id='comments'><h3>6 commentaires</h3><ol>{comments}</ol></div>"
    assert texts(read(page(paragraphs(FIRST, SECOND, THIRD), after=after))) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_cookie_notice_before_the_article_is_left_out():
    notice = (
        "<div id='cookie-banner' role='dialog'><p>Nous et nos partenaires déposons des cookies "
        "pour mesurer l'audience de ce site. Vous pouvez les accepter ou les refuser.</p></div>"
    )
    html = page(paragraphs(FIRST, SECOND, THIRD), before=notice)
    assert texts(read(html)) == [FIRST, SECOND, THIRD]


def test_caption_and_credit_stand_apart_from_the_text():
    figure = (
        "<figure><img src='f.jpg'><figcaption>L'atelier, lundi matin. (Photo : Lise Bonnal / "
        "Le Courrier)</figcaption></figure>"
    )
    body = read(page(figure + paragraphs(FIRST, SECOND, THIRD)))
    assert texts(body) == [FIRST, SECOND, THIRD]
    assert body.image_caption == "L'atelier, lundi matin."
    assert body.image_credit == "Lise Bonnal / Le Courrier"


def test_text_that_stops_at_a_paywall_is_truncated():
    wall = "<div class='paywall'><p>Cet article est réservé à nos abonnés.</p></div>"
    body = read(page(paragraphs(FIRST, SECOND) + wall))
    assert body.truncated is True
    assert texts(body) == [FIRST, SECOND]


def test_whole_text_is_not_said_to_be_truncated():
    assert read(page(paragraphs(FIRST, SECOND, THIRD))).truncated is None


def test_body_that_only_the_structured_data_hold_is_read_from_there():
    stated = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    body = read(page("<div id='app'></div>"), article_body=stated)
    assert texts(body) == [FIRST, SECOND, THIRD]
    assert body.origin == "json-ld"


def test_shown_text_comes_before_a_stated_one_that_says_the_same():
    html = page(paragraphs(FIRST, SECOND, THIRD))
    assert read(html, article_body=f"{FIRST} {SECOND} {THIRD}").origin == "generic"


def test_questions_of_an_interview_stay_with_the_answers():
    question = "<p><strong>Le Courrier : Pourquoi rouvrir maintenant ?</strong></p>"
    html = page(f"<p>{FIRST}</p>{question}{paragraphs(SECOND, THIRD)}")
    assert texts(read(html))[1] == "Le Courrier : Pourquoi rouvrir maintenant ?"


def test_page_without_words_has_no_body():
    assert read("<html><body><img src='a.png'></body></html>", title=None) == Body()


def test_tree_is_left_as_it_was():
    given = Page.from_html(page(paragraphs(FIRST, SECOND)), "https://courrier.example/a")
    before = [(element.tag, element.text, element.tail) for element in given.tree.iter()]
    read_body(given, title=TITLE, description=LEAD, article_body=None)
    assert [(element.tag, element.text, element.tail) for element in given.tree.iter()] == before


CAPTION = "Les métiers à tisser de la filature, rallumés lundi"


@pytest.mark.parametrize("again", ["<p>{}</p>", "<p class='wp-caption-text'>{}</p>"])
def test_a_caption_that_is_printed_twice_is_no_text(again):
    figure = f"<figure><img src='/a.jpg'><figcaption>{CAPTION}</figcaption></figure>"
    article = figure + again.format(CAPTION) + paragraphs(FIRST, SECOND, THIRD)
    body = read(page(article))
    assert texts(body) == [FIRST, SECOND, THIRD]
    assert body.image_caption == CAPTION


def test_a_headline_that_is_printed_below_the_byline_again_is_no_text():
    again = f"<p class='byline'>Par RÉGION OCCITANIE, le 25 Octobre 2016</p><p><b>{TITLE}</b></p>"
    found = texts(read(page(again + paragraphs(FIRST, SECOND, THIRD))))
    assert found[-3:] == [FIRST, SECOND, THIRD]
    assert TITLE not in found


def test_the_notice_to_subscribers_is_no_text_and_says_that_it_stops():
    wall = "<p>Ce contenu est accessible seulement aux membres Premium et Premium mensuel.</p>"
    body = read(page(paragraphs(FIRST, SECOND) + wall + "<p>Se connecter S’enregistrer</p>"))
    assert texts(body) == [FIRST, SECOND]
    assert body.truncated is True


@pytest.mark.parametrize(
    "gloss",
    [
        "<abbr>CFA<span class='infobulle'>Centre de formation</span></abbr>",
        "<span class='tooltip'>CFA<span class='tooltiptext'>Centre de formation</span></span>",
        "CFA<span role='tooltip'>Centre de formation</span>",
    ],
)
def test_an_explanation_that_shows_when_a_word_is_pointed_at_is_not_glued_to_it(gloss):
    body = read(page(paragraphs(FIRST, SECOND, f"Le {gloss} formera les ouvriers, dit-elle.")))
    assert texts(body)[-1] == "Le CFA formera les ouvriers, dit-elle."


SENTENCES = (
    "Le nouvel atelier accueillera trente salariés au printemps prochain, dit le maire. " * 3
)
POINTED = "Une minoterie rouvre à Valmourgue"


@pytest.mark.parametrize(
    "line",
    [
        f"<p><strong>À lire aussi :</strong> <a href=/b>{POINTED}</a></p>",
        f"<p>A lire également <a href=/b>{POINTED}</a></p>",
        f"<p>[Lire aussi] <a href=/b>{POINTED}</a></p>",
        f"<p>Sur le même sujet : <a href=/b>{POINTED}</a></p>",
        f"<p>Lire aussi : {POINTED}</p>",
        f"<p>👉 <a href=/b>{POINTED}</a></p>",
        f"<p>→ <a href=/b>{POINTED}</a></p>",
        f"<p><a href=/b>&gt;&gt; {POINTED}</a></p>",
        f"<div class=pub><p>{POINTED} : moins 20 % sur tout le magasin.</p></div>",
        f"<div class=advert><p>{POINTED} : moins 20 % sur tout le magasin.</p></div>",
        f"<p>Suivez-nous sur WhatsApp : {POINTED} et toutes les infos !</p>",
        f"<div><p>Recevez {POINTED} chaque matin dans votre boîte mail.</p><form></form></div>",
    ],
)
def test_pointers_calls_and_advertisements_are_no_text(line):
    text = f"<p>{SENTENCES}</p>"
    page = f"<article><h1>Une tannerie rouvre</h1><div>{text * 2}{line}{text * 2}</div></article>"
    article = extract_article(f"<html lang=fr>{page}</html>", "https://a.example/a-b")
    assert POINTED not in (article.text or "")


@pytest.mark.parametrize(
    "line",
    [
        "Comme l'annonçait <a href=/b>notre enquête</a>, la minoterie rouvrira elle aussi.",
        "<a href=/b>La minoterie</a> emploie déjà douze salariés, dont trois apprentis.",
        "À lire ces chiffres, la filière se porte mieux qu'au printemps, selon la chambre.",
        "Suivez la rivière jusqu'au pont : la minoterie est sur la gauche, dit le meunier.",
    ],
)
def test_a_sentence_that_begins_like_a_pointer_is_text(line):
    text = f"<p>{SENTENCES}</p>"
    page = f"<article><h1>Une tannerie rouvre</h1><div>{text}<p>{line}</p>{text}</div></article>"
    article = extract_article(f"<html lang=fr>{page}</html>", "https://a.example/a-b")
    assert re.sub(r"<[^>]+>", "", line) in article.text.replace("’", "'")
