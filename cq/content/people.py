"""Whether a text is somebody's name, where a function or an institution is wanted.

A guess, for warnings only: two words with capitals, or « Mme » before one. Names of institutions
look the same, so that the words they are made of are left out.
"""

import re

from cq.french import articles
from cq.french.folding import fold

_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'.-]*)+|(?:M|Mme|Mlle)\.? ")
_CIVIL = re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)[ \u00a0\u202f][A-ZÀ-Þ]")
_PARTS = re.compile(r"[,;(/]")
# What bailleurs, networks and administrations are called.
_PLACES = frozenset(
    """
    action archives assistance association bibliotheque centre ecole est europe ferme france gare
    grand habitat hopital hopitaux ile immobiliere lycee maison mobilites musee nord ouest paris
    publique ratp reseau reseaux rivp saint sainte seine sncf sud territoires union universite
    voies
    """.split()  # noqa: SIM905 - a list that people read and add to
)


def looks_named(text: str) -> bool:
    """Whether `text` begins like somebody's name: « Jeanne Martin », « Mme Martin »."""
    return _NAME.match(text) is not None


def names_person(text: str) -> bool:
    """Whether `text`, which should be a function, names somebody: « Jeanne Martin, élue »."""
    if _CIVIL.search(text):
        return True
    return any(_is_name(part.strip()) for part in _PARTS.split(text))


def _is_name(text: str) -> bool:
    found = _NAME.match(text)
    if found is None:
        return False
    words = re.split(r"[^a-z]+", fold(found[0]))
    return not any(word in _PLACES or articles.is_function(word) for word in words)
