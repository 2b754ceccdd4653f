"""`cq new` at a terminal: what is asked, and asked again until it fits. Writes nothing."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cq.content.kind import Kind
from cq.content.schema import Key, fault, keys
from cq.scaffold import NotMade, template
from cq.scaffold.item import Wish, communities, community

_FEW = 8  # quartiers that a question names
_OPTIONAL = ("debut",)  # asked for all the same: what a reader looks for first


class Question(NamedTuple):
    """Something to ask: the key or option it fills in, and what answers it by itself."""

    name: str
    words: str
    default: str


def conversation(
    root: Path, kind: Kind, wish: Wish, today: datetime.date, ask: Callable[[str, str], str]
) -> Wish:
    """`wish`, with what `ask` (the words, the default) answers; asked again until it fits."""
    for question in questions(root, kind, wish, today):
        why: str | None = None
        while True:
            words = f"  {why}\n{question.words}" if why else question.words
            text = ask(words, question.default).strip()
            why = _unfit(root, kind, question.name, text)
            if why is None:
                break
        if question.name == "quartier":
            wish = replace(wish, quartier=text)
        elif kind.dated and question.name == kind.day_key:
            wish = replace(wish, day=text)
        else:
            wish = replace(wish, given={**wish.given, question.name: text})
    return wish


def questions(root: Path, kind: Kind, wish: Wish, today: datetime.date) -> Iterator[Question]:
    """What a person at a terminal is asked: only what no option has said."""
    named = template.naming(kind)
    known = {key.name: key for key in keys(kind.model)}
    if not wish.title and named not in wish.given:
        yield Question(named, _words(known[named]), "")
    if kind.dated and not wish.day:
        yield Question(kind.day_key, "Date", today.isoformat())
    if _may_have_community(kind) and not (wish.quartier or wish.group):
        names = communities(root, "quartiers")
        listed = f"{', '.join(names)} ; " if 0 < len(names) <= _FEW else "nom de son dossier ; "
        yield Question("quartier", f"Quartier ({listed}vide : l’arrondissement)", "")
    for name, key in known.items():
        asked = (key.required or name in _OPTIONAL) and name not in {named, "id"}
        plain = key.model is None or fault(kind.model, name, template.TO_COMPLETE) is None
        if asked and plain and name not in wish.given:
            yield Question(name, _words(key), key.choices[0] if key.choices else "")


def _words(key: Key) -> str:
    """What a key means, as a question: without its second half, with its choices."""
    if key.choices:
        return f"{key.name.replace('_', ' ').capitalize()} ({', '.join(key.choices)})"
    return key.meaning.partition(" ;")[0].partition(" :")[0].rstrip(".")


def _unfit(root: Path, kind: Kind, name: str, text: str) -> str | None:
    """Why `text` does not answer the question `name`, in words; None where it does."""
    if not text:
        return None
    if name != "quartier":
        return fault(kind.model, name, text)
    try:
        community(root, "quartiers", text)
    except NotMade as refused:
        return str(refused)
    return None


def _may_have_community(kind: Kind) -> bool:
    names = {key.name for key in keys(kind.model)}
    lies_there = kind.file is None or kind.name == "contact"
    return lies_there or not names.isdisjoint(("quartier", "quartiers"))
