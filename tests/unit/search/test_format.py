"""docs/formats/search-v1.md, held: the demonstration's index is read with nothing of cq."""

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import DEMO_DAY

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


def folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    bare = "".join(
        one for one in plain if unicodedata.category(one) not in {"Mn", "Mc", "Me", "Cf"}
    )
    return [word[:40] for word in re.findall(r"[^\W_]+", bare)]


def postings(text: str) -> Iterator[tuple[int, int]]:
    page, at = -1, 0
    while at < len(text):
        distance, scale = 0, 1
        while DIGITS.index(text[at]) >= 32:
            distance += (DIGITS.index(text[at]) - 32) * scale
            scale, at = scale * 32, at + 1
        distance += DIGITS.index(text[at]) * scale
        assert distance >= 1
        page += distance
        yield page, DIGITS.index(text[at + 1])
        at += 2


@pytest.fixture(scope="module")
def folder(built: Path) -> Path:
    return built / "recherche"


@pytest.fixture(scope="module")
def head(folder: Path) -> dict:
    return json.loads((folder / "index.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def cards(folder: Path, head: dict) -> list[list[str]]:
    found = []
    for block in range(-(-head["pages"] // head["bloc"])):
        stamp, *some = json.loads((folder / f"p/{block}.json").read_text("utf-8"))
        assert stamp == head["empreinte"]
        assert len(some) <= head["bloc"]
        found += some
    return found


@pytest.fixture(scope="module")
def shards(folder: Path, head: dict) -> list[list[tuple[list[str], dict[int, int]]]]:
    found = []
    for number in range(len(head["bornes"])):
        stamp, *lines = (folder / f"m/{number}.txt").read_text("utf-8").splitlines()
        assert stamp == head["empreinte"]
        parts = [line.split("\t") for line in lines]
        found.append([(forms.split(" "), dict(postings(text))) for forms, text in parts])
    return found


def test_the_head_has_the_keys_of_the_page(root: Path, head: dict, cards) -> None:
    page = (root / "docs/formats/search-v1.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(head)
    assert head["version"] == 1
    assert re.fullmatch("[0-9a-f]{8}", head["empreinte"])
    assert head["pages"] == len(cards) == len(head["sorte"]) == len(head["lieu"])
    assert f"of {512}" in page
    assert len(head["bornes"]) == 1 << ((head["pages"] // 16).bit_length() - 1)


def test_every_file_is_one_of_the_index(folder: Path, head: dict, cards) -> None:
    blocks = {f"p/{number}.json" for number in range(-(-len(cards) // head["bloc"]))}
    shards = {f"m/{number}.txt" for number in range(len(head["bornes"]))}
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*/*") if one.is_file()}
    assert there == blocks | shards


def test_pages_stand_in_their_order(built: Path, head: dict, cards) -> None:
    assert cards == sorted(cards, key=lambda card: (card[3], card[1]))
    for _, address, _, _, text in cards:
        assert (built / address / "index.html").is_file()
        assert not text or (built / text).is_file()
    assert any(text for *_, text in cards)
    years = [card[3][:4] for card in cards]
    lived = dict(head["vie"])
    assert all(years[page] < year <= DEMO_DAY[:4] for page, year in lived.items())
    assert lived
    assert head["annees"] == [[year, years.index(year)] for year in sorted(set(years))]


def test_kinds_and_places_are_those_of_the_addresses(head: dict, cards) -> None:
    for card, kind, place in zip(cards, head["sorte"], head["lieu"], strict=True):
        name = head["sortes"][DIGITS.index(kind)]
        home = head["lieux"][DIGITS.index(place)][1]
        assert card[1].startswith(home)
        if name in {"actualité", "document", "dossier", "question"}:
            folder = {"actualité": "actualites"}.get(name, f"{name}s")
            assert card[1].removeprefix(home).startswith(f"{folder}/")


def test_lines_stand_in_their_shard_and_in_order(head: dict, shards) -> None:
    for number, lines in enumerate(shards):
        assert [forms for forms, _ in lines] == sorted(forms for forms, _ in lines)
        for forms, pages in lines:
            assert forms == sorted(set(forms))
            assert {bisect_right(head["bornes"], form) - 1 for form in forms} == {number}
            assert not set(forms) & set(head["vides"].split())
            assert pages
            assert max(pages) < head["pages"]
            assert all(1 <= impact <= 31 and impact != 16 for impact in pages.values())


def test_the_words_of_a_title_lead_to_its_page(head: dict, cards, shards) -> None:
    empty = set(head["vides"].split())
    for page, (title, address, *_) in enumerate(cards):
        if address in {home for _, home in head["lieux"]}:
            continue  # shown with the name of its community, which its file does not know
        for form in folded(title):
            if form in empty or (len(form) == 1 and form.isalpha()):
                continue
            lines = shards[bisect_right(head["bornes"], form) - 1]
            impacts = [pages.get(page, 0) for forms, pages in lines if form in forms]
            assert max(impacts, default=0) > 16, (title, form)
