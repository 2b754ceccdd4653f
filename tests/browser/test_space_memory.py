"""What a device and its tabs keep of an open space, and how they forget: no request, no name."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cq.seal.cipher import b64
from tests.browser import sealed_site
from tests.browser.conftest import FLAGS, served
from tests.browser.sealed_site import BUILD, CENTRE, MEETING
from tests.browser.space_steps import TITLE, enter, open_with, refused, said

KEPT = """async (site) => {
    const asked = indexedDB.open(`cq-espace ${site}`);
    const base = await new Promise((yes) => { asked.onsuccess = () => yes(asked.result); });
    const all = (name) => new Promise((yes) => {
        const one = base.transaction(name).objectStore(name).getAll();
        one.onsuccess = () => yes(one.result);
    });
    const found = [await all("clef"), await all("vu")];
    base.close();
    return [found[0].length, found[1], found[0].map(({ key, data, until }) => [
        key.extractable, data.byteLength, until - Date.now(),
    ])];
}"""
EXPIRE = """async (site) => {
    const asked = indexedDB.open(`cq-espace ${site}`);
    const base = await new Promise((yes) => { asked.onsuccess = () => yes(asked.result); });
    const store = base.transaction("clef", "readwrite").objectStore("clef");
    const one = await new Promise((yes) => {
        store.get("clef").onsuccess = (event) => yes(event.target.result);
    });
    await new Promise((yes) => { store.put({ ...one, until: 1 }, "clef").onsuccess = yes; });
    base.close();
}"""
SITE = b64(sealed_site.SITE)
DAY = 86_400_000


def remember(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Se souvenir de cet appareil").check()
    open_with(page)
    expect(page.locator(TITLE)).to_be_visible()


def asks(page: Page) -> None:
    """The door is shown, and asks."""
    expect(page.get_by_label("Phrase de passe")).to_be_visible()
    expect(page.locator("#cq_page")).to_be_hidden()


def test_without_a_wish_nothing_is_remembered(
    context: BrowserContext, page: Page, sealed_at: str
) -> None:
    enter(page, sealed_at)
    number, seen, _ = page.evaluate(KEPT, SITE)
    assert (number, seen) == (0, [[3, BUILD]])  # the one thing: which version was seen
    page.close()
    another = context.new_page()
    another.goto(sealed_at)
    asks(another)


def test_a_device_remembers_for_thirty_days(
    context: BrowserContext, page: Page, sealed_at: str
) -> None:
    remember(page, f"{sealed_at}#/{CENTRE}{MEETING}")
    number, _, [[extractable, size, left]] = page.evaluate(KEPT, SITE)
    assert (number, extractable, size) == (1, False, 48)  # 32 bytes of a root, sealed
    assert 29 * DAY < left <= 30 * DAY
    page.close()
    another = context.new_page()
    another.goto(f"{sealed_at}#/{CENTRE}{MEETING}")
    expect(another.locator(TITLE)).to_have_text("Préparer la plénière")
    another.get_by_role("button", name="Fermer l’espace").click()
    said(another, "cet appareil ne s’en souvient pas")
    assert another.evaluate(KEPT, SITE)[0] == 0
    another.reload()
    asks(another)


def test_after_thirty_days_it_asks_again(
    context: BrowserContext, page: Page, sealed_at: str
) -> None:
    remember(page, sealed_at)
    page.evaluate(EXPIRE, SITE)
    page.close()
    another = context.new_page()
    another.goto(sealed_at)
    asks(another)
    assert another.evaluate(KEPT, SITE)[0] == 0


def test_who_is_put_out_is_out_at_the_next_visit(
    context: BrowserContext, page: Page, sealed_at: str, sealed: Path
) -> None:
    """And after a rotation nobody notices: the root is remembered, not the spaces' keys."""
    remember(page, sealed_at)
    page.close()
    doors = json.loads((sealed / "espace" / "acces.json").read_bytes())
    del doors["slots"][sealed_site.root(sealed_site.PHRASE).tag]
    context.route("**/acces.json", lambda route: route.fulfill(body=json.dumps(doors)))
    another = context.new_page()
    another.goto(sealed_at)
    asks(another)
    said(another, "L’accès gardé sur cet appareil ne vaut plus")
    assert another.evaluate(KEPT, SITE)[0] == 0


def test_a_rotation_asks_nothing_of_who_is_remembered(browser: Browser, tmp_path: Path) -> None:
    site = sealed_site.make(tmp_path)
    with served(site) as where, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        remember(page, f"{where}espace/index.html")
        page.close()
        sealed_site.make(tmp_path, epoch=4, build=BUILD + 60)
        another = context.new_page()
        another.goto(f"{where}espace/index.html")
        expect(another.locator(TITLE)).to_have_text("Quartier Centre")
        assert another.evaluate(KEPT, SITE)[1] == [[4, BUILD + 60]]


@pytest.mark.parametrize(("epoch", "build"), [(3, BUILD - 1), (2, BUILD + 60)])
def test_an_older_build_is_refused_by_who_saw_the_newer(
    browser: Browser, tmp_path: Path, epoch: int, build: int
) -> None:
    site = sealed_site.make(tmp_path)
    with served(site) as where, browser.new_context(locale="fr-FR") as context:
        address = f"{where}espace/index.html"
        page = context.new_page()
        enter(page, address)
        page.close()
        sealed_site.make(tmp_path, epoch=epoch, build=build)
        another = context.new_page()
        enter(another, address)
        refused(another, "plus ancienne que celle que cet appareil a déjà vue")
        assert "Ce que prépare le conseil" not in another.content()
        another.goto(f"{address}#oublier")
        said(another, "Cet appareil a tout oublié")
        open_with(another)
        expect(another.locator(TITLE)).to_have_text("Quartier Centre")


def test_a_new_tab_asks_its_sisters_and_all_close_together(
    context: BrowserContext, page: Page, sealed_at: str
) -> None:
    enter(page, sealed_at)
    another = context.new_page()
    another.goto(f"{sealed_at}#/{CENTRE}/wiki/velos/")
    expect(another.locator(TITLE)).to_have_text("Local à vélos")
    another.get_by_role("button", name="Fermer l’espace").click()
    asks(another)
    asks(page)
    said(page, "fermé dans un autre onglet")
    page.reload()
    asks(page)
    assert "Ce que prépare" not in page.content()


def test_another_site_of_the_same_origin_is_told_nothing(
    context: BrowserContext, page: Page, sealed_at: str
) -> None:
    enter(page, sealed_at)
    doors = sealed_site.doors({CENTRE: 3, "conseillers": 1, "g-budget": 2})
    other = json.loads(doors) | {"site": "AAAAAAAAAAAAAAAAAAAAAA"}
    another = context.new_page()
    another.route("**/acces.json", lambda route: route.fulfill(body=json.dumps(other)))
    another.goto(sealed_at)
    asks(another)


def test_an_invitation_opens_and_leaves_no_trace(page: Page, sealed_at: str) -> None:
    page.goto(sealed_at + sealed_site.invitation())
    expect(page.locator("#cq_invitation")).to_be_visible()
    assert page.url == f"{sealed_at}#/{CENTRE}/"
    expect(page.get_by_label("Phrase de passe")).to_be_hidden()
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    assert page.evaluate("history.length") <= 2
    page.goto(sealed_at + sealed_site.invitation())
    expect(page).to_have_url(f"{sealed_at}#/{CENTRE}/")  # in an open tab as well
    expect(page.locator("#cq_invitation")).to_be_visible()


@pytest.mark.parametrize("token", ["A" * 22, "A" * 21 + "B", "-" * 22])
def test_an_invitation_that_is_over_says_what_to_do(page: Page, sealed_at: str, token: str) -> None:
    page.goto(f"{sealed_at}#i={token}/{CENTRE}/")
    page.get_by_role("button", name="Ouvrir").click()
    said(page, "Cette invitation ne vaut plus")
    open_with(page)
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")


def test_a_browser_that_keeps_nothing_says_so(page: Page, sealed_at: str) -> None:
    page.add_init_script("IDBObjectStore.prototype.put = () => { throw new Error(); };")
    remember(page, sealed_at)
    expect(page.locator("#cq_avis")).to_contain_text("ne peut pas se souvenir")
    page.reload()
    asks(page)


def test_a_browser_without_a_base_opens_all_the_same(page: Page, sealed_at: str) -> None:
    page.add_init_script("Object.defineProperty(globalThis, 'indexedDB', { value: undefined });")
    enter(page, sealed_at)
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")


def test_a_page_published_meanwhile_is_shown_as_it_is_now(browser: Browser, tmp_path: Path) -> None:
    """An open tab knows the manifest of before: the page's S differs, and it is read again."""
    site = sealed_site.make(tmp_path)
    with served(site) as where, browser.new_context(locale="fr-FR") as context:
        page = context.new_page()
        enter(page, f"{where}espace/index.html")
        own = sealed_site.key(CENTRE)
        files = sealed_site.files_of(CENTRE)
        files["/wiki/velos/"] = sealed_site.File(b"<h1>Tout neuf</h1>", title="Tout neuf")
        for one in sealed_site.sealed_space(own, files, BUILD + 60):
            sealed_site.put(site, one)
        page.evaluate("(route) => { location.hash = route; }", f"#/{CENTRE}/wiki/velos/")
        expect(page.locator(TITLE)).to_have_text("Tout neuf")


def test_a_plain_address_explains_itself(
    browser: Browser, sealed_at: str, tool: Callable[[str], str]
) -> None:
    """Not on a name that browsers trust: there is no WebCrypto in it."""
    flags = [*FLAGS, "--host-resolver-rules=MAP mairie.example 127.0.0.1"]
    address = sealed_at.replace("127.0.0.1", "mairie.example") + sealed_site.invitation()
    plain = browser.browser_type.launch(executable_path=tool("chromium"), args=flags)
    page = plain.new_page(locale="fr-FR")
    page.goto(address)
    said(page, "ne s’ouvre qu’à une adresse en https")
    link = page.get_by_role("link", name="ouvrir cette page en https")
    expect(link).to_have_attribute("href", address.replace("http:", "https:"))
    expect(page.locator("#cq_ouvrir")).to_be_hidden()
    plain.close()


def test_an_old_browser_is_told(page: Page, sealed_at: str) -> None:
    page.add_init_script("delete globalThis.DecompressionStream;")
    page.goto(sealed_at)
    said(page, "trop ancien")
    expect(page.locator("#cq_ouvrir")).to_be_hidden()


def test_from_a_folder_it_says_why_it_cannot(page: Page, sealed: Path) -> None:
    page.goto((sealed / "espace" / "index.html").as_uri())
    expect(page.locator("#cq_porte")).to_contain_text(re.compile("ouvrez-le à son adresse|https"))


def test_without_script_it_says_whom_to_ask(browser: Browser, sealed_at: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(sealed_at)
        expect(page.get_by_text("JavaScript, qui est désactivé ici")).to_be_visible()
        contact = page.locator("#cq_porte").get_by_role("link", name="contact@exemple.fr")
        expect(contact.first).to_be_visible()
        expect(page.locator("#cq_ouvrir")).to_be_hidden()


def test_a_site_without_a_way_in_says_so(page: Page, sealed_at: str) -> None:
    page.route("**/acces.json", lambda route: route.fulfill(status=404, body=""))
    page.goto(sealed_at)
    said(page, "Aucun espace n’est ouvert")


def test_a_network_that_fails_is_said_and_tried_again(page: Page, sealed_at: str) -> None:
    enter(page, sealed_at)
    page.route("**/espace/f/**", lambda route: route.abort())
    page.evaluate("(route) => { location.hash = route; }", f"#/{CENTRE}/wiki/velos/")
    refused(page, "n’a pas répondu")
    page.unroute("**/espace/f/**")
    page.go_back()
    expect(page.locator(TITLE)).to_have_text("Quartier Centre")
    page.go_forward()
    expect(page.locator(TITLE)).to_have_text("Local à vélos")
