"""Mailing lists: on the home of whose they are, on one page, and never a private one."""

import petit_bourg
import pytest

from cq.content import layout
from cq.content.check import check
from cq.content.checks import CHECKS
from cq.content.model import Content
from cq.site.plan import plan
from cq.site.views import HomeView, MailingView

PLACES = {
    "site.yml": petit_bourg.SITE + petit_bourg.ADDRESS + petit_bourg.LEGAL,
    "quartiers/canal/quartier.yml": "nom: Canal\nadresse: canal@exemple.fr\n",
    "quartiers/canal/index.md": "Bienvenue.",
}
TODAY = "2026-03-01"


def content(files: dict[str, str]) -> Content:
    return petit_bourg.content({**PLACES, **files}, TODAY)


def views(files: dict[str, str]) -> dict[str, object]:
    public = content(files).seen_by(layout.PUBLIC, TODAY)
    return {target.path: target.view for target in plan(public).targets}


def codes(files: dict[str, str]) -> list[str]:
    return [one.code for one in check(content(files), CHECKS)]


def letter(address: str = "lettre@exemple.fr", **keys: str) -> str:
    lines = (f"{key}: {value}\n" for key, value in keys.items())
    return f"nom: La lettre\nadresse: {address}\ntype: annonce\n" + "".join(lines)


@pytest.mark.parametrize(
    ("path", "keys", "home"),
    [
        ("listes/a.yml", {}, ""),
        ("listes/a.yml", {"quartier": "canal"}, "quartiers/canal/"),
        ("listes/a.yml", {"quartier": "quartiers/canal/"}, "quartiers/canal/"),
        ("quartiers/canal/listes/a.yml", {}, "quartiers/canal/"),
    ],
)
def test_a_list_stands_on_the_home_of_whose_it_is(
    path: str, keys: dict[str, str], home: str
) -> None:
    made = views({path: letter(**keys)})
    for at in ("", "quartiers/canal/"):
        view = made[f"{at}index.html"]
        assert isinstance(view, HomeView)
        assert [one.name for one in view.mailing] == (["La lettre"] if at == home else [])


def test_one_page_shows_every_address() -> None:
    made = views(
        {"listes/a.yml": letter(), "listes/b.yml": letter("b@exemple.fr", quartier="canal")}
    )
    view = made["listes/index.html"]
    assert isinstance(view, MailingView)
    assert [
        (one.place and one.place.name, one.contact, [each.address for each in one.lists])
        for one in view.parts
    ] == [
        (None, "", ["lettre@exemple.fr"]),
        ("Canal", "canal@exemple.fr", ["b@exemple.fr"]),
    ]


def test_without_a_public_list_there_is_no_page() -> None:
    for files in ({}, {"prive/listes/a.yml": letter()}):
        assert "listes/index.html" not in views(files)
        assert codes({**files, "pages/a.md": "# A\n\n[les listes](/listes/)"}) == ["broken-link"]


def test_a_link_to_the_page_resolves() -> None:
    files = {"listes/a.yml": letter(), "pages/a.md": "# A\n\n[les listes](/listes/)"}
    assert codes(files) == []


def test_no_page_takes_its_address() -> None:
    assert codes({"pages/listes.md": "# Listes\n\nTexte."}) == ["address-clash"]


def test_the_address_of_a_public_list_may_be_written_in_public() -> None:
    page = {"pages/a.md": "# A\n\nÉcrivez à tournesol@exemple.fr."}
    assert codes(page) == ["personal-email"]
    assert codes({**page, "listes/a.yml": letter("tournesol@exemple.fr")}) == []
    assert codes({**page, "prive/listes/a.yml": letter("tournesol@exemple.fr")}) == [
        "personal-email"
    ]


@pytest.mark.parametrize("key", ["quartier", "groupe"])
def test_an_unknown_community_is_said(key: str) -> None:
    assert codes({"listes/a.yml": letter(**{key: "canel"})}) == ["unknown-reference"]
