"""Axe finds nothing to reproach on any template, light or dark, on a phone or on a desk."""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that the night changes


class Look(NamedTuple):
    """How a page is seen."""

    scheme: Literal["light", "dark"]
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


# Light and dark, on a phone and on a desk: a page is read once, and looked at in each way.
LOOKS = [
    Look(scheme, width, height)
    for width, height in ((1280, 800), (360, 740))
    for scheme in ("light", "dark")
]
RUN = """async ([type, values]) => {
    const found = await axe.run(document, {
        runOnly: {type, values}, resultTypes: ["violations"],
    });
    return found.violations.map((one) => ({
        rule: one.id, help: one.help,
        nodes: one.nodes.slice(0, 3).map((node) => node.target + " — " + node.failureSummary),
    }));
}"""


@pytest.fixture(scope="module")
def axe(tool: Callable[[str], str]) -> str:
    """The script, speaking French."""
    script = Path(tool("axe"))
    words = json.loads((script.parent / "locales" / "fr.json").read_text(encoding="utf-8"))
    return f"{script.read_text(encoding='utf-8')}\naxe.configure({{locale: {json.dumps(words)}}});"


def violations(page: Page, axe: str) -> list[str]:
    if not page.evaluate("globalThis.axe !== undefined"):
        page.evaluate(axe)
    return reproaches(page)


def reproaches(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe says of a page where it already is, by all rules or by a few."""
    return [
        f"{one['rule']}: {one['help']}: {node}"
        for one in page.evaluate(RUN, ["rule", only] if only else ["tag", RULES])
        for node in one["nodes"]
    ]


def show(page: Page, look: Look) -> None:
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size({"width": look.width, "height": look.height})


def test_no_violation(browser: Browser, pages: list[str], axe: str) -> None:
    with browser.new_context(bypass_csp=True, locale="fr-FR") as context:
        page = context.new_page()
        found: dict[str, list[str]] = defaultdict(list)
        for name in pages:
            page.goto(name)
            for look in LOOKS:
                show(page, look)
                for line in violations(page, axe):
                    found[line].append(f"{name} {look}")
    # The same fault on forty pages is one fault.
    assert not [f"{line} ({len(where)} pages: {where[0]})" for line, where in found.items()]


def test_no_violation_on_the_404(at_home: BrowserContext, base: str, axe: str) -> None:
    page = at_home.new_page()
    page.goto(f"{base}une/adresse/perdue/")
    assert violations(page, axe) == []


def test_axe_sees_a_bad_page(browser: Browser, axe: str) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.set_content("<title>x</title><h1>x</h1><img src=x.png><p style='color:#ccc'>pâle</p>")
        assert {line.partition(":")[0] for line in violations(page, axe)} >= {
            "html-has-lang",
            "image-alt",
            "color-contrast",
        }


@pytest.mark.parametrize("faulty", LOOKS, ids=str)
def test_axe_sees_what_is_bad_in_one_way_alone(faulty: Look, browser: Browser, axe: str) -> None:
    """Each look at a page that stays open is one of its own."""
    asked = f"(prefers-color-scheme: {faulty.scheme}) and (width: {faulty.width}px)"
    style = f"body {{ background: #fff; color: #000 }} @media {asked} {{ p {{ color: #ccc }} }}"
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.set_content(f"<title>x</title><style>{style}</style><h1>x</h1><p>pâle</p>")
        seen = []
        for look in LOOKS:
            show(page, look)
            if any(line.startswith("color-contrast") for line in violations(page, axe)):
                seen.append(look)
    assert seen == [faulty]
