"""A table that a town hall's own program wrote: rows of texts, whatever its coding and separator.

Says what is odd in its form; which columns there are, and what their values mean, is for others.
"""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.diagnostic import Diagnostic, Outcome, Span, error, note
from cq.draw.canon import BadText, clean
from cq.french.folding import slug
from cq.french.numbers import counted

MOST_SHOWN = 10  # faults of one kind; the others are counted
_LONGEST = 2_000  # characters of a value; an address has a tenth of it
_MOST_COLUMNS = 1_000
_SAMPLE = 4_000  # bytes that tell a coding of two bytes a letter
_SIGNS = {",": "des virgules", ";": "des points-virgules", "\t": "des tabulations"}
_SAID = re.compile('"?sep=([,;\t])"?\\Z')  # a first line that one spreadsheet writes for itself
_QUOTED = re.compile(r'"[^"]*"?')
_CODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}
_USUAL = frozenset("àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»’‘“”–—…·€°²º§\xa0ñáíóúãõÑÁÍÓÚ")
_COMMON = frozenset("àâçéèêëîïôùûœ’")
_ASCII = bytes(range(128))
_NOT_TEXT = (
    (b"PK\x03\x04", "un classeur (.xlsx ou .ods), ou une archive"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur (.xls)"),
    (b"%PDF-", "un document PDF"),
)
_LOST = "tant qu’elle est ainsi, le tableau entier n’est pas lu"


class Row(NamedTuple):
    """A line of the table: the number where it begins, and as many cells as there are columns."""

    line: int
    cells: tuple[str, ...]


class Sheet(NamedTuple):
    """A table as texts of the protocol (`canon.clean`)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int = 1  # where the columns are named

    def column(self, name: str) -> int | None:
        """The place of the column called `name`, whatever its capitals, accents and blanks."""
        wanted = slug(name)
        return next((at for at, one in enumerate(self.columns) if slug(one) == wanted), None)


def alike(text: str) -> str:
    """What two spellings of one value have in common: blanks and capitals do not count."""
    return clean(text).casefold()


def read(data: bytes, path: PurePosixPath) -> Outcome[Sheet | None]:
    """The table in a file, and what is odd in it. None where something of it cannot be read: a
    list of people with a line less is another list.
    """
    text, coding = _decoded(data)
    if text is None:
        return Outcome(None, (_unreadable(path, coding),))
    first, sign, skipped = _sign(text)
    found = list(_told(path, text, coding, sign))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    reading = _Reading(path)
    try:
        for _ in range(skipped):
            next(table)
        before = table.line_num
        for cells in table:
            reading.take(before + 1, cells)
            before = table.line_num
            if reading.hopeless:
                break
    except csv.Error:
        reading.refuse(
            table.line_num or first,
            "cette ligne n’est pas du CSV",
            "un guillemet y est sans doute ouvert et jamais fermé ; fermez-le ou effacez-le",
        )
    found.extend(reading.told())
    if reading.columns is None and not reading.faults:
        found.append(_unreadable(path, "ce tableau est vide"))
    if reading.faults or reading.columns is None:
        return Outcome(None, tuple(found))
    return Outcome(Sheet(reading.columns, tuple(reading.rows), reading.line), tuple(found))


class _Cleaned(dict[str, str]):
    """Texts as `clean` leaves them: a street stands in a list a thousand times."""

    def __missing__(self, text: str) -> str:
        made = self[text] = clean(text)
        return made


class _Reading:
    """The rows that were read so far, and what is wrong with the others."""

    def __init__(self, path: PurePosixPath) -> None:
        self.path = path
        self.columns: tuple[str, ...] | None = None
        self.line = 1
        self.rows: list[Row] = []
        self.faults: list[Diagnostic] = []
        self.more = 0
        self.hopeless = False
        self._known = _Cleaned()

    def take(self, line: int, cells: list[str]) -> None:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return
        # Before they are cleaned: accents in a row, out of order, take the square of their number.
        if any(len(cell.strip()) > _LONGEST for cell in cells):
            self.refuse(
                line,
                f"une valeur de cette ligne a plus de {_LONGEST} signes",
                "un guillemet est sans doute ouvert plus haut et fermé trop bas",
            )
            return
        try:
            cleaned = tuple(map(self._known.__getitem__, cells))
        except BadText as bad:
            self.refuse(
                line,
                f"cette ligne a un caractère invisible (U+{ord(bad.args[0]):04X})",
                "retapez la valeur où il est, ou enregistrez le tableau de nouveau en CSV UTF-8",
            )
            return
        if self.columns is None:
            self._head(line, cleaned)
        elif len(cleaned) > len(self.columns):
            self.refuse(
                line,
                f"cette ligne a {len(cleaned)} valeurs pour {len(self.columns)} colonnes",
                "une valeur contient sans doute le séparateur : mettez-la entre guillemets",
            )
        else:
            self.rows.append(Row(line, cleaned + ("",) * (len(self.columns) - len(cleaned))))

    def _head(self, line: int, names: tuple[str, ...]) -> None:
        self.line = line
        slugs = [slug(name) or name for name in names]
        twice = [name for name, one in zip(names, slugs, strict=True) if slugs.count(one) > 1]
        if len(names) > _MOST_COLUMNS:
            wrong = f"ce tableau a plus de {_MOST_COLUMNS} colonnes"
        elif not all(names):
            wrong = f"la colonne {names.index('') + 1} n’a pas de nom"
        elif twice:
            wrong = f"deux colonnes s’appellent « {twice[0][:40]} »"
        else:
            self.columns = names
            return
        self.refuse(line, wrong, "la première ligne doit nommer chaque colonne, chacune autrement")
        self.hopeless = True

    def refuse(self, line: int, message: str, hint: str) -> None:
        if len(self.faults) >= MOST_SHOWN:
            self.more += 1
            return
        self.faults.append(error("table-row", message, Span(self.path, line), _LOST, hint))

    def told(self) -> Iterator[Diagnostic]:
        yield from self.faults
        if self.more:
            more = counted(self.more, "ligne")
            yield note(
                "table-row",
                f"{more} de plus ne peuvent être lues" if self.more > 1
                else "une ligne de plus ne peut être lue",
                Span(self.path, self.faults[-1].span.line),
                "les premières sont dites ci-dessus ; corrigez-les, puis recommencez",
            )  # fmt: skip


def _decoded(data: bytes) -> tuple[str | None, str]:
    """The text of the file and the name of its coding, "" for UTF-8; or None and why not."""
    for start, name in _NOT_TEXT:
        if data.startswith(start):
            return None, f"ce fichier n’est pas un tableau CSV : c’est {name}"
    coding, name = _coding(data)
    if not coding:
        return None, "ce fichier n’est ni en UTF-8 ni dans un autre encodage connu"
    try:
        return data.decode(coding), name
    except UnicodeDecodeError:
        return None, f"ce fichier semble être en {name}, mais il est abîmé"


def _coding(data: bytes) -> tuple[str, str]:
    """The likeliest coding, for Python and for the reader; "" and "" where none is likely."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "UTF-16"
    # Without its first sign: half of the bytes of a French text are zeros then.
    for coding, zeros in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[:_SAMPLE:2])):
        if 2 * zeros.count(0) > len(zeros):
            return coding, "UTF-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        odd = Counter(data.translate(None, _ASCII))
        best = max(_CODINGS, key=lambda coding: _score(odd, coding))
        return (best, _CODINGS[best]) if _score(odd, best) > 0 else ("", "")
    return "utf-8-sig", ""


def _score(odd: Counter[int], coding: str) -> int:
    """How many letters speak for a French text in this coding; small ones speak louder than
    capitals, which one coding has where another has « é »; those against count four times.
    """
    score = 0
    for byte, many in odd.items():
        letter = bytes((byte,)).decode(coding, "replace")
        score += many * (3 if letter in _COMMON else 1 if letter in _USUAL else -4)
    return score


def _sign(text: str) -> tuple[int, str, int]:
    """The line that names the columns, what parts them, and how many rows stand before."""
    # As `csv` parts them: a line may end in a carriage return alone.
    lines = itertools.islice(io.StringIO(text, newline=""), 50)
    for number, line in enumerate(lines, 1):
        told = _SAID.fullmatch(line.strip("\r\n "))
        if told:
            return number + 1, told[1], number
        if line.strip():
            bare = _QUOTED.sub("", line)
            return number, max(_SIGNS, key=bare.count), 0
    return 1, ",", 0


def _told(path: PurePosixPath, text: str, coding: str, sign: str) -> Iterator[Diagnostic]:
    if not coding and sign == ",":
        return
    between = f"{_SIGNS[sign]} entre les colonnes"
    form = f"a {between}"
    if coding:
        form = f"est en {coding}" + (f" et a {between}" if sign != "," else "")
    hints = ["il est lu ainsi ; rien n’est à faire"]
    sample = next((line for line in text.splitlines() if not line.isascii()), "") if coding else ""
    if sample:
        hints = [f"une ligne s’y lit : {sample.strip()[:80]}",
                 "si les accents y sont justes, rien n’est à faire"]  # fmt: skip
    yield note("table-recoded", f"ce tableau {form}", Span(path), *hints)


def _unreadable(path: PurePosixPath, message: str) -> Diagnostic:
    return error(
        "table-unreadable",
        message,
        Span(path),
        "rien n’en est lu",
        "dans le tableur : Enregistrer sous, « CSV UTF-8 (délimité par des virgules) »",
    )
