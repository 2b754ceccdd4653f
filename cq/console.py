"""The screen: findings in four formats, progress, reports. Decides nothing, reads sources only
to show the lines that findings point at.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TextIO

from cq.content import layout
from cq.diagnostic import Diagnostic, Severity, Span

WORDS = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.NOTE: "note"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WIDEST = 100  # characters of a source line that are shown
FORMATS = ("human", "short", "json", "github")


class Screen:
    """Where findings are shown. `veiled`: findings of private files keep path and text back."""

    def __init__(self, out: TextIO, root: Path, *, colour: bool, veiled: bool) -> None:
        self.out = out
        self.root = root
        self.colour = colour
        self.veiled = veiled
        self._lines: dict[PurePosixPath, list[str]] = {}

    def show(self, found: Iterable[Diagnostic], form: str) -> None:
        write = {
            "human": self._human, "short": self._short, "json": self._json, "github": self._github,
        }[form]  # fmt: skip
        for one in found:
            write(self._veil(one))

    def _veil(self, one: Diagnostic) -> Diagnostic:
        where = layout.place(one.span.path)
        if not self.veiled or not where.private:
            return one
        place = Span(PurePosixPath(f"(espace {where.space})"), one.span.line)
        return Diagnostic(
            one.code,
            "texte privé, non montré ici",
            place,
            one.severity,
            ("lancez cq validate --private sur votre machine",),
        )

    def _short(self, one: Diagnostic) -> None:
        span = one.span
        self._line(
            f"{span.path}:{span.line}:{span.column}: {WORDS[one.severity]}[{one.code}] "
            f"{_one_line(one.message)}"
        )

    def _human(self, one: Diagnostic) -> None:
        span = one.span
        head = self._paint(f"{WORDS[one.severity]}[{one.code}]", _COLOURS[one.severity])
        self._line(f"{span.path}:{span.line}:{span.column}: {head} {_safe(one.message)}")
        self._excerpt(span)
        for label in one.labels:
            self._line(
                f"  {label.span.path}:{label.span.line}:{label.span.column}: {label.message}"
            )
            self._excerpt(label.span)
        for hint in one.hints:
            for line in _safe(hint).split("\n"):
                self._line(f"  {line}")
        self._line("")

    def _excerpt(self, span: Span) -> None:
        lines = self._source(span.path)
        if not 1 <= span.line <= len(lines) or not lines[span.line - 1].strip():
            return
        text = lines[span.line - 1].replace("\t", " ")
        start = max(0, span.column - 1 - _WIDEST // 2) if len(text) > _WIDEST else 0
        shown = "".join(one if one.isprintable() else "·" for one in text[start : start + _WIDEST])
        number = str(span.line)
        self._line(f"  {number} | {shown}")
        column = span.column - 1 - start
        if span.width and 0 <= column <= len(shown):
            marks = "^" * max(1, min(span.width, len(shown) - column))
            self._line(f"  {' ' * len(number)} | {' ' * column}{marks}")

    def _source(self, path: PurePosixPath) -> list[str]:
        if path not in self._lines:
            try:
                data = (self.root / path).read_bytes()
                text = data.decode("utf-8-sig", "replace")
            except (OSError, ValueError):
                text = ""
            self._lines = {path: text.replace("\r\n", "\n").replace("\r", "\n").split("\n")}
        return self._lines[path]

    def _json(self, one: Diagnostic) -> None:
        self._line(json.dumps({
            "code": one.code, "severity": WORDS[one.severity], "path": str(one.span.path),
            "line": one.span.line, "column": one.span.column, "message": one.message,
            "hints": list(one.hints),
        }, ensure_ascii=False))  # fmt: skip

    def _github(self, one: Diagnostic) -> None:
        span = one.span
        text = _escaped("\n".join((one.message, *one.hints)))
        path = _escaped(str(span.path)).replace(":", "%3A").replace(",", "%2C")
        self._line(
            f"::{_GITHUB[one.severity]} file={path},line={span.line},col={span.column},"
            f"title={one.code}::{text}"
        )

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def _line(self, text: str) -> None:
        self.out.write(f"{text}\n")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _safe(text: str) -> str:
    """Content is hostile: no escape sequence of a file name or value reaches the terminal."""
    return "".join(one if one.isprintable() or one in "\n\u00a0\u202f" else "·" for one in text)


def _one_line(text: str) -> str:
    return " ".join(_safe(text).split("\n"))


def summary(found: Iterable[Diagnostic]) -> str:
    """« 2 erreurs, 1 avertissement »."""
    counts = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for one in found:
        counts[one.severity] += 1
    parts = [
        f"{count} {WORDS[severity]}{'s' if count > 1 else ''}"
        for severity, count in counts.items() if count
    ]  # fmt: skip
    return ", ".join(parts) or "aucune remarque"


def progress(out: TextIO) -> Callable[[str, int, int], None]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not out.isatty():
        return lambda stage, done, total: None
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    # No thread of its own (auto_refresh): worker processes are forked while it is shown.
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        console=Console(file=out), auto_refresh=False, transient=True,
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}

    def step(stage: str, done: int, total: int) -> None:
        if done != total and done % 20:
            return
        if not tasks:
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=total)
        bar.update(tasks[stage], completed=done)
        bar.refresh()
        if done >= total:
            bar.stop()
            tasks.clear()

    return step


def is_terminal() -> bool:
    return sys.stdout.isatty()


def only(found: tuple[Diagnostic, ...], paths: list[Path], root: Path) -> tuple[Diagnostic, ...]:
    """The findings in `paths` (files or folders, as typed), all of them where none is given."""
    if not paths:
        return found
    wanted = []
    for path in paths:
        full = path if path.is_absolute() else Path.cwd() / path
        if not full.exists() and (root / path).exists():
            full = root / path
        if not full.exists():
            raise FileNotFoundError(2, "ce chemin n’existe pas", str(path))
        wanted.append(PurePosixPath(full.resolve().relative_to(root).as_posix()))
    return tuple(
        one for one in found
        if any(path in (one.span.path, *one.span.path.parents) for path in wanted)
    )  # fmt: skip


def show_explanation(words: str | None, code: str, out: TextIO) -> int:
    """`--explain`: a page of docs/diagnostics.md; the exit code."""
    if words is None:
        sys.stderr.write(f"cq : aucun constat ne s’appelle « {_safe(code)} »\n")
        return 2
    out.write(words + "\n")
    return 0
