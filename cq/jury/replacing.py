"""`cq draw-jury replace`: a forced move, published without its reason; and `cancel`, which leaves a
draw on the list.
"""

from collections.abc import Callable
from typing import NamedTuple

from cq.content import logbook
from cq.draw import canon
from cq.draw.replacement import Event, NotSeated
from cq.jury import standing
from cq.jury.folders import (
    JOURNAL,
    KEY,
    REASONS,
    TYPES,
    WHY,
    Backwards,
    Entry,
    Folders,
    Refused,
    Step,
    tabled,
)
from cq.spreadsheet import is_formula

CHOICES = ("refus", "sans-reponse", "ineligible")
_LONGEST = 500  # characters of a reason that is published


class Replaced(NamedTuple):
    """A replacement that was done. Identifiers are private; `entering` is "" for nobody."""

    event: Event
    leaving: str
    entering: str


def replace(
    folders: Folders, typed: str, reason: str, day: str, agrees: Callable[[str], bool]
) -> Replaced | None:
    """Take out whoever is meant by `typed`; None where the person said no. Raises Backwards,
    Refused or OSError.
    """
    _guard(folders)
    now = standing.standing(folders)
    pid = standing.found(folders, now, typed)
    if pid not in now.panel.sitting:
        raise Refused(
            f"le numéro {pid} ne siège pas, ou plus : rien à remplacer\n"
            f"pourquoi : cq draw-jury explain {folders.name} {pid}"
        )
    if now.result.plan.is_closed:
        raise Refused(
            "les types de ce tirage sont scellés, et leur table n’est pas ici : la règle ne peut "
            f"dire qui vient\nremettez la copie du témoin : {folders.private / TYPES}"
        )
    names = standing.ids(folders)
    if not agrees(f"Remplacer le numéro {pid} ? L’événement est public et ne s’efface plus."):
        return None
    event = _moved(now, pid)
    folders.keep(REASONS, _reasons(folders, event, names.get(pid, ""), reason, day))
    entry = Entry(day, f"{logbook.REPLACED} {event.number}", event.digest())
    folders.publish_together({
        "transcript.json": canon.written(now.result.transcript(now.events)),
        JOURNAL: folders.noted(entry),
    })  # fmt: skip
    return Replaced(event, names.get(pid, ""), names.get(event.entering or "", ""))


def _moved(now: standing.Standing, pid: str) -> Event:
    try:
        return now.panel.replace(pid)
    except NotSeated as fault:
        raise AssertionError("it sat a moment ago") from fault


def _guard(folders: Folders) -> None:
    if folders.is_cancelled():
        raise Backwards(f"le tirage {folders.name} est annulé : personne n’y siège")
    if folders.step() is Step.PURGED or (
        folders.step() is Step.DRAWN and not (folders.private / KEY).is_file()
    ):
        raise Backwards(
            f"la liste de {folders.name} n’est plus ici : personne ne saurait qui appeler\n"
            "faites-le sur la machine qui l’a, ou CQ_JURYS=DOSSIER"
        )
    if folders.step() is Step.DRAWN and (names := standing.followers(folders)):
        raise Backwards(
            f"le tirage {', '.join(names)} est engagé sur le résultat de {folders.name}, qui ne "
            "change plus : remplacez dans celui-là"
        )


def _reasons(folders: Folders, event: Event, id_: str, reason: str, day: str) -> bytes:
    """The private table with one line more; one of a move that was never published goes."""
    rows = [one for one in folders.reasons() if int(one["n"]) < event.number]
    fresh = (str(event.number), event.leaving, id_, reason, day)
    return tabled(WHY, [*rows, dict(zip(WHY, fresh, strict=True))])


def cancel(folders: Folders, reason: str, day: str) -> None:
    """Say in the journal that this draw does not count. Raises Backwards, Refused or OSError."""
    try:
        words = canon.clean(reason)
    except canon.BadText:
        raise Refused("la raison contient un caractère invisible : tapez-la à nouveau") from None
    if not words or len(words) > _LONGEST:
        raise Refused(
            f"une annulation dit sa raison à tous, en {_LONGEST} caractères au plus : "
            "--raison TEXTE"
        )
    if is_formula(words):
        raise Refused(
            f"la raison commence par « {words[0]} » : un tableur en ferait une formule\n"
            "commencez par une lettre : --raison TEXTE"
        )
    if folders.is_cancelled():
        raise Backwards(f"le tirage {folders.name} est déjà annulé")
    if folders.step() is Step.NEW and not folders.journal():
        raise Backwards(f"pas de tirage {folders.name} à annuler ; la liste : cq draw-jury")
    folders.publish_together({JOURNAL: folders.noted(Entry(day, logbook.CANCELLED, "", words))})
