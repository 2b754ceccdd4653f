"""Phrases of eight French words: made by chance, read however they are typed.

The list is BIP39's French one (2,048 words, 11 bits a word, told apart by their first four letters
even without accents), from the package `mnemonic`. Eight words are 88 bits: what CNIL 2022-100
asks of a secret that nothing locks after some tries (80 bits) is held, and a phone needs only four
letters a word. `norm` has a twin in the browser; tests/vectors/seal-v1.json holds both.
"""

import functools
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

WORDS = 8
LIST = 2_048
_ABBREVIATION = 4  # letters that tell a word of the list from every other
_BEFORE = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "Œ": "oe", "Æ": "ae", "ẞ": "ss"})
_RUNS = re.compile("[a-z0-9]+")


@functools.cache
def words() -> tuple[str, ...]:
    """The list, as people read it (NFC, with accents), in its order."""
    import mnemonic

    file = Path(mnemonic.__file__).parent / "wordlist" / "french.txt"
    found = tuple(unicodedata.normalize("NFC", file.read_text("utf-8")).split())
    if len(found) != LIST:
        raise ValueError(f"the list of words has {len(found)} words")
    return found


@functools.cache
def folded_words() -> tuple[str, ...]:
    """The list without accents, as phrases are compared and as the browser is given it."""
    return tuple(map(_folded, words()))


@functools.cache
def _by_beginning() -> dict[str, str]:
    """The folded word of each four letters."""
    return {folded[:_ABBREVIATION]: folded for folded in folded_words()}


def made(choice: Callable[[tuple[str, ...]], str], count: int = WORDS) -> str:
    """A phrase of `count` different words; `choice` is `secrets.choice`, or a test's own.

    A phrase with a word twice would be taken for one that somebody chose. Leaving those out costs
    a fiftieth of a bit.
    """
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[choice(words())] = None
    return " ".join(drawn)


def norm(typed: str) -> str:
    """What every way to type a phrase comes to: « abai boug… » is the phrase of these words.

    Only a phrase of exactly eight words of the list is completed: one that somebody chose keeps
    its own words.
    """
    tokens = _RUNS.findall(_folded(typed))
    known = _by_beginning()
    completed = [
        known.get(token[:_ABBREVIATION]) if len(token) >= _ABBREVIATION else None
        for token in tokens
    ]
    if len(tokens) == WORDS and all(completed):
        tokens = [word for word in completed if word]
    return "-".join(tokens)


def _folded(text: str) -> str:
    """Without accents, capitals, soft hyphens and the like."""
    apart = unicodedata.normalize("NFKD", text.translate(_BEFORE)).lower()
    return "".join(one for one in apart if not unicodedata.category(one).startswith(("M", "Cf")))
