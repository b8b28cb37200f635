"""The hook that is told when a source's state changes: a command, or an address on the web."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.health.alerts import in_words, note_told, untold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.settings import BaseSettings

    from alescrawl.dataset.ledger.connection import Ledger

SETTING: Final = "ALESCRAWL_ALERT"
_EXPECTED = "expected is a command, such as `mail -s alescrawl you@example.org`, or an address"


class HookError(Exception):
    """The hook could not be told; the message says why."""


class Hook:
    """Where alerts go, and the *seconds* it may take.

    A command is given the text on its standard input. To an address the text is posted: as
    ``text/plain``, or as JSON (``{"text": …}``) where the setting ``ALESCRAWL_ALERT_FORMAT`` is
    ``json``.
    """

    def __init__(self, target: str, seconds: float, *, as_json: bool = False) -> None:
        self._target = target
        self._seconds = seconds
        self._as_json = as_json

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self | None:
        """Return the hook, ``None`` where there is none; raise :exc:`ArgumentError`."""
        form = settings["ALESCRAWL_ALERT_FORMAT"]
        if form not in {"text", "json"}:
            raise ArgumentError(f"ALESCRAWL_ALERT_FORMAT: {form!r} is neither text nor json")
        seconds = settings.getfloat("ALESCRAWL_ALERT_TIMEOUT")
        if seconds <= 0:
            raise ArgumentError(
                "ALESCRAWL_ALERT_TIMEOUT: it is no number of seconds above 0 such as 10"
            )
        if not (target := settings[SETTING]):
            return None
        _check(target)
        return cls(target, seconds, as_json=form == "json")

    def tell(self, text: str, most: float | None = None) -> None:
        """Hand over *text*, within *most* seconds; raise :exc:`HookError`."""
        seconds = min(self._seconds, most or self._seconds)
        if _is_address(self._target):
            self._post(text, seconds)
        else:
            self._call(text, seconds)

    def _call(self, text: str, seconds: float) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
                shlex.split(self._target),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # A group of its own, to be ended with all that it started.
                start_new_session=True,
            )
        except OSError as error:
            raise HookError(f"it could not be started ({error.strerror})") from error
        with process:
            try:
                process.communicate(text.encode(), seconds)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                raise HookError(f"it took longer than {seconds:g} s") from None
        if process.returncode:
            raise HookError(f"it ended with exit code {process.returncode}")

    def _post(self, text: str, seconds: float) -> None:
        """Post in a thread that is left behind: a server may answer a byte a second for ever."""
        answer: list[str | None] = [f"it did not answer within {seconds:g} s"]

        def post() -> None:
            try:
                with urlopen(self._request(text), timeout=seconds):  # noqa: S310 - http(s) only
                    answer[0] = None
            except (OSError, URLError, ValueError) as error:
                answer[0] = str(getattr(error, "reason", None) or error)

        thread = threading.Thread(target=post, daemon=True)
        thread.start()
        thread.join(seconds)
        if answer[0] is not None:
            raise HookError(answer[0])

    def _request(self, text: str) -> Request:
        kind = "application/json" if self._as_json else "text/plain; charset=utf-8"
        body = json.dumps({"text": text}) if self._as_json else text
        return Request(self._target, body.encode(), {"Content-Type": kind})  # noqa: S310 - as above


def tell_changes(
    hook: Hook | None,
    ledger: Ledger,
    sources: Iterable[str] | None = None,
    most: float | None = None,
) -> str | None:
    """Tell *hook* what changed, if anything did; return why it could not be told.

    What was not told is told by the next run.
    """
    if hook is None or not (changes := untold(ledger, sources)):
        return None
    try:
        hook.tell(in_words(changes), most)
    except HookError as error:
        return f"the alert of {len(changes)} changes could not be sent: {error}; the next run does"
    note_told(ledger, changes)
    return None


def _is_address(target: str) -> bool:
    return target.startswith(("http://", "https://"))


def _check(target: str) -> None:
    if _is_address(target):
        if not urlsplit(target).hostname:
            raise ArgumentError(f"{SETTING}: {target!r} names no host; {_EXPECTED}")
        return
    try:
        words = shlex.split(target)
    except ValueError as error:
        raise ArgumentError(
            f"{SETTING}: {target!r} cannot be read ({error}); {_EXPECTED}"
        ) from None
    if not words or shutil.which(words[0]) is None:
        raise ArgumentError(f"{SETTING}: there is no command {target!r}; {_EXPECTED}")
