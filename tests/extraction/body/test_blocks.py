"""How a page is cut into blocks of text."""

from __future__ import annotations

from lxml import etree, html

from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.page.markup import categories, class_bits


def blocks(markup):
    return read_blocks(html.document_fromstring(f"<html><body>{markup}</body></html>"))


def test_each_block_element_is_a_block():
    assert blocks("<p>Un.</p><div>Deux.</div><h2>Trois</h2>").text == ["Un.", "Deux.", "Trois"]


def test_inline_elements_do_not_cut_a_line():
    assert blocks("<p>Le <b>pont</b> de <a href='#'>Sarvan</a></p>").text == ["Le pont de Sarvan"]


def test_letters_in_links_are_counted():
    assert blocks("<p>Voir <a href='#'>ici</a></p>").link == [3]


def test_scripts_styles_and_menus_are_no_text():
    assert blocks("<script>a=1</script><nav>Menu</nav><style>p{}</style><p>Texte</p>").text == [
        "Texte"
    ]


def test_empty_line_of_brs_ends_a_paragraph():
    assert blocks("Un<br>deux<br><br>trois").text == ["Un deux", "trois"]


def test_short_cells_of_a_row_are_one_block():
    table = (
        "<table><tr><td>Alès</td><td>41 000</td></tr><tr><td>Uzès</td><td>8 600</td></tr></table>"
    )
    assert blocks(table).text == ["Alès 41 000", "Uzès 8 600"]


def test_picture_before_a_block_is_noted():
    assert blocks("<p>Un</p><img src='a.jpg'><p>Deux</p>").media == [False, True]


def test_five_thousand_levels_are_walked():
    root = innermost = etree.Element("html")
    for _ in range(5_000):
        innermost = etree.SubElement(innermost, "div")
    innermost.text = "fond"
    assert read_blocks(root).text == ["fond"]


def test_class_words_are_read_in_french_and_in_camel_case():
    names = categories()
    found = {names[bit] for bit in range(len(names)) if class_bits("artChapo") >> bit & 1}
    assert "lead" in found
