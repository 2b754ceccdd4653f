"""A draw as it stands today: verified, with its replacements done again one by one."""

import re
from typing import NamedTuple

from cq.content import logbook
from cq.draw import canon
from cq.draw.replacement import Event, Panel
from cq.draw.transcript import Result, commitment, stage_of
from cq.french.numbers import counted
from cq.jury import checked, lights, moments, people, proposed
from cq.jury.folders import Backwards, Entry, Folders, Refused, Step
from cq.terminal import one_line

_PID = re.compile("[0-9a-f]{32}")
_MOST_PROMISE = 1_000_000  # bytes: none that can be kept has as many
_SHORT = re.compile("[0-9a-f]{8,31}")
# One answer for all that is not there: nobody learns from it who is in the list.
UNKNOWN = "ce numéro n’est pas dans la liste"


class Standing(NamedTuple):
    """A draw that was found right; `panel` is the jury after the replacements so far."""

    result: Result
    panel: Panel
    cancelled: Entry | None  # the line of the journal that says so

    @property
    def events(self) -> list[Event]:
        return self.panel.events

    @property
    def cancelling(self) -> str:
        """The sentence that comes before all others where the draw does not count; else ""."""
        if self.cancelled is None:
            return ""
        day = moments.day_words(self.cancelled.day)
        return f"Ce tirage a été annulé le {day} : {self.cancelled.note}. Personne n’y siège."


def standing(folders: Folders) -> Standing:
    """Raises Backwards before the draw, Refused where its public files are not right."""
    if folders.step() < Step.DRAWN:
        raise Backwards(
            f"le tirage {folders.name} n’a pas encore eu lieu\n"
            "la prochaine étape est dite par : cq draw-jury"
        )
    found = checked.of(folders.public, table=proposed.table(folders))
    result = found.verdict.result
    if not found.good or result is None:
        why = "\n".join((lights.summary(found.verdict), *found.against))
        raise Refused(f"{why}\nrien n’a été fait ; le détail : cq draw-jury verify {folders.name}")
    panel = result.panel()
    for event in canon.read(folders.files()["transcript.json"])["events"]:
        panel.replace(event["out"], event["in"] or "")
    cancelled = next((one for one in folders.journal() if one.step == logbook.CANCELLED), None)
    return Standing(result, panel, cancelled)


def found(folders: Folders, standing: Standing, typed: str) -> str:
    """The number that is meant by a number, its first eight digits or more, or, where the town
    hall's own list is at hand, by somebody's identifier. Raises Refused.
    """
    text = "".join(typed.split()).lower()
    known = [person.pid for person in standing.result.order]
    if _PID.fullmatch(text) and text in known:
        return text
    if _SHORT.fullmatch(text):
        near = [pid for pid in known if pid.startswith(text)]
        if len(near) == 1:
            return near[0]
        if near:
            raise Refused(
                f"{counted(len(near), 'numéro commence', 'numéros commencent')} par « {text} »\n"
                "tapez-en davantage de chiffres"
            )
    for pid, id_ in ids(folders).items():
        if id_ == typed.strip():
            if pid not in known:
                raise another_list(folders)
            return pid
    raise Refused(UNKNOWN)


def another_list(folders: Folders) -> Refused:
    """What is said of a private list whose numbers are not those of the draw."""
    return Refused(
        "la liste gelée n’est plus celle du tirage : un de ses numéros n’y est pas\n"
        f"remettez celle du gel dans {folders.private}"
    )


def ids(folders: Folders) -> dict[str, str]:
    """Whose number is whose; nobody's where the town hall's own list is not here any more."""
    try:
        return {one.pid: one.row["id"] for one in people.entries(folders)}
    except FileNotFoundError:
        return {}


def followers(folders: Folders) -> list[str]:
    """The draws of the same site that are promised upon this one as it stands."""
    path = folders.public / "transcript.json"
    digest = stage_of(path.read_bytes())
    names = []
    for place in sorted(folders.public.parent.iterdir()):
        promise = place / "commitment.json"
        if promise.is_file() and promise.stat().st_size <= _MOST_PROMISE:
            try:
                previous = commitment(canon.read(promise.read_bytes())).previous
            except canon.BadFile:
                continue
            if previous == digest:
                names.append(one_line(place.name))
    return names
