"""What is said of a header that YAML cannot read, or reads otherwise than it was meant.

Words and edits only; `cq.content.yaml.mend` and `cq.content.yaml` find the slips.
"""

from typing import NamedTuple

from cq.content.yaml.sheet import Sheet
from cq.content.yaml.wording import Names, Wording, quoted, wording
from cq.diagnostic import Diagnostic, Edit, Label, Span, error, note

_SHORT = 160
_NO_NAMES = Names(frozenset(), frozenset())
# What YAML says, what that means here, and what to do.
_PROBLEMS = (
    (
        "no mapping",
        "l’en-tête n’a pas de lignes « clé: valeur »",
        "écrivez : titre: Le titre de la page",
    ),
    (
        "mapping values are not allowed",
        "une clé est placée sous une ligne qui a déjà une valeur",
        "ôtez cette valeur ou donnez-lui sa clé ; si tout est un texte, mettez-le entre guillemets",
    ),
    ("could not find expected ':'", "il manque le deux-points d’une clé", "écrivez : clé: valeur"),
    ("quoted scalar", "un guillemet n’est jamais refermé", "refermez-le à la fin de la valeur"),
    ("flow", "un crochet ou une accolade n’est pas refermé", "écrivez : [un, deux, trois]"),
    ("tab", "une tabulation à la place d’espaces", "remplacez-la par des espaces"),
    (
        "sequence entries are not allowed",
        "un tiret de liste à un endroit inattendu",
        "écrivez chaque élément « - … » sur sa ligne, sous sa clé",
    ),
    (
        "block",
        "cette ligne n’est pas alignée avec celles du dessus",
        "alignez les clés d’un même niveau sur la même colonne",
    ),
)


class Tab(NamedTuple):
    """A line whose indentation was not made of spaces, and the spaces that it shows."""

    line: int
    end: int
    spaces: str


Gap = tuple[int, int, int]  # a line, and the columns between which something is amiss


def broken(sheet: Sheet, line: int, column: int, problem: str) -> Diagnostic:
    """YAML cannot go on at a place of the mended text."""
    shown = sheet.shown_column(line, column)
    width = len(sheet.lines[line].rstrip())
    message, hint = "l’en-tête ne se lit pas à partir d’ici", "écrivez : clé: valeur"
    for mark, said, todo in _PROBLEMS:
        if mark in problem:
            message, hint = said, todo
            break
    return error(
        "yaml-syntax",
        message,
        sheet.span(line, min(shown, width), width),
        "cette partie de l’en-tête n’est pas lue",
        hint,
    )


def stray(sheet: Sheet, line: int, start: int, *, after_text: bool) -> Diagnostic:
    """A line that is neither a key, nor an item, nor the rest of anything."""
    text = sheet.lines[line].rstrip()
    if "#" in text:
        hint = "mettez # en début de ligne pour une remarque"
    elif after_text:
        hint = "si c’est la suite de la ligne du dessus, commencez-la par deux espaces"
    else:
        hint = "écrivez : clé: valeur   (une clé par ligne, deux-points, une espace)"
    return error(
        "yaml-syntax",
        "cette ligne n’a pas la forme « clé: valeur »",
        sheet.span(line, start, len(text)),
        "elle n’est rattachée à aucune clé",
        hint,
    )


def second(sheet: Sheet, line: int) -> Diagnostic:
    """A mark that begins another document."""
    return error(
        "yaml-syntax",
        f"une ligne « {sheet.lines[line][:3]} » coupe le fichier en deux",
        sheet.span(line, 0, 3),
        "YAML ne lirait que la première partie",
        "effacez cette ligne",
    )


def dash(sheet: Sheet, line: int, start: int) -> Diagnostic:
    text = sheet.lines[line][start + 1 :].strip()
    return note(
        "yaml-syntax",
        "il manque une espace après le tiret",
        sheet.span(line, start, start + 1),
        "la ligne est lue comme un élément de liste",
        f"écrivez : - {short(text)}",
        fixes=(sheet.edit((line, start + 1), (line, start + 1), " "),),
    )


def value(
    sheet: Sheet,
    said: Wording,
    start: tuple[int, int],
    end: tuple[int, int],
    around: tuple[str, str],
) -> Diagnostic:
    """A value that YAML would misread; `around` is what stands beside it in the line to write."""
    width = end[1] if end[0] == start[0] else len(sheet.lines[start[0]].rstrip())
    span = sheet.span(start[0], start[1], width)
    written = quoted(said.value)
    todo = f"écrivez : {around[0]}{short(written)}{around[1]}"
    fixes: tuple[Edit, ...] = (sheet.edit(start, end, written),)
    if said.code == "lost-after-hash":
        return error(
            "lost-after-hash",
            said.message,
            span,
            "si c’est une remarque, mettez-la seule sur une ligne qui commence par #",
            f"si cela fait partie du texte, {todo}",
        )
    if said.code == "unquoted-colon":
        return note("unquoted-colon", said.message, span, "lu comme un texte", todo, fixes=fixes)
    if said.sure:
        return note("needs-quotes", said.message, span, "lu comme un texte", todo, fixes=fixes)
    hint = "mettez le texte entre guillemets"
    if "refermé" in said.message:
        hint = "sans cela, la suite de l’en-tête serait lue comme cette valeur"
    return error("needs-quotes", said.message, span, hint, todo)


def colons(sheet: Sheet, before: list[Gap], after: list[Gap]) -> list[Diagnostic]:
    """Blanks before the colons of keys, and none after them: one note for each."""
    found: list[Diagnostic] = []
    if before:
        line, start, end = before[0]
        key = sheet.lines[line][:start].strip()
        found.append(
            note(
                "space-before-colon",
                f"une espace avant le deux-points{_lines(before)}",
                sheet.span(line, start, end),
                "dans l’en-tête, le deux-points touche la clé ; elle est lue quand même",
                f"écrivez : {_entry(key, sheet.lines[line][end + 1 :].strip())}",
                fixes=tuple(sheet.edit((at, left), (at, right), "") for at, left, right in before),
            )
        )
    if after:
        line, start, end = after[0]
        key = sheet.lines[line][: start - 1].strip()
        text = sheet.lines[line][end:].strip()
        found.append(
            note(
                "space-after-colon",
                f"il manque une espace simple après le deux-points{_lines(after)}",
                sheet.span(line, start - 1, end),
                "la clé est lue quand même",
                f"écrivez : {_entry(key, text)}",
                fixes=tuple(sheet.edit((at, left), (at, right), " ") for at, left, right in after),
            )
        )
    return found


def _entry(key: str, text: str) -> str:
    """A key with its value, in quotes where it needs them: nothing else is to be said of it."""
    if not text:
        return f"{key}:"
    said = wording(text, _NO_NAMES) if text[0] not in "[{" else None
    return f"{key}: {short(quoted(said.value) if said else text)}"


def tabs(sheet: Sheet, odd: list[Tab], *, agreed: bool) -> Diagnostic:
    """Tabs where spaces should be: a note when every width of a tab says the same."""
    first = odd[0]
    span = sheet.span(first.line, 0, first.end)
    count = f", sur {len(odd)} lignes" if len(odd) > 1 else ""
    if not agreed:
        return error(
            "tab-indent",
            f"des tabulations mêlées à des espaces{count}",
            span,
            "selon la largeur d’une tabulation, la ligne appartient à une clé ou à une autre",
            "remplacez chaque tabulation par deux espaces",
        )
    return note(
        "tab-indent",
        f"une tabulation à la place d’espaces{count}",
        span,
        "elle est lue comme les espaces qu’elle montre",
        "écrivez deux espaces, ou lancez : cq validate --fix",
        fixes=tuple(sheet.edit((one.line, 0), (one.line, one.end), one.spaces) for one in odd),
    )


def duplicate(key: str, span: Span, before: str, first: Span) -> Diagnostic:
    """A key for the second time; `before` is how it was written the first time."""
    message = f"la clé « {short(key)} » est écrite deux fois"
    if key != before:
        message = f"« {short(before)} » et « {short(key)} » sont la même clé, écrite deux fois"
    return error(
        "duplicate-key",
        message,
        span,
        f"une seule des deux valeurs serait gardée (première fois ligne {first.line})",
        "gardez une seule de ces lignes",
        labels=(Label(first, "première fois ici"),),
    )


def no_key(span: Span) -> Diagnostic:
    return error(
        "yaml-syntax",
        "une clé est attendue ici",
        span,
        "la valeur qui suit n’est rattachée à aucune clé",
        "écrivez : clé: valeur",
    )


def hidden(span: Span) -> Diagnostic:
    return error(
        "control-character",
        "la valeur contient un caractère invisible écrit avec « \\ »",
        span,
        "il ne s’affiche pas et peut couper la page",
        "effacez-le, ou mettez la valeur entre apostrophes : '…'",
    )


def tag(name: str, span: Span) -> Diagnostic:
    shown = name.replace("tag:yaml.org,2002:", "!!")
    return error(
        "yaml-tag",
        f"« {short(shown)} » est une étiquette de YAML : elle est refusée",
        span,
        "elle pourrait faire exécuter un programme",
        "écrivez la valeur seule, entre guillemets si « ! » fait partie du texte",
    )


def anchor(name: str, span: Span) -> Diagnostic:
    return error(
        "yaml-alias",
        f"« {short(name)} » renvoie à une autre valeur : ces renvois ne sont pas lus",
        span,
        "quelques lignes suffiraient à remplir la mémoire",
        "recopiez la valeur à chaque endroit",
    )


def short(text: str) -> str:
    """`text`, cut where it would fill the screen."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def _lines(places: list[Gap]) -> str:
    return f", sur {len(places)} lignes" if len(places) > 1 else ""
