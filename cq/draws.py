"""The draws of this site: where each has its two folders, and that the private one is private.

What is done with them is `cq.jury`'s, which knows no setting.
"""

import contextlib
import json
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from cq import digest
from cq.access import kept
from cq.content import logbook
from cq.content.draws import validator
from cq.content.layout import CONTENT
from cq.content.model import Content, zone_of
from cq.content.scan import Source
from cq.draw import sealing
from cq.draw.canon import BadFile
from cq.draw.transcript import NAMES
from cq.jury import lock, logged, people, rehearsing
from cq.jury.folders import FROZEN, Folders, Refused, Step, is_id
from cq.jury.particulars import Particulars
from cq.repository import would_take
from cq.settings import Settings, jury_folder, moment, resolve
from cq.terminal import one_line

FOLDER = "jurys"  # under content/
_MOST_SITE = 4 << 20  # bytes of site.yml
_MOST_TABLE = 16_000_001  # bytes; more is refused
COMMITTED = Step.COMMITTED
_MAKES = "freeze"  # the command that makes a draw
# Where the words of letters and minutes are written, for who looks for one that is missing.
FIELDS = {
    "owner": "editeur", "address": "editeur", "contact": "contact", "officer": "dpo",
    "page": "adresse_web", "purpose": "finalite", "basis": "base_legale",
    "origin": "source_liste", "destroyed": "destruction", "validated": "valide_par",
    "place": "lieu", "contest": "contestation",
}  # fmt: skip


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


def public_folder(typed: str, root: Path | None) -> Path:
    """The public folder of a draw: a folder that is typed, else a draw of this site. Outside of a
    site the first is enough. Raises Refused and what `settings.resolve` raises.
    """
    path = Path(typed)
    if path.is_dir() and (not is_id(typed) or holds_draw(path)):
        return path.absolute()
    if not is_id(typed):
        raise Refused(f"{one_line(typed)} n’est ni un dossier ni le nom d’un tirage")
    found = resolve(root=root).root / "content" / FOLDER / typed
    if not found.is_dir():
        raise Refused(
            f"pas de tirage {typed} dans ce site\nceux qu’il a sont listés par : cq draw-jury"
        )
    return found


def table(path: Path | None) -> dict[str, bytes]:
    """The table of sealed types that a file is, by the name it goes by; nothing for None."""
    if path is None:
        return {}
    with path.open("rb") as stream:
        return {sealing.NAME: stream.read(_MOST_TABLE)}


@contextlib.contextmanager
def alone(chosen: Settings, found: Folders, command: str) -> Iterator[list[str]]:
    """Hold a draw, and the first stage that it follows: two commands that change one come one after
    the other. What an earlier command left undone when it was killed is made good; what to say of
    it is given. Raises Occupied or OSError.
    """
    # A name that is nothing yet has nothing to be held, but by who makes it.
    there = found.private.is_dir() or found.public.is_dir()
    held = [found] if there or command == _MAKES else []
    if (found.private / FROZEN).is_file():
        with contextlib.suppress(BadFile):  # said by what needs it
            held += [first for first in [people.first_of(found)] if first]
    with contextlib.ExitStack() as stack:
        for one in held:
            stack.enter_context(lock.held(one, command))
        yield logged.caught_up(found, lambda: day(moment(), zone(chosen)))


def mended(chosen: Settings, some: Iterable[Folders]) -> Iterator[str]:
    """What is made good of draws that a killed command left halfway; one that another command is
    changing now is left to it.
    """
    for one in some:
        try:
            # Another's draw, in a copy of the repository, is the other's to mend.
            if one.private.is_dir() and logged.is_behind(one):
                with alone(chosen, one, "") as said:
                    yield from (f"{one.name} : {words}" for words in said)
        except (kept.Occupied, BadFile, OSError):
            continue  # its own line in the list says what is wrong


def holds_draw(folder: Path) -> bool:
    """Whether there is a file of a draw in it."""
    return any((folder / name).is_file() for name in NAMES)


def zone(chosen: Settings) -> str:
    """The time zone of the site, in which its draws are told: from site.yml alone, since reading
    the contents would do every other draw of the site again. Raises OSError.
    """
    from cq.content.parse import parse

    path = PurePosixPath(CONTENT, "site.yml")
    with (chosen.root / path).open("rb") as stream:
        data = stream.read(_MOST_SITE)
    record = parse(Source(path, data, digest.of_bytes(data))).record
    return zone_of(json.loads(record.fields[0]) if record else {})


def day(instant: int, where: str) -> str:
    """The day of a moment, as the journal has it, in the time zone `where`."""
    return datetime.fromtimestamp(instant, ZoneInfo(where)).date().isoformat()


def who(chosen: Settings, number: str, identifier: str) -> str:
    """A number, with whose it is for the town hall alone: a forge's log is read by anybody."""
    private = "" if chosen.ci or not identifier else f" (identifiant {one_line(identifier)})"
    return f"le numéro {number}{private}"


def rehearsal(real: Folders | None, where: str) -> Iterator[str]:
    """A whole draw in a folder of its own, outside of the site, with a fresh key."""
    place = Path(tempfile.mkdtemp(prefix="cq-repetition-"))
    return rehearsing.rehearsed(place, real, secrets.token_bytes(32), moment(), where)


def contest(found: Folders, content: Content) -> str:
    """The last day on which a draw may be contested by its page, "" where that says none.
    Of the page alone: what is destroyed may be spoilt.
    """
    item = content.by_path.get(f"content/{FOLDER}/{found.name}/index.md")
    return (item.jury.contest or "") if item and item.jury else ""


def particulars(found: Folders, content: Content) -> Particulars:
    """What letters and minutes of a draw say of the town hall: from its page, else, where the list
    was frozen here, from what the freeze was told, else from site.yml.
    """
    site = content.site
    editor = site.get("editeur")
    editor = editor if isinstance(editor, dict) else {}
    about = found.frozen().get("about", {}) if (found.private / FROZEN).is_file() else {}
    item = content.by_path.get(f"content/{FOLDER}/{found.name}/index.md")
    page = item.jury if item else None
    signed = [one.note for one in found.journal() if one.step == logbook.DRAWN]
    base = f"{content.base.rstrip('/')}/{FOLDER}/{found.name}/" if content.base else ""
    return Particulars(
        owner=(page.owner if page else "") or str(editor.get("nom") or site.get("nom") or ""),
        address=str(editor.get("adresse") or ""),
        service=page.service if page else "",
        contact=(page.contact if page else "") or str(site.get("contact") or ""),
        officer=str(site.get("dpo") or ""),
        page=base,
        purpose=(page.purpose if page else "") or about.get("purpose", ""),
        basis=page.basis if page else "",
        notice=(page.told if page else "") or about.get("notice", ""),
        origin=(page.origin if page else "") or about.get("source", ""),
        place=page.place if page else "",
        contest=contest(found, content),
        destroyed=(page.destroyed if page else "") or about.get("destruction", ""),
        validated=(page.validated if page else "") or next(map(validator, reversed(signed)), ""),
        consequences=page.consequences if page else "",
    )


def _inside(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() and not folder.is_symlink() else iter(())


def _guard(chosen: Settings, found: Folders) -> None:
    """Raise Refused where names would be published, or kept by git for ever."""
    # A link could make the journal be read from the town hall's own side, and published.
    for one in (found.public.parent, found.public, *_inside(found.public)):
        if one.is_symlink():
            raise Refused(
                f"{one_line(str(one))} est un lien symbolique : rien n’en est lu\n"
                "remplacez le lien par une copie du fichier"
            )
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
