"""`cq draw-jury purge`: the end of a draw's private side. What is public stays, and verifies.

A name that was on a disk may outlive its file (a copy, a backup, the disk's own wear): what is
promised here is no more than what is done.
"""

import contextlib
import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from cq.content import logbook
from cq.draw.canon import BadFile
from cq.french.dates import date_words, iso_words
from cq.french.numbers import counted
from cq.jury.folders import (
    FROZEN,
    KEY,
    PLAN,
    PROMISED,
    TYPES,
    Backwards,
    Entry,
    Folders,
    Refused,
    Step,
)
from cq.jury.homes import FILE as TRIALS

DAYS = 30  # after the last event of a draw, in which anyone may still contest it
# What stays: counts, a plan and its trials, which name nobody, the promise, and the drawing of its
# fingerprint. The table of sealed types goes: with the public list it says which values somebody
# alone has.
_KEPT = frozenset((FROZEN, PLAN, TRIALS, PROMISED, "engagement.svg"))
_PIECE = 1 << 20
_LEFT = (
    "chacun a été récrit de zéros puis effacé ; un disque SSD peut en garder trace",
    "restent à détruire par vous : listes d’origine, copies, sauvegardes, papier",
    "si une liste est entrée un jour dans un dépôt git, il la garde, même le fichier effacé",
)
_WITNESS = (
    "la table des types scellés l’est aussi : celle du témoin est la seule qui vérifie les quotas"
)
_NOTE = "clé, liste des personnes, décisions et lettres détruites"
_DONE = "c’est fait déjà : la clé et la liste de ce tirage sont détruites"


class Wish(NamedTuple):
    """What was asked. `days` is how long the draw may be contested, `announced` the last day on
    which it may by its page, if that says one; `agrees` answers a question.
    """

    today: datetime.date
    days: int
    agrees: Callable[[str], bool]
    announced: str = ""


def purge(folders: Folders, wish: Wish) -> list[str]:
    """What to say, once it is done; nothing where the person said no. Raises Refused."""
    step = folders.step()
    if step is Step.NEW and folders.is_said_purged() and _is_empty(folders.private):
        folders.private.rmdir()  # a purge was stopped at its very last step
        return [_DONE]
    if step is Step.PURGED:
        return [_DONE]
    doomed = sorted(_doomed(folders.private), key=lambda path: (path.name == KEY, path))
    if not doomed and not folders.lacks():
        raise Refused(f"rien à détruire : {folders.private} n’a pas de liste de ce tirage")
    guard(folders, wish)
    question = (
        f"Détruire {counted(len(doomed), 'fichier')} de {folders.private} ? Plus personne ne "
        "pourra être remplacé, ni sa ligne montrée."
    )
    if doomed and not wish.agrees(question):
        return []
    for path in doomed:
        _destroy(path)
    _empty_folders(folders.private)
    # Whoever was stopped between this line and what follows comes here again, with nothing left.
    if folders.public.is_dir() and (doomed or not folders.is_said_purged()):
        folders.note(Entry(wish.today.isoformat(), logbook.PURGED, note=_NOTE))
    if step < Step.COMMITTED:  # counts of a list that is no more would pass for a freeze
        for name in (PLAN, TRIALS, FROZEN):
            (folders.private / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something of somebody else's may lie there
            folders.private.rmdir()
    table = folders.private / TYPES in doomed
    return [f"détruits : {counted(len(doomed), 'fichier')} ; le journal public le dit", *_LEFT, *(
        [_WITNESS] if table else []), *(
        f"attention : la clé sert aussi au second tirage {one.name}, qui la garde"
        for one in seconds(folders)
    ), *([f"le côté public reste vérifiable : cq draw-jury verify {folders.name}"]
         if step >= Step.COMMITTED else [])]  # fmt: skip


def guard(folders: Folders, wish: Wish) -> None:
    """Raise Backwards while a draw is to come, or may still be contested."""
    if folders.is_cancelled():
        return
    if folders.step() is Step.COMMITTED:
        raise Backwards(
            f"le tirage {folders.name} est engagé et n’a pas eu lieu : sans la liste, personne ne "
            "saurait qui est tiré\n"
            f"pour y renoncer, au su de tous : cq draw-jury cancel {folders.name} --raison TEXTE"
        )
    if folders.step() < Step.COMMITTED:
        return
    last = max((entry.day for entry in folders.journal()), default="")
    try:
        since = datetime.date.fromisoformat(last)
    except ValueError:
        raise Refused(f"le journal de {folders.name} ne dit pas quand il a été tiré") from None
    until = since + datetime.timedelta(days=wish.days)
    if wish.announced and wish.today.isoformat() <= wish.announced:
        raise Backwards(
            f"la page de {folders.name} annonce que ce tirage se conteste jusqu’au "
            f"{iso_words(wish.announced)} : d’ici là, la liste reste\n"
            f"si ce jour est faux : contestation, dans content/jurys/{folders.name}/index.md"
        )
    if wish.today < until:
        raise Backwards(
            f"ce tirage peut être contesté jusqu’au {date_words(until)} : il faut encore pouvoir "
            "remplacer quelqu’un, ou lui montrer sa ligne\n"
            f"si le délai est autre : cq draw-jury purge {folders.name} --contestation JOURS"
        )


def seconds(folders: Folders) -> Iterator[Folders]:
    """The draws that follow this one, and have its key."""
    home = folders.private.parent
    for path in sorted(home.iterdir()) if home.is_dir() else ():
        other = folders.sibling(path.name)
        if not (path / KEY).is_file() or not (path / FROZEN).is_file():
            continue
        try:
            first = other.frozen().get("first")
        except (OSError, BadFile):
            continue
        if first == folders.name:
            yield other


def _doomed(folder: Path) -> Iterator[Path]:
    """Every file that may name somebody."""
    for home, _, names in os.walk(folder):
        for name in names:
            path = Path(home) / name
            if path.parent != folder or name not in _KEPT:
                yield path


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


def _destroy(path: Path) -> None:
    """Zeros over the file, down to the disk, then no file; a link is only taken away."""
    if path.is_file() and not path.is_symlink():
        descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            left = os.fstat(descriptor).st_size
            while left > 0:
                left -= os.write(descriptor, bytes(min(_PIECE, left)))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    path.unlink()


def _empty_folders(folder: Path) -> None:
    for home, folders, _ in os.walk(folder, topdown=False):
        for name in folders:
            path = Path(home) / name
            if path.is_symlink():
                path.unlink()
            elif not any(path.iterdir()):
                path.rmdir()
