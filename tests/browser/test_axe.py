"""Axe finds nothing to reproach on any template, light or dark, on a phone or on a desk."""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]  # all that the night changes
RUN = """async ([type, values]) => {
    const found = await axe.run(document, {runOnly: {type, values}});
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
    page.evaluate(axe)
    return reproaches(page)


def reproaches(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe says of a page where it already is, by all rules or by a few."""
    return [
        f"{one['rule']}: {one['help']}: {node}"
        for one in page.evaluate(RUN, ["rule", only] if only else ["tag", RULES])
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)], ids=["phone", "desk"])
def test_no_violation(
    scheme: str, width: int, height: int, browser: Browser, pages: list[str], axe: str
) -> None:
    with browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="fr-FR",
        viewport={"width": width, "height": height},
    ) as context:
        page = context.new_page()
        found: dict[str, list[str]] = defaultdict(list)
        for name in pages:
            page.goto(name)
            for line in violations(page, axe):
                found[line].append(name)
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
