"""Names of streets as people write them: « bd de Strasbourg », « Bichat (rue) », « R. ST MAUR ».

Which names are one street, and under which word a directory would list it. No street is known here.
"""

import re

from cq.french.folding import fold, sort_key

# What a word of a street's name may stand for; the script of « mon quartier » gets this very table.
ABBREVIATIONS = {
    "all": "allee", "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard",
    "blvd": "boulevard", "boul": "boulevard", "car": "carrefour", "ch": "chemin", "che": "chemin",
    "crs": "cours", "fbg": "faubourg", "fg": "faubourg", "gal": "general", "imp": "impasse",
    "mal": "marechal", "pass": "passage", "pl": "place", "prom": "promenade", "q": "quai",
    "qu": "quai", "r": "rue", "rte": "route", "sq": "square", "st": "saint", "ste": "sainte",
    "vla": "villa",
}  # fmt: skip
_SORTS = frozenset((
    "allee", "avenue", "boulevard", "carrefour", "chaussee", "chemin", "cite", "cour", "cours",
    "esplanade", "faubourg", "galerie", "hameau", "impasse", "mail", "passage", "passerelle",
    "place", "placette", "point", "port", "promenade", "quai", "residence", "rond", "route",
    "rue", "ruelle", "sentier", "square", "venelle", "villa", "voie",
))  # fmt: skip
_SMALL = frozenset(("a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les"))
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def street_key(name: str) -> str:
    """The same for every spelling of one street: « R. du Fbg-St-Denis » and
    « rue du Faubourg Saint-Denis » are both « rue du faubourg saint denis ».
    """
    words = _NOT_WORD.sub(" ", fold(name)).split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def directory_key(name: str) -> tuple[str, str, str]:
    """Where a directory lists the street: « rue de la Grange-aux-Belles » under G."""
    words = street_key(name).split()
    start = 0
    while start < len(words) - 1 and (words[start] in _SORTS or words[start] in _SMALL):
        start += 1
    own, _, rest = sort_key(name)
    return " ".join(words[start:]) or own, own, rest


def directory_letter(name: str) -> str:
    """The capital under which `directory_key` stands; « # » for a name without a letter."""
    first = directory_key(name)[0][:1]
    return first.upper() if first.isalpha() and first.isascii() else "#"
