"""`--fix`: the safe edits of findings, shown as a difference, written only when told to.

Edits come from findings, one place for what is safe. A file is mended until nothing is left to
mend, read again, and left alone unless it says what it said before. It is written whole beside
itself and renamed: a kill leaves the old or the new text, never half.
"""

import difflib
import json
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TextIO

from cq import digest
from cq.content.parsed import Parsed
from cq.content.scan import Source
from cq.diagnostic import Diagnostic, Edit, Severity
from cq.rewrite import rewrite
from cq.terminal import printable

# One edit may bring out another (a tab, then the list under it); more rounds are no repair.
_MOST_ROUNDS = 12


class Repair(NamedTuple):
    """One file that would change. `kept` is why it is left alone, "" where it is not."""

    path: PurePosixPath
    old: bytes
    new: bytes
    kept: str = ""


def repaired(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits`, the last place first; one that overlaps an earlier one waits for the
    next round.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spans = sorted(
        {
            (_offset(edit.line, edit.column, starts, lines),
             _offset(edit.end_line, edit.end_column, starts, lines), edit.text)
            for edit in edits
        }
    )  # fmt: skip
    chosen: list[tuple[int, int, str]] = []
    for start, end, words in spans:
        if end >= start and (not chosen or start >= chosen[-1][1]):
            chosen.append((start, end, words))
    for start, end, words in reversed(chosen):
        text = text[:start] + words + text[end:]
    return text


def _offset(line: int, column: int, starts: list[int], lines: list[str]) -> int:
    inside = min(max(line, 1), len(lines))
    return starts[inside - 1] + min(max(column, 1) - 1, len(lines[inside - 1]))


def mended(data: bytes, path: PurePosixPath) -> bytes:
    """The bytes of a file with everything mended that is safe to mend; `mended` of that is itself.

    A byte order mark stays, and so do the line ends where all are of one kind.
    """
    start = _recoded(data)
    now = start
    for _ in range(_MOST_ROUNDS):
        following = _one_round(now, path)
        if following == now:
            return now
        now = following
    # Edits that call for each other: nobody knows which is meant.
    return start if _one_round(start, path) == start else data


def _recoded(data: bytes) -> bytes:
    from cq.content.text import recode

    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = recode(data)
        return data if text is None else text.encode("utf-8", "replace")
    return data


def _one_round(data: bytes, path: PurePosixPath) -> bytes:
    from cq.content.text import encode

    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    edits = [edit for one in _parse(data, path).found for edit in one.fixes]
    if not edits:
        return data
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return encode(repaired(text, edits), data)  # with the mark and the line ends of `data`


def _parse(data: bytes, path: PurePosixPath) -> Parsed:
    from cq.content.parse import parse

    return parse(Source(path, data, digest.of_bytes(data)))


def _doubt(old: bytes, new: bytes, path: PurePosixPath) -> str:
    """Why the mended file does not say what the old one did; "" where it does."""
    before, after = _parse(old, path), _parse(new, path)
    if (before.item is None or before.item.faulty) and before.record is None:
        return ""  # it said nothing: cq could not read it
    if _values(before) != _values(after):
        return "ses valeurs changeraient"
    if before.body.text != after.body.text or before.body.headings != after.body.headings:
        return "son texte changerait"
    known = {one.code for one in before.found if one.severity is Severity.ERROR}
    fresh = {one.code for one in after.found if one.severity is Severity.ERROR} - known
    return "une autre erreur apparaîtrait" if fresh else ""


def _values(parsed: Parsed) -> object:
    record = parsed.record.fields if parsed.record else ()
    return json.loads(parsed.fields), record


def plan(found: Iterable[Diagnostic], root: Path) -> tuple[Repair, ...]:
    """Each file that a finding could mend, and what it would become."""
    paths = {one.span.path for one in found if one.fixes or one.code == "not-utf8"}
    repairs = []
    for path in sorted(paths):
        data = (root / path).read_bytes()
        new = mended(data, path)
        if new != data:
            repairs.append(Repair(path, data, new, _doubt(data, new, path)))
    return tuple(repairs)


def repair(
    found: Iterable[Diagnostic],
    root: Path,
    out: TextIO,
    *,
    write: bool,
    hides: Callable[[PurePosixPath], bool] = lambda _: False,
) -> tuple[Repair, ...]:
    """Show what would change; with `write`, change it. What was changed, or would be.

    Of a file that `hides` holds back, neither name nor text is shown.
    """
    planned = plan(found, root)
    repairs = tuple(one for one in planned if not one.kept)
    for one in planned:
        if hides(one.path):
            out.write("(un fichier privé, non montré ici)\n")
        elif one.kept:
            out.write(f"{printable(str(one.path))} : laissé tel quel, {one.kept}\n")
        else:
            show(one, out)
    if write:
        for one in repairs:
            rewrite(root / one.path, one.new)
    if not repairs:
        out.write("rien à réparer\n")
    elif write:
        out.write(f"{_files(len(repairs), 'réparé')}\n")
    else:
        out.write(f"{_files(len(repairs), 'à réparer')} : ajoutez --yes pour les écrire\n")
    return repairs


def _files(count: int, words: str) -> str:
    plural = "s" if count > 1 else ""
    return f"{count} fichier{plural} {words}{plural if words.endswith('é') else ''}"


def show(one: Repair, out: TextIO, done: str = "réparé") -> None:
    """The difference that `one` makes, for a terminal."""
    before, after = (_lines(data) for data in (one.old, one.new))
    name = printable(str(one.path))
    lines = difflib.unified_diff(before, after, name, f"{name} ({done})", lineterm="")
    out.writelines(f"{printable(line)}\n" for line in lines)
    if before == after:
        out.write(f"{name} : les fins de ligne deviennent toutes les mêmes\n")


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
