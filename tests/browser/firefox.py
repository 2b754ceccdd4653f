"""A headless Firefox, driven by Marionette: the protocol that Mozilla's own drivers speak to it.

Playwright drives a Firefox of its own making only; what readers have is Debian's, and it needs no
more than a socket and JSON.
"""

import contextlib
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds: a first start makes a profile
_PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.useDownloadDir", true);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.normandy.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


class Firefox:
    """One window. What the browser refuses raises `RuntimeError` with its words."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._heard = b""
        self._number = 0
        self._message()  # it says who it is
        self._ask("WebDriver:NewSession", capabilities={})

    def _message(self) -> Any:
        """`<length>:<JSON>`"""
        while b":" not in self._heard:
            self._heard += self._received()
        length, _, self._heard = self._heard.partition(b":")
        while len(self._heard) < int(length):
            self._heard += self._received()
        text, self._heard = self._heard[: int(length)], self._heard[int(length) :]
        return json.loads(text)

    def _received(self) -> bytes:
        data = self._socket.recv(1 << 16)
        if not data:
            raise RuntimeError("Firefox has left")
        return data

    def _ask(self, name: str, **values: Any) -> Any:
        self._number += 1
        data = json.dumps([0, self._number, name, values]).encode()
        self._socket.sendall(b"%d:%s" % (len(data), data))
        _, _, fault, answer = self._message()
        if fault:
            raise RuntimeError(f"{fault['error']}: {fault['message']}")
        return answer.get("value", answer) if isinstance(answer, dict) else answer

    def goto(self, address: str) -> None:
        self._ask("WebDriver:Navigate", url=address)

    def reload(self) -> None:
        self._ask("WebDriver:Refresh")

    def back(self) -> None:
        self._ask("WebDriver:Back")

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function with this body returns; a promise is waited for."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=arguments)

    def until(self, true: str, *arguments: Any) -> Any:
        """Wait for an expression to be true; what it is then."""
        end = time.monotonic() + 20
        while not (found := self.run(f"return {true}", *arguments)):
            assert time.monotonic() < end, true
            time.sleep(0.02)
        return found

    def type(self, selector: str, text: str) -> None:
        """As from a keyboard; "\\ue007" is Enter."""
        self._ask("WebDriver:ElementSendKeys", id=self._element(selector), text=text)

    def click(self, selector: str) -> None:
        self._ask("WebDriver:ElementClick", id=self._element(selector))

    def _element(self, selector: str) -> str:
        found = self._ask("WebDriver:FindElement", using="css selector", value=selector)
        return str(next(iter(found.values())))

    def new_window(self) -> None:
        """Another tab, in front."""
        handle = self._ask("WebDriver:NewWindow", type="tab")["handle"]
        self._ask("WebDriver:SwitchToWindow", handle=handle, focus=True)

    def quit(self) -> None:
        with contextlib.suppress(RuntimeError, OSError):
            self._ask("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()


@contextlib.contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Firefox with a new profile, ended with the block."""
    (profile / "user.js").write_text(_PREFERENCES, encoding="utf-8")
    own = {"HOME": str(profile), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=own,
    ) as process:
        try:
            driven = Firefox(_port(profile / "MarionetteActivePort"))
            try:
                yield driven
            finally:
                driven.quit()
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _port(file: Path) -> int:
    """Where it listens: it writes that down once it does."""
    end = time.monotonic() + PATIENCE
    while True:
        text = file.read_text("ascii").strip() if file.exists() else ""
        if text:
            return int(text)
        assert time.monotonic() < end, "Firefox does not listen"
        time.sleep(0.2)
