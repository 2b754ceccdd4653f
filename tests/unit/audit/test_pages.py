"""Marks as a browser reads them, in one pass, however a page is broken."""

import time

import pytest

from cq.audit import folded
from cq.audit.pages import marks
from cq.audit.phones import phones


def fetched(text: str) -> list[str]:
    return [address for mark in marks(text) for address in mark.fetched]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<img alt="x" src="a.png">', ["a.png"]),
        ("<IMG SRC=//x.fr/a.png>", ["//x.fr/a.png"]),
        ("<img alt='a > b' src='https://x.fr/a'>", ["https://x.fr/a"]),
        ('<img alt="it\'s src=no" src="a.png"/>', ["a.png"]),
        ("<img alt=it's src=//x.fr/a>", ["//x.fr/a"]),
        ('<a href="https://x.fr/">', []),
        ('<link rel="canonical" href="https://x.fr/">', []),
        ('<link href="https://x.fr/a.css" rel="alternate StyleSheet">', ["https://x.fr/a.css"]),
        ('<svg><use xlink:href="https://x.fr/a#b"/></svg>', ["https://x.fr/a#b"]),
        ('<button formaction="https://x.fr/">', ["https://x.fr/"]),
        ('<img src="&#104;ttps://x.fr/a">', ["https://x.fr/a"]),
    ],
)
def test_what_a_browser_fetches_by_itself(text: str, wanted: list[str]) -> None:
    assert fetched(text) == wanted


@pytest.mark.parametrize(
    "piece",
    [
        '<a "',
        "<a '",
        "<a ",
        "<a b=\"c' ",
        "<a x=y ",
        "0 ",
        "+33 ",
        "%C3",
        "&#",
        "\\",
        "=\n",
        "<!--",
        "=C3",
    ],
)
def test_a_broken_page_is_read_in_a_moment(piece: str) -> None:
    text = piece * (400_000 // len(piece))
    before = time.process_time()
    list(marks(text))
    list(folded.views(text.encode()))
    list(phones(text))
    assert time.process_time() - before < 4
