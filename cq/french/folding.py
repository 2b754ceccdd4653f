"""Comparing French words as people do: without accents, capitals or ligatures.

Folding, slugs, sorting keys and « vouliez-vous dire ». Nothing here is shown as it is, except
slugs; nothing here knows what the words stand for.
"""

import re
import unicodedata
from collections.abc import Iterable

# What NFKD leaves whole, though a French reader takes it for plain letters. The masculine ordinal
# stands in « nº » where the degree sign is meant.
_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ẞ": "SS",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "ı": "i",
        "º": "°",
    }
)
_APOSTROPHES = "’‘ʼ＇"  # typographic, opening, modifier letter, full width
# Letters that show nothing: the Hangul fillers, to which NFKD brings the other two of their kind.
_FILLERS = "\u115f\u1160"


class _Dropped(dict[int, int | None]):
    """A table for `str.translate` that is filled as characters are met.

    Marks (accents, cedillas, variation selectors) and format characters (soft hyphen, zero width,
    direction) go; apostrophes become one.
    """

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        to: int | None = code
        if character in _APOSTROPHES:
            to = ord("'")
        elif character in _FILLERS or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
            to = None
        self[code] = to
        return to


_DROPPED = _Dropped()
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"(?:l'\s*|(?:le|la|les)\s+)(?=\w)")


def fold(text: str) -> str:
    """`text` for comparison: « Élysée’s Œuvre » is « elysee's oeuvre ». Idempotent."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).translate(_DROPPED)
    # A capital may hide behind a compatibility form, and folding may bring out a new mark.
    lowered = plain.casefold().translate(_LIGATURES)
    return unicodedata.normalize("NFKD", lowered).translate(_DROPPED)


def slug(text: str) -> str:
    """A name for addresses and files: ASCII letters, digits and single hyphens.

    Empty when `text` holds no Latin letter and no digit; the caller knows what to say then.
    """
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def sort_key(text: str, *, articles: bool = True) -> tuple[str, str, str]:
    """A key for French order: letters first, then accents, then capitals.

    Spaces, hyphens and apostrophes only part words. With `articles=False` a leading « Le », « La »,
    « Les » or « L’ » does not count, as in an index.
    """
    letters = fold(text)
    if not articles:
        letters = _ARTICLE.sub("", letters, count=1) if _ARTICLE.match(letters) else letters
    words = _NOT_WORD.sub(" ", letters).strip()
    return words, unicodedata.normalize("NFD", text).casefold(), text


def nearest(word: str, candidates: Iterable[str], most: int = 1) -> list[str]:
    """At most `most` candidates that `word` was probably meant to be, the likeliest first.

    One or two slips (a letter missing, added, changed, or two exchanged) in a short word, up to
    four in a long one; else a candidate that consists of the same words and more, if few do.
    Empty rather than far-fetched.
    """
    wanted = fold(word).strip()
    if not wanted or most < 1:
        return []
    limit = _slips(len(wanted))
    letters = set(wanted)
    found: list[tuple[int, str]] = []
    contained: list[str] = []
    parts = set(_NOT_WORD.split(wanted)) if len(wanted) > 3 else set()
    for candidate in dict.fromkeys(candidates):
        folded = fold(candidate).strip()
        # Two cheap looks spare the distance for nearly all of ten thousand names.
        if (
            abs(len(folded) - len(wanted)) <= limit
            and len(letters.symmetric_difference(folded)) <= 2 * limit
        ):
            slips = _distance(wanted, folded, limit)
            if slips <= limit:
                found.append((slips, candidate))
                continue
        if parts and len(contained) <= most and parts.issubset(_NOT_WORD.split(folded)):
            contained.append(candidate)
    if found:
        found.sort()
        return [candidate for slips, candidate in found if slips <= found[0][0] + 1][:most]
    return contained if len(contained) <= most else []


def _slips(length: int) -> int:
    """How many slips a word of this length forgives."""
    if length <= 2:
        return 0
    return min(1 + (length - 2) // 4, 4)


def _distance(left: str, right: str, limit: int) -> int:
    """Slips between two words (optimal string alignment), or `limit + 1` when there are more.

    H. Hyyrö's bit-vector algorithm (2003): one column of the table is two whole numbers, so a
    row costs a few operations however long the words are.
    """
    start = 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[start : len(left) - end], right[start : len(right) - end]
    if not left or not right:
        return min(len(left) + len(right), limit + 1)
    where: dict[str, int] = {}
    for place, letter in enumerate(left):
        where[letter] = where.get(letter, 0) | (1 << place)
    mask = (1 << len(left)) - 1
    last = 1 << (len(left) - 1)
    plus, minus, diagonal, before, slips = mask, 0, 0, 0, len(left)
    for done, letter in enumerate(right, 1):
        match = where.get(letter, 0)
        exchanged = (((~diagonal & match) << 1) & before) & mask
        diagonal = ((((match & plus) + plus) ^ plus) | match | minus | exchanged) & mask
        up = minus | (~(diagonal | plus) & mask)
        down = diagonal & plus
        if up & last:
            slips += 1
        elif down & last:
            slips -= 1
        up = ((up << 1) | 1) & mask
        down = (down << 1) & mask
        plus = down | (~(diagonal | up) & mask)
        minus = up & diagonal
        before = match
        if slips - (len(right) - done) > limit:
            return limit + 1
    return slips
