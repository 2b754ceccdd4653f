"""`cq agenda --import`: a file for each meeting of an .ics, never over another, never twice.

What a calendar says is text, and stays text: nothing of it becomes Markdown, HTML or YAML. A
meeting is known again by its UID, which its file keeps under `uid:` (its name and its title may
be mended by hand); what has changed since is said, and left to a person.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cq.agenda.ical import meetings
from cq.agenda.value import Found, Unread
from cq.content import layout
from cq.content.item import Item
from cq.content.kinds import BY_NAME
from cq.content.model import Content
from cq.french.dates import WEEKDAYS, short_date
from cq.french.folding import slug
from cq.scaffold import NotMade, item
from cq.scaffold.item import New, Wish
from cq.site.feeds.entries import Meeting, Repetition
from cq.site.feeds.repetition import exceptions
from cq.terminal import printable

_LONGEST_NAME = 50
_VEIL = "(une réunion privée, non montrée ici)"
_SAME_NAME = 50  # meetings of one day and one title
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"`\\]+")
_SIGNS = re.compile(r"[\\`*_\[\]{}|~^$=]")
_FIRST = re.compile(r"(?m)^([ \t]*)(?:([#>+:-])|([0-9]+)([.)]))")


class Proposed(NamedTuple):
    """What a file of meetings would bring."""

    made: tuple[tuple[New, str], ...]  # and the meeting in words
    known: tuple[str, ...]  # there already, in words
    said: tuple[str, ...]  # line by line: what was understood so, and could be meant otherwise
    unread: tuple[str, ...]  # line by line: what is not taken up, and why


def proposed(
    root: Path, content: Content, data: bytes, wish: Wish, *, veiled: bool = False
) -> Proposed:
    """The files that the calendar `data` would make where `wish` says. Raises NotMade, NotRead.

    Where a run is `veiled`, nothing is said of private meetings that are known again.
    """
    zone = content.zone
    there = {one.event.uid: one for one in content.items if one.event and one.event.uid}
    found = list(meetings(data, zone, datetime.date.fromisoformat(content.today)))
    series = {
        (one.meeting.uid, one.moved)
        for one in found
        if isinstance(one, Found) and one.moved and not one.unfolded
    }
    made: list[tuple[New, str]] = []
    known: list[str] = []
    said: list[str] = []
    unread: list[str] = []
    taken: set[str] = set()
    for one in found:
        if isinstance(one, Unread):
            unread.append(f"ligne {one.line} : {one.why}")
            continue
        if one.unfolded and (one.meeting.uid, one.moved) in series:
            continue  # said otherwise elsewhere in the file
        if one.moved is not None and one.meeting.status == "annulé" and not one.unfolded:
            continue  # its series leaves that day out
        meeting = _apart(one, {day for uid, day in series if uid == one.meeting.uid and day})
        words = _words(meeting)
        if meeting.uid in taken:
            unread.append(f"ligne {one.line} : {words} : déjà plus haut dans ce fichier")
        elif meeting.uid in there:
            item_ = there[meeting.uid]
            hidden = veiled and item_.space != layout.PUBLIC
            known.append(_VEIL if hidden else _again(item_, meeting))
        elif one.private and not wish.private:
            unread.append(
                f"ligne {one.line} : privée dans cet agenda ; --prive la reprend en privé"
            )
        else:
            try:
                new = _file(root, meeting, wish, {str(other.path) for other, _ in made})
            except NotMade as fault:
                unread.append(f"ligne {one.line} : {words} : {fault}")
                continue
            made.append((new, words))
            said += [f"ligne {one.line} : {words} : {what}" for what in one.said]
        taken.add(meeting.uid)
    return Proposed(tuple(made), tuple(known), tuple(said), tuple(unread))


def _apart(one: Found, moved: set[str]) -> Meeting:
    """The meeting with a UID of its own; a series without the days that were moved."""
    meeting = one.meeting
    if not meeting.uid:  # against the rules, and common: its own words know it again
        meeting = meeting._replace(uid=f"{meeting.day}-{meeting.start}-{slug(meeting.title)}"[:200])
    if one.moved is not None:
        return meeting._replace(uid=f"{meeting.uid}#{one.moved}")
    rule = meeting.repetition
    if rule is None or not moved:
        return meeting
    days = tuple(sorted({*rule.excluding, *moved}))
    meeting = meeting._replace(repetition=rule._replace(excluding=days))
    return meeting._replace(repetition=rule._replace(excluding=exceptions(meeting)))


def _again(there: Item, meeting: Meeting) -> str:
    """That a meeting is there already, and what its calendar now says otherwise."""
    event = there.event
    if event is None:
        raise TypeError(f"{there.id} is no event")
    then, now = event.start or "toute la journée", meeting.start or "toute la journée"
    other = [
        f"{name} : {after} au lieu de {before}"
        for name, before, after in (
            ("jour", there.day, meeting.day), ("heure", then, now),
            ("fin", event.end or "aucune", meeting.end or "aucune"),
            ("état", event.status, meeting.status),
        ) if before != after
    ]  # fmt: skip
    changed = f" ; à reporter à la main : {', '.join(other)}" if other else ""
    return f"{there.path}{changed}"


def _words(meeting: Meeting) -> str:
    day = datetime.date.fromisoformat(meeting.day)
    hour = f" {meeting.start}" if meeting.start else ""
    return f"{short_date(day)}{hour}, {printable(meeting.title or 'sans titre')}"


def _file(root: Path, meeting: Meeting, wish: Wish, taken: set[str]) -> New:
    """The file of `meeting`, under a name that is free. Raises NotMade."""
    kind = BY_NAME["event"]
    wish = replace(wish, title=meeting.title, day=meeting.day, given=dict(_keys(meeting)))
    name = slug(meeting.title)[:_LONGEST_NAME].strip("-") or "reunion"
    fault = NotMade("trop de réunions du même nom ce jour-là")
    for number in range(1, _SAME_NAME + 1):
        try:
            called = name if number == 1 else f"{name}-{number}"
            made = item.new(root, kind, replace(wish, slug=called), datetime.date.min)
        except NotMade as refused:
            fault = refused
            continue
        if str(made.path) not in taken:
            return made._replace(text=_text(made.text, meeting))
    raise fault


def _keys(meeting: Meeting) -> Iterator[tuple[str, str]]:
    """The keys of a file, as they are written."""
    place = ", ".join(meeting.place)
    name, _, address = place.partition(",")
    if address.strip():
        yield from (("lieu.nom", name.strip()), ("lieu.adresse", address.strip()))
    elif place:
        yield "lieu", place
    for key, value in (
        ("debut", meeting.start), ("fin", meeting.end), ("date_fin", meeting.end_day),
        ("uid", meeting.uid),
    ):  # fmt: skip
        if value:
            yield key, value
    if meeting.status != "confirmé":
        yield "statut", meeting.status
    if meeting.repetition is not None:
        yield from _rule(meeting.repetition)


def _rule(rule: Repetition) -> Iterator[tuple[str, str]]:
    yield "repetition.chaque", rule.every
    if rule.rank is not None:
        yield "repetition.rang", str(rule.rank)
    if rule.weekday is not None:
        yield "repetition.jour", WEEKDAYS[rule.weekday]
    if rule.until:
        yield "repetition.jusqua", rule.until


def _text(template_text: str, meeting: Meeting) -> str:
    """The file without the template's examples, and the calendar's words as its text."""
    _, head, _ = template_text.split("---\n", 2)
    lines = [line for line in head.splitlines() if not line.lstrip().startswith("#")]
    rule = meeting.repetition
    if rule is not None and rule.excluding:  # a list, which no single value of a wish can say
        first = lines.index("repetition:") + 1
        lines.insert(first, f"  sauf: [{', '.join(rule.excluding)}]")
    return "\n".join(["---", *lines, "---", "", as_markdown(meeting.description)]).rstrip() + "\n"


def as_markdown(text: str) -> str:
    """Plain words as Markdown that shows them: no list, link, title or HTML comes of them."""
    parts, last = [], 0
    for found in _ADDRESS.finditer(text):  # an address stays one
        parts += [_escaped(text[last : found.start()]), found[0]]
        last = found.end()
    whole = "".join((*parts, _escaped(text[last:])))
    lines = [line.strip() for line in _FIRST.sub(_marked, whole).split("\n")]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SIGNS.sub(r"\\\g<0>", text)


def _marked(found: re.Match[str]) -> str:
    margin, sign, number, end = found.groups()
    return f"{margin}\\{sign}" if sign else f"{margin}{number}\\{end}"
