"""Absolute addresses from the links that routes and users give."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def web_address(base: str, link: str) -> str | None:
    """Return *link* as an absolute http address, ``None`` where it is none or empty.

    The characters of the path stay as they are: some systems tell composed from decomposed
    ones apart.
    """
    if not link.strip():
        return None
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
        # Asking for the port is what finds out that it is no number.
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return address if usable else None


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what the links of the page *tree* at *url* are relative to: its <base>, or *url*."""
    base = tree.find(".//base[@href]")
    return web_address(url, base.get("href") or "") or url if base is not None else url
