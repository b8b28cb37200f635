"""All hosts of the catalogue in one process: a web proxy on loopback that answers for each itself.

A crawl is sent to it by the environment variables that every HTTP client heeds (``http_proxy``,
``https_proxy``), so it asks for the real addresses, with their host names and over real TLS.
"""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from loopback import NOT_FOUND, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

NOBODY = Answer("no such host", status=502)

Page = "Answer | Callable[[str], Answer]"


class Asked(NamedTuple):
    """One request: the host, the path with its query, and the status of the answer."""

    host: str
    path: str
    status: int


class Web:
    """A context manager; *hosts* maps each host to its answers by path and query.

    A path without a query may have a function of the query instead. A host that is not there but
    for ``www.`` redirects to the one that is; ``strangers`` are the hosts that are neither.
    """

    def __init__(self, hosts: Mapping[str, Mapping[str, Page]]) -> None:
        self.hosts = hosts
        self.asked: list[Asked] = []
        self.strangers: set[str] = set()
        bare = {host.removeprefix("www.") for host in hosts}
        self.tls = _tls([*bare, *(f"www.{host}" for host in bare)])
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that send a process here."""
        url = f"http://127.0.0.1:{self._server.server_port}"
        return {"http_proxy": url, "https_proxy": url, "no_proxy": "", "NO_PROXY": ""}

    def answer(self, host: str, path: str) -> Answer:
        """Return what *host* says at *path*, and note it."""
        found = self._answer(host, path)
        self.asked.append(Asked(host, path, found.status))
        return found

    def _answer(self, host: str, path: str) -> Answer:
        pages = self.hosts.get(host)
        if pages is None:
            other = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
            if other in self.hosts:
                return moved(f"https://{other}{path}")
            self.strangers.add(host)
            return NOBODY
        name, _, query = path.partition("?")
        found = pages.get(path) or pages.get(name, NOT_FOUND)
        if callable(found):
            return found(query)
        return found if path in pages or found.status != 200 or not query else NOT_FOUND


def moved(url: str) -> Answer:
    """Return a permanent redirect to *url*."""
    return Answer(status=301, headers={"Location": url})


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.flush()
            # A client may hang up while it shakes hands.
            with suppress(OSError):
                self.connection = web.tls.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb", self.rbufsize)
                self.wfile = self.connection.makefile("wb")
                return
            self.close_connection = True

        def do_GET(self) -> None:
            path = self.path
            if path.startswith("http://"):
                path = f"/{path.removeprefix('http://').partition('/')[2]}"
            answer = web.answer(self.headers["Host"], path)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def finish(self) -> None:
            with suppress(OSError):
                super().finish()
                self.connection.close()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _tls(hosts: list[str]) -> ssl.SSLContext:
    """Return the server's side of TLS for *hosts*, whose certificate is of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .add_extension(x509.SubjectAlternativeName([*map(x509.DNSName, hosts)]), critical=False)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "stand-in.pem"
        file.write_bytes(private + certificate.public_bytes(pem))
        context.load_cert_chain(file)
    return context
