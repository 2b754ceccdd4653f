"""Take the guides' pictures: the demo site, built for one held day, as a browser shows it.

For developers only: needs Chromium (as the browser tests do) beside Playwright and Pillow. The site
is a copy outside git, in a temporary folder, so that neither the day nor the last commits change a
picture; another Chromium or other fonts may move a line. It writes nothing but `PICTURES`.

    python docs/demo/screenshots.py          # from the top of the checkout
"""

import contextlib
import functools
import io
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/pictures"
DAY = "2026-11-22"
MOST = 60_000  # bytes of one picture

PHONE = (360, 740)
DESKTOP = (1280, 800)
QUARTIER = "quartiers/louis-blanc-aqueduc/"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]

# What somebody types on a Friday evening: a key with a letter too many, and a day that is not.
WRONG = """\
---
tittre: Des bancs pour la rue Bichat
date: 2026-11-31
---

Trois emplacements ont été retenus.
"""
WRONG_AT = "content/actualites/2026-11-20-des-bancs.md"


class Shot(NamedTuple):
    """A picture: its name, the page's address under the site, what must be there first."""

    name: str
    address: str
    size: tuple[int, int] = DESKTOP
    ready: str = "main"
    begins: str = ""  # what stands at the top of the picture; the page's own top otherwise


SHOTS = (
    Shot("accueil", ""),
    Shot("accueil-telephone", "", PHONE),
    Shot("quartier", QUARTIER),
    Shot("evenement", QUARTIER + "agenda/2026-12-08-pleniere/"),
    Shot("dossier", QUARTIER + "dossiers/marches-sous-le-metro/"),
    Shot("debat", QUARTIER + "debats/sous-le-metro-aerien/", begins="#cq_arguments"),
    Shot("tableau-de-bord", QUARTIER + "tableau-de-bord/"),
    Shot("recherche", "recherche/?q=plan+propret%C3%A9", DESKTOP, "main li mark"),
)
FAULT = Shot("apercu-faute", "_apercu/", DESKTOP, "pre")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """The pictures are the output."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, on this machine only."""
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def cq(*words: str) -> list[str]:
    """The command line of this checkout's cq."""
    return [sys.executable, "-u", "-m", "cq", *words, "--today", DAY]


@contextlib.contextmanager
def previewed(site: Path) -> Iterator[str]:
    """The address of `cq serve`; it is stopped at the end."""
    with subprocess.Popen(  # noqa: S603 - our own program
        cq("serve", "--port", "0", "--root", str(site)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            said = running.stdout or ()
            yield next(line.split(" : ", 1)[1].strip() for line in said if "http://" in line)
        finally:
            running.terminate()


def taken(browser: Browser, address: str, shot: Shot) -> bytes:
    """What the browser shows of a page, as a PNG file."""
    width, height = shot.size
    page: Page = browser.new_page(
        viewport={"width": width, "height": height},
        locale="fr-FR", timezone_id="Europe/Paris", color_scheme="light", reduced_motion="reduce",
    )  # fmt: skip
    page.goto(address + shot.address, wait_until="networkidle" if shot != FAULT else "load")
    page.wait_for_selector(shot.ready)
    if shot.begins:
        page.locator(shot.begins).evaluate("heading => heading.scrollIntoView()")
    picture = page.screenshot(animations="disabled", caret="hide")
    page.close()
    return picture


def keep(name: str, picture: bytes) -> None:
    """Write a picture as WebP, no larger than `MOST`."""
    made = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(made, "WEBP", quality=72, method=6)
    if len(made.getvalue()) > MOST:
        sys.exit(f"{name}: {len(made.getvalue())} bytes, {MOST} at most")
    (PICTURES / f"{name}.webp").write_bytes(made.getvalue())
    print(f"docs/pictures/{name}.webp: {len(made.getvalue())} bytes")


def main() -> None:
    """Build, look, keep; then break a file and look at what the preview says."""
    chromium = shutil.which("chromium") or sys.exit("chromium: sudo apt install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        shutil.copytree(ROOT / "content", site / "content")
        subprocess.run(  # noqa: S603 - our own program
            cq("build", "--root", str(site), "--output", str(site / "build/site")),
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with served(site / "build/site") as address:
            for shot in SHOTS:
                keep(shot.name, taken(browser, address, shot))
        (site / WRONG_AT).write_text(WRONG, encoding="utf-8")
        with previewed(site) as address:
            keep(FAULT.name, taken(browser, address, FAULT))
        browser.close()


if __name__ == "__main__":
    main()
