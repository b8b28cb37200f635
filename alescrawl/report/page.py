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
    from collections.abc import Callable

LANGUAGES: Final = ("fr", "en")
SIZE: Final = 5_900_000
"""Characters that the page may have: it is to be mailed. The index of texts gets what is left."""
LEAST_INDEX: Final = 1_000_000
_OWN: Final = 150_000
"""More than template, style, words and scripts have."""
_SCRIPTS: Final = (
    *("unpack", "language", "theme", "tables", "drawing", "bars", "index", "selection"),
    *("overview", "naming", "network", "map", "jobs", "gazette", "topics", "health", "gaps"),
    *("fresh", "table", "address", "start"),
)
"""In the order in which they are run."""


def page(figures: dict[str, Any], index: Callable[[int], dict[str, Any]], *, language: str) -> str:
    """Return the page as HTML; *language* is fr, en or "" for the reader's own.

    *index* is asked for an index of the texts of so many characters, what is left of ``SIZE``.

    All that comes from articles is within the packed figures and written as text by the scripts:
    no title can be markup. The page's policy lets nothing be asked for over the network, and only
    the scripts below run.
    """
    packed = _packed(figures)
    charting = _deflated(charting_script())
    room = max(SIZE - len(packed) - len(charting) - _OWN, LEAST_INDEX)
    app = "\n".join(_text(f"{name}.js") for name in _SCRIPTS)
    script = _script(f'"use strict";\n(() => {{\n{app}\n}})();')
    return Template(_text("page.html")).substitute(
        language=language or "fr",
        chosen=language,
        policy=_policy(script),
        style=_text("style.css"),
        figures=packed,
        words=_packed(words() | reasons()),
        charting=charting,
        **_index(index(room)),
        app=script,
    )


def words() -> dict[str, dict[str, str]]:
    """Return the texts of the page by language and name."""
    return tomllib.loads(_text("words.toml"))


def reasons() -> dict[str, list[dict[str, str]]]:
    """Return why a source may not be well: a ``pattern`` of the English, and the French."""
    return tomllib.loads(_text("reasons.toml"))


def _text(name: str) -> str:
    return (files("alescrawl.report") / "templates" / name).read_text("utf-8")


def _script(code: str) -> str:
    """Return *code* as it stands within a script element, which these two strings would end."""
    return code.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}' 'unsafe-eval'; "
        "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _index(found: dict[str, Any]) -> dict[str, str]:
    """Return its three parts; what is coded in few bits would not get smaller by deflating."""
    postings, pairs = found.pop("postings"), found.pop("pairs")
    return {"index": _packed(found), "postings": postings, "pairs": pairs}


def _packed(value: object) -> str:
    """Return *value* as JSON, deflated, in base 64, which holds nothing that HTML could mean."""
    return _deflated(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _deflated(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 6)).decode()
