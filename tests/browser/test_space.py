"""« /espace/ »: the door, pages, pictures, files and search, as a conseillère meets them."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import sealed_site
from tests.browser.sealed_site import CENTRE, COORDINATOR, MEETING, PHRASE
from tests.browser.space_steps import TITLE, enter, go, open_with, refused, said, until

ROUTE = f"#/{CENTRE}"
BLOBS = "all => all.map((one) => one.src)"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(
        locale="fr-FR", reduced_motion="reduce", viewport={"width": 1000, "height": 700}
    ) as made:
        yield made


@pytest.fixture
def page(context: BrowserContext, sealed_at: str) -> Iterator[Page]:
    """A tab in which nothing may go wrong, and from which nothing may be asked of others."""
    opened = context.new_page()
    wrong: list[str] = []
    own = sealed_at.partition("/un/")[0]
    opened.on("console", lambda one: wrong.append(one.text))
    opened.on("pageerror", lambda one: wrong.append(str(one)))
    opened.on(
        "request",
        lambda one: None if one.url.startswith((own, "blob:")) else wrong.append(one.url),
    )
    yield opened
    assert wrong == []


def test_a_phrase_opens_the_space(page: Page, sealed_at: str) -> None:
    enter(page, sealed_at)
    expect(page).to_have_title(re.compile("^Quartier Centre – Espace des conseils – Petit-Bourg$"))
    expect(page.locator(TITLE)).to_be_focused()
    expect(page.locator("#cq_bande")).to_contain_text("Espace privé Quartier Centre")
    expect(page.locator("#cq_annonce")).to_have_text("Quartier Centre")
    expect(page.locator("#cq_porte")).to_be_hidden()
    assert page.url.endswith(f"{ROUTE}/")
    assert page.locator("#cq_phrase").input_value() == ""


@pytest.mark.parametrize(
    "typed",
    [
        "abai boug depa fact hero invo poli tril",
        unicodedata.normalize("NFD", PHRASE).upper(),
        f"  {PHRASE.replace(' ', ' - ')}\n".replace("\n", " "),
        PHRASE.replace("facture", "factures").replace("bougie", "bougies"),
    ],
    ids=["abbreviated", "apart", "hyphens", "plurals"],
)
def test_it_may_be_typed_otherwise(page: Page, sealed_at: str, typed: str) -> None:
    page.goto(sealed_at)
    open_with(page, typed)
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("abaisser bougie", "huit mots ; il y en a ici 2"),
        (PHRASE.replace("bougie", "zorglub"), "Pas dans la liste des mots : n° 2"),
        (sealed_site.REVOKED, "Vérifiez l’ordre des mots"),
        ("", "il y en a ici 0"),
        ("<img src=x onerror=alert(1)>", "inconnue"),
        ("é" * 5000, "inconnue"),
    ],
)
def test_a_wrong_phrase_is_said_and_nothing_lost(
    page: Page, sealed_at: str, typed: str, words: str
) -> None:
    page.goto(sealed_at)
    open_with(page, typed)
    said(page, words.replace(" ; ", "\\s; ").replace(" : ", "\\s: "))
    expect(page.locator("#cq_phrase")).to_be_focused()
    assert page.locator("#cq_phrase").input_value() == typed


def test_words_are_offered_while_the_phrase_is_shown(page: Page, sealed_at: str) -> None:
    page.goto(sealed_at)
    field, offers = page.locator("#cq_phrase"), page.locator("#cq_propositions button")
    field.fill("abaisser boug")
    expect(offers).to_have_count(0)
    show = page.get_by_role("button", name="Afficher")
    show.click()
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(offers).to_have_text(["bougie"])
    field.fill("abaisser bougie facure")
    expect(offers.first).to_have_text("facture")
    offers.first.press("Enter")
    expect(field).to_have_value("abaisser bougie facture ")
    expect(field).to_be_focused()
    expect(offers).to_have_count(0)
    show.click()
    expect(field).to_have_attribute("type", "password")
    assert page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)").count(
        sealed_at.replace("index.html", "mots.txt")
    )


def test_a_deep_link_waits_for_the_key(page: Page, sealed_at: str) -> None:
    enter(page, f"{sealed_at}{ROUTE}/wiki/velos/~local")
    expect(page.locator(TITLE)).to_have_text("Local à vélos")
    expect(page.locator("#local")).to_be_focused()
    expect(page.locator("#local")).to_be_in_viewport()


def test_back_leads_where_one_was(page: Page, sealed_at: str) -> None:
    enter(page, f"{sealed_at}{ROUTE}{MEETING}")
    page.mouse.wheel(0, 900)
    until(page, "history.state?.y > 800")
    go(page, f"{ROUTE}/wiki/velos/", "Local à vélos")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Préparer la plénière")
    until(page, "scrollY > 800")
    page.go_forward()
    expect(page.locator(TITLE)).to_have_text("Local à vélos")
    expect(page).to_have_title(re.compile("^Local à vélos – Quartier Centre"))


def test_an_anchor_is_a_place_of_the_page(page: Page, sealed_at: str) -> None:
    enter(page, f"{sealed_at}{ROUTE}{MEETING}")
    page.get_by_role("link", name="Ordre du jour").click()
    expect(page.locator("#ordre-du-jour")).to_be_focused()
    assert page.url.endswith(f"{MEETING}~ordre-du-jour")
    page.keyboard.press("Home")
    page.locator(".evitement").press("Enter")
    expect(page.locator("#cq_contenu")).to_be_focused()
    assert page.url.endswith(f"{MEETING}~ordre-du-jour")


def test_pictures_come_when_they_are_near_and_go_with_the_page(
    context: BrowserContext, sealed_at: str
) -> None:
    page = context.new_page()
    enter(page, f"{sealed_at}{ROUTE}{MEETING}")
    near, far = page.get_by_alt_text("Plan de la salle"), page.get_by_alt_text("Croquis du local")
    expect(near).to_have_js_property("naturalWidth", 320)
    assert far.get_attribute("src") is None
    (url,) = [one for one in page.locator("#cq_page img").evaluate_all(BLOBS) if one]
    assert url.startswith("blob:")
    far.scroll_into_view_if_needed()
    expect(far).to_have_js_property("naturalWidth", 320)
    go(page, f"{ROUTE}/wiki/", "Wiki")
    loads = "(url) => new Promise((yes) => { const one = new Image(); one.onload = () => yes(true);"
    loads += " one.onerror = () => yes(false); one.src = url; })"
    assert page.evaluate(loads, url) is False


def test_a_picture_that_is_damaged_is_told_by_its_words(
    context: BrowserContext, sealed_at: str
) -> None:
    page = context.new_page()
    name = sealed_site.key(CENTRE).file_id("/documents/plan.png")
    context.route(f"**/{name}", lambda route: route.fulfill(body=b"<html>404</html>"))
    enter(page, f"{sealed_at}{ROUTE}{MEETING}")
    expect(page.locator("#cq_page")).to_contain_text("Plan de la salle (image illisible)")
    expect(page.locator(TITLE)).to_have_text("Préparer la plénière")


def test_a_pdf_opens_in_a_tab_and_is_saved_under_its_name(page: Page, sealed_at: str) -> None:
    enter(page, sealed_at)
    page.get_by_role("link", name="Notes (PDF, 3 Mo)").click()
    expect(page.locator(TITLE)).to_have_text("notes.pdf")
    way = page.get_by_role("link", name="Ouvrir (PDF, 3\u00a0Mo)")
    expect(way).to_have_attribute("target", "_blank")
    assert (way.get_attribute("href") or "").startswith("blob:")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger").click()
    assert taken.value.suggested_filename == "notes.pdf"
    assert Path(taken.value.path()).read_bytes() == sealed_site.pdf(3_000_000)


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("/documents/plan.png", ["Ouvrir (PNG, N octets)", "Télécharger (PNG, N octets)"]),
        ("/documents/été à l’eau.csv", ["Télécharger (CSV, N ko)"]),
        ("/documents/page.html", ["Télécharger (HTML, N octets)"]),
        ("/documents/dessin.svg", ["Télécharger (SVG, N octets)"]),
        ("/agenda.ics", ["Télécharger (ICS, N octets)"]),
    ],
)  # fmt: skip
def test_only_what_runs_nothing_opens_in_a_tab(
    page: Page, sealed_at: str, path: str, offered: list[str]
) -> None:
    enter(page, sealed_at)
    go(page, ROUTE + path, path.rpartition("/")[2])
    expect(page.locator("#cq_page .action a")).to_have_count(len(offered))
    found = page.locator("#cq_page .action a").all_inner_texts()
    assert [re.sub(r"\d+\s", "N ", one) for one in found] == offered
    body = sealed_site.files_of(CENTRE)[path].body
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger").click()
    assert taken.value.suggested_filename == path.rpartition("/")[2]
    assert Path(taken.value.path()).read_bytes() == body


def test_the_search_looks_inside_and_only_when_asked(page: Page, sealed_at: str) -> None:
    enter(page, sealed_at)
    assert "cqRecherche" not in page.evaluate("Object.keys(globalThis)")
    page.get_by_role("link", name="Recherche").last.click()
    field = page.get_by_label("Mots cherchés")
    field.fill("triporteur")
    page.keyboard.press("Enter")
    results = page.locator(".resultats > li")
    expect(results).to_have_count(1)
    expect(page.locator(".resultats mark").first).to_have_text("triporteurs")
    assert page.url.endswith(f"{ROUTE}/recherche/?q=triporteur")
    field.fill("plénière")
    page.keyboard.press("Enter")
    expect(results.locator("h2")).to_have_text(["Préparer la plénière"])
    page.go_back()
    expect(results.locator("h2")).to_have_text(["Local à vélos"])
    expect(field).to_have_value("triporteur")
    results.locator("a").click()
    expect(page.locator(TITLE)).to_have_text("Local à vélos")
    page.go_back()
    expect(results.locator("h2")).to_have_text(["Local à vélos"])
    expect(page).to_have_title(re.compile("^triporteur – Recherche – Quartier Centre"))


def test_one_phrase_opens_several_spaces(page: Page, sealed_at: str) -> None:
    enter(page, sealed_at, COORDINATOR)
    expect(page.locator(TITLE)).to_have_text("Vos espaces")
    names = page.locator("#cq_page li a")
    assert sorted(names.all_inner_texts()) == [
        "Commission budget",
        "Conseillers",
        "Quartier Centre",
    ]
    names.filter(has_text="Commission").click()
    expect(page.locator("#cq_page")).to_contain_text("Secret g-budget")
    page.get_by_role("link", name="Centre").click()
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    page.get_by_role("link", name="Mes espaces").click()
    expect(page.locator(TITLE)).to_have_text("Vos espaces")


def test_another_s_space_stays_closed(page: Page, sealed_at: str) -> None:
    enter(page, f"{sealed_at}#/conseillers/")
    expect(page.locator("#cq_page")).to_contain_text("Cet accès n’ouvre pas l’espace demandé")
    expect(page.locator("#cq_page li")).to_have_text(["Quartier Centre"])


@pytest.mark.parametrize(
    "route",
    ["/rien/", "/documents/", "/..%2f..%2f", "/%ff", "/%00", "/~", "/agenda", "/recherche/x"],
)
def test_a_page_that_is_not_there_is_said(page: Page, sealed_at: str, route: str) -> None:
    enter(page, sealed_at)
    page.evaluate("(route) => { location.hash = route; }", ROUTE + route)
    if route == "/~":
        expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    else:
        refused(page, "n’existe pas dans cet espace")
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")


def test_a_sheet_of_paper_says_what_it_is(page: Page, sealed_at: str) -> None:
    enter(page, f"{sealed_at}{ROUTE}{MEETING}")
    page.evaluate("() => { globalThis.printed = 0; globalThis.print = () => { printed++; }; }")
    page.get_by_role("button", name="Imprimer").click()
    until(page, "globalThis.printed === 1")
    for one in page.locator("#cq_page img").all():
        expect(one).to_have_js_property("naturalWidth", 320)
    page.emulate_media(media="print")
    head = page.locator("#cq_imprime")
    expect(head).to_be_visible()
    expect(head).to_have_text(re.compile(r"^Document interne, Quartier Centre, imprimé le \d"))
    expect(page.locator("#cq_bande")).to_be_hidden()
