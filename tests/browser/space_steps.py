"""What the tests of the sealed spaces do again and again, as a reader would."""

import re
import time

from playwright.sync_api import Page, expect

from tests.browser import sealed_site

TITLE = "#cq_page h1"


def open_with(page: Page, phrase: str = sealed_site.PHRASE) -> None:
    """Type a phrase at the door."""
    page.get_by_label("Phrase de passe").fill(phrase)
    page.get_by_role("button", name="Ouvrir").click()


def enter(page: Page, address: str, phrase: str = sealed_site.PHRASE) -> None:
    """From the address of a route to its page."""
    page.goto(address)
    open_with(page, phrase)
    expect(page.locator(TITLE)).to_be_visible()


def go(page: Page, route: str, title: str) -> None:
    """Ask for a route in a space that is open."""
    page.evaluate("(route) => { location.hash = route; }", route)
    expect(page.locator(TITLE)).to_have_text(title)


def said(page: Page, words: str) -> None:
    """The door says this."""
    expect(page.locator("#cq_dit")).to_contain_text(re.compile(words))


def refused(page: Page, words: str) -> None:
    """The page is not shown, and why."""
    expect(page.locator(TITLE)).to_have_text("Cette page ne s’ouvre pas")
    expect(page.locator("#cq_page")).to_contain_text(re.compile(words))


def until(page: Page, true: str) -> None:
    """Wait until an expression is true: `wait_for_function` asks for what our policy forbids."""
    end = time.monotonic() + 10
    while not page.evaluate(true):
        assert time.monotonic() < end, true
        page.wait_for_timeout(50)
