"""A setting that is no number or no switch, or none at all, is told before anything runs."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings

from alescrawl.commands.crawl import check_settings
from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.folder import Folder


def project(**changed):
    settings = Settings()
    settings.setmodule("alescrawl.settings")
    settings.setdict(changed, priority="cmdline")
    return settings


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ALESCRAWL_WORKERS", "-1", "a whole number of 0 or more, such as 1"),
        ("ALESCRAWL_WORKERS", "two", "a whole number of 0 or more, such as 1"),
        ("ALESCRAWL_PATIENCE", "0", "a whole number above 0, such as 5"),
        ("ALESCRAWL_LONGEST_WAIT", "x", "a number of 0 or more, such as 300.0"),
        ("ALESCRAWL_LONGEST_CRAWL_DELAY", "nan", "a number of 0 or more, such as 60.0"),
        ("ALESCRAWL_FIRST_WAIT", "inf", "a number of 0 or more, such as 10.0"),
        ("ALESCRAWL_ALERT_TIMEOUT", "soon", "a whole number above 0, such as 10"),
        ("ALESCRAWL_ENTITIES", "perhaps", "1 or 0"),
        ("ALESCRAWL_TDMREP", "perhaps", "1 or 0"),
        ("DOWNLOAD_DELAY", "slow", "a number of 0 or more, such as 1.0"),
        ("DOWNLOAD_TIMEOUT", "-3", "a number above 0, such as 30.0"),
        ("CONCURRENT_REQUESTS", "many", "a whole number above 0, such as 64"),
    ],
)
def test_a_value_of_no_use_is_told_with_what_is_expected(name, value, expected):
    with pytest.raises(ArgumentError) as told:
        check_settings(project(**{name: value}))
    assert str(told.value) == f"{name}: {value!r} cannot be used; expected is {expected}"


def test_a_misspelt_setting_of_this_project_is_told_with_the_one_that_was_meant():
    for name, meant in (
        ("ALESCRAWL_KEPE", ", perhaps ALESCRAWL_KEEP"),
        ("ALESCRAWL_ZZZZZZZZZZ", ""),
    ):
        with pytest.raises(ArgumentError) as told:
            check_settings(project(**{name: "gard"}))
        assert str(told.value) == f"there is no setting {name}{meant}: see docs/settings.md"


def test_what_the_project_and_its_users_set_is_well():
    check_settings(project())
    check_settings(project(ALESCRAWL_WORKERS="2", ALESCRAWL_ENTITIES="0", DOWNLOAD_DELAY="0.5"))


def test_an_empty_output_is_not_the_folder_that_one_is_in():
    with pytest.raises(DatasetError, match="ALESCRAWL_OUTPUT is empty: name a folder"):
        Folder.from_settings(project(ALESCRAWL_OUTPUT=""))
