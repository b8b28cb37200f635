"""Arguments that cannot be understood: one line that says what is expected, exit code not 0."""

import pytest


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("sinse=2026-01-01", "unknown argument sinse, perhaps since; there are: "),
        ("since=yesterday", "since=2026-01-31"),
        ("until=2026-13-01", "until=2026-01-31"),
        ("limit=0", "limit=100"),
        ("limit=many", "limit=100"),
        ("full=yes", "full=1"),
    ],
)
def test_a_wrong_argument_is_explained(scrapy, argument, words):
    done = scrapy.run("crawl", "ecomnews", "-a", argument)
    (line,) = done.stderr.strip().splitlines()
    assert words in line
    assert done.returncode == 2
    assert not scrapy.output.exists(), "nothing is made for a run that cannot begin"


def test_since_must_lie_before_until(scrapy):
    done = scrapy.run("crawl", "ecomnews", "-a", "since=2026-02-01", "-a", "until=2026-02-01")
    assert "must lie before" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "-a urls=URL,URL or -a file=FILE"),
        (["urls=example.org/a"], "'example.org/a' is not an address"),
        (["file=/no/such/file"], "cannot read file=/no/such/file"),
    ],
)
def test_pages_that_are_not_named_are_asked_for(scrapy, arguments, words):
    done = scrapy.run("crawl", "urls", *(w for a in arguments for w in ("-a", a)))
    (line,) = done.stderr.strip().splitlines()
    assert words in line
    assert done.returncode == 2


def test_an_unknown_source_is_answered_with_the_one_that_was_meant(scrapy):
    done = scrapy.run("crawl", "ecomnew")
    (line,) = done.stderr.strip().splitlines()
    assert "ecomnews" in line
    assert done.returncode == 2


def test_list_names_the_sources(scrapy):
    assert {"ecomnews", "urls"} <= set(scrapy.run("list").stdout.split())
