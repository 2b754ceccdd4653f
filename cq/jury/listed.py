"""Each draw of a site and its next step, with the line to copy. Reads files, changes none."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cq.content import logbook
from cq.draw.canon import BadFile, read
from cq.draw.sources import DRAND
from cq.draw.transcript import Commitment, commitment
from cq.jury import moments, texts
from cq.jury.folders import KEY, REASONS, Folders, Step
from cq.jury.session import FILE
from cq.terminal import one_line

_STATES = {
    Step.NEW: "annoncé",
    Step.FROZEN: "liste gelée",
    Step.PLANNED: "liste gelée, plan proposé",
    Step.COMMITTED: "engagé",
    Step.DRAWN: "tiré",
    Step.PURGED: "tiré, liste détruite",
}
_NEXT = {
    Step.NEW: "geler la liste : cq draw-jury freeze {} LISTE.csv",
    Step.FROZEN: "proposer un plan : cq draw-jury plan {} --seats NOMBRE",
    Step.PLANNED: "s’engager : cq draw-jury commit {} --title TITRE --source drand "
    "--at AAAA-MM-JJTHH:MM",
    Step.PURGED: "refaire le tirage : cq draw-jury verify {}",
}
_DRAW = "cq draw-jury draw {}"
_MINUTES = "procès-verbal : cq draw-jury minutes {}"
_LETTERS = "lettres : cq draw-jury letters {} --qui tous"
_ADDENDUM = "additif au procès-verbal : cq draw-jury minutes {}"
_LEFT = "écrire à qui part et à qui vient : cq draw-jury letters {} --remplacement {}"
_END = "quand plus personne ne peut contester : cq draw-jury purge {}"
_STOPPED = "détruire la liste, qui ne sert plus : cq draw-jury purge {}"
_ELSEWHERE = "vérifier : cq draw-jury verify {}"
_GONE = "remettre ces fichiers, ou finir de détruire le reste : cq draw-jury purge {}"
_NONE = (
    "aucun tirage au sort dans ce site",
    "pour s’exercer, sans rien garder : cq draw-jury --rehearsal",
    "pour en préparer un : cq draw-jury freeze jury-2027 LISTE.csv",
)


class Listed(NamedTuple):
    """A draw as it is listed. `next` is a sentence that ends with the line to copy, "" for none."""

    name: str
    title: str
    state: str
    next: str


def promise(folders: Folders) -> Commitment | None:
    """What a draw has promised; None before it does. Raises BadFile."""
    path = folders.public / "commitment.json"
    return commitment(read(path.read_bytes())) if path.is_file() else None


def listed(folders: Folders, zone: str) -> Listed:
    """One draw, its moment told in the time `zone`. A file that cannot be read is said in its
    place.
    """
    verify = _ELSEWHERE.format(folders.name)
    try:
        promised = promise(folders)
    except BadFile as fault:
        words = f"commitment.json n’est pas lisible : {fault}"
        return Listed(folders.name, "", words, verify)
    title = promised.title if promised else ""
    try:
        step, cancelled, lacks = folders.step(), folders.is_cancelled(), folders.lacks()
    except BadFile as fault:
        return Listed(folders.name, title, str(fault), verify)
    if cancelled:
        left = (folders.private / KEY).is_file()
        return Listed(folders.name, title, "annulé", _STOPPED.format(folders.name) if left else "")
    if lacks:
        words = f"{_STATES[step]}, mais {' et '.join(lacks)} n’est plus ici"
        return Listed(folders.name, title, words, _GONE.format(folders.name))
    # What was promised on another machine can be verified here, and nothing else.
    elsewhere = step >= Step.COMMITTED and not folders.private.is_dir()
    if elsewhere:
        words = verify
    elif step is Step.COMMITTED and promised:
        words = f"tirer, {_moment(promised, zone)} : {_DRAW.format(folders.name)}"
    elif step is Step.DRAWN:
        words = _after(folders)
    else:
        words = _NEXT[step].format(folders.name)
    return Listed(folders.name, title, _STATES[step], words)


def _moment(promised: Commitment, zone: str) -> str:
    """When the last of its sources has spoken."""
    times = [one.time() for one in promised.sources if one.kind == DRAND]
    return moments.words(max(times), zone) if times else "le jour dit"


def _after(folders: Folders) -> str:
    """What follows a draw: its papers, then those of each replacement, then the end."""
    name = folders.name
    minutes, letters, reasons = (
        _last(folders.private / FILE), _last(folders.private / texts.FOLDER, "*.csv"),
        _last(folders.private / REASONS),
    )  # fmt: skip
    if not minutes:
        return _MINUTES.format(name)
    if not letters:
        return _LETTERS.format(name)
    if letters < reasons:
        done = [one.step for one in folders.journal() if one.step.startswith(logbook.REPLACED)]
        return _LEFT.format(name, done[-1].rpartition(" ")[2] if done else 1)
    return (_ADDENDUM if minutes < reasons else _END).format(name)


def _last(path: Path, files: str = "") -> int:
    """When a file, or the last of those `files` of a folder, was written; 0 for never."""
    found = path.glob(files) if files else [path]
    return max((one.stat().st_mtime_ns for one in found if one.is_file()), default=0)


def told(found: Iterable[Folders], zone: str) -> Iterator[str]:
    """The lines of the list."""
    rows = [listed(one, zone) for one in found]
    for row in rows:
        title = f" « {one_line(row.title)} »" if row.title else ""
        yield f"{row.name}{title} : {one_line(row.state)}"
        if row.next:
            yield f"  {row.next}"
    if not rows:
        yield from _NONE
