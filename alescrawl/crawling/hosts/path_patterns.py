"""Patterns of paths as robots.txt has them: ``*`` is anything, a final ``$`` the end."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit


def path_of(url: str) -> str:
    """Return the path and the query of *url*, whose escapes are undone."""
    parts = urlsplit(url)
    return unquote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def stands_for(pattern: str, path: str) -> bool:
    """Return whether *pattern* stands for *path*, see :func:`path_of`."""
    whole = pattern.endswith("$")
    first, *parts = map(unquote, pattern.removesuffix("$").split("*"))
    if not path.startswith(first):
        return False
    end = len(first)
    for number, part in enumerate(parts, start=1):
        # Of a pattern that is bound to the end, the last part is looked for there.
        last = whole and number == len(parts)
        found = path.rfind(part) if last else path.find(part, end)
        if found < end:
            return False
        end = found + len(part)
    return not whole or end == len(path)
