"""JSON Feed 1.1, held against its specification as a JSON Schema, and against the Atom feed."""

import json

import jsonschema
import pytest

from cq.site.feeds import json_feed
from cq.site.feeds.entries import AtomEntry, AtomView

BASE = "https://cq10.example/"
OWN = BASE + "actualites.json"
WEB = {"type": "string", "pattern": r"^https?://[!-~]+$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "additionalProperties": False,
              "properties": {"name": {"type": "string", "minLength": 1}}},
}  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "home_page_url": WEB,
        "feed_url": WEB,
        "language": {"const": "fr"},
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:"},
                    "url": WEB,
                    "title": {"type": "string"},
                    "content_text": {"type": "string"},
                    "content_html": {"type": "string"},
                    "summary": {"type": "string"},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string", "minLength": 1}},
                },
            },
        },
    },
}
BARE = AtomEntry("urn:uuid:1", "Le budget", f"{BASE}a/", "2026-03-02")
FULL = AtomEntry(
    id="urn:uuid:2",
    title="Un vœu\x00\n: « </script> »",
    address=f"{BASE}é b/",
    updated="2026-02-03T10:00:00+01:00",
    published="2026-02-01",
    summary="Deux lignes\n& un <script>",
    author="Le conseil\nde quartier",
    categories=("vœu", " ", "a"),
)


def read(*entries: AtomEntry, base: str = BASE, own: str = OWN) -> dict:
    view = AtomView(
        "urn:uuid:0", "Actualités", f"{base}actualites.atom", base or "index.html",
        "2026-03-02", "Mairie", entries, subtitle="De tous",
    )  # fmt: skip
    feed = json.loads(json_feed.render(view, own))
    jsonschema.validate(feed, SCHEMA)
    return feed


def test_a_feed_says_what_it_is() -> None:
    feed = read(BARE)
    assert feed["home_page_url"] == BASE
    assert feed["feed_url"] == OWN
    assert feed["items"][0] == {
        "id": "urn:uuid:1", "url": f"{BASE}a/", "title": "Le budget", "content_text": "Le budget",
        "date_modified": "2026-03-02T00:00:00Z",
    }  # fmt: skip


def test_an_entry_with_everything() -> None:
    (item,) = read(FULL)["items"]
    assert item["title"] == "Un vœu : « </script> »"
    assert item["url"] == f"{BASE}%C3%A9%20b/"
    assert item["content_text"] == item["summary"] == FULL.summary
    assert item["date_published"] == "2026-02-01T00:00:00Z"
    assert item["authors"] == [{"name": "Le conseil de quartier"}]
    assert item["tags"] == ["vœu", "a"]


def test_its_text_may_be_html() -> None:
    (item,) = read(BARE._replace(content="<p>a</p>"))["items"]
    assert item["content_html"] == "<p>a</p>"
    assert "content_text" not in item


def test_a_site_without_an_address_claims_none() -> None:
    feed = read(BARE._replace(address="a/"), base="", own="")
    assert not {"home_page_url", "feed_url"} & feed.keys()
    assert "url" not in feed["items"][0]


def test_the_schema_sees_a_fault() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": json_feed.VERSION, "title": "x", "items": [{}]}, SCHEMA)
