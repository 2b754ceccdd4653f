"""The draws of this site: where each has its two folders, and that the private one is private.

What is done with them is `cq.jury`'s, which knows no setting.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from cq import selection
from cq.access import kept
from cq.front import Progress
from cq.jury.folders import Folders, Refused, is_id
from cq.repository import would_take
from cq.settings import Settings, jury_folder
from cq.terminal import one_line

FOLDER = "jurys"  # under content/


def folders(chosen: Settings, name: str) -> Folders:
    """Those of the draw `name`, whether they are there or not. Raises Refused."""
    if not is_id(name):
        raise Refused(
            f"« {one_line(name)} » ne peut pas être le nom d’un tirage\n"
            "attendu : des lettres minuscules sans accent, des chiffres, des traits d’union, "
            "comme jury-2027"
        )
    found = Folders(name, chosen.root / "content" / FOLDER / name, jury_folder(chosen.root, name))
    _guard(chosen, found)
    return found


def every(chosen: Settings) -> list[Folders]:
    """All draws that either folder knows, by name."""
    places = (chosen.root / "content" / FOLDER, jury_folder(chosen.root, "").absolute())
    names = {
        one.name
        for place in places
        if place.is_dir()
        for one in place.iterdir()
        if one.is_dir() and is_id(one.name)
    }
    return [folders(chosen, name) for name in sorted(names)]


def zone(chosen: Settings, progress: Progress) -> str:
    """The time zone of the site, in which its draws are told."""
    return selection.read(chosen, progress).zone


def day(moment: int, where: str) -> str:
    """The day of a moment, as the journal has it, in the time zone `where`."""
    return datetime.fromtimestamp(moment, ZoneInfo(where)).date().isoformat()


def _guard(chosen: Settings, found: Folders) -> None:
    """Raise Refused where names would be published, or kept by git for ever."""
    real = found.private.parent.resolve() / found.private.name
    where = one_line(str(found.private))
    if kept.among(real, chosen.root, chosen.output):
        raise Refused(
            f"{where} : la liste des personnes serait parmi les contenus ou le site construit\n"
            "nommez un dossier hors du site : CQ_JURYS=DOSSIER"
        )
    if would_take(real / "personnes.csv"):
        raise Refused(
            f"{where} est dans un dépôt git, qui garderait la liste des personnes pour toujours\n"
            "nommez un dossier hors du dépôt : CQ_JURYS=DOSSIER"
        )
