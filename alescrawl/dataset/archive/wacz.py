"""The archive as one WACZ file, which ReplayWeb.page and other tools of web archives read.

WACZ 1.1.1, specs.webrecorder.net/wacz/1.1.1/, and its CDXJ, read on 2026-12-01: WARCs in
``archive/``, an index in ``indexes/``, a list of pages in ``pages/``, and ``datapackage.json`` with
the SHA-256 of each, all stored uncompressed or compressed by themselves.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from alescrawl.dataset.archive.warc import DamagedRecord, RawRecord, read_page, record_of
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.ledger.articles import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from alescrawl.dataset.folder import Folder
    from alescrawl.dataset.ledger.connection import Ledger
    from alescrawl.items import RawPage

_WARC: Final = "data.warc.gz"
_INDEX: Final = "indexes/index.cdx"
_PAGES: Final = "pages/pages.jsonl"
_PACKAGE: Final = "datapackage.json"

_RECORDS: Final = """
SELECT raw.* FROM raw WHERE source = ? ORDER BY fetched_at, file, "offset"
"""
_ROW: Final = "SELECT row FROM articles WHERE article_id = ?"


@dataclass
class Exported:
    """What went into a package: *records*, the *pages* that they show, and what was *damaged*."""

    records: int = 0
    damaged: int = 0
    pages: int = 0
    index: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)


def export_wacz(ledger: Ledger, folder: Folder, sources: Sequence[str], target: Path) -> Exported:
    """Write the archived pages of *sources* to *target*, which is there whole or not at all.

    What the archive holds is what may be kept: reserved and forgotten pages are not in it. A
    record that is damaged is left out and counted. Raises :exc:`DatasetError`.
    """
    half = target.with_name(f".{target.name}.half")
    try:
        done = _write(ledger, folder, sources, half)
        half.replace(target)
    except OSError as error:
        raise DatasetError(
            f"cannot write {target} ({error.strerror}): check the permissions and the disk"
        ) from error
    finally:
        half.unlink(missing_ok=True)
    return done


def _write(ledger: Ledger, folder: Folder, sources: Sequence[str], half: Path) -> Exported:
    done = Exported()
    with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as package:
        resources = [_write_records(package, done, ledger, folder, sources)]
        resources.append(_put(package, _INDEX, "".join(sorted(done.index))))
        head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        listed = "".join((f"{json.dumps(head)}\n", *done.listed))
        resources.append(_put(package, _PAGES, listed))
        text = json.dumps(_description(resources), indent=2)
        _put(package, _PACKAGE, text)
        digest = {"path": _PACKAGE, "hash": _hash(text.encode())}
        _put(package, "datapackage-digest.json", json.dumps(digest, indent=2))
    return done


def _write_records(
    package: zipfile.ZipFile,
    done: Exported,
    ledger: Ledger,
    folder: Folder,
    sources: Sequence[str],
) -> dict[str, Any]:
    """Write the WARC; return what the package says of it."""
    hashed, size = hashlib.sha256(), 0
    with package.open(f"archive/{_WARC}", "w", force_zip64=True) as out:
        for record, title, member, page in _members(ledger, folder, sources, done):
            out.write(member)
            hashed.update(member)
            done.index.append(_index_line(record, page, size, len(member)))
            if record.kind == "response":
                done.listed.append(_page_line(record, title))
                done.pages += 1
            done.records += 1
            size += len(member)
    digest = f"sha256:{hashed.hexdigest()}"
    return {"name": _WARC, "path": f"archive/{_WARC}", "hash": digest, "bytes": size}


def _members(
    ledger: Ledger, folder: Folder, sources: Sequence[str], done: Exported
) -> Iterator[tuple[RawRecord, str | None, bytes, RawPage]]:
    """Yield each record with the title of its article, its bytes as they are, and its page."""
    for source in sources:
        for row in ledger.query(_RECORDS, source).fetchall():
            record = record_of(row)
            place = record.location
            try:
                digest = record.digest if record.kind == "response" else None
                page = read_page(folder.raw, place, digest)
                with (folder.raw / place.file).open("rb") as stream:
                    stream.seek(place.offset)
                    member = stream.read(place.length)
            except (DamagedRecord, OSError):
                done.damaged += 1
                continue
            found = ledger.query(_ROW, row["article_id"]).fetchone()
            title = unpack(found["row"])["title"] if found else None
            yield record, title, member, page


def _index_line(record: RawRecord, page: RawPage, offset: int, length: int) -> str:
    types = (value for name, value in page.headers if name.lower() == "content-type")
    mime = next(types, "text/html").partition(";")[0].strip().lower()
    told = {
        "url": record.url,
        "mime": mime if record.kind == "response" else "warc/revisit",
        "status": str(page.status),
        "digest": f"sha1:{record.digest}",
        "length": str(length),
        "offset": str(offset),
        "filename": _WARC,
    }
    stamp = f"{record.fetched_at.astimezone(UTC):%Y%m%d%H%M%S}"
    return f"{surt(record.url)} {stamp} {json.dumps(told)}\n"


def surt(url: str) -> str:
    """Return the key by which indexes sort *url*: ``fr,exemple)/page``, without scheme and www."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}{port}){parts.path or '/'}{query}"


def _page_line(record: RawRecord, title: str | None) -> str:
    moment = f"{record.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    name = hashlib.sha256(f"{record.url} {moment}".encode()).hexdigest()[:22]
    told = {"id": name, "url": record.url, "ts": moment, "title": title or record.url}
    return f"{json.dumps(told, ensure_ascii=False)}\n"


def _put(package: zipfile.ZipFile, path: str, text: str) -> dict[str, Any]:
    data = text.encode()
    package.writestr(path, data)
    name = path.rpartition("/")[2]
    return {"name": name, "path": path, "hash": _hash(data), "bytes": len(data)}


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _description(resources: list[dict[str, Any]]) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "profile": "data-package",
        "resources": resources,
        "wacz_version": "1.1.1",
        "software": "alescrawl",
        "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "title": "Pages of alescrawl",
    }
