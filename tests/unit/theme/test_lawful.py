"""A site's own theme calls nobody, follows nobody and passes for nobody else; what is no fault is
left alone, and no text takes long to read.
"""

import os
import time
from pathlib import Path

import pytest

from cq.diagnostic import Severity
from cq.theme import shipped
from cq.theme.lawful import unlawful
from cq.theme.own import OwnFile, digest_of, own_files


def codes(name: str, text: str, address: str = "https://exemple.fr/") -> list[str]:
    return [one.code for one in unlawful([OwnFile(f"themes/a/{name}", text)], "a", address)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<script src="https://t.example/a.js"></script>'),
        ("a.html", "<SCRIPT SRC=HTTPS://t.example/a.js></SCRIPT>"),
        ("a.html", "<iframe title='x' src = 'http://t.example/'></iframe>"),
        ("a.html", "<link href='//t.example/a.css' rel='preload stylesheet'>"),
        ("a.html", '<img alt="" srcset="https://t.example/a.png 2x">'),
        ("a.html", '<object data="https://t.example/a"></object>'),
        ("a.html", '<video poster="https://t.example/a.png"></video>'),
        ("a.html", '<base href="https://t.example/">'),
        ("a.html", "<style>@import url(https://t.example/a.css);</style>"),
        ("a.html", '<script>fetch("https://t.example/")</script>'),
        ("a.svg", '<svg><image xlink:href="https://t.example/a.png"/></svg>'),
        ("a.css", "@font-face { src: url( 'https://t.example/a.woff2' ) }"),
        ("a.js", 'import x from "https://t.example/a.js";'),
        ("a.js", 'new WebSocket("wss://t.example/")'),
        ("a.js", 'image.src = "//t.example/a.gif"'),
        ("a.js", 'xhr.open("POST", "https://t.example/")'),
        ("a.js", 'const adresse = "https://x"; fetch("https://t.example/") // non'),
    ],
)
def test_a_third_party_is_seen(name: str, text: str) -> None:
    assert codes(name, text) == ["theme-third-party"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<a href="https://t.example/">x</a> <form action="https://t.example/">'),
        ("a.html", '<link rel="canonical alternate me" href="https://t.example/">'),
        ("a.html", '<img alt="" src="https://EXEMPLE.fr/a.png"><img alt="" src="/a.png">'),
        ("a.html", "<img alt='' data-src='https://t.example/a.png' src='a.png'>"),
        ("a.html", '<img alt="" src="{{ vers(\'a.png\') }}"> src="https://t.example/"'),
        ("a.html", '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
        ("a.html", "<p>document.cookie, localStorage, fetch(« https://t.example/ »)</p>"),
        ("a.html", "<!-- <script src='https://t.example/'></script>"),
        ("a.css", "/* @import 'https://t.example/' */ a { background: url(data:x) }"),
        ("a.css", "@namespace url(http://www.w3.org/1999/xhtml);"),
        ("a.js", "/* document.cookie */ // localStorage\nconst a = '//x/'; location.href = a"),
        ("a.js", 'location.href = "https://t.example/"'),
        ("a.html", '<p lang="fr-FR" class="fr-card">République française, Marianne</p>'),
        ("a.txt", "document.cookie https://t.example/"),
    ],
)
def test_what_is_no_fault(name: str, text: str) -> None:
    assert codes(name, text) == []


@pytest.mark.parametrize("tail", ["", " " * 4, "\n"])
@pytest.mark.parametrize(
    "piece",
    [
        "<!--", "{#", "<script ", "<script>", "<img src=", "src= ", "<link href='//t.example/'",
        "url( ", "/*", "`\\", '"\\"', "'", "fetch(", "import ", "font: ", "fr-btn", "<", "@import",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.html", "a.css", "a.js"])
def test_no_text_takes_long(name: str, piece: str, tail: str) -> None:
    started = time.perf_counter()
    codes(name, (piece + tail) * (200_000 // len(piece + tail)))
    assert time.perf_counter() - started < 5


def test_places_are_those_of_the_file() -> None:
    text = "<!-- é\n -->\n<p>é</p><img alt='' src='https://t.example/a.png'>\n"
    (found,) = unlawful([OwnFile("themes/a/a.html", text)], "a", "")
    line = text.split("\n")[found.span.line - 1]
    at = found.span.column - 1
    assert line[at : at + found.span.width] == "https://t.example/a.png"


def test_the_default_theme_is_lawful() -> None:
    folder = shipped() / "default"
    files = [
        OwnFile(f"themes/default/{one.relative_to(folder)}", one.read_text("utf-8"))
        for one in sorted(folder.rglob("*"))
        if one.suffix in {".html", ".css", ".js", ".svg"}
    ]
    assert len(files) > 20
    # What a reader asks to be remembered, and the number of the last version that was seen: the
    # page says both, and nothing of it leaves the machine.
    (kept,) = unlawful(files, "default", "")
    assert (kept.code, kept.severity) == ("theme-tracker", Severity.WARNING)
    assert kept.span.path.as_posix() == "themes/default/espace/souvenir.js"


def test_only_what_the_site_wrote_is_read(tmp_path: Path) -> None:
    assert own_files(tmp_path) == ()
    theme = tmp_path / "themes" / "fete"
    (theme / "fonts").mkdir(parents=True)
    (theme / "base.html").write_text((shipped() / "default/base.html").read_text("utf-8"), "utf-8")
    (theme / "style.css").write_text("a {}", "utf-8")
    (theme / "faux.css").write_bytes(b"\xff")
    (theme / ".cache.css").write_text("a {}", "utf-8")
    (theme / "gros.js").write_text(" " * (1 << 21), "utf-8")
    (theme / "fonts" / "a.woff2").write_bytes(b"x")
    (theme / "lien.css").symlink_to(theme / "style.css")
    (tmp_path / os.fsdecode(b"themes/fete/\xff.css")).write_text("a {}", "utf-8")
    before = own_files(tmp_path)
    assert before == (
        OwnFile("themes/fete/fonts/a.woff2", ""),
        OwnFile("themes/fete/gros.js", ""),
        OwnFile("themes/fete/style.css", "a {}"),
    )
    (theme / "style.css").write_text("b {}", "utf-8")
    assert digest_of(own_files(tmp_path)) != digest_of(before)


def test_what_cq_ships_is_not_the_sites() -> None:
    assert own_files(shipped().parent) == ()
