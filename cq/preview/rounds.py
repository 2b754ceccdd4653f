"""The site made again and again: what the last round said, for those who wait for the next.

One thread makes, many look on. The last good tree stays, whatever a round finds.
"""

import io
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cq import mishaps
from cq.console import Screen, summary
from cq.diagnostic import Diagnostic, Severity
from cq.front import open_run
from cq.ledger import Ledger
from cq.pipeline import Opener, build
from cq.settings import Settings
from cq.site import routes

_FOLDER = "apercu"


class Round(NamedTuple):
    """What one build said. `number` grows with each; `words` are for a reader, "" for none, and
    `printed` the same for a terminal.

    `root` is the site's own on its server, "/prefix/"; "" where the site does not know it.
    """

    number: int
    good: bool
    changed: int = 0
    summary: str = ""
    words: str = ""
    printed: str = ""
    root: str = ""


class Rounds:
    """The builds of one preview, each of the `day` that it then is."""

    def __init__(
        self,
        settings: Settings,
        day: Callable[[], date] | None = None,
        opener: Callable[[Ledger], Opener] | None = None,
    ) -> None:
        """With an `opener`, the sealed spaces are shown too."""
        folder = settings.cache / _FOLDER
        self.settings = replace(settings, output=folder / "site", cache=folder)
        self._opener = opener
        self._day = day or (lambda: settings.today)
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
        self.settings = replace(self.settings, today=self._day())
        try:
            said = self._made(number)
        except Exception as fault:  # noqa: BLE001 - a theme half written, a full disk: it goes on
            _, words = mishaps.told(fault) or (0, f"erreur interne ({type(fault).__name__})")
            words = words.removesuffix(f"\n{mishaps.UNTOUCHED}")
            said = self.last._replace(
                number=number, good=False, summary="le site n’a pas pu être construit",
                words=words, printed=f"{words}\n",
            )  # fmt: skip
        # The first build has all processors; later ones fork no process, since threads are there.
        self.settings = replace(self.settings, jobs=1)
        with self._news:
            self._last = said
            self._news.notify_all()
        return said

    def _made(self, number: int) -> Round:
        run = open_run(self.settings)
        try:
            built = build(run, opener=self._opener(run.ledger) if self._opener else None)
            root = routes.root_of(run.ledger.note("address") or "")
        finally:
            run.ledger.close()
        found = tuple(one for one in built.found if one.severity > 0)
        return Round(
            number,
            built.written,
            built.changed,
            summary(found) if found else "",
            self._words(found, sorted(Severity, reverse=True)),
            self._words(found, sorted(Severity)),
            root or "",
        )

    def _words(self, found: tuple[Diagnostic, ...], order: Iterable[Severity]) -> str:
        """The findings as `cq validate` shows them, but those that keep the site from being made
        stand where one looks: first on a page, last in a terminal, whose end stays in sight.
        Whoever looks on has just saved one file, and looks for its fault among all warnings.
        """
        out = io.StringIO()
        screen = Screen(out, self.settings.root, colour=False, veiled=False)
        for severity in order:
            screen.show((one for one in found if one.severity is severity), "human")
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
