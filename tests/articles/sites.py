"""A web site on 127.0.0.1, for the tests of fetching."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from article_files import PAGE

HTML = "text/html; charset=utf-8"
Reply = tuple[int, dict[str, str], bytes]


def html(page: str = PAGE) -> Reply:
    return 200, {"Content-Type": HTML}, page.encode()


def other(kind: str, body: bytes) -> Reply:
    return 200, {"Content-Type": kind}, body


def moved(to: str) -> Reply:
    return 302, {"Location": to}, b""


class Site:
    """What was asked for (`asked`, with the `agents` that did), and what is answered: `replies` by path."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.address = ""


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers["User-Agent"])
            status, headers, body = site.replies.get(self.path, (404, {"Content-Type": HTML}, b"<p>Not here.</p>"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # the other side has seen enough
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
