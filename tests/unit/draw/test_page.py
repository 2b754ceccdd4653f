"""The page that verifies a draw: one file for all, known by its fingerprint."""

import base64
import json

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
