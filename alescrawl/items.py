"""What a row is: Article, Paragraph and Mention, each field with format, unit and meaning."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

Origin = Literal[
    "json-ld",
    "meta",
    "microdata",
    "selector",
    "source",
    "rest",
    "feed",
    "sitemap",
    "listing",
    "header",
    "well-known",
    "archive",
    "url",
    "text",
    "generic",
]
"""Where a value was read: structured data, a source's own selector, the facts about the source,
the route that led to the page (REST interface, feed, sitemap or listing), a response header, a
well-known file of the host, the index of a web archive, the address, a sentence of the page, or
the generic reading of its markup."""

PARIS = ZoneInfo("Europe/Paris")
"""The zone of a page that gives none, and of a day that a user names."""

ParagraphKind = Literal["lead", "paragraph", "subhead", "list_item", "quote"]

ARTICLE_ID_LENGTH = 16
_WORD = re.compile(r"\w++(?:[-'’]\w++)*+")


def fingerprint(text: str) -> str:
    """Return the first 16 hex digits of the SHA-256 of *text* in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ARTICLE_ID_LENGTH]


_STRAIGHT = (*((quote, "'") for quote in "’‘‛ʼ"), *((quote, '"') for quote in "“”„‟"))


def straight_quotes(text: str) -> str:
    """Return *text* with straight apostrophes and quotation marks; guillemets stay."""
    if not text.isascii():
        for quote, straight in _STRAIGHT:  # a tenth of the time of str.translate
            text = text.replace(quote, straight)
    return text


def column(doc: str, *, default: Any = None, factory: Any = None) -> Any:
    """Return a dataclass field that is a column of the table, with its meaning in *doc*."""
    metadata = {"doc": doc}
    if factory is not None:
        return field(default_factory=factory, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(slots=True)
class Paragraph:
    """One block of an article's text, in reading order."""

    kind: ParagraphKind
    text: str


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it came, its body decompressed; ``url`` is the address after redirects."""

    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(slots=True)
class Visit:
    """What one request for an article told about its address; for the ledger, not a column."""

    url: str
    """The address that was asked for, before redirects."""
    http_status: int
    etag: str | None = None
    last_modified: str | None = None
    pages: list[RawPage] = field(default_factory=list)
    """For the raw archive: the page, and those of the article's other parts."""
    is_item: bool = False
    """Whether it is one of many items on its page, which has a record of its own."""


@dataclass(slots=True)
class Article:
    """One article as its publisher shows it, the newest revision.

    Missing values are ``None`` (or an empty list), never a guess. Date-times are aware and
    in UTC. Texts are on one line as :mod:`alescrawl.text.normalise` says:
    lead, text and paragraphs keep the page's apostrophes and quotes, all else has straight ones.
    """

    article_id: str = column("First 16 hex digits of the SHA-256 of canonical_url.", default="")
    url: str = column("Address the page was read from, after redirects.", default="")
    canonical_url: str = column(
        "The article's one address: the declared canonical link where it can be believed, "
        "without tracking parameters, AMP or print variants; of an item of a letter, the letter's "
        "with an anchor; of an article whose source moved, that of before (url is where it lies).",
        default="",
    )
    source: str = column("Name of the spider that collected it.", default="")
    publisher: str | None = column("Name of the publishing organisation.")
    kicker: str | None = column("Short line above the title, where the page marks it apart.")
    title: str | None = column("Headline without the site's name.")
    lead: str | None = column("Opening summary (chapô), where the page sets it apart.")
    text: str | None = column(
        "The article as read: lead, paragraphs, subheads, list items and quotes in order, "
        "joined by a blank line; no title, byline or caption."
    )
    paragraphs: list[Paragraph] = column(
        "The blocks of text, each with its kind: lead, paragraph, subhead, list_item, quote.",
        factory=list,
    )
    word_count: int = column("Number of words in text.", default=0)
    language: str | None = column("Language of the text, ISO 639-1 (fr, en).")
    authors: list[str] = column(
        "Persons who signed, in printed order, as given name and surname.", factory=list
    )
    agencies: list[str] = column(
        "Agencies and desks that signed (AFP, La rédaction).", factory=list
    )
    byline: str | None = column("The signature as printed.")
    published: datetime | None = column(
        "First publication, UTC; from Europe/Paris where the page gives no zone."
    )
    published_raw: str | None = column("The string that published was read from.")
    published_precision: str | None = column("second, minute or day.")
    modified: datetime | None = column("Last modification the page declares, UTC.")
    modified_raw: str | None = column("The string that modified was read from.")
    section: str | None = column("The publisher's section or category.")
    tags: list[str] = column("The publisher's keywords, in order.", factory=list)
    image_url: str | None = column("Absolute address of the main image.")
    image_caption: str | None = column("Caption of the main image, without its credit.")
    image_credit: str | None = column("Credit of the main image, as printed.")
    access: str | None = column(
        "What the two signals below say together: free or paid; empty where neither speaks."
    )
    access_declared_free: bool | None = column(
        "What the page declares (isAccessibleForFree and its like)."
    )
    access_seen_truncated: bool | None = column("Whether the text was seen to stop at a paywall.")
    tdm_reserved: bool | None = column(
        "Whether text and data mining is reserved (TDMRep: well-known file, header, then "
        "meta, the later overrides); then little more than address, title and dates is kept."
    )
    tdm_policy: str | None = column("Address of the reservation's policy.")
    rights_signals: list[str] = column(
        "The signals seen, each as place (well-known, robots.txt, ai.txt, header, meta, source), "
        "name and value: 'meta tdm-reservation=1'.",
        factory=list,
    )
    institutions: list[str] = column("Institutions named, most frequent first.", factory=list)
    persons: list[str] = column("Persons named, most frequent first.", factory=list)
    places: list[str] = column("Places named, most frequent first.", factory=list)
    gard_score: float | None = column("How much the article is about the Gard, 0 to 1.")
    is_gard: bool | None = column("Whether the article is about the Gard.")
    is_economic: bool | None = column("Whether the article is about the economy.")
    topics: list[str] = column("Economic topics, strongest first.", factory=list)
    relevance_reasons: list[str] = column(
        "What gard_score, is_gard and is_economic rest on.", factory=list
    )
    duplicate_of: str | None = column("article_id of the article this one repeats.")
    cluster_id: str | None = column("Common to all near-identical articles.")
    content_hash: str = column(
        "16 hex digits of the SHA-256 of title and text: changes with the words.", default=""
    )
    revision: int = column("1 for the first text seen, one more at each change.", default=1)
    first_seen: datetime | None = column(
        "When this program, or the archive it was found in, first fetched it, UTC."
    )
    fetched_at: datetime | None = column(
        "When this revision was fetched, UTC; of one from an archive, when that captured it."
    )
    archive: str | None = column(
        "The web archive that this revision was read from (CC-MAIN-2019-35, a file's name, a "
        "server's host); empty where this program fetched it itself."
    )
    captured_at: datetime | None = column("When that archive captured it, UTC.")
    only_archived: bool | None = column(
        "True where archives alone have shown the article, and no crawl has."
    )
    gone_since: datetime | None = column("When its page was first seen to be gone, UTC.")
    extractor_version: str = column("Version of the code that read the page.", default="")
    problems: list[str] = column(
        "Names of what was wrong with the page: json_ld_broken, no_text, lead_cut, "
        "published_in_future, "
        "published_apart (the date stands away from title and byline) …",
        factory=list,
    )
    provenance: dict[str, str] = column(
        "For each field that has a value, where it was read: json-ld, meta, microdata, "
        "selector, source, rest, feed, sitemap, listing, header, "
        "well-known, archive, url, text, generic.",
        factory=dict,
    )
    visit: Visit | None = field(default=None, compare=False)
    mentions: list[Mention] = field(default_factory=list, compare=False)
    """The rows of the table of mentions; not a column."""
    withheld: Literal["", "text", "all"] = field(default="", compare=False)
    """What was dropped for its publisher's sake, so that none of it may stay of an earlier
    revision: its text, or *all* but address, title, dates and signals; no column."""

    def set_paragraphs(self, paragraphs: list[Paragraph]) -> None:
        """Make *paragraphs* the article's text, with all that follows from it."""
        self.paragraphs = paragraphs
        self.text = "\n\n".join(p.text for p in paragraphs) or None
        self.word_count = len(_WORD.findall(self.text or ""))
        # A site that begins to print ’ for ' has not changed its articles.
        self.content_hash = fingerprint(straight_quotes(f"{self.title or ''}\n{self.text or ''}"))


TEXT_FIELDS = ("text", "paragraphs", "lead", "kicker", "image_caption", "image_credit")
"""The fields that hold a publisher's words, but for the title."""

PROVENANCE_FIELDS = (
    "canonical_url",
    "publisher",
    "kicker",
    "title",
    "lead",
    "text",
    "language",
    "authors",
    "agencies",
    "byline",
    "published",
    "modified",
    "section",
    "tags",
    "image_url",
    "image_caption",
    "image_credit",
    "access",
    "tdm_reserved",
    "captured_at",
)
"""The fields that a page may state in several places, and so the keys of ``provenance``."""


@dataclass(slots=True)
class Mention:
    """One place in an article's text where an entity is named."""

    article_id: str = column("The article it stands in.", default="")
    kind: str = column("institution, person, place, date, amount or jobs.", default="")
    surface: str = column("The words as they stand in the text.", default="")
    start: int = column("Offset of the first character in text, in code points.", default=0)
    end: int = column("Offset after the last character in text, in code points.", default=0)
    name: str | None = column("Canonical name.")
    entity_id: str | None = column("Identifier of the entity in the gazetteer.")
    subtype: str | None = column(
        "company, public_body, chamber, school, association, union, media, party, cluster or "
        "other_org; of jobs, what becomes of them: created, cut or counted."
    )
    role: str | None = column("Role of a person, as the sentence states it.")
    affiliation: str | None = column("Canonical name of the body the role belongs to.")
    tenure: str | None = column(
        "past or future, where the text says that the role is over or to come; else empty."
    )
    about: str | None = column(
        "Of jobs and sums, the institution of the same sentence that creates, cuts, has, invests "
        "or receives them: its entity_id, or its name where no list has it; empty where the "
        "sentence does not say."
    )
    date_start: date | None = column("First day of what is meant.")
    date_end: date | None = column("Last day of what is meant.")
    number: float | None = column("Euros, or a count of jobs.")
    unit: str | None = column(
        "What the text counts in: EUR, FRF (number is in euros all the same) or jobs."
    )
    siren: str | None = column("SIREN, nine digits.")
    insee: str | None = column(
        "INSEE code of a commune; of jobs and sums, of the one that the sentence names with them."
    )
    method: str | None = column("gazetteer, model or rule.")
    score: float | None = column("Confidence, 0 to 1.")
