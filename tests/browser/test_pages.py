"""Every template at work: under a strict policy, without JavaScript, anywhere, at any width."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from cq.draw import page as verifier

OVERFLOW = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .slice(0, 5).map((one) => one.outerHTML.slice(0, 120));
}"""
LENGTHEN = """() => {
    const words = "Anticonstitutionnellement, https://exemple.org/une/adresse/sans/espace/du/tout/et/"
        + "longue/a/souhait/vraiment/tres/longue/ ";
    for (const one of document.querySelectorAll("h1, h2, h3, p, dd, li a, td"))
        if (!one.children.length) one.textContent = words.repeat(3);
}"""
FOCUSED = """() => {
    const one = document.activeElement;
    const drawn = getComputedStyle(one);
    return [one.tagName, drawn.outlineStyle, drawn.outlineWidth, drawn.boxShadow];
}"""
CARRIED = re.compile(
    r'<meta http-equiv="?Content-Security-Policy"? content="([^"]+)"', re.IGNORECASE
)

# What a strict policy refuses; JSON-LD is data, which no browser runs.
INLINE = re.compile(
    r"""<script(?! type="application/ld\+json">)(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=["']"""
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(locale="fr-FR") as context:
        yield context.new_page()


def watched(page: Page) -> list[str]:
    """What the browser complains of, and every request that fails or leaves the page's origin."""
    seen: list[str] = []

    def failed(request: Request) -> None:
        # Leaving a page before its icon has come is no fault.
        if request.failure != "net::ERR_ABORTED":
            seen.append(f"{request.failure}: {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            seen.append(f"{response.status}: {response.url}")

    page.on("console", lambda one: seen.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: seen.append(str(one)))
    page.on("requestfailed", failed)
    page.on("response", answered)
    return seen


def test_no_complaint_and_no_request_leaves(page: Page, shown_at: str, pages: list[str]) -> None:
    seen = watched(page)
    requests: list[str] = []
    page.on("request", lambda one: requests.append(one.url))
    for name in pages:
        page.goto(name)
    page.wait_for_timeout(500)  # for what a script would ask for after a while
    assert len(requests) > len(pages)
    assert [url for url in requests if not url.startswith(shown_at)] == []
    assert seen == []


def test_every_page_carries_a_strict_policy(shown: Path) -> None:
    for path in shown.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        carried = CARRIED.search(text)
        assert carried, path
        policy = carried[1].replace("&#39;", "'")
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        if path.parent.name == "verifier" and verifier.known(path.read_bytes()):
            continue  # one file, ours to the byte, whose policy names its script and its style
        assert not INLINE.search(text), path


def test_it_works_without_javascript(browser: Browser, pages: list[str]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for name in pages:
            page.goto(name)
            assert page.locator("main h1").first.is_visible(), name
            # What a script would have to open must be open already; a form that only a script
            # can answer is shown by that script.
            assert page.locator("body [hidden]:not(form, form *)").count() == 0, name
            assert page.locator("form:visible").count() == 0, name


def test_no_sideways_scroll_on_a_narrow_phone(browser: Browser, pages: list[str]) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        found = {}
        for name in pages:
            page.goto(name)
            if wide := page.evaluate(OVERFLOW):
                found[name] = wide
    assert found == {}


def test_long_words_do_not_widen_a_page(browser: Browser, pages: list[str]) -> None:
    with browser.new_context(viewport={"width": 640, "height": 400}) as context:  # 1280 at 200 %
        page = context.new_page()
        found = {}
        for name in pages:
            page.goto(name)
            page.evaluate(LENGTHEN)
            if wide := page.evaluate(OVERFLOW):
                found[name] = wide
    assert found == {}


def test_the_first_tab_reaches_the_skip_link(page: Page, pages: list[str]) -> None:
    for name in pages:
        page.goto(name)
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href')")
        assert href, name
        assert href.startswith("#"), name
        assert page.locator("main").locator(f"xpath=self::*[@id='{href[1:]}']").count() == 1, name
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == href


def test_focus_is_seen(page: Page, address: str) -> None:
    page.goto(address + "index.html")
    for _ in range(4):
        page.keyboard.press("Tab")
        element, style, width, shadow = page.evaluate(FOCUSED)
        assert element != "BODY"
        assert (style != "none" and width != "0px") or shadow != "none", element


def test_paper_has_no_way_to_other_pages_in_its_header(page: Page, pages: list[str]) -> None:
    page.emulate_media(media="print")
    for address in pages:
        page.goto(address)
        shown = page.locator("header.entete a").evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.className)"
        )
        assert shown in (["plaque"], []), address


def test_it_can_be_read_from_a_disk(page: Page, built: Path) -> None:
    seen = watched(page)
    page.goto((built / "index.html").as_uri())
    links = page.locator("nav a[href]").evaluate_all("all => all.map((one) => one.href)")
    assert links
    for link in dict.fromkeys(links):
        page.goto(link)
        assert page.locator("body[data-gabarit]").count() == 1, f"{link} is no page"
        assert page.evaluate("document.styleSheets.length") > 0, link
    assert seen == []


def test_a_former_address_leads_to_the_page(page: Page, address: str, built: Path) -> None:
    former = [
        path.relative_to(built).as_posix()
        for path in sorted(built.rglob("index.html"))
        if 'http-equiv="refresh"' in path.read_text(encoding="utf-8")
    ]
    assert former
    for name in former:
        page.goto(address + name)
        page.wait_for_url(lambda url, left=address + name: url != left)
        assert page.locator("main h1").first.is_visible(), name


@pytest.mark.parametrize("lost", ["perdu", "une/adresse/bien/perdue/", "a.html"])
def test_an_unknown_address_has_its_page(lost: str, at_home: BrowserContext, base: str) -> None:
    page = at_home.new_page()
    answers: dict[str, int] = {}
    page.on("response", lambda one: answers.update({one.url: one.status}))
    page.goto(base + lost)
    assert page.locator("body[data-gabarit=not_found]").count() == 1
    assert answers.pop(base + lost) == 404
    assert f"{base}theme/style.css" in answers
    assert set(answers.values()) == {200}
    links = page.locator("main a[href], nav a[href]").evaluate_all("all => all.map((a) => a.href)")
    assert len(links) > 10
    for link in dict.fromkeys(links):
        page.goto(link)
        assert answers[link] == 200, link
