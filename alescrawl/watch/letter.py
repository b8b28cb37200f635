"""The mail about what a watch list found: plain text, and the same as HTML."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from alescrawl.watch.wording import item_html, item_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from alescrawl.watch.items import Told
    from alescrawl.watch.wording import Wording

IN_FULL: Final = 50
"""Items that are told with their sentences; of more than these, title and address."""
_STYLE: Final = "font-family:sans-serif;max-width:45em;line-height:1.4"


class Envelope(NamedTuple):
    """Who writes to whom, and what the message is called: by that one that comes twice is known."""

    batch: str
    sender: str
    recipients: Sequence[str]


def letter(
    envelope: Envelope, title: str, told: Sequence[Told], wording: Wording, now: datetime
) -> EmailMessage:
    """Return the message about what the list called *title* has found."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = wording("subject", title=title, counts=wording.counts(told))
    message["From"] = envelope.sender
    message["To"] = ", ".join(envelope.recipients)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{envelope.batch}@{_domain(envelope.sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join(_text(told, wording)) + "\n", cte="quoted-printable")
    message.add_alternative(_html(told, wording), subtype="html", cte="quoted-printable")
    return message


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _text(told: Sequence[Told], wording: Wording) -> Iterator[str]:
    for each in told[:IN_FULL]:
        yield from item_text(each, wording)
        yield ""
    if rest := told[IN_FULL:]:
        yield f"{wording('more')} :"
        yield from (f"  {each.item.title}\n    {each.item.url}" for each in rest)
        yield ""
    yield f"-- \n{wording('foot')}"


def _html(told: Sequence[Told], wording: Wording) -> str:
    parts = [_section(each, wording) for each in told[:IN_FULL]]
    if rest := told[IN_FULL:]:
        parts.append(f"<h2>{escape(wording('more'))}</h2><ul>")
        parts += [f"<li>{_link(each)}</li>" for each in rest]
        parts.append("</ul>")
    return (
        f'<!doctype html><html lang="{wording.language}"><head><meta charset="utf-8">'
        f'<title>{escape(wording.counts(told))}</title></head><body style="{_STYLE}">'
        f"{''.join(parts)}<p><small>{escape(wording('foot'))}</small></p></body></html>\n"
    )


def _section(told: Told, wording: Wording) -> str:
    note = f" [{escape(wording('changed'))}]" if told.change == "changed" else ""
    return f"<h2>{_link(told)}{note}</h2>{item_html(told.item, wording)}"


def _link(told: Told) -> str:
    return f'<a href="{escape(told.item.url)}">{escape(told.item.title)}</a>'
