"""The schedules of deploy/: each is linted, and what can be started here is started."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from loopback import page, sitemap
from scrapy.cmdline import ScrapyArgumentParser
from scrapy.settings import Settings

import alescrawl
from alescrawl.commands.crawlall import Command, _seconds

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
HERE = Path(sys.executable).parent
CRAWLALL = re.compile(r"scrapy crawlall([^\n>&|]*)")


def checked(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    return done.returncode, done.stdout + done.stderr


def tool(name):
    """Return where *name* is installed; skip the test where it is not."""
    found = shutil.which(name) or shutil.which(name, path=str(HERE))
    return found or pytest.skip(f"{name} is not installed here")


@pytest.mark.parametrize(
    "path", ["systemd/alescrawl.service", "crontab", "github-actions.yml", "docker/Dockerfile"]
)
def test_a_schedule_calls_crawlall_as_it_is(path):
    text = (DEPLOY / path).read_text()
    calls = CRAWLALL.findall(text) or [re.search(r'CMD \["crawlall", (.*)\]', text)[1]]
    parser = ScrapyArgumentParser(conflict_handler="resolve", exit_on_error=False)
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    for call in calls:
        options, rest = parser.parse_known_args(re.findall(r"[\w-]+", call))
        assert rest == []
        assert _seconds(options.max_time) < 3600


def test_what_a_recipe_installs_can_write_the_report():
    found = {path: re.findall(r"pip install (.*)", path.read_text()) for path in _files()}
    installs = {str(path.relative_to(DEPLOY)): lines for path, lines in found.items() if lines}
    # Workers of a cluster read pages, and write none.
    assert all("'.[cluster]'" in line for line in installs.pop("dask/Dockerfile"))
    assert set(installs) == {"docker/Dockerfile", "github-actions.yml"}
    assert all("'.[report]'" in line for lines in installs.values() for line in lines)
    # The others take the environment that `make demo` makes.
    made = checked("make", "--dry-run", "VENV=not-there", "demo", cwd=ROOT)[1]
    assert "--editable '.[report]'" in made


def _files():
    return [path for path in DEPLOY.rglob("*") if path.is_file()]


def test_systemd_takes_the_units(tmp_path):
    analyze = tool("systemd-analyze")
    for unit in (DEPLOY / "systemd").iterdir():
        # The program lies elsewhere on this machine.
        text = unit.read_text().replace("/opt/alescrawl/.venv/bin/scrapy", sys.executable)
        (tmp_path / unit.name).write_text(text)
    units = [str(path) for path in tmp_path.iterdir()]
    code, said = checked(analyze, "verify", "--man=no", *units)
    assert [line for line in said.splitlines() if "alescrawl" in line] == []
    assert code == 0, said


def test_the_crontab_runs_every_hour_what_a_shell_understands():
    lines = [
        line
        for line in (DEPLOY / "crontab").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    settings = [line for line in lines if re.match(r"[A-Z_]+=", line)]
    jobs = [line.split(None, 5) for line in lines if line not in settings]
    assert [job[:5] for job in jobs] == [["7", "*", "*", "*", "*"], ["40", "6", "*", "*", "1"]]
    for job in jobs:
        assert checked("sh", "-n", "-c", job[5]) == (0, "")
        # To cron a percent sign is the end of the line.
        assert "%" not in job[5]


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("github-actions.yml", "vendor.github-workflows"),
        ("docker/compose.yaml", "vendor.compose-spec"),
        ("dask/compose.yaml", "vendor.compose-spec"),
    ],
)
def test_workflow_and_compose_file_follow_their_schemas(path, schema):
    lint = tool("check-jsonschema")
    code, said = checked(lint, "--builtin-schema", schema, str(DEPLOY / path))
    assert code == 0, said


@pytest.mark.parametrize("folder", ["docker", "dask"])
def test_hadolint_has_nothing_to_say_of_the_dockerfile(folder):
    code, said = checked(tool("hadolint"), str(DEPLOY / folder / "Dockerfile"))
    assert (code, said) == (0, "")


@pytest.mark.parametrize("folder", ["docker", "dask"])
def test_what_the_image_copies_is_there_and_not_ignored(folder):
    text = (DEPLOY / folder / "Dockerfile").read_text()
    kept = (DEPLOY / folder / "Dockerfile.dockerignore").read_text().splitlines()
    copied = [
        name.removeprefix("./")
        for line in re.findall(r"^COPY (.*)$", text, re.MULTILINE)
        for name in line.split()[:-1]
        if not name.startswith("--")
    ]
    assert len(copied) >= 5
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in kept


def test_the_image_is_built_where_an_engine_is():
    docker = tool("docker")
    if checked(docker, "info")[0]:
        pytest.skip("no Docker engine runs here")
    code, said = checked(docker, "build", "-f", "deploy/docker/Dockerfile", ".", cwd=ROOT)
    assert code == 0, said


def test_the_container_crawls_at_once_and_passes_sigterm_on(tmp_path):
    log = tmp_path / "log"
    fake = tmp_path / "scrapy"
    fake.write_text(
        f'#!/bin/sh\necho "$@" >> {log}\ntrap "echo ended >> {log}; exit 0" TERM\n'
        "while :; do sleep 0.05; done\n"
    )
    fake.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = [DEPLOY / "docker" / "hourly.sh", "--max-time", "50m"]
    with subprocess.Popen(command, env=environment) as hourly:
        while not log.exists() and hourly.poll() is None:
            time.sleep(0.02)
        time.sleep(0.1)
        hourly.send_signal(signal.SIGTERM)
        assert hourly.wait(20) == 0
    assert log.read_text().splitlines() == ["crawlall --max-time 50m", "ended"]


@pytest.fixture
def scrapyd(tmp_path, unused_port):
    """A real Scrapyd with the configuration of deploy/, on another port."""
    if shutil.which("scrapyd", path=str(HERE)) is None:
        pytest.skip("scrapyd is not installed here")
    config = configparser.ConfigParser()
    config.read(DEPLOY / "scrapyd" / "scrapyd.conf")
    config["scrapyd"]["http_port"] = str(unused_port)
    with (tmp_path / "scrapyd.conf").open("w") as file:
        config.write(file)
    shutil.copy(DEPLOY / "scrapyd" / "scrapy.cfg", tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [HERE / "scrapyd"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        address = f"http://127.0.0.1:{unused_port}"

        def ask(name, **facts):
            body = urlencode(facts).encode() if name == "schedule" else None
            query = "" if body else f"?{urlencode(facts)}"
            with urlopen(f"{address}/{name}.json{query}", body, timeout=30) as answer:
                return json.load(answer)

        yield process, ask
        process.terminate()


@pytest.fixture
def unused_port():
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answered(process, ask, name, **facts):
    """Return the answer as soon as the server gives one."""
    while process.poll() is None:
        try:
            return ask(name, **facts)
        except OSError:
            time.sleep(0.1)
    return pytest.fail("scrapyd ended")


@pytest.mark.long
def test_scrapyd_runs_a_source_as_a_job(scrapyd, tmp_path, site):
    process, ask = scrapyd
    site["/sitemap.xml"] = sitemap("/une-usine")
    site["/une-usine"] = page("Une usine ouvre", published="2026-11-20T10:00:00+01:00")
    assert answered(process, ask, "listprojects")["projects"] == ["alescrawl"]
    settings = [f"ALESCRAWL_OUTPUT={tmp_path / 'output'}", "DOWNLOAD_DELAY=0"]
    urls = f"{site.url}/une-usine"
    job = {"project": "alescrawl", "spider": "urls", "urls": urls, "setting": settings[0]}
    told = ask("schedule", **job)
    assert told["status"] == "ok", told
    while not ask("listjobs", project="alescrawl")["finished"]:
        time.sleep(0.1)
    assert list(alescrawl.load_articles(tmp_path / "output").title) == ["Une usine ouvre"]


def test_the_unit_is_hardened():
    analyze = tool("systemd-analyze")
    unit = DEPLOY / "systemd" / "alescrawl.service"
    code, told = checked(
        analyze, "security", "--offline=true", "--no-pager", "--threshold=30", unit
    )
    assert code == 0, told
    level = re.search(r"Overall exposure level for alescrawl.service: ([\d.]+)", told)
    assert float(level[1]) < 3


def test_what_is_fetched_by_a_recipe_is_pinned():
    uses = re.findall(r"uses: (\S+)", (DEPLOY / "github-actions.yml").read_text())
    assert uses
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in uses)
    images = re.findall(r"^FROM (\S+)", (DEPLOY / "docker/Dockerfile").read_text(), re.MULTILINE)
    assert all(re.fullmatch(r"\S+@sha256:[0-9a-f]{64}", each) for each in images)


def test_the_container_is_not_root_and_its_file_system_is_read_only():
    assert re.search(r"^USER [1-9]\d+$", (DEPLOY / "docker/Dockerfile").read_text(), re.MULTILINE)
    compose = (DEPLOY / "docker/compose.yaml").read_text()
    assert "read_only: true" in compose
    assert "cap_drop: [ALL]" in compose


def test_workers_of_a_cluster_are_started_as_dask_can():
    text = (DEPLOY / "dask" / "compose.yaml").read_text()
    for line in re.findall(r'command: (\["dask".*\])', text):
        program, role, *words = json.loads(line)
        known = checked(HERE / program, role, "--help")[1]
        for word in words:
            assert not word.startswith("--") or re.search(rf"{word}\b", known), word


def test_the_values_for_helm_are_those_of_the_images():
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    values = yaml.safe_load((DEPLOY / "dask" / "helm-values.yaml").read_text())
    assert values["scheduler"]["image"] == values["worker"]["image"]
    assert values["worker"]["threads_per_worker"] == 1
    assert values["jupyter"] == {"enabled": False}
