"""A real mail server on loopback, and what it was given."""

from __future__ import annotations

import socket
from email import message_from_bytes
from email.policy import default
from typing import Self

from aiosmtpd.controller import Controller


def read_mail(content):
    return message_from_bytes(content, policy=default)


class MailServer:
    """A context manager; what stands in ``answers`` it answers first, taking nothing."""

    def __init__(self):
        self.messages = []
        self.answers = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        self.messages.append(read_mail(envelope.content))
        return "250 OK"
