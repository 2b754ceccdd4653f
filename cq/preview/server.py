"""The server of the preview: this machine alone, reading only, with the headers of the real site.

Knows no content. A page of another site that makes a browser ask here under its own name (DNS
rebinding) is sent away by the `Host` header; nothing above the preview's folder is ever read.
"""

import errno
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from cq import headers
from cq.preview import pages
from cq.preview.rounds import Rounds

HOST = "127.0.0.1"
_NAMES = frozenset((HOST, "localhost", "[::1]"))
_BREATH = 10.0  # seconds between two signs of life on a channel where nothing happens
_TAKEN = {errno.EADDRINUSE: "déjà pris", errno.EACCES: "réservé au système"}
_HTML = headers.TYPES[".html"]


class PortTaken(Exception):
    """Another program has the port, or the system keeps it; the words are for the user."""


class Server(ThreadingHTTPServer):
    """Serves the last good site of `rounds`. Raises PortTaken."""

    daemon_threads = True

    def __init__(self, port: int, rounds: Rounds) -> None:
        self.rounds = rounds
        try:
            super().__init__((HOST, port), _Answer)
        except OSError as fault:
            why = _TAKEN.get(fault.errno or 0)
            if why is None:
                raise
            raise PortTaken(
                f"le port {port} est {why}\nUn port libre est choisi par : cq serve --port 0"
            ) from None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}{quote(unquote(self.root))}"

    @property
    def root(self) -> str:
        """Where the site begins: as on its own server, so that its 404 leads home."""
        return self.rounds.last.root or "/"

    def begin(self) -> None:
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.rounds.end()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that leaves in the middle of an answer is no news."""


def found_at(folder: Path, address: str) -> tuple[Path | None, str]:
    """The file behind the path of an address; or where to go instead; neither where none is."""
    path = unquote(urlsplit(address).path, errors="strict")
    parts = path.split("/")
    if not path.startswith("/") or any(one in {"..", "."} or "\\" in one for one in parts):
        return None, ""
    if not path.isprintable():
        return None, ""
    inside = "/".join(one for one in parts if one)
    file = folder / inside
    if file.is_dir():
        if inside and not path.endswith("/"):
            return None, f"/{quote(inside)}/"
        file /= "index.html"
    elif path.endswith("/"):
        return None, ""
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return None, ""
    return file, ""


def inside(root: str, address: str) -> str | None:
    """`address` as one of the site that begins at `root`; None where it lies outside."""
    if root == "/":
        return address
    path, base = unquote(urlsplit(address).path, errors="strict"), unquote(root)
    if not path.startswith(base):
        return None
    return quote(f"/{path.removeprefix(base)}")


class _Answer(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    timeout = 60
    server_version = "cq"
    sys_version = ""

    def do_GET(self) -> None:
        name = (self.headers.get("Host") or "").rpartition(":")
        host = name[0] if name[2].isdecimal() else self.headers.get("Host") or ""
        if host.lower() not in _NAMES:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "cet aperçu ne répond qu’à cette machine")
            return
        try:
            if self.path.startswith(pages.PREFIX):
                self._own(self.path.removeprefix(pages.PREFIX).partition("?")[0])
            else:
                self._page()
        except (OSError, ValueError):  # gone while it was read, or no address at all
            self._say(HTTPStatus.NOT_FOUND, "cette page n’existe pas")

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self._say(HTTPStatus.METHOD_NOT_ALLOWED, "cet aperçu ne fait que montrer")

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815

    def _page(self) -> None:
        rounds, root = self.server.rounds, self.server.root
        if root != "/" and unquote(self.path) in {"/", unquote(root).rstrip("/")}:
            self._send(HTTPStatus.FOUND, b"", _HTML, ("Location", quote(unquote(root))))
            return
        address = inside(root, self.path)
        file, instead = found_at(rounds.folder, address) if address else (None, "")
        if instead:
            there = f"{quote(unquote(root)).rstrip('/')}{instead}"
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", _HTML, ("Location", there))
            return
        status = HTTPStatus.OK
        if file is None:
            status, file = HTTPStatus.NOT_FOUND, rounds.folder / "404.html"
            if not (rounds.folder / "index.html").is_file():  # there never was a good site
                self._own("")
                return
        data, kind = file.read_bytes(), headers.type_of(file.name)
        if kind == _HTML:
            last = rounds.last
            if status is HTTPStatus.NOT_FOUND and not last.root:
                data = pages.from_root(data)
            data = pages.with_script(data, last.number, "" if last.good else last.summary)
        self._send(status, data, kind)

    def _own(self, name: str) -> None:
        last = self.server.rounds.last
        if name == "":
            there = (self.server.rounds.folder / "index.html").is_file()
            site = f"{quote(unquote(self.server.root))}index.html" if there else ""
            page = pages.findings(last.number, last.summary, last.words, good=last.good, site=site)
            self._send(HTTPStatus.OK, page, _HTML)
        elif name == "apercu.js":
            self._send(HTTPStatus.OK, pages.SCRIPT.encode(), headers.TYPES[".js"])
        elif name == "apercu.css":
            self._send(HTTPStatus.OK, pages.STYLE.encode(), headers.TYPES[".css"])
        elif name == "suite":
            self._follow()
        else:
            self._say(HTTPStatus.NOT_FOUND, "cette page n’existe pas")

    def _follow(self) -> None:
        """The number of each round as it comes (server-sent events), until the browser leaves."""
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        rounds, number = self.server.rounds, -1
        while not rounds.ended:
            last = rounds.after(number, _BREATH)
            number = last.number if last else number
            said = f"event: numero\ndata: {number}\n\n" if last else ": \n\n"
            self.wfile.write(said.encode())

    def _say(self, status: HTTPStatus, words: str) -> None:
        self._send(status, f"{words}\n".encode(), headers.TYPES[".txt"])

    def _send(
        self, status: HTTPStatus, data: bytes, kind: str, more: tuple[str, str] | None = None
    ) -> None:
        self._head(status, kind)
        self.send_header("Content-Length", str(len(data)))
        if more:
            self.send_header(*more)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        for name, value in headers.HEADERS:
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing: who reads what on this machine is nobody's business."""
