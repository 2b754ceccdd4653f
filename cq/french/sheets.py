"""Tables as French offices save them: which encoding, which separator, which line holds which row.

Detects, says and converts; what a cell means is the caller's. A file is hostile: it is bounded,
and whatever cannot be read for sure is refused with its line rather than guessed.
"""

import csv
import io
import re
from typing import NamedTuple

from cq.french.folding import slug
from cq.french.numbers import counted

MOST_BYTES = 256_000_000
MOST_COLUMNS = 300
_LONGEST = 100_000  # characters of one cell, far above any address
_SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_ANNOUNCED = re.compile(r'"?sep=([;,\t|])"?\r?\n?')  # Excel's own first line
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", ""),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)


class Unreadable(Exception):
    """A file that is no table; the words are French, `line` is where (0 for the whole file)."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.words, self.line = words, line


class Fault(NamedTuple):
    """A row that cannot be used."""

    line: int
    words: str


class Sheet(NamedTuple):
    """A table. `rows` have as many cells as `header`, `lines` is where each begins; `said` is what
    the reader should know: « Windows-1252, converti ».
    """

    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    faults: tuple[Fault, ...]
    said: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        """The names of the columns for comparing: `key_of` each."""
        return tuple(map(key_of, self.header))


def key_of(name: str) -> str:
    """A column's name without capitals, accents or blanks: « Date de naissance » is
    `date_de_naissance`, as « date-de-naissance » is.
    """
    return slug(name).replace("-", "_")


def read(data: bytes) -> Sheet:
    """The table that `data` is. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"ce fichier dépasse {MOST_BYTES // 1_000_000} Mo")
    text, coding = decoded(data)
    separator, start = _separator(text)
    said = []
    if coding:
        said.append(f"encodage {coding}, converti")
    if separator != ",":
        said.append(f"séparateur « {_SEPARATORS[separator]} »")
    return _table(text, separator, start, said)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its coding unless it is UTF-8. Raises `Unreadable`."""
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(codec), name
            except UnicodeDecodeError as fault:
                raise Unreadable(
                    f"ce fichier s’annonce en {name or 'UTF-8'} et ne l’est pas partout",
                    fault.object.count(b"\n", 0, fault.start) + 1,
                ) from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(
            "c’est un classeur, pas un fichier CSV : dans le tableur, « Enregistrer sous », CSV"
        )
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
    lenient = data.decode("utf-8", "surrogateescape")
    odd = len(re.findall("[\udc80-\udcff]", lenient))
    if len(re.findall("[^\x00-\x7f\udc80-\udcff]", lenient)) > odd:
        raise Unreadable("un caractère n’est pas en UTF-8, alors que les autres le sont", line)
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError as fault:
        raise Unreadable(
            "ce caractère n’est ni en UTF-8 ni en Windows-1252",
            fault.object.count(b"\n", 0, fault.start) + 1,
        ) from None


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and how many characters stand before the header."""
    if announced := _ANNOUNCED.match(text):
        return announced[1], announced.end()
    head = text[:_LONGEST].lstrip("\r\n")
    best = ","
    most = 1
    for separator in _SEPARATORS:
        try:
            cells = len(next(csv.reader(io.StringIO(head, newline=""), delimiter=separator), ()))
        except csv.Error:
            continue
        if cells > most:
            best, most = separator, cells
    return best, 0


def _table(text: str, separator: str, start: int, said: list[str]) -> Sheet:
    stream = io.StringIO(text[start:] if start else text, newline="")
    table = csv.reader(stream, delimiter=separator, strict=True)
    before = 1 if start else 0
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    empty = 0
    line = 0
    while True:
        line = table.line_num + 1 + before
        try:
            row = next(table)
        except StopIteration:
            break
        except csv.Error as fault:
            raise Unreadable(_french(str(fault)), line) from None
        if not any(row):
            empty += bool(row)
        elif not header:
            header = _header(row, line)
        elif _fits(row, len(header)):
            rows.append(row)
            lines.append(line)
        else:
            faults.append(Fault(line, f"{counted(len(row), 'case')} au lieu de {len(header)}"))
    if not header:
        raise Unreadable("ce fichier est vide : la première ligne nomme les colonnes")
    if empty:
        said.append(f"{counted(empty, 'ligne vide passée', 'lignes vides passées')}")
    return Sheet(header, rows, lines, tuple(faults), tuple(said))


def _fits(row: list[str], wanted: int) -> bool:
    """Whether `row` has as many cells; empty ones too many at its end are taken away."""
    while len(row) > wanted and not row[-1].strip():
        row.pop()
    return len(row) == wanted


def _header(row: list[str], line: int) -> tuple[str, ...]:
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        raise Unreadable(f"plus de {MOST_COLUMNS} colonnes", line)
    names = tuple(name.strip() for name in row)
    known: dict[str, str] = {}
    for number, name in enumerate(names, 1):
        key = key_of(name)
        if not key:
            raise Unreadable(f"la colonne {number} n’a pas de nom lisible", line)
        if key in known:
            raise Unreadable(
                f"deux colonnes ont le même nom : « {known[key]} » et « {name} »", line
            )
        known[key] = name
    return names


def _french(words: str) -> str:
    if "field larger" in words:
        return (
            f"une case dépasse {csv.field_size_limit()} caractères : "
            "un guillemet ouvert n’est peut-être jamais fermé"
        )
    if "unexpected end" in words:
        return "un guillemet ouvert ici n’est jamais fermé"
    if "expected after" in words:
        return 'après un guillemet fermant, autre chose qu’un séparateur ; un « " » se double : ""'
    return "cette ligne n’est pas lisible comme du CSV"
