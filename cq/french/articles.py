"""What a function or an institution is called inside a sentence: « la direction de la voirie ».

Content names them without an article, as on a door. Only what an arrondissement meets is known
here; another name is left as it is, with the « d’ » that its first letter asks for.
"""

from cq.french.folding import fold

_FEMININE = frozenset(
    """
    adjointe agence cheffe commission commune conseillere coordinatrice delegation deleguee
    direction directrice division elue equipe inspection mairie mission police prefecture
    presidente regie region section secretaire societe ville
    """.split()  # noqa: SIM905 - a list that people read and add to
)
_MASCULINE = frozenset(
    """
    adjoint bailleur bureau cabinet chef collectif comite commissaire commissariat conseil
    conseiller coordinateur delegue departement directeur elu groupe maire ministere office pole
    prefet president secretariat service syndicat tribunal
    """.split()  # noqa: SIM905 - likewise
)
_PLURAL = frozenset(
    """
    adjoints adjointes bureaux commissions conseils directions elus elues equipes groupes services
    """.split()  # noqa: SIM905 - likewise
)
_VOWELS = frozenset("aeiou")
_ARTICLES = ("le ", "la ", "les ", "l’")
_OF = {"le ": "du ", "les ": "des "}
_TO = {"le ": "au ", "les ": "aux "}


def is_function(word: str) -> bool:
    """Whether a folded word is one of a function or an institution."""
    return word in _FEMININE or word in _MASCULINE or word in _PLURAL


def the(name: str) -> str:
    """« la direction de la voirie », « l’adjointe à la voirie »; a name not known is as it was."""
    written = name.replace("l'", "l’", 1) if name.lower().startswith("l'") else name
    if written.lower().startswith(_ARTICLES):
        return written[:1].lower() + written[1:]
    first = _first(name)
    lower = name[:1].lower() + name[1:]
    if first in _PLURAL:
        return f"les {lower}"
    if first not in _FEMININE and first not in _MASCULINE:
        return name
    if first[0] in _VOWELS:
        return f"l’{lower}"
    return f"la {lower}" if first in _FEMININE else f"le {lower}"


def of_the(name: str) -> str:
    """« du service des espaces verts », « de l’adjointe », « d’Eau de Paris »."""
    named = the(name)
    if named.startswith(_ARTICLES):
        return _contracted(named, _OF) or f"de {named}"
    return f"d’{name}" if _first(name)[:1] in _VOWELS else f"de {name}"


def to_the(name: str) -> str:
    """« au conseil d’arrondissement », « à la mairie », « à Paris Habitat »."""
    named = the(name)
    return _contracted(named, _TO) or f"à {named}"


def _contracted(named: str, table: dict[str, str]) -> str:
    for article, both in table.items():
        if named.startswith(article):
            return both + named[len(article) :]
    return ""


def _first(name: str) -> str:
    return fold(name).replace("-", " ").partition(" ")[0].rstrip(",;:")
