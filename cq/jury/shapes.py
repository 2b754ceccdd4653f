"""Whether a file of the town hall's own has the shape in which it was written.

Nobody else writes there; but a disk fails, a hand slips, and a copy is put back halfway. What is
said is a sentence, never what the file holds.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cq.draw.canon import BadFile

Shape = Callable[[object], bool]


def text(value: object) -> bool:
    return isinstance(value, str)


def day(value: object) -> bool:
    """AAAA-MM-JJ."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def count(value: object) -> bool:
    return type(value) is int and value >= 0


def maybe(shape: Shape) -> Shape:
    """`shape`, or null."""
    return lambda value: value is None or shape(value)


def several(shape: Shape) -> Shape:
    """A list of such."""
    return lambda value: isinstance(value, list) and all(map(shape, value))


def each(shape: Shape) -> Shape:
    """An object whose every value is such."""
    return lambda value: isinstance(value, dict) and all(map(shape, value.values()))


def having(**shapes: Shape) -> Shape:
    """An object in which those keys that are there have these shapes; others may be there."""
    return lambda value: (
        isinstance(value, dict)
        and all(shape(value[name]) for name, shape in shapes.items() if name in value)
    )


FROZEN = having(
    day=day, features=several(text), household=several(text), hashed=several(text),
    first=maybe(text), people=text, before=text, mark=text, note=text, about=each(text),
    lists=several(having(digest=text)),
    counts=having(
        kept=count,
        lists=several(having(label=text, read=count, kept=count, excluded=each(count))),
    ),
)  # fmt: skip
FACTS = having(place=text, present=several(text), witness=text, validated=text, basis=text)


def checked(value: Any, shape: Shape, name: str) -> Any:  # noqa: ANN401 - JSON, of this shape
    """`value`. Raises BadFile where it has another shape."""
    if not shape(value):
        raise damaged(name)
    return value


def lacking(value: Mapping[str, object], wanted: tuple[str, ...], name: str) -> None:
    """Raise BadFile where one of these keys is not there."""
    if not value.keys() >= set(wanted):
        raise damaged(name)


def damaged(name: str) -> BadFile:
    """The fault of a private file that says nothing any more."""
    return BadFile(
        f"{name}, dans le dossier privé de ce tirage, est abîmé : rien n’a été fait\n"
        "remettez celui d’une sauvegarde"
    )
