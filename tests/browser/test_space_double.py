"""`protection: double`: before the seal a server's own password, which may be given, or not."""

import functools
from base64 import b64encode
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, HttpCredentials, Page, expect

from tests.browser import sealed_site
from tests.browser.conftest import PREFIX, Pages, quoted
from tests.browser.listener import running
from tests.browser.sealed_site import CENTRE, MEETING
from tests.browser.space_steps import TITLE, enter, go, open_with, refused, said

NAME, WORDS = "camille", "neuf-mots-du-serveur"
ASKED = "Le serveur du site n’a pas donné ce fichier"


class Guard(Pages):
    """A server that gives what lies under `shut` to whoever says the password."""

    shut = f"{PREFIX}espace/f/"
    answer = HTTPStatus.UNAUTHORIZED

    def do_GET(self) -> None:  # noqa: N802
        given = f"Basic {b64encode(f'{NAME}:{WORDS}'.encode()).decode()}"
        guarded = self.path.startswith(quoted(self.shut))
        if not guarded or self.headers.get("Authorization") == given:
            super().do_GET()
            return
        self.send_response(self.answer)
        if self.answer is HTTPStatus.UNAUTHORIZED:
            self.send_header("WWW-Authenticate", 'Basic realm="Espaces"')
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def guard(sealed: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the page of the spaces, on such a server."""
    kind = type("Kind", (Guard,), getattr(request, "param", {}))
    with running(functools.partial(kind, directory=str(sealed))) as server:
        yield f"http://127.0.0.1:{server.server_port}{quoted(PREFIX)}espace/index.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of somebody who answers wrong, then shuts the browser's question (as Playwright does)."""
    with knowing(browser, "oublié") as context:
        yield context.new_page()


def knowing(browser: Browser, password: str) -> BrowserContext:
    known: HttpCredentials = {"username": NAME, "password": password}
    return browser.new_context(locale="fr-FR", http_credentials=known)


def test_a_question_that_was_shut_is_told_from_a_network_that_fails(page: Page, guard: str) -> None:
    page.goto(f"{guard}#/{CENTRE}{MEETING}")
    open_with(page)
    refused(page, f"{ASKED}.*Réessayez")
    page.get_by_role("button", name="Réessayer").click()
    refused(page, ASKED)
    expect(page.locator(TITLE)).to_be_focused()
    # The phrase was right, and stays given: what is lacking is the server's.
    page.get_by_role("link", name="Accueil de l’espace").click()
    refused(page, ASKED)
    expect(page.locator("#cq_porte")).to_be_hidden()


def test_a_reader_of_several_spaces_sees_it_said_of_each(page: Page, guard: str) -> None:
    page.goto(guard)
    open_with(page, sealed_site.COORDINATOR)
    expect(page.locator(TITLE)).to_have_text("Vos espaces")
    expect(page.locator("#cq_page li", has_text=ASKED)).to_have_count(3)


@pytest.mark.parametrize("guard", [{"shut": f"{PREFIX}espace/acces.json"}], indirect=True)
def test_where_the_file_of_accesses_is_shut_the_door_says_so(page: Page, guard: str) -> None:
    page.goto(guard)
    said(page, ASKED)
    expect(page.get_by_label("Phrase de passe")).to_be_hidden()
    expect(page.locator("#cq_attente")).to_have_count(0)


@pytest.mark.parametrize("guard", [{"answer": HTTPStatus.FORBIDDEN}], indirect=True)
def test_a_server_that_refuses_without_asking_is_no_network_that_fails(
    page: Page, guard: str
) -> None:
    page.goto(guard)
    open_with(page)
    refused(page, ASKED)


def test_whoever_answers_reads(browser: Browser, guard: str) -> None:
    with knowing(browser, WORDS) as context:
        page = context.new_page()
        enter(page, guard)
        go(page, f"#/{CENTRE}{MEETING}", "Préparer la plénière")
        expect(page.get_by_alt_text("Plan de la salle")).to_have_js_property("naturalWidth", 320)


@pytest.mark.parametrize("guard", [{"answer": HTTPStatus.SERVICE_UNAVAILABLE}], indirect=True)
def test_a_server_that_is_unwell_is_said_as_before(page: Page, guard: str) -> None:
    page.goto(guard)
    open_with(page)
    refused(page, "n’a pas répondu")
