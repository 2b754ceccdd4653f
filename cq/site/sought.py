"""Which of many terms a text writes at one place: the longest, in time that does not grow with
their number.

The terms are a tree of words. A word of a text may stand for several words of terms (« bals » for
« bals » and for « bal »), so that the walk is in several places of the tree at once: each set of
places is a state, and where a word leads from it is worked out when a text first asks.
"""

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple, TypeAlias

from cq.content import terms

_WORD = re.compile(r"[^\s<]+")
_SPACE = re.compile(r"\s{1,3}(?=[^\s<])")
_END = re.compile(r"(?![\w@/\-\u2010\u2011]|\.\w)")
_SIGN = re.compile(r"\W")
# What stands before a word is asked once its first letter has been found: faster.
_BEFORE = r"(?<![\w&#@./\-\u2010\u2011].)"
_LETTER = re.compile("[AOao]e|.", re.DOTALL)
_LIGATURES = {"oe": "œ", "Oe": "Œ", "ae": "æ", "Ae": "Æ"}
_FEW = 12  # letters: two words that begin alike so far are told apart by the walk


_Letters: TypeAlias = "dict[str, _Letters]"


class _Node:
    """A word of terms, after those that lead to it."""

    __slots__ = ("best", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.best: tuple[int, str] | None = None  # rank and address of the term that ends here


class _State:
    """All the places where a walk may be, and where the words of texts lead from them."""

    __slots__ = ("best", "next", "nodes")

    def __init__(self, nodes: tuple[_Node, ...]) -> None:
        self.nodes = nodes
        self.next: dict[str, _State | None] = {}
        self.best = min((node.best for node in nodes if node.best), default=None)


class Word(NamedTuple):
    """A word of a text: what it may be as the last of a term, and where that ends; what it is
    before another, which begins at `following`.
    """

    ends: tuple[tuple[str, int], ...]
    whole: str
    following: int | None


_NOTHING = Word((), "", None)


class Sought:
    """Terms by their ways of writing. The words of one text are kept by who looks through it."""

    def __init__(self, ways: Iterable[tuple[str, str]]) -> None:
        """(way, address) of each; where several are written at one place, the longest way wins."""
        root = _Node()
        heads: set[str] = set()
        self._keys: set[str] = set()
        longest_first = sorted(ways, key=lambda one: (-len(one[0]), one))
        for rank, (way, address) in enumerate(longest_first):
            node, keys = root, terms.keys(way)
            for key in keys:
                node = node.next.setdefault(key, _Node())
            if node.best is None:
                node.best = rank, address
            self._keys.update(keys)
            heads.update(_SIGN.split(word, maxsplit=1)[0] for word in terms.spellings(keys[0]))
        self.beginnings = _beginnings(heads)
        self._lengths = {len(word) for key in self._keys for word in terms.spellings(key)}
        self._longest = max(self._lengths, default=0)
        self._root = _State((root,))
        self._states: dict[tuple[_Node, ...], _State] = {}

    def at(self, html: str, start: int, read: dict[int, Word]) -> tuple[int, str] | None:
        """Where the term ends that begins at `start`, and its address. `read` keeps the words of
        this `html` alone.
        """
        state: _State | None = self._root
        place: int | None = start
        best = found = None
        while state is not None and place is not None:
            word = read.get(place)
            if word is None:
                word = read[place] = self._read(html, place)
            for written, end in word.ends:
                reached = self._step(state, written)
                if reached and reached.best and (best is None or reached.best < best):
                    best = reached.best
                    found = end, best[1]
            place = word.following
            state = None if place is None else self._step(state, word.whole)
        return found

    def _read(self, html: str, start: int) -> Word:
        """The word at `start`, with each place inside it where a term may end."""
        word = _WORD.match(html, start, start + self._longest + 1)
        if word is None:
            return _NOTHING
        written, end = word[0], word.end()
        whole = terms.even(written)
        space = _SPACE.match(html, end) if len(whole) in self._lengths else None
        following = space.end() if space else None
        if written.isalnum():
            return Word(((whole, end),), whole, following)
        ends = ((terms.even(html[start:one]), one) for one in _ends(html, start, end))
        asked = tuple(one for one in ends if len(one[0]) in self._lengths)
        return Word(asked, whole, following)

    def _step(self, state: _State, word: str) -> _State | None:
        """Where `word` leads from `state`."""
        if word in state.next:
            return state.next[word]
        known = [
            key for key in terms.readings(word, first=state is self._root) if key in self._keys
        ]
        if not known:  # most words: not kept
            return None
        nodes = tuple(node.next[key] for node in state.nodes for key in known if key in node.next)
        reached = self._states.setdefault(nodes, _State(nodes)) if nodes else None
        state.next[word] = reached
        return reached


def _ends(html: str, start: int, end: int) -> list[int]:
    """The first places of a word where a term may end: no term goes past them all."""
    found = _END.finditer(html, start + 1, end + 2)  # it looks two ahead
    return [one.start() for one in islice(found, terms.SIGNS + 1) if one.start() <= end]


def _beginnings(heads: Iterable[str]) -> str:
    """The branches of an expression that finds where a term may begin. Each branch begins with
    its own letter, which lets the engine leap to it, and no letter is asked twice.
    """
    tree: _Letters = {}
    for head in heads:
        at = tree
        letters = _LETTER.findall(head)
        for letter in letters[:_FEW]:
            at = at.setdefault(letter, {})
        at["" if letters[_FEW:] else r"(?!\w)"] = {}
    return "|".join(
        f"{_branch(first)}{_rest(after)}"
        for letters, after in sorted(tree.items())
        for first in (letters, _LIGATURES.get(letters, ""))
        if first
    )


def _branch(letters: str) -> str:
    return f"{re.escape(letters[0])}{_BEFORE}{letters[1:]}"


def _rest(tree: _Letters) -> str:
    if "" in tree:  # it may go on in any way
        return ""
    branches = [
        (f"(?:{one}|{_LIGATURES[one]})" if one in _LIGATURES else one)
        + (_rest(after) if after else "")
        for one, after in sorted(tree.items())
    ]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
