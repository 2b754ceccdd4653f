"""An événement: a meeting, a workshop, a fête; it feeds the agenda and the calendars."""

import datetime
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from cq.content.item import EventFacts, Repetition
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import (
    Day,
    Flag,
    Hour,
    Text,
    TextList,
    Whole,
    Words,
    one_of,
    one_or_more,
)
from cq.diagnostic import Diagnostic, error, note
from cq.french import dates

TYPES = (
    "plénière", "commission", "atelier", "permanence", "fête", "présentation", "idéation",
    "échange", "maquettage", "autre",
)  # fmt: skip
STATUSES = ("confirmé", "annulé", "reporté")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class PlaceFields(FrontMatter):
    """Where it takes place."""

    name: Words = Field(alias="nom", description="Nom du lieu.", examples=["École Vicq-d’Azir"])
    address: Text | None = Field(
        None,
        alias="adresse",
        description="Adresse.",
        examples=["5, rue Vicq-d’Azir"],
    )
    access: Text | None = Field(
        None,
        alias="acces",
        description="Comment venir.",
        examples=["métro Colonel-Fabien"],
    )
    reduced_mobility: Flag | None = Field(
        None,
        alias="pmr",
        description="Accessible en fauteuil roulant : oui ou non.",
        examples=["oui"],
    )


class RepetitionFields(FrontMatter):
    """A meeting that comes back."""

    every: Annotated[str, one_of("semaine", "mois")] = Field(
        alias="chaque",
        description="semaine ou mois.",
        examples=["mois"],
    )
    rank: Whole | None = Field(
        None,
        alias="rang",
        description="Pour « chaque: mois » : 1 le premier, -1 le dernier.",
        examples=["1"],
        ge=-1,
        le=5,
    )
    weekday: Annotated[str, one_of(*WEEKDAYS)] | None = Field(
        None,
        alias="jour",
        description="Jour de la semaine.",
        examples=["samedi"],
    )
    until: Day | None = Field(
        None,
        alias="jusqua",
        description="Dernier jour possible.",
        examples=["2027-06-30"],
    )
    but: Annotated[tuple[Day, ...], one_or_more(datetime.date)] = Field(
        (), alias="sauf", description="Jours sautés.", examples=["[2027-05-01]"]
    )


def _place(value: object) -> object:
    return {"nom": value} if isinstance(value, str) else value


class EventFields(PageFields):
    """Keys of an événement."""

    day: Day | None = Field(
        None,
        alias="date",
        description="Jour ; à défaut, celui du nom du fichier.",
        examples=["2026-03-10"],
    )
    start: Hour | None = Field(
        None,
        alias="debut",
        description="Heure de début ; absente : toute la journée.",
        examples=["19:30"],
        json_schema_extra={"aussi": ["heure"]},
    )
    end: Hour | None = Field(None, alias="fin", description="Heure de fin.", examples=["21:30"])
    end_day: Day | None = Field(
        None,
        alias="date_fin",
        description="Dernier jour, s’il y en a plusieurs.",
        examples=["2026-03-12"],
    )
    place: Annotated[
        PlaceFields, BeforeValidator(_place, json_schema_input_type=PlaceFields | str)
    ] = Field(
        alias="lieu",
        description="Lieu : un nom, ou nom, adresse, acces, pmr.",
        examples=["École Vicq-d’Azir, 5, rue Vicq-d’Azir"],
    )
    type: Annotated[str, one_of(*TYPES)] = Field(
        "autre",
        alias="type",
        description=f"Au choix : {', '.join(TYPES)}.",
        examples=["plénière"],
    )
    status: Annotated[str, one_of(*STATUSES)] = Field(
        "confirmé",
        alias="statut",
        description=f"Au choix : {', '.join(STATUSES)}.",
        examples=["annulé"],
    )
    revision: Whole = Field(
        0,
        alias="revision",
        description="À augmenter quand la date, l’heure ou le lieu changent.",
        examples=["1"],
        ge=0,
    )
    repetition: RepetitionFields | None = Field(
        None,
        alias="repetition",
        description="Réunion qui revient.",
    )
    agenda: TextList = Field(
        (),
        alias="ordre_du_jour",
        description="Points de l’ordre du jour.",
        examples=["[Plan vélo, Canal]"],
    )
    votes: TextList = Field(
        (),
        alias="points_au_vote",
        description="Points soumis au vote.",
        examples=["[Vœu n° 3]"],
    )
    minutes: Text | None = Field(
        None,
        alias="compte_rendu",
        description="Le document qui rend compte de la réunion.",
        examples=["compte-rendu-2026-03-10"],
    )
    uid: Text | None = Field(
        None,
        alias="uid",
        description="Dans l’agenda d’où il vient ; écrit par cq agenda --import.",
        examples=["4f2a@agenda.example.org"],
    )


def check(draft: Draft) -> Iterator[Diagnostic]:
    """What an event says of its own hours: an end before its start, an hour that does not exist."""
    fields: EventFields = draft.fields
    day = draft.day
    if day is None:
        return
    if fields.end_day is not None and fields.end_day < day:
        yield error(
            "end-before-start",
            f"l’événement finirait le {dates.date_words(fields.end_day)}, avant de commencer",
            draft.at("date_fin"),
            f"il commence le {dates.date_words(day)}",
            "corrigez date_fin ou date",
        )
    one_day = fields.end_day is None or fields.end_day == day
    if fields.start and fields.end and one_day and fields.end < fields.start:
        yield error(
            "end-before-start",
            f"la fin ({fields.end:%H:%M}) vient avant le début ({fields.start:%H:%M})",
            draft.at("fin"),
            "si la réunion passe minuit, ajoutez la ligne : "
            f"date_fin: {day.fromordinal(day.toordinal() + 1)}",
        )
    if fields.start is None and fields.end is not None:
        yield error(
            "end-before-start",
            "il y a une heure de fin, mais pas d’heure de début",
            draft.at("fin"),
            "ajoutez la ligne : debut: 19:00",
        )
    elif fields.start is None:
        yield note(
            "whole-day",
            "sans « debut », l’événement dure toute la journée",
            draft.at("date"),
            "s’il a une heure, ajoutez la ligne : debut: 19:30",
        )
    if fields.repetition and fields.repetition.until and fields.repetition.until < day:
        yield error(
            "end-before-start",
            "la répétition s’arrête avant la première réunion",
            draft.at("repetition", "jusqua"),
            f"la première est le {dates.date_words(day)}",
            "corrigez jusqua",
        )
    if fields.repetition and fields.repetition.every == "mois" and fields.repetition.rank == 0:
        yield error(
            "unknown-choice",
            "rang: 0 ne désigne aucune semaine du mois",
            draft.at("repetition", "rang"),
            "écrivez : rang: 1 (le premier) ou rang: -1 (le dernier)",
        )


def facts(draft: Draft) -> EventFacts:
    fields: EventFields = draft.fields
    again = fields.repetition
    access = [fields.place.access or ""]
    if fields.place.reduced_mobility is not None:
        access.append(
            "accessible en fauteuil roulant"
            if fields.place.reduced_mobility
            else "non accessible en fauteuil roulant"
        )
    return EventFacts(
        start=f"{fields.start:%H:%M}" if fields.start else None,
        end=f"{fields.end:%H:%M}" if fields.end else None,
        end_day=fields.end_day.isoformat() if fields.end_day else None,
        place=fields.place.name,
        place_address=fields.place.address or "",
        place_access=" ; ".join(one for one in access if one),
        type=fields.type,
        status=fields.status,
        revision=fields.revision,
        repetition=None
        if again is None
        else Repetition(
            again.every,
            again.rank,
            WEEKDAYS.index(again.weekday) if again.weekday else None,
            again.until.isoformat() if again.until else None,
            tuple(one.isoformat() for one in again.but),
        ),
        agenda=fields.agenda,
        votes=fields.votes,
        uid=fields.uid or "",
    )


EXAMPLE = """\
---
titre: Plénière de printemps
date: 2026-03-10
debut: 19:30
fin: 21:30
lieu:
  nom: École Vicq-d’Azir
  adresse: 5, rue Vicq-d’Azir
  acces: métro Colonel-Fabien
  pmr: oui
type: plénière
statut: confirmé
groupes: [canal-saint-martin]
ordre_du_jour:
  - Plan vélo
  - Canal
points_au_vote: [Vœu n° 3]
compte_rendu: compte-rendu-2026-03-10
---

La réunion est ouverte à toutes et à tous.
"""

KIND = Kind(
    name="event",
    label="événement",
    plural="événements",
    folder="agenda",
    model=EventFields,
    template="event.html",
    dated=True,
    references=("groupes", "dossiers", "compte_rendu"),
    pointed=("debut", "fin", "repetition"),
    check=check,
    facts=facts,
    example=("quartiers/louis-blanc-aqueduc/agenda/2026-03-10-pleniere.md", EXAMPLE),
)
