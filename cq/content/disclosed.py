"""What the text of a PDF may tell of persons: the candidates of `traces`, each once, with its page.

A PDF's lines end where its paper ends, so that a number or a name may go on in the next one; and
its tables are rows of bare figures, of which some look like a number. Bounded: a paper is a small
thing of which thousands are remembered. Which are fit for the public is judged by
`cq.content.checks.privacy`, since the site's own list decides.
"""

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cq.content.functional import address_of, is_functional
from cq.content.item import PaperTrace
from cq.content.traces import candidates

# Of one PDF. The site's list may name some of the first, so that many are kept to be judged.
_MOST = {"email": 200}
_MOST_OTHERS = 20
_LONGEST = 254  # characters: no e-mail address has more

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")
_LETTER = re.compile(r"[^\W\d_]")
_PAIRS = re.compile(r"\d\d(?: \d\d){4}")
_PAIRS_BEFORE = re.compile(r"(?:(?<!\d)\d\d )*\Z")
_PAIRS_AFTER = re.compile(r"(?: \d\d(?!\d))*")
_NUMBER = 5  # pairs of digits in a telephone number
_NEAR = 200  # characters around a number that are looked at
_NO_DIGIT = re.compile(r"\D")


class Disclosed(NamedTuple):
    """What was found, in the order of kinds and places; how many others of a kind there are."""

    traces: tuple[PaperTrace, ...] = ()
    more: tuple[tuple[str, int], ...] = ()


def disclosed(text: str, pages: Sequence[tuple[int, int]]) -> Disclosed:
    """`pages` are (place in `text` where it begins, number) of each page that has some."""
    starts = [start for start, _ in pages]
    seen: set[tuple[str, str | int]] = set()
    kept: dict[str, list[PaperTrace]] = {}
    more: dict[str, int] = {}
    for at, kind, words in _found(text):
        same = _NO_DIGIT.sub("", words) if kind == "mobile" else words.casefold()
        if (kind, same) in seen or (kind, at) in seen:
            continue
        seen.update(((kind, same), (kind, at)))
        of_kind = kept.setdefault(kind, [])
        if len(of_kind) >= _MOST.get(kind, _MOST_OTHERS):
            more[kind] = more.get(kind, 0) + 1
            continue
        page = pages[max(0, bisect.bisect(starts, at) - 1)][1]
        of_kind.append(PaperTrace(kind, words[:_LONGEST], page))
    return Disclosed(
        tuple(one for of_kind in kept.values() for one in of_kind), tuple(more.items())
    )


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    flowing = _LINE_END.sub(" ", text)  # as long as before: places stay
    for at, kind, words in candidates(flowing):
        if kind == "email" and is_functional(address_of(words)):
            continue
        if kind == "mobile" and _is_row(text, flowing, at, at + len(words)):
            continue
        yield at, kind, words


def _is_row(text: str, flowing: str, start: int, end: int) -> bool:
    """Whether these are figures of a table, or of a calendar: « 06 07 08 09 10 11 12 »."""
    words = flowing[start:end]
    broken = "\n" in text[start:end]
    if broken and not _LETTER.search(text[max(0, start - _NEAR) : start].rpartition("\n")[2]):
        return True  # a column, or a row that nothing announces
    if not _PAIRS.fullmatch(words):
        return False
    pairs = [int(one) for one in words.split(" ")]
    if len({after - before for before, after in itertools.pairwise(pairs)}) == 1:
        return True
    near = flowing if broken else text
    before = _PAIRS_BEFORE.search(near[max(0, start - _NEAR) : start])
    after = _PAIRS_AFTER.match(near[end : end + _NEAR])
    others = (len(before[0]) if before else 0) // 3 + (len(after[0]) if after else 0) // 3
    if broken:
        return others > 0
    # One figure beside a number may be that of a street; two numbers may stand side by side.
    return others > 1 and others % _NUMBER > 0
