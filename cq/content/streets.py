"""A quartier's table of streets: CSV in (voie, cote, de, a), rows out.

Says what is wrong in the one file, row by row; a street that two quartiers claim is for
`cq.content.checks.perimeters`.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content.characters import visible
from cq.content.parsed import Parsed, key_of
from cq.content.perimeters import Street, record_of
from cq.content.scan import Source
from cq.content.text import decode
from cq.diagnostic import Diagnostic, Span, error, has_errors, warning
from cq.french import typography
from cq.french.folding import nearest, slug

_MOST = 5000
_LONGEST = 120
_COLUMNS = ("voie", "cote", "de", "a")
_SIDES = {
    "": "tous", "tous": "tous", "tout": "tous", "toute": "tous", "les-deux": "tous",
    "pair": "pair", "pairs": "pair", "impair": "impair", "impairs": "impair",
}  # fmt: skip
_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_LOST = "sans elle, une adresse de cette rue ne trouverait pas son quartier"


def parse_streets(source: Source) -> Parsed:
    """The rows of a CSV file, as a record; no record where one of them cannot be used."""
    path = source.path
    key = key_of(str(path), source.digest)
    text = decode(source)
    if text.value is None:
        return Parsed(str(path), key, found=text.found)
    rows: list[Street] = []
    found = [*text.found, *_read(text.value, path, rows)]
    if has_errors(found):
        return Parsed(str(path), key, found=tuple(found))
    record = record_of(path, "streets", rows)
    return Parsed(str(path), key, record=record, found=tuple(found))


def _read(text: str, path: PurePosixPath, rows: list[Street]) -> Iterator[Diagnostic]:
    head = text.partition("\n")[0]
    sign = max(",;\t", key=head.count)
    table = csv.reader(io.StringIO(text), delimiter=sign)
    columns: list[str] | None = None
    try:
        for cells in table:
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if columns is None:
                columns = [slug(visible(cell)) for cell in cells]
                said = list(_header(columns, cells, Span(path, table.line_num)))
                yield from said
                if has_errors(said):
                    return
                continue
            if len(rows) >= _MOST:
                yield _refused(Span(path, table.line_num), f"cette table a plus de {_MOST} lignes")
                return
            named = dict(zip(columns, cells, strict=False))
            yield from _row(
                {key: visible(named.get(key, "")).strip() for key in _COLUMNS},
                Span(path, table.line_num), rows,
            )  # fmt: skip
    except csv.Error:
        yield _refused(Span(path, max(1, table.line_num)), "cette ligne n’est pas du CSV")
        return
    if columns is None:
        yield _refused(Span(path), "cette table est vide")


def _refused(place: Span, message: str) -> Diagnostic:
    return error(
        "street-table",
        message,
        place,
        "sans table, les adresses du quartier ne le trouveraient pas",
        "une table commence ainsi :\nvoie,cote,de,a\nrue Bichat,pair,2,40",
    )


def _header(columns: list[str], cells: list[str], place: Span) -> Iterator[Diagnostic]:
    if "voie" not in columns:
        yield _refused(
            place, "la première ligne de la table doit nommer ses colonnes, dont « voie »"
        )
        return
    for column, cell in zip(columns, cells, strict=True):
        if column in _COLUMNS:
            continue
        if not column:
            continue
        near = nearest(column, _COLUMNS)
        yield warning(
            "unknown-column",
            f"la colonne « {visible(cell).strip()[:40]} » n’est pas lue",
            place,
            *([f"vouliez-vous dire « {near[0]} » ?"] if near else []),
            "les colonnes d’une table des rues : voie,cote,de,a",
        )


def _row(row: dict[str, str], place: Span, rows: list[Street]) -> Iterator[Diagnostic]:
    name = " ".join(row["voie"].split())
    if not name or len(name) > _LONGEST:
        what = "cette ligne n’a pas de nom de rue" if not name else "ce nom de rue est trop long"
        yield error("street-row", what, place, _LOST, "écrivez : rue Bichat,pair,2,40")
        return
    side = _SIDES.get(slug(row["cote"]))
    if side is None:
        yield error(
            "street-row",
            f"« {row['cote'][:40]} » n’est pas un côté de rue",
            place,
            _LOST,
            f"écrivez pair, impair ou tous : {name},pair,{row['de']},{row['a']}",
        )
        return
    ends: list[int | None] = []
    for key in ("de", "a"):
        value = row[key]
        if value and (not _NUMBER.match(value) or int(value) == 0):
            yield error(
                "street-row",
                f"« {value[:40]} » n’est pas un numéro de rue",
                place,
                _LOST,
                "écrivez un nombre seul, sans « bis » ; une case vide veut dire jusqu’au bout",
            )
            return
        ends.append(int(value) if value else None)
    first, last = ends
    yield from _odd_ends(name, side, (first, last), place)
    rows.append(Street(typography.plain(name), side, first, last, place.line))


def _odd_ends(
    name: str, side: str, ends: tuple[int | None, int | None], place: Span
) -> Iterator[Diagnostic]:
    first, last = ends
    if first is not None and last is not None and last < first:
        yield error(
            "street-row",
            f"le premier numéro ({first}) est plus grand que le dernier ({last})",
            place,
            _LOST,
            f"écrivez : {name},{side},{last},{first}",
        )
        return
    for number in ends:
        if number is not None and side != "tous" and (number % 2 == 0) != (side == "pair"):
            yield error(
                "street-row",
                f"le {number} n’est pas un numéro {side}",
                place,
                _LOST,
                "corrigez le côté ou le numéro",
            )
            return
