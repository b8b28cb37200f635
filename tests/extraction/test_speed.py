"""What reading a page costs, in bare lxml parses of the same bytes in the same process."""

from __future__ import annotations

import pytest
from cpu import is_traced, least_seconds, parse_seconds

from alescrawl.extraction.article import extract_article

URL = "https://journal.example/2026/03/12/la-cooperative-embauche"
SENTENCE = "La coopérative de Combe-Ferrière embauche douze personnes cet automne, dit-elle. "
HEAD = '<html lang="fr"><head><title>La coopérative embauche</title></head><body>'
TEXT = f"<article><h1>La coopérative embauche</h1>{f'<p>{SENTENCE * 5}</p>' * 15}</article>"


def menu(size: int) -> str:
    items = (
        f'<li class="menu-item menu-item-{n}"><a href="/rubrique/{n}">Rubrique {n}</a></li>'
        for n in range(size)
    )
    return f'<div class="site-menu"><ul>{"".join(items)}</ul></div>'


def cards(size: int) -> str:
    card = (
        '<div class="card card--small"><a class="card__link" href="/article/{n}"><figure>'
        '<img src="/image/{n}.jpg" alt=""></figure><h3 class="card__title">Un titre, {n}</h3>'
        '</a><p class="card__text">Quelques mots de plus sur ce qui est arrivé.</p></div>'
    )
    return "".join(card.format(n=n) for n in range(size))


MOST = 20
"""Twice what it costs; ordinary pages of real sites, with more that is no text, cost less."""
SCRIPTS = f"<script>{'window.settings = {a: [1, 2, 3]};' * 3_000}</script>"


def parses_of_reading(html: str) -> float:
    # Noise only ever adds, and adds more to what takes longer: the least of many.
    return least_seconds(lambda: extract_article(html, URL), 15) / parse_seconds(html)


@pytest.mark.skipif(is_traced(), reason="a tracer slows Python and not lxml")
@pytest.mark.parametrize(
    "html",
    [
        f"{HEAD}{SCRIPTS}{menu(80)}{TEXT}{cards(40)}{menu(40)}</body></html>",
        f"{HEAD}{TEXT}{menu(3_000)}</body></html>",
        f"{HEAD}{TEXT}{cards(1_000)}</body></html>",
    ],
    ids=["a page of news", "nothing but links", "nothing but cards"],
)
def test_reading_a_page_costs_no_more_than_twenty_parses(html):
    extract_article(html, URL)
    assert any(parses_of_reading(html) < MOST for _ in range(12)), (
        "others disturb a while, not always"
    )
