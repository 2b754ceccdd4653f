"""`cq serve`, for real: a page, an edit, the sign that it changed, a fault, and Ctrl-C."""

import http.client
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

StartCq = Callable[..., subprocess.Popen[str]]


def port_of(serving: subprocess.Popen[str]) -> int:
    assert serving.stdout is not None
    for line in serving.stdout:
        if found := re.search(r"http://127\.0\.0\.1:([0-9]+)/", line):
            return int(found[1])
    raise AssertionError(serving.communicate(timeout=30)[1])


def get(port: int, path: str) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path)
    answer = line.getresponse().read().decode()
    line.close()
    return answer


def next_number(channel: http.client.HTTPResponse) -> int:
    for line in iter(channel.readline, b""):
        if line.startswith(b"data: "):
            return int(line[6:])
    raise AssertionError("the channel ended")


def test_an_edit_is_seen_and_a_fault_said(site: Callable[[str], Path], start_cq: StartCq) -> None:
    root = site("minimal")
    page = root / "content" / "wiki" / "essai.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("# Essai\n\nAvant.\n", "utf-8")
    serving = start_cq("serve", "--root", root, "--port", "0")
    port = port_of(serving)
    assert "Avant." in get(port, "/wiki/essai/")
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/_apercu/suite")
    channel = line.getresponse()
    assert next_number(channel) == 1
    page.write_text("# Essai\n\nAprès.\n", "utf-8")
    assert next_number(channel) == 2
    assert "Après." in get(port, "/wiki/essai/")
    page.write_text("---\nmaj: 2026-02-31\n---\n# Essai\n\nFaux.\n", "utf-8")
    assert next_number(channel) == 3
    kept = get(port, "/wiki/essai/")
    assert "Après." in kept
    assert "Voir ce qui ne va pas" in kept
    assert "content/wiki/essai.md:2:6: erreur[impossible-date]" in get(port, "/_apercu/")
    other = start_cq("serve", "--root", root, "--port", str(port))
    _, refused = other.communicate(timeout=60)
    assert other.returncode == 3
    assert f"le port {port} est déjà pris" in refused
    serving.send_signal(signal.SIGINT)
    _, said = serving.communicate(timeout=30)
    assert (serving.returncode, said) == (0, "\naperçu arrêté\n")
    assert not (root / "build").exists()
