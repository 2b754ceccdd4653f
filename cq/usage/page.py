"""A command's help page, from its public parts: its words, its options, its sub-commands."""

import inspect
import re
import shutil
import textwrap
from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeAlias

# Typer keeps these classes to itself.
Command: TypeAlias = Any
Parameter: TypeAlias = Any
Kind: TypeAlias = Any

_WIDEST = 78
_FIRST_COLUMN = 24
# Typer's names for types of values, and what a person is asked for.
_TYPES = {
    "str": "TEXTE",
    "int": "NOMBRE",
    "int range": "NOMBRE",
    "float": "NOMBRE",
    "float range": "NOMBRE",
    "boolean": "oui|non",
    "path": "CHEMIN",
    "file": "FICHIER",
    "filename": "FICHIER",
    "directory": "DOSSIER",
    "uuid": "UUID",
}
# Options that every command may have, and that ask for a folder.
_FOLDERS = frozenset(("root", "output"))
_MOMENTS = {"%Y": "AAAA", "%m": "MM", "%d": "JJ", "%H": "HH", "%M": "MM", "%S": "SS"}
_EXAMPLE = re.compile(r"Exemples? :")
# Spaces that French never breaks a line at.
_STUCK = re.compile(r"(?<=«) | (?=[»:;!?])")


def page(command: Command, typed: str) -> str:
    """The help of `command`, which is reached by what is `typed`: cq validate."""
    width = min(shutil.get_terminal_size().columns - 2, _WIDEST)
    blocks = [usage(command, typed)]
    if command.help:
        blocks += [
            textwrap.indent(_filled(one, width - 2), "  ") for one in _paragraphs(command.help)
        ]
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    arguments = [(asked_for(one), _help(one)) for one in shown if one.param_type_name == "argument"]
    options = [(_names(one), _help(one)) for one in shown if one.param_type_name == "option"]
    commands = [
        (name, _summary(one))
        for name, one in getattr(command, "commands", {}).items()
        if not one.hidden
    ]
    blocks += [
        f"{title} :\n{_table(rows, width)}"
        for title, rows in (
            ("Arguments", arguments), ("Options", options), ("Commandes", commands)
        )
        if rows
    ]  # fmt: skip
    return "\n\n".join(blocks)


def usage(command: Command, typed: str) -> str:
    """« Usage : cq validate [OPTIONS] [CHEMIN]… »."""
    pieces = [typed, "[OPTIONS]"]
    for one in command.params:
        if one.param_type_name == "argument" and not one.hidden:
            name = asked_for(one)
            pieces.append(name if one.required or name.startswith("[") else f"[{name}]")
    if hasattr(command, "commands"):
        pieces.append("COMMANDE [ARGUMENTS]…")
    return f"Usage : {' '.join(pieces)}"


def examples(command: Command) -> list[str]:
    """The lines of the command's help that show how it is typed."""
    return [
        line
        for paragraph in _paragraphs(command.help or "")
        if _EXAMPLE.match(paragraph)
        for line in paragraph.split("\n")
    ]


def asked_for(parameter: Parameter) -> str:
    """The word that stands for a parameter's value: CHEMIN, AAAA-MM-JJ, human|short."""
    if parameter.metavar:
        return str(parameter.metavar)
    kind = parameter.type
    if hasattr(kind, "choices"):
        word = "|".join(choices(kind))
    elif hasattr(kind, "formats"):
        word = "|".join(map(moment, kind.formats))
    elif parameter.param_type_name == "argument":
        word = str(parameter.name).upper().replace("_", "-")
    elif parameter.name in _FOLDERS:
        word = "DOSSIER"
    else:
        word = _TYPES.get(kind.name, "VALEUR")
    return f"{word}…" if parameter.nargs != 1 else word


def choices(kind: Kind) -> list[str]:
    return [str(one.value if isinstance(one, Enum) else one) for one in kind.choices]


def moment(form: str) -> str:
    """A form of dates as people write it: `%Y-%m-%d` is AAAA-MM-JJ."""
    return re.sub(r"%.", lambda found: _MOMENTS.get(found[0], found[0]), form)


def limits(kind: Kind) -> str:
    """« de 1 à 64 », "" where every number will do."""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return f"de {least} à {most}"
    if least is not None:
        return f"au moins {least}"
    return "" if most is None else f"au plus {most}"


def _names(option: Parameter) -> str:
    short_first = sorted(option.opts, key=lambda name: name.startswith("--"))
    names = ", ".join(short_first)
    if option.secondary_opts:
        names += f" / {', '.join(option.secondary_opts)}"
    return names if option.is_flag or option.count else f"{names} {asked_for(option)}"


def _help(parameter: Parameter) -> str:
    extra = [limits(parameter.type), _otherwise(parameter)]
    if parameter.required and parameter.param_type_name == "option":
        extra.append("obligatoire")
    said = " ; ".join(filter(None, extra))
    return f"{parameter.help or ''}  [{said}]".strip() if said else str(parameter.help or "")


def _otherwise(parameter: Parameter) -> str:
    """What is taken where nothing is given."""
    default = parameter.default
    if isinstance(parameter.show_default, str):
        default = parameter.show_default
    if not parameter.show_default or default is None or default is False or callable(default):
        return ""
    if default is True:
        return f"sinon {parameter.opts[0]}"
    several = default if isinstance(default, list | tuple) else [default]
    words = ", ".join(str(one.value if isinstance(one, Enum) else one) for one in several)
    return f"sinon {words}" if words else ""


def _summary(command: Command) -> str:
    """The first paragraph, whole: a sentence that is cut says nothing."""
    first = _paragraphs(command.short_help or command.help or "")[:1]
    return " ".join(first[0].split()) if first else ""


def _paragraphs(text: str) -> list[str]:
    return [one.strip("\n") for one in inspect.cleandoc(text).split("\n\n") if one.strip()]


def _filled(paragraph: str, width: int) -> str:
    # An example is to be copied: its lines stay.
    if _EXAMPLE.match(paragraph) or "\n " in paragraph:
        return paragraph
    return "\n".join(_wrapped(paragraph, width))


def _wrapped(text: str, width: int) -> list[str]:
    words = " ".join(re.split(r"[ \n\t]+", text))  # no-break spaces stay
    words = _STUCK.sub("\u00a0", words)
    return textwrap.wrap(words, max(width, 20), break_on_hyphens=False, break_long_words=False)


def _table(rows: Iterable[tuple[str, str]], width: int) -> str:
    rows = list(rows)
    lengths = (len(name) for name, _ in rows)
    first = max((one for one in lengths if one <= _FIRST_COLUMN), default=_FIRST_COLUMN)
    lines = []
    for name, words in rows:
        said = _wrapped(words, width - first - 4)
        if not said or len(name) > first:
            lines.append(f"  {name}")
        else:
            lines.append(f"  {name:{first}}  {said.pop(0)}")
        lines += [f"{'':{first + 4}}{line}" for line in said]
    return "\n".join(lines)
