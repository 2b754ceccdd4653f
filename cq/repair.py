"""`--fix`: the safe edits of findings, shown as a difference, written only when told to.

Edits come from findings, one place for what is safe. A file is written whole beside itself and
renamed: a kill leaves the old or the new text, never half.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TextIO

from cq.diagnostic import Diagnostic, Edit


def repaired(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits`, the last place first; one that overlaps an earlier one waits for the
    next run.
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
        if not chosen or start >= chosen[-1][1]:
            chosen.append((start, end, words))
    for start, end, words in reversed(chosen):
        text = text[:start] + words + text[end:]
    return text


def _offset(line: int, column: int, starts: list[int], lines: list[str]) -> int:
    inside = min(max(line, 1), len(lines))
    return starts[inside - 1] + min(max(column, 1) - 1, len(lines[inside - 1]))


def plan(found: Iterable[Diagnostic], root: Path) -> dict[PurePosixPath, tuple[str, str]]:
    """Old and new text of each file that would change."""
    from cq.content.text import recode

    edits: dict[PurePosixPath, list[Edit]] = {}
    foreign: set[PurePosixPath] = set()
    for one in found:
        if one.fixes:
            edits.setdefault(one.span.path, []).extend(one.fixes)
        if one.code == "not-utf8":
            foreign.add(one.span.path)
    changes = {}
    for path in sorted({*edits, *foreign}):
        data = (root / path).read_bytes()
        if path in foreign:
            converted = recode(data)
            if converted is not None:
                changes[path] = (data.decode("utf-8", "replace"), converted)
            continue
        raw = data.decode("utf-8")
        mark = "\ufeff" if raw.startswith("\ufeff") else ""
        newline = "\r\n" if "\r\n" in raw else "\n"
        text = raw.removeprefix(mark).replace("\r\n", "\n").replace("\r", "\n")
        new = repaired(text, edits[path])
        if new != text:
            changes[path] = (raw, mark + new.replace("\n", newline))
    return changes


def repair(found: Iterable[Diagnostic], root: Path, out: TextIO, *, write: bool) -> int:
    """Show what would change; with `write`, change it. Returns the exit code."""
    changes = plan(found, root)
    for path, (old, new) in changes.items():
        difference = difflib.unified_diff(
            old.splitlines(keepends=True), new.splitlines(keepends=True),
            str(path), f"{path} (réparé)",
        )  # fmt: skip
        for line in difference:
            shown = "".join(one if one.isprintable() or one == "\n" else "·" for one in line)
            out.write(shown if shown.endswith("\n") else f"{shown}\n")
        if write:
            _replace(root / path, new)
    if not changes:
        out.write("rien à réparer\n")
    elif write:
        out.write(f"{len(changes)} fichier(s) réparé(s)\n")
    else:
        out.write(f"{len(changes)} fichier(s) à réparer : ajoutez --yes pour les écrire\n")
    return 0


def _replace(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.cq")
    beside.write_bytes(text.encode("utf-8"))
    beside.chmod(file.stat().st_mode & 0o777)
    beside.replace(file)
