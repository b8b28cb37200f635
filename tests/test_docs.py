"""The pages of docs/: they build without a warning, and what they tell a user to type is there."""

from __future__ import annotations

import pkgutil
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from scrapy.cmdline import ScrapyArgumentParser, _get_commands_dict
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from alescrawl.crawling.discovery.spider import NewsSpider
from alescrawl.reference import commands_markdown, settings_markdown

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.fr.md"])
_LINES = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _typed():
    for page in PAGES:
        for block in _LINES.findall(page.read_text("utf-8")):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words and words[0].removeprefix(".venv/bin/") in {"scrapy", "alescrawl"}:
                    yield pytest.param(words[1:], id=f"{page.name}: {' '.join(words[1:])}")


@pytest.fixture(scope="module")
def commands():
    return _get_commands_dict(get_project_settings(), inproject=True)


@pytest.mark.parametrize("words", list(_typed()))
def test_what_a_page_tells_a_user_to_type_is_understood(words, commands, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("addresses.txt").write_text("https://www.example.org/une-usine\n", "utf-8")
    name, *arguments = words
    assert name in commands
    command = commands[name]
    command.settings = get_project_settings()
    parser = ScrapyArgumentParser(conflict_handler="resolve", exit_on_error=False)
    command.add_options(parser)
    options, rest = parser.parse_known_args(arguments)
    assert [word for word in rest if word.startswith("-")] == []
    if name == "crawl":
        _check_crawl(rest[0], options)


def _check_crawl(source, options):
    spiders = SpiderLoader.from_settings(get_project_settings())
    if source != "example.org":  # the one that the reader is about to add
        spider = spiders.load(source)
        assert issubclass(spider, NewsSpider)
        spider.check_arguments(dict(pair.split("=", 1) for pair in options.spargs))


def test_commands_and_settings_are_described_as_they_are():
    remedy = "run python -m alescrawl.reference docs"
    assert (DOCS / "commands.md").read_text("utf-8") == commands_markdown(), remedy
    assert (DOCS / "settings.md").read_text("utf-8") == settings_markdown(), remedy


def test_every_setting_says_what_it_is_for():
    text = (ROOT / "alescrawl" / "settings.py").read_text("utf-8")
    own = set(re.findall(r"^(ALESCRAWL_\w+)", text, re.MULTILINE))
    assert own == set(re.findall(r"^\| `(ALESCRAWL_\w+)`", settings_markdown(), re.MULTILINE))


def test_what_the_architecture_names_is_there():
    told = (DOCS / "architecture.md").read_text("utf-8")
    names = re.findall(r"`([a-z_]+(?:\.\w+)+)`", told)
    paths = re.findall(r"`((?:alescrawl|benchmarks|tests)/[\w./-]+)`", told)
    assert len(names) > 30
    assert len(paths) > 30
    assert [name for name in names if not _resolves(f"alescrawl.{name}")] == []
    assert [path for path in paths if not (ROOT / path).exists()] == []


def _resolves(name):
    """Return whether *name* is a module, or stands in one."""
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_a_decision_has_its_date_what_was_measured_and_what_would_change_it():
    pages = [page for page in (DOCS / "decisions").glob("*.md") if page.stem != "index"]
    listed = (DOCS / "decisions" / "index.md").read_text("utf-8")
    assert len(pages) > 40
    for page in pages:
        text = page.read_text("utf-8")
        assert re.search(r"^\d{4}-\d\d-\d\d$", text, re.MULTILINE), page
        heads = re.findall(r"^\*\*(.+?)\.\*\*", text, re.MULTILINE)
        assert heads == ["Choice", "Measured", "What would change it"], page
        assert f"({page.name})" in listed


SPHINX = (sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going")


@pytest.mark.long
def test_the_pages_build_as_a_site_without_a_warning(tmp_path):
    done = subprocess.run(
        [*SPHINX, "-D", "nb_execution_mode=off", DOCS, tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    built = {page.stem for page in tmp_path.glob("*.html")}
    assert {page.stem for page in DOCS.glob("*.md")} <= built


def test_what_builds_the_pages_is_what_the_tests_build_them_with():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = extras["optional-dependencies"]
    assert _own(wanted["docs"]) <= _own(wanted["test"])


def _own(extra):
    """Return the packages of an extra, and the extras of this one that are in it."""
    return {name for each in extra for name in re.findall(r"alescrawl|[^\[\],]+", each)}
