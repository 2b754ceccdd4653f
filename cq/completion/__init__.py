"""What may follow the words that a person has typed: commands, options, values.

A pure question about the commands, but for values that lie in the site: names of folders and
nothing else, so that the answer comes between two keys. Files are the shell's own affair.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from cq.content import layout

# Typer keeps these classes to itself.
Command: TypeAlias = Any
Parameter: TypeAlias = Any

# Answered by the shell: these words are no one's name.
FILES, FOLDERS = ":fichiers", ":dossiers"


class Proposal(NamedTuple):
    """A word that may follow, and what it is."""

    word: str
    words: str = ""


class _Reached(NamedTuple):
    """Where the words have led: a command, what it has been given, what it waits for."""

    command: Command
    given: int  # arguments
    used: frozenset[str]  # options
    waiting: Parameter | None  # the option whose value comes next
    closed: bool  # after « -- » there are no options


def proposals(command: Command, typed: list[str], root: Path | None) -> list[Proposal]:
    """What may stand for the last of the words `typed` after `cq`; `root` is the site's folder."""
    *before, last = typed or [""]
    if last == "=":  # bash takes --format=x for three words
        before, last = [*before, "="], ""
    reached = _reached(command, before)
    if reached.waiting is not None:
        return _begin(_values(reached.waiting, root), last)
    name, equals, value = last.partition("=")
    option_like = last.startswith("-") and not reached.closed
    if option_like and equals:
        option = _option(reached.command, name)
        found = _begin(_values(option, root), value) if option is not None else []
        return [one._replace(word=f"{name}={one.word}") for one in found if one.word[0] != ":"]
    if option_like:
        return _begin(_options(reached), last)
    below = getattr(reached.command, "commands", {})
    if below:
        return _begin(
            (Proposal(one, _summary(each)) for one, each in below.items() if not each.hidden), last
        )
    argument = _argument(reached)
    return _begin(_values(argument, root), last) if argument is not None else []


def _begin(found: "Iterator[Proposal] | list[Proposal]", start: str) -> list[Proposal]:
    return [one for one in found if one.word.startswith((start, ":"))]


def _reached(command: Command, words: list[str]) -> _Reached:
    given = 0
    used: set[str] = set()
    waiting = None
    only_arguments = False
    for word in words:
        below = getattr(command, "commands", {})
        if word == "=":
            continue
        if waiting is not None:
            waiting = None
        elif word == "--":
            only_arguments = True
        elif word.startswith("-") and len(word) > 1 and not only_arguments:
            name, equals, _ = word.partition("=")
            option = _option(command, name)
            if option is not None:
                used.update(option.opts)
                waiting = None if equals or option.is_flag else option
        elif word in below:
            command, given, used = below[word], 0, set()
        else:
            given += 1
    return _Reached(command, given, frozenset(used), waiting, only_arguments)


def _option(command: Command, name: str) -> Parameter | None:
    for one in command.params:
        if one.param_type_name == "option" and name in (*one.opts, *one.secondary_opts):
            return one
    return None


def _options(reached: _Reached) -> Iterator[Proposal]:
    for one in reached.command.params:
        if one.param_type_name != "option" or one.hidden:
            continue
        if one.multiple or reached.used.isdisjoint(one.opts):
            for name in (*one.opts, *one.secondary_opts):
                yield Proposal(name, _one_line(one.help))


def _argument(reached: _Reached) -> Parameter | None:
    arguments = [one for one in reached.command.params if one.param_type_name == "argument"]
    for place, one in enumerate(arguments):
        if one.nargs == -1 or place == reached.given:
            return one
    return None


def _values(parameter: Parameter, root: Path | None) -> list[Proposal]:
    """The values of a parameter, known by the word that stands for it in its help."""
    from cq.usage.page import asked_for, choices

    if hasattr(parameter.type, "choices"):
        return [Proposal(one) for one in choices(parameter.type)]
    word = asked_for(parameter).strip("[]…")
    if "|" in word:
        return [Proposal(one) for one in word.split("|")]
    return _SOURCES[word](root) if word in _SOURCES else []


def _kinds(_: Path | None) -> list[Proposal]:
    from cq import reference

    return [Proposal(name, where) for name, where in reference.listed()]


def _codes(_: Path | None) -> list[Proposal]:
    from cq.explain import codes

    return [Proposal(one) for one in codes()]


def _folders(root: Path | None, folder: str) -> list[str]:
    """The communities of one sort. A name that is no slug is said by `cq validate`, not here."""
    if root is None:
        return []
    try:
        with os.scandir(root / layout.CONTENT / folder) as entries:
            names = [one.name for one in entries if one.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(name for name in names if layout.is_slug(name))


def _quartiers(root: Path | None) -> list[Proposal]:
    return [Proposal(name) for name in _folders(root, "quartiers")]


def _draws(root: Path | None) -> list[Proposal]:
    return [Proposal(name) for name in _folders(root, "jurys")]


def _groups(root: Path | None) -> list[Proposal]:
    return [Proposal(name) for name in _folders(root, "groupes")]


# The words that commands use in their help, and where their values are.
_SOURCES: dict[str, Callable[[Path | None], list[Proposal]]] = {
    "CHEMIN": lambda _: [Proposal(FILES)],
    "FICHIER": lambda _: [Proposal(FILES)],
    "DOSSIER": lambda _: [Proposal(FOLDERS)],
    "SORTE": _kinds,
    "CODE": _codes,
    "QUARTIER": _quartiers,
    "TIRAGE": _draws,
    "GROUPE": _groups,
}


def _summary(command: Command) -> str:
    return _one_line((command.help or "").strip().partition("\n\n")[0])


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
