"""Merge conflicts left in a file: two versions side by side, and nobody chose.

git writes three marks, in that order; a lone line of equals signs is a Markdown heading.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.diagnostic import Diagnostic, Label, Span, error, note

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_SHOWN = 3  # lines of each side
_WIDTH = 80
_LABELS = 20


class _Conflict(NamedTuple):
    """Line numbers, from 0: the three marks, and where the first side ends."""

    start: int
    ours_end: int
    middle: int
    end: int


def conflicts(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    """One error for all conflicts of a file, one note for those shown inside code."""
    if "<<<<<<<" not in text or ">>>>>>>" not in text or "=======" not in text:
        return
    lines = text.split("\n")
    real: list[_Conflict] = []
    quoted: list[_Conflict] = []
    fences = _fences(lines)
    for one in _found(lines):
        (quoted if fences[one.start] and fences[one.start] >= one.end else real).append(one)
    if real:
        first = real[0]
        yield error(
            "merge-conflict",
            "deux versions du texte se disputent la place",
            _mark(first.start, path),
            f"la vôtre : {_side(lines[first.start + 1 : first.ours_end])}",
            f"l’autre : {_side(lines[first.middle + 1 : first.end])}",
            "gardez une version et effacez les lignes <<<<<<<, ======= et >>>>>>>",
            labels=_labels(real, path),
        )
    if quoted:
        yield note(
            "merge-conflict",
            "marques de conflit dans un bloc de code : elles sont affichées telles quelles",
            _mark(quoted[0].start, path),
            "si ce n’est pas un exemple, gardez une version et effacez les trois marques",
            labels=_labels(quoted, path),
        )


def _found(lines: list[str]) -> Iterator[_Conflict]:
    start = ours_end = middle = -1
    for number, line in enumerate(lines):
        if line.startswith("<<<<<<<") and line[7:8] in {"", " "}:
            start, ours_end, middle = number, -1, -1
        elif start < 0:
            continue
        elif line.startswith("|||||||") and line[7:8] in {"", " "} and middle < 0:
            ours_end = number
        elif line.rstrip() == "=======" and middle < 0:
            middle = number
        elif line.startswith(">>>>>>>") and line[7:8] in {"", " "} and middle >= 0:
            yield _Conflict(start, ours_end if ours_end >= 0 else middle, middle, number)
            start = -1


def _fences(lines: list[str]) -> list[int]:
    """For each line, the number of the line that closes the code it stands in; 0 outside."""
    ends = [0] * len(lines)
    opened = -1
    mark = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if match is None:
            continue
        if opened < 0:
            if "`" not in match[2] or match[1][0] == "~":
                opened, mark = number, match[1]
        elif match[1][0] == mark[0] and len(match[1]) >= len(mark) and not match[2].strip():
            ends[opened + 1 : number] = [number] * (number - opened - 1)
            opened = -1
    return ends


def _mark(line: int, path: PurePosixPath) -> Span:
    return Span(path, line + 1, 1, 7)


def _labels(found: list[_Conflict], path: PurePosixPath) -> tuple[Label, ...]:
    return tuple(Label(_mark(one.start, path), "ici aussi") for one in found[1 : _LABELS + 1])


def _side(lines: list[str]) -> str:
    words = [line.strip() for line in lines if line.strip()]
    if not words:
        return "(rien)"
    said = " / ".join(
        word if len(word) <= _WIDTH else f"{word[:_WIDTH]}…" for word in words[:_SHOWN]
    )
    return f"{said} / …" if len(words) > _SHOWN else said
