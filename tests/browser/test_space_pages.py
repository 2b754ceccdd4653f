"""Every page of real spaces: the demo's, with a page of each template, opened as a reader does.

The made-up site of the other tests has pages of its own making; here the templates, the build and
the page that opens are the ones that are published.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from cq.seal.cipher import b64
from tests.browser.conftest import served
from tests.browser.private_demo import GROUP, Spaces, make
from tests.browser.sealed_site import TOKEN
from tests.browser.space_steps import TITLE, go, refused, until
from tests.browser.test_axe import COLOURS, axe, reproaches, violations
from tests.browser.test_html import checked
from tests.browser.test_theme import HEADING
from tests.conftest import Git, RunCq

__all__ = ["axe"]  # a fixture
# What a space never shows: frames, the differences of texts, the public site's own pages, draws by
# lot, which are everyone's, and the page that opens it.
ELSEWHERE = {
    "base", "inside", "item", "legal", "accessibility", "community", "council", "data", "espace",
    "finder", "home", "jury", "legal_notice", "mailing", "not_found", "places", "privacy",
    "redirect", "revisions", "site_map",
}  # fmt: skip
DOCUMENT = """\
<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>x</title></head>
<body><main>
{}
</main></body>
</html>
"""
ARGUMENT = "/debats/quai-de-valmy/arguments/barrieres/"
TEMPLATE = re.compile(r'<div class="espace-page" data-gabarit="(\w+)">')
WIDER = "document.documentElement.scrollWidth - innerWidth"
SCREENS: tuple[tuple[Literal["light", "dark"], int], ...] = (
    ("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280),
)  # fmt: skip


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory, run_cq_often: RunCq, git: Git) -> Spaces:
    return make(tmp_path_factory.mktemp("spaces"), run_cq_often, git)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, run_cq_often: RunCq, git: Git) -> Spaces:
    """The same, in clear behind a server's door."""
    return make(tmp_path_factory.mktemp("guarded"), run_cq_often, git, "serveur")


@pytest.fixture(scope="module")
def texts(spaces: Spaces) -> dict[tuple[str, str], str]:
    """The HTML of every page, by its space and path."""
    return {(space, path): html for space, path, html in spaces.pages()}


@pytest.fixture(scope="module")
def one_of_each(texts: dict[tuple[str, str], str]) -> dict[str, str]:
    """The route of the longest page of each template."""
    found: dict[str, tuple[int, str]] = {}
    for (space, path), html in texts.items():
        (template,) = TEMPLATE.findall(html)
        found[template] = max(found.get(template, (0, "")), (len(html), f"#/{space}{path}"))
    return {template: route for template, (_, route) in sorted(found.items())}


def enter(page: Page, address: str) -> None:
    page.goto(f"{address}espace/index.html#i={b64(TOKEN)}")
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.locator(TITLE)).to_have_text("Vos espaces")


def test_every_template_of_a_space_is_looked_at(one_of_each: dict[str, str], root: Path) -> None:
    own = {path.stem for path in (root / "themes" / "default").glob("*.html")}
    assert set(one_of_each) == own - ELSEWHERE


def test_axe_finds_nothing_on_a_page_of_each_template(
    browser: Browser, spaces: Spaces, one_of_each: dict[str, str], axe: str
) -> None:
    found: dict[str, list[str]] = {}
    wrong: list[str] = []
    with served(spaces.site) as address, browser.new_context(
        bypass_csp=True, locale="fr-FR"
    ) as context:  # fmt: skip
        page = context.new_page()
        page.on("console", lambda one: wrong.append(one.text))
        page.on("pageerror", lambda one: wrong.append(str(one)))

        def look(name: str) -> None:
            ids = page.locator("[id]").evaluate_all("all => all.map(({ id }) => id)")
            assert len(ids) == len(set(ids)), name
            for scheme, width in SCREENS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 740})
                assert page.evaluate(WIDER) <= 0, name
                found[f"{name} {scheme} {width}"] = reproaches(
                    page, only=COLOURS if scheme == "dark" else None
                )

        enter(page, address)
        page.evaluate(axe)
        look("spaces")
        for template, route in one_of_each.items():
            page.evaluate("(route) => { location.hash = route; }", route)
            expect(page.locator(f"#cq_page [data-gabarit={template}]")).to_be_visible()
            until(page, "[...document.querySelectorAll('#cq_page img')].every((one) => one.src)")
            look(route)
        go(page, f"#/{GROUP}/recherche/?q=quai", "Recherche")
        expect(page.locator(".resultats mark").first).to_be_visible()
        look("results")
        page.evaluate("(route) => { location.hash = route; }", f"#/{GROUP}/rien/")
        refused(page, "n’existe pas")
        look("no such page")
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert wrong == []


def test_inside_each_word_of_a_menu_names_one_page(browser: Browser, spaces: Spaces) -> None:
    with served(spaces.site) as address, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        page.goto(f"{address}espace/index.html")
        public = page.get_by_role("navigation", name="Menu principal")
        licence = page.locator(".pied").get_by_text("Licence Ouverte")
        expect(public).to_be_visible()
        expect(licence).to_be_visible()
        page.goto("about:blank")
        enter(page, address)
        menu = page.get_by_role("navigation", name="Rubriques de l’espace")
        trail = page.get_by_role("navigation", name="Fil d’Ariane")
        for path, current, kind in (
            ("/", "Accueil", "page"),
            ("/agenda/", "Agenda", "page"),
            ("/tableau-de-bord/", "Tableau de bord", "page"),
            ("/rapport/2026/", "Tableau de bord", "true"),
            ("/dossiers/bruit-des-quais/", "Dossiers", "true"),
        ):
            page.evaluate("(route) => { location.hash = route; }", f"#/{GROUP}{path}")
            expect(menu.locator(f"[aria-current={kind}]")).to_have_text(current)
            expect(trail).to_have_count(0)
        expect(page.get_by_role("link", name="Agenda", exact=True)).to_have_count(1)
        expect(public).to_be_hidden()
        expect(licence).to_be_hidden()  # what is private is under none
        go(page, f"#/{GROUP}{ARGUMENT}", "Séparer par des barrières")
        expect(trail.get_by_role("link")).to_have_text([re.compile("Débats"), re.compile("Valmy")])


def test_a_page_that_does_not_open_leads_back_into_its_own_space(
    browser: Browser, spaces: Spaces
) -> None:
    with served(spaces.site) as address, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, address)
        page.evaluate("(route) => { location.hash = route; }", f"#/{GROUP}/rien/")
        refused(page, "n’existe pas")
        expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)
        page.get_by_role("link", name="Accueil de l’espace").click()
        expect(page.locator(TITLE)).to_have_text("Commission du canal Saint-Martin")
        # Without a network, the phrase stays given: one asks again where one is.
        context.set_offline(True)
        page.evaluate("(route) => { location.hash = route; }", f"#/{GROUP}/agenda/")
        refused(page, "n’a pas répondu")
        context.set_offline(False)
        page.get_by_role("button", name="Réessayer").click()
        expect(page.locator(TITLE)).to_have_text("Agenda")


def test_every_page_is_valid_html(
    texts: dict[tuple[str, str], str], guarded: Spaces, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """Sealed fragments in a plain document, and the whole pages that a server guards."""
    assert len(texts) > 100
    assert len(list((guarded.site / "espace").rglob("*.html"))) > 100
    for number, html in enumerate(texts.values()):
        (tmp_path / f"{number}.html").write_text(DOCUMENT.format(html), "utf-8")
    names = [f"{space}{path}" for space, path in texts]
    found = checked(tool, tmp_path, guarded.site / "espace")
    told = [
        re.sub(r"^/(\d+)\.html:", lambda number: f"{names[int(number[1])]}:", line)
        for lines in found.values()
        for line in lines
    ]
    assert told == []


def test_one_title_and_no_level_is_skipped(texts: dict[tuple[str, str], str]) -> None:
    for name, html in texts.items():
        levels = [int(one) for one in HEADING.findall(html)]
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_identifiers_are_unique(texts: dict[tuple[str, str], str]) -> None:
    """Beside those of the page that opens them: see `look` above, for one of each template."""
    for name, html in texts.items():
        ids = Counter(re.findall(r'\sid="([^"]+)"', html))
        assert {one for one, number in ids.items() if number > 1} == set(), name


def wrongs(
    spaces: Spaces, known: dict[str, set[str]], texts: dict[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    """What leads nowhere, after the page that says so."""
    for (space, path), html in texts.items():
        for link in re.findall(r'\s(?:href|src)="([^"]*)"', html):
            if re.match(r"https?:|mailto:|tel:", link):
                continue
            there = unquote(link)
            if not there.startswith("#"):  # the public site, seen from espace/
                file, _, anchor = there.partition("#")
                place = (spaces.site / "espace" / file).resolve()
                if not place.is_file() or (anchor and f'id="{anchor}"' not in place.read_text()):
                    yield f"{space}{path}", link
                continue
            route, mark, anchor = there.partition("~")
            target = path if not there.startswith("#/") else "/" + route[2:].partition("/")[2]
            house = space if not there.startswith("#/") else route[2:].partition("/")[0]
            if not there.startswith("#/"):
                mark, anchor = "#", there[1:]
            if target not in known.get(house, set()) or (
                mark and f'id="{anchor}"' not in texts[house, target]
            ):
                yield f"{space}{path}", link


def test_no_link_leads_nowhere(spaces: Spaces, texts: dict[tuple[str, str], str]) -> None:
    known = {space: spaces.paths(space) for space in spaces.keys}
    assert list(wrongs(spaces, known, texts)) == []
    lame = {
        (GROUP, "/"): '<a href="#/q-x/">x</a> <a href="#rien">x</a> <a href="../rien.html">x</a>'
    }
    assert len(list(wrongs(spaces, known, lame))) == 3


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_nothing_on_the_pages_that_a_server_guards(
    browser: Browser, guarded: Spaces, axe: str, scheme: str, width: int
) -> None:
    found: dict[str, list[str]] = {}
    with served(guarded.site) as address, browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="fr-FR",
        viewport={"width": width, "height": 740},
    ) as context:  # fmt: skip
        page = context.new_page()
        for path in ("", "agenda/", "wiki/ce-que-nous-dirons/", "recherche/", "tableau-de-bord/"):
            page.goto(f"{address}espace/{GROUP}/{path}index.html")
            assert page.evaluate(WIDER) <= 0, path
            found[path] = violations(page, axe)
    assert {name: lines for name, lines in found.items() if lines} == {}
