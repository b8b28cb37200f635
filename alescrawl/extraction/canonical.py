"""The one address of an article, whatever led to it."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

_FACTS: Final = tomllib.loads(
    (files("alescrawl") / "data" / "addresses.toml").read_text(encoding="utf-8")
)
_PARAMETERS = frozenset(_FACTS["parameters"]) | frozenset(_FACTS["renderings"])
_PREFIXES = tuple(_FACTS["prefixes"])
_VALUES = frozenset(_FACTS["values"])
_VALUE_OF = frozenset(_FACTS["value_of"])
_LAST_SEGMENTS = frozenset(_FACTS["last_segments"])
_AMP: Final[str] = _FACTS["amp_segment"]
_HOST_PREFIXES = tuple(_FACTS["host_prefixes"])
_PRESENT_HOSTS: Final[dict[str, str]] = _FACTS["present_hosts"]
_OTHER_FORMS = {
    host: [(re.compile(form), address) for form, address in forms.items()]
    for host, forms in _FACTS["other_forms"].items()
}

_LONGEST = 8_192
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = r"A-Za-z0-9\-._~"
_PLAIN = re.compile(rf"[{_UNRESERVED}!$&'()*+,;=:@/?]*")
_TO_ENCODE = re.compile(rf"%[0-9A-Fa-f]{{2}}|[^{_UNRESERVED}!$&'()*+,;=:@/?]")
_IS_UNRESERVED = re.compile(rf"[{_UNRESERVED}]")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_NUMERIC_HOST = re.compile(r"[\d.]+|.*:.*", re.DOTALL)
_AMP_CACHE = re.compile(r"/(?:[civ]|amp)/(?:s/)?([^/]+\.[^/]+/.*)", re.DOTALL)
_GOOGLE = re.compile(r"google\.[a-z.]{2,6}")
_PLACEHOLDER = re.compile(r"%7B|%3C|\[|/(?:undefined|null|nan)(?:/|$)", re.IGNORECASE)
_SLUG = re.compile(r"-.*-.*-|\d{5}", re.DOTALL)


@lru_cache(maxsize=4_096)
def canonical_url(url: str, declared: str | None = None) -> str:
    """Return the canonical form of *url*, or of the canonical link *declared* by its page.

    Dropped: fragment, ``www.``, default port, trailing slash, parameters that only track or ask
    for another rendering, AMP and print variants. Normalised: scheme (https, except at IP
    addresses, localhost and explicit ports), case of the host, percent-encoding, order of the
    query. *declared* is believed on the same site unless it is the front page or a section.
    Never raises; what is no web address is returned as it is, trimmed.
    """
    own = _normalised(url)
    if declared and len(declared) <= _LONGEST:
        try:
            other = _normalised(urljoin(url, declared.strip()))
        except ValueError:
            return own
        if other != own and _is_believable(own, other):
            return other
    return own


def without_tracking(url: str) -> str:
    """Return *url* as it may be asked for: without fragment and parameters that only track.

    Host, path and the rest of the query stay as they are listed. Never raises.
    """
    address, _, query = url.strip().partition("#")[0].partition("?")
    kept = [pair for pair in query.split("&") if pair and not _is_idle(_unescaped(pair))]
    return f"{address}?{'&'.join(kept)}" if kept else address


def _normalised(url: str) -> str:
    url = url.strip()
    if len(url) > _LONGEST:
        return url
    try:
        while inner := _in_amp_cache(url):
            url = inner
        return _rebuilt(url)
    except ValueError:
        return url


def _rebuilt(url: str) -> str:
    parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
    scheme, host = parts.scheme, _host(parts.hostname or "")
    if not host or scheme not in _DEFAULT_PORTS:
        return url
    port = parts.port
    if port in {None, _DEFAULT_PORTS[scheme]}:
        site = host
        if not (_NUMERIC_HOST.fullmatch(host) or host == "localhost"):
            scheme = "https"
    else:
        site = f"{host}:{port}"
    query = _query(parts.query)
    address = f"{_path(parts.path)}{'?' if query else ''}{query}"
    for form, other in _OTHER_FORMS.get(host, ()):
        address = form.sub(other, address)
    return f"{scheme}://{site}{address}"


def _host(host: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return host
    if ":" in host:
        return f"[{host}]"
    host = host.rstrip(".")
    while host.startswith(("www.", "amp.")) and "." in host[4:]:
        host = host[4:]
    return _PRESENT_HOSTS.get(host, host)


def _path(path: str) -> str:
    path = _percent_normalised(path)
    if ";" in path:
        path = _SESSION.sub("", path)
    segments = path.split("/")[1:]
    if "." in segments or ".." in segments:
        segments = _without_dots(segments)
    while len(segments) > 1 and segments[0] == _AMP:
        del segments[0]
    while segments and _is_variant(segments):
        del segments[-1]
    if segments:
        segments[-1] = _without_amp_suffix(segments[-1])
    return f"/{'/'.join(segments)}"


def _is_variant(segments: list[str]) -> bool:
    last = segments[-1]
    return last in {"", _AMP} or (len(segments) > 1 and last in _LAST_SEGMENTS)


def _without_amp_suffix(name: str) -> str:
    while name.endswith(".amp.html") and name != ".amp.html":
        name = f"{name[:-9]}.html"
    while name.endswith(".amp") and name != ".amp":
        name = name[:-4]
    return name


def _without_dots(segments: list[str]) -> list[str]:
    """Return *segments* with . and .. resolved, as RFC 3986 5.2.4 says."""
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return kept


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = {_unescaped(pair) for pair in _percent_normalised(query).split("&")}
    return "&".join(sorted(pair for pair in pairs if pair and not _is_idle(pair)))


def _unescaped(pair: str) -> str:
    while pair.startswith("amp;"):  # from an address with &amp; in it
        pair = pair[4:]
    return pair


def _is_idle(pair: str) -> bool:
    """Whether a parameter leads to the same article with and without it."""
    name, _, value = pair.lower().partition("=")
    if name in _PARAMETERS or name.startswith(_PREFIXES):
        return True
    return name in _VALUE_OF and value in _VALUES


def _percent_normalised(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _TO_ENCODE.sub(_encoded, text)


def _encoded(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 1:
        return quote(found, safe="", errors="replace")
    character = chr(int(found[1:], 16))
    return character if _IS_UNRESERVED.match(character) else found.upper()


def _in_amp_cache(url: str) -> str | None:
    """Return the address that an AMP cache's *url* stands for."""
    if "/amp/s/" not in url and "ampproject.org/" not in url:
        return None
    parts = urlsplit(url)
    host = _host(parts.hostname or "")
    if not (host.endswith("cdn.ampproject.org") or _GOOGLE.fullmatch(host)):
        return None
    found = _AMP_CACHE.fullmatch(parts.path)
    return f"https://{found[1]}" if found else None


def _is_believable(own: str, other: str) -> bool:
    """Whether the page at *own* may well have *other* as its address."""
    here, there = urlsplit(own), urlsplit(other)
    if there.scheme not in _DEFAULT_PORTS or _site(here.netloc) != _site(there.netloc):
        return False
    if there.path == "/" or _PLACEHOLDER.search(there.path):
        return there.path == "/" == here.path
    below = here.path.removeprefix(f"{there.path}/")
    return below == here.path or not _SLUG.search(below)


def _site(netloc: str) -> str:
    for prefix in _HOST_PREFIXES:
        netloc = netloc.removeprefix(prefix)
    return netloc
