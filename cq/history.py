"""What git remembers of the site, read once and kept: one pass of `git log`, then only what is new.

A run in which the repository has not moved starts no git. What git cannot tell (no repository, half
a history) is said, never guessed: a page without a known past shows none.
"""

import functools
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq import digest
from cq.content.model import Content
from cq.content.past import Row, may_be_told, row_of, rows_of
from cq.ledger import Damaged, Ledger, as_text, reading
from cq.repository.head import RepositoryFault, Standing, standing

KEYS = ("jour", "auteur", "titre", "chemin", "commit")
_NAMED = 3  # folders in one sentence
_NO_REPOSITORY = "ce site n’est pas dans un dépôt git"


class Where(NamedTuple):
    """Where the repository stands, before anything is read of it."""

    mark: str  # equal ones have the same history; "" where that cannot be known
    standing: Standing | None
    fault: str = ""  # why git could not say


class Known(NamedTuple):
    """What is known of the past: a row for each text, for `cq.content.past`."""

    mark: str  # as in `Where`
    rows: dict[str, str]
    whole: bool  # back to the first commit
    newest: int  # the latest day that a commit claims, in seconds
    lacks: str = ""  # what is missing, in words for the user


def where(root: Path) -> Where:
    try:
        found = standing(root)
    except RepositoryFault as fault:
        return Where("", None, str(fault))
    return Where(found.mark if found else "-", found)


def known(root: Path, ledger: Ledger, at: Where) -> Known:
    """The past of every text below `root`, up to where the repository stands. Raises `Damaged`."""
    if at.standing is None:
        return Known(at.mark, {}, whole=False, newest=0, lacks=at.fault or _NO_REPOSITORY)
    with reading():
        note = json.loads(ledger.note("past") or "null")
        old = _Note(*note) if note else None
    rows = ledger.past() if old else {}
    if old and old.sum != _sum(rows):
        raise Damaged("the past is not what was kept")
    if old is None or old.mark != at.mark:
        try:
            old, rows = _renewed(root, ledger, at.standing, old, rows)
        except RepositoryFault as fault:
            return Known("", {}, whole=False, newest=0, lacks=str(fault))
    return Known(at.mark, rows, old.whole, old.newest, _lacks(at.standing, whole=old.whole))


class _Note(NamedTuple):
    """What is remembered beside the rows."""

    mark: str
    commit: str
    around: str
    whole: bool
    newest: int
    sum: str


def _renewed(
    root: Path, ledger: Ledger, at: Standing, old: _Note | None, rows: dict[str, str]
) -> tuple[_Note, dict[str, str]]:
    """Ask git for what is not known, and keep it."""
    from cq.repository.log import log

    fits = old is not None and old.whole and old.commit and old.around == at.around
    # Only one straight line of new commits stands before the old ones as a whole pass would say.
    found = log(root, at, old.commit) if fits and old else None
    afresh = found is None
    if found is None:
        found = log(root, at)
    if found is None:
        raise AssertionError("the whole history was asked for")
    changed: dict[str, list[Row]] = {}
    newest = 0 if afresh or old is None else old.newest
    told = functools.cache(may_be_told)
    for one in found.changes:
        newest = max(newest, one.when)
        if told(one.path):
            row = (one.commit, one.when, one.name, one.merge, one.blob)
            changed.setdefault(one.path, []).append(row)
    before = {} if afresh else rows
    with reading():
        made = {
            path: row_of([*row, *(rows_of(before[path]) if path in before else ())])
            for path, row in changed.items()
        }
    all_rows = {**before, **made}
    note = _Note(at.mark, at.commit, at.around, found.whole, newest, _sum(all_rows))
    ledger.keep_past(made, as_text(note), afresh=afresh)
    return note, all_rows


def _sum(rows: dict[str, str]) -> str:
    """The order of paths does not count: SQLite has its own."""
    return digest.of_text("\n".join(f"{path} {rows[path]}" for path in sorted(rows)))


def _lacks(at: Standing, *, whole: bool) -> str:
    if not at.commit:
        return "rien n’est encore enregistré dans git"
    if at.cut:
        return "ce dépôt n’a qu’une partie de l’histoire ; lancez : git fetch --unshallow"
    return "" if whole else "elle est trop longue : les plus anciennes versions ne sont pas lues"


def said(past: Known, content: Content, root: Path) -> Iterator[str]:
    """What the user must know of the history that pages show."""
    from cq.french.numbers import counted

    missing = content.past.lack(item.path for item in content.items if may_be_told(item.path))
    elsewhere = _repositories(root, missing)
    if elsewhere:
        pages = counted(len(elsewhere), "page est", "pages sont")
        folders = sorted(set(elsewhere.values()))
        named = ", ".join(folders[:_NAMED]) + (", …" if len(folders) > _NAMED else "")
        yield (
            f"histoire des pages : {pages} dans un autre dépôt git ({named}) ; cq ne lit que celui "
            "du site : elles ne disent rien de leur passé"
        )
    fresh = len(missing) - len(elsewhere)
    if past.lacks and (fresh or not elsewhere):
        yield f"histoire des pages : {past.lacks}"
    elif fresh and not past.lacks:
        pages = counted(fresh, "page n’est", "pages ne sont")
        yield f"histoire des pages : {pages} pas encore dans git (git add, git commit)"
    if content.past.day_of(past.newest) > content.today:
        yield (
            "histoire des pages : des commits sont datés d’un jour à venir ; "
            "leur jour est montré comme aujourd’hui"
        )


def _repositories(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The folder inside the site, the nearest one, that is a repository of its own; of those of
    `paths` that lie in one.
    """
    known: dict[PurePosixPath, bool] = {}
    found = {}
    for path in paths:
        for folder in PurePosixPath(path).parents[:-1]:
            if folder not in known:
                known[folder] = os.path.lexists(root / folder / ".git")
            if known[folder]:
                found[path] = folder.as_posix()
                break
    return found


def changes(
    content: Content, under: PurePosixPath | None, since: str
) -> list[dict[str, str | None]]:
    """A row for each version of each public text, `under` a path, from the day `since` on; the
    newest first. Nobody is named but by equipe.yml.
    """
    titles = {item.path: item.title for item in content.items}
    found = [
        (one.day, path, number, one)
        for path, past in content.past.items()
        if under is None or under == PurePosixPath(path) or under in PurePosixPath(path).parents
        for number, one in enumerate(past.versions)
        if one.day >= since
    ]
    found.sort(key=lambda row: row[1:3])
    found.sort(key=lambda row: row[0], reverse=True)
    return [
        dict(zip(KEYS, (day, one.name, titles.get(path, ""), path, one.commit), strict=True))
        for day, path, _, one in found
    ]
