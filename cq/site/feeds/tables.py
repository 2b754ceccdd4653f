"""A `Table` becomes CSV (RFC 4180), JSON, and the Table Schema that says what its columns are.

The three tell the same: one order of rows and columns, ISO dates, an empty cell for what is not
known. CSV is UTF-8 without a mark at its start, with commas and CRLF. JSON keeps every text as it
is; a CSV cell may carry an apostrophe that is not its own (`guarded`).
"""

import csv
import json
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cq.site.feeds.text import plain
from cq.spreadsheet import guarded

Cell = str | int | None
Type = Literal["string", "date", "time", "integer"]

_FORMATS = {"time": "%H:%M"}  # Table Schema's own has seconds


class Column(NamedTuple):
    """One column. Its name never changes: programs ask for it."""

    name: str
    type: Type
    description: str
    choices: tuple[str, ...] = ()


class Table(NamedTuple):
    """A data set: what it is, its columns, its rows in order. The first column is the key."""

    name: str
    title: str
    description: str
    version: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Lines(NamedTuple):
    """The rows of a table in both forms, one text each; a community's files take some of them."""

    csv: Sequence[str]
    json: Sequence[str]

    def some(self, numbers: Iterable[int]) -> "Lines":
        chosen = list(numbers)
        return Lines([self.csv[n] for n in chosen], [self.json[n] for n in chosen])


def lines(table: Table) -> Lines:
    """Each row as a line of CSV and as an object of JSON."""
    rows = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    names = [column.name for column in table.columns]
    return Lines(
        _written([_in_csv(cell) for cell in row] for row in rows),
        [
            _dumped(
                {name: None if cell == "" else cell for name, cell in zip(names, row, strict=True)}
            )
            for row in rows
        ],
    )


class _Sink(list[str]):
    """What `csv.writer` writes to: one text a row."""

    write = list.append


def _written(rows: Iterable[Iterable[str]]) -> list[str]:
    sink = _Sink()
    csv.writer(sink, lineterminator="\r\n").writerows(rows)
    return sink


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    if cell is None:
        return ""
    return str(cell)


def as_csv(table: Table, rows: Sequence[str]) -> str:
    """Header and rows."""
    return "".join((*_written([[column.name for column in table.columns]]), *rows))


def as_json(table: Table, rows: Sequence[str], about: dict[str, str]) -> str:
    """`about`, the version, and the rows as objects under `lignes`, one a line."""
    head = {"nom": table.name, "titre": table.title, "version": table.version, **about}
    said = "".join(f"{json.dumps(key)}: {_dumped(value)},\n" for key, value in head.items())
    listed = "\n" + ",\n".join(rows) + "\n" if rows else ""
    return f'{{\n{said}"lignes": [{listed}]\n}}\n'


# One encoder for all: json.dumps makes another at each call that asks for more than the usual.
_dumped = json.JSONEncoder(ensure_ascii=False).encode


def as_schema(table: Table) -> str:
    """The Table Schema (Frictionless, version 1) of the CSV and of the JSON's rows."""
    fields = []
    for column in table.columns:
        field: dict[str, object] = {"name": column.name, "type": column.type}
        if column.type in _FORMATS:
            field["format"] = _FORMATS[column.type]
        field["description"] = column.description
        constraints: dict[str, object] = {}
        if column is table.columns[0]:
            constraints = {"required": True, "unique": True}
        if column.choices:
            constraints["enum"] = list(column.choices)
        if constraints:
            field["constraints"] = constraints
        fields.append(field)
    schema = {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "version": table.version,
        "fields": fields,
        "primaryKey": [table.columns[0].name],
        "missingValues": [""],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
