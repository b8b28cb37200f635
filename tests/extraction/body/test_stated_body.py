"""Bodies that stand only in structured data are read, as text and as HTML."""

from __future__ import annotations

from alescrawl.extraction.body.stated_body import read_stated, says_more


def texts(article_body):
    return [p.text for p in read_stated(article_body)]


def test_lines_are_paragraphs():
    assert texts("Un pont.\r\n\r\n Deux  ponts. \n") == ["Un pont.", "Deux ponts."]


def test_html_is_read_as_paragraphs():
    assert texts("<p>Un <b>pont</b>.</p><p>Deux.</p>") == ["Un pont.", "Deux."]


def test_escaped_html_is_read_as_html():
    assert texts("&lt;p&gt;L&#39;usine.&lt;/p&gt;&lt;p&gt;Fin.&lt;/p&gt;") == [
        "L'usine.",
        "Fin.",
    ]


def test_less_than_sign_is_no_markup():
    assert texts("Moins de 3 % si a < b.") == ["Moins de 3 % si a < b."]


def test_empty_body_has_no_paragraph():
    assert texts("") == texts("<p> </p>") == []


def test_body_that_the_page_builds_with_scripts_says_more():
    stated = ["Le conseil s’est réuni lundi soir pour voter le budget. " * 10]
    assert says_more(stated, ["Chargement en cours"])
    assert not says_more(stated, stated)


def test_description_under_another_name_does_not_say_more():
    assert not says_more(["Une phrase."], [])


def test_subheads_lists_and_quotes_are_told_apart():
    html = "<h2>Un pont</h2><p>Il tient.</p><ul><li>Pile</li></ul><blockquote>Oui.</blockquote>"
    kinds = [p.kind for p in read_stated(html)]
    assert kinds == ["subhead", "paragraph", "list_item", "quote"]
