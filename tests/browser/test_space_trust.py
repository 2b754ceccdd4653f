"""What the page of the spaces refuses: bytes that were changed, moved or grown old, and pages that
would call out.
"""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from cq.seal.file import seal
from cq.seal.keys import MOST_ITERATIONS
from tests.browser import sealed_site
from tests.browser.conftest import served
from tests.browser.listener import Listener
from tests.browser.sealed_site import CENTRE, MEETING, TRAP
from tests.browser.space_steps import TITLE, enter, open_with, refused, said

NOTES = "/documents/notes.pdf"
STEP = 65_536 + 16
HEAD = 73


# The eight ways to lie of who holds the files


def lying(path: str) -> dict[str, bytes]:
    """What the host may give in the place of one file."""
    own = sealed_site.key(CENTRE)
    one = sealed_site.files_of(CENTRE)[path]
    identifier = own.file_id(path)

    def whole(key: Any = own, name: str = identifier, body: bytes = one.body) -> bytes:
        return seal(key, name, body, media=one.media, name=path.rpartition("/")[2]).data

    data = whole()
    pieces = [data[at : at + STEP] for at in range(HEAD, len(data), STEP)]
    return {
        "swap": whole(name=own.file_id("/documents/page.html")),
        "epoch": whole(sealed_site.key(CENTRE, 2)),
        "space": whole(sealed_site.key("conseillers", 3)),
        "truncate": data[: HEAD + STEP * (len(pieces) - 1)],
        "reorder": data[:HEAD] + b"".join([*pieces[:1:-1], *pieces[:2]]),
        "flip": data[:-20] + bytes([data[-20] ^ 4]) + data[-19:],
        "header": data[:9] + b"7" + data[10:],
        "older": whole(body=b"%PDF-1.4 une version plus ancienne" * 9000),
    }


@pytest.mark.parametrize("how", list(lying(NOTES)))
def test_a_lie_of_the_host_is_refused(
    context: BrowserContext, page: Page, sealed_at: str, how: str
) -> None:
    name = sealed_site.key(CENTRE).file_id(NOTES)
    data = lying(NOTES)[how]
    context.route(f"**/{name}", lambda route: route.fulfill(body=data))
    enter(page, f"{sealed_at}#/{CENTRE}{NOTES}")
    refused(page, "abîmé ou incomplet|autre version|ne connaît pas")
    assert page.locator("#cq_page a[download]").count() == 0
    context.unroute(f"**/{name}")
    page.reload()
    enter(page, f"{sealed_at}#/{CENTRE}{NOTES}")
    expect(page.get_by_role("link", name="Télécharger")).to_be_visible()


def test_a_manifest_of_another_space_is_refused(
    context: BrowserContext, page: Page, sealed_at: str, sealed: Path
) -> None:
    other = sealed_site.place_of(sealed, sealed_site.key("conseillers", 1).manifest_id)
    name = sealed_site.key(CENTRE).manifest_id
    context.route(f"**/{name}", lambda route: route.fulfill(path=other))
    enter(page, sealed_at)
    refused(page, "abîmé ou incomplet")


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b'{"b":1,"titre":"x"}',
        b'{"b":1,"titre":"x","pages":[],"files":{"/a":["../../../x","y",1,"z"]}}',
        b'{"b":1,"titre":"x","pages":[{"p":"/","i":1}],"files":{}}',
    ],
)
def test_a_manifest_that_is_none_is_refused(
    context: BrowserContext, page: Page, sealed_at: str, told: bytes
) -> None:
    own = sealed_site.key(CENTRE)
    data = seal(own, own.manifest_id, told, media="application/json").data
    context.route(f"**/{own.manifest_id}", lambda route: route.fulfill(body=data))
    enter(page, sealed_at)
    refused(page, "abîmé ou incomplet")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("v", 2, "ne connaît pas la version"),
        ("alg", "argon2id", "ne connaît pas la version"),
        ("iter", 599_999, "mal protégés"),
        ("iter", MOST_ITERATIONS + 1, "mal protégés"),
        ("f", "autre", "fichier des accès de ce site est abîmé"),
        ("site", "court", "fichier des accès de ce site est abîmé"),
        ("slots", None, "fichier des accès de ce site est abîmé"),
    ],
)
def test_slots_that_cannot_be_used_are_said(
    page: Page, tmp_path: Path, sealed: Path, sealed_at: str, name: str, value: Any, words: str
) -> None:
    sealed_site.copy_doors(sealed, tmp_path)
    sealed_site.damaged_doors(tmp_path, **{name: value})
    page.route("**/acces.json", lambda route: route.fulfill(path=tmp_path / "espace/acces.json"))
    page.goto(sealed_at)
    said(page, words)
    expect(page.locator("#cq_ouvrir")).to_be_hidden()


def test_a_slot_that_was_changed_is_said(page: Page, sealed: Path, sealed_at: str) -> None:
    doors = json.loads((sealed / "espace" / "acces.json").read_bytes())
    tag = sealed_site.root(sealed_site.PHRASE).tag
    doors["slots"][tag] = doors["slots"][tag][:100] + "AAAA" + doors["slots"][tag][104:]
    page.route("**/acces.json", lambda route: route.fulfill(body=json.dumps(doors)))
    page.goto(sealed_at)
    open_with(page)
    said(page, "Votre accès est abîmé")


# What a sealed page may not do


def test_a_forged_page_reaches_nobody(browser: Browser, tmp_path: Path, ear: Listener) -> None:
    """Neither through the policy nor by it alone: what is left in the page calls nobody."""
    site = sealed_site.make(tmp_path, port=ear.port)
    with served(site) as where, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, f"{where}espace/index.html#/{CENTRE}{TRAP}")
        expect(page.locator(TITLE)).to_have_text("Piège")
        for one in page.locator("#cq_page a, #cq_page summary, #cq_page p").all():
            one.click(force=True, timeout=2000) if one.is_visible() else None
            if TRAP not in page.evaluate("location.hash"):  # at once; the page follows
                page.go_back()
                expect(page.locator(TITLE)).to_have_text("Piège")
        page.wait_for_timeout(500)
        left = page.inner_html("#cq_page")
        assert page.evaluate("globalThis.pwned") is None
    assert (ear.knocks, ear.asked) == (0, [])
    for word in (
        str(ear.port), "javascript:", "<script", "<iframe", "<style", "style=", "<form", "onerror",
        "<object", "<embed", "<link", "<meta", "<base", "srcset", "data:",
    ):  # fmt: skip
        assert word not in left, word


def test_the_listener_hears(browser: Browser, ear: Listener) -> None:
    page = browser.new_page()
    page.set_content(sealed_site.fragment("piege", ear.port).decode())
    page.wait_for_timeout(500)
    page.close()
    assert len(set(ear.asked)) > 5


def test_a_picture_of_a_drawing_runs_nothing(
    browser: Browser, tmp_path: Path, ear: Listener
) -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>parent.pwned = 1"
        f"</script><image href='{ear.out}/a' width='9' height='9'/></svg>"
    )
    site = sealed_site.make(tmp_path)
    own, files = sealed_site.key(CENTRE), sealed_site.files_of(CENTRE)
    files["/documents/plan.png"] = sealed_site.File(drawing.encode(), "image/svg+xml")
    for one in sealed_site.sealed_space(own, files, sealed_site.BUILD):
        sealed_site.put(site, one)
    with served(site) as where, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, f"{where}espace/index.html#/{CENTRE}{MEETING}")
        expect(page.get_by_alt_text("Plan")).to_have_js_property("naturalWidth", 9)
        page.wait_for_timeout(300)
        assert page.evaluate("globalThis.pwned") is None
    assert (ear.knocks, ear.asked) == (0, [])


def test_a_script_that_was_changed_does_not_run(page: Page, sealed_at: str) -> None:
    """It protects from a network of copies, not from the host: the page names the digest itself."""

    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\nglobalThis.pwned = 1;")

    page.route("**/theme/espace.js", other)
    page.goto(sealed_at)
    page.wait_for_timeout(500)
    assert page.evaluate("globalThis.pwned") is None
    expect(page.locator("#cq_attente")).to_be_visible()


def test_the_search_s_scripts_are_held_to_their_digests(page: Page, sealed_at: str) -> None:
    def other(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + "\nglobalThis.pwned = 1;")

    page.route("**/theme/recherche.js", other)
    enter(page, f"{sealed_at}#/{CENTRE}/recherche/?q=local")
    refused(page, "n’a pas répondu")
    assert page.evaluate("globalThis.pwned") is None


def test_the_page_is_light_makes_no_html_and_names_no_space(sealed: Path) -> None:
    script = (sealed / "theme" / "espace.js").read_bytes()
    assert len(gzip.compress(script)) <= 10 * 1024
    text = script.decode()
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "Function(", "localStorage",
                 "cookie", "document.write", "http://", "https://"):  # fmt: skip
        assert word not in text, word
    assert text.count("parseFromString") == text.count("createPolicy") == 1
    shown = (sealed / "espace" / "index.html").read_text("utf-8")
    assert not re.search("centre|budget|q-|g-", shown.partition("<main")[2].partition("</main")[0])
