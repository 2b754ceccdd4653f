"""The page that verifies a draw: one file for all, known by its fingerprint."""

import base64
import importlib
import json
import re
from pathlib import Path

from cq import headers
from cq.draw import page


def test_only_our_own_page_is_known():
    assert page.known(page.page())
    assert not page.known(page.page() + b" ")


def test_a_letter_fills_in_its_own_line():
    made = page.line_fragment(bytes(range(16)), {"nom": "D’Almeida", "id": "E010"})

    salt, _, text = made.removeprefix("#l=").partition(".")
    assert salt == "000102030405060708090a0b0c0d0e0f"
    assert json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) == {
        "id": "E010", "nom": "D’Almeida",
    }  # fmt: skip


def test_policies_name_the_page_s_own_script_and_style(root: Path, update: bool):  # noqa: FBT001
    """The page's own, and the one that hosts send: a browser holds to both."""
    wanted = page.sources(page.page())
    if update:
        for path in (f"cq/draw/{page.NAME}", "cq/headers.py"):
            written = named((root / path).read_text(encoding="utf-8"), wanted)
            (root / path).write_text(written, encoding="utf-8")
        importlib.reload(headers)
    text = page.page().decode()
    for name, one in zip(("script", "style"), wanted, strict=True):
        assert f"{name}-src '{one}'; " in text
        assert re.search(rf"{name}-src 'self'[^;]* '{re.escape(one)}'", headers.POLICY)
    assert text.count("<script>") == text.count("<style>") == 1


def named(text: str, wanted: tuple[str, str]) -> str:
    """`text` with these two in their places; those of former pages stay."""
    for name, one in zip(("script", "style"), wanted, strict=True):
        place = rf"({name}-src '|_{name.upper()}S = \(\s*\")sha256-[\w+/=]+"
        text = re.sub(place, lambda found, one=one: found[1] + one, text, count=1)
    return text


def test_the_page_makes_no_html_and_calls_nobody():
    """What stands in a draw's files is anyone's: it is shown as text."""
    text = page.page().decode()
    words = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|setAttribute"
    assert not re.search(words, text)
    assert not re.search(r"https?://|\son\w+=|\sstyle=|\ssrc=", text)
