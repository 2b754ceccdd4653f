"""An argument of a débat: where it comes from, where it was heard, what became of it."""

from typing import Annotated

from pydantic import Field

from cq.content.item import ARGUMENT_TYPES, ORIGINS, ArgumentFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.types import Day, Prose, Text, TextList, one_of


class ArgumentFields(PageFields):
    """Keys of an argument."""

    type: Annotated[str, one_of(*ARGUMENT_TYPES)] = Field(
        alias="type",
        description=f"Au choix : {', '.join(ARGUMENT_TYPES)}.",
        examples=["pour"],
    )
    origin: Annotated[str, one_of(*ORIGINS)] = Field(
        alias="origine",
        description=f"D’où il vient : {', '.join(ORIGINS)}.",
        examples=["papier"],
    )
    day: Day = Field(alias="date", description="Jour où il a été reçu.", examples=["2026-03-15"])
    heard: TextList = Field(
        (),
        alias="discute_a",
        description="Réunions où il a été discuté.",
        examples=["[2026-03-10-pleniere]"],
    )
    answers: Text | None = Field(
        None,
        alias="repond_a",
        description="L’argument auquel il répond.",
        examples=["le-calme-du-dimanche"],
    )
    follow_up: Prose = Field(
        "",
        alias="suite",
        description="Ce qu’il est devenu.",
        examples=["Repris dans la synthèse."],
    )


def facts(draft: Draft) -> ArgumentFacts:
    fields: ArgumentFields = draft.fields
    return ArgumentFacts(fields.type, fields.origin, fields.follow_up)


EXAMPLE = """\
---
titre: Les enfants y font du vélo
type: pour
origine: papier
date: 2026-03-10
discute_a: [2026-03-10-pleniere]
suite: Repris dans la synthèse.
---

Le dimanche, c’est le seul endroit du quartier où un enfant peut apprendre.
"""

KIND = Kind(
    name="argument",
    label="argument",
    plural="arguments",
    folder="debats",
    below="arguments",
    model=ArgumentFields,
    references=("groupes", "dossiers", "discute_a", "repond_a"),
    pointed=("date",),
    facts=facts,
    example=("debats/quai-de-valmy/arguments/les-enfants.md", EXAMPLE),
)
