"""The page: template, style, words, scripts and figures put together into one file."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
import zlib
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final

from alescrawl.report.charting import charting_script

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES: Final = ("fr", "en")
_SCRIPTS: Final = (
    *("unpack", "language", "theme", "drawing", "overview", "naming", "network", "map"),
    *("jobs", "topics", "health", "gaps", "fresh", "table", "start"),
)
"""In the order in which they are run."""


def page(figures: dict[str, Any], *, language: str) -> str:
    """Return the page as HTML; *language* is fr, en or "" for the reader's own.

    All that comes from articles is within the packed figures and written as text by the scripts:
    no title can be markup. The page's policy lets nothing be asked for over the network, and only
    the scripts below run.
    """
    app = "\n".join(_text(f"{name}.js") for name in _SCRIPTS)
    scripts = [_script(charting_script()), _script(f'"use strict";\n(() => {{\n{app}\n}})();')]
    return Template(_text("page.html")).substitute(
        language=language or "fr",
        chosen=language,
        policy=_policy(scripts),
        style=_text("style.css"),
        figures=_packed(figures),
        words=_packed(words()),
        charting=scripts[0],
        app=scripts[1],
    )


def words() -> dict[str, dict[str, str]]:
    """Return the texts of the page by language and name."""
    return tomllib.loads(_text("words.toml"))


def _text(name: str) -> str:
    return (files("alescrawl.report") / "templates" / name).read_text("utf-8")


def _script(code: str) -> str:
    """Return *code* as it stands within a script element, which these two strings would end."""
    return code.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def _policy(scripts: Sequence[str]) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed} 'unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _packed(value: object) -> str:
    """Return *value* as JSON, deflated, in base 64, which holds nothing that HTML could mean."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode()
