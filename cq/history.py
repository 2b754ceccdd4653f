"""What git remembers of the site, read once and kept: one pass of `git log`, then only what is new.

A run in which the repository has not moved starts no git. What git cannot tell (no repository, half
a history) is said, never guessed: a page without a known past shows none.
"""

import functools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq.chronicle import Chronicle, Note, sum_of
from cq.content.model import Content
from cq.content.past import Row, is_private, may_be_told, row_of, rows_of, space_of
from cq.french.dates import iso_words
from cq.ledger import Ledger, reading
from cq.repository.head import RepositoryFault, Standing
from cq.repository.places import SITE, place_of
from cq.whereabouts import Stand, Where, is_inner

KEYS = ("jour", "auteur", "titre", "chemin", "commit")
_NAMED = 3  # folders in one sentence
_NO_REPOSITORY = "ce site n’est pas dans un dépôt git"


class Part(NamedTuple):
    """What one repository knows of its own texts."""

    place: str
    rows: dict[str, str]
    whole: bool  # back to the first commit
    newest: int  # the latest day that a commit claims, in seconds
    lacks: str = ""  # what is missing, in words for the user
    stopped: bool = False  # git could not go to the end: another time it may


@dataclass(frozen=True)
class Known:
    """What is known of the past: a row for each text, for `cq.content.past`."""

    mark: str  # as in `Where`
    parts: tuple[Part, ...]

    @cached_property
    def rows(self) -> dict[str, str]:
        return {path: row for part in self.parts for path, row in part.rows.items()}

    @cached_property
    def cut(self) -> frozenset[str]:
        """The texts of which git knows no beginning."""
        return frozenset(path for part in self.parts if not part.whole for path in part.rows)

    @property
    def whole(self) -> bool:
        return all(part.whole for part in self.parts)

    @property
    def newest(self) -> int:
        return max(part.newest for part in self.parts)


def known(root: Path, ledger: Ledger, at: Where) -> Known:
    """The past of every public text below `root`, up to where its repository stands. Raises
    `Damaged`.
    """
    Chronicle(ledger).forget_but(at.places)
    stands = [one for one in at.stands if not one.private]
    return _known(at.mark, [_part(root, ledger, one, at.places, inner=False) for one in stands])


def inner(root: Path, ledger: Ledger, at: Where) -> Known:
    """The same of every private text: for a build that seals them. Raises `Damaged`."""
    parts = [_part(root, ledger, one, at.places, inner=True) for one in at.stands]
    return _known(at.inner_mark, parts)


def _known(mark: str, parts: list[Part]) -> Known:
    return Known("" if any(part.stopped for part in parts) else mark, tuple(parts))


def _part(
    root: Path, ledger: Ledger, at: Stand, all_places: tuple[str, ...], *, inner: bool
) -> Part:
    """What the repository at `at` says of the texts that are its own: public ones, or the others
    where they are the `inner` ones.
    """
    if at.standing is None:
        return Part(at.place, {}, whole=False, newest=0, lacks=at.fault or _NO_REPOSITORY)
    chronicle = Chronicle(ledger)
    note, rows = chronicle.note(at.place), None
    if note is None or note.mark != at.mark:
        try:
            note, rows = _renewed(root, chronicle, at, note)
        except RepositoryFault as fault:
            return Part(at.place, {}, whole=False, newest=0, lacks=str(fault), stopped=True)
    if inner:
        rows = chronicle.inner_rows(at.place, note)
    elif rows is None:
        rows = chronicle.rows(at.place, note)
    if len(all_places) > 1:  # what was the site's once may lie in another repository today
        rows = {path: row for path, row in rows.items() if place_of(path, all_places) == at.place}
    whole = note.inner_whole if inner else note.whole
    return Part(at.place, rows, whole, note.newest, _lacks(at.standing, whole=whole))


def _renewed(
    root: Path, chronicle: Chronicle, at: Stand, old: Note | None
) -> tuple[Note, dict[str, str]]:
    """Ask git for what is not known, and keep it: one pass for all texts of a repository. The rows
    are those of public ones.
    """
    from cq.repository.log import Change, log

    if at.standing is None:
        raise AssertionError("there is a repository")
    fits = old is not None and old.whole and old.inner_whole and old.commit
    if old is not None and old.around != at.standing.around:
        fits = False
    # Only one straight line of new commits stands before the old ones as a whole pass would say.
    found = log(root, at.standing, old.commit, at.place) if fits and old else None
    afresh = found is None or old is None
    if found is None:
        found = log(root, at.standing, place=at.place)
    if found is None:
        raise AssertionError("the whole history was asked for")

    def rows_by_path(changes: Iterable[Change], *, private: bool) -> dict[str, list[Row]]:
        told = functools.cache(is_private if private else may_be_told)
        rows: dict[str, list[Row]] = {}
        for one in changes:
            if told(one.path):
                row = (one.commit, one.when, one.name, one.merge, one.blob)
                rows.setdefault(one.path, []).append(row)
        return rows

    public = rows_by_path(found.changes, private=False)
    private = rows_by_path(found.inner, private=True)
    before = {} if afresh or old is None else chronicle.rows(at.place, old)
    with reading():
        made = {
            path: row_of([*rows, *(rows_of(before[path]) if path in before else ())])
            for path, rows in public.items()
        }
    newest = 0 if afresh or old is None else old.newest
    all_rows = {**before, **made}
    note = Note(
        at.mark, at.standing.commit, at.standing.around, found.whole,
        max((newest, *(one.when for one in found.changes))),
        sum_of(all_rows), found.inner_whole,
        1 if afresh or old is None else old.layers + 1,
        len(private) + (0 if afresh or old is None else old.pieces),
    )  # fmt: skip
    pieces = {path: row_of(rows) for path, rows in private.items()}
    chronicle.keep(at.place, note, made, pieces, afresh=afresh)
    return note, all_rows


def _lacks(at: Standing, *, whole: bool) -> str:
    if not at.commit:
        return "rien n’est encore enregistré dans git"
    if at.cut:
        return "ce dépôt n’a qu’une partie de l’histoire ; lancez : git fetch --unshallow"
    return "" if whole else "elle est trop longue : les plus anciennes versions ne sont pas lues"


def said(past: Known, content: Content) -> Iterator[str]:
    """What the user must know of the history that pages show."""
    texts = [item.path for item in content.items if may_be_told(item.path)]
    yield from _said(past, texts, content.past.lack(texts), "histoire des pages")
    if content.past.day_of(past.newest) > content.today:
        yield (
            "histoire des pages : des commits sont datés d’un jour à venir ; "
            "leur jour est montré comme aujourd’hui"
        )


def inner_said(past: Known, content: Content) -> Iterator[str]:
    """The same of private pages: no path, no title, no day; and nothing that `said` has said."""
    texts = [item.path for item in content.items if is_private(item.path)]
    missing = [
        path
        for path in texts
        if path not in content.inner_pasts.get(space_of(path) or "", content.past)
    ]
    own = {part.place for part in past.parts if is_inner(part.place)}
    yield from _said(past, texts, missing, "histoire des espaces", own)


def _said(
    past: Known, texts: list[str], missing: list[str], what: str, own: Collection[str] | None = None
) -> Iterator[str]:
    """What is lacking; of the repositories at the places `own` alone, where only those count."""
    from cq.french.numbers import counted

    tops = tuple(part.place for part in past.parts)
    held = {place_of(path, tops) for path in texts} or {SITE}
    lacking = {part.place: part.lacks for part in past.parts if part.lacks and part.place in held}
    shown = {place: lacks for place, lacks in lacking.items() if own is None or place in own}
    for words in dict.fromkeys(shown.values()):
        folders = [place for place, lacks in shown.items() if lacks == words]
        named = ", ".join(folders[:_NAMED]) + (", …" if len(folders) > _NAMED else "")
        yield f"{what} ({named}) : {words}" if named else f"{what} : {words}"
    fresh = sum(place_of(path, tops) not in lacking for path in missing)
    if fresh:
        pages = counted(fresh, "page n’est", "pages ne sont")
        yield f"{what} : {pages} pas encore dans git (git add, git commit)"


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
        if _lies(path, under)
        for number, one in enumerate(past.versions)
        if one.day >= since
    ]
    found.sort(key=lambda row: row[1:3])
    found.sort(key=lambda row: row[0], reverse=True)
    return [
        dict(zip(KEYS, (day, one.name, titles.get(path, ""), path, one.commit), strict=True))
        for day, path, _, one in found
    ]


def silence(content: Content, under: PurePosixPath | None, since: str) -> str:
    """Why `changes` has no row to give, in French."""
    if any(_lies(path, under) for path in content.past):
        return f"rien n’y a changé depuis le {iso_words(since)}"
    return "aucun texte n’y est encore enregistré dans git"


def _lies(path: str, under: PurePosixPath | None) -> bool:
    place = PurePosixPath(path)
    return under is None or under == place or under in place.parents
