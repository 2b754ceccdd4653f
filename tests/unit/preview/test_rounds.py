"""A preview left open over night tells of the new day; what breaks is said as the command does."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from cq import settings
from cq.preview import browser
from cq.preview.rounds import Rounds
from cq.preview.watch import changes

FIRST, SECOND = datetime.date(2026, 3, 1), datetime.date(2026, 3, 2)


def test_a_new_day_is_a_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    quiet: set[Any] = set()

    def signs(*_: object, **__: object) -> Iterator[set[Any]]:
        yield from (quiet, quiet, quiet, {1, 2}, quiet, quiet)

    days = iter((FIRST, FIRST, SECOND, SECOND, SECOND, SECOND))
    monkeypatch.setattr(watchfiles, "watch", signs)
    assert list(changes(tmp_path, lambda: next(days))) == [0, 1, 2]


def test_a_folder_that_comes_later_is_watched_too(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    signs = changes(tmp_path, lambda: FIRST)
    assert next(signs) == 0
    (tmp_path / "themes").mkdir()
    assert next(signs) == 1
    (tmp_path / "themes" / "a.html").write_text("x", "utf-8")
    assert next(signs) >= 1
    signs.close()


def test_each_round_is_of_its_day(site: Any, tmp_path: Path) -> None:
    days = [FIRST]
    chosen = settings.resolve(root=site("minimal"), today=FIRST)
    chosen = settings.Settings(chosen.root, chosen.output, 1, FIRST, tmp_path / "cache")
    rounds = Rounds(chosen, lambda: days[-1])
    assert rounds.make().good
    assert not rounds.make().changed
    days.append(datetime.date(2030, 1, 1))
    after = rounds.make()
    assert after.changed
    assert rounds.settings.today == days[-1]
    folder = chosen.root / "themes" / "default"
    folder.mkdir(parents=True)
    (folder / "home.html").write_text("{% fro %}", "utf-8")
    broken = rounds.make()
    assert not broken.good
    assert broken.words == (
        "themes/default/home.html:1: erreur[template-fault] la balise {% fro %} n’existe pas"
    )


def test_what_keeps_the_site_from_being_made_is_said_where_one_looks(
    site: Any, tmp_path: Path
) -> None:
    root = site("minimal")
    pages = root / "content" / "pages"
    pages.mkdir(exist_ok=True)
    (pages / "a.md").write_text("# A\n\nÀ compléter.\n", "utf-8")
    (pages / "z.md").write_text("# Z\n\n[x](nulle-part.md)\n", "utf-8")
    rounds = Rounds(settings.Settings(root, tmp_path / "out", 1, FIRST, tmp_path / "cache"))
    made = rounds.make()
    fault, other = "erreur[broken-link]", "avertissement[to-complete]"
    assert 0 <= made.words.index(fault) < made.words.index(other)
    assert 0 <= made.printed.index(other) < made.printed.index(fault)  # no need to scroll back


@pytest.mark.parametrize(
    ("environ", "answers", "said"),
    [
        ({"CI": "1", "DISPLAY": ":0"}, True, "CI est réglé"),
        ({}, True, "pas d’écran"),
        ({"DISPLAY": ":0"}, False, "aucun n’a répondu"),
        ({"WAYLAND_DISPLAY": "w"}, True, ""),
    ],
)
def test_a_browser_is_asked_or_its_absence_said(
    environ: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, site: Any, *, answers: bool
) -> None:
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(settings.sys, "platform", "linux")
    asked = []
    monkeypatch.setattr(browser.webbrowser, "open", lambda to: asked.append(to) or answers)
    chosen = settings.resolve(root=site("minimal"))
    found = browser.opened(chosen, "http://127.0.0.1:1/")
    assert (said in found) if said else found == ""
    assert asked == (["http://127.0.0.1:1/"] if said in {"", "aucun n’a répondu"} else [])
