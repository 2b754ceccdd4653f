"""Every pair of colours that the style sheet puts together can be read, by day and by night."""

import gzip
import re
from pathlib import Path

import pytest

TEXT, LARGE = 4.5, 3.0
# What is written or drawn on what: every use of a colour in style.css.
TEXTS = ["encre", "encre-douce", "canal", "attention"]
GROUNDS = ["papier", "teinte"]
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


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read(text: str, ground: str, scheme: str, style: str) -> None:
    tokens = schemes(style)[scheme]
    assert contrast(tokens[text], tokens[ground]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_on_a_filled_button_can_be_read(scheme: str, style: str) -> None:
    tokens = schemes(style)[scheme]
    assert contrast(tokens["papier"], tokens["canal"]) >= TEXT


def test_dark_is_a_design_of_its_own(style: str) -> None:
    found = schemes(style)
    assert set(found["light"]) == set(found["dark"])
    assert found["dark"]["papier"] not in {"#000", "#000000"}
    assert not set(found["light"].values()) & set(found["dark"].values())


def test_colours_stand_in_tokens_alone(style: str) -> None:
    rules = re.sub(r":root \{.*?\}|/\*.*?\*/", "", style, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules) == []


def test_the_sheet_is_light_and_asks_for_nothing(style: str) -> None:
    assert len(gzip.compress(style.encode())) < 6_000
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style
