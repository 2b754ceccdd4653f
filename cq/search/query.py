"""Which pages answer a few words, and in what order: the reference of docs/formats/search-v1.md.

`recherche-moteur.js` of the theme is its twin: tests/browser holds the two together. Hence whole
numbers only, and no reading but by `read`, which knows where the files of an index are.
"""

import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from cq.search.coding import TITLE, VALUES, decoded, rarity
from cq.search.stems import RANK
from cq.search.words import forms

MOST_WORDS = 12
_SPACES = (" ", "\u00a0", "\u202f")
_SPAN = 4  # shards at most that the forms with one beginning are looked for in
_FULL = 4  # what a word itself counts beside one that only begins like it
_AGED = 4  # years after which a page counts half of what a new one does
_UNDATED = 2  # a page without a day is neither new nor old
_LAST = "\uffff"  # behind every bound of a shard


class Stale(Exception):
    """A file of another index than index.json: a site was published while it was read."""


class Filters(NamedTuple):
    """What the pages found must be: "" asks for nothing."""

    place: str = ""  # address of a community
    kind: str = ""  # « actualité »
    year: str = ""


class Card(NamedTuple):
    """What a result shows of its page."""

    title: str
    address: str
    summary: str
    day: str
    text: str  # address of the text of its PDF, "" where it has none


class Found(NamedTuple):
    """The pages that answer, best first."""

    numbers: tuple[int, ...]
    asked: int  # words looked for
    met: int  # how many of them each of these pages has
    forms: Mapping[str, int]  # the words to mark, folded, and which word asked for each


class _Line(NamedTuple):
    """The forms of a stem, and where it stands: page and impact."""

    forms: frozenset[str]
    postings: str


class Index:
    """An index that is read as it is asked: a few shards, then the cards that are shown."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        head = json.loads(read("index.json"))
        self.stamp: str = head["empreinte"]
        self.pages: int = head["pages"]
        self.kinds: list[str] = head["sortes"]
        self.places: list[list[str]] = head["lieux"]  # name, address
        self.years: list[list[str | int]] = head["annees"]  # year, number of its first page
        self._lately: dict[int, str] = dict(head["vie"])
        self._dated = [str(year) for year, _ in self.years]
        self._firsts = [int(first) for _, first in self.years]
        self._bounds: list[str] = head["bornes"]
        self._block: int = head["bloc"]
        self._stop = frozenset(head["vides"].split())
        self._kind_of = _numbers(head["sorte"], self.pages)
        self._place_of = _numbers(head["lieu"], self.pages)
        self._shards: dict[int, tuple[_Line, ...]] = {}
        self._blocks: dict[int, list[list[str]]] = {}

    def search(self, question: str, filters: Filters | None = None) -> Found:
        """The pages that have all the words of `question`; else those that have the most."""
        asked, typed = telling(question, self._stop)
        allowed = self._allowed(filters or Filters())
        titles, scores, met = (dict[int, int]() for _ in range(3))
        spelled: dict[str, int] = {}
        for number, word in enumerate(asked):
            lines = list(self._lines(word, last=word == typed))
            for form in (form for line, _ in lines for form in line.forms):
                spelled.setdefault(form, number)
            for page, (in_title, score) in self._weighed(lines).items():
                if allowed(page):
                    met[page] = met.get(page, 0) + 1
                    titles[page] = titles.get(page, 0) + in_title
                    scores[page] = scores.get(page, 0) + score
        most = max(met.values(), default=0)
        found = [page for page in met if met[page] == most]
        found.sort(key=lambda page: (-titles[page], -scores[page] * self._fresh(page), -page))
        return Found(tuple(found), len(asked), most, spelled)

    def card(self, number: int) -> Card:
        block = number // self._block
        if block not in self._blocks:
            stamp, *cards = json.loads(self._read(f"p/{block}.json"))
            self._same(stamp)
            self._blocks[block] = cards
        return Card(*self._blocks[block][number % self._block])

    def kind(self, number: int) -> str:
        """« actualité »."""
        return self.kinds[self._kind_of[number]]

    def place(self, number: int) -> str:
        """The address of the community of a page, "" for the arrondissement's own."""
        return self.places[self._place_of[number]][1]

    def year(self, number: int) -> str:
        """The year of a page, "" where it has no day."""
        return str(self.years[self._year_of(number)][0])

    def _lines(self, word: str, *, last: bool) -> Iterator[tuple[_Line, bool]]:
        """The stems that `word` asks for; False: only because somebody may still be typing."""
        own = self._shard_of(word)
        exact = [line for line in self._shard(own) if word in line.forms]
        for line in exact:
            yield line, True
        if len(word) < (2 if last else 3) or (exact and not last):
            return
        end = min(self._shard_of(word + _LAST), own + _SPAN - 1)
        begun = False
        for line in self._between(own, end):
            if word not in line.forms and any(form.startswith(word) for form in line.forms):
                begun = True
                yield line, not exact
        if exact or begun:
            return
        rank = RANK.fullmatch(word)
        start = rank[1] if rank else word[: 3 if len(word) == 4 else 4]
        first = max(self._shard_of(start), own - _SPAN // 2)
        end = min(self._shard_of(start + _LAST), own + _SPAN // 2)
        for line in self._between(first, end):
            if any(akin(word, form) for form in line.forms):
                yield line, True

    def _weighed(self, lines: Iterable[tuple[_Line, bool]]) -> dict[int, tuple[int, int]]:
        """For each page of `lines`: whether its title has the word, and how much it is about it."""
        found: dict[int, tuple[int, int]] = {}
        for line, full in lines:
            postings = list(decoded(line.postings))
            weight = rarity(self.pages, len(postings)) * (_FULL if full else 1)
            for page, impact in postings:
                in_title, best = found.get(page, (0, 0))
                here = 1 if full and impact >= TITLE else 0
                found[page] = max(in_title, here), max(best, weight * (impact % TITLE))
        return found

    def _fresh(self, page: int) -> int:
        """What the age of a page makes of its score: twice as much for the newest as for old.

        Of a dossier or a repeated meeting, the age is that of what happened last. In years that
        have a page, so that a slip (« 2062 ») ages nothing by a generation.
        """
        lived = self._lately.get(page) or self.year(page)
        age = len(self._dated) - bisect_right(self._dated, lived) if lived else _UNDATED
        return _AGED + max(0, _AGED - age)

    def _year_of(self, page: int) -> int:
        return bisect_right(self._firsts, page) - 1

    def _allowed(self, filters: Filters) -> Callable[[int], bool]:
        return lambda page: (
            (not filters.place or self.place(page) == filters.place)
            and (not filters.kind or self.kind(page) == filters.kind)
            and (not filters.year or self.year(page) == filters.year)
        )

    def _between(self, first: int, last: int) -> Iterator[_Line]:
        for number in range(first, last + 1):
            yield from self._shard(number)

    def _shard_of(self, form: str) -> int:
        return bisect_right(self._bounds, form) - 1

    def _shard(self, number: int) -> tuple[_Line, ...]:
        if number not in self._shards:
            stamp, *lines = self._read(f"m/{number}.txt").split("\n")
            self._same(stamp)
            self._shards[number] = tuple(
                _Line(frozenset(spelled.split(" ")), postings)
                for spelled, _, postings in (line.partition("\t") for line in lines if line)
            )
        return self._shards[number]

    def _same(self, stamp: str) -> None:
        if stamp != self.stamp:
            raise Stale


def telling(question: str, stop: Collection[str]) -> tuple[list[str], str]:
    """The words to look for, each once, and the one that is still being typed, "" for none.

    No letter alone, and no word of `stop`: but for one that is all of the question and may be the
    beginning of another (« par », of « parc »).
    """
    said = forms(question)
    typed = said[-1] if said and not question.endswith(_SPACES) else ""
    every = [one for one in dict.fromkeys(said) if len(one) > 1 or not one.isalpha()]
    asked = [word for word in every if word not in stop]
    return (asked or (every if said == [typed] else []))[:MOST_WORDS], typed


def akin(word: str, form: str) -> bool:
    """Whether two words begin so much alike that one may be meant by the other: « bancs », banc;
    « travail », travaux; « associatif », association; « 10ème », 10e.
    """
    rank, other_rank = RANK.fullmatch(word), RANK.fullmatch(form)
    if rank and other_rank:
        return rank[1] == other_rank[1]
    alike = 0
    for one, other in zip(word, form, strict=False):
        if one != other:
            break
        alike += 1
    left, right = len(word) - alike, len(form) - alike
    return (
        (alike >= 3 and right == 0 and left == 1)
        or (alike >= 4 and max(left, right) <= 3)
        or (alike >= 6 and 10 * alike >= 7 * min(len(word), len(form)))
    )


def _numbers(digits: str, count: int) -> list[int]:
    """One number a page: one digit each, or two where one would not do."""
    width = len(digits) // count if count else 1
    numbers = []
    for at in range(0, len(digits), width):
        number = 0
        for digit in digits[at : at + width]:
            number = number * len(VALUES) + VALUES[digit]
        numbers.append(number)
    return numbers
