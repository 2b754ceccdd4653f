"""How long a reader waits, in a headless Chromium: from the phrase to the page, and for a file.

Serves a built site on this machine alone (a browser has ciphers only on a secure origin, and
localhost is one). Each opening is a new browser: nothing is remembered from the one before.
"""

import contextlib
import functools
import http.server
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from measure import CallError
from playwright.sync_api import Error, Page, sync_playwright

LONGEST = 120.0  # seconds that anything may take
_LOOK = 0.005


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that has what it wants hangs up."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` on this machine."""
    answer = functools.partial(_Quiet, directory=str(folder))
    server = _Server(("127.0.0.1", 0), answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def browser_page() -> Iterator[Page]:
    """A page of a browser that remembers nothing."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise CallError("Chromium manque : sudo apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        try:
            yield browser.new_page()
        finally:
            browser.close()


def opening(folder: Path, address: str, phrase: str, words: str) -> float:
    """Seconds from Return in the phrase's field until `words` stand on the page."""
    with served(folder) as base, browser_page() as page:
        return _opened(page, base + address, phrase, words)


def _opened(page: Page, address: str, phrase: str, words: str) -> float:
    page.goto(address, wait_until="load")
    field = page.locator("input[type=password]:visible").first
    field.wait_for(timeout=1000 * LONGEST)
    field.fill(phrase)
    start = time.perf_counter()
    field.press("Enter")
    _shown(page, words)
    return time.perf_counter() - start


def _shown(page: Page, words: str) -> None:
    """Wait for `words`, in whichever frame the tool shows its page."""
    end = time.perf_counter() + LONGEST
    while time.perf_counter() < end:
        for frame in page.frames:
            # The document may be another one by now.
            with contextlib.suppress(Error):
                if words in frame.evaluate("document.body ? document.body.innerText : ''"):
                    return
        time.sleep(_LOOK)
    raise CallError(f"« {words} » n'est pas apparu en {LONGEST:.0f} s")


def fetched(folder: Path, address: str, phrase: str, words: str, name: str) -> tuple[float, int]:
    """Seconds from a click on the sealed file `name` of cq until it is there in clear; its bytes,
    as the browser then saves them.
    """
    with served(folder) as base, browser_page() as page:
        _opened(page, base + address, phrase, words)
        start = time.perf_counter()
        page.get_by_role("link", name=name).first.click()
        ready = page.locator("a[download]")
        ready.wait_for(timeout=1000 * LONGEST)
        waited = time.perf_counter() - start
        with page.expect_download(timeout=1000 * LONGEST) as coming:
            ready.click()
        return waited, Path(coming.value.path()).stat().st_size
