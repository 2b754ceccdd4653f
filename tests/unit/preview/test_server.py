"""The preview's server: this machine alone, the real headers, nothing above its folder."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cq import headers
from cq.preview import pages
from cq.preview.rounds import Round, Rounds
from cq.preview.server import PortTaken, Server, found_at, inside
from cq.settings import resolve

PAGE = (
    b'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" '
    b"content=\"default-src 'none'; style-src 'self'\"><title>x</title></head><body>X</body></html>"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    (root / "content" / "site.yml").write_text("nom: X\n", "utf-8")
    rounds = Rounds(resolve(root=root))
    rounds.settings = rounds.settings.__class__(
        root, tmp_path / "site", 1, rounds.settings.today, tmp_path
    )
    for name, data in {
        "index.html": PAGE, "404.html": PAGE, "agenda/index.html": PAGE, "agenda.ics": b"BEGIN",
        "a b.geojson": b"{}", "sans-type.xyz": b"?",
    }.items():  # fmt: skip
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (tmp_path / "secret.html").write_bytes(b"secret")
    (tmp_path / "site" / "lien.html").symlink_to(tmp_path / "secret.html")
    made = Server(0, rounds)
    made.begin()
    yield made
    made.end()


def ask(
    server: Server, path: str, *, method: str = "GET", host: str | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    line.putrequest(method, path, skip_host=True)
    line.putheader("Host", host or f"127.0.0.1:{server.server_address[1]}")
    line.endheaders()
    answer = line.getresponse()
    data = answer.read()
    line.close()
    return answer, data


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/agenda/", "text/html; charset=utf-8"),
        ("/agenda.ics?x=1", "text/calendar; charset=utf-8"),
        ("/a%20b.geojson", "application/geo+json; charset=utf-8"),
        ("/sans-type.xyz", "application/octet-stream"),
    ],
)
def test_a_file_has_its_type_and_the_real_headers(server: Server, path: str, kind: str) -> None:
    answer, data = ask(server, path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert data
    assert all(answer.headers[name] == value for name, value in headers.HEADERS)
    assert answer.headers["Cache-Control"] == "no-store"
    silent, nothing = ask(server, path, method="HEAD")
    assert (silent.status, nothing) == (200, b"")
    assert silent.headers["Content-Length"] == answer.headers["Content-Length"]


def test_a_folder_is_its_page(server: Server) -> None:
    answer, _ = ask(server, "/agenda")
    assert (answer.status, answer.headers["Location"]) == (301, "/agenda/")
    other, _ = ask(server, "//agenda")
    assert other.headers["Location"] == "/agenda/"


@pytest.mark.parametrize(
    "path",
    ["/../secret.html", "/%2e%2e/secret.html", "/agenda/..%2f../secret.html", "/lien.html",
     "/..%5csecret.html", "/%00", "/%ff", "/nulle-part/", "/agenda.ics/", "/index.html/x",
     "//etc/passwd", "http://ailleurs.example/x"],
)  # fmt: skip
def test_nothing_else_is_read(server: Server, path: str) -> None:
    answer, data = ask(server, path)
    assert answer.status == 404
    assert b"secret" not in data


@pytest.mark.parametrize(
    "host", ["ailleurs.example", "ailleurs.example:8000", "127.0.0.1.evil", ""]
)
def test_another_name_is_sent_away(server: Server, host: str) -> None:
    answer, data = ask(server, "/", host=host or " ")
    assert answer.status == 421
    assert b"html" not in data


def test_it_only_shows(server: Server) -> None:
    answer, _ = ask(server, "/", method="POST")
    assert answer.status == 405
    assert ask(server, "/", host="localhost:1")[0].status == 200


def test_a_page_waits_for_the_next_and_says_what_is_wrong(server: Server) -> None:
    _, data = ask(server, "/")
    assert b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'" in data
    assert data.count(b"/_apercu/apercu.js") == 1
    assert b"Voir ce qui ne va pas" not in data
    server.rounds._last = Round(2, good=False, summary="1 <erreur>", words="<b>ici</b>")
    assert b"1 &lt;erreur&gt;" in ask(server, "/")[1]
    _, said = ask(server, pages.PREFIX)
    assert b"&lt;b&gt;ici&lt;/b&gt;" in said
    assert b"dernier site valable" in said


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ("default-src 'none'", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("script-src 'self'; connect-src 'self'", "script-src 'self'; connect-src 'self'"),
        ("connect-src 'none'", "connect-src 'self'; script-src 'self'"),
        (
            "Script-Src 'sha256-x'; ;connect-src https://x.example;",
            "Script-Src 'sha256-x' 'self'; connect-src https://x.example 'self'",
        ),
        ("script-src", "script-src 'self'; connect-src 'self'"),
        ("", "script-src 'self'; connect-src 'self'"),
    ],
)
def test_a_policy_says_each_thing_once(own: str, shown: str) -> None:
    """Of two directives of one name a browser obeys the first, and complains of the second."""
    page = PAGE.replace(b"default-src 'none'; style-src 'self'", own.encode())
    assert f'content="{shown}"'.encode() in pages.with_script(page, 1, "")


@pytest.mark.parametrize("root", ["/conseils/", "/a b/c/"])
def test_a_site_under_a_prefix_is_shown_under_it(server: Server, root: str) -> None:
    server.rounds._last = Round(1, good=True, root=root)
    at = root.replace(" ", "%20")
    assert server.address.endswith(f"{server.server_address[1]}{at}")
    for path in ("/", at.rstrip("/")):
        answer, _ = ask(server, path)
        assert (answer.status, answer.headers["Location"]) == (302, at)
    assert ask(server, at)[0].status == 200
    assert ask(server, f"{at}agenda")[0].headers["Location"] == f"{at}agenda/"
    assert ask(server, f"{at}agenda.ics")[1] == b"BEGIN"
    assert ask(server, "/agenda.ics")[0].status == 404
    assert ask(server, f"{pages.PREFIX}apercu.css")[0].status == 200
    assert f'href="{at}index.html"'.encode() in ask(server, pages.PREFIX)[1]
    for path in ("../secret.html", "%2e%2e/secret.html", "..%2fsecret.html", "lien.html"):
        answer, data = ask(server, f"{at}{path}")
        assert answer.status == 404
        assert b"secret" not in data


def test_a_site_without_an_address_has_a_404_that_leads_home(server: Server) -> None:
    file = server.rounds.folder / "404.html"
    link = (
        b'<a href="agenda/index.html">a</a><a href="#b"></a><a href="https://x/"></a><a href="/">'
    )
    file.write_bytes(PAGE.replace(b"X</body>", link))
    answer, data = ask(server, "/nulle/part")
    assert answer.status == 404
    assert b'<a href="/agenda/index.html">a</a><a href="#b"></a><a href="https://x/"></a>' in data
    assert b'<a href="/">' in data
    server.rounds._last = Round(1, good=True, root="/")
    assert link in ask(server, "/nulle/part")[1]


def test_a_port_that_is_taken_is_said(server: Server) -> None:
    with pytest.raises(PortTaken, match="déjà pris"):
        Server(server.server_address[1], server.rounds)


def test_the_channel_tells_of_the_next_round(server: Server) -> None:
    line = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    line.request("GET", f"{pages.PREFIX}suite")
    answer = line.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.readline() + answer.readline() == b"event: numero\ndata: 0\n"
    made = threading.Thread(
        target=server.rounds.make
    )  # a site with errors: it is told all the same
    made.start()
    assert answer.readline() + answer.readline() + answer.readline() == (
        b"\nevent: numero\ndata: 1\n"
    )
    made.join()
    assert not server.rounds.last.good
    line.close()


def test_a_name_is_looked_up_inside(tmp_path: Path) -> None:
    assert found_at(tmp_path, "relatif") == (None, "")


def test_what_lies_outside_the_prefix_is_not_of_the_site() -> None:
    assert inside("/", "//x") == "//x"
    assert inside("/a/", "/b/") is None
    assert inside("/a/", "/a") is None
    assert inside("/a/", "/a/b%3Fc?d") == "/b%3Fc"
