"""« Recherche »: golden questions, hostile ones, filters, the keyboard, and what can go wrong."""

import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from cq.search.query import Filters, Index
from cq.search.words import forms
from tests.conftest import DEMO_DAY, RunCq
from tests.golden_search import HOSTILE, addresses, golden, published

SEARCH = "recherche/index.html"
SHOWN = 10
ORDER = """async (questions) => {
    const { Index } = globalThis.cqMoteur;
    const read = async (name) => (await fetch(name)).text();
    const index = new Index(JSON.parse(await read("index.json")), read);
    const found = [];
    for (const one of questions) {
        const { pages, asked, met, forms } = await index.search(one, {});
        found.push([pages, asked, met, Object.fromEntries(forms)]);
    }
    return found;
}"""
WORDS = "(texts) => texts.map((one) => globalThis.cqMoteur.words(one))"
# From the first letter typed to the first link, with every file of the index already there.
PATIENCE = """async () => {
    const { Index } = globalThis.cqMoteur;
    const files = new Map();
    const read = async (name) => {
        if (!files.has(name)) files.set(name, await (await fetch(name)).text());
        return files.get(name);
    };
    const ask = async () => {
        const index = new Index(JSON.parse(await read("index.json")), read);
        const { pages } = await index.search("conseil de quartier plén", {});
        return Promise.all(pages.slice(0, 10).map((page) => index.card(page)));
    };
    await ask();
    const start = performance.now();
    const cards = await ask();
    return [cards.length, performance.now() - start];
}"""


@pytest.fixture(scope="module")
def index(built: Path) -> Index:
    return published(built)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(locale="fr-FR") as made:
        yield made


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """The page open; whatever the browser complains of is a failure."""
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda one: wrong.append(one.text))
    opened.on("pageerror", lambda one: wrong.append(str(one)))
    opened.goto(address + SEARCH)
    yield opened
    assert wrong == []


def shown(page: Page) -> list[str]:
    """The addresses of the results, from the site's root."""
    links = page.locator("#cq_resultats h2 a").evaluate_all("all => all.map((one) => one.href)")
    root = page.url.partition("recherche/")[0]
    return [link.removeprefix(root).removesuffix("index.html") for link in links]


def ask(page: Page, question: str) -> None:
    page.get_by_label("Mots cherchés").fill(question)
    page.keyboard.press("Enter")


def number(page: Page) -> Locator:
    return page.get_by_role("status")


def test_the_browser_gives_the_order_of_python(page: Page, index: Index) -> None:
    questions = [*(one.question for one in golden()), *HOSTILE]
    for question, (pages, asked, met, said) in zip(
        questions, page.evaluate(ORDER, questions), strict=True
    ):
        found = index.search(question)
        assert pages == list(found.numbers), question[:40]
        assert (asked, met) == (found.asked, found.met), question[:40]
        assert said == found.forms, question[:40]


def test_words_are_the_same_in_both(page: Page) -> None:
    """Every character that this Python knows, between letters; Cherokee, whose small letters
    Python folds to capitals, is left to itself.
    """
    known = [
        f"a{chr(code)}b 1{chr(code)}"
        for code in range(1, sys.maxunicode)
        if unicodedata.category(chr(code)) not in {"Cn", "Co", "Cs"}
        and "CHEROKEE" not in unicodedata.name(chr(code), "")
        and not (0x3400 < code < 0x4DB0 or 0x4E00 < code < 0x9F00 or code > 0x1FFFF)
    ]
    said = page.evaluate(WORDS, known)
    assert [one for one, words in zip(known, said, strict=True) if words != forms(one)] == []


@pytest.mark.parametrize("question", ["plénière d’hiver", "quai de Valmy", "composter", "CQ"])
def test_results_are_links_in_that_order(page: Page, index: Index, question: str) -> None:
    ask(page, question)
    expect(number(page)).to_contain_text(question)
    assert shown(page) == addresses(index, question, SHOWN)
    page.locator("#cq_resultats a").first.click()
    expect(page.locator("main h1")).to_be_visible()


def test_the_address_can_be_shared_and_back_works(page: Page, address: str) -> None:
    ask(page, "banc")
    expect(number(page)).to_contain_text("« banc »")
    page.get_by_label("Année").select_option("2026")
    page.get_by_label("Sorte de page").select_option("question")
    expect(page.locator("#cq_resultats > li")).to_have_count(2)
    here, found = page.url, shown(page)
    assert "q=banc" in here
    page.locator("#cq_resultats a").first.click()
    page.wait_for_url(lambda url: url != here)
    page.go_back()
    expect(page.locator("#cq_resultats > li")).to_have_count(2)
    assert page.url == here
    page.go_back()
    expect(page.get_by_label("Sorte de page")).to_have_value("")
    page.goto("about:blank")
    page.goto(here)
    expect(page.locator("#cq_resultats > li")).to_have_count(2)
    assert shown(page) == found
    expect(page.get_by_label("Année")).to_have_value("2026")
    page.goto(f"{address}{SEARCH}?q=banc&lieu=nulle-part/&annee=1066")
    expect(page.get_by_label("Lieu")).to_have_value("")
    expect(number(page)).to_contain_text("« banc »")


def test_typing_anew_keeps_the_last_answer_behind(page: Page) -> None:
    field = page.get_by_label("Mots cherchés")
    field.press_sequentially("sonom", delay=20)
    page.wait_for_url(lambda url: "q=sonom" in url)
    page.keyboard.press("Enter")
    field.fill("b")
    page.wait_for_url(lambda url: url.endswith("q=b"))
    field.fill("banc")
    page.wait_for_url(lambda url: "q=banc" in url)
    page.go_back()
    expect(number(page)).to_contain_text("« sonom »")
    expect(field).to_have_value("sonom")


def test_filters_are_those_of_python(page: Page, index: Index) -> None:
    place = "quartiers/louis-blanc-aqueduc/"
    ask(page, "plénière")
    page.get_by_label("Lieu").select_option(place)
    expect(page.get_by_label("Lieu")).to_have_value(place)
    expect(page.locator("#cq_resultats .note").first).to_contain_text("Louis-Blanc")
    found = index.search("plénière", Filters(place=place)).numbers
    expect(number(page)).to_contain_text(f"{len(found)} pages")
    assert shown(page) == [index.card(one).address for one in found[:SHOWN]]


def test_words_are_marked_in_titles_and_excerpts(page: Page) -> None:
    ask(page, "sonometres")
    marks = page.locator("#cq_resultats li").first.locator("h2 mark, p mark")
    expect(marks).not_to_have_count(0)
    assert "sonomètre" in marks.all_text_contents()


@pytest.mark.parametrize(
    "question", ["banc", "plénière d’hiver", "quai de Valmy", "composter", "sonomètre bruit"]
)
def test_the_terminal_shows_the_same_sentences(
    page: Page, root: Path, run_cq_often: RunCq, question: str
) -> None:
    """Where the words stand in the page's text. What other kinds say beside it, their pages put
    among headings and the cards of other pages, which are no words of theirs.
    """
    ask(page, question)
    expect(number(page)).to_contain_text(question)
    page.wait_for_load_state("networkidle")
    texts = page.locator("#cq_resultats > li > p:last-child").all_text_contents()
    ran = run_cq_often("search", question, "--format", "json", "--today", DEMO_DAY, "--root", root)
    rows = json.loads(ran.stdout)[: len(texts)]
    said = {
        text: row["extrait"] or row["resume"]
        for text, row in zip(texts, rows, strict=True)
        if row["sorte"] in {"actualité", "document", "page", "page de wiki"}
    }
    assert said
    assert [one.split() for one in said] == [one.split() for one in said.values()]


def test_it_answers_while_one_types_and_leaves_the_focus(page: Page) -> None:
    field = page.get_by_label("Mots cherchés")
    field.press_sequentially("sonom", delay=20)
    expect(number(page)).to_contain_text("sonom")
    expect(field).to_be_focused()
    expect(page.locator("#cq_resultats > li")).not_to_have_count(0)
    assert "q=sonom" in page.url
    field.fill("")
    expect(number(page)).to_be_empty()
    expect(page.locator("#cq_resultats > li")).to_have_count(0)


def test_by_keys_alone(page: Page, index: Index) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "cq_mots":
            break
    page.keyboard.type("plénière")
    page.keyboard.press("Enter")
    expect(page.locator("#cq_resultats > li")).to_have_count(SHOWN)
    more = page.get_by_role("button", name="Plus de résultats")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Plus de résultats":
            break
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cq_resultats > li")).to_have_count(2 * SHOWN)
    expect(page.locator("#cq_resultats a").nth(SHOWN)).to_be_focused()
    assert shown(page) == addresses(index, "plénière", 2 * SHOWN)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "recherche" not in url)


@pytest.mark.parametrize(
    "question",
    ["<img src=x onerror=alert(1)>", "a" * 10_000, "(((.*[", "🎉", "قناة", "%00%ff", "__proto__"],
)
def test_a_hostile_question_is_a_question(page: Page, address: str, question: str) -> None:
    page.on("dialog", lambda one: pytest.fail(one.message))
    page.goto(f"{address}{SEARCH}?q={quote(question)}")
    expect(number(page)).to_contain_text(re.compile("page|lettre"))
    assert page.locator("main img, main script").count() == 0


def test_nothing_found_is_said(page: Page) -> None:
    ask(page, "dinosaure")
    expect(number(page)).to_contain_text("Aucune page ne répond à « dinosaure »")
    ask(page, "aqueduc dinosaure")
    expect(number(page)).to_contain_text("Aucune page n’a tous ces mots")
    expect(number(page)).to_contain_text("1 sur 2")


def test_empty_words_are_said(page: Page) -> None:
    ask(page, "le de la")
    expect(number(page)).to_contain_text("n’a que des mots trop courants")
    expect(page.locator("#cq_resultats > li")).to_have_count(0)
    ask(page, "((")
    expect(number(page)).to_contain_text("ni lettre ni chiffre")
    ask(page, "par")
    expect(number(page)).to_contain_text("« par » est trop courant ; un mot commence ainsi dans")
    expect(page.locator("#cq_resultats > li")).not_to_have_count(0)


def test_filters_that_leave_nothing_are_said(page: Page) -> None:
    page.get_by_label("Année").select_option("2016")
    expect(number(page)).to_have_text("Écrivez un mot à chercher.")
    ask(page, "lampadaires")
    expect(number(page)).to_contain_text(re.compile(r"avec ces filtres ; \d+ pages? sans eux"))
    ask(page, "dinosaure")
    expect(number(page)).to_have_text(
        "Aucune page ne répond à « dinosaure ». Essayez d’autres mots."
    )


def test_more_is_asked_once_and_can_fail(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{SEARCH}?q=plénière")
    more = page.locator(".plus-de-resultats")
    expect(more).to_be_visible()
    context.route("**/recherche/p/*.json", lambda route: route.abort())
    more.click()
    expect(more).to_have_text("La suite n’a pas pu être lue : réessayer")
    expect(number(page)).to_have_text("La suite n’a pas pu être lue : réessayer")
    expect(page.locator("#cq_resultats > li")).to_have_count(SHOWN)
    context.unroute("**/recherche/p/*.json")
    more.evaluate("one => { one.click(); one.click(); one.click(); }")
    expect(page.locator("#cq_resultats > li")).to_have_count(2 * SHOWN)
    expect(number(page)).to_contain_text("« plénière »")
    expect(more).to_have_text("Plus de résultats")
    links = shown(page)
    assert len(set(links)) == len(links) == 2 * SHOWN


def test_who_comes_back_finds_as_many_results(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{SEARCH}?q=plénière")
    results = page.locator("#cq_resultats > li")
    page.locator(".plus-de-resultats").click()
    expect(results).to_have_count(2 * SHOWN)
    links = shown(page)
    results.nth(SHOWN + 2).locator("h2 a").click()
    page.wait_for_url(lambda url: SEARCH not in url)
    page.go_back()
    expect(results).to_have_count(2 * SHOWN)
    assert shown(page) == links
    ask(page, "conseil")  # another question has its own count
    expect(number(page)).to_contain_text("« conseil »")
    expect(results).to_have_count(SHOWN)
    page.go_back()
    expect(number(page)).to_contain_text("« plénière »")
    expect(results).to_have_count(2 * SHOWN)
    page.reload()
    expect(results).to_have_count(2 * SHOWN)


def test_more_of_a_site_published_meanwhile(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{SEARCH}?q=plénière")
    more = page.get_by_role("button", name="Plus de résultats")
    expect(more).to_be_visible()
    stale: list[str] = []

    def answer(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        if not stale:
            text = text[:2] + "00000000" + text[10:]
        stale.append(route.request.url)
        route.fulfill(response=answer, body=text)

    context.route("**/recherche/p/*.json", answer)
    page.locator("#cq_resultats > li").first.evaluate("one => { one.id = 'avant'; }")
    with page.expect_response("**/recherche/index.json"):
        more.click()
    expect(page.locator("#avant")).to_have_count(0)
    expect(page.locator("#cq_resultats > li")).to_have_count(SHOWN)
    more.click()
    expect(page.locator("#cq_resultats > li")).to_have_count(2 * SHOWN)


def test_who_waits_is_told_so(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    held: list[Route] = []
    context.route("**/recherche/m/*.txt", lambda route: held.append(route))  # noqa: PLW0108 - no builtin
    page.goto(f"{address}{SEARCH}?q=banc")
    expect(number(page)).to_have_text("Recherche en cours…")
    for route in held:
        route.continue_()
    expect(number(page)).to_contain_text("« banc »")


def test_what_is_typed_early_keeps_the_filters(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    held: list[Route] = []
    context.route("**/recherche/index.json", lambda route: held.append(route))  # noqa: PLW0108 - no builtin
    page.goto(f"{address}{SEARCH}?q=banc&annee=2026", wait_until="domcontentloaded")
    page.get_by_label("Mots cherchés").fill("quai")
    page.wait_for_url(lambda url: "q=quai" in url)
    for route in held:
        route.continue_()
    expect(page.get_by_label("Année")).to_have_value("2026")
    page.wait_for_url(lambda url: url.endswith("q=quai&annee=2026"))


def test_an_index_of_another_version_is_not_read(context: BrowserContext, address: str) -> None:
    def answer(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('"version":1', '"version":2')
        route.fulfill(response=answer, body=text)

    context.route("**/recherche/index.json", answer)
    page = context.new_page()
    page.goto(f"{address}{SEARCH}?q=banc")
    expect(number(page)).to_contain_text("n’a pas pu lire l’index")


@pytest.mark.parametrize("start", ["index.html", "404.html"])
def test_a_field_elsewhere_leads_there(start: str, at_home: BrowserContext, base: str) -> None:
    page = at_home.new_page()
    page.goto(base + ("perdu/ici/" if start == "404.html" else ""))
    page.get_by_role("search").get_by_role("searchbox").fill("sonomètre")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "recherche/index.html?q=" in url)


def test_every_page_leads_there(page: Page, address: str) -> None:
    page.goto(address + "agenda/index.html")
    page.get_by_role("link", name="Recherche", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recherche")


def test_a_site_published_meanwhile_is_read_again(context: BrowserContext, address: str) -> None:
    """Cached files of two indexes: the browser asks again, once, past its cache."""
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        answer = route.fetch()
        text = answer.text()
        if len(asked) == 1:
            stamp = re.search(r'"empreinte":\s*"(\w+)"', text)
            assert stamp
            text = text.replace(stamp[1], "00000000")
        route.fulfill(response=answer, body=text)

    context.route("**/recherche/index.json", answer)
    page.goto(f"{address}{SEARCH}?q=banc")
    expect(page.locator("#cq_resultats > li")).not_to_have_count(0)
    assert len(asked) == 2


def test_an_index_that_cannot_be_read_is_said(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    context.route("**/recherche/m/*.txt", lambda route: route.abort())
    page.goto(f"{address}{SEARCH}?q=banc")
    expect(number(page)).to_contain_text("réessayez dans un moment")
    context.unroute("**/recherche/m/*.txt")
    page.get_by_role("button", name="Rechercher").click()
    expect(page.locator("#cq_resultats > li")).not_to_have_count(0)


def test_results_stand_without_their_excerpts(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    context.route("**/quartiers/**", lambda route: route.abort())
    page.goto(f"{address}{SEARCH}?q=banc")
    expect(page.locator("#cq_resultats > li")).not_to_have_count(0)


def test_from_a_folder_it_says_why_it_cannot(browser: Browser, built: Path) -> None:
    with browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        page.goto((built / SEARCH).as_uri())
        expect(number(page)).to_contain_text("ouvert depuis un dossier")


def test_without_script_links_lead_on(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + SEARCH)
        expect(page.get_by_role("search")).to_be_hidden()
        expect(page.get_by_text("La recherche a besoin de JavaScript")).to_be_visible()
        for name in ("Plan du site", "Agenda", "Wiki"):
            expect(page.locator("main").get_by_role("link", name=name)).to_be_visible()


def test_a_slow_telephone_waits_little(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + SEARCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    cards, milliseconds = page.evaluate(PATIENCE)
    assert cards == SHOWN
    assert milliseconds <= 300


def test_the_scripts_are_light_and_make_no_html(built: Path) -> None:
    scripts = [built / "theme" / name for name in ("recherche.js", "recherche-moteur.js")]
    assert (
        sum(len(gzip.compress(one.read_bytes())) for one in scripts) <= 8.5 * 1024
    )  # one for the site and its spaces
    for word in ("innerHTML", "insertAdjacent", "DOMParser", "eval(", "localStorage", "cookie"):
        assert not [one.name for one in scripts if word in one.read_text("utf-8")]
