"""A headless Chromium, a loopback server with a strict policy, and the pages to look at.

Every page says its template in `<body data-gabarit="…">`; the gates take two pages of each, of the
demo site and of one that has hardly begun.
"""

import contextlib
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from cq.headers import HEADERS, POLICY
from tests.browser import sealed_site
from tests.browser.listener import Listener, listening, running

# What a careful host sends, and a thing that only cq can hold to.
STRICT = {
    **dict(HEADERS),
    "Content-Security-Policy": f"{POLICY}; require-trusted-types-for 'script'",
}
FLAGS = [
    "--no-sandbox",  # Chromium refuses to run as root with one
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REFRESH = 'http-equiv="refresh"'  # a former address: nobody sees that page
MISSING = "404.html"
PREFIX = "/un/préfixe/"
TEMPLATE = re.compile(r'<body[^>]*\sdata-gabarit="?([\w.-]+)')


class Pages(SimpleHTTPRequestHandler):
    """Serves a folder under PREFIX, and nothing above it."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".ics": "text/calendar; charset=utf-8",
        ".xml": "application/xml",
    }

    def translate_path(self, path: str) -> str:
        plain = unquote(path.partition("?")[0].partition("#")[0])
        if not plain.startswith(PREFIX):
            return str(Path(self.directory) / "not-there")
        return super().translate_path("/" + path[len(quoted(PREFIX)) :])

    def end_headers(self) -> None:
        for name, value in STRICT.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """A test's output is its findings."""


def quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a site is served: under a prefix, as on many forges' pages."""
    with running(functools.partial(Pages, directory=str(folder))) as server:
        yield f"http://127.0.0.1:{server.server_port}{quoted(PREFIX)}"


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Where the demo site is served."""
    with served(built) as where:
        yield where


@pytest.fixture(scope="session", params=["built", "sparse"], ids=["demo", "sparse"])
def shown(request: pytest.FixtureRequest) -> Path:
    """Each of the two sites: what every page owes to its readers, full or empty."""
    return Path(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def shown_at(shown: Path) -> Iterator[str]:
    with served(shown) as where:
        yield where


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up site with sealed spaces: not to be changed, `sealed_site.make` makes another."""
    return sealed_site.make(tmp_path_factory.mktemp("sealed"))


@pytest.fixture(scope="session")
def sealed_at(sealed: Path) -> Iterator[str]:
    """The address of the page of its spaces."""
    with served(sealed) as where:
        yield f"{where}espace/index.html"


@pytest.fixture(scope="session")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    """Debian's Chromium, with a new profile."""
    chromium = tool("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def ear() -> Iterator[Listener]:
    """A server that nobody may call."""
    with listening() as made:
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's device, that has seen nothing yet."""
    with browser.new_context(locale="fr-FR", reduced_motion="reduce") as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of it. Whoever looks for more has fixtures of these names in their own module."""
    return context.new_page()


@pytest.fixture(scope="session")
def pages(shown: Path, shown_at: str) -> list[str]:
    """The addresses of two pages of every template of each site.

    Not the 404: its links start from the root of its own server, which is not this one.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(shown.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        named = TEMPLATE.search(text)
        if named and REFRESH not in text and len(found[named[1]]) < 2:
            found[named[1]].append(path.relative_to(shown).as_posix())
    assert len(found) >= 10, sorted(found)
    return sorted(
        shown_at + quoted(page) for group in found.values() for page in group if page != MISSING
    )


@pytest.fixture(scope="session")
def base(built: Path) -> str:
    """Where the demo site says that it is: `adresse_web`."""
    text = (built / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<link rel="canonical" href="([^"]+)"', text)
    assert found
    return found[1]


@pytest.fixture
def at_home(browser: Browser, built: Path, base: str) -> Iterator[BrowserContext]:
    """A browser for which the site is at its own address; unknown addresses get the 404."""

    def answer(route: Route) -> None:
        path = unquote(route.request.url.removeprefix(base).partition("#")[0])
        file = built / path
        file = file / "index.html" if file.is_dir() else file
        known = file.is_file()
        route.fulfill(status=200 if known else 404, path=file if known else built / MISSING)

    with browser.new_context(bypass_csp=True, locale="fr-FR") as context:
        context.route("**/*", answer)
        yield context
