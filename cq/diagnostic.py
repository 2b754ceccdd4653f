"""A finding in the content, as a value: what is wrong, where, and what to write instead.

Nothing here prints, reads or decides. `cq.console` dresses findings; `docs/diagnostics.md`
explains every code. Words are French, codes English and stable.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Severity(enum.IntEnum):
    """How much a finding weighs; the larger, the graver."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file. Lines and columns from 1, in characters; `width` 0 is a point.

    `path` is relative to the site root: `content/…`.
    """

    path: PurePosixPath
    line: int = 1
    column: int = 1
    width: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """The second place of a finding: « première fois ici »."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text from (line, column) up to, not including, (end_line, end_column).

    Places count in the file as decoded: from 1, in characters, a line end counting as one.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` is one short French sentence, without a full stop at its end.

    `hints` say what follows from the fault and what to do; the line to copy comes last.
    `fixes` are the edits that `cq validate --fix` would make, empty where none is safe.
    """

    code: str
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    hints: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    fixes: tuple[Edit, ...] = ()


def error(
    code: str,
    message: str,
    span: Span,
    *hints: str,
    labels: tuple[Label, ...] = (),
    fixes: tuple[Edit, ...] = (),
) -> Diagnostic:
    """The item is not built until this is mended."""
    return Diagnostic(code, message, span, Severity.ERROR, hints, labels, fixes)


def warning(
    code: str,
    message: str,
    span: Span,
    *hints: str,
    labels: tuple[Label, ...] = (),
    fixes: tuple[Edit, ...] = (),
) -> Diagnostic:
    """The item is built, but probably not as its author meant."""
    return Diagnostic(code, message, span, Severity.WARNING, hints, labels, fixes)


def note(
    code: str,
    message: str,
    span: Span,
    *hints: str,
    labels: tuple[Label, ...] = (),
    fixes: tuple[Edit, ...] = (),
) -> Diagnostic:
    """Read as meant; the canonical way to write it is given."""
    return Diagnostic(code, message, span, Severity.NOTE, hints, labels, fixes)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """What a stage made, and what it found on the way; both, always."""

    value: T_co
    found: tuple[Diagnostic, ...] = ()


def in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, then place, then code: the order in which everything is shown, without doubles."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.span, one.code, one.message)))


def has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(one.severity is Severity.ERROR for one in found)
