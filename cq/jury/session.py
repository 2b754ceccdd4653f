"""What no file says of the session in which a draw is done: typed for the procès-verbal, and kept
beside it, so that a later replacement adds its page without asking again.
"""

from pathlib import Path
from typing import NamedTuple

from cq.draw import canon
from cq.draw.canon import BadText, clean
from cq.jury import shapes
from cq.jury.folders import Folders, Refused
from cq.jury.particulars import Particulars

FILE, _FACTS = "proces-verbal.html", "proces-verbal.json"


class Facts(NamedTuple):
    """What no file says. `present` are functions; `witness` is an officer of the court, if any."""

    place: str = ""
    present: tuple[str, ...] = ()
    witness: str = ""
    validated: str = ""
    basis: str = ""


def facts(folders: Folders, typed: Facts) -> Facts:
    """Those typed now, and for the rest those typed before. Raises Refused or OSError."""
    try:
        typed = Facts(
            clean(typed.place), tuple(map(clean, typed.present)), clean(typed.witness),
            clean(typed.validated), clean(typed.basis),
        )  # fmt: skip
    except BadText:
        raise Refused("un caractère invisible s’est glissé dans ce qui a été tapé") from None
    before = Facts()
    if (folders.private / _FACTS).is_file():
        kept = folders.read(_FACTS, shapes.FACTS)
        known = {name: kept[name] for name in Facts._fields if name in kept}
        before = Facts(**{**known, "present": tuple(known.get("present", ()))})
    return Facts(
        typed.place or before.place, typed.present or before.present,
        typed.witness or before.witness, typed.validated or before.validated,
        typed.basis or before.basis,
    )  # fmt: skip


def keep(folders: Folders, page: str, typed: Facts) -> Path:
    """Keep the page, and what was typed for the next one; where the page is. Raises OSError."""
    folders.keep(_FACTS, canon.written({**typed._asdict(), "present": list(typed.present)}))
    folders.keep(FILE, page.encode())
    return folders.private / FILE


def missing(told: Particulars, typed: Facts) -> list[str]:
    """The options that would fill in what stands as « à compléter »."""
    asked = {
        "--lieu": typed.place or told.place,
        "--present": typed.present,
        "--valide-par": typed.validated or told.validated,
        "--base-legale": typed.basis or told.basis,
    }
    return [option for option, value in asked.items() if not value]
