"""`cq draw-jury letters`: who is written to, and what is kept for it in the private folder.

For each of the four sorts of people a table for the mail merge of a word processor, and sheets to
print, so many a file that a browser opens it. Written person by person: ten thousand letters hold
no more memory than one.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from string import Template
from typing import BinaryIO, NamedTuple, cast

from cq.access import kept
from cq.draw.page import line_fragment
from cq.draw.replacement import Panel
from cq.draw.transcript import Result
from cq.french import odds
from cq.french.dates import iso_words
from cq.french.numbers import counted, ordinal
from cq.jury import paper, people, standing, texts
from cq.jury.explanation import values_words
from cq.jury.folders import KEY, Backwards, Folders, Refused
from cq.jury.particulars import Particulars, said
from cq.jury.people import Entry
from cq.spreadsheet import guarded

TEXTS = "textes"
A_FILE = 200  # sheets: what a browser prints without a thought
REPLY_DAYS = 15
_LEAST = 2  # lines that a postman needs: who, and where
_REASONS = {
    "refus": "Vous nous avez dit ne pas pouvoir siéger.",
    "sans-reponse": "Nous n’avons pas reçu de réponse de votre part.",
    "ineligible": "Vous ne remplissez pas une condition pour siéger.",
}
Progress = Callable[[str, int, int], None]


class Wish(NamedTuple):
    """What is asked for. `event` is a replacement whose two letters are wanted, 0 for none."""

    kinds: tuple[str, ...]
    today: datetime.date
    texts: Path | None = None
    codes: bool = True
    event: int = 0


class _Drawn(NamedTuple):
    """A draw as it stands; `reserve` are those standing by, and their place among their type."""

    result: Result
    panel: Panel
    reserve: Mapping[str, int]


def _standing(folders: Folders) -> _Drawn:
    now = standing.standing(folders)
    if now.cancelled:
        raise Backwards(
            f"le tirage {folders.name} est annulé : aucune lettre ne peut dire qu’il a désigné "
            "quelqu’un"
        )
    result, panel = now.result, now.panel
    named = result.transcript()["reserve"]
    asked = set(panel.sitting) | {event.leaving for event in panel.events}
    reserve = {
        pid: place
        for rest in cast("dict[str, list[str]]", named).values()
        for place, pid in enumerate((one for one in rest if one not in asked), 1)
    }
    return _Drawn(result, panel, reserve)


class _Known(NamedTuple):
    """What one person's letter says of the draw."""

    kind: str
    entry: Entry
    values: Mapping[str, str]
    to: tuple[str, ...]  # `paper.address`


def write(folders: Folders, particulars: Particulars, wish: Wish, progress: Progress) -> list[str]:
    """Write them; what to say of it. Raises Backwards, Refused or OSError."""
    drawn = _standing(folders)
    if not (folders.private / KEY).is_file():
        raise Refused(
            f"la liste de {folders.name} n’est pas sur cette machine, ou a été détruite : "
            "les lettres ne peuvent pas être faites"
        )
    home = folders.private / texts.FOLDER
    words = texts.texts(wish.texts or home / TEXTS, wish.kinds)
    every = list(_known(folders, drawn, particulars, wish))
    lines = []
    for kind in wish.kinds:
        chosen = [one for one in every if one.kind == kind]
        name = f"remplacement-{wish.event}-{kind}" if wish.event else kind
        if chosen:
            _letters(home, name, chosen, words[kind], _Desk(drawn, particulars, wish, progress))
        lines.append(f"{name} : {counted(len(chosen), 'lettre')}")
    lines.append(f"dans {home}")
    blank = sum(not one.to[0] or len(one.to) < _LEAST for one in every)
    if blank:
        lines.append(
            f"attention : {counted(blank, 'lettre')} sans nom ou sans adresse en tête, faute de "
            "les reconnaître parmi les colonnes de la liste ; les tableaux les ont toutes, pour un "
            "publipostage"
        )
    lines.append(f"pour changer leurs mots : les fichiers de {wish.texts or home / TEXTS}")
    lines.append("elles nomment des personnes : imprimez-les, puis cq draw-jury purge les détruira")
    return lines


class _Desk(NamedTuple):
    drawn: _Drawn
    particulars: Particulars
    wish: Wish
    progress: Progress


def _known(folders: Folders, drawn: _Drawn, told: Particulars, wish: Wish) -> Iterator[_Known]:
    result, panel = drawn.result, drawn.panel
    kinds = {person.pid: person.type for person in result.order}
    left = {event.leaving: event for event in panel.events}
    only = _of_event(panel, wish.event)
    reasons = _reasons(folders)
    columns = frozenset(folders.frozen().get("household", ()))
    reply = wish.today + datetime.timedelta(days=REPLY_DAYS)
    # As the site and the procès-verbal have it: a large household has a little less.
    before = ", avant la règle des foyers" if result.plan.household else ""
    for entry in people.entries(folders):
        pid = entry.pid
        if pid not in kinds:
            raise standing.another_list(folders)
        kind = _sort(drawn, left, pid)
        if kind not in wish.kinds or (only and pid not in only):
            continue
        event, (reason, day) = left.get(pid), reasons.get(pid, ("", ""))
        yield _Known(
            kind,
            entry,
            {
                "titre": result.promise.title,
                "reponse_avant": iso_words(reply.isoformat()),
                "contact": said(told.contact),
                "rang": ordinal(drawn.reserve[pid], feminine=True) if pid in drawn.reserve else "",
                "chance": f"{odds.words(result.plan.chance(kinds[pid]))}{before}",
                "evenement": str(event.number) if event else "",
                "jour_remplacement": iso_words(day) if day else said("") if event else "",
                "motif": _REASONS.get(reason, ""),
                "criteres": values_words(result, kinds[pid]),
                "numero": paper.grouped(pid),
                "nom": entry.row.get("nom", ""),
                "prenom": entry.row.get("prenom", ""),
            },
            paper.address(entry.row, columns),
        )


def _sort(drawn: _Drawn, left: Mapping[str, object], pid: str) -> str:
    if pid in drawn.panel.sitting:
        return texts.DRAWN
    if pid in left:
        return texts.REPLACED
    return texts.RESERVE if pid in drawn.reserve else texts.REST


def _of_event(panel: Panel, number: int) -> set[str]:
    """Who left and who came by a replacement. Raises Refused where there was none."""
    if not number:
        return set()
    if not 1 <= number <= len(panel.events):
        raise Refused(
            f"il n’y a pas eu de remplacement {number}\n"
            f"il y en a eu {len(panel.events)} ; pour les voir : le journal du tirage"
        )
    event = panel.events[number - 1]
    return {event.leaving, *([event.entering] if event.entering else [])}


def _reasons(folders: Folders) -> dict[str, tuple[str, str]]:
    """Why and when each left, by number; nothing where nothing was kept."""
    return {row["pid"]: (row["raison"], row["date"]) for row in folders.reasons()}


def _letters(home: Path, name: str, chosen: Sequence[_Known], words: Template, desk: _Desk) -> None:
    """The table and the sheets of one sort of people."""
    for old in home.glob(f"{name}-[0-9]*.html"):
        old.unlink()
    result = desk.drawn.result
    with ExitStack() as stack:
        table = stack.enter_context(kept.writing(home / f"{name}.csv"))
        table.write(b"\xef\xbb\xbf" + _line(_columns(chosen[0])))
        for place, first in enumerate(range(0, len(chosen), A_FILE), 1):
            batch = chosen[first : first + A_FILE]
            with kept.writing(home / f"{name}-{place:03}.html") as sheet:
                sheet.write(paper.head(f"Lettres : {name}").encode())
                for rank, one in enumerate(batch, first + 1):
                    link = _link(one, desk.particulars)
                    _row(table, one, link)
                    made = paper.Addressee(
                        tuple(filter(None, one.to)),
                        paper.paragraphs(words.substitute(one.values)),
                        one.entry.pid,
                        one.entry.salt.hex(),
                        one.entry.hashed,
                        link if desk.wish.codes and paper.fits(link) else "",
                        one.values["criteres"] if result.plan.features else "",
                    )
                    page = paper.letter(
                        made, result.promise.title, desk.particulars, desk.wish.today.isoformat()
                    )
                    sheet.write(page.encode())
                    desk.progress("lettres", rank, len(chosen))
                sheet.write(paper.TAIL.encode())


def _link(one: _Known, told: Particulars) -> str:
    if not told.page:
        return ""
    return f"{told.page}verifier/{line_fragment(one.entry.salt, one.entry.hashed)}"


def _columns(one: _Known) -> list[str]:
    own = ["numero", "criteres", "rang", "chance", "evenement", "jour_remplacement", "motif"]
    return ["qui", *one.entry.row, *own, "sel", "ligne", "verification"]


def _row(table: BinaryIO, one: _Known, link: str) -> None:
    own = ("numero", "criteres", "rang", "chance", "evenement", "jour_remplacement", "motif")
    line = "\n".join(f"{name} : {value}" for name, value in one.entry.hashed.items())
    table.write(
        _line(
            [one.kind, *one.entry.row.values(), *(one.values[name] for name in own),
             paper.grouped(one.entry.salt.hex()), line, link]
        )
    )  # fmt: skip


def _line(cells: Iterable[str]) -> bytes:
    """One line for a word processor in French: semicolons, and no cell that it would compute."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator="\r\n").writerow(map(guarded, cells))
    return stream.getvalue().encode()
