"""The words of a text, as the index and whoever asks it see them: folded, at most 40 letters.

`recherche.js` does the same to what is typed (docs/formats/search-v1.md). Nothing is left out
here for what it means; `is_kept` says what is too small to look for.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

from cq.french.folding import fold
from cq.search.stems import stem
from cq.search.stop import STOP

LONGEST = 40  # letters: what is longer is no word, and must not make a page of the index
# Whatever parts words in any spelling: folding brings nothing over it, so that each piece can be
# folded, and remembered, by itself.
_PIECES = re.compile(r"[^\x00-/:-@\[-`{-\x7f\s«»‘’“”…–—•·]+")
_WORD = re.compile(r"[^\W_]+")
_REMEMBERED = 100_000
SHORT = 60  # characters: a longer piece is seldom met again, and may be a megabyte


def forms(text: str) -> list[str]:
    """Every word of `text`, folded, in its order."""
    return [word[:LONGEST] for word in _WORD.findall(fold(text))]


def is_kept(form: str) -> bool:
    """Whether a word is indexed and asked for: no letter alone, no word of the stop list."""
    return form not in STOP and (len(form) > 1 or not form.isalpha())


def pieces(text: str) -> list[str]:
    """`text` in lower case, cut where words end for sure: `words` takes them one at a time."""
    return _PIECES.findall(text.lower())


def words(piece: str) -> tuple[tuple[str, str], ...]:
    """The words of a piece that are kept: form and stem."""
    return remembered(piece) if len(piece) < SHORT else tuple(_words(piece))


@functools.lru_cache(maxsize=_REMEMBERED)
def remembered(piece: str) -> tuple[tuple[str, str], ...]:
    """The same, once for each piece: to be asked of those below `SHORT` only."""
    return tuple(_words(piece))


def _words(piece: str) -> Iterator[tuple[str, str]]:
    said = forms(piece)
    written = _WORD.findall(unicodedata.normalize("NFC", piece))
    if len(written) != len(said):  # « ½ » is two words once folded: nobody knows whose accents
        written = said
    for form, spelling in zip(said, written, strict=True):
        if is_kept(form):
            yield form, stem(form, spelling[:LONGEST])
