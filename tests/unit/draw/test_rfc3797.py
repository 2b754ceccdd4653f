"""The worked example of RFC 3797 (section 6), done again: what others proved with their seeds.

A helper of the tests and not a way to draw: it shows that this machine's hashes, byte order and
big numbers give the published answer, and why the protocol took its idea (sources named beforehand,
a seed in one spelling) and not its letters (MD5, numbers drawn by a modulo, no list inside).
"""

import hashlib

SOURCES = "9319./2.5.8.10.12./9.18.26.34.41.45./"
POOL = 25
CHOSEN = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def selected(key: str, pool: int, many: int) -> list[int]:
    """Who is selected, from 1: each time the rest of an MD5 by how many are left."""
    left = list(range(1, pool + 1))
    found = []
    for number in range(many):
        place = number.to_bytes(2, "big")
        value = int.from_bytes(hashlib.md5(place + key.encode() + place).digest(), "big")  # noqa: S324
        found.append(left.pop(value % len(left)))
    return found


def test_its_first_digest_is_the_one_that_was_published() -> None:
    made = hashlib.md5(bytes(2) + SOURCES.encode() + bytes(2)).hexdigest()  # noqa: S324

    assert made == "990dd0a5692a029a98b5e01aa28f3459"


def test_the_worked_example_comes_out() -> None:
    assert selected(SOURCES, POOL, len(CHOSEN)) == CHOSEN
