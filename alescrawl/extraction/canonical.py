"""The one address of an article: without tracking, session, print and AMP variants."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|mc_[ce]id|xtor|xts|at_\w+|cmpid|"
    r"_ga|_gl|mtm_\w+|pk_\w+|matomo_\w+|sfnsn|s_cid|ocid|wt_mc|wt\.mc_id|"
    r"phpsessid|jsessionid|sid|sessionid|random-post|amp|print|printable|share|replytocom|m_i",
    re.IGNORECASE,
)
_VARIANT_PATH = re.compile(r"/(?:amp|print|imprimer)$|\.amp(?=\.html?$|$)", re.IGNORECASE)
_OWN_HOST = re.compile(r"localhost|[\d.]+|\[.*\]")
_SAFE = "/:@!$&'()*+,;=~-._"


@lru_cache(maxsize=4096)
def canonical_url(url: str, declared: str | None = None) -> str:
    """Return the canonical form of *url*, or of the *declared* canonical link if it is credible.

    The link is believed where it stays on the site and is not its home page. Scheme and host
    are those that most sites answer at: https, no ``www.``, no default port; a loopback host
    or an explicit port keeps its scheme. Never raises; a text that is no address comes back
    as it is.
    """
    own = _normal(url)
    if not declared:
        return own
    link = _normal(_joined(url, declared))
    return link if _credible(link, own) else own


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return base


def _credible(link: str, own: str) -> bool:
    link_host, _, link_rest = link.partition("://")[2].partition("/")
    own_host, _, own_rest = own.partition("://")[2].partition("/")
    is_home = not link_rest and bool(own_rest)
    return link_host == own_host and not is_home


def _normal(url: str) -> str:
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return text
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return text
    path = quote(
        unquote(_path(parts.path), errors="surrogateescape"), _SAFE, errors="surrogateescape"
    )
    query = _query(parts.query)
    return f"{_authority(parts.scheme.lower(), host, port)}{path}{'?' + query if query else ''}"


def _authority(scheme: str, host: str, port: int | None) -> str:
    if ":" in host:
        host = f"[{host}]"
    own = _OWN_HOST.fullmatch(host) is not None
    default = port is None or port == {"http": 80, "https": 443}[scheme]
    if own or not default:
        return f"{scheme}://{host}" if default else f"{scheme}://{host}:{port}"
    return f"https://{host.removeprefix('www.')}"


def _path(path: str) -> str:
    bare = re.sub(r"/{2,}", "/", path).rstrip("/")
    while (shorter := _VARIANT_PATH.sub("", bare).rstrip("/")) != bare:
        bare = shorter
    return bare


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0]))
    return urlencode(kept, errors="surrogateescape")
