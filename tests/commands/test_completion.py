"""A shell completes commands, options and the names of sources."""

import shutil
import subprocess

import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings


def script(capsys, shell):
    with pytest.raises(SystemExit) as ended:
        execute(["scrapy", "completion", shell], get_project_settings())
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(capsys, tmp_path):
    (tmp_path / "script").write_text(script(capsys, "bash"))
    typed = [("crawl", "eco"), ("statu",), ("status", "--js"), ("backfill", "objectif")]
    asked = "\n".join(
        f"COMP_WORDS=(alescrawl {' '.join(words)}); COMP_CWORD={len(words)}; "
        '_shtab_alescrawl; echo "${COMPREPLY[*]}"'
        for words in typed
    )
    done = subprocess.run(
        ["bash", "-c", f"source {tmp_path / 'script'}\n{asked}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:4] == ["ecomnews", "status", "--json", "objectifgard"]


def test_zsh_has_a_script_of_its_own(capsys):
    assert "#compdef alescrawl" in script(capsys, "zsh")
