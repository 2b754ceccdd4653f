"""Every link, image and anchor of both sites leads somewhere, and none leads outside by itself.

The checker reads what was written, not what was meant: it knows nothing of cq.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

# Attributes that hold an address; the second half are fetched without being asked.
FOLLOWED = {("a", "href"), ("area", "href"), ("form", "action"), ("blockquote", "cite")}
FETCHED = {
    ("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("video", "src"),
    ("video", "poster"), ("audio", "src"), ("iframe", "src"), ("object", "data"),
    ("use", "href"), ("image", "href"),
}  # fmt: skip
# A link that names another form of the page for machines, or for whoever asks: not fetched.
NAMED = {"canonical", "alternate", "license", "next", "prev", "author", "help"}
OUTSIDE = {"http", "https", "mailto", "tel"}
MISSING = "404.html"
CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")


@dataclass
class Seen:
    """What a page offers and asks for."""

    ids: set[str] = field(default_factory=set)
    asks: list[tuple[str, bool]] = field(default_factory=list)  # address, fetched


class Reader(HTMLParser):
    """Gathers the addresses and anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = Seen()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.seen.ids.update(given[name] for name in ("id", "name") if given.get(name))
        for written, value in given.items():
            name = written.removeprefix("xlink:")
            if (tag, name) in FOLLOWED:
                self.seen.asks.append((value, False))
            elif (tag, name) in FETCHED:
                named = tag == "link" and set(given.get("rel", "").split()) <= NAMED
                self.seen.asks.append((value, not named))
            elif name == "srcset":
                self.seen.asks += [(one.split()[0], True) for one in value.split(",")]
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.seen.asks.append((given["content"].partition("url=")[2], False))


def read(path: Path) -> Seen:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader.seen


def faults(site: Path) -> list[str]:
    """`page: address: what is wrong`, for every page and style sheet under the folder."""
    pages = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    sheets = {
        path.relative_to(site).as_posix(): Seen(
            asks=[(url, True) for url in CSS_ADDRESS.findall(path.read_text(encoding="utf-8"))]
        )
        for path in site.rglob("*.css")
    }
    return sorted(
        f"{page}: {address}: {wrong}"
        for page, seen in (pages | sheets).items()
        for address, fetched in dict.fromkeys(seen.asks)
        for wrong in wrongs(site, pages, page, address, fetched=fetched)
    )


def wrongs(
    site: Path, pages: dict[str, Seen], page: str, address: str, *, fetched: bool
) -> Iterator[str]:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        if fetched:
            yield "fetched from outside"
        elif parts.scheme not in OUTSIDE:
            yield "unknown scheme"
        return
    target = page
    if parts.path.startswith("/"):
        if page != MISSING:  # shown at any depth, it links from the root of the demo's server
            yield "not relative"
            return
        target = parts.path[1:]
    elif parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if parts.path.endswith(("/", ".")):
            target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target.startswith("..") or not (site / target).is_file():
        yield "not there"
    elif parts.fragment and unquote(parts.fragment) not in pages.get(target, Seen()).ids:
        yield "no such anchor"


def test_every_link_leads_somewhere(shown: Path) -> None:
    assert len(list(shown.rglob("*.html"))) > 40
    assert faults(shown) == []


def announced(built: Path) -> Iterator[tuple[str, str]]:
    """Every address that a feed, the plan for robots or a calendar gives, after its file."""
    for path in sorted(built.rglob("*.xml")):
        for node in ET.fromstring(path.read_bytes()).iter():  # noqa: S314 - our own
            tag = node.tag.rpartition("}")[2]
            if tag == "loc" and node.text:
                yield path.name, node.text.strip()
            elif tag == "link":
                yield path.name, node.attrib["href"]
    for path in sorted(built.rglob("*.ics")):
        text = path.read_bytes().decode().replace("\r\n ", "")
        for url in re.findall(r"^URL[^:\r\n]*:(\S+)", text, re.MULTILINE):
            yield path.name, url


def test_every_announced_address_is_there(shown: Path) -> None:
    found = dict.fromkeys(announced(shown))
    assert {name.rpartition(".")[2] for name, _ in found} == {"xml", "ics"}
    (locations,) = shown.glob("sitemap.xml")
    base = min(re.findall(r"<loc>([^<]+)</loc>", locations.read_text(encoding="utf-8")), key=len)
    absent = []
    for name, url in found:
        path, _, fragment = url.removeprefix(base).partition("#")
        target = shown / unquote(path)
        page = target / "index.html" if target.is_dir() else target
        if (
            not url.startswith(base)
            or not page.is_file()
            or (fragment and fragment not in read(page).ids)
        ):
            absent.append((name, url))
    assert absent == []


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ('<a href="absent/">x</a>', "not there"),
        ('<a href="../">x</a>', "not there"),
        ('<a href="b/#absent">x</a>', "no such anchor"),
        ('<a href="#absent">x</a>', "no such anchor"),
        ('<a href="/b/">x</a>', "not relative"),
        ('<a href="javascript:x()">x</a>', "unknown scheme"),
        ('<img src="absent.png" alt="">', "not there"),
        ('<img srcset="b/index.html 1x, absent.png 2x" alt="">', "not there"),
        ('<script src="https://example.org/x.js"></script>', "fetched from outside"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "fetched from outside"),
        ('<meta http-equiv="refresh" content="0; url=absent/">', "not there"),
    ],
)
def test_the_checker_sees_faults(html: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.html").write_text('<p id="là"><a href="../b/#l%C3%A0">y</a>')
    (tmp_path / "index.html").write_text(
        f'<p id="x">{html}<a href="b/#là">x</a><a href="https://example.org/">x</a>'
        '<link rel="canonical" href="https://example.org/">'
    )
    found = faults(tmp_path)
    assert len(found) == 1
    assert found[0].endswith(wrong)
