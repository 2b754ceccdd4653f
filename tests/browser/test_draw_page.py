"""The page that verifies a draw, in Chromium: served, and opened from a folder."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cq.draw import canon, pool
from cq.draw.page import line_fragment as fragment_of
from cq.draw.transcript import NAMES
from tests.browser import draw_site
from tests.browser.conftest import served
from tests.browser.draw_site import CHANGED, FIRST, HOSTILE, QUOTAS, SEALED, SECOND, SIMPLE, line
from tests.browser.test_axe import LOOKS, axe, show, violations

__all__ = ["axe"]  # a fixture
STATES = "[...document.querySelectorAll('.feu')].map((one) => one.dataset.etat || 'éteint')"
GREEN, AMBER, RED, OFF = "vert", "orange", "rouge", "éteint"


@pytest.fixture(scope="module")
def draws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_site.make(tmp_path_factory.mktemp("draws"))


@pytest.fixture(scope="module")
def draws_at(draws: Path) -> Iterator[str]:
    with served(draws) as where:
        yield f"{where}jurys/"


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """Whatever goes wrong in a page is a failure of the test that looks at it."""
    context.on("weberror", lambda one: pytest.fail(str(one.error)))
    return context


def opened(tab: Page, where: str, name: str, fragment: str = "") -> list[str]:
    """Opens a draw's page; the addresses that it asks for from now on."""
    asked: list[str] = []
    tab.on("request", lambda one: asked.append(one.url))
    tab.on("dialog", lambda one: pytest.fail(one.message))
    tab.goto(f"{where}{name}/verifier/index.html{fragment}")
    expect(tab.locator("#engagement")).to_be_visible()
    return asked


def verified(tab: Page) -> list[str]:
    tab.click("#tout")
    tab.locator("#conclusion p").wait_for()
    states: list[str] = tab.evaluate(STATES)
    return states


def told(tab: Page) -> str:
    """What the page says of a line, with plain spaces."""
    tab.locator("#reponse p").first.wait_for()
    return tab.locator("#reponse").inner_text().replace("\u00a0", " ")


def test_a_whole_draw_is_verified(page: Page, draws_at: str) -> None:
    asked = opened(page, draws_at, QUOTAS)
    assert verified(page) == [GREEN, GREEN, AMBER, GREEN, GREEN]
    said = page.locator("#feux").inner_text()
    assert "Refait depuis la liste, il donne les mêmes" in said
    assert "n’a pas pu être vérifiée ici" in said
    assert page.locator("#signature").is_visible()
    assert page.locator("#tables caption").count() == 2
    assert all(one.startswith(draws_at) for one in asked)


def test_the_second_stage_finds_the_first_beside_it(page: Page, draws_at: str) -> None:
    opened(page, draws_at, SECOND)
    assert verified(page)[0] == GREEN
    assert "Toutes ont été tirées au premier tirage." in page.locator("#feu_liste").inner_text()


def test_what_was_changed_is_red_and_its_words_are_words(page: Page, draws_at: str) -> None:
    opened(page, draws_at, CHANGED)
    assert HOSTILE in page.locator("#titre").inner_text()
    assert verified(page) == [GREEN, GREEN, RED, OFF, OFF]
    assert "Un feu est rouge" in page.locator("#conclusion").inner_text()
    assert page.locator("main img").count() == 0


def test_six_words_or_a_fingerprint_are_compared(page: Page, draws_at: str) -> None:
    opened(page, draws_at, SIMPLE)
    six = page.locator("#mots").inner_text()
    commit = json.loads(draw_site.files(SIMPLE)["transcript.json"])["commit"]
    assert page.locator("#empreinte").inner_text().replace(" ", "") == commit
    page.click("text=Comparer à ce qui a été annoncé")
    for typed, state in [
        (six, AMBER), (six.upper() + " ", AMBER), (f" {commit[:32]} {commit[32:]}", AMBER),
        (six + " abaisser", RED), ("0" * 64, RED),
    ]:  # fmt: skip
        page.fill("#annoncee", typed)
        assert verified(page)[2] == state, typed


def test_a_line_needs_one_piece_of_the_list(page: Page, draws_at: str) -> None:
    salt, row = line(7)
    asked = opened(page, draws_at, SIMPLE)
    page.fill("#sel", salt.hex())
    page.fill("#ligne", canon.canonical(row).decode())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = told(page)
    assert "Cette ligne est dans la liste" in said
    assert "Vous siégez au jury depuis le remplacement 1." in said
    assert "que cette page n’a pas refait" in said
    start = pool.pid_of(salt, row)[:2]
    names = [one.removeprefix(f"{draws_at}{SIMPLE}/") for one in asked]
    assert f"eclats/{start}.txt" in names
    assert "pool.txt" not in names
    # Once all was done again, more is known of it.
    verified(page)
    expect(page.locator("#reponse")).to_contain_text("sur 12.")
    assert "n’a pas refait" not in told(page)


@pytest.mark.parametrize("number", range(12))
def test_every_fate_is_told(number: int, page: Page, draws_at: str) -> None:
    salt, row = line(number)
    transcript = json.loads(draw_site.files(SIMPLE)["transcript.json"])
    pid = pool.pid_of(salt, row)
    opened(page, draws_at, SIMPLE, fragment_of(salt, row))
    said = told(page)
    seated = pid in dict(transcript["seats"])
    left = [one["n"] for one in transcript["events"] if one["out"] == pid]
    assert ("partie des personnes tirées au sort" in said) == (seated and not left)
    assert ("donné à quelqu’un d’autre" in said) == bool(left)
    came = pid in [one["in"] for one in transcript["events"]]
    assert ("Vous siégez au jury depuis" in said) == came
    waits = pid in transcript["reserve"]["0"] and not came
    assert ("en réserve, à la place" in said) == waits


def test_a_letter_s_address_fills_in_and_is_forgotten(page: Page, draws_at: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    salt, row = line(9)
    opened(page, draws_at, SIMPLE, fragment_of(salt, row))
    assert "Cette ligne est dans la liste" in told(page)
    assert page.input_value("#ligne") == canon.canonical(row).decode()
    page.wait_for_function("document.querySelector('#avance').hidden")
    place = page.locator("#reponse").bounding_box()
    assert place
    assert place["y"] + place["height"] <= 641
    assert "#" not in page.evaluate("location.href")


def test_a_letter_s_address_that_was_cut_says_what_to_do(page: Page, draws_at: str) -> None:
    whole = fragment_of(*line(9))
    opened(page, draws_at, SIMPLE, whole[:36] + "A")
    assert "arrivée incomplète" in told(page)
    assert "#" not in page.evaluate("location.href")
    # The same page, with what the code has in full.
    page.evaluate("(whole) => { location.hash = whole; }", whole)
    expect(page.locator("#reponse")).to_contain_text("Cette ligne est dans la liste")


def test_the_way_back_is_where_the_site_has_one(page: Page, draws: Path, draws_at: str) -> None:
    opened(page, draws_at, SIMPLE)
    assert page.locator("#retour a").evaluate("(one) => one.href") == f"{draws_at}{SIMPLE}/"
    page.goto(f"{draws_at}{SIMPLE}/verifier.html")
    expect(page.locator("#engagement")).to_be_visible()
    assert not page.locator("#retour").is_visible()
    from_disk(page, draws, SIMPLE)
    assert not page.locator("#retour").is_visible()


def test_how_far_it_is_stands_by_what_was_asked(page: Page, draws_at: str) -> None:
    opened(page, draws_at, SIMPLE)
    for where, asked in [("conclusion", "#tout"), ("reponse", "text=Vérifier ma ligne")]:
        page.fill("#sel", line(1)[0].hex())
        page.fill("#ligne", canon.canonical(line(1)[1]).decode())
        page.click(asked)
        page.locator(f"#{where} p").first.wait_for()
        assert page.evaluate(
            "(where) => document.getElementById(where).previousElementSibling.id", where
        ) == "avance"  # fmt: skip


@pytest.mark.parametrize(
    ("salt", "row", "words"),
    [
        ("00" * 16, '{"id":"E001"}', "n’est pas dans la liste"),
        ("7", '{"id":"E001"}', "32 signes"),
        ("00" * 16, "Dupont", "n’est pas complète"),
    ],
)
def test_a_line_that_is_not_there(
    salt: str, row: str, words: str, page: Page, draws_at: str
) -> None:
    opened(page, draws_at, SIMPLE)
    page.fill("#sel", salt)
    page.fill("#ligne", row)
    page.click("text=Vérifier ma ligne")
    assert words in told(page)


def test_what_a_telephone_s_keyboard_makes_of_a_line(page: Page, draws_at: str) -> None:
    salt, row = line(3)
    assert "'" in row["nom"]
    opened(page, draws_at, SIMPLE)
    page.fill("#sel", " ".join(re.findall("....", salt.hex().upper())))
    lines = (f"{name.capitalize()}: {text} " for name, text in row.items())
    typed = "\n\n".join(lines).replace("'", "’").replace("Prenoms", "Prénoms")
    page.fill("#ligne", typed)
    page.click("text=Vérifier ma ligne")
    assert "Cette ligne est dans la liste" in told(page)


def test_without_pieces_the_whole_list_answers(page: Page, draws_at: str) -> None:
    page.context.route("**/eclats/*", lambda route: route.fulfill(status=404))
    opened(page, draws_at, SIMPLE, fragment_of(*line(2)))
    assert "Rang" in told(page)
    assert page.evaluate(STATES)[3] == GREEN


def test_a_piece_of_another_list_is_refused(page: Page, draws_at: str) -> None:
    page.context.route(
        re.compile(r"/eclats/[0-9a-f]{2}\.txt$"), lambda route: route.fulfill(body="x\n")
    )
    opened(page, draws_at, SIMPLE, fragment_of(*line(2)))
    assert "n’est pas celui de l’engagement" in told(page)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "Aucun engagement n’est publié ici."), (503, "n’a pas pu être reçu")],
)
def test_a_host_that_does_not_answer(status: int, words: str, page: Page, draws_at: str) -> None:
    page.context.route("**/*.json", lambda route: route.fulfill(status=status))
    page.goto(f"{draws_at}{SIMPLE}/verifier/index.html")
    expect(page.locator("#poids")).to_contain_text(words)


def test_before_the_draw(page: Page, draws_at: str) -> None:
    for name in NAMES[3:]:
        page.context.route(f"**/{name}", lambda route: route.fulfill(status=404))
    opened(page, draws_at, SIMPLE)
    assert verified(page) == [GREEN, GREEN, OFF, OFF, OFF]
    assert "n’a pas encore eu lieu" in page.locator("#conclusion").inner_text()


# From a folder


def from_disk(tab: Page, draws: Path, name: str, *names: str) -> None:
    tab.on("request", lambda one: one.url.startswith("file:") or pytest.fail(one.url))
    tab.goto((draws / "jurys" / name / "verifier.html").as_uri())
    expect(tab.locator("#fichiers")).to_be_visible()
    tab.set_input_files("#fichiers", [draws / "jurys" / name / one for one in names])


def test_from_a_folder(page: Page, draws: Path) -> None:
    from_disk(page, draws, SIMPLE, *NAMES)
    assert verified(page) == [GREEN, GREEN, AMBER, GREEN, GREEN]
    salt, row = line(0)
    page.fill("#sel", salt.hex())
    page.fill("#ligne", "".join(f"{name} : {text}\n" for name, text in row.items()))
    page.click("text=Vérifier ma ligne")
    assert "Rang" in told(page)


def test_from_a_folder_with_its_first_stage(page: Page, draws: Path) -> None:
    from_disk(page, draws, SECOND, *NAMES)
    assert verified(page)[0] == AMBER
    page.set_input_files("#premier", FIRST / "transcript.json")
    assert verified(page)[0] == GREEN


def test_the_first_stage_is_known_by_the_name_that_the_site_gives_it(
    page: Page, draws: Path
) -> None:
    from_disk(page, draws, SECOND, *NAMES, "previous.json")
    assert "Ne sont pas d’un tirage" not in page.locator("#recus").inner_text()
    assert verified(page)[0] == GREEN


def test_sealed_types_are_a_number_until_their_table_is_given(page: Page, draws_at: str) -> None:
    asked = opened(page, draws_at, SEALED, fragment_of(*line(2, SEALED)))
    assert "Votre type porte le numéro 3, et ses valeurs sont scellées" in told(page)
    assert verified(page) == [GREEN, AMBER, GREEN, GREEN, AMBER]
    assert "qu’avec leur table, remise au témoin" in page.locator("#feu_plan").inner_text()
    tables = page.locator("#tables").inner_text()
    assert "Type 5" in tables
    assert "femme" not in tables
    assert not any(one.endswith("types.json") for one in asked)

    page.locator("#choisir").evaluate("(one) => { one.open = true; }")
    table = draw_site.VECTORS / "draw-sealed-16" / "types.json"
    page.set_input_files("#fichiers", table)
    assert page.locator("#recus").inner_text().replace("\xa0", " ") == "Reçus : types.json."
    assert verified(page) == [GREEN] * 5
    expect(page.locator("#reponse")).to_contain_text("femme, 30-59")


def test_another_table_of_sealed_types_is_red(page: Page, draws: Path, tmp_path: Path) -> None:
    from_disk(page, draws, SEALED, *NAMES)
    other = tmp_path / "types.json"
    table = draw_site.VECTORS / "draw-sealed-16" / "types.json"
    other.write_bytes(table.read_bytes().replace(b"homme", b"hommes"))
    page.set_input_files("#fichiers", other)
    assert verified(page)[1] == RED
    assert "son empreinte diffère" in page.locator("#feu_plan").inner_text()


def test_what_is_not_given_is_named(page: Page, draws: Path, tmp_path: Path) -> None:
    from_disk(page, draws, SIMPLE, "pool.txt", "verifier.html")
    assert "Il n’y a pas : plan.json" in page.locator("#recus").inner_text().replace("\xa0", " ")
    assert "Ne sont pas d’un tirage" in page.locator("#recus").inner_text()
    verified(page)
    assert "donnez d’abord" in page.locator("#conclusion").inner_text().lower()
    huge = tmp_path / "commitment.json"
    with huge.open("wb") as stream:
        stream.truncate(300_000_000)
    page.set_input_files("#fichiers", huge)
    verified(page)
    assert "trop gros" in page.locator("#conclusion").inner_text()


# For everyone


def test_axe_and_narrow_screens(page: Page, draws_at: str, axe: str) -> None:
    opened(page, draws_at, QUOTAS, fragment_of(*line(0)))
    told(page)
    for summary in page.locator("summary").all():
        summary.click()
    for name in ("before", "after"):
        if name == "after":
            verified(page)
        for look in LOOKS:
            show(page, look)
            assert violations(page, axe) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_by_keyboard_alone(page: Page, draws_at: str) -> None:
    opened(page, draws_at, SIMPLE)
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.localName")
        )
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if reached[-1] == "tout":
            page.keyboard.press("Enter")
    page.locator("#conclusion p").wait_for()
    assert reached == ["a", "summary", "summary", "tout", "sel", "ligne", "button"]


def test_without_a_script_it_says_what_to_do(browser: Browser, draws_at: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(f"{draws_at}{SIMPLE}/verifier/index.html")
        assert "cq draw-jury verify" in tab.locator("#sans_script").inner_text()
        assert not tab.locator("#tout").is_visible()


def test_on_paper_there_are_lights_and_no_forms(page: Page, draws_at: str) -> None:
    opened(page, draws_at, SIMPLE)
    verified(page)
    page.emulate_media(media="print")
    assert page.locator("#feu_tirage .etat").is_visible()
    assert page.locator("#mots").is_visible()
    assert not page.locator("#sel").is_visible()
    assert not page.locator("#tout").is_visible()
