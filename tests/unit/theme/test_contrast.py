"""Every pair of colours that the style sheet puts together can be read, by day and by night."""

import gzip
import re
from pathlib import Path

import pytest

TEXT, DRAWN = 4.5, 3.0
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b")


@pytest.fixture(scope="module")
def style(root: Path) -> str:
    return (root / "themes" / "default" / "style.css").read_text(encoding="utf-8")


def schemes(style: str) -> dict[str, dict[str, str]]:
    """Tokens by scheme: the second `:root` is the dark one, the third paper."""
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    light, dark, paper = (dict(TOKEN.findall(block)) for block in blocks)
    return {"light": light, "dark": light | dark, "print": light | paper}


def luminance(colour: str) -> float:
    """WCAG 2.2, « relative luminance »."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


def pairs(style: str) -> dict[tuple[str, str], float]:
    """What the list at the head of the sheet promises: (drawn, ground) → the least contrast."""
    head = " ".join(style.partition(":root")[0].split())
    read, _, drawn = head.partition("At least 3 to 1")
    promised = re.compile(r"([\w-]+) on (\w+(?:, \w+)*)")
    return {
        (ink, ground): least
        for part, least in ((drawn, DRAWN), (read, TEXT))
        for ink, grounds in promised.findall(part)
        for ground in grounds.split(", ")
        if ground in GROUNDS
    }


GROUNDS = {"papier", "teinte", "plaque", "canal"}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_pair_can_be_seen(scheme: str, style: str) -> None:
    tokens = schemes(style)[scheme]
    if scheme == "print":
        assert tokens["papier"] == tokens["plaque"] == "#fff"
    found = pairs(style)
    assert len(found) > 10
    measured = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in found}
    assert {pair: had for pair, had in measured.items() if had < found[pair]} == {}


def test_every_pair_is_in_the_list(style: str) -> None:
    """A colour that is read has a pair with every ground, and so has a ground that is filled."""
    found = pairs(style)
    rules = re.sub(r":root \{.*?\}|/\*.*?\*/", "", style, flags=re.DOTALL)
    inks = set(re.findall(r"(?<![\w-])(?:color|fill): var\(--([\w-]+)\)", rules))
    grounds = set(re.findall(r"background: var\(--([\w-]+)\)", rules))
    borders = set(re.findall(r"(?:border|outline)[\w-]*:[^;]*var\(--([\w-]+)\)", rules))
    assert inks <= {ink for ink, _ in found}
    assert grounds <= {ground for _, ground in found}
    # The hairline parts what is apart already; the plate's edge is the plate.
    assert borders - {"filet", "plaque"} <= {ink for ink, _ in found}


def test_dark_is_a_design_of_its_own(style: str) -> None:
    found = schemes(style)
    assert set(found["light"]) == set(found["dark"])
    assert found["dark"]["papier"] not in {"#000", "#000000"}
    assert not set(found["light"].values()) & set(found["dark"].values())


def test_colours_stand_in_tokens_alone(style: str) -> None:
    rules = re.sub(r":root \{.*?\}|/\*.*?\*/", "", style, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def test_the_sheet_is_light_and_asks_for_nothing(style: str) -> None:
    assert len(gzip.compress(style.encode())) < 15_000
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style
