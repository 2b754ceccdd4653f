"""The pages of the demo's spaces, rendered: every link leads somewhere, and nothing acts."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from cq import front, spaces
from cq.content.layout import CONSEILLERS, PUBLIC
from cq.content.model import Content
from cq.content.within import logical, spaces_of, within
from cq.ledger import Ledger, Texts
from cq.seal.vault import Guarded
from cq.settings import Settings
from cq.site import routes
from cq.site.plan import plan
from cq.site.plan.inside import plan_inside
from cq.site.render import Renderer
from cq.theme import load

TODAY = "2026-11-21"
LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def demo(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Content, Ledger]]:
    home = tmp_path_factory.mktemp("inside")
    day = datetime.date.fromisoformat(TODAY)
    run = front.open_run(Settings(root, home / "build" / "site", 1, day, home / "cache"))
    read = front.front(run, want_content=True).content
    assert read is not None
    yield read, run.ledger
    run.ledger.close()


@pytest.fixture(scope="module")
def pages(demo: tuple[Content, Ledger], root: Path) -> dict[str, dict[str, str]]:
    """Every text of every space, by its logical path."""
    content, ledger = demo
    theme = load(root).for_spaces()
    found: dict[str, dict[str, str]] = {}
    for space in spaces_of(content):
        inside = plan_inside(within(content, space, TODAY))
        renderer = Renderer(theme, inside.chrome, Texts(ledger.file), "", routes.inside(space))
        found[space] = {
            logical(one.path): renderer.render(one).data.decode() for one in inside.targets
        }
        found[space] |= {logical(one.path): "" for one in inside.files}
    return found


def test_every_link_leads_somewhere(
    demo: tuple[Content, Ledger], pages: dict[str, dict[str, str]]
) -> None:
    public = plan(demo[0].seen_by(PUBLIC, TODAY))
    open_to_all = {one.path for one in (*public.targets, *public.files)}
    assert len(pages) >= 4
    lost = []
    for space, texts in pages.items():
        known = set(texts) | {"/recherche/index.json"}  # the index joins the plan in `cq.spaces`
        for path, text in texts.items():
            for link in map(unescape, LINK.findall(text) if path.endswith("/") else ()):
                if link.startswith("#/"):
                    place = link.removeprefix(f"#/{space}").partition("~")[0].partition("?")[0]
                    good = place in known
                elif link.startswith("#"):
                    good = f'id="{link[1:]}"' in text
                elif link.startswith("../"):
                    good = link[3:].partition("#")[0] in open_to_all
                else:
                    good = link.startswith(("mailto:", "tel:", "https://", "http://"))
                if not good:
                    lost.append((space, path, link))
    assert not lost


def test_what_a_server_guards_says_that_it_is_private(demo: tuple[Content, Ledger]) -> None:
    """In the head of each page, whatever the quartier is called."""
    content, ledger = demo
    named = replace(
        content,
        quartiers=tuple(one._replace(name="Espace Jemmapes") for one in content.quartiers),
        groups=tuple(one._replace(name="Espace Jemmapes") for one in content.groups),
    )
    planned = spaces.planned(ledger, named, Guarded(spaces_of(named), {}))
    shown = {one.name: one.chrome.site for one in planned}
    assert shown.pop(CONSEILLERS) == "Espace des conseillers"
    assert set(shown.values()) == {"Espace Jemmapes – espace privé"}


def test_a_page_is_a_fragment_in_which_nothing_acts(pages: dict[str, dict[str, str]]) -> None:
    for texts in pages.values():
        for path, text in texts.items():
            if path.endswith("/"):
                assert not re.search(
                    r"<(?:script|style|html|head|body|main|link|meta|base)\b", text
                )
                assert not re.search(r"\son[a-z]+=|style=", text)
                assert text.count("<h1") == 1
