"""`scrapy backfill --from warc:`: captures become rows and revisions, in order of time."""

import hashlib
import json
import re
import zipfile

import pandas as pd
import pytest
from captured_pages import FIRST, SECOND, SETTINGS, THIRD, TWIN, A, fill, rows, shown, text
from captures import HOST, allow, chunked, gzipped, record, write_warc
from loopback import page
from scrapy_command import Scrapy


@pytest.fixture
def allowed(scrapy):
    allow(scrapy)
    return scrapy


def test_captures_become_revisions_in_order_of_time(allowed, tmp_path):
    body, headers = gzipped(SECOND)
    path = write_warc(
        tmp_path / "a.warc.gz",
        record(A, "2016-05-01", THIRD),
        record(A, "2015-03-02", FIRST),
        record(TWIN, "2015-06-01", body, headers=headers),
        record(A, "2015-04-01", FIRST),
    )
    done = fill(allowed, f"warc:{path}")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    (row,) = rows(allowed).itertuples()
    assert (row.revision, row.archive) == (3, "a.warc.gz")
    assert "vingt étals" in row.text
    assert row.fetched_at == row.captured_at == pd.Timestamp("2016-05-01T12:00Z")
    assert row.first_seen == pd.Timestamp("2015-03-02T12:00Z")
    assert row.only_archived
    assert row.provenance["captured_at"] == "archive"
    older = pd.read_parquet(allowed.output / "revisions").sort_values("revision")
    assert list(older.revision) == [1, 2]
    assert [*older.captured_at.dt.strftime("%Y-%m-%d")] == ["2015-03-02", "2015-06-01"]


def test_the_same_command_again_does_nothing(allowed, tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", record(A, "2015-03-02", FIRST))
    fill(allowed, f"warc:{path}")
    before = allowed.ledger("SELECT * FROM articles"), allowed.ledger("SELECT count(*) FROM runs")
    again = fill(allowed, f"warc:{path}")
    assert again.stdout == "captured: nothing that is not read already\n"
    assert before == (
        allowed.ledger("SELECT * FROM articles"),
        allowed.ledger("SELECT count(*) FROM runs"),
    )


def at(path):
    return f"http://{HOST}/2016/{path}"


FORMER = "http://ancien-courrier.example/article.php?id=7"


def plain(url, body, day="2016-01-02", **more):
    return record(url, day, body, packed=False, **more)


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """One folder of all that is wrong with archives, and what a back-fill makes of it."""
    folder = tmp_path_factory.mktemp("bad")
    scrapy = Scrapy(folder / "output")
    allow(scrapy, robots="User-agent: *\nDisallow: /2016/02/", tdmrep=RESERVED)
    whole = record(at("01/avant-la-coupure"), "2016-01-01", shown("Un marché reprend", "Avant"))
    cut = record(at("01/coupe"), "2016-01-01", shown("Un texte est coupé", "Coupé"))
    after = record(at("01/apres-la-coupure"), "2016-01-01", shown("Un pont rouvre", "Après"))
    last = record(at("01/coupe-a-la-fin"), "2016-01-01", shown("La fin manque ici", "Cassé"))
    write_warc(folder / "w/1.warc.gz", whole, cut[: len(cut) // 2], after, last[:-40])
    wrong = record(at("01/faux"), "2016-01-02", shown("Un faux", "Faux"), packed=False)
    wrong = re.sub(rb"(Payload-Digest: sha1:)\w+", rb"\1" + b"A" * 32, wrong)
    latin = page("Une école ferme", text("L’été s’achève")).encode("cp1252")
    body, headers = chunked(shown("Une usine recrute", "En morceaux"))
    revisit = {"WARC-Refers-To-Target-URI": at("01/une"), "WARC-Profile": "x"}
    revisit["WARC-Payload-Digest"] = "sha1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
    big = b"<html>" + b" " * 20_000_000
    page_of = {
        "ecole": shown("Un interdit", "Interdit"),
        "choix": "<html><title>Vos choix</title><body><p>Acceptez les traceurs.</p></body></html>",
    }
    ansi = (("Content-Type", "text/html; charset=windows-1252"),)
    write_warc(
        folder / "w/2.warc",
        wrong,
        plain(at("01/une-ecole-ferme"), latin, headers=ansi),
        plain(at("01/une-usine"), body, headers=headers),
        plain(at("01/revisite"), b"", kind="revisit", headers=(), more=revisit),
        plain(at("01/enorme"), big),
        plain(at("01/erreur"), "panne", status=500),
        plain(at("01/ailleurs"), "", status=301),
        plain(at("01/image"), b"GIF", headers=(("Content-Type", "image/gif"),)),
        plain(at("02/interdit"), page_of["ecole"]),
        plain(at("03/reserve"), shown("Un texte réservé", "Réservé"), "2016-03-02"),
        plain(f"http://{HOST}/2008/01/vieux", shown("Une firme", "Autre"), "2008-01-01"),
        plain(FORMER, shown("Le vieux site", "Vieux", "2010-05-04"), "2010-05-04"),
        plain("http://autre.example/2016/01/autre", shown("Un autre", "Autre")),
        plain(at("01/jour"), shown("Un jour sans heure", "Jour"), "20160105"),
        plain(at("01/consentement"), page_of["choix"]),
    )
    done = fill(scrapy, f"warc:{folder}/w")
    return scrapy, done


RESERVED = '[{"location": "/2016/03/*", "tdm-reservation": 1}]'


def outcome(scrapy, path):
    found = scrapy.ledger(f"SELECT outcome FROM captures WHERE url LIKE '%{path}'")
    return found[0][0] if found else None


def test_only_what_shows_an_article_is_one(bad):
    scrapy, done = bad
    assert done.stderr == ""
    assert set(rows(scrapy).title) == {
        *("Un marché reprend", "Un pont rouvre", "Une école ferme", "Une usine recrute"),
        *("Un texte réservé", "Le vieux site", "Un jour sans heure"),
    }, done.stdout


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/coupe-a-la-fin", "failed/cut_short"),
        ("/faux", "failed/wrong_digest"),
        ("/revisite", "failed/revisit_without_original"),
        ("/interdit", "refused/robots"),
        ("/vieux", None),
        ("/consentement", "not_article/no_text"),
        ("/enorme", None),
    ],
)
def test_what_is_none_says_why(bad, path, expected):
    assert outcome(bad[0], path) == expected


def test_what_the_index_passes_over_is_told(bad):
    assert "damaged" in bad[1].stdout
    assert "too_long" in bad[1].stdout
    assert "http_301" in bad[1].stdout


def test_what_its_host_reserves_today_has_no_text(bad):
    row = rows(bad[0]).set_index("title").loc["Un texte réservé"]
    assert row.tdm_reserved
    assert row.text is None or pd.isna(row.text)
    raw = b"".join(p.read_bytes() for p in (bad[0].output / "raw").rglob("*2016-03*"))
    assert raw == b""


def test_a_charset_that_only_the_record_names_is_heeded(bad):
    assert "L’été s’achève" in rows(bad[0]).set_index("title").loc["Une école ferme"].text


def test_archived_pages_are_read_again_from_this_dataset_s_own_archive(bad):
    done = bad[0].run("reprocess", "captured", settings=SETTINGS)
    assert "captured: 6 articles read again, 0 changed" in done.stdout, done.stdout
    assert rows(bad[0]).archive.notna().all()


def test_an_exported_package_is_read_back_as_the_same_rows(bad, scrapy, tmp_path):
    exported, _ = bad
    package = tmp_path / "pages.wacz"
    done = exported.run("archive", "export", str(package), settings=SETTINGS)
    assert done.stdout == f"{package}: 6 records, 6 pages\n", done.stderr
    allow(scrapy)
    assert fill(scrapy, f"warc:{package}").returncode == 0
    columns = ["url", "title", "text", "captured_at", "content_hash"]
    kept = rows(exported)[rows(exported).text.notna()].reset_index(drop=True)
    pd.testing.assert_frame_equal(rows(scrapy)[columns], kept[columns])
    with zipfile.ZipFile(package) as opened:
        told = json.loads(opened.read("datapackage.json"))
        for each in told["resources"]:
            data = opened.read(each["path"])
            assert each["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        lines = opened.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    assert lines[0].startswith("example,ancien-courrier)/article.php?id=7 20100504120000 {")
