"""The journal of a draw, brought up to its files: a kill between two of them leaves a line out.

Files come first and their line last, so that what lacks can be told from the files alone; what the
line was to say besides is read from the journal that was ready (`Folders.meant`).
"""

from collections.abc import Callable, Iterator
from typing import Any

from cq.content import logbook
from cq.draw import canon, page
from cq.draw.canon import BadFile
from cq.draw.sources import Valued, valued
from cq.draw.transcript import NAMES, commitment
from cq.draw.verify import verified
from cq.jury import shapes
from cq.jury.folders import FROZEN, KEY, Entry, Folders
from cq.jury.signature import signed

VALUES = "valeurs.json"  # private: what was typed while the round is waited for


def caught_up(folders: Folders, day: Callable[[], str]) -> list[str]:
    """Write the lines that the journal lacks, and take away what a killed command has left; what to
    say of it. `day` is asked where there is one. Raises OSError.

    Nothing is written for public files that do not verify: what somebody added to them is no step
    of ours, and `verify` must go on saying so. Of a file that is spoilt nothing is said here: who
    needs it says it, and who destroys it does not need it.
    """
    try:
        lines, known = list(missing(folders)), folders.journal()
    except BadFile:
        lines = known = []
    if any(one.step != logbook.FROZEN for one in lines):
        lines = lines if verified(folders.files(), signed=signed).good else []
    if lines:
        last = max((one.day for one in known), default="")
        whole = [one._replace(day=max(one.day or day(), last)) for one in lines]
        folders.note(*whole)
    folders.sweep()
    return [
        f"le journal public avait perdu une ligne ({one.step}), la commande ayant été "
        "interrompue : elle y est"
        for one in lines
    ]


def is_behind(folders: Folders) -> bool:
    """Whether the journal lacks a line. Raises BadFile."""
    return any(missing(folders))


def values(folders: Folders) -> list[Valued]:
    """What was typed for a draw, and kept. Raises BadFile."""
    try:
        return [valued(one) for one in folders.read(VALUES, shapes.several(shapes.having()))]
    except FileNotFoundError:
        return []
    except BadFile:
        raise shapes.damaged(VALUES) from None


def told(value: Valued) -> str:
    """The note of what was typed."""
    return f"{value.source.label} : {value.value}"


def missing(folders: Folders) -> Iterator[Entry]:
    """The lines of steps that have their files, without their day where it is not known."""
    known = folders.journal()
    meant = {(one.step, one.fingerprint): one for one in folders.meant()}
    for one in _missing(folders, known):
        yield meant.get((one.step, one.fingerprint), one) if one.fingerprint else one


def _missing(folders: Folders, journal: list[Entry]) -> Iterator[Entry]:
    steps = {one.step for one in journal}
    yield from _freeze(folders, journal)
    promise = _read(folders, NAMES[2])
    if promise is None:
        return
    if logbook.PROMISED not in steps:
        shown = folders.public / page.NAME
        if logbook.PAGE not in steps and shown.is_file():
            yield Entry("", logbook.PAGE, page.fingerprint(shown.read_bytes()), page.NAME)
        yield Entry("", logbook.PROMISED, commitment(promise).digest().hex())
    notes = {one.note for one in journal if one.step == logbook.SAID}
    yield from (
        Entry("", logbook.SAID, "", told(one)) for one in values(folders) if told(one) not in notes
    )
    said = _read(folders, NAMES[4])
    if not isinstance(said, dict) or not isinstance(said.get("events"), list):
        return  # no transcript: `verify` says it
    if logbook.DRAWN not in steps:
        yield Entry("", logbook.DRAWN, str(said.get("seed", "")))
    known = [one.fingerprint for one in journal if one.step.startswith(logbook.REPLACED)]
    done = [canon.digest("event", canon.canonical(one)).hex() for one in said["events"]]
    # What the journal has and the files have not is no line that lacks: `verify` says it.
    if known == done[: len(known)]:
        ours = _ours(folders, said["events"])
        for number, digest in enumerate(done[len(known) : ours], len(known) + 1):
            yield Entry("", f"{logbook.REPLACED} {number}", digest)


def _ours(folders: Folders, events: list[Any]) -> int:
    """How many of these replacements were done here: where the town hall's own side is, each has
    left its reason before it was public. One that somebody else has added is none of ours.
    """
    if not (folders.private / FROZEN).is_file():
        return len(events)
    left = {(int(one["n"]), one["pid"]) for one in folders.reasons()}
    ours = 0
    for number, event in enumerate(events, 1):
        if not isinstance(event, dict) or (number, event.get("out")) not in left:
            break
        ours = number
    return ours


def _freeze(folders: Folders, journal: list[Entry]) -> Iterator[Entry]:
    """The line of a freeze that is here, with its key."""
    if not all((folders.private / name).is_file() for name in (FROZEN, KEY)):
        return
    said = folders.frozen()
    mark = said.get("mark")
    if mark and mark not in {one.fingerprint for one in journal if one.step == logbook.FROZEN}:
        yield Entry(said.get("day", ""), logbook.FROZEN, mark, said.get("note", ""))


def _read(folders: Folders, name: str) -> object:
    path = folders.public / name
    return canon.read(path.read_bytes()) if path.is_file() else None
