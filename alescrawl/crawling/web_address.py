"""Absolute addresses from the links that routes and users give."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


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
