"""Keeps RESULTS.md: one section a measurement, with how, when and on what it was made."""

from __future__ import annotations

import os
import platform
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEADING = "# Results\n\nEach section is written by the script it names.\n"
_SECTION = re.compile(r"^## ", re.MULTILINE)


def record(section: str, markdown: str, path: Path = RESULTS) -> None:
    """Replace the section titled *section* in RESULTS.md, or add it, with its circumstances."""
    before = path.read_text("utf-8") if path.exists() else _HEADING
    head, *parts = _SECTION.split(before)
    sections = {part.partition("\n")[0].strip(): part.partition("\n")[2].strip() for part in parts}
    sections[section] = f"{circumstances()}\n\n{markdown.strip()}"
    texts = [f"## {title}\n\n{text}\n" for title, text in sections.items()]
    temporary = path.with_suffix(".tmp")
    temporary.write_text("\n".join([head.rstrip() + "\n", *texts]), "utf-8")
    temporary.replace(path)


def circumstances() -> str:
    """Return one line: command, commit, date and machine."""
    script = Path(sys.argv[0])
    command = shlex.join(["python", f"benchmarks/{script.name}", *sys.argv[1:]])
    day = datetime.now(UTC).date().isoformat()
    python = f"Python {platform.python_version()}"
    return f"`{command}` · commit {_commit()} · {day} · {_cpu()}, {os.cpu_count()} cores, {python}"


def _commit() -> str:
    root = RESULTS.parents[1]
    short = _output("git", "-C", str(root), "rev-parse", "--short", "HEAD")
    changed = _output("git", "-C", str(root), "status", "--porcelain", "--", "alescrawl")
    return f"{short or 'unknown'}{' with changes' if changed else ''}"


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
