"""CPU of extraction as pages grow from 10 KB to 10 MB, whole and damaged: it must be linear.

    python benchmarks/growth.py [--no-record]

Exits with 1 where a page costs more than 100 ms of CPU per 100 KB.
"""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from results import record

from alescrawl.extraction.article import extract_article
from alescrawl.extraction.page.page import UnreadablePage

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MOST = 100.0
"""Milliseconds of CPU per 100 KB."""
SENTENCE = "La coopérative de Combe-Ferrière embauche douze personnes cet automne. "
HEAD = '<html lang="fr"><head><title>Une page</title></head><body><article><h1>Une page</h1>'


def paragraphs(size: int) -> str:
    block = f"<p>{SENTENCE * 5}</p>"
    return HEAD + block * (size // len(block))


def one_line(size: int) -> str:
    return f"{HEAD}<p>{SENTENCE * (size // len(SENTENCE))}</p>"


def links(size: int) -> str:
    block = '<li class="item"><a href="/rubrique/page">Un lien du menu</a></li>'
    return f"{HEAD}<p>{SENTENCE * 5}</p><ul>{block * (size // len(block))}</ul>"


def nested(size: int) -> str:
    depth = 5_000
    return HEAD + "<div>" * depth + f"<p>{SENTENCE}</p>" * (size // len(SENTENCE))


def script(size: int) -> str:
    return f"{HEAD}<script>{'var a = {b: [1, 2]};' * (size // 20)}</script><p>{SENTENCE * 5}</p>"


def byline(size: int) -> str:
    names = "Jean de la " * (size // 11)
    return f'{HEAD}<p class="author">Par {names}</p><p>{SENTENCE * 5}</p>'


def json_ld(size: int) -> str:
    opening = '<script type="application/ld+json">'
    return f'{HEAD}{opening}{"[" * (size // 2)}{{"@type": "NewsArticle",</script><p>{SENTENCE}</p>'


def attributes(size: int) -> str:
    block = f'<p class="{" ".join(f"c{n}" for n in range(40))}">{SENTENCE}</p>'
    return HEAD + block * (size // len(block))


KINDS: tuple[Callable[[int], str], ...] = (
    paragraphs,
    one_line,
    links,
    nested,
    script,
    byline,
    json_ld,
    attributes,
)


def cpu_ms(page: bytes) -> float:
    """Return the CPU milliseconds that reading *page* takes, the better of two."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        with suppress(UnreadablePage):
            extract_article(page, "https://journal.example/une-page-de-mesure")
        spent.append((time.process_time() - start) * 1000)
    return min(spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-record", action="store_true", help="print, do not write RESULTS.md")
    options = parser.parse_args()
    cpu_ms(paragraphs(SIZES[0]).encode())
    titles = " | ".join(f"{size // 1000:,} KB" for size in SIZES)
    lines = [f"| page | {titles} | most per 100 KB |", f"|---|{'--:|' * (len(SIZES) + 1)}"]
    worst = 0.0
    for kind in KINDS:
        spent = [cpu_ms(kind(size).encode()) for size in SIZES]
        # A small page pays for its start: the rate is that of the sizes from 100 KB on.
        rate = max(ms / (size / 100_000) for ms, size in zip(spent[1:], SIZES[1:], strict=True))
        worst = max(worst, rate)
        figures = " | ".join(f"{ms:,.1f}" for ms in spent)
        lines.append(f"| {kind.__name__.replace('_', ' ')} | {figures} | {rate:.1f} |")
    text = "CPU milliseconds.\n\n" + "\n".join(lines)
    print(text)
    if not options.no_record:
        record("Growth with the size of a page", text)
    return 1 if worst > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
