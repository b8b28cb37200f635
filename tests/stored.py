"""All that a crawl leaves in its output folder, as one text to be searched."""

import gzip
import sqlite3
import zlib

import pandas as pd


def _unpacked(blob):
    try:
        return zlib.decompress(blob).decode("utf-8", "replace")
    except zlib.error:
        return blob.decode("utf-8", "replace")


def everything_stored(output):
    """Return all that the output folder holds, unpacked, as one text."""
    with sqlite3.connect(output / "ledger.sqlite") as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE sql > ''")]
        rows = [row for t in tables if not t.count("_by_") and t != "due"
                for row in db.execute(f"SELECT * FROM {t}")]  # fmt: skip
    blobs = [v for row in rows for v in row if isinstance(v, bytes)]
    texts = [str(row) for row in rows]
    texts += [_unpacked(blob) for blob in blobs]
    for path in output.rglob("*.warc.gz"):
        texts.append(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    for path in (output / "bad_pages").rglob("page.*"):
        texts.append(path.read_text("utf-8", "replace"))
    for path in output.rglob("*.parquet"):
        texts += pd.read_parquet(path).astype(str).to_csv().splitlines()
    return "\n".join(texts)
