"""Another server, which hears whatever a page asks of it: what a hostile page would call."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Listener:
    """What was asked, path by path, and how many times somebody has knocked at all."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_port
        self.out = f"http://127.0.0.1:{self.port}"
        self.asked: list[str] = []
        self.knocks = 0

    def forget(self) -> None:
        self.asked.clear()
        self.knocks = 0

    def heard(self, part: str) -> bool:
        return any(part in one for one in self.asked)

    def waited(self, part: str, seconds: float) -> bool:
        """Whether a path with `part` was asked for, or is within so many seconds."""
        end = time.monotonic() + seconds
        while not self.heard(part) and time.monotonic() < end:
            time.sleep(0.02)
        return self.heard(part)


class _Ear(BaseHTTPRequestHandler):
    listener: Listener

    def setup(self) -> None:
        self.listener.knocks += 1
        super().setup()

    def do_GET(self) -> None:
        self.listener.asked.append(self.path)
        self.send_response(200)
        # The worst of servers: it lets every page read and run what it sends.
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def log_message(self, *_: Any) -> None:
        """What was heard is kept, not told."""


class _Plain(SimpleHTTPRequestHandler):
    """A host that sends a folder and no header of ours."""

    def log_message(self, *_: Any) -> None:
        """A test's output is its findings."""


@contextlib.contextmanager
def running(handler: Callable[..., Any]) -> Iterator[ThreadingHTTPServer]:
    """A server on this machine alone, until the end of the block."""
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        contextlib.ExitStack() as stack,
    ):
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        stack.callback(thread.join, 10)
        stack.callback(server.shutdown)
        yield server


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """A server that hears, until the end of the block."""
    ear = type("Ear", (_Ear,), {})
    with running(ear) as server:
        ear.listener = Listener(server)
        yield ear.listener


@contextlib.contextmanager
def plainly(folder: Path) -> Iterator[str]:
    """The address at which a folder is served by a host that knows nothing of us."""

    def handler(*given: Any) -> _Plain:
        return _Plain(*given, directory=str(folder))

    with running(handler) as server:
        yield f"http://localhost:{server.server_address[1]}/"
