"""The ways a mail may go: a server (SMTP), the machine's own sendmail, or files in a folder."""

from __future__ import annotations

import os
import shutil
import smtplib
import ssl
import subprocess
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from alescrawl.crawling.arguments import ArgumentError
from alescrawl.dataset.errors import DatasetError
from alescrawl.dataset.storage.files import replacing
from alescrawl.watch.lists import is_mail_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from scrapy.settings import BaseSettings

SETTING: Final = "ALESCRAWL_WATCH_MAIL"
_EXPECTED: Final = (
    "smtp://HOST:587, smtps://HOST:465, sendmail: or sendmail:/usr/sbin/sendmail, or file:FOLDER"
)
_PORTS: Final = {"smtp": 25, "smtps": 465}
_LOOPBACK: Final = frozenset(["localhost", "127.0.0.1", "::1"])
_SECONDS: Final = 30.0
_SENDMAIL: Final = "/usr/sbin/sendmail"


class MailError(Exception):
    """A mail could not be sent; *is_certain* where nobody can have got it."""

    def __init__(self, message: str, *, is_certain: bool) -> None:
        super().__init__(message)
        self.is_certain = is_certain


class Way(ABC):
    """How mails go."""

    @abstractmethod
    def send(self, message: EmailMessage, batch: str) -> list[str]:
        """Send *message*; return who was refused while others got it; raise :exc:`MailError`."""


@dataclass(frozen=True)
class SmtpWay(Way):
    """A mail server. What it offers of TLS is used; a password never goes without."""

    host: str
    port: int
    is_tls: bool
    user: str = ""
    password: str = ""

    def send(self, message: EmailMessage, batch: str) -> list[str]:
        """Hand *message* to the server."""
        del batch
        server = self._connected()
        try:
            refused = server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise _refused(error) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise MailError(f"it refuses {', '.join(error.recipients)}", is_certain=True) from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # It may have taken the mail and not have come to say so.
            raise MailError(f"the connection was lost ({error})", is_certain=False) from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()
        return sorted(refused)

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        try:
            if self.is_tls:
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=_SECONDS, context=context
                )
            else:
                server = smtplib.SMTP(self.host, self.port, timeout=_SECONDS)
            self._introduce(server, context)
        except smtplib.SMTPResponseException as error:
            raise _refused(error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"it cannot be reached ({error})", is_certain=True) from error
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo()
        is_safe = self.is_tls or self.host in _LOOPBACK
        if not self.is_tls and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            is_safe = True
        if self.user and not is_safe:
            server.close()
            raise MailError(
                "it offers no TLS, and a password does not go without: use smtps://",
                is_certain=True,
            )
        if self.user:
            server.login(self.user, self.password)


def _refused(error: smtplib.SMTPResponseException) -> MailError:
    said = error.smtp_error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return MailError(f"it refuses: {error.smtp_code} {text}", is_certain=True)


@dataclass(frozen=True)
class SendmailWay(Way):
    """A *command* that reads a message, as sendmail of Postfix, Exim or msmtp does."""

    command: tuple[str, ...]

    def send(self, message: EmailMessage, batch: str) -> list[str]:
        """Hand *message* to the command."""
        del batch
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
                [*self.command, "-t", "-i"],
                input=message.as_bytes(),
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except OSError as error:
            raise MailError(f"it cannot be started ({error.strerror})", is_certain=True) from error
        except subprocess.TimeoutExpired as error:
            raise MailError(f"it took longer than {_SECONDS:g} s", is_certain=False) from error
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[:200]
            raise MailError(f"it ended with exit code {done.returncode}: {said}", is_certain=True)
        return []


@dataclass(frozen=True)
class FileWay(Way):
    """A *folder* to which each mail is written as a file ``.eml``."""

    folder: Path

    def send(self, message: EmailMessage, batch: str) -> list[str]:
        """Write *message* whole; the same one again replaces itself."""
        try:
            with replacing(self.folder / f"{batch}.eml") as file:
                file.write(message.as_bytes())
        except DatasetError as error:
            raise MailError(str(error), is_certain=True) from error
        return []


@dataclass(frozen=True)
class Mailing:
    """How mails go, from whom, and to whom where a list does not say."""

    way: Way
    sender: str
    recipients: tuple[str, ...]

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Mailing | None:
        """Return what the settings say, ``None`` where none is; raise :exc:`ArgumentError`."""
        if not (target := str(settings["ALESCRAWL_WATCH_MAIL"] or "")):
            return None
        recipients = tuple(_addresses(settings, "ALESCRAWL_WATCH_TO"))
        senders = _addresses(settings, "ALESCRAWL_WATCH_FROM")
        way = _way(target)
        sender = next(iter([*senders, *recipients]), "")
        if not sender and isinstance(way, FileWay):
            sender, recipients = "alescrawl@localhost", ("alescrawl@localhost",)
        if not sender:
            raise ArgumentError(
                f"{SETTING} is set, but nobody to write to: set ALESCRAWL_WATCH_TO=you@example.org"
            )
        return cls(way, sender, recipients)


def _addresses(settings: BaseSettings, name: str) -> list[str]:
    found = [part.strip() for part in str(settings[name] or "").split(",") if part.strip()]
    for address in found:
        if not is_mail_address(address):
            raise ArgumentError(f"{name}: {address!r} is no mail address such as you@example.org")
    return found


def _way(target: str) -> Way:
    scheme, _, rest = target.partition(":")
    if scheme == "file":
        path = rest.removeprefix("//") if rest.startswith("///") else rest
        if not path.strip("/"):
            raise ArgumentError(f"{SETTING}: {target!r} names no folder; expected is {_EXPECTED}")
        return FileWay(Path(unquote(path)))
    if scheme == "sendmail":
        words = rest.split() or [_SENDMAIL]
        if shutil.which(words[0]) is None:
            raise ArgumentError(
                f"{SETTING}: there is no command {words[0]!r}; expected is {_EXPECTED}"
            )
        return SendmailWay(tuple(words))
    return _smtp(target)


def _smtp(target: str) -> SmtpWay:
    try:
        parts = urlsplit(target)
        port = parts.port
    except ValueError as error:
        raise ArgumentError(
            f"{SETTING}: {target!r} is no address ({error}); expected is {_EXPECTED}"
        ) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ArgumentError(f"{SETTING}: {parts.scheme}:… cannot be used; expected is {_EXPECTED}")
    if parts.username or parts.password:
        raise ArgumentError(
            f"{SETTING}: user and password are not part of the address: set the environment "
            "variables ALESCRAWL_SMTP_USER and ALESCRAWL_SMTP_PASSWORD"
        )
    user, password = (os.environ.get(f"ALESCRAWL_SMTP_{n}", "") for n in ("USER", "PASSWORD"))
    is_tls = parts.scheme == "smtps"
    return SmtpWay(parts.hostname, port or _PORTS[parts.scheme], is_tls, user, password)


def recipients_of(listed: Sequence[str], mailing: Mailing) -> tuple[str, ...]:
    """Return who gets the mails of a list that names these *listed* recipients."""
    return tuple(listed) or mailing.recipients
