"""A server on loopback that gives parts of files, as an object store does, and fails as it does."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class PartialFiles:
    """A context manager: the files of *folder* below ``url``."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.gives_parts = True
        self.fail_once = {}
        self.changes_after = None
        self.agents = set()
        self.requests = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def _handler(files):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            files.requests += 1
            files.agents.add(self.headers["User-Agent"])
            name = self.path.lstrip("/")
            path = files.folder / name
            if (status := files.fail_once.pop(name, None)) is not None:
                return self._answer(status, b"", {"Retry-After": "0"})
            if not path.is_file():
                return self._answer(404, b"")
            data = path.read_bytes()
            if not files.gives_parts:
                return self._answer(200, data)
            begin, end = map(
                int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups()
            )
            is_new = files.changes_after is not None and files.requests > files.changes_after
            return self._answer(
                206,
                data[begin : end + 1],
                {
                    "Content-Range": f"bytes {begin}-{end}/{len(data)}",
                    "ETag": '"new"' if is_new else '"old"',
                },
            )

        def _answer(self, status, body, headers=None):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
