"""The lists of people: équipe, contacts, registre. Who agreed, until when, and what is missing.

What is said of a private list stays in its own space: nothing here looks from one into another.
"""

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from cq.content.item import Reference
from cq.content.model import Content
from cq.content.parsed import Record
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Label, Span, error, note, warning
from cq.french.dates import date_words
from cq.french.read_date import read_date

_DOUBTFUL = {
    "team": "on ne saurait plus qui a écrit quoi",
    "register": "on ne saurait plus à qui sont les droits",
}
_UNAGREED = {
    "team": "sans accord, le nom ne peut pas être publié",
    "contact": "sans accord, la personne ne peut pas être dans le répertoire",
}
_WAYS = ("courriel", "telephone", "adresse")


class _Entry(NamedTuple):
    """One person of a list: the canonical values, and where the entry and its values stand."""

    facts: dict[str, Any]
    place: Span
    written: dict[str, Span]

    def at(self, key: str) -> Span:
        return self.written.get(key, self.place)


def team_faults(content: Content) -> Iterator[Diagnostic]:
    """The list of names: each id once, and no consent that is still to come."""
    for record in content.records:
        if record.kind == "team":
            yield from _same_ids(record)
            yield from _future_consent(record, content.today)


def contact_faults(content: Content) -> Iterator[Diagnostic]:
    """A contact is kept with their consent, for a time, and so that one can reach them."""
    for record in content.records:
        if record.kind != "contact":
            continue
        yield from _future_consent(record, content.today)
        for entry in _entries(record):
            yield from _expired(entry, content.today)
            if not any(entry.facts.get(way) for way in _WAYS):
                yield note(
                    "unreachable-contact",
                    "ce contact n’a ni courriel, ni téléphone, ni adresse",
                    entry.place,
                    "on ne pourrait pas le joindre",
                    "ajoutez par exemple la ligne : courriel: nom@exemple.fr",
                )


def register_faults(content: Content) -> Iterator[Diagnostic]:
    """Accounts and rights come from the register: each person once, with a mandate that makes
    sense, and a place to belong to.
    """
    for record in content.records:
        if record.kind != "register":
            continue
        yield from _same_ids(record)
        for entry in _entries(record):
            yield from _ends_before(entry)
            placed = entry.facts.get("quartiers") or entry.facts.get("groupes")
            if not placed and entry.facts.get("role", "conseiller") == "conseiller":
                yield note(
                    "no-community",
                    "cette personne n’a ni quartier ni groupe",
                    entry.place,
                    "elle n’aurait accès qu’à l’espace commun à tous les conseillers",
                    "ajoutez par exemple la ligne : quartiers: [nom-du-dossier]",
                )


def _entries(record: Record) -> Iterator[_Entry]:
    """The entries of a list; a value belongs to the last entry that begins before it."""
    path = PurePosixPath(record.path)
    written: list[dict[str, Span]] = [{} for _ in record.places]
    for one in record.written:
        before = [
            n for n, place in enumerate(record.places) if tuple(place) <= (one.line, one.column)
        ]
        if before:
            written[before[-1]].setdefault(one.field, at(record, one))
    for (line, column), fields, places in zip(record.places, record.fields, written, strict=True):
        yield _Entry(json.loads(fields), Span(path, line, column), places)


def _same_ids(record: Record) -> Iterator[Diagnostic]:
    first: dict[str, Reference] = {}
    for one in record.written:
        if one.field != "id":
            continue
        other = first.setdefault(one.target, one)
        if other is not one:
            yield error(
                "duplicate-id",
                f"l’identifiant « {one.target} » sert deux fois",
                at(record, one),
                _DOUBTFUL[record.kind],
                f"écrivez par exemple : id: {one.target}-2",
                labels=(Label(at(record, other), "première fois ici"),),
            )


def _future_consent(record: Record, today: str) -> Iterator[Diagnostic]:
    for one in record.written:
        if one.field != "consentement":
            continue
        day = read_date(one.target).value
        if day is not None and day.isoformat() > today:
            yield error(
                "future-consent",
                f"cet accord est daté du {date_words(day)}, qui n’est pas encore venu",
                at(record, one),
                _UNAGREED[record.kind],
                "écrivez le jour où la personne a dit oui",
            )


def _expired(entry: _Entry, today: str) -> Iterator[Diagnostic]:
    """A warning: it comes with the day and not with an edit, and a site that cannot be built on a
    Friday evening helps nobody. What has expired is not to be shown.
    """
    last = read_date(str(entry.facts.get("expire"))).value
    if last is None or last.isoformat() >= today:
        return
    yield warning(
        "expired-entry",
        f"cette entrée n’était à garder que jusqu’au {date_words(last)}",
        entry.at("expire"),
        "passé ce jour, ces données ne peuvent plus être conservées",
        "retirez l’entrée ; ou, si la personne accepte de rester, écrivez les deux nouvelles "
        "dates : consentement: et expire:",
    )


def _ends_before(entry: _Entry) -> Iterator[Diagnostic]:
    since = read_date(str(entry.facts.get("depuis"))).value
    until = read_date(str(entry.facts.get("jusqua"))).value
    if since is None or until is None or since <= until:
        return
    yield error(
        "end-before-start",
        f"le mandat finirait le {date_words(until)}, avant de commencer",
        entry.at("jusqua"),
        f"il commence le {date_words(since)}",
        "corrigez jusqua ou depuis",
    )
