"""The letter: whole, printable, and of nobody's making but ours."""

import json
import re
from html.parser import HTMLParser

import pytest

from cq.access import letter, sheet
from cq.access.issue import Issued
from cq.access.register import Member
from tests.unit.access.town import PHRASE, TODAY, content

MEMBER = Member("canal", "Camille Passerelle", "conseiller", ("conseillers", "q-canal"),
                "2025-09-01", "2028-08-31")  # fmt: skip
TOKEN = "ZGVmZ2hpamtsbW5vcHFycw"  # noqa: S105 - of the format's examples


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    return tags


def test_it_says_all_that_is_needed() -> None:
    text = read(letter.letter(Issued(MEMBER, PHRASE, TOKEN), content(), TODAY)).text
    said = " ".join(text.split())
    for word in PHRASE.split():
        assert word in said
    for words in (
        "Camille Passerelle", "1er mars 2026", "jusqu’au 31 août 2028", "Canal",
        "https://exemple.fr/espace/", "Perdue", "8 trilogie",
    ):  # fmt: skip
        assert words in said


def test_it_asks_nothing_of_the_network() -> None:
    text = letter.letter(Issued(MEMBER, PHRASE, TOKEN), content(), TODAY)
    for tag, attributes in read(text).found:
        assert tag not in {"script", "img", "link", "iframe", "a", "base"}
        assert not {"src", "href", "srcset"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x>', "$name ${day}"])
def test_a_hostile_name_is_text(hostile: str) -> None:
    member = MEMBER._replace(name=hostile)
    made = content(
        more={
            "site.yml": f"nom: {json.dumps(hostile)}\nid: x\narrondissement: "
            '{numero: 1, nom: X, code_insee: "1", code_postal: "1"}\n'
        }
    )
    tags = read(letter.letter(Issued(member, PHRASE, TOKEN), made, TODAY))
    assert hostile in tags.text
    assert {tag for tag, _ in tags.found} <= {
        "html", "head", "meta", "title", "style", "body", "p", "br", "h1", "h2", "ol", "ul", "li",
        "span", "div", "svg", "path", "footer",
    }  # fmt: skip


def test_the_code_is_the_invitation() -> None:
    link = sheet.invitation("https://exemple.fr/espace/", TOKEN, MEMBER)
    assert link == f"https://exemple.fr/espace/#i={TOKEN}/q-canal/"
    with_code = letter.letter(Issued(MEMBER, PHRASE, TOKEN), content(), TODAY)
    assert letter._drawing(link) in with_code
    assert len(re.findall("<svg", with_code)) == 1
    assert TOKEN not in with_code  # it is drawn, never written
    assert "<svg" not in letter.letter(Issued(MEMBER, PHRASE), content(), TODAY)


def test_a_site_without_an_address_has_no_code() -> None:
    from dataclasses import replace

    made = content()
    without = replace(made, site={k: v for k, v in made.site.items() if k != "adresse_web"})
    text = letter.letter(Issued(MEMBER, PHRASE, TOKEN), without, TODAY)
    assert "<svg" not in text
    assert "la page « espace » du site" in text


def test_who_chose_a_phrase_is_not_told_it() -> None:
    text = letter.letter(Issued(MEMBER, "", TOKEN), content(), TODAY)
    assert "Votre phrase de passe" not in text


@pytest.mark.parametrize("id_", ["../../etc/passwd", "a b", "é", "…", ""])
def test_a_file_s_name_is_one(id_: str) -> None:
    name = letter.file_name(MEMBER._replace(id=id_))
    assert re.fullmatch(r"lettre-[a-z0-9-]+\.html", name)


def test_words_stand_by_number() -> None:
    assert sheet.numbered(PHRASE).split() == [
        one for pair in zip("12345678", PHRASE.split(), strict=True) for one in pair
    ]


def test_one_arrives_at_home() -> None:
    assert sheet.home_of(MEMBER) == "q-canal"
    assert sheet.home_of(MEMBER._replace(role="animateur")) == "conseillers"
    assert sheet.home_of(MEMBER._replace(spaces=("conseillers",))) == "conseillers"
