"""`--fix`: mended once is mended, and what a page says stays what it says."""

import json
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from cq import digest
from cq.content.parse import parse
from cq.content.parsed import Parsed
from cq.content.scan import Source
from cq.diagnostic import Severity
from cq.repair import _doubt, mended

PATH = PurePosixPath("content/agenda/2026-03-10-reunion.md")

KEYS = st.sampled_from(
    ["titre", "Titre", "titre ", "résumé", "date", "debut", "heure", "lieu", "mots-clés", "fin"]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "Canal : que faire ?", "10 mars 2026", "2026-1-5", "19h30", "[canal, vélo]", "l'eau",
            "**gras**", "'canal", '"canal', "Éte\u0301", "a\u200bb", "@mairie", "- canal", "oui",
            "mardi 10 mars 2026", "Rue #12", "", "\tVoir", "5/1/2026", "a: b: c",
        ]
    ),
    st.text(max_size=20),
)  # fmt: skip
COLONS = st.sampled_from([": ", ":", " : ", ":\xa0", "\xa0: ", ":\t"])
HEADERS = st.lists(st.tuples(KEYS, COLONS, VALUES), max_size=5).map(
    lambda rows: "".join(f"{key}{colon}{value}\n" for key, colon, value in rows)
)
LINES = st.one_of(
    st.sampled_from(
        ["# Titre", "- un\n  - deux", "Voir [[canal]]", "`a\u200bb`", "l\u2028a", "e\u0301te\u0301",
         "\u202ebidi", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "\ttab", "a\u00adb", "![](x.png)"]
    ),
    st.text(max_size=30),
)  # fmt: skip
BODIES = st.lists(LINES, max_size=5).map("\n".join)
OPENINGS = st.sampled_from(["---\n", " ---\n", "———\n", "\n---\n", ""])
CLOSINGS = st.sampled_from(["---\n", " ---\n", "", "...\n"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
PAGES = st.builds(
    lambda opening, header, closing, body, end, mark: (
        mark + (opening + header + closing + body).replace("\n", end)
    ).encode("utf-8", "replace"),
    OPENINGS, HEADERS, CLOSINGS, BODIES, ENDS, st.sampled_from(["", "\ufeff"]),
)  # fmt: skip
FRENCH = st.text(alphabet="aéèç œ’«»–\n-:[]t", max_size=80).map(
    lambda text: text.encode("cp1252", "replace")
)


def read(data: bytes) -> Parsed:
    return parse(Source(PATH, data, digest.of_bytes(data)))


@given(st.one_of(PAGES, FRENCH, st.binary(max_size=200)))
def test_mended_twice_is_mended_once(data: bytes) -> None:
    once = mended(data, PATH)
    assert mended(once, PATH) == once


@given(PAGES)
def test_what_is_written_says_what_was_read(data: bytes) -> None:
    new = mended(data, PATH)
    if new == data or _doubt(data, new, PATH):
        return
    before, after = read(data), read(new)
    if before.item is None:
        return
    assert json.loads(before.fields) == json.loads(after.fields)
    assert before.body.text == after.body.text
    assert after.item is not None


@given(PAGES)
def test_nothing_safe_is_left_to_mend(data: bytes) -> None:
    new = mended(data, PATH)
    if new == data:
        return
    assert not [one for one in read(new).found if one.fixes]


@given(PAGES)
def test_line_ends_and_mark_stay(data: bytes) -> None:
    new = mended(data, PATH)
    ends = {end for end in ("\r\n", "\n", "\r") if end in _without(data.decode("utf-8"), end)}
    assert new.startswith("\ufeff".encode()) == data.startswith("\ufeff".encode())
    if ends == {"\r\n"}:
        assert b"\n" not in new.replace(b"\r\n", b"")


def _without(text: str, end: str) -> str:
    return text if end == "\r\n" else text.replace("\r\n", "")


def test_errors_do_not_multiply() -> None:
    data = b"---\ntitre : Canal : que faire ?\ndate: 10 mars 2026\nlieu: Mairie\n---\nVenez.\n"
    new = mended(data, PATH)
    assert new != data
    assert not [one for one in read(new).found if one.severity is Severity.ERROR]
