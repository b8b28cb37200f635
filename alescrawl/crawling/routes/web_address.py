"""Absolute addresses from the links that routes and users give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What needs no resolving; sitemaps have tens of thousands of them.
_ABSOLUTE = re.compile(
    r"https?://[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*(?::[1-9]\d{0,3}|:[1-5]\d{4})?/[^\s\\]*"
)


def web_address(base: str, link: str) -> str | None:
    """Return *link* as an absolute http address, ``None`` where it is none or empty.

    The characters of the path stay as they are: some systems tell composed from decomposed
    ones apart.
    """
    link = link.strip()
    if _ABSOLUTE.fullmatch(link) and "/." not in link:
        return link
    if not link:
        return None
    try:
        address = urljoin(base, link)
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


def site_of(url: str) -> str:
    """Return the last two labels of the host: sections may have hosts of their own."""
    host = urlsplit(url).hostname or ""
    return host if host.replace(".", "").isdecimal() else ".".join(host.split(".")[-2:])
