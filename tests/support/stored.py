"""All that a crawl leaves in its output folder, as one text to be searched."""

import gzip
import sqlite3
import zlib
from contextlib import closing

import pandas as pd

PACKED = b"\x78\x01"
"""What the ledger's rows begin with: zlib, level 1."""


def _unpacked(blob):
    try:
        return zlib.decompress(blob).decode("utf-8", "replace")
    except zlib.error:
        return blob.decode("utf-8", "replace")


def _with_what_is_free(data):
    """Return the bytes of a ledger, and what was packed in them, in use or not."""
    texts = [data.decode("latin-1"), data.decode("utf-8", "replace")]
    start = -1
    while (start := data.find(PACKED, start + 1)) >= 0:
        unpacking, text = zlib.decompressobj(), b""
        try:
            # Bit by bit: what was overwritten further on is readable up to there.
            for at in range(start, min(start + 1_000_000, len(data)), 64):
                text += unpacking.decompress(data[at : at + 64])
                if unpacking.eof:
                    break
        except zlib.error:
            pass
        texts.append(text.decode("utf-8", "replace"))
    return texts


def everything_stored(output):
    """Return all that the output folder holds, unpacked, as one text."""
    # Closed at once: one that is left open sees what another process has replaced.
    with closing(sqlite3.connect(output / "ledger.sqlite")) as db:
        tables = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [row for t in tables for row in db.execute(f"SELECT * FROM {t}")]
    blobs = [v for row in rows for v in row if isinstance(v, bytes)]
    texts = [str(row) for row in rows]
    texts += [_unpacked(blob) for blob in blobs]
    for path in output.rglob("*"):
        if path.is_file() and path.name.startswith("ledger.sqlite"):
            texts += _with_what_is_free(path.read_bytes())
        elif path.is_file():
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    for path in output.rglob("*.warc.gz"):
        texts.append(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    for path in (output / "bad_pages").rglob("page.*"):
        texts.append(path.read_text("utf-8", "replace"))
    for path in output.rglob("*.parquet"):
        texts += pd.read_parquet(path).astype(str).to_csv().splitlines()
    return "\n".join(texts)
