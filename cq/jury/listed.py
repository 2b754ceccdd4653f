"""Each draw of a site and its next step, with the line to copy. Reads files, changes none."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cq.draw.canon import BadFile, read
from cq.draw.transcript import Commitment, commitment
from cq.jury.folders import Folders, Step
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
    Step.COMMITTED: "tirer, le jour dit : cq draw-jury draw {}",
    Step.DRAWN: "procès-verbal : cq draw-jury minutes {}",
    Step.PURGED: "refaire le tirage : cq draw-jury verify {}",
}
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


def listed(folders: Folders) -> Listed:
    """One draw. A file that cannot be read is said in its place."""
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
        return Listed(folders.name, title, "annulé", "")
    if lacks:
        words = f"{_STATES[step]}, mais {' et '.join(lacks)} n’est plus ici"
        return Listed(folders.name, title, words, _GONE.format(folders.name))
    # What was promised on another machine can be verified here, and nothing else.
    elsewhere = step >= Step.COMMITTED and not folders.private.is_dir()
    words = _ELSEWHERE if elsewhere else _NEXT[step]
    return Listed(folders.name, title, _STATES[step], words.format(folders.name))


def told(found: Iterable[Folders]) -> Iterator[str]:
    """The lines of the list."""
    rows = [listed(one) for one in found]
    for row in rows:
        title = f" « {one_line(row.title)} »" if row.title else ""
        yield f"{row.name}{title} : {one_line(row.state)}"
        if row.next:
            yield f"  {row.next}"
    if not rows:
        yield from _NONE
