"""The screen: findings in four formats, progress, reports. Decides nothing, reads sources only
to show the lines that findings point at.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TextIO

from cq.content import layout
from cq.content.check import grouped
from cq.diagnostic import Diagnostic, Severity, Span
from cq.terminal import RUNNERS, is_printable, one_line, printable

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
        shown = [self._veil(one) for one in found]
        for one in grouped(shown) if form == "human" else shown:
            write(one)

    def hides(self, path: PurePosixPath) -> bool:
        """Whether neither path nor text of this file may be shown in this run."""
        return self.veiled and layout.place(path).private

    def _veil(self, one: Diagnostic) -> Diagnostic:
        if not self.hides(one.span.path):
            if any(self.hides(label.span.path) for label in one.labels):
                return replace(one, hints=(), labels=())
            return one
        return Diagnostic(
            one.code,
            "texte privé, non montré ici",
            Span(PurePosixPath(_veiled(one.span.path)), one.span.line),
            one.severity,
            ("pour le lire : cq validate, sur votre machine",),
        )

    def _short(self, one: Diagnostic) -> None:
        span = one.span
        self._line(
            f"{one_line(str(span.path))}:{span.line}:{span.column}: "
            f"{WORDS[one.severity]}[{one.code}] {one_line(one.message)}"
        )

    def _human(self, one: Diagnostic) -> None:
        span = one.span
        head = self._paint(f"{WORDS[one.severity]}[{one.code}]", _COLOURS[one.severity])
        place = f"{one_line(str(span.path))}:{span.line}:{span.column}"
        self._line(f"{place}: {head} {one_line(one.message)}")
        self._excerpt(span)
        for label in one.labels:
            where = f"{one_line(str(label.span.path))}:{label.span.line}:{label.span.column}"
            self._line(f"  {where}: {one_line(label.message)}")
            self._excerpt(label.span)
        for hint in one.hints:
            for line in printable(hint).split("\n"):
                self._line(f"  {_no_command(line)}")
        self._line("")

    def _excerpt(self, span: Span) -> None:
        if span == Span(span.path):
            return  # the file as a whole, not its first line
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
        text = json.dumps({
            "code": one.code, "severity": WORDS[one.severity], "path": str(one.span.path),
            "line": one.span.line, "column": one.span.column, "message": one.message,
            "hints": list(one.hints),
        }, ensure_ascii=False)  # fmt: skip
        self._line(as_printable_json(text))

    def _github(self, one: Diagnostic) -> None:
        span = one.span
        text = _escaped(printable("\n".join((one.message, *one.hints))))
        if str(span.path).startswith("("):
            place = ""
            text = f"{_escaped(one_line(str(span.path)))}, ligne {span.line} : {text}"
        else:
            path = _escaped(printable(str(span.path))).replace(":", "%3A").replace(",", "%2C")
            place = f"file={path},line={span.line},col={span.column},"
        self._line(f"::{_GITHUB[one.severity]} {place}title={one.code}::{text}")

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self.colour else text

    def _line(self, text: str) -> None:
        self.out.write(f"{text.replace(RUNNERS, '## [')}\n")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_printable_json(text: str) -> str:
    """A line of JSON for a screen: it escapes only the first 32 itself, but a reader of lines knows
    more ends of line, a terminal more commands, and a runner its own.
    """
    text = text.replace(RUNNERS, "##\\u005b")
    return "".join(one if is_printable(one) else _as_json(one) for one in text)


def _as_json(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _no_command(line: str) -> str:
    """A line of content must not be one that a forge's runner obeys (« ::set-output »)."""
    return f"| {line}" if line.lstrip().startswith("::") else line


def _veiled(path: PurePosixPath) -> str:
    return f"(espace {layout.place(path).space})"


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


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


def progress(out: TextIO) -> Callable[[str, int, int], None]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not out.isatty():
        return _silent
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


def agreed(question: str) -> bool:
    """Whether the person at the keyboard says yes; nobody, or anything else, is no."""
    sys.stderr.write(f"{question} [o/N] ")
    sys.stderr.flush()
    answer = sys.stdin.readline() if sys.stdin else ""
    if not answer.endswith("\n"):  # no answer: what follows begins on a line of its own
        sys.stderr.write("\n")
    return answer.strip().lower() in {"o", "oui", "y", "yes"}


def is_conversation() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def allowed(question: str, *, yes: bool) -> bool:
    """Whether `yes` was said beforehand, or whoever is there to be asked says it."""
    return yes or (is_conversation() and agreed(question))


def declined(remedy: str) -> str:
    """What is said where `allowed` said no: whoever was asked knows why, a script does not."""
    return "rien n’a été fait" if is_conversation() else f"rien n’a été fait : {remedy}"


def asked(
    question: str,
    default: str = "",
    *,
    fits: Callable[[str], bool] = lambda _: True,
    wanted: str = "autre chose",
) -> str:
    """What the person at the keyboard answers, asked again until it `fits`; `default` for nothing.

    Raises EOFError where nobody is there.
    """
    while True:
        answer = input(f"{question} [{default}] : " if default else f"{question} : ")
        answer = answer.strip() or default
        if fits(answer):
            return answer
        sys.stderr.write(f"il faut {wanted}\n")


class Unheard(Exception):
    """A secret is wanted, and nobody is there to type it; the words are for the user."""


def secret(question: str, *, piped: bool = False) -> str:
    """What is typed without being shown; a line of another program's, where it may be `piped`.

    Raises Unheard where nobody is there to type it.
    """
    import getpass

    if sys.stdin is None or not sys.stdin.isatty():
        line = sys.stdin.readline() if sys.stdin and piped else ""
        if line:
            return line.rstrip("\r\n")
        # CQ_PHRASE is the keyring's phrase; what may be piped is another one.
        other = "à l’entrée de la commande" if piped else "dans la variable CQ_PHRASE"
        raise Unheard(
            f"{question} : personne pour la taper\n"
            f"lancez la commande dans un terminal, ou donnez-la {other}"
        )
    return getpass.getpass(f"{question} : ", stream=sys.stderr)


def is_terminal() -> bool:
    return sys.stdout.isatty()


def show_explanation(words: str | None, code: str, near: list[str], out: TextIO) -> int:
    """`--explain`: a page of docs/diagnostics.md; the exit code."""
    if words is None:
        meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else ""
        sys.stderr.write(f"cq : aucun constat ne s’appelle « {one_line(code)} »{meant}\n")
        return 2
    out.write(words + "\n")
    return 0
