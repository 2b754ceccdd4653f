"""The pages of draws as a town may have them and the demo has not: long, stopped, only begun."""

import csv
import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import odd_draws
from tests.browser.conftest import served
from tests.browser.odd_draws import ANNOUNCED, CANCELLED, FROZEN, GREAT, LEFT, LONGEST
from tests.browser.test_axe import LOOKS, axe, show, violations
from tests.conftest import RunCq

__all__ = ["axe"]  # a fixture
NAMES = (GREAT, CANCELLED, FROZEN, ANNOUNCED)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, run_cq_often: RunCq) -> Iterator[str]:
    site = odd_draws.make(tmp_path_factory.mktemp("odd"))
    done = run_cq_often("build", "--root", site)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(site / "build" / "site") as where:
        yield where


def told(page: Page, address: str) -> str:
    page.goto(address)
    return text(page)


def text(page: Page) -> str:
    return page.locator("main").inner_text().replace("\u202f", " ").replace("\u00a0", " ")


def test_every_page_is_for_everyone(browser: Browser, odd: str, axe: str) -> None:
    with browser.new_context(bypass_csp=True, locale="fr-FR") as context:
        page = context.new_page()
        names = ["", "jurys/", *(f"jurys/{name}/" for name in NAMES)]
        names += [f"jurys/{name}/verifier/" for name in (GREAT, CANCELLED)]
        for name in names:
            page.goto(f"{odd}{name}")
            for look in LOOKS:
                show(page, look)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert wide <= 0, (name, look)
                assert violations(page, axe) == [], (name, look)


def test_a_great_draw_is_told_whole(page: Page, odd: str) -> None:
    page.goto(f"{odd}jurys/{GREAT}/index.html")
    for summary in page.locator(".long summary").all():
        summary.click()
    said = text(page)
    assert "De 0 % à 33,33 %, selon le type." in said
    assert f"Les remplacements : {LEFT}" in said
    assert LONGEST in said
    assert page.locator("[aria-labelledby=cq_table_chances] tbody tr").count() == odd_draws.TYPES
    assert page.locator("[aria-labelledby=cq_table_remplacements] tbody tr").count() == LEFT
    page.set_viewport_size({"width": 360, "height": 740})
    # On a telephone the chance is read without pushing the table aside.
    edge = "(one) => one.rows[1].cells[1].getBoundingClientRect().right"
    assert page.locator("[aria-labelledby=cq_table_chances] table").evaluate(edge) <= 360


def test_a_great_draw_is_verified(page: Page, odd: str) -> None:
    page.goto(f"{odd}jurys/{GREAT}/verifier/index.html")
    page.click("#tout")
    page.locator("#conclusion p").wait_for()
    assert "Les cinq feux sont verts" in page.locator("#conclusion").inner_text()
    assert "Et 200 autres lignes" in page.locator("#tables").inner_text()
    for look in LOOKS:
        show(page, look)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look


def test_a_cancelled_draw_keeps_its_promise_and_its_reason(page: Page, odd: str) -> None:
    said = told(page, f"{odd}jurys/{CANCELLED}/index.html")
    assert "Ce tirage n’aura pas lieu : la liste avait perdu un bureau de vote." in said
    assert page.locator("#cq_empreinte").is_visible()
    assert "Rien : ce tirage est annulé." in said
    assert "À venir, le jour du tirage" not in said
    assert "Décision" not in said


def test_a_draw_of_which_only_the_list_is_frozen(page: Page, odd: str) -> None:
    said = told(page, f"{odd}jurys/{FROZEN}/index.html")
    assert "La liste est arrêtée" in said
    assert "Le résultat sera validé par une élue" in said
    assert "Dites avec la règle, avant le tirage" in said
    assert "Ils suffisent pour tout refaire" not in said
    assert page.locator("#cq_empreinte").count() == 0


def test_the_inventory_says_who_validated_only_what_was_drawn(page: Page, odd: str) -> None:
    answer = page.request.get(f"{odd}donnees/algorithmes.csv")
    rows = csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"), newline=""))
    validated = {row["id"]: row["valide_par"] for row in rows}
    assert validated == {f"jurys/{name}": "une élue" if name == GREAT else "" for name in NAMES}


def test_the_home_leads_to_what_comes_and_to_what_was_drawn(page: Page, odd: str) -> None:
    page.goto(odd)
    coming = page.locator("[aria-labelledby=cq_prochaines] h3").all_inner_texts()
    assert coming == ["Le jury annoncé", "Le jury gelé"]
    below = page.locator("[aria-labelledby=cq_tirages] h3").all_inner_texts()
    assert below == ["Le jury annulé", "Le grand jury"]
    page.click("text=Le jury annoncé")
    assert page.url == f"{odd}jurys/{ANNOUNCED}/index.html"
