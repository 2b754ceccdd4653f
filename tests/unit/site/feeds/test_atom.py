import re
import xml.etree.ElementTree as ET
from datetime import datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.site.feeds import atom, text
from cq.site.feeds.entries import AtomEntry, AtomView
from cq.site.feeds.identity import atom_id

NS = "{http://www.w3.org/2005/Atom}"
BASE = "https://cq10.example/"
PLAIN_ENTRY = AtomEntry(
    id=atom_id("cq10", "actualites/2026-03-01-budget"),
    title="Le budget participatif est ouvert",
    address=BASE + "actualites/2026-03-01-budget/",
    updated="2026-03-02",
)
FULL_ENTRY = AtomEntry(
    id=atom_id("cq10", "actualites/2026-02-01-voeu"),
    title="Un vœu : « & <b>places</b> »",
    address=BASE + "actualites/2026-02-01-voeu/",
    updated="2026-02-03T10:00:00+01:00",
    published="2026-02-01",
    summary="Deux lignes\n& un <script>",
    content='<p>Voir <a href="../autre/">l’autre</a> &amp; <em>la suite</em></p>',
    author="Le conseil de quartier",
    categories=("vœu", 'a "b" & c', " "),
)


def view(*entries: AtomEntry, **changes: str) -> AtomView:
    plain = {
        "id": atom_id("cq10", "actualites"),
        "title": "Actualités des conseils de quartier du 10e",
        "self_address": BASE + "actualites.atom",
        "site_address": BASE,
        "updated": "2026-03-02",
        "author": "Mairie du 10e",
    } | changes
    return AtomView(**plain, entries=entries)


def parsed(feed: bytes) -> ET.Element:
    return ET.fromstring(feed)  # noqa: S314 - what we wrote ourselves


def test_the_whole_feed_of_one_entry():
    assert atom.render(view(PLAIN_ENTRY)).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">\n'
        "<id>urn:uuid:08c1661e-493b-563b-a91f-d68e5add0cdf</id>\n"
        '<title type="text">Actualités des conseils de quartier du 10e</title>\n'
        "<updated>2026-03-02T00:00:00Z</updated>\n"
        '<link rel="self" type="application/atom+xml" href="https://cq10.example/actualites.atom"/>'
        '\n<link rel="alternate" type="text/html" href="https://cq10.example/"/>\n'
        "<author><name>Mairie du 10e</name></author>\n"
        "<entry>\n"
        "<id>urn:uuid:dac6a388-03f5-5eea-b3ca-763c2c774951</id>\n"
        '<title type="text">Le budget participatif est ouvert</title>\n'
        '<link rel="alternate" type="text/html" '
        'href="https://cq10.example/actualites/2026-03-01-budget/"/>\n'
        "<updated>2026-03-02T00:00:00Z</updated>\n"
        "</entry>\n"
        "</feed>\n"
    )


def test_an_independent_reader_understands_everything():
    feed = feedparser.parse(
        atom.render(view(FULL_ENTRY, PLAIN_ENTRY, subtitle="Tous les quartiers"))
    )
    assert feed.bozo is False
    assert feed.version == "atom10"
    assert feed.feed.language == "fr"
    assert feed.feed.title == "Actualités des conseils de quartier du 10e"
    assert feed.feed.subtitle == "Tous les quartiers"
    assert feed.feed.author == "Mairie du 10e"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": BASE + "actualites.atom",
        "alternate": BASE,
    }
    full, plain = feed.entries
    assert full.title == FULL_ENTRY.title
    assert full.title_detail.type == "text/plain"
    assert full.summary == FULL_ENTRY.summary
    assert full.content[0].type == "text/html"
    # its relative link counts from the entry's page, by xml:base
    assert f'href="{BASE}actualites/autre/"' in full.content[0].value
    assert "<em>la suite</em>" in full.content[0].value
    assert full.author == "Le conseil de quartier"
    assert [tag.term for tag in full.tags] == ["vœu", 'a "b" & c']
    assert full.updated_parsed[:5] == (2026, 2, 3, 9, 0)
    assert full.published_parsed[:3] == (2026, 2, 1)
    assert plain.link == PLAIN_ENTRY.address
    assert "published" not in plain


def test_what_rfc_4287_asks_for_is_there_once():
    root = parsed(atom.render(view(FULL_ENTRY, PLAIN_ENTRY)))
    assert root.tag == NS + "feed"
    for element in (root, *root.iter(NS + "entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(NS + name)) == 1, name
        alternates = [
            link for link in element.findall(NS + "link") if link.get("rel") == "alternate"
        ]
        assert len(alternates) == 1
    assert len(root.findall(NS + "author")) == 1
    for when in (*root.iter(NS + "updated"), *root.iter(NS + "published")):
        assert datetime.fromisoformat(when.text or "").tzinfo is not None
    for one in root.iter(NS + "id"):
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.text or "")


def test_without_an_address_links_are_relative_and_ids_are_not():
    relative = PLAIN_ENTRY._replace(address="actualites/2026-03-01-budget/")
    feed = atom.render(view(relative, self_address="actualites.atom", site_address="./"))
    root = parsed(feed)
    assert b"xml:base" not in feed
    assert [link.get("href") for link in root.iter(NS + "link")] == [
        "actualites.atom",
        "./",
        "actualites/2026-03-01-budget/",
    ]
    absolute = parsed(atom.render(view(PLAIN_ENTRY)))
    assert [one.text for one in root.iter(NS + "id")] == [
        one.text for one in absolute.iter(NS + "id")
    ]


def test_a_feed_without_entries_is_one():
    feed = feedparser.parse(atom.render(view()))
    assert feed.bozo is False
    assert feed.entries == []


@pytest.mark.parametrize(
    "hostile",
    ["</title><script>", "]]>", "&#0;&xxe;", "a\0\x08\x1f\ufffe\ud800b", '" onclick="', "<!--"],
)
def test_hostile_text_stays_text(hostile: str):
    entry = FULL_ENTRY._replace(
        title=hostile,
        summary=hostile,
        content=hostile,
        author=hostile,
        address=BASE + hostile,
        categories=(hostile,),
        updated="2026-01-01",
    )
    root = parsed(atom.render(view(entry, title=hostile, author=hostile)))
    names = {element.tag.removeprefix(NS) for element in root.iter()}
    assert names <= {
        "feed", "id", "title", "updated", "link", "author", "name", "entry", "published",
        "category", "summary", "content",
    }  # fmt: skip
    assert [one.text for one in root.iter(NS + "title")] == [text.one_line(hostile)] * 2
    (category,) = root.iter(NS + "category")
    assert category.attrib == {"term": text.one_line(hostile)}


@given(st.text(), st.text(), st.text())
def test_any_text_comes_back(title: str, summary: str, content: str):
    entry = PLAIN_ENTRY._replace(title=title, summary=summary, content=content)
    (read,) = parsed(atom.render(view(entry))).iter(NS + "entry")
    assert (read.findtext(NS + "title") or "") == text.one_line(title)
    assert (read.findtext(NS + "summary") or "") == text.plain(summary).strip()
    assert (read.findtext(NS + "content") or "") == text.plain(content)
