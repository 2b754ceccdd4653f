"""The door to the French stemmer (snowballstemmer): forms of one word meet in its stem.

The stemmer reads accents, so it gets the word as it was written; what it gives is folded.
Nothing else decides which words are one.
"""

import functools
import re
from collections.abc import Callable

from cq.french.folding import fold

# « 10e », « 10ème » and « 10ième », « 1er » and « 1re » are the same rank.
RANK = re.compile(r"([0-9]+)(?:e|eme|ieme|er|ere|re|nd|nde)")
_LETTERS = re.compile(r"[^\W_]+")
_SHORT = 3  # letters: « pas » is no plural


def stem(form: str, spelling: str) -> str:
    """The stem of a word, folded: `form` is its folded spelling, `spelling` its lower case."""
    if not form.isalpha():
        rank = RANK.fullmatch(form)
        return f"{rank[1]}e" if rank else form
    found = "".join(_LETTERS.findall(fold(_stemmer()(_singular(spelling)))))
    return found[: len(form)] or form


def _singular(word: str) -> str:
    """Without the s of a plural, which Snowball does not always see: « quais », « vélos »,
    « conseillers » and « commissions » had other stems than their singulars.
    """
    plural = word.endswith("s") and not word.endswith("ss") and len(word) > _SHORT
    return word[:-1] if plural else word


@functools.cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer  # type: ignore[import-untyped]

    stemmed: Callable[[str], str] = snowballstemmer.stemmer("french").stemWord
    return stemmed
