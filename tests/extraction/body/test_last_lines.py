"""A short last paragraph belongs to the text that it ends."""

import pytest

from alescrawl.extraction.body.blocks import read_blocks
from alescrawl.extraction.body.last_lines import with_last_lines
from alescrawl.extraction.page.page import Page

PROSE = "".join(f"<p>La vallée attend le pont numéro {n} depuis les crues.</p>" for n in range(4))


def _further(end):
    page = Page.from_html(f"<body><div>{PROSE}{end}</div></body>", "https://val.example/pont")
    blocks = read_blocks(page.tree)
    return [blocks.text[i] for i in with_last_lines(blocks, range(4))][4:]


@pytest.mark.parametrize(
    ("end", "taken"),
    [
        ("<p>Le vote a été unanime.</p>", 1),
        ("<p>Le vote a été unanime.</p><p>« Enfin ! » s'exclame le maire.</p>", 2),
        ("<p>Le vote a été unanime.</p><p>Et de un.</p><p>Et de deux.</p>", 2),
        ("<p>Anna Blois</p>", 0),
        ("<p>Signaler une erreur dans cet article.</p>", 0),
        ("<p>Suivez-nous sur WhatsApp.</p>", 0),
        ("<p>Voir <a href=/x>le dossier des ponts</a>.</p>", 0),
        ("<p class=note>Le vote a été unanime.</p>", 0),
        ("<p class=newsletter>La lettre du matin est gratuite.</p>", 0),
        ("<div><p>Le vote a été unanime.</p></div>", 0),
    ],
)
def test_sentences_beside_the_last_paragraph_are_taken_and_lines_of_the_page_are_not(end, taken):
    assert len(_further(end)) == taken
