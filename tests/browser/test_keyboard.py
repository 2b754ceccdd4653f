"""A resident who has no mouse: from the home to a meeting in her own agenda, by keys alone.

After the first address nothing is clicked, filled or gone to: only Tab and Enter are pressed, and
what has the focus is looked at, never chosen.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

# Farther than that, nobody goes on pressing.
MOST = 40
FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const drawn = getComputedStyle(one);
    const shape = one.querySelector("path");  // a quartier of the map is ringed by its own edge
    const edge = shape ? parseFloat(getComputedStyle(shape).strokeWidth) : 0;
    const said = one.querySelector("title") || one;
    return {
        words: one.getAttribute("aria-label") || said.textContent.replace(/\\s+/g, " ").trim(),
        href: one.getAttribute("href") || "",
        ringed: edge >= 3 || (drawn.outlineStyle !== "none" && drawn.outlineWidth !== "0px"),
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth,
    };
}"""
QUARTIER = "Louis-Blanc – Aqueduc"


@pytest.fixture(params=[(360, 740), (1280, 800)], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    width, height = request.param
    with browser.new_context(
        locale="fr-FR",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",  # what is on its way to be seen is not seen yet
    ) as made:
        opened = made.new_page()
        opened.goto(address)
        yield opened


def tab_to(page: Page, wanted: str) -> str:
    """Press Tab until what has the focus says `wanted`; its address. Every stop must be seen."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["ringed"], f"no ring around « {at['words']} »"
        assert at["seen"], f"« {at['words']} » has the focus out of sight"
        if re.search(wanted, at["words"] + " " + at["href"]):
            return str(at["href"])
    raise AssertionError(f"{MOST} stops, and none that says « {wanted} »")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def skip(page: Page) -> None:
    """What stands on every page is passed over in two keys."""
    assert tab_to(page, " #") == "#cq_contenu"
    page.keyboard.press("Enter")


def test_from_the_home_to_one_s_own_agenda(page: Page) -> None:
    skip(page)
    tab_to(page, f"^{QUARTIER} ")
    enter(page)
    assert page.locator("body[data-gabarit=community]").count() == 1
    skip(page)
    tab_to(page, r"agenda/\d{4}-")
    enter(page)
    assert page.locator("body[data-gabarit=event]").count() == 1
    title = page.locator("h1").inner_text()
    skip(page)
    href = tab_to(page, "[Aa]jouter.* à mon agenda")
    assert href.endswith(".ics")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    words = Path(taken.value.path()).read_bytes().decode().replace("\r\n ", "")
    assert words.count("BEGIN:VEVENT") == 1
    assert re.search(f"^SUMMARY[^:\r\n]*:{re.escape(title)}", words, re.MULTILINE)


def test_back_again(page: Page) -> None:
    """The way back is in the page too: the trail, then the name of the site."""
    tab_to(page, f"^{QUARTIER} ")
    enter(page)
    tab_to(page, "^Quartiers ")
    enter(page)
    assert page.locator("body[data-gabarit=places]").count() == 1
    tab_to(page, "^Accueil ")
    enter(page)
    assert page.locator("body[data-gabarit=home]").count() == 1


def test_the_end_of_the_menu(page: Page) -> None:
    """On a telephone it is put away, and one key opens it; a desk shows it."""
    if page.viewport_size and page.viewport_size["width"] < 1000:
        tab_to(page, "^Plus de rubriques")
        page.keyboard.press("Enter")
    tab_to(page, "^Wiki ")
    enter(page)
    assert page.locator("body[data-gabarit=wiki_index]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
