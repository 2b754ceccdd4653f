"""The sealed spaces for everybody: axe, keys alone, a telephone's width, the night."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sealed_site import CENTRE, COORDINATOR, MEETING, PHRASE
from tests.browser.space_steps import TITLE, go, open_with, said
from tests.browser.test_axe import axe, violations
from tests.browser.test_keyboard import tab_to

__all__ = ["axe"]  # a fixture
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 360), ("dark", 1280), ("dark", 320), ("light", 1280)]
)
def test_axe_finds_nothing_anywhere(
    browser: Browser, sealed_at: str, axe: str, scheme: str, width: int
) -> None:
    with browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="fr-FR",
        viewport={"width": width, "height": 740},
    ) as context:
        page = context.new_page()
        found: dict[str, list[str]] = {}

        def look(name: str) -> None:
            assert page.evaluate(WIDER) <= 0, name
            found[name] = violations(page, axe)

        page.goto(sealed_at)
        expect(page.get_by_label("Phrase de passe")).to_be_visible()
        look("door")
        page.get_by_role("button", name="Afficher").click()
        page.get_by_label("Phrase de passe").fill("abaisser bou")
        expect(page.locator("#cq_propositions button")).not_to_have_count(0)
        look("words")
        open_with(page, PHRASE.replace("bougie", "zorglub"))
        said(page, "inconnue")
        look("wrong")
        open_with(page, COORDINATOR)
        expect(page.locator(TITLE)).to_have_text("Vos espaces")
        look("spaces")
        for route, title in (
            ("/", "Quartier Centre"),
            (MEETING, "Préparer la plénière"),
            ("/documents/notes.pdf", "notes.pdf"),
            ("/recherche/?q=local", "Recherche"),
            ("/rien/", "Cette page ne s’ouvre pas"),
        ):
            go(page, f"#/{CENTRE}{route}", title)
            look(route)
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.fixture
def page(browser: Browser, sealed_at: str) -> Page:
    context = browser.new_context(
        locale="fr-FR", reduced_motion="reduce", viewport={"width": 900, "height": 700}
    )
    opened = context.new_page()
    opened.goto(sealed_at)
    expect(opened.get_by_label("Phrase de passe")).to_be_visible()
    return opened


def test_by_keys_alone_from_the_door_to_a_file(page: Page) -> None:
    tab_to(page, " #cq_contenu$")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Phrase de passe")).to_be_focused()
    page.keyboard.type(PHRASE[:-3])
    tab_to(page, "^Afficher")
    page.keyboard.press("Enter")
    tab_to(page, "^trilogie ")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    tab_to(page, "^Préparation ")
    page.keyboard.press("Enter")
    expect(page.locator(TITLE)).to_have_text("Préparer la plénière")
    tab_to(page, "^le local ")
    page.keyboard.press("Enter")
    expect(page.locator("#local")).to_be_focused()
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Préparer la plénière")
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    tab_to(page, "^Notes ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Télécharger")).to_be_visible()
    tab_to(page, "^Télécharger ")
    with page.expect_download():
        page.keyboard.press("Enter")
    page.context.close()


def test_what_happens_is_said_to_who_does_not_see(page: Page) -> None:
    assert page.locator("#cq_dit, #cq_annonce, #cq_avis").evaluate_all(
        "all => all.every((one) => one.getAttribute('role') === 'status')"
    )
    open_with(page, "abaisser")
    said(page, "inconnue")
    open_with(page)
    expect(page.locator("#cq_annonce")).to_have_text("Quartier Centre")
    page.context.close()
