"""A `Table` becomes CSV (RFC 4180), JSON, and the Table Schema that says what its columns are.

The three tell the same: one order of rows and columns, ISO dates, an empty cell for what is not
known. CSV is UTF-8 without a mark at its start, with commas and CRLF. JSON keeps every text as it
is; a CSV cell may carry an apostrophe that is not its own (`guarded`).
"""

import csv
import io
import json
import re
from typing import Literal, NamedTuple

from cq.site.feeds.text import plain

Cell = str | int | bool | None
Type = Literal["string", "date", "time", "integer", "boolean"]

# A spreadsheet runs as a formula what begins so, and content may come from anybody. Apostrophes
# before it count: with them, taking one away gives back the text in every case.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]")
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


def guarded(text: str) -> str:
    """`text`, after an apostrophe where a spreadsheet would take it for a formula.

    Whoever reads it back takes one apostrophe away from what `'+` and one of the signs begins.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_csv(table: Table) -> str:
    """Header and rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_in_csv(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(plain(cell)) if cell else ""
    if cell is None:
        return ""
    return ("false", "true")[cell] if isinstance(cell, bool) else str(cell)


def as_json(table: Table, about: dict[str, str]) -> str:
    """`about`, the version, and the rows as objects under `lignes`, one a line."""
    names = [column.name for column in table.columns]
    head = {"nom": table.name, "titre": table.title, "version": table.version, **about}
    parts = [f"{json.dumps(key)}: {_dumped(value)},\n" for key, value in head.items()]
    rows = [
        _dumped({name: _in_json(cell) for name, cell in zip(names, row, strict=True)})
        for row in table.rows
    ]
    return "".join(["{\n", *parts, '"lignes": [', *_lines(rows), "]\n}\n"])


def _lines(rows: list[str]) -> list[str]:
    return ["\n" + ",\n".join(rows) + "\n"] if rows else []


def _in_json(cell: Cell) -> Cell:
    return (plain(cell) or None) if isinstance(cell, str) else cell


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
