"""Jobs and sums one row a statement; and frames that pandas can compare and write."""

import pandas as pd
import pytest
from collected import COPY, FILATURE, MARCHE, article, collect

import alescrawl

CLOSED = article(
    5,
    "Mécalzen supprime 30 postes à Nîmes",
    "L'entreprise Mécalzen supprime 30 emplois à Nîmes. Elle en comptait cent.",
    "Mécalzen supprime 30 emplois à Nîmes, selon les syndicats.",
)

for mention in CLOSED.mentions:
    if mention.kind == "jobs":
        mention.about, mention.insee = "Mécalzen", "30189"


@pytest.fixture
def output(tmp_path):
    collect(tmp_path / "output", FILATURE, COPY, MARCHE, CLOSED)
    return tmp_path / "output"


def test_a_statement_about_jobs_is_a_row_with_its_sentence(output):
    jobs = alescrawl.load_jobs(output)
    cut = jobs[jobs["change"] == "cut"].iloc[0]
    assert (cut["employer"], cut["jobs"], cut["commune"], cut["insee"]) == (
        "Mécalzen",
        30,
        "Nîmes",
        "30189",
    )
    assert cut["sentence"] == "L'entreprise Mécalzen supprime 30 emplois à Nîmes."
    assert (cut["title"], cut["url"]) == (CLOSED.title, CLOSED.canonical_url)


def test_what_is_said_again_and_what_is_copied_counts_once(output):
    jobs = alescrawl.load_jobs(output)
    assert (jobs["jobs"] == 30).sum() == 1
    assert (jobs["jobs"] == 45).sum() == 1
    assert (alescrawl.load_jobs(output, copies=True)["jobs"] == 45).sum() == 2


def test_jobs_by_employer_commune_and_month_are_three_lines(output):
    jobs = alescrawl.load_jobs(output)
    month = jobs["published"].dt.tz_convert("Europe/Paris").dt.strftime("%Y-%m")
    by_employer = jobs.groupby(["employer", "change"])["jobs"].sum()
    by_commune = jobs.groupby(["commune", "change"])["jobs"].sum()
    by_month = jobs.groupby([month, "change"])["jobs"].sum()
    assert by_employer["Mécalzen", "cut"] == 30
    assert by_commune["Nîmes", "cut"] == 30
    assert by_month["2026-11", "cut"] == 30


def test_sums_are_in_euros(output):
    amounts = alescrawl.load_amounts(output)
    assert amounts["euros"].tolist() == [3.2e6]
    assert "3,2 millions d'euros" in amounts["sentence"].iloc[0]


def test_the_period_is_that_of_the_articles(output):
    assert alescrawl.load_jobs(output, since="2026-12-01").empty
    assert not alescrawl.load_amounts(output, until="2026-12-01").empty


def test_the_communes_of_the_gard():
    communes = alescrawl.load_communes().set_index("insee")
    ales = communes.loc["30007"]
    assert (ales["name"], ales["epci"]) == ("Alès", "Alès Agglomération")
    assert 40_000 < ales["population"] < 60_000
    assert 44.1 < ales["latitude"] < 44.2
    assert len(communes) > 340


@pytest.mark.parametrize(
    "load",
    [
        *(alescrawl.load_articles, alescrawl.load_mentions, alescrawl.load_runs),
        *(alescrawl.load_jobs, alescrawl.load_amounts),
    ],
)
def test_frames_can_be_compared_and_written(output, load, tmp_path):
    frame = load(output)
    twice = pd.concat([frame, frame])
    assert len(twice.drop_duplicates()) == len(frame)
    frame.to_parquet(tmp_path / "frame.parquet")
    assert len(pd.read_parquet(tmp_path / "frame.parquet")) == len(frame)
    frame.to_excel(tmp_path / "frame.xlsx", index=False)
    read = pd.read_excel(tmp_path / "frame.xlsx")
    assert list(read.columns) == list(frame.columns)
    assert len(read) == len(frame)


def test_a_sheet_has_the_times_of_paris_and_lists_as_text(output, tmp_path):
    frame = alescrawl.load_articles(output).sort_values("published")
    frame[["published", "title", "authors"]].to_excel(tmp_path / "x.xlsx", index=False)
    row = pd.read_excel(tmp_path / "x.xlsx").iloc[0]
    assert row["published"] == pd.Timestamp("2026-11-20 06:01")
    assert row["authors"] == "Claire Vasserot"
