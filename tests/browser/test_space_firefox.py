"""The sealed spaces in Firefox: a shorter way than Chromium's, through all that a browser must do
by itself (keys that are kept but not read, streams, trusted types, tabs that talk).
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser import sealed_site
from tests.browser.conftest import served
from tests.browser.firefox import Firefox, firefox
from tests.browser.listener import Listener
from tests.browser.sealed_site import BUILD, CENTRE, MEETING, PHRASE, TRAP

ENTER = "\ue007"
HEADING = "document.querySelector('#cq_page h1')?.textContent"
SAID = "document.querySelector('#cq_dit').textContent"


@pytest.fixture(scope="module")
def program(tool: Callable[[str], str]) -> str:
    return tool("firefox")


@pytest.fixture
def window(program: str, tmp_path: Path) -> Iterator[Firefox]:
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox(program, profile) as made:
        yield made


def title(window: Firefox, words: str) -> None:
    window.until(f"{HEADING} === arguments[0]", words)


def go(window: Firefox, route: str, words: str) -> None:
    window.run("location.hash = arguments[0]", route)
    title(window, words)


def enter(window: Firefox, phrase: str = PHRASE) -> None:
    window.until("!document.querySelector('#cq_ouvrir').hidden")
    window.type("#cq_phrase", phrase + ENTER)


def test_a_visit(window: Firefox, sealed_at: str) -> None:
    window.goto(sealed_at)
    enter(window, "abai boug")
    window.until(f"{SAID}.includes('il y en a ici 2')")
    window.run("document.querySelector('#cq_phrase').value = ''")
    window.click("#cq_garder")
    enter(window)
    title(window, "Quartier Centre")
    assert window.run("return document.activeElement.localName") == "h1"
    go(window, f"#/{CENTRE}{MEETING}", "Préparer la plénière")
    window.until("document.querySelector('#cq_page img').naturalWidth === 320")
    assert window.run("return document.querySelectorAll('#cq_page img[src]').length") == 1
    window.run("document.querySelectorAll('#cq_page img')[1].scrollIntoView()")
    window.until("document.querySelectorAll('#cq_page img')[1].naturalWidth === 320")
    window.until("history.state?.y > 500")
    go(window, f"#/{CENTRE}/wiki/velos/~local", "Local à vélos")
    assert window.run("return document.activeElement.id") == "local"
    window.back()
    title(window, "Préparer la plénière")
    window.until("scrollY > 500")
    go(window, f"#/{CENTRE}/documents/notes.pdf", "notes.pdf")
    links = window.until(
        "[...document.querySelectorAll('#cq_page .action a')].length === 2 && "
        "[...document.querySelectorAll('#cq_page .action a')].map((one) => one.textContent)"
    )
    assert [re.sub(r"\s", " ", one) for one in links] == [
        "Ouvrir (PDF, 3 Mo)", "Télécharger (PDF, 3 Mo)",
    ]  # fmt: skip
    go(window, f"#/{CENTRE}/recherche/?q=triporteur", "Recherche")
    window.until("document.querySelector('.resultats mark')?.textContent === 'triporteurs'")
    # Remembered: neither the phrase nor another tab is needed.
    window.goto("about:blank")
    window.goto(sealed_at)
    title(window, "Quartier Centre")
    window.new_window()
    window.goto(f"{sealed_at}#/{CENTRE}/wiki/velos/")
    title(window, "Local à vélos")
    window.click("#cq_fermer")
    window.until(f"{SAID}.includes('ne s’en souvient pas')")
    window.reload()
    window.until("!document.querySelector('#cq_ouvrir').hidden")


def test_an_invitation_and_a_sister(window: Firefox, sealed_at: str) -> None:
    window.goto(sealed_at + sealed_site.invitation())
    window.until("!document.querySelector('#cq_invitation').hidden")
    assert "#i=" not in window.run("return location.href")
    window.click("#cq_ouvrir [type=submit]")
    title(window, "Quartier Centre")
    window.new_window()
    window.goto(f"{sealed_at}#/{CENTRE}/wiki/velos/")
    title(window, "Local à vélos")


def test_a_forged_page_and_an_older_one(window: Firefox, tmp_path: Path, ear: Listener) -> None:
    site = sealed_site.make(tmp_path / "site", port=ear.port)
    with served(site) as where:
        window.goto(f"{where}espace/index.html#/{CENTRE}{TRAP}")
        enter(window)
        title(window, "Piège")
        window.run(
            "for (const one of document.querySelectorAll('#cq_page a:not(#ping)'))"
            " one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));"
        )
        window.run("return new Promise((yes) => setTimeout(yes, 700))")
        assert window.run("return globalThis.pwned") is None
        assert (ear.knocks, ear.asked) == (0, [])
        sealed_site.make(site, port=ear.port, build=BUILD - 1)
        window.goto("about:blank")
        window.goto(f"{where}espace/index.html")
        enter(window)
        title(window, "Cette page ne s’ouvre pas")
        page = "document.querySelector('#cq_page').textContent"
        assert "plus ancienne" in window.run(f"return {page}")
