"""What is wrong with a command line, in French, with how it is typed.

Typer tells some faults by their type and their parts, most by an English sentence. The sentences
are known here by their form; `tests/unit/usage` reads the installed Typer and fails where it has
one that this module does not know.
"""

import ast
import difflib
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from cq.terminal import one_line
from cq.usage.page import (
    Command,
    Parameter,
    asked_for,
    choices,
    examples,
    limits,
    moment,
    page,
    usage,
)

Fault: TypeAlias = Any  # Typer keeps its faults to itself

_VALUE = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""


def explain(fault: Fault, command: Command, typed: str) -> str:
    """What `cq` prints where Typer refused what follows `command`, which is reached by `typed`."""
    if type(fault).__name__ == "NoArgsIsHelpError":
        return page(command, typed)
    lines = [f"cq : {one_line(_said(fault, command))}", usage(command, typed)]
    return "\n".join([*lines, *examples(command), f"Aide : {typed} --aide"])


def _said(fault: Fault, command: Command) -> str:
    name = type(fault).__name__
    if name == "NoSuchOption":
        return (
            f"l’option {fault.option_name} n’existe pas{_meant(sorted(fault.possibilities or ()))}"
        )
    if name == "MissingParameter":
        return _missing(fault.param)
    said = translated(fault.message, getattr(fault, "param", None), command)
    hint = getattr(fault, "param_hint", None) or _label(getattr(fault, "param", None))
    if isinstance(hint, list | tuple):
        hint = " / ".join(hint)
    return f"{hint} : {said}" if hint else said


def translated(message: str, parameter: Parameter = None, command: Command = None) -> str:
    """A sentence of Typer's in French; one of ours as it is."""
    for form, answer in _FORMS.items():
        found = re.fullmatch(form, message, re.DOTALL)
        if found is not None:
            if isinstance(answer, str):
                return answer.format(*map(_plain, found.groups()))
            return answer(found, parameter, command)
    return message


def _label(parameter: Parameter) -> str:
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return asked_for(parameter).strip("[]…")
    return max(parameter.opts, key=len, default=str(parameter.name))


def _missing(parameter: Parameter) -> str:
    if parameter is None:
        return "il manque un argument"
    what = "l’option" if parameter.param_type_name == "option" else "l’argument"
    several = choices(parameter.type) if hasattr(parameter.type, "choices") else []
    among = f" (au choix : {', '.join(several)})" if several else ""
    return f"il manque {what} {_label(parameter)}{among}"


def _meant(near: list[str]) -> str:
    return f" ; vouliez-vous dire {' ou '.join(near)} ?" if near else ""


def _plain(value: str | None) -> str:
    """What was typed, out of the quotes that Python put around it."""
    text = value or ""
    if re.fullmatch(_VALUE, text, re.DOTALL):
        try:
            return str(ast.literal_eval(text))
        except (SyntaxError, ValueError):
            return text[1:-1]
    return text


def _unknown_command(found: re.Match[str], _: object, command: Command) -> str:
    typed = _plain(found[1])
    known = [name for name, one in getattr(command, "commands", {}).items() if not one.hidden]
    return f"la commande « {typed} » n’existe pas{_meant(difflib.get_close_matches(typed, known))}"


def _not_a_date(found: re.Match[str], *_: object) -> str:
    forms = " ou ".join(moment(_plain(one)) for one in re.findall(_VALUE, found[2]))
    return f"« {_plain(found[1])} » n’est pas une date de la forme {forms}"


def _not_a_number(found: re.Match[str], parameter: Parameter, _: object) -> str:
    whole = " entier" if found[2].startswith("int") else ""
    wanted = limits(parameter.type) if parameter is not None else ""
    among = f" ({wanted})" if wanted else ""
    return f"« {_plain(found[1])} » n’est pas un nombre{whole}{among}"


def _out_of_range(found: re.Match[str], parameter: Parameter, _: object) -> str:
    wanted = limits(parameter.type) if parameter is not None else found[2]
    return f"{found[1]} est hors des limites : {wanted}"


def _not_a_choice(found: re.Match[str], *_: object) -> str:
    typed = _plain(found[1])
    known = [_plain(one) for one in re.findall(_VALUE, found[2])]
    near = _meant(difflib.get_close_matches(typed, known))
    return f"« {typed} » n’est pas prévu ; au choix : {', '.join(known)}{near}"


# Each form of sentence that Typer has; the order is that of its own modules.
_FORMS: dict[str, str | Callable[[re.Match[str], Parameter, Command], str]] = {
    r"Missing command\.": "il manque une commande",
    rf"No such command {_VALUE}(?:\.|\. Did you mean .*\?)": _unknown_command,
    r"Got unexpected extra argument\(s\) \((.*)\)": "« {0} » est de trop",
    rf"Option {_VALUE} requires an argument\.": "l’option {0} attend une valeur",
    rf"Option {_VALUE} requires (\d+) arguments\.": "l’option {0} attend {1} valeurs",
    rf"Option {_VALUE} does not take a value\.": "l’option {0} ne prend pas de valeur",
    rf"Argument {_VALUE} takes (\d+) values\.": "il faut {1} valeurs",
    r"Takes (\d+) values but (\d+) given\.": "il faut {0} valeurs, et non {1}",
    r"(\d+) values are required, but (\d+) given\.": "il faut {0} valeurs, et non {1}",
    r"Value must be an iterable\.": "il faut plusieurs valeurs",
    rf"{_VALUE} does not match the formats (.*)\.": _not_a_date,
    rf"{_VALUE} is not a valid UUID\.": "« {0} » n’est pas un UUID",
    rf"{_VALUE} is not a valid boolean\. Recognized values: .*": "« {0} » n’est ni yes ni no",
    rf"{_VALUE} is not a valid ([a-z ]+)\.": _not_a_number,
    r"(\S+) is not in the range (.*)\.": _out_of_range,
    rf"{_VALUE} is not one of (.*)\.": _not_a_choice,
    rf"[A-Z]\w+ {_VALUE} does not exist\.": "« {0} » n’existe pas",
    rf"[A-Z]\w+ {_VALUE} is a file\.": "« {0} » est un fichier, il faut un dossier",
    rf"[A-Z]\w+ {_VALUE} is a directory\.": "« {0} » est un dossier, il faut un fichier",
    rf"[A-Z]\w+ {_VALUE} is not readable\.": "« {0} » ne peut pas être lu",
    rf"[A-Z]\w+ {_VALUE} is not writable\.": "« {0} » ne peut pas être écrit",
    # Signs of its own stand between these quotes as they are: « l'an » is 'l'an'.
    r"'(.*)': (.*)": "« {0} » ne peut pas être ouvert",
}
