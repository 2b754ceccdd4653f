"""The site made again and again: what the last round said, for those who wait for the next.

One thread makes, many look on. The last good tree stays, whatever a round finds.
"""

import io
import threading
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cq import mishaps
from cq.console import Screen, summary
from cq.diagnostic import Diagnostic
from cq.front import open_run
from cq.pipeline import build
from cq.settings import Settings

_FOLDER = "apercu"


class Round(NamedTuple):
    """What one build said. `number` grows with each; `words` are for a reader, "" for none."""

    number: int
    good: bool
    changed: int = 0
    summary: str = ""
    words: str = ""


class Rounds:
    """The builds of one preview."""

    def __init__(self, settings: Settings) -> None:
        folder = settings.cache / _FOLDER
        self.settings = replace(settings, output=folder / "site", cache=folder)
        self.ended = False
        self._last = Round(0, good=True)
        self._news = threading.Condition()

    @property
    def folder(self) -> Path:
        """Where the last good site is, if there ever was one."""
        return self.settings.output

    @property
    def last(self) -> Round:
        with self._news:
            return self._last

    def make(self) -> Round:
        """Build once, and tell all who wait. What is wrong is said; nothing ends the preview."""
        number = self.last.number + 1
        try:
            said = self._made(number)
        except Exception as fault:  # noqa: BLE001 - a theme half written, a full disk: it goes on
            _, words = mishaps.told(fault) or (0, f"erreur interne ({type(fault).__name__})")
            words = words.removesuffix(f"\n{mishaps.UNTOUCHED}")
            said = Round(
                number, good=False, summary="le site n’a pas pu être construit", words=words
            )
        # The first build has all processors; later ones fork no process, since threads are there.
        self.settings = replace(self.settings, jobs=1)
        with self._news:
            self._last = said
            self._news.notify_all()
        return said

    def _made(self, number: int) -> Round:
        run = open_run(self.settings)
        try:
            built = build(run)
        finally:
            run.ledger.close()
        found = tuple(one for one in built.found if one.severity > 0)
        return Round(
            number,
            built.written,
            built.changed,
            summary(found) if found else "",
            self._words(found),
        )

    def _words(self, found: tuple[Diagnostic, ...]) -> str:
        """The findings as `cq validate` shows them."""
        out = io.StringIO()
        Screen(out, self.settings.root, colour=False, veiled=False).show(found, "human")
        return out.getvalue()

    def after(self, number: int, patience: float) -> Round | None:
        """The first round later than `number`; None where `patience` seconds saw none."""
        with self._news:
            self._news.wait_for(lambda: self.ended or self._last.number > number, patience)
            return self._last if self._last.number > number else None

    def end(self) -> None:
        with self._news:
            self.ended = True
            self._news.notify_all()
