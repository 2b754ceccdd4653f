"""A sealed space as a site of its own: what it holds, where it leads, and what it never has."""

from dataclasses import replace
from typing import Any

import pytest
from petit_bourg import SITE
from petit_bourg import content as made

from cq.content.item import Blob
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.past import row_of
from cq.content.within import folder_of, logical, spaces_of, title_of, within
from cq.site.plan import outside, plan
from cq.site.plan.inside import Inside, plan_inside
from cq.site.routes import inside as ways
from tests.unit.annals import NOON

TODAY = "2026-11-22"
PRIVATE = "quartiers/port/prive/"
CONTACT = """\
- nom: Camille, dite « Cam »
  fonction: gardienne
  courriel: cam@exemple.example
  telephone: 01 99 00 12 34
  consentement: 2026-01-15
  expire: {}
"""
FILES = {
    "site.yml": SITE + "adresse_web: https://exemple.fr/\ndepot: {adresse: https://f.example/x, "
    "public: true}\n",
    "index.md": "# Bonjour\n",
    "quartiers/port/quartier.yml": "nom: Port\n",
    "quartiers/port/wiki/bruit.md": "# Le bruit, en public\n",
    "wiki/quai.md": "# Le quai\n",
    PRIVATE + "index.md": "# Entre nous\n\nVoir [[secret]].\n",
    PRIVATE + "wiki/secret.md": "# Le secret\n\n[[quai]] [Agenda](/agenda/) "
    "[bruit](../../wiki/bruit.md) [autre](autre.md#la) [note](../documents/note.csv) "
    "[carte](../../../../wiki/carte.png)\n",
    PRIVATE + "wiki/autre.md": "# L’autre\n\n## Là\n\n[[secret]]\n",
    PRIVATE + "agenda/2026-12-01-reunion.md": (
        "---\ntitre: Entre nous\ndebut: 18:00\nlieu: ici\n---\n"
    ),
    PRIVATE + "contacts.yml": CONTACT.format("2027-01-01"),
    "prive/actualites/2026-11-01-nouvelle.md": "# Pour tous les conseillers\n",
    "prive/contacts.yml": CONTACT.format("2026-01-16"),
}  # fmt: skip
BLOBS = (
    Blob("content/" + PRIVATE + "documents/note.csv", "q-port", "aa", 10),
    Blob("content/wiki/carte.png", "public", "bb", 10, "png", 4, 3),
)


@pytest.fixture(scope="module")
def content() -> Content:
    return made(FILES, TODAY, BLOBS)


@pytest.fixture(scope="module")
def port(content: Content) -> Inside:
    return plan_inside(within(content, "q-port", TODAY))


def view(inside: Inside, path: str) -> Any:
    return next(one.view for one in inside.targets if one.path == path)


def test_the_spaces_are_those_that_have_something(content: Content) -> None:
    assert spaces_of(content) == ("conseillers", "q-port")
    assert [title_of(content, one) for one in spaces_of(content)] == [
        "Espace des conseillers", "Port",
    ]  # fmt: skip
    assert folder_of("conseillers") == "prive/"
    assert folder_of("g-a-b") == "groupes/a-b/prive/"


def test_only_the_space_s_own_pages_are_planned(content: Content, port: Inside) -> None:
    paths = {one.path for one in port.targets}
    assert "wiki/secret/index.html" in paths
    assert not any("bruit" in one or "quai" in one or "nouvelle" in one for one in paths)
    assert {one.space for one in port.targets} == {"q-port"}
    other = plan_inside(within(content, "conseillers", TODAY))
    assert not any("secret" in str(one) or "reunion" in one.path for one in other.targets)


def test_nothing_that_only_makes_sense_in_the_open_is_there(port: Inside) -> None:
    names = {one.template for one in port.targets}
    assert not names & {"@atom", "@json_feed", "@sitemap", "@robots", "places.html", "data.html"}
    shown = str([one.view for one in port.targets])
    assert "exemple.fr" not in shown  # no address on the web
    assert "f.example" not in shown  # no repository
    assert ".atom" not in shown


def test_links_lead_within_and_without(port: Inside) -> None:
    links = view(port, "wiki/secret/index.html").links
    assert links == (
        "../wiki/quai/", "../agenda/", "../quartiers/port/wiki/bruit/", "wiki/autre/#la",
        "documents/note.csv", "public/wiki/carte.png",
    )  # fmt: skip
    assert [(one.path, one.blob.path) for one in port.files] == [
        ("documents/note.csv", BLOBS[0].path), ("public/wiki/carte.png", BLOBS[1].path),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("protection", "spaces", "open_to"),
    [
        ("chiffrement", ("q-port",), ("espace/#/q-port/", None)),
        ("chiffrement", (), (None, None)),  # nobody was let in yet: words, and no dead link
        ("serveur", ("q-port",), (None, None)),
    ],
)
def test_the_door_is_linked_to_where_there_is_one(
    protection: str, spaces: tuple[str, ...], open_to: tuple[str | None, ...]
) -> None:
    text = "# Texte\n\n[a](/espace/#/q-port/) [b](/espace/#/q-port/wiki/secret/)\n"
    files = {**FILES, "wiki/porte.md": text, PRIVATE + "wiki/porte.md": text}
    files["site.yml"] += f"protection: {protection}\n"
    site = replace(made(files, TODAY, BLOBS), spaces=spaces)
    public = plan(site.seen_by(PUBLIC, TODAY))
    assert next(
        one.view for one in public.targets if one.path == "wiki/porte/index.html"
    ).links == open_to  # fmt: skip
    within_port = plan_inside(within(site, "q-port", TODAY))
    assert view(within_port, "wiki/porte/index.html").links == tuple(
        one and f"../{one}" for one in open_to
    )


def test_backlinks_are_those_of_the_space(port: Inside) -> None:
    cited = view(port, "wiki/secret/index.html").cited_by
    assert [one.address for one in cited] == ["", "wiki/autre/"]
    assert [one.title for one in cited] == ["Port", "L’autre"]


def test_a_route_is_known_by_its_fragment() -> None:
    to = ways("q-port")
    assert to("", "wiki/x/") == "#/q-port/"
    assert to("wiki/y/#la", "wiki/x/") == "#/q-port/wiki/y/~la"
    assert to("wiki/x/#la", "wiki/x/") == "#la"
    assert to("documents/note.csv", "") == "#/q-port/documents/note.csv"
    assert to("../agenda/", "wiki/x/") == "../agenda/index.html"
    assert to("../wiki/quai/#haut", "") == "../wiki/quai/index.html#haut"


def test_the_directory_holds_whom_it_may(content: Content, port: Inside) -> None:
    (entry,) = view(port, "repertoire/index.html").contacts
    assert entry.email == "cam@exemple.example"
    assert entry.card == "repertoire/camille-dite-cam.vcf"
    other = plan_inside(within(content, "conseillers", TODAY))  # until the 16th of January
    assert not any(one.path.startswith("repertoire") for one in other.targets)
    assert not any("repertoire" in step.address for step in other.chrome.menu)


def test_a_meeting_has_another_identifier_than_its_public_twin(content: Content) -> None:
    own = within(content, "q-port", TODAY)
    assert own.site["id"] == "cq-petit-bourg/q-port"


def test_logical_paths() -> None:
    assert logical("index.html") == "/"
    assert logical("wiki/x/index.html") == "/wiki/x/"
    assert logical("agenda.ics") == "/agenda.ics"
    assert logical("documents/notindex.html") == "/documents/notindex.html"


def test_the_public_site_leads_to_the_spaces_that_there_are(content: Content) -> None:
    def lists(spaces: tuple[str, ...], path: str) -> list[str]:
        public = replace(content.seen_by("public", TODAY), spaces=spaces)
        planned = plan(public)
        assert bool(spaces) == any(one.address == "espace/" for one in planned.chrome.legal)
        page: Any = next(one.view for one in planned.targets if one.path == path)
        return [one.address for one in page.lists if one.address.startswith("espace/")]

    assert lists((), "quartiers/port/index.html") == []
    assert lists(("conseillers",), "quartiers/port/index.html") == []
    both = ("conseillers", "q-port")
    assert lists(both, "quartiers/port/index.html") == ["espace/#/q-port/"]
    assert lists(both, "index.html") == ["espace/"]


def test_a_space_tells_the_past_of_its_own_texts_alone(content: Content) -> None:
    """To its own readers: what the public and other spaces see is not a byte different."""
    row = row_of([("b" * 40, NOON + 86400, "Zoé", False, "2"), ("a" * 40, NOON, "", False, "1")])
    names = ("wiki/secret.md", "wiki/autre.md", "index.md")
    rows = {f"content/{PRIVATE}{name}": row for name in names}
    rows |= {"content/wiki/quai.md": row, "content/prive/actualites/2026-11-01-nouvelle.md": row}
    told = content.with_inner_pasts(rows, cut=[f"content/{PRIVATE}wiki/autre.md"])
    own = plan_inside(within(told, "q-port", TODAY))
    history = view(own, "wiki/secret/index.html").history
    assert (history.day, history.versions, history.whole) == ("2026-03-03", 2, True)
    assert not view(own, "wiki/autre/index.html").history.whole
    changes = view(own, "nouveautes/index.html")
    assert changes.by_history
    assert "Page du wiki modifiée" in str(changes)
    assert plan(told.seen_by(PUBLIC, TODAY)) == plan(content.seen_by(PUBLIC, TODAY))
    public = told.seen_by(PUBLIC, TODAY)
    assert (list(public.past), dict(public.inner_pasts)) == ([], {})
    assert outside(public) == outside(content.seen_by(PUBLIC, TODAY))
    other = told.seen_by("conseillers", TODAY)
    assert list(other.inner_pasts) == ["conseillers"]
    assert list(within(told, "q-port", TODAY).past) == sorted(
        f"content/{PRIVATE}{one}" for one in names
    )


def test_private_rows_among_the_public_s_are_not_told(content: Content) -> None:
    row = row_of([("a" * 40, NOON, "", False, "1")])
    told = content.with_past({f"content/{PRIVATE}wiki/secret.md": row})
    assert list(told.past) == []
    assert (
        view(plan_inside(within(told, "q-port", TODAY)), "wiki/secret/index.html").history is None
    )
