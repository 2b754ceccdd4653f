"""What is wrong in a template, in French: Jinja's reasons, and Python's where a template met one.

Knows sentences, not the library: `cq.theme.environment` and the renderer bring the fault. A reason
that is not of a known family keeps its own words, after « Jinja : », for whoever looks it up.
"""

import re
from collections.abc import Callable

_Told = Callable[[re.Match[str]], str]
# Jinja's names of the signs that a template is made of.
_SIGNS = {
    "begin of comment": "{#", "end of comment": "#}", "comment": "un commentaire",
    "begin of statement block": "{%", "end of statement block": "%}",
    "begin of print statement": "{{", "end of print statement": "}}",
    "template data / text": "du texte", "end of template": "la fin du gabarit",
    "name": "un nom", "string": "un texte entre guillemets", "integer": "un nombre",
    "float": "un nombre",
}  # fmt: skip
_SORTS = {
    "str": "un texte", "int": "un nombre", "float": "un nombre", "bool": "oui ou non",
    "tuple": "une liste", "list": "une liste", "dict": "un dictionnaire", "None": "rien",
    "NoneType": "rien", "Markup": "un texte", "function": "une fonction",
}  # fmt: skip
_LOOKED_FOR = re.compile(r"'(end\w+)'")
_INNERMOST = re.compile(r"innermost block that needs to be closed is '(\w+)'")


def told(fault: BaseException) -> str:
    """One sentence for what a template's fault says, without its place."""
    name, words = type(fault).__name__, str(getattr(fault, "message", None) or fault)
    if name in {"TemplateNotFound", "TemplatesNotFound"}:
        return f"le gabarit « {words} » n’existe pas dans ce thème"
    if name in _BY_NAME:
        return _BY_NAME[name]
    for pattern, tell in _FAMILIES:
        found = pattern.match(words)
        if found is not None:
            return tell(found)
    return f"ce gabarit ne peut pas être rendu (Jinja : {words or name})"


# What says nothing, or nothing that helps, in Python's words.
_BY_NAME = {
    "RecursionError": "ce gabarit s’appelle lui-même sans fin",
    "MemoryError": "ce gabarit demande plus de mémoire qu’il n’y en a",
    "ZeroDivisionError": "une division par zéro",
}


def _sign(text: str) -> str:
    shown = _SIGNS.get(text)
    return shown if shown and shown[0].isalpha() else f"« {shown or text} »"


def _sort(text: str) -> str:
    """« 'cq.site.views.Frame object' » is the view `Frame`; values have French names."""
    bare = text.removesuffix(" object").rpartition(".")[2]
    return _SORTS.get(bare, f"`{bare}`")


def _closing(words: str) -> str:
    """« il manque {% endif %} », where Jinja says what it was looking for."""
    ends = _LOOKED_FOR.findall(words)
    inner = _INNERMOST.search(words)
    opened = f"{{% {inner[1]} %}} n’est pas fermé" if inner else ""
    lacking = f"il manque {{% {ends[-1]} %}}" if ends else ""
    return " : ".join(filter(None, (opened, lacking)))


def _cut(found: re.Match[str]) -> str:
    why = _closing(found[0])
    return f"le gabarit s’arrête trop tôt{f' ; {why}' if why else ''}"


def _unknown(found: re.Match[str]) -> str:
    tag, why = found[1], _closing(found[2])
    if "nesting mistake" in found[0]:
        return f"{{% {tag} %}} vient trop tôt ; {why}"
    if tag.startswith("end") or tag in {"else", "elif"}:
        return f"{{% {tag} %}} ne va avec aucune balise ouverte{f' ; {why}' if why else ''}"
    return f"la balise {{% {tag} %}} n’existe pas"


def _left(found: re.Match[str]) -> str:
    return f"le gabarit s’arrête au milieu d’une balise : il manque {_sign(found[1])}"


def _other(found: re.Match[str]) -> str:
    return f"il faut {_sign(found[1])} là où il y a {_sign(found[2])}"


def _no_sign(found: re.Match[str]) -> str:
    if found[2] in {"'", '"', "\\'"}:
        return "un texte entre guillemets n’est pas fermé"
    return f"le signe « {found[2]} » ne peut pas être écrit dans une balise"


def _no_field(found: re.Match[str]) -> str:
    sort = _sort(found[1])
    if sort == "rien":
        return f"« {found[2]} » est demandé à une valeur vide"
    return f"le champ « {found[2]} » n’existe pas dans {sort}"


_NAMED = {"filter": "le filtre", "test": "le test"}
_FAMILIES: tuple[tuple[re.Pattern[str], _Told], ...] = tuple(
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (r"Unexpected end of template\..*", _cut),
        (r"Encountered unknown tag '(.*?)'\.(.*)", _unknown),
        (r"unexpected end of template, expected '(.*)'\.", _left),
        (r"expected token '(.*)', got '(.*)'\Z", _other),
        (r"unexpected '(.*)', expected '(.*)'\Z", lambda found: (
            f"il faut {_sign(found[2])} là où il y a {_sign(found[1])}")),
        (r"Expected an expression, got '(.*)'\Z", lambda found: (
            f"il faut une valeur là où il y a {_sign(found[1])}")),
        (r"unexpected char (['\"])(.*)\1 at ", _no_sign),
        (r"unexpected '(.*)'\Z", lambda found: f"{_sign(found[1])} n’est pas à sa place"),
        (r"Missing end of comment tag", lambda _: "un commentaire n’est pas fermé : il manque #}"),
        (r"Missing end of raw directive", lambda _: (
            "{% raw %} n’est pas fermé : il manque {% endraw %}")),
        (r"expected name or number", lambda _: "il faut un nom ou un nombre après le point"),
        (r"Block names in Jinja", lambda _: "le nom d’un bloc n’a ni tiret, ni espace"),
        (r"Range too big", lambda _: "range() demande trop de nombres"),
        (r"tag name expected", lambda _: "il manque le nom de la balise après {%"),
        (r"[Nn]o (filter|test) named '(.*?)'", lambda found: (
            f"{_NAMED[found[1]]} « {found[2]} » n’existe pas")),
        (r"block '(.*)' defined twice", lambda found: (
            f"le bloc « {found[1]} » est écrit deux fois dans ce gabarit")),
        (r"extended multiple times|cannot use extend from a non", lambda _: (
            "{% extends %} s’écrit une seule fois, en tête du gabarit")),
        (r"can't assign to", lambda _: (
            "ce qui est à gauche de « = » ne peut pas recevoir de valeur")),
        (r"the template '(.*?)' .*does not export the requested name '(.*?)'", lambda found: (
            f"« {found[2]} » n’est pas dans {found[1]}")),
        (r"parameter '(.*)' was not provided", lambda found: (
            f"la valeur de « {found[1]} » n’a pas été donnée à la macro")),
        (r"macro '(.*?)' takes no(?:t more than)? ", lambda found: (
            f"la macro « {found[1]} » a reçu une valeur de trop")),
        (r"'?(\S+)'? is undefined", lambda found: (
            f"le nom « {found[1].strip(chr(39))} » n’existe pas")),
        (r"'(.*?)' has no attribute '(.*)'", _no_field),
        (r"(.*?) has no element (.*)", lambda found: (
            f"{_sort(found[1].strip(chr(39)))} n’a pas d’élément {found[2]}")),
        (r"access to attribute '(.*?)' of", lambda found: (
            f"« {found[1]} » est interdit dans un gabarit")),
        (r".* is not safely callable", lambda _: "cet appel est interdit dans un gabarit"),
        (r"'?(.*?)'? object is not callable", lambda found: (
            f"{_sort(found[1])} ne s’appelle pas avec des parenthèses")),
        (r"'?(.*?)'? object is not iterable", lambda found: (
            f"{{% for %}} demande une liste, et reçoit {_sort(found[1])}")),
        (r"Invalid isoformat string: '(.*)'", lambda found: (
            f"« {found[1]} » n’est ni un jour ni une heure")),
        (r"(?:sync_)?(?:do_)?(\w+)\(\) takes .* arguments? but", lambda found: (
            f"« {found[1]} » a reçu une valeur de trop")),
        (r".*: argument must be str|strptime\(\) argument", lambda _: (
            "un filtre a reçu autre chose qu’un texte")),
        (r"unsupported operand type|can only concatenate|'.' not supported between", lambda _: (
            "une opération entre des valeurs de sortes différentes")),
    )
)  # fmt: skip
