"""Generated news pages of 60 to 120 KB, the same for the same seed, and what is true of each."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2025, 5, 1, 6, 0, tzinfo=PARIS)
SPAN_MINUTES = 60 * 24 * 540
SENTENCES = 4000
THOUSAND = 1000
BLOCKS_PER_SUBHEAD = 5
SITE = "Le Quotidien généré"
MIN_BYTES, MAX_BYTES = 60_000, 120_000


def _words(line: str) -> list[str]:
    return line.split()


COMMON = _words(
    "le la les un une des de du et à en pour par sur dans avec que qui ne pas plus son sa ses "
    "leur cette ce aux au est sont a ont sera été mais ou où depuis après avant sous entre"
)
ONSETS = _words("b c d f g l m n p r s t v ch br tr pl gr")
CORES = _words("a e i o u é è ou an on in au eau oi")
CODAS = ["", "", "", "r", "s", "l", "t", "x", "ne", "que", "ment", "tion"]
GIVEN = _words("Anaïs Bruno Chloé Didier Élise Farid Gaëlle Hervé Irène Joël Karine Léo Maud Noël")
SURNAMES = _words(
    "Astrugue Bellorme Cadarnac Delpuech Estrabou Fontanieu Gaujargues Hébrardel Issartines "
    "Jourdanel Lavabrine Maurensac Navacelle Ombreval Peyregrosse Roubiac Sauvezon Tournelas"
)
SECTIONS = ("Économie", "Industrie", "Vigne", "Tourisme", "Emploi", "Énergie")


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """What is true of one page; ``published`` has the offset of Paris."""

    path: str
    title: str
    authors: list[str]
    published: datetime
    modified: datetime
    section: str
    lead: str
    blocks: list[tuple[str, str]]
    """Tag (p or h2) and text of each block after the lead."""

    @property
    def text(self) -> str:
        return "\n\n".join([self.lead, *(text for _, text in self.blocks)])


class Language:
    """A vocabulary and a stock of sentences that look French to a crawler."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = [self._word() for _ in range(3000)]
        self.sentences = [self.sentence() for _ in range(SENTENCES)]

    def _word(self) -> str:
        choose = self.random.choice
        syllables = (choose(ONSETS) + choose(CORES) for _ in range(self.random.randint(1, 3)))
        return "".join(syllables) + choose(CODAS)

    def phrase(self, words: int) -> str:
        """Return *words* words, every other one of them a common one."""
        choose = self.random.choice
        chosen = [choose(COMMON if place % 2 else self.words) for place in range(words)]
        return " ".join(chosen).capitalize()

    def sentence(self) -> str:
        words = self.phrase(self.random.randint(8, 26))
        number = self.random.randint(2, 4900)
        return f"{words} {number} euros." if number < THOUSAND else f"{words}."


class Newspaper:
    """The articles of a site of *pages* pages, and the HTML around them."""

    def __init__(self, pages: int, seed: int = 1) -> None:
        self.pages = pages
        self.seed = seed
        self.language = Language(seed)
        self.menu = self._menu()
        self.cards = [self._card(number) for number in range(200)]
        self.comments = [self._comment(number) for number in range(100)]
        self.scripts = self._scripts()

    def article(self, number: int) -> GeneratedArticle:
        """Return what is true of page *number*, from 0 to pages - 1."""
        rng = random.Random(self.seed * 1_000_003 + number)
        stock = self.language.sentences
        title = rng.choice(stock).rstrip(".")
        published = FIRST + timedelta(minutes=rng.randrange(SPAN_MINUTES))
        section = rng.choice(SECTIONS)
        return GeneratedArticle(
            path=f"/articles/{published:%Y/%m}/{number:05d}-{_slug(title)}.html",
            title=f"{title} n° {number}",
            authors=[
                f"{given} {surname}"
                for given, surname in zip(
                    rng.sample(GIVEN, k=rng.choice((1, 1, 2))),
                    rng.sample(SURNAMES, k=2),
                    strict=False,
                )
            ],
            published=published.astimezone(PARIS),
            modified=(published + timedelta(minutes=rng.randrange(1, 600))).astimezone(PARIS),
            section=section,
            lead=" ".join(rng.sample(stock, 2)),
            blocks=self._blocks(rng),
        )

    def page(self, number: int, base: str) -> bytes:
        """Return the HTML of page *number* in UTF-8, 60 to 120 KB."""
        article = self.article(number)
        rng = random.Random(number)
        parts = [
            _head(article, base),
            *self.scripts[: rng.randint(5, len(self.scripts))],
            f"</head><body>{self.menu}<main>{_article_html(article)}",
            '<section class="a-lire-aussi"><h2>À lire aussi</h2><ul>',
            *rng.sample(self.cards, rng.randint(30, 60)),
            '</ul></section><section class="commentaires"><h2>Commentaires</h2>',
            *rng.sample(self.comments, rng.randint(4, 20)),
            f"</section></main>{FOOTER}{self.scripts[-1]}</body></html>",
        ]
        return "\n".join(parts).encode()

    def _blocks(self, rng: random.Random) -> list[tuple[str, str]]:
        stock = self.language.sentences
        blocks = []
        for place in range(rng.randint(8, 20)):
            if place % BLOCKS_PER_SUBHEAD == BLOCKS_PER_SUBHEAD - 1:
                blocks.append(("h2", rng.choice(stock).rstrip(".")))
            blocks.append(("p", " ".join(rng.sample(stock, rng.randint(2, 5)))))
        return blocks

    def _menu(self) -> str:
        links = (
            f'<li class="menu__item"><a class="menu__lien" href="/rubrique/{place}" '
            f'data-suivi="menu-{place}">{self.language.phrase(2)}</a></li>'
            for place in range(90)
        )
        return f'<header><nav class="menu"><ul>{"".join(links)}</ul></nav></header>'

    def _card(self, number: int) -> str:
        phrase = self.language.phrase
        return (
            f'<li class="carte"><a href="/rubrique/autre-{number}.html" class="carte__lien">'
            f'<img loading="lazy" src="/images/{number}-320.jpg" '
            f'srcset="/images/{number}-320.jpg 320w, /images/{number}-640.jpg 640w" alt="">'
            f'<span class="carte__rubrique">{SECTIONS[number % len(SECTIONS)]}</span>'
            f'<h3 class="carte__titre">{phrase(9)}</h3></a><p>{phrase(14)}.</p></li>'
        )

    def _comment(self, number: int) -> str:
        text = self.language.sentence()
        return (
            f'<div class="commentaire" id="c{number}"><p class="pseudo">lecteur{number} '
            '<time datetime="2026-10-30T10:00:00+01:00">le 30 octobre 2026</time></p>'
            f"<p>{text}</p></div>"
        )

    def _scripts(self) -> list[str]:
        """Return inline scripts and styles of about 4 KB each, as publishers' pages carry them."""
        words = self.language.words
        scripts = []
        for place in range(14):
            settings = {f"{words[place * 90 + n]}{n}": words[n] * 3 for n in range(80)}
            source = json.dumps(settings, ensure_ascii=False)
            scripts.append(f"<script>window.config{place}={source};(function(){{}})();</script>")
        rules = "".join(
            f".bloc-{n}{{margin:{n}px auto;padding:{n % 7}px;color:#222}}" for n in range(250)
        )
        return [f"<style>{rules}</style>", *scripts]


FOOTER = (
    '<footer class="pied"><ul>'
    + "".join(f'<li><a href="/pied/{n}">Rubrique du pied de page {n}</a></li>' for n in range(60))
    + "</ul><p>© Le Quotidien généré. Tous droits réservés.</p></footer>"
)


def _slug(title: str) -> str:
    return "-".join(word for word in title.lower().split() if word.isascii())[:60].strip("-")


def _head(article: GeneratedArticle, base: str) -> str:
    url = base + article.path
    json_ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": article.title,
        "description": article.lead,
        "articleSection": article.section,
        "datePublished": article.published.isoformat(),
        "dateModified": article.modified.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": SITE, "logo": f"{base}/images/logo.png"},
        "image": [f"{base}/images/une.jpg"],
        "isAccessibleForFree": True,
    }
    metas = {
        "og:type": "article",
        "og:site_name": SITE,
        "og:title": article.title,
        "og:description": article.lead,
        "og:url": url,
        "og:image": f"{base}/images/une.jpg",
        "article:published_time": article.published.isoformat(),
        "article:modified_time": article.modified.isoformat(),
        "article:section": article.section,
    }
    lines = (f'<meta property="{name}" content="{value}">' for name, value in metas.items())
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{article.title} | {SITE}</title>\n"
        f'<link rel="canonical" href="{url}">\n<meta name="description" content="{article.lead}">\n'
        + "\n".join(lines)
        + f'\n<script type="application/ld+json">{json.dumps(json_ld, ensure_ascii=False)}</script>'
    )


def _article_html(article: GeneratedArticle) -> str:
    blocks = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in article.blocks)
    authors = " et ".join(f'<a rel="author" href="/auteurs">{name}</a>' for name in article.authors)
    return (
        f'<article class="article"><p class="fil"><a href="/">Accueil</a> › {article.section}</p>\n'
        f'<h1 class="article__titre">{article.title}</h1>\n'
        f'<p class="article__chapo">{article.lead}</p>\n'
        f'<div class="article__signature">Par {authors}</div>\n'
        f'<div class="article__date">Publié le <time datetime="{article.published.isoformat()}">'
        f"{article.published:%d/%m/%Y à %H:%M}</time></div>\n"
        '<div class="partage"><a href="#">Facebook</a> <a href="#">Courriel</a></div>\n'
        '<figure><img src="/images/une.jpg" alt=""><figcaption>Une image générée '
        '<span class="credit">© Générateur</span></figcaption></figure>\n'
        f'<div class="article__corps">\n{blocks}\n</div>\n'
        '<div class="mots-cles"><a href="/tag/gard">essai</a> <a href="/tag/mesure">mesure</a>'
        "</div></article>"
    )
