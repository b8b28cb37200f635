"""The package outside its checkout: the wheel, the command `alescrawl`, an editable install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from loopback import page
from scrapy_command import ROOT

import alescrawl

PACKAGE = ROOT / "alescrawl"
IMPORTED = "import alescrawl; print(alescrawl.__file__, callable(alescrawl.find_mentions))"
pytest.importorskip("setuptools", "77", reason="builds the package; the extra `test` installs it")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A folder that is called as the package, with what the package is built of."""
    clone = tmp_path_factory.mktemp("above") / "alescrawl"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(PACKAGE, clone / "alescrawl", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "scrapy.cfg"):
        shutil.copy(ROOT / name, clone)
    return clone


@pytest.fixture(scope="module")
def wheel(clone):
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", clone.parent, clone)
    return next(clone.parent.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The environment into which the wheel was installed."""
    return environment(tmp_path_factory.mktemp("installed"), wheel)


def pip(*words, python=sys.executable):
    command = [sys.executable, "-m", "pip", "--python", python, *words, "--quiet"]
    subprocess.run(command, check=True, timeout=300)


def environment(folder, *what):
    """Make an environment with *what* installed; what that needs is taken from this one."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    beside = [p for p in sys.path if p.endswith("-packages")]
    (packages / "dependencies.pth").write_text("\n".join(beside))
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed")
    pip("install", *options, *what, python=folder / "bin" / "python")
    return folder


def run(command, folder):
    """Run *command* in *folder*; nothing but its environment says where the package is."""
    settings = {k: v for k, v in os.environ.items() if k != "PYTHONPATH" and "SCRAPY" not in k}
    return subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_wheel_holds_all_that_the_package_reads(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("alescrawl/")}
    files = (path for path in PACKAGE.rglob("*") if path.is_file())
    wanted = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert wanted <= held


def test_the_command_is_scrapy_with_these_settings_in_any_folder(installed, tmp_path, site):
    site["/une-usine"] = page("Une usine ouvre", published="2026-11-20T10:00:00+01:00")
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = of.another.project\n")
    url = f"urls={site.url}/une-usine"
    command = [
        installed / "bin" / "alescrawl",
        "crawl",
        "urls",
        "-a",
        url,
        "-s",
        "DOWNLOAD_DELAY=0",
    ]
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert list(alescrawl.load_articles(tmp_path / "output").title) == ["Une usine ouvre"]


def test_the_command_lists_sources_and_commands(installed, tmp_path):
    assert "ecomnews" in run([installed / "bin" / "alescrawl", "list"], tmp_path).stdout.split()
    told = run([installed / "bin" / "python", "-m", "alescrawl", "--help"], tmp_path).stdout
    assert "crawlall" in told


@pytest.mark.long
def test_the_demo_runs_outside_the_checkout(installed, tmp_path):
    done = run([installed / "bin" / "alescrawl", "demo"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "demo" / "articles").is_dir()


def test_an_editable_install_is_found_in_the_folder_above_the_clone(clone, tmp_path):
    editable = environment(tmp_path / "editable", "--editable", clone)
    done = run([editable / "bin" / "python", "-c", IMPORTED], clone.parent)
    assert done.stdout.split() == [str(clone / "alescrawl" / "__init__.py"), "True"], done.stderr
