"""Rows on the screen or for a spreadsheet: a table to read, JSON, CSV. One way for all commands.

Decides nothing and reads nothing. Whatever a row says was written by somebody: on a terminal it
moves no cursor, in a log it commands no runner, in a spreadsheet it is no formula.
"""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TextIO

from cq.console import as_printable_json
from cq.french.dates import short_date
from cq.french.numbers import counted
from cq.spreadsheet import guarded
from cq.terminal import RUNNERS, one_line

FORMATS = ("table", "json", "csv")
Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

_WIDTH = 120  # characters, where nobody looks: a file, a pipe
_NARROW = 100  # a narrower screen shows fewer columns
_PATH = "chemin"  # the key of a row's path, which one copies
_MOST = 16  # characters of a column that can do with little


class Column(NamedTuple):
    """A column to read; JSON and CSV have all keys of the rows. `words` says a row's cell, `marks`
    what stands out in a line of it, where there are colours: begins and ends.
    """

    title: str
    words: Callable[[Row], str]
    right: bool = False
    wide: bool = False  # its words need room
    spare: bool = False  # left out of a narrow screen
    marks: Callable[[Row, str], Iterable[tuple[int, int]]] = lambda *_: ()


class Plan(NamedTuple):
    """What is shown of rows. A row that is `loud` stands out where there are colours; its words
    say why as well.
    """

    columns: tuple[Column, ...]
    keys: tuple[str, ...]  # of JSON and CSV, in order
    loud: Callable[[Row], bool] = lambda _: False


def show(rows: Iterable[Row], plan: Plan, form: str, out: TextIO) -> None:
    """Write `rows` in one of `FORMATS`; without rows, a table is nothing at all."""
    known = tuple(rows)
    if form == "json":
        out.write(_json(known, plan.keys))
    elif form == "csv":
        out.write(_csv(known, plan.keys))
    elif known:
        _table(known, plan, out)


def days(row: Row, key: str) -> str:
    """« 12 jours »."""
    return counted(int(row[key] or 0), "jour")


def day(row: Row, key: str) -> str:
    """« 5 janv. 2026 » for an ISO text; "" for none."""
    return short_date(date.fromisoformat(str(row[key]))) if row[key] else ""


def titled(row: Row) -> str:
    """The cell of a row's title, over where it belongs and, where not everybody reads it, who."""
    below = [str(row["lieu"])] if row.get("lieu") else []
    if row.get("espace") not in {None, "", "public"}:
        below.append(f"privé ({row['espace']})")
    return str(row["titre"]) + (f"\n{', '.join(below)}" if below else "")


def left_out(veiled: int, refused: int, private: str) -> Iterator[str]:
    """What a list does not show, and how to see it; for those who read it, not for a file.
    `private` is what one of the veiled is called: « question privée ».
    """
    if veiled:
        several = " ".join(f"{word}s" for word in private.split())
        yield f"{counted(veiled, private, several)} : --private, ou hors de la CI"
    if refused:
        yield f"{counted(refused, 'fichier fautif', 'fichiers fautifs')} : cq validate dit pourquoi"


def _json(rows: tuple[Row, ...], keys: tuple[str, ...]) -> str:
    """A list, one object a line."""
    lines = [
        as_printable_json(json.dumps({key: row.get(key) for key in keys}, ensure_ascii=False))
        for row in rows
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _csv(rows: tuple[Row, ...], keys: tuple[str, ...]) -> str:
    """RFC 4180 but for the ends of lines, which are those of the screen: comma, UTF-8, a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([_in_csv(row.get(key)) for key in keys] for row in rows)
    return text.getvalue()


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    return _one_line(guarded(cell)) if isinstance(cell, str) else str(cell)


def _one_line(text: str) -> str:
    return one_line(text).replace(RUNNERS, "## [")


class _Path:
    """A path in a table, folded between its folders where its column is too narrow, so that no
    name is cut. The methods are those that rich asks for.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def __rich_console__(self, console: object, options: Any) -> Iterator[str]:  # noqa: ANN401
        del console
        yield "\n".join(folded(self.path, options.max_width))

    def __rich_measure__(self, console: object, options: object) -> Any:  # noqa: ANN401
        from rich.measure import Measurement

        del console, options
        return Measurement(max(map(len, self.path.split("/"))), len(self.path))


def folded(path: str, width: int) -> Iterator[str]:
    """The lines of a path, at most `width` characters each: it is cut after a folder, else after a
    hyphen, and within a word only where one is wider than the line.
    """
    while len(path) > width:
        cut = path.rfind("/", 0, width) + 1 or path.rfind("-", 0, width) + 1 or max(width, 1)
        yield path[:cut]
        path = path[cut:]
    yield path


def _table(rows: tuple[Row, ...], plan: Plan, out: TextIO) -> None:
    from rich import box
    from rich.console import Console, Group
    from rich.table import Table
    from rich.text import Text

    def shown(column: Column, row: Row, line: str, style: str) -> Text | _Path:
        if line and line == row.get(_PATH):
            return _Path(_one_line(line))
        text = Text(_one_line(line), style)
        for start, end in column.marks(row, text.plain):
            text.stylize("bold underline", start, end)
        return text

    width = shutil.get_terminal_size().columns if out.isatty() else _WIDTH
    columns = [one for one in plan.columns if width >= _NARROW or not one.spare]
    # The frame's edge begins every line: no word of a row does, for those who obey first words.
    table = Table(box=box.SQUARE, show_lines=True, header_style="bold")
    for column in columns:
        table.add_column(
            column.title, justify="right" if column.right else "left", overflow="fold",
            max_width=None if column.wide else _MOST,
        )  # fmt: skip
    for row in rows:
        styles = ["bold red" if plan.loud(row) else "", *("" for _ in columns)]
        table.add_row(
            *(
                Group(*(shown(column, row, line, style) for line in column.words(row).split("\n")))
                for column, style in zip(columns, styles, strict=False)
            )
        )
    # Text and no markup, as it stands: no emoji, no link made of what somebody wrote.
    Console(file=out, width=width, highlight=False, markup=False, emoji=False).print(table)
