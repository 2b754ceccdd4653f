"""JSON-LD: what schema.org expects of each page, and nothing that leaves its `<script>`."""

import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.site import linked
from cq.site.views import (
    Card,
    Chrome,
    DataFile,
    DataSheet,
    DataView,
    Frame,
    HomeView,
    ItemView,
    Person,
    Place,
    PlainView,
)

BASE = "https://cq10.example/"
CHROME = Chrome(
    site="Conseils du 10e", arrondissement="Paris 10e", menu=(), quartiers=(), groups=(), pages=(),
    legal=(), accessibility="non conforme", declaration="", publisher="Mairie du 10e",
    publisher_address="72, rue du Faubourg-Saint-Martin", contact="mairie@cq10.example",
    licence="", language="fr", feed="actualites.atom", calendar="agenda.ics",
    json_feed="actualites.json", address=BASE, zone="Europe/Paris",
)  # fmt: skip
CANAL = Place("Canal <b>", "groupes/canal/", "group")

WEB = {"type": "string", "pattern": r"^https://[^\s]+$"}
TEXT = {"type": "string", "minLength": 1}
DAY = r"\d{4}-\d\d-\d\d"
WHEN = {"type": "string", "pattern": rf"^{DAY}(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$"}
ORGANIZATION = {
    "type": "object",
    "required": ["@type", "name"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "Organization"},
        "name": TEXT, "url": WEB, "address": TEXT, "description": TEXT, "areaServed": TEXT,
        "email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
        "parentOrganization": {"$ref": "#"},
    },
}  # fmt: skip
PART = {"allOf": [ORGANIZATION | {"properties": ORGANIZATION["properties"] | {
    "parentOrganization": False}}]}  # fmt: skip
EVENT = {
    "type": "object",
    "required": ["@context", "@type", "name", "startDate", "eventStatus", "organizer"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "Event"},
        "name": TEXT, "description": TEXT, "startDate": WHEN, "endDate": WHEN, "url": WEB,
        "image": WEB,
        "eventStatus": {"pattern": "^https://schema.org/Event(Scheduled|Cancelled|Postponed)$"},
        "eventAttendanceMode": {"const": "https://schema.org/OfflineEventAttendanceMode"},
        "location": {
            "type": "object", "required": ["@type"], "minProperties": 2,
            "additionalProperties": False,
            "properties": {"@type": {"const": "Place"}, "name": TEXT, "address": TEXT},
        },
        "organizer": PART,
        "isAccessibleForFree": {"const": True},
        "inLanguage": {"const": "fr"},
    },
}  # fmt: skip
ARTICLE = {
    "type": "object",
    "required": ["@context", "@type", "headline", "author", "publisher"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"enum": ["NewsArticle", "Article"]},
        "headline": TEXT, "description": TEXT, "keywords": TEXT, "image": WEB,
        "mainEntityOfPage": WEB,
        "datePublished": {"pattern": f"^{DAY}$"}, "dateModified": {"pattern": f"^{DAY}$"},
        "author": {"anyOf": [PART, {
            "type": "object", "required": ["@type", "name"], "additionalProperties": False,
            "properties": {"@type": {"const": "Person"}, "name": TEXT},
        }]},
        "publisher": PART,
        "inLanguage": {"const": "fr"},
    },
}  # fmt: skip
DATA_SET = {
    "type": "object",
    "required": ["@type", "name", "description", "distribution", "creator", "version"],
    "properties": {
        "@type": {"const": "Dataset"},
        "description": {"type": "string", "minLength": 1},
        "license": WEB, "url": WEB, "dateModified": {"pattern": f"^{DAY}$"},
        "distribution": {
            "type": "array", "minItems": 1,
            "items": {
                "type": "object", "required": ["@type", "encodingFormat"],
                "properties": {
                    "@type": {"const": "DataDownload"},
                    "encodingFormat": {"enum": ["text/csv", "application/json"]},
                    "contentUrl": WEB, "contentSize": {"pattern": r"^\d+ B$"},
                },
            },
        },
    },
}  # fmt: skip
CATALOGUE = {
    "type": "object",
    "required": ["@context", "@type", "name", "dataset"],
    "properties": {
        "@type": {"const": "DataCatalog"},
        "dataset": {"type": "array", "minItems": 1, "items": DATA_SET},
    },
}
SCHEMAS = {
    "Event": EVENT, "NewsArticle": ARTICLE, "Article": ARTICLE, "Organization": ORGANIZATION,
    "DataCatalog": CATALOGUE,
}  # fmt: skip
HOSTILE = (
    "</script><script>alert(1)</script>", "<!--<script>", "]]>", "-->", "&lt;/script&gt;",
    "\u2028\u2029", '"\\', "</SCRIPT\n>", "\x00",
)  # fmt: skip


def checked(text: str) -> dict:
    """The thing that a script says, held against its schema."""
    thing = json.loads(text)
    jsonschema.validate(thing, SCHEMAS[thing["@type"]])
    return thing


def said(view: object, chrome: Chrome = CHROME) -> dict:
    return checked(linked.script(view, chrome))


def meeting(chrome: Chrome = CHROME, occurrences: tuple[str, ...] = (), **card: object) -> dict:
    plain = {"day": "2026-03-10", "start": "19:30", "status": "confirmé"} | card
    view = ItemView(
        Frame("agenda/a/", "T", canonical=f"{BASE}agenda/a/"),
        Card("agenda/a/", "Plénière", "event", **plain), "k", (),
        address="1, quai de Valmy", occurrences=occurrences,
    )  # fmt: skip
    return said(view, chrome)


def test_a_meeting_has_its_hour_with_the_zone_of_that_day() -> None:
    assert meeting()["startDate"] == "2026-03-10T19:30:00+01:00"
    summer = meeting(day="2026-07-10", end="21:00")
    assert summer["startDate"] == "2026-07-10T19:30:00+02:00"
    assert summer["endDate"] == "2026-07-10T21:00:00+02:00"
    assert meeting(CHROME._replace(zone="America/Martinique"))["startDate"].endswith("-04:00")


@pytest.mark.parametrize(
    ("card", "end"),
    [
        ({}, None),
        ({"end": "18:00"}, None),  # no end before its start
        ({"start": None}, None),
        ({"start": None, "end_day": "2026-03-12"}, "2026-03-12"),
        ({"end": "02:00", "end_day": "2026-03-11"}, "2026-03-11T02:00:00+01:00"),
        ({"end": "20:00", "end_day": "2026-03-30"}, "2026-03-30T20:00:00+02:00"),
    ],
)
def test_its_end_is_said_where_it_is_known(card: dict, end: str | None) -> None:
    assert meeting(**card).get("endDate") == end


def test_its_day_alone_where_it_lasts_the_whole_day() -> None:
    assert meeting(start=None)["startDate"] == "2026-03-10"


@pytest.mark.parametrize(
    ("status", "name"),
    [("confirmé", "Scheduled"), ("annulé", "Cancelled"), ("reporté", "Postponed")],
)
def test_its_status(status: str, name: str) -> None:
    assert meeting(status=status)["eventStatus"] == f"https://schema.org/Event{name}"


def test_its_place_and_who_holds_it() -> None:
    made = meeting(where="La grange", place=CANAL)
    assert made["location"] == {
        "@type": "Place", "name": "La grange", "address": "1, quai de Valmy",
    }  # fmt: skip
    assert made["organizer"] == {
        "@type": "Organization", "name": "Canal <b>", "url": f"{BASE}groupes/canal/",
    }  # fmt: skip
    assert meeting()["organizer"]["name"] == "Conseils du 10e"


def test_one_that_comes_back_is_told_at_its_next_day() -> None:
    made = meeting(occurrences=("2026-07-07", "2026-08-04"), end="21:00")
    assert made["startDate"].startswith("2026-07-07")
    assert made["endDate"].startswith("2026-07-07")


def article(kind: str = "news", author: Person | None = None, chrome: Chrome = CHROME) -> dict:
    frame = Frame("a/", "T", canonical=f"{BASE}a/", image=f"{BASE}a.png")
    card = Card("a/", "Titre", kind, "Résumé", "2026-03-01", updated="2026-03-05")
    return said(ItemView(frame, card, "k", (), author=author, keywords=("b", "c")), chrome)


def test_news_is_an_article() -> None:
    made = article(author=Person("Maxime Écluse", "conseiller"))
    assert (made["datePublished"], made["dateModified"]) == ("2026-03-01", "2026-03-05")
    assert made["author"] == {"@type": "Person", "name": "Maxime Écluse"}
    assert made["publisher"]["name"] == "Mairie du 10e"
    assert article("wiki")["@type"] == "Article"


def test_nobody_in_particular_is_no_person() -> None:
    unnamed = Person("un conseiller ou une conseillère")
    assert article(author=unnamed)["author"]["@type"] == "Organization"


def test_a_site_without_address_or_publisher_says_less() -> None:
    bare = CHROME._replace(address="", publisher="", publisher_address="")
    made = article(chrome=bare)
    assert made["publisher"] == {"@type": "Organization", "name": "Conseils du 10e"}


def home(place: Place | None) -> dict:
    frame = Frame("", "T", description="Six conseils.")
    return said(HomeView(
        frame, place, "", (), (), (), (), (), (), "canal@cq10.example", (), (), "", "",
    ))  # fmt: skip


def test_a_home_is_an_organization() -> None:
    site = home(None)
    assert (site["name"], site["url"]) == ("Conseils du 10e", BASE)
    assert site["parentOrganization"]["name"] == "Mairie du 10e"
    canal = home(CANAL)
    assert (canal["name"], canal["email"]) == ("Canal <b>", "canal@cq10.example")
    assert canal["parentOrganization"] == {
        "@type": "Organization", "name": "Conseils du 10e", "url": BASE,
    }  # fmt: skip


def test_the_page_of_the_data_is_a_catalogue() -> None:
    files = (DataFile("donnees/a.csv", "CSV", 12), DataFile("donnees/a.json", "JSON", 40))
    sheet = DataSheet("a", "A", "Une liste.", 3, "2026-03-01", files, "donnees/a.schema.json")
    frame = Frame("donnees/", "Données", canonical=f"{BASE}donnees/")
    made = said(DataView(frame, "Tout.", (sheet,), (), "1.0", "L", "https://l.example/", "", ""))
    (one,) = made["dataset"]
    assert one["distribution"][0]["contentUrl"] == f"{BASE}donnees/a.csv"
    assert one["url"] == f"{BASE}donnees/#a"


def test_other_pages_say_nothing() -> None:
    assert linked.script(PlainView(Frame("a/", "T")), CHROME) == ""
    page = ItemView(Frame("a/", "T"), Card("a/", "T", "page"), "k", ())
    assert linked.script(page, CHROME) == ""


@given(st.sampled_from(HOSTILE) | st.text(min_size=1))
def test_no_word_leaves_the_script(word: str) -> None:
    frame = Frame("a/", word, description=word)
    card = Card("a/", f"T {word}", "event", word, "2026-03-10", where=f"L {word}", status=word)
    view = ItemView(frame, card, "k", (), address=word, keywords=(word,))
    text = linked.script(view, CHROME)
    assert not re.search("[<>&\u2028\u2029]", text)
    thing = checked(text)
    assert thing["name"] == linked.one_line(f"T {word}")
