"""The one door to YAML: a header's text in, keys and values with their places out.

Everything is text here: no value is ever converted, no object made, no alias followed. Events are
walked one by one, so that a bomb is refused before anything is built from it.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeAlias

import yaml

from cq.content.characters import visible
from cq.content.tree import Block, Listing, Scalar, Tree, fold_key
from cq.content.yaml import slips
from cq.content.yaml.mend import Mender
from cq.content.yaml.sheet import Sheet
from cq.diagnostic import Diagnostic, Outcome, Span, error, has_errors

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_Event: TypeAlias = Any  # the stubs give PyYAML's events no attributes

DEPTH = 20
NODES = 10_000
_LENGTH = 2_000_000  # characters: no header is so long, and nothing below needs to be asked
_TRIES = 20
_REPEATED = 20  # findings of one cause
_TAB_WIDTHS = (2, 4, 8)

# What sends a header to the mender: all that YAML refuses or silently misreads of what people
# type. Most headers have none of it and are read at once. A false alarm only costs time.
# A whole value between double quotes, nothing odd inside: French colons and hashes are safe there.
_QUOTED = re.compile(r'(?<=: )"[^"\\\n]*"$', re.MULTILINE)
_DANGER = re.compile(
    r"""[^\x20-\x7e\xa0-\u2027\u202a-\u2fff\n]
    | \S[^\S\n]+\#              # a comment after a value
    | [^\S\n]:(?:\s|\Z)         # a space before the colon
    | :[ ]*[^\S\n ]             # a no-break space or a tab after it
    | ^[ -]*[^\W\d][\w-]*:\S    # no space after it
    | ^[ ]*-(?:[^\s-]|[ -]*[^\S\n ])  # none after a dash, or a no-break space
    | [:\-,\[][ ]*[&*!{]        # anchors, aliases, tags, braces
    | ^[&*!{?%]
    | ^[ ]*[^\S\n ]            # a no-break space in the indentation
    | ^[^\[\n]*\[.*:\s          # a key inside a list
    | ^[ ]*-[ ](?![a-z][a-z_-]*:[ \n]).*:\s  # an item that may be prose
    """,
    re.MULTILINE | re.VERBOSE,
)


class _BrokenError(Exception):
    """YAML cannot go on; where, and why."""

    def __init__(self, line: int, column: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.column = column
        self.problem = problem


class _TooComplexError(Exception):
    """Refused before it is built; the message, and where."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


class _OddError(Exception):
    """Readable, but not by the short way."""


class _Attempt(NamedTuple):
    value: Tree | None
    found: list[Diagnostic]
    mender: Mender


def read(header: str, path: PurePosixPath, first_line: int = 1) -> Outcome[Tree | None]:
    """What `header` says: a Block, a Listing where the top level is a list, or None.

    `header` begins on line `first_line` of the file; a whole `.yml` file begins on line 1. An
    empty header is an empty Block. Values are text; a plain `~` or `null` and nothing at all are
    "" (not quoted). With errors, what could be read is there as well; None means nothing could.
    """
    if len(header) > _LENGTH:
        return Outcome(
            None, (_too_complex("plus de deux millions de signes", Span(path, first_line)),)
        )
    if not _dangerous(header) and visible(header) == header:
        try:
            builder = _Builder(path, first_line, None)
            return Outcome(builder.build(header), tuple(builder.found))
        except (_BrokenError, _OddError):
            pass
        except _TooComplexError as refused:
            return Outcome(None, (_too_complex(refused.message, refused.span),))
    return _slowly(header, path, first_line)


def _dangerous(header: str) -> bool:
    """Whether anything outside plainly quoted values may be read otherwise than it is meant."""
    return (
        _DANGER.search(header) is not None and _DANGER.search(_QUOTED.sub('""', header)) is not None
    )


def _slowly(header: str, path: PurePosixPath, first_line: int) -> Outcome[Tree | None]:
    """With the mender, and once for each width that a tab may have."""
    try:
        first = _attempt(header, path, first_line, _TAB_WIDTHS[0])
        if not first.mender.outline.tabs:
            return Outcome(first.value, tuple(first.found))
        attempts = [first]
        attempts += [_attempt(header, path, first_line, width) for width in _TAB_WIDTHS[1:]]
    except _TooComplexError as refused:
        return Outcome(None, (_too_complex(refused.message, refused.span),))
    clean = [one for one in attempts if not has_errors(one.found)]
    best = clean[0] if clean else first
    agreed = all(one.value == best.value for one in clean)
    said = slips.tabs(best.mender.sheet, best.mender.outline.tabs, agreed=agreed)
    return Outcome(best.value, (said, *best.found))


def _attempt(header: str, path: PurePosixPath, first_line: int, width: int) -> _Attempt:
    sheet = Sheet(header, path, first_line)
    mender = Mender(sheet, width)
    found = mender.mend()
    lost: set[str] = set()
    for _ in range(_TRIES):
        builder = _Builder(path, first_line, sheet)
        try:
            value = builder.build(sheet.text())
        except _BrokenError as broken:
            line = min(broken.line, len(sheet.lines) - 1)
            found.append(slips.broken(sheet, line, broken.column, broken.problem))
            start, end = mender.outline.entry(line)
            lost.add(fold_key(mender.key_of(start)))
            sheet.drop(start, end)
            continue
        if isinstance(value, Block):
            value.lost = frozenset(lost - {""})
        return _Attempt(value, [*found, *builder.found], mender)
    return _Attempt(None, found, mender)


class _Frame:
    """A list or a mapping that is being filled."""

    __slots__ = ("key", "keys", "skip", "value", "waiting")

    def __init__(self, value: Block | Listing) -> None:
        self.value = value
        self.key: Scalar | None = None
        self.waiting = False  # whether the next node is a value
        self.skip = False  # whether that value has no place to go
        self.keys: dict[str, tuple[str, Span]] = {}


class _Builder:
    """Events in, tree out. Without a sheet the text is the file's own, and nothing odd passes."""

    def __init__(self, path: PurePosixPath, first_line: int, sheet: Sheet | None) -> None:
        self.path = path
        self.first_line = first_line
        self.sheet = sheet
        self.found: list[Diagnostic] = []
        self.root: Tree | None = None
        self.stack: list[_Frame] = []
        self.said = 0

    def build(self, text: str) -> Tree | None:
        """The tree of `text`; raises _BrokenError, _OddError or _TooComplexError."""
        nodes = 0
        for event in _events(text):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor or event.tag:
                    self._property(event)
                self._add(self._scalar(event), event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._begin(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.stack.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._alias(event)
            else:
                self._document(event)
                continue
            nodes += 1
            if nodes > NODES:
                raise _TooComplexError("plus de 10 000 valeurs", self._span(event))
        if self.root is None:
            return Block(line=self.first_line)
        return self.root

    def _document(self, event: _Event) -> None:
        """Where a document or the whole begins or ends: one document is all there may be."""
        mark = event.start_mark
        if self.root is None or type(event) is not yaml.DocumentStartEvent:
            return
        if self.sheet is None:
            raise _OddError
        raise _BrokenError(mark.line, mark.column, "document")

    def _begin(self, event: _Event) -> None:
        if event.anchor or event.tag:
            self._property(event)
        if len(self.stack) >= DEPTH:
            raise _TooComplexError("plus de 20 niveaux l’un dans l’autre", self._span(event))
        line, column, _ = self._place(event)
        made: Block | Listing
        if type(event) is yaml.MappingStartEvent:
            made = Block(line=line, column=column)
        else:
            made = Listing(line=line, column=column)
        self._add(made, event)
        self.stack.append(_Frame(made))

    def _add(self, node: Tree, event: _Event) -> None:
        if not self.stack:
            if isinstance(node, Scalar):
                if self.sheet is None:
                    raise _OddError
                raise _BrokenError(event.start_mark.line, event.start_mark.column, "no mapping")
            self.root = node
            return
        frame = self.stack[-1]
        if isinstance(frame.value, Listing):
            frame.value.append(node)
        elif frame.waiting:
            frame.waiting = False
            if not frame.skip and frame.key is not None:
                frame.value[str(frame.key)] = node
        else:
            frame.waiting = True
            frame.skip = not self._key(frame, node, event)

    def _key(self, frame: _Frame, node: Tree, event: _Event) -> bool:
        """Whether `node` may be a key of the frame's mapping."""
        span = self._span(event)
        if not isinstance(node, Scalar) or not node.strip():
            if self.sheet is None:
                raise _OddError
            self._say(slips.no_key(span))
            return False
        folded = fold_key(node)
        first = frame.keys.get(folded)
        if first is not None:
            self._say(slips.duplicate(str(node), span, *first))
            return False
        frame.keys[folded] = (str(node), span)
        frame.key = node
        assert isinstance(frame.value, Block)  # noqa: S101 — narrows the type: lists have no keys
        frame.value.places[str(node)] = span
        return True

    def _scalar(self, event: _Event) -> Scalar:
        line, column, width = self._place(event)
        value: str = event.value
        if event.style is None or event.style == "":
            if not value.isascii():
                value = visible(value).strip()  # no-break spaces are letters to YAML
            if value in {"~", "null"}:
                value = ""
            return Scalar(value, line, column, width)
        if event.style == '"' and len(visible(value)) < len(value):
            # Only an escape can bring such a character here: the header itself has none.
            if self.sheet is None:
                raise _OddError
            self._say(slips.hidden(Span(self.path, line, column, width)))
            value = visible(value)
        if not value.isascii():
            value = visible(value)
        return Scalar(value, line, column, width, quoted=True)

    def _property(self, event: _Event) -> None:
        """An anchor or a tag in front of a node."""
        if self.sheet is None:
            raise _OddError
        span = self._span(event)
        if event.tag:
            self._say(slips.tag(str(event.tag), span))
        if event.anchor:
            self._say(slips.anchor(f"&{event.anchor}", span))

    def _alias(self, event: _Event) -> None:
        if self.sheet is None:
            raise _OddError
        line, column, width = self._place(event)
        self._say(slips.anchor(f"*{event.anchor}", Span(self.path, line, column, width)))
        self._add(Scalar("", line, column, width), event)

    def _say(self, finding: Diagnostic) -> None:
        self.said += 1
        if self.said <= _REPEATED:
            self.found.append(finding)

    def _place(self, event: _Event) -> tuple[int, int, int]:
        """Line, column and width in the file of what an event stands for."""
        start, end = event.start_mark, event.end_mark
        line: int = start.line
        first: int = start.column
        last: int = end.column if end.line == line else first
        if self.sheet is not None:
            line = min(line, len(self.sheet.lines) - 1)
            shown = self.sheet.shown_column(line, first)
            stop = self.sheet.shown_column(line, last, end=True) if last > first else shown
            first, last = self.sheet.column(line, shown), self.sheet.column(line, stop)
        return self.first_line + line, first + 1, max(last - first, 0)

    def _span(self, event: _Event) -> Span:
        return Span(self.path, *self._place(event))


def _events(text: str) -> Iterator[_Event]:
    try:
        loader = _LOADER(text)
        try:
            while loader.check_event():
                yield loader.get_event()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark
        context = failure.context or ""
        # The start of a quote or a bracket says more than the end of the file, where it shows.
        if failure.context_mark is not None and "block" not in context:
            mark = failure.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise _BrokenError(line, column, f"{context} {failure.problem}") from failure
    except (yaml.YAMLError, ValueError, OverflowError) as failure:
        raise _BrokenError(0, 0, str(failure)) from failure


def _too_complex(message: str, span: Span) -> Diagnostic:
    return error(
        "too-complex",
        f"en-tête trop compliqué : {message}",
        span,
        "il n’est pas lu",
        "partagez-le en plusieurs fichiers, ou écrivez les valeurs l’une sous l’autre",
    )
