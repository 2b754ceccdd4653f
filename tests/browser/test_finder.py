"""« Quel est mon quartier ? »: by street, by position, without script, from a folder on a disk."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

FINDER = "mon-quartier/index.html"
TEMPLE, LANCRY = "Faubourg-du-Temple – Hôpital-Saint-Louis", "Château-d’Eau – Lancry"
GRANGE = "Grange-aux-Belles – Terrage"
FETCHED = re.compile(r"<script[^>]*\ssrc=")  # not the data for machines, which nothing runs


@pytest.fixture(params=["http", "file"])
def start(request: pytest.FixtureRequest, built: Path) -> str:
    """The page's address: under a strict policy of a server, and from a disk."""
    if request.param == "file":
        return (built / FINDER).as_uri()
    return str(request.getfixturevalue("address")) + FINDER


@pytest.fixture
def context(browser: Browser, start: str) -> Iterator[BrowserContext]:
    """Without a network but the site itself: on a disk, with none at all."""
    with browser.new_context(locale="fr-FR") as made:
        made.set_offline(start.startswith("file:"))
        yield made


@pytest.fixture
def page(context: BrowserContext, start: str) -> Iterator[Page]:
    """The page open; whatever the browser complains of, or asks for later, is a failure."""
    opened = context.new_page()
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.endswith("icone.svg"):  # Chromium fetches it when it pleases
            wrong.append(request.url)

    opened.on("console", lambda one: wrong.append(one.text))
    opened.on("pageerror", lambda one: wrong.append(str(one)))
    opened.goto(start)
    opened.on("request", asked)
    yield opened
    assert wrong == []


def ask(page: Page, street: str, number: str = "") -> None:
    page.get_by_label("Rue", exact=True).fill(street)
    page.get_by_label("Numéro", exact=True).fill(number)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("street", "number", "said"),
    [
        ("rue Bichat", "12", f"12, rue Bichat : votre quartier est {TEMPLE}."),
        ("12 bis rue bichat, 75010 Paris", "", f"12, rue Bichat : votre quartier est {TEMPLE}."),
        ("Bichat", "", f"rue Bichat : votre quartier est {TEMPLE}."),
        ("R. LUCIEN SAMPAIX 30", "", f"30, rue Lucien-Sampaix : votre quartier est {LANCRY}."),
        ("bd de strasbourg", "10", f"10, boulevard de Strasbourg : votre quartier est {LANCRY}."),
        ("Bd Strasbourg", "11", "11, boulevard de Strasbourg : votre quartier est Porte-Saint"),
        ("vicq d azir", "", f"rue Vicq-d’Azir : votre quartier est {TEMPLE}."),
        ("boulevard de Strasbourg", "", "boulevard de Strasbourg : le quartier dépend du numéro."),
        ("quai de Valmy", "110", "Le 110, quai de Valmy n’est pas dans la table"),
        ("rue Lepic", "3", "« rue Lepic » n’est pas dans la table des rues."),
        ("<b>x</b>", "", "« <b>x</b> » n’est pas dans la table"),
        ("Saint-Denis", "", "rue du Faubourg-Saint-Denis : le quartier dépend du numéro."),
        ("", "4", "Écrivez le nom de votre rue."),
        ("__proto__", "", "n’est pas dans la table"),
    ],
)
def test_a_street_and_its_number(page: Page, street: str, number: str, said: str) -> None:
    ask(page, street, number)
    expect(page.get_by_role("status")).to_contain_text(said)


def test_the_answer_is_a_link_and_the_map_shows_it(page: Page) -> None:
    ask(page, "rue Bichat", "2")
    answer = page.get_by_role("status").get_by_role("link")
    expect(answer).to_have_text(TEMPLE)
    href = answer.get_attribute("href")
    assert page.locator("#cq_carte a.ici").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    ) == [href]


def test_several_streets_are_a_choice_for_the_keyboard(page: Page) -> None:
    ask(page, "Louis", "5")
    choices = page.get_by_role("status").get_by_role("button")
    assert choices.count() > 1
    page.get_by_role("button", name="rue Louis-Blanc").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(
        f"5, rue Louis-Blanc : votre quartier est {GRANGE}."
    )
    expect(page.get_by_label("Rue", exact=True)).to_be_focused()


@pytest.mark.parametrize(
    ("latitude", "longitude", "accuracy", "said"),
    [
        (48.8773, 2.3653, 5, [f"Vous êtes dans le quartier {GRANGE}."]),
        (48.8712, 2.3604, 5, [f"Vous êtes dans le quartier {LANCRY}."]),
        (48.8705, 2.3653, 100, [f"dans le quartier {LANCRY}", "À 100\u00a0m près", TEMPLE]),
        (48.8530, 2.3499, 20, ["Vous êtes hors des quartiers de cette carte."]),
        (48.8712, 2.3604, 4000, ["connue qu’à 4000\u00a0m près", "Cherchez votre rue."]),
    ],
)
def test_a_position(
    context: BrowserContext, page: Page, latitude: float, longitude: float, accuracy: float,
    said: list[str],
) -> None:  # fmt: skip
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": latitude, "longitude": longitude, "accuracy": accuracy})
    page.get_by_role("button", name="Utiliser ma position").click()
    for words in said:
        expect(page.get_by_role("status")).to_contain_text(words)


def test_the_page_says_what_becomes_of_the_position(page: Page) -> None:
    expect(page.get_by_text("elle n’est ni envoyée ni gardée par ce site")).to_be_visible()


def test_a_refused_position_is_said(page: Page) -> None:
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.get_by_role("status")).to_contain_text("Vous n’avez pas permis à cette page")


def test_without_script_the_list_and_the_map_answer(browser: Browser, start: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(start)
        expect(page.locator("form")).to_be_hidden()
        line = page.locator(".rues li", has_text="boulevard de Strasbourg")
        expect(line).to_contain_text("numéros impairs : Porte-Saint-Denis – Paradis")
        expect(line).to_contain_text(f"numéros pairs : {LANCRY}")
        page.locator("#cq_carte").get_by_role("link", name=GRANGE).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(GRANGE)


def test_the_script_is_light_and_alone(built: Path) -> None:
    script = built / "theme" / "mon-quartier.js"
    assert len(gzip.compress(script.read_bytes())) <= 3 * 1024
    asking = [path for path in built.rglob("*.html") if FETCHED.search(path.read_text("utf-8"))]
    assert sorted(asking) == [built / FINDER, built / "recherche" / "index.html"]
    for word in ("fetch", "XMLHttp", "sendBeacon", "innerHTML", "localStorage", "cookie"):
        assert word not in script.read_text("utf-8")
