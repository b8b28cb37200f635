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

LONGEST_HOST = 253
_NO_HOST = re.compile(r"[\s\x00-\x20\"<>\\^`{|}%#?@/]")


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
        usable = parts.scheme in {"http", "https"} and parts.port != 0 and _is_host(parts.hostname)
    except ValueError:
        return None
    return address if usable else None


def _is_host(name: str | None) -> bool:
    """Return whether *name* may be a host's: no blanks, a letter or a digit, no empty label."""
    if not name or len(name) > LONGEST_HOST:
        return False
    if ":" in name:
        return True
    labels = name.removesuffix(".").split(".")
    return all(labels) and not _NO_HOST.search(name)


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what the links of the page *tree* at *url* are relative to: its <base>, or *url*."""
    base = tree.find(".//base[@href]")
    return web_address(url, base.get("href") or "") or url if base is not None else url


def site_of(url: str) -> str:
    """Return the last two labels of the host: sections may have hosts of their own."""
    host = urlsplit(url).hostname or ""
    return host if host.replace(".", "").isdecimal() else ".".join(host.split(".")[-2:])
