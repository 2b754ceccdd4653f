"""The page that verifies a draw in Firefox, served and opened from a folder: what Chromium's tests
look at, in short.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq.draw.page import line_fragment
from cq.draw.transcript import NAMES
from tests.browser import draw_site
from tests.browser.conftest import served
from tests.browser.draw_site import SIMPLE, line
from tests.browser.firefox import Firefox, firefox

STATES = "[...document.querySelectorAll('.feu')].map((one) => one.dataset.etat || 'éteint')"
AS_EXPECTED = ["vert", "vert", "orange", "vert", "vert"]


@pytest.fixture(scope="module")
def draws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_site.make(tmp_path_factory.mktemp("draws"))


@pytest.fixture
def window(tool: Callable[[str], str], tmp_path: Path) -> Iterator[Firefox]:
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox(tool("firefox"), profile) as made:
        yield made


def verified(window: Firefox) -> list[str]:
    window.click("#tout")
    window.until("document.querySelector('#conclusion').textContent")
    states: list[str] = window.run(f"return {STATES}")
    return states


def told(window: Firefox) -> str:
    said: str = window.until("document.querySelector('#reponse').textContent")
    return said


def test_served(window: Firefox, draws: Path) -> None:
    with served(draws) as where:
        address = f"{where}jurys/{SIMPLE}/verifier/index.html"
        window.goto(address + line_fragment(*line(7)))
        assert "Vous siégez au jury depuis le remplacement 1." in told(window)
        assert "#" not in window.run("return location.href")
        assert verified(window) == AS_EXPECTED


def test_from_a_folder(window: Firefox, draws: Path) -> None:
    folder = draws / "jurys" / SIMPLE
    window.goto((folder / "verifier.html").as_uri() + line_fragment(*line(7)))
    window.type("#fichiers", "\n".join(str(folder / name) for name in NAMES))
    assert verified(window) == AS_EXPECTED
    window.click("#ma_ligne button")
    assert "sur 12" in told(window)
