"""From the HTML of a page to an Article, with where each field was read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from alescrawl.extraction.access import read_access
from alescrawl.extraction.body.body import Body, read_body
from alescrawl.extraction.body.leads import LEAD_CUT, mend_lead
from alescrawl.extraction.byline.authors import read_signature
from alescrawl.extraction.byline.signature_lines import without_signatures
from alescrawl.extraction.canonical import canonical_url
from alescrawl.extraction.dates.page_dates import read_dates
from alescrawl.extraction.language import read_language
from alescrawl.extraction.page.begun import texts_that_begin
from alescrawl.extraction.page.facts import Facts
from alescrawl.extraction.page.meta import read_head, read_rights
from alescrawl.extraction.page.page import Page
from alescrawl.extraction.page.printed_terms import (
    printed_image,
    printed_section,
    printed_tags,
)
from alescrawl.extraction.page.selectors import Selection
from alescrawl.extraction.page.stated import (
    house_names,
    read_image,
    read_publisher,
    read_section,
    read_tags,
)
from alescrawl.extraction.page.structured import read_structured
from alescrawl.extraction.title.title import read_title
from alescrawl.items import PROVENANCE_FIELDS, Article, Paragraph, fingerprint, straight_quotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alescrawl.extraction.page.structured import Structured
    from alescrawl.items import Origin

EXTRACTOR_VERSION = "1"
"""Changes whenever the same page may give another article."""

_SIGNED_BELOW = 2  # last paragraphs that may be a signature


def extract_article(
    html: bytes | str,
    url: str,
    *,
    encoding: str | None = None,
    fetched_at: datetime | None = None,
    selectors: Mapping[str, str] | None = None,
) -> Article:
    """Return the article that the page *html*, read from *url*, shows.

    *encoding* is the charset of the HTTP header. *fetched_at* (aware, default now) is the
    latest a date may be, and what « hier » is told from. *selectors* are the source's own, CSS
    or XPath, for title, kicker, lead, text, authors, published and section; they come after
    structured data and before the generic reading. What the page does not tell stays empty.
    Text is returned also where text and data mining is reserved. May be called from any thread.

    Raises :class:`~alescrawl.extraction.page.page.UnreadablePage` where *html* is no page.
    """
    page = Page.from_html(html, url, encoding)
    return article_of(page, fetched_at or datetime.now(UTC), selectors)


def article_of(
    page: Page, fetched_at: datetime, selectors: Mapping[str, str] | None = None
) -> Article:
    """Return the article that *page* shows, as :func:`extract_article` does."""
    return _Reading(page, fetched_at, selectors).article()


class _Reading:
    """One page being read; lives for one call."""

    def __init__(
        self, page: Page, fetched_at: datetime, selectors: Mapping[str, str] | None
    ) -> None:
        self._page = page
        self._fetched_at = fetched_at
        self._picked = Selection(page.tree, selectors)
        self._head = read_head(page.tree)
        self._structured = self._read_structured()
        self._facts = Facts(
            page.tree,
            page.url,
            self._head,
            self._structured,
            house_names(self._head, self._structured, page.url),
        )
        self._article = Article(
            url=page.url,
            fetched_at=fetched_at,
            extractor_version=EXTRACTOR_VERSION,
            problems=list(page.problems),
        )

    def article(self) -> Article:
        self._set_address()
        self._set("publisher", *read_publisher(self._head, self._structured))
        self._set_title()
        body = self._set_text()
        self._set_language()
        self._mend_lead()
        self._set_signature()
        self._drop_signatures()
        self._set_dates()
        self._set_terms()
        self._set_image(body)
        self._set_rights(body)
        if not self._article.text:
            self._article.problems.append("no_text")
        if self._structured.broken:
            self._article.problems.append("json_ld_broken")
        return self._article

    def _read_structured(self) -> Structured:
        head = self._head
        return read_structured(
            head.scripts,
            [self._page.url, head.link("canonical"), head.first("og:url")],
            [head.first("og:title"), head.title, head.first("twitter:title")],
        )

    def _set(self, field: str, value: Any, origin: Origin | None) -> None:  # noqa: ANN401
        """Store *value*, and its origin where there is a value."""
        setattr(self._article, field, value or None)
        if value and origin and field in PROVENANCE_FIELDS:
            self._article.provenance[field] = origin

    def _set_list(self, field: str, values: list[str], origin: Origin | None) -> None:
        setattr(self._article, field, values)
        if values and origin:
            self._article.provenance[field] = origin

    def _set_address(self) -> None:
        declared = self._head.link("canonical") or self._head.first("og:url") or None
        own, address = canonical_url(self._page.url), canonical_url(self._page.url, declared)
        is_declared = declared is not None and (address != own or canonical_url(declared) == own)
        self._set("canonical_url", address, "meta" if is_declared else "url")
        self._article.canonical_url = address
        self._article.article_id = fingerprint(address)

    def _set_title(self) -> None:
        title = read_title(
            self._page.tree,
            self._head,
            self._structured.text("headline", "name"),
            self._page.url,
            chosen=self._picked.text("title"),
            site_names=self._facts.houses,
        )
        self._set("title", title.text, title.origin)
        kicker = self._picked.text("kicker")
        self._set("kicker", kicker or title.kicker, "selector" if kicker else "generic")
        self._facts.heading = title.heading

    def _set_text(self) -> Body:
        body = read_body(
            self._page,
            title=self._article.title,
            description=self._head.first("og:description", "description") or None,
            article_body=_one_text(self._structured.values("articleBody")),
        )
        picked = self._picked.paragraphs("text")
        lead = self._picked.quoted("lead")
        if lead:
            picked = [Paragraph("lead", lead), *(p for p in picked if p.text != lead)]
        self._article.set_paragraphs(picked or body.paragraphs)
        self._set("text", self._article.text, "selector" if picked else body.origin)
        self._set("lead", lead or body.lead, "selector" if lead else body.origin)
        return body

    def _mend_lead(self) -> None:
        article, head = self._article, self._head
        others = [
            self._structured.text("description"),
            *(head.first(name) for name in ("og:description", "twitter:description")),
            head.first("description"),
            *(_one_text(self._structured.values("articleBody")) or "").split("\n"),
        ]
        mended = mend_lead(
            article.paragraphs,
            article.lead,
            list(filter(None, others)),
            lambda text: texts_that_begin(self._page.tree, text),
            is_french=article.language in {"fr", None},
        )
        if mended.paragraphs != article.paragraphs or mended.lead != article.lead:
            article.set_paragraphs(mended.paragraphs)
            article.lead = mended.lead
        if mended.is_cut:
            article.problems.append(LEAD_CUT)

    def _set_language(self) -> None:
        declared = self._head.language or self._head.first("og:locale", "content-language")
        language = read_language(declared, self._article.text or self._article.title or "")
        self._set("language", language.code, language.origin)

    def _set_signature(self) -> None:
        self._facts.last_lines = [
            straight_quotes(p.text) for p in self._article.paragraphs[-_SIGNED_BELOW:]
        ]
        signature = read_signature(self._facts, self._picked.texts("authors"))
        self._set_list("authors", signature.authors, signature.origin)
        self._set_list("agencies", signature.agencies, signature.origin)
        self._set("byline", signature.byline, signature.origin)

    def _drop_signatures(self) -> None:
        article = self._article
        signed = [*article.authors, *article.agencies]
        kept = without_signatures(article.paragraphs, signed)
        if len(kept) < len(article.paragraphs):
            article.set_paragraphs(kept)

    def _set_dates(self) -> None:
        dates = read_dates(self._facts, self._fetched_at, self._picked.text("published"))
        article = self._article
        if dates.published:
            self._set("published", dates.published.date.when, dates.published.origin)
            article.published_raw = dates.published.date.raw
            article.published_precision = dates.published.date.precision
        if dates.modified:
            self._set("modified", dates.modified.date.when, dates.modified.origin)
            article.modified_raw = dates.modified.date.raw
        article.problems += dates.problems

    def _set_terms(self) -> None:
        section, origin = read_section(self._head, self._structured, self._picked)
        section = section or printed_section(self._facts)
        self._set("section", section, origin or "generic")
        tags, origin = read_tags(self._head, self._structured)
        self._set_list("tags", tags or printed_tags(self._facts), origin or "generic")

    def _set_image(self, body: Body) -> None:
        image, origin = read_image(self._head, self._structured, self._page.url)
        self._set("image_url", image or printed_image(self._facts), origin or "generic")
        self._set("image_caption", body.image_caption, "generic")
        self._set("image_credit", body.image_credit, "generic")

    def _set_rights(self, body: Body) -> None:
        truncated = self._page.is_gated or body.truncated
        access = read_access(self._structured, self._head, truncated=truncated)
        self._set("access", access.concluded, access.origin)
        self._article.access_declared_free = access.declared_free
        self._article.access_seen_truncated = access.seen_truncated
        rights = read_rights(self._head)
        self._article.tdm_reserved = rights.reserved
        if rights.reserved is not None:
            self._article.provenance["tdm_reserved"] = "meta"
        self._article.tdm_policy = rights.policy
        self._article.rights_signals = rights.signals


def _one_text(values: list[Any]) -> str | None:
    """Return an ``articleBody``, which some publishers cut into a list."""
    return "\n\n".join(value for value in values if isinstance(value, str)) or None
