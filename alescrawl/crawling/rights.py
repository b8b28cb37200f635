"""The rights that a response's headers reserve, beside those that the page itself declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http.headers import Headers

    from alescrawl.items import Article


def apply_headers(article: Article, headers: Headers) -> None:
    """Add to *article* the signals in *headers*; what the page says overrides them (TDMRep)."""
    reservation = _value(headers, "tdm-reservation")
    policy = _value(headers, "tdm-policy")
    robots = [value.decode("latin-1").strip() for value in headers.getlist("X-Robots-Tag")]
    if article.tdm_reserved is None and reservation in {"0", "1"}:
        article.tdm_reserved = reservation == "1"
        article.provenance["tdm_reserved"] = "header"
    article.tdm_policy = article.tdm_policy or policy
    article.rights_signals = [
        *_signals("tdm-reservation", [reservation]),
        *_signals("tdm-policy", [policy]),
        *_signals("x-robots-tag", robots),
        *article.rights_signals,
    ]


def _value(headers: Headers, name: str) -> str | None:
    value = headers.get(name)
    return value.decode("latin-1").strip() if value else None


def _signals(name: str, values: list[str | None] | list[str]) -> list[str]:
    return [f"header {name}={value}" for value in values if value]
