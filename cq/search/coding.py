"""Numbers as the index writes them: postings, impacts, rarity. Whole numbers, never floats.

`recherche.js` reads the same (docs/formats/search-v1.md).
"""

import functools
from collections.abc import Iterable, Iterator

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_BASE = 32
_STRONGEST = 15
TITLE = 16  # added to the impact of a word that the title has


def gap(distance: int) -> str:
    """The way from one page to the next, at least 1: base 32, the least digit first."""
    digits = []
    while distance >= _BASE:
        digits.append(DIGITS[distance % _BASE + _BASE])
        distance //= _BASE
    return "".join((*digits, DIGITS[distance]))


def encoded(postings: Iterable[tuple[int, int]]) -> str:
    """(page, impact) pairs, in the order of pages."""
    parts, last = [], -1
    for page, impact in postings:
        parts.append(gap(page - last) + DIGITS[impact])
        last = page
    return "".join(parts)


def decoded(text: str) -> Iterator[tuple[int, int]]:
    """What `encoded` wrote. Raises KeyError or StopIteration's kin for what it did not write."""
    page, distance, scale = -1, 0, 1
    digits = iter(text)
    for digit in digits:
        value = VALUES[digit]
        if value >= _BASE:
            distance += (value - _BASE) * scale
            scale *= _BASE
            continue
        page += distance + value * scale
        distance, scale = 0, 1
        yield page, VALUES[next(digits, "")]


def impact(weight: int, length: int) -> int:
    """1…15: how much a page of `length` words is about a word of this weight.

    BM25 with k1 = 1.2, b = 0.75 and a fixed mean length of 300 words, so that one page never
    changes what stands of another; its highest value is 15. Robertson and Zaragoza, 2009.
    """
    number, divisor = 1000 * _STRONGEST * weight, 1000 * weight + 300 + 3 * length
    return max(1, (2 * number + divisor) // (2 * divisor))


@functools.lru_cache(maxsize=1 << 12)
def impacts(length: int) -> tuple[dict[str, str], dict[str, str]]:
    """From the digit of a weight to the digit of its impact; the second for words of a title."""
    values = [impact(weight, length) for weight in range(len(DIGITS))]
    return (
        dict(zip(DIGITS, (DIGITS[value] for value in values), strict=True)),
        dict(zip(DIGITS, (DIGITS[value + TITLE] for value in values), strict=True)),
    )


def rarity(pages: int, found: int) -> int:
    """How much a stem of `found` of `pages` pages tells: four times a logarithm, at least 1."""
    ratio = (pages + 1) * 16 // found
    bits = ratio.bit_length()
    return max(1, 4 * (bits - 5) + ((ratio >> (bits - 3)) & 3))
