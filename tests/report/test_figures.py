"""What the report counts: what is new, who is named, where, jobs, health, gaps."""

import shutil
from datetime import timedelta

import invented_dataset as invented
import pytest

from alescrawl.dataset.errors import DatasetError
from alescrawl.items import Article, Mention, fingerprint
from alescrawl.report import page as page_module
from alescrawl.report.figures import figures
from alescrawl.report.last import FILE as LAST
from alescrawl.report.last import read_last, remember
from alescrawl.report.loading import load
from alescrawl.report.page import words
from alescrawl.report.scope import Scope
from alescrawl.report.writing import write_report

NOW = invented.NOW


@pytest.fixture
def output(tmp_path):
    """A folder with one source, which a test fills with articles and runs of its own."""
    folder = tmp_path / "output"
    invented.put_runs(folder, "courrier", [invented.run("courrier", NOW)])
    return folder


@pytest.fixture(autouse=True)
def _no_charting(monkeypatch):
    # What is counted does not depend on the script that draws it, which takes seconds to make.
    monkeypatch.setattr(page_module, "charting_script", lambda: "")


def article(number, days=0.0, mentions=(), **columns):
    url = f"https://courrier.example/{number}"
    made = Article(
        article_id=fingerprint(url),
        url=url,
        source="courrier",
        publisher="Le Courrier",
        title=f"Titre {number}",
        published=NOW - timedelta(days=days),
        first_seen=NOW - timedelta(days=days),
        is_gard=True,
    )
    for name, value in columns.items():
        setattr(made, name, value)
    made.mentions = [Mention(made.article_id, *m[:1], m[1], name=m[1], **m[2]) for m in mentions]
    return made


def counted(folder, *articles, persons=False):
    invented.put_articles(folder, "courrier", articles)
    loaded = load(folder, NOW, persons=persons)
    return figures(loaded, [False] * len(loaded.articles), None)


def test_what_came_in_since_the_last_report_is_told_once(output):
    first = [article(number, days=number) for number in range(3)]
    invented.put_articles(output, "courrier", first)
    assert write_report(output).since is None
    invented.put_articles(output, "courrier", [*first, article(9)])
    assert write_report(output).new == 1
    assert write_report(output).new == 0


def test_an_article_that_was_held_back_is_new_when_it_is_published(output):
    invented.put_articles(output, "courrier", [article(1)])
    write_report(output)
    invented.put_articles(output, "courrier", [article(1), article(2, days=40)])
    assert write_report(output).new == 1


def test_a_report_that_cannot_be_written_does_not_count_as_made(output, monkeypatch):
    invented.put_articles(output, "courrier", [article(1)])

    def fail():
        raise DatasetError("no script")

    monkeypatch.setattr(page_module, "charting_script", fail)
    with pytest.raises(DatasetError, match="no script"):
        write_report(output)
    assert read_last(output).made is None
    assert not (output / "report.html").exists()


def test_a_damaged_memory_of_the_last_report_makes_the_next_one_the_first(output):
    invented.put_articles(output, "courrier", [article(1)])
    write_report(output)
    (output / LAST).write_bytes((output / LAST).read_bytes()[:40])
    assert write_report(output).since is None


def test_the_moment_and_articles_of_a_report_are_kept(tmp_path):
    remember(tmp_path, NOW, ["ff" * 8, "00" * 8])
    last = read_last(tmp_path)
    assert last.made == NOW
    assert list(last.is_new(["ff" * 8, "00" * 7 + "01"])) == [False, True]


def test_a_name_counts_once_an_article_and_copies_do_not_count(output):
    cci = ("institution", "CCI", {"subtype": "chamber"})
    told = counted(
        output,
        article(1, mentions=[cci, cci]),
        article(2, mentions=[cci], duplicate_of="0" * 16),
    )
    (name,) = told["named"]["names"]
    assert (name["name"], name["subtype"], len(name["rows"])) == ("CCI", "chamber", 1)


def test_each_name_has_the_articles_that_name_it(output):
    both = [("institution", "CCI", {}), ("institution", "Algosel", {})]
    told = counted(
        output, *(article(n, mentions=both) for n in range(3)), article(9, mentions=both[:1])
    )
    names = [entry["name"] for entry in told["named"]["names"]]
    assert names == ["CCI", "Algosel"]
    assert [entry["rows"] for entry in told["named"]["names"]] == [[0, 1, 2, 3], [0, 1, 2]]


def test_rise_and_fall_compare_two_windows_up_to_the_newest_article(output):
    cci = [("institution", "CCI", {})]
    told = counted(
        output,
        article(1, days=1, mentions=cci),
        article(2, days=95, mentions=cci),
        article(3, days=100, mentions=cci),
        article(4, days=300, mentions=cci),
    )
    assert told["named"]["window"] == [1, 2, 2, 0]


def test_persons_are_named_only_where_that_is_wanted(output):
    person = article(1, mentions=[("person", "Claire Vasserot", {})])
    assert counted(output, person)["named"]["names"] == []
    (name,) = counted(output, person, persons=True)["named"]["names"]
    assert name["name"] == "Claire Vasserot"


def test_a_commune_of_the_gard_is_placed_and_others_are_not(output):
    ales, sete = ("place", "Alès", {"insee": "30007"}), ("place", "Sète", {"insee": "34301"})
    told = counted(output, article(1, mentions=[ales, ales, sete]))
    (commune,) = told["map"]["communes"]
    assert (commune["name"], commune["rows"]) == ("Alès", [0])
    longitudes, latitudes = zip(*told["map"]["outline"], strict=True)
    assert min(longitudes) < commune["longitude"] < max(longitudes)
    assert min(latitudes) < commune["latitude"] < max(latitudes)


def test_an_article_counts_with_the_largest_number_of_jobs_it_names(output):
    def created(count):
        return ("jobs", f"{count:.0f} emplois", {"subtype": "created", "number": count})

    told = counted(
        output,
        article(1, mentions=[created(60.0), created(20.0)]),
        article(2, mentions=[created(500.0)], is_gard=False),
        article(3, mentions=[("jobs", "9 postes", {"subtype": "cut", "number": 9.0})]),
    )
    assert told["jobs"] == [[0, "created", 60], [2, "cut", 9]]


def test_notices_have_their_company_and_the_articles_that_report_them(output):
    mecalzen = ("institution", "Mécalzen", {"siren": "300000001"})
    day = (NOW - timedelta(days=3)).date()
    invented.put_events(
        output,
        [
            ("A1", "300000001", "insolvency_opening", day, {"name": "MECALZEN"}),
            ("B1", "300000002", "insolvency_liquidation", day, {"name": "CUIRS MAUBELLE"}),
            ("B2", "300000001", "modification", day, {"url": "javascript:alert(1)"}),
            ("B3", "300000002", "modification", day, {}),
            ("C1", "300000001", "accounts", day, {}),
        ],
    )
    told = counted(
        output,
        article(1, days=1, mentions=[mecalzen], topics=["insolvency"]),
        article(2, days=2, mentions=[mecalzen]),
    )["gazette"]
    names = [told["companies"][company]["name"] for company, *_ in told["notices"]]
    kinds = [kind for _, _, _, kind, *_ in told["notices"]]
    assert list(zip(names, kinds, strict=True)) == [
        ("Mécalzen", "modification"),
        ("CUIRS MAUBELLE", "insolvency_liquidation"),
        ("Mécalzen", "insolvency_opening"),
    ]
    assert [articles for *_, articles in told["notices"]] == [[1, 0], [], [0]]
    assert told["notices"][0][5] == ""
    assert [company["rows"] for company in told["companies"]] == [[0, 1], []]


def test_without_notices_the_page_has_none(output):
    assert counted(output, article(1))["gazette"] == {"companies": [], "notices": []}


def test_a_report_about_an_institution_has_the_notices_of_those_its_articles_name(output):
    mecalzen = ("institution", "Mécalzen", {"siren": "300000001"})
    day = (NOW - timedelta(days=3)).date()
    sale = [(f"A{n}", f"30000000{n}", "sale", day, {"name": f"N{n}"}) for n in (1, 2)]
    invented.put_events(output, sale)
    invented.put_articles(output, "courrier", [article(1, mentions=[mecalzen])])
    loaded = load(output, NOW, persons=False, scope=Scope(institution="Mécalzen"))
    told = figures(loaded, [False], None)["gazette"]
    assert [company["name"] for company in told["companies"]] == ["Mécalzen"]


def test_a_reserved_article_shows_title_and_link_only(output):
    told = counted(output, article(1, tdm_reserved=True, lead="Un chapô."), article(2, lead="Vu."))
    assert told["articles"]["lead"] == ["", "Vu."]
    assert told["articles"]["title"] == ["Titre 1", "Titre 2"]


def test_an_address_that_is_none_of_the_web_is_no_link(output):
    told = counted(output, article(1, canonical_url="javascript:alert(1)"))
    assert told["articles"]["url"] == [""]


def test_a_source_without_a_publisher_goes_by_its_name(output):
    told = counted(output, article(1, publisher=None), article(2, publisher=None))
    assert told["publishers"] == ["courrier"]
    told = counted(output, article(1, publisher=None), article(2))
    assert told["publishers"] == ["Le Courrier"]


def test_an_article_dated_in_the_future_does_not_stretch_the_months(output):
    told = counted(output, article(1), article(2, days=-4000))
    assert told["months"] == ["2026-11"]
    assert told["older"] == 1


def test_months_are_those_of_paris(output):
    # Half past midnight on the first of July in Paris.
    told = counted(output, article(1, published=NOW.replace(month=6, day=30, hour=22, minute=30)))
    assert told["months"] == ["2026-07"]


def test_a_source_tells_since_when_it_is_not_well_and_what_drifted(output):
    days = [NOW - timedelta(days=age) for age in (6, 5, 4, 3, 2, 1)]
    runs = [invented.run("courrier", day) for day in days[:4]]
    runs += [invented.run("courrier", day, "degraded", lead=0.1, why=["lead"]) for day in days[4:]]
    invented.put_runs(output, "courrier", runs)
    (state,) = counted(output, article(1))["health"]
    assert state["verdict"] == "degraded"
    assert state["since"] == days[4].isoformat()
    assert state["good"] == days[3].isoformat()
    drifted = dict(zip(counted(output, article(1))["fields"], state["fields"], strict=True))
    assert [name for name, (*_, drift) in drifted.items() if drift] == ["lead"]
    assert drifted["lead"][:2] == pytest.approx([0.1, 0.96], abs=1e-6)


def test_reading_the_archive_again_says_nothing_of_a_source(output):
    again = invented.run("courrier", NOW, "broken") | {"kind": "reprocess"}
    invented.put_runs(output, "courrier", [invented.run("courrier", NOW), again])
    (state,) = counted(output, article(1))["health"]
    assert (state["verdict"], state["runs"]) == ("ok", ["ok"])


def test_a_source_that_was_last_crawled_long_ago_keeps_its_state(output):
    invented.put_runs(output, "courrier", [invented.run("courrier", NOW - timedelta(days=99))])
    (state,) = counted(output, article(1))["health"]
    assert (state["verdict"], state["fields"]) == ("ok", [])


def test_sources_that_are_not_well_come_first(output):
    for name, verdict in (("a", "ok"), ("b", "blocked")):
        invented.put_runs(output, name, [invented.run(name, NOW, verdict)])
    assert [s["verdict"] for s in counted(output, article(1))["health"]] == ["blocked", "ok", "ok"]


def test_a_silence_that_is_long_for_a_source_is_a_gap(output):
    daily = [article(age, days=age) for age in range(60) if not 20 < age < 36]
    (gap,) = counted(output, *daily)["gaps"]["gaps"]
    assert (gap["days"], gap["open"]) == (15, False)


def test_a_source_that_fell_silent_has_an_open_gap_and_a_rare_one_has_none(output):
    daily = [article(age, days=age) for age in range(30, 60)]
    (gap,) = counted(output, *daily)["gaps"]["gaps"]
    assert (gap["days"], gap["open"]) == (29, True)
    monthly = [article(age, days=age) for age in range(30, 360, 30)]
    assert counted(output, *monthly)["gaps"]["gaps"] == []


def test_nothing_published_is_told_in_one_line(tmp_path):
    with pytest.raises(DatasetError, match="there is no dataset"):
        write_report(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatasetError, match="there is no dataset"):
        write_report(tmp_path / "empty")


def test_a_language_that_is_not_known_is_told(output):
    with pytest.raises(DatasetError, match="'de'"):
        write_report(output, language="de")


def test_a_page_that_cannot_be_written_leaves_the_former_one(output):
    invented.put_articles(output, "courrier", [article(1)])
    path = write_report(output).path
    before = path.read_bytes()
    shutil.rmtree(output / "mentions", ignore_errors=True)
    (output / "mentions").mkdir()
    (output / "mentions" / "broken.parquet").write_bytes(b"none")
    with pytest.raises(Exception, match=r"[Pp]arquet"):
        write_report(output)
    assert path.read_bytes() == before


def test_both_languages_have_the_same_words():
    french, english = words()["fr"], words()["en"]
    assert set(french) == set(english)
    for name, text in french.items():
        assert _places(text) - {"count"} == _places(english[name]) - {"count"}, name


def _places(text):
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def test_a_report_about_a_part_has_its_articles_alone_and_a_name_of_its_own(output):
    ales, cci = (
        ("place", "Alès", {"insee": "30007"}),
        ("institution", "CCI", {"siren": "183000016"}),
    )
    invented.put_articles(
        output,
        "courrier",
        [article(1, mentions=[ales, cci]), article(2, days=9, mentions=[cci]), article(3)],
    )
    write_report(output)
    about = write_report(output, scope=Scope(commune="30007", commune_name="Alès"))
    assert (about.path.name, about.articles) == ("report-ales.html", 1)
    assert write_report(output, scope=Scope(institution="cci")).articles == 2
    assert write_report(output, scope=Scope(institution="183 000 016")).articles == 2
    week = Scope(since=NOW - timedelta(days=7), institution="CCI")
    assert write_report(output, scope=week).articles == 1
    # What the report of all told is not changed by that of a part.
    assert write_report(output).new == 0


def test_a_name_that_no_article_has_gets_the_nearest(output):
    firm = ("institution", "Algosel", {})
    invented.put_articles(output, "courrier", [article(1, mentions=[firm])])
    with pytest.raises(DatasetError, match="perhaps Algosel"):
        write_report(output, scope=Scope(institution="Algosol"))
    with pytest.raises(DatasetError, match="no article is there for Alès"):
        write_report(output, scope=Scope(commune="30007", commune_name="Alès"))
