"""A command that is called wrongly says so in one line, with what was perhaps meant."""

import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("forget",), "scrapy forget: expected is a call such as: scrapy forget [options]"),
        (("history",), "scrapy history: expected is a call such as: scrapy history [options]"),
        (
            ("migrate", "there"),
            "scrapy migrate: expected is a call such as: scrapy migrate [options]",
        ),
        (("export",), "scrapy export: name one thing to write"),
        (("registry",), "scrapy registry: say what to do: update, "),
        (("registry", "resolv"), "scrapy registry: resolv is none of its words, perhaps resolve"),
        (("entities", "unknwn"), "perhaps unknown"),
        (("status", "--jsn"), "scrapy status: there is no option --jsn, perhaps --json"),
        (("report", "--langage=fr"), "there is no option --langage, perhaps --language"),
        (("find", "usine", "--comune", "Alès"), "perhaps --commune"),
        (("doctor", "--quik"), "scrapy doctor: there is no option --quik"),
    ],
)
def test_it_is_one_line(capsys, words, told):
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", *words], get_project_settings())
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert told in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
