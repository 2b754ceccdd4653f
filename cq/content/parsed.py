"""What one source says, as values, and as the plain text that the ledger keeps of it.

Light on purpose: a run in which nothing changed reads these and imports no parser.
"""

import functools
import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content.body import Body, Heading
from cq.content.draws import Draw
from cq.content.item import Item, Reference, Trace
from cq.diagnostic import Diagnostic, Edit, Label, Severity, Span


class Record(NamedTuple):
    """A YAML file of one kind: site.yml, equipe.yml, quartier.yml, groupe.yml."""

    id: str
    kind: str
    path: str
    space: str
    home: str
    fields: tuple[str, ...]  # canonical JSON, one text for each entry of a list kind
    references: tuple[Reference, ...]
    places: tuple[tuple[int, int], ...]  # line and column of each entry
    written: tuple[Reference, ...] = ()  # values that checks point at
    traces: tuple[Trace, ...] = ()


class Parsed(NamedTuple):
    """All that one source says. `fields` is the front matter as canonical JSON."""

    path: str
    key: str
    item: Item | None = None
    record: Record | None = None
    fields: str = "{}"
    body: Body = Body("")
    found: tuple[Diagnostic, ...] = ()


class Row(NamedTuple):
    """A Parsed as text: JSON in `item`, `record`, `found` and `headings`."""

    path: str
    key: str
    item: str
    record: str
    found: str
    fields: str
    html: str
    headings: str
    text: str
    bag: str = ""  # its words for the search, from `cq.search.bag`


class Text(NamedTuple):
    """The heavy half of an item, fetched when its page is rendered."""

    fields: str
    html: str
    headings: tuple[Heading, ...]
    text: str


def row_of(parsed: Parsed) -> Row:
    body, item = parsed.body, parsed.item
    return Row(
        parsed.path, parsed.key, _json(item and item.with_face()), _json(parsed.record),
        findings_to_json(parsed.found), parsed.fields, body.html, _json(body.headings), body.text,
    )  # fmt: skip


def key_of(path: str, source: str) -> str:
    """Where the parse of the file at `path` stands, whose bytes have the digest `source`."""
    return f"{source}:{path}"


def item_of(text: str) -> Item:
    return _items()(text)


@functools.cache
def _items() -> Callable[[str], Item]:
    """Read by msgspec, which knows the types: 10,000 cards are the first delay of an edit."""
    import msgspec

    return msgspec.json.Decoder(Item).decode


def draws_of(text: str) -> list[Draw]:
    """The facts of the draws, as `draws_to_json` wrote them. Raises ValueError."""
    import msgspec

    return msgspec.json.decode(text, type=list[Draw])


def draws_to_json(draws: list[Draw]) -> str:
    return _json(draws)


def record_of(text: str) -> Record:
    record = Record(*json.loads(text))
    return record._replace(
        references=tuple(Reference(*one) for one in record.references),
        written=tuple(Reference(*one) for one in record.written),
        traces=tuple(Trace(*one) for one in record.traces),
    )


def headings_of(text: str) -> tuple[Heading, ...]:
    return tuple(Heading(*row) for row in json.loads(text))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def findings_to_json(found: tuple[Diagnostic, ...]) -> str:
    return (
        _json(
            [
                (
                    one.code,
                    one.message,
                    _place(one.span),
                    int(one.severity),
                    one.hints,
                    [(_place(label.span), label.message) for label in one.labels],
                    [(e.line, e.column, e.end_line, e.end_column, e.text) for e in one.fixes],
                )
                for one in found
            ]
        )
        if found
        else "[]"
    )


def findings_from_json(text: str) -> tuple[Diagnostic, ...]:
    if text == "[]":
        return ()
    return tuple(
        Diagnostic(
            code,
            message,
            _span(span),
            Severity(severity),
            tuple(hints),
            tuple(Label(_span(place), words) for place, words in labels),
            tuple(Edit(*edit) for edit in edits),
        )
        for code, message, span, severity, hints, labels, edits in json.loads(text)
    )


def _place(span: Span) -> tuple[str, int, int, int]:
    return str(span.path), span.line, span.column, span.width


def _span(row: list[object]) -> Span:
    path, line, column, width = row
    return Span(PurePosixPath(str(path)), line, column, width)  # type: ignore[arg-type]
