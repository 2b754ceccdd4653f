"""Tables as CSV and JSON: RFC 4180 to the letter, nothing that a spreadsheet runs, nothing lost."""

import csv
import io
import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.site.feeds import tables
from cq.site.feeds.tables import Column, Table, as_schema
from cq.site.feeds.text import plain
from cq.spreadsheet import guarded

COLUMNS = (
    Column("id", "string", "Identifiant."),
    Column("jour", "date", "Jour."),
    Column("heure", "time", "Heure."),
    Column("nombre", "integer", "Nombre."),
    Column("sorte", "string", "Sorte.", ("pour", "contre")),
    Column("texte", "string", "Texte."),
)
ROW = ("a", "2026-03-10", "19:30", 12, "pour", "Un, deux")
FORMULAS = (
    "=1+1", "+1", "-1", "@SOMME(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "'=1+1", "''@a", "＝1＋1",
    '=HYPERLINK("https://exemple.example";"ici")', '=cmd|" /C calc"!A0',
)  # fmt: skip
HARMLESS = ("", "a", "1-2", "l’=", "'", "'a", " =1", "«=»", "é")
# What the Table Schema specification asks of a descriptor, as far as we use it.
DESCRIPTOR = {
    "type": "object",
    "required": ["name", "version", "fields", "primaryKey", "missingValues"],
    "properties": {
        "name": {"pattern": "^[a-z0-9]+$"},
        "version": {"pattern": r"^\d+\.\d+$"},
        "missingValues": {"const": [""]},
        "primaryKey": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "fields": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "type", "description"],
                "additionalProperties": False,
                "properties": {
                    "name": {"pattern": "^[a-z][a-z0-9_]*$"},
                    "type": {"enum": ["string", "date", "time", "integer"]},
                    "format": {"const": "%H:%M"},
                    "description": {"type": "string", "minLength": 1},
                    "constraints": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "required": {"const": True},
                            "unique": {"const": True},
                            "enum": {"type": "array", "minItems": 2, "uniqueItems": True},
                        },
                    },
                },
            },
        },
    },
}
CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)')


def table(*rows: tuple) -> Table:
    return Table("essai", "Essai", "Une liste.", "1.0", COLUMNS, rows)


def as_csv(whole: Table) -> str:
    return tables.as_csv(whole, tables.lines(whole).csv)


def as_json(whole: Table, about: dict[str, str]) -> str:
    return tables.as_json(whole, tables.lines(whole).json, about)


def strict(text: str) -> list[list[str]]:
    """RFC 4180 and nothing more: CRLF after each line, quotes only where they are needed."""
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        cell = CELL.match(text, at)
        assert cell, text[at : at + 60]
        rows[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        if cell[3] != ",":
            rows.append([])
        at = cell.end()
    assert rows.pop() == []
    return rows


def unguarded(cell: str) -> str:
    """What the page of the data tells its readers to do."""
    return cell[1:] if re.match("'+[=+\\-@\t\r\n＋－＝＠]", cell) else cell


def test_a_table_is_a_header_and_rows() -> None:
    text = as_csv(table(ROW, ("b", None, None, None, None, "")))
    assert text == (
        'id,jour,heure,nombre,sorte,texte\r\na,2026-03-10,19:30,12,pour,"Un, deux"\r\nb,,,,,\r\n'
    )
    assert as_csv(table()) == "id,jour,heure,nombre,sorte,texte\r\n"


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    cell = strict(as_csv(table((text, *ROW[1:]))))[1][0]
    assert cell.startswith("'")
    assert unguarded(cell) == plain(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_it_would_not_run_stays(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.lists(st.tuples(*[st.text()] * 2, st.integers() | st.none()), max_size=5))
def test_nothing_is_lost_and_two_readers_agree(rows: list[tuple]) -> None:
    columns = (COLUMNS[0], COLUMNS[5], COLUMNS[3])
    text = as_csv(Table("essai", "Essai", "", "1.0", columns, tuple(rows)))
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert strict(text) == read
    assert read[0] == ["id", "texte", "nombre"]
    for (first, second, number), cells in zip(rows, read[1:], strict=True):
        assert [unguarded(cell) for cell in cells[:2]] == [plain(first), plain(second)]
        assert cells[2] == ("" if number is None else str(number))
        assert not re.match("[=+\\-@\t\r\n＋－＝＠]", cells[0])


@given(st.text(), st.text())
def test_json_says_the_same(first: str, second: str) -> None:
    made = table((first, *ROW[1:5], second))
    read = json.loads(as_json(made, {"licence": second}))
    assert read["version"] == "1.0"
    assert read["licence"] == second
    (row,) = read["lignes"]
    assert list(row) == [column.name for column in COLUMNS]
    assert row["id"] == (plain(first) or None)
    assert row["texte"] == (plain(second) or None)
    assert (row["nombre"], row["heure"]) == (12, "19:30")


def test_some_lines_are_those_of_a_part() -> None:
    whole = table(ROW, ("b", *ROW[1:]), ("c", *ROW[1:]))
    part = whole._replace(rows=(whole.rows[0], whole.rows[2]))
    assert tables.lines(whole).some([0, 2]) == tables.lines(part)


def test_an_empty_json_is_json() -> None:
    assert json.loads(as_json(table(), {}))["lignes"] == []


def test_the_schema_is_one() -> None:
    schema = json.loads(as_schema(table()))
    jsonschema.validate(schema, DESCRIPTOR)
    assert [field["name"] for field in schema["fields"]] == [one.name for one in COLUMNS]
    assert schema["primaryKey"] == ["id"]
    assert schema["fields"][2]["format"] == "%H:%M"
    assert schema["fields"][4]["constraints"] == {"enum": ["pour", "contre"]}
