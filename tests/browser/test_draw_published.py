"""What `cq build` publishes of a draw is what its page asks for: the demo's, one in two stages."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cq.draw import page as verifier
from cq.draw.transcript import NAMES
from tests.browser.conftest import served
from tests.browser.draw_site import VECTORS
from tests.conftest import SITES, RunCq

STATES = "[...document.querySelectorAll('.feu')].map((one) => one.dataset.etat || 'éteint')"
INDEX = """\
---
titre: Tirage {name}
engagement: 2023-08-20
tirage: 2023-08-22
finalite: Un essai
base_legale: Un essai
source_liste: Des personnes inventées
destruction: 2027-01-15
valide_par: une élue
---

Un essai.
"""


@pytest.fixture(scope="module")
def two_stages(tmp_path_factory: pytest.TempPathFactory, run_cq_often: RunCq) -> Iterator[str]:
    site = Path(shutil.copytree(SITES / "minimal", tmp_path_factory.mktemp("two") / "site"))
    for number, draw in (("1", "courriers"), ("2", "jury")):
        place = site / "content" / "jurys" / draw
        place.mkdir(parents=True)
        for name in NAMES:
            shutil.copy(VECTORS / "draw-two-stages" / number / name, place)
        (place / verifier.NAME).write_bytes(verifier.page())
        journal = (
            "date,etape,empreinte,note\n"
            f"2023-08-20,page,{verifier.fingerprint(verifier.page())},verifier.html\n"
        )
        (place / "journal.csv").write_text(journal, encoding="utf-8")
        (place / "index.md").write_text(INDEX.format(name=draw), encoding="utf-8")
    done = run_cq_often("build", "--root", site)
    assert (site / "build/site/jurys/jury/verifier/index.html").is_file(), done.stdout
    with served(site / "build" / "site") as where:
        yield where


def verified(page: Page, address: str) -> list[str]:
    page.on("weberror", lambda one: pytest.fail(str(one)))
    page.goto(address)
    expect(page.locator("#engagement")).to_be_visible()
    page.click("#tout")
    page.locator("#conclusion p").wait_for()
    states: list[str] = page.evaluate(STATES)
    return states


def test_the_demo_s_draw(page: Page, address: str, built: Path) -> None:
    (draw,) = (built / "jurys").glob("*/verifier/index.html")
    found = verified(page, address + draw.relative_to(built).as_posix())
    assert found == ["vert", "vert", "orange", "vert", "vert"]


def test_a_second_stage_is_published_with_its_first(page: Page, two_stages: str) -> None:
    found = verified(page, f"{two_stages}jurys/jury/verifier/index.html")
    assert found == ["vert", "vert", "orange", "vert", "vert"]
    assert "Toutes ont été tirées au premier tirage." in page.locator("#feu_liste").inner_text()


def test_one_piece_of_the_list_is_published(page: Page, two_stages: str) -> None:
    page.goto(f"{two_stages}jurys/jury/verifier/index.html")
    page.fill("#sel", "00" * 16)
    page.fill("#ligne", '{"id":"personne"}')
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url.rpartition("jurys/jury/")[2]))
    page.click("text=Vérifier ma ligne")
    expect(page.locator("#reponse")).to_contain_text("n’est pas dans la liste")
    assert "pool.txt" not in asked
    assert [one for one in asked if one.startswith("eclats/")]
