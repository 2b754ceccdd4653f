"""Tables as forges read them: columns by `|`, alignment by class (the CSP forbids `style=`)."""

import re
from xml.etree.ElementTree import Element, SubElement

from cq.content.markup import guard, lines
from cq.content.markup.page import Page
from cq.content.markup.places import Source

_CELL = re.compile(r"((?:[^|\\]++|\\.?)*+)(?:\||$)")


def _cells(row: str) -> list[str]:
    """The cells of a row, as written."""
    row = row.strip().removeprefix("|")
    if "\\" not in row:
        return [cell.strip() for cell in row.removesuffix("|").split("|")]
    found = [cell.strip() for cell in _CELL.findall(row)]
    # The pattern finds an empty cell behind the last mark: the row's end, unless it is all of it.
    return found[:-1] if len(found) > 1 and not found[-1] else found


def is_delimiter(line: str, header: str) -> bool:
    """Is `line` the second row of a table whose first one would be `header`?"""
    if "|" not in line and "|" not in header:
        return False
    return bool(lines.DELIMITER.match(line)) and len(_cells(line)) == len(_cells(header))


def build(parent: Element, rows: list[str], line: int, page: Page) -> None:
    """The table in `rows`, the first of which is line `line` of the body."""
    sides = [_side(cell) for cell in _cells(rows[1])]
    table = SubElement(parent, "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    _row(head, "th", Source(rows[0], line), sides, page)
    if len(rows) > 2:
        body = SubElement(table, "tbody")
        for number, text in enumerate(rows[2:], line + 2):
            _row(SubElement(body, "tr"), "td", Source(text, number), sides, page)


def _row(made: Element, tag: str, leaf: Source, sides: list[str], page: Page) -> None:
    cells = _cells(leaf)
    if len(cells) < len(sides):
        guard.check_missing_cells(len(sides) - len(cells), leaf, page)
        cells += [""] * (len(sides) - len(cells))
    at = 0
    for side, cell in zip(sides, cells, strict=False):
        one = SubElement(made, tag)
        if side:
            one.set("class", side)
        if tag == "th":
            one.set("scope", "col")
        at = max(leaf.find(cell, at), 0)
        one.text = Source(cell.replace("\\|", "|"), leaf.line, leaf, at)
        at += len(cell)


def _side(rule: str) -> str:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left" if rule.startswith(":") else ""
