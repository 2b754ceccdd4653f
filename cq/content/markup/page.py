"""What one conversion knows: the state that the parser, the inline pass and the last pass share.

A fresh one for every page; nothing of it outlives `convert`.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from cq.content.markup.places import Places, Source
from cq.diagnostic import Diagnostic, Span

# Of one fault that a hostile page repeats, so many places are enough.
_MOST_FINDINGS = 50


class TooComplex(Exception):
    """The page is refused. Raised inside the parser, caught in `convert`, nowhere else."""

    def __init__(self, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span


class Mark(NamedTuple):
    """What an element of the HTML was in the source; its number travels in `data-cq`."""

    kind: Literal["a", "img", "wiki", "heading", "auto"]
    span: Span
    target: str = ""


@dataclass(slots=True)
class Note:
    """A footnote's text, and the number of times that the page calls it."""

    content: Element
    line: int
    number: int = 0  # in the order of calls, from 1; 0 before the first
    calls: int = 0


@dataclass(slots=True)
class Page:
    """Everything gathered on the way from text to HTML."""

    places: Places
    budget: int  # characters that reference definitions may still add
    marks: list[Mark] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    called: list[Note] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    open_tags: list[str] = field(default_factory=list)  # raw HTML, as far as it goes
    never_closed: set[tuple[str, int]] = field(default_factory=set)  # tag, line of its block
    raw_tags: int = 0
    cells: int = 0  # that tables got without having been written

    def mark(self, mark: Mark) -> str:
        """The value of `data-cq` for an element."""
        self.marks.append(mark)
        return str(len(self.marks) - 1)

    def say(self, finding: Diagnostic) -> None:
        if len(self.found) < _MOST_FINDINGS:
            self.found.append(finding)

    def too_complex(self, message: str, hint: str, leaf: Source) -> TooComplex:
        return TooComplex(message, hint, self.places.line(leaf.line))
