"""A débat: phases between meetings, arguments beside it, and a synthesis at its end."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from cq.content.item import DebateFacts, Phase
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import Day, Prose, Text, TextList, Words
from cq.diagnostic import Diagnostic, error, warning
from cq.french import dates


class PhaseFields(FrontMatter):
    """A dated part of the débat."""

    name: Words = Field(
        alias="nom", description="Nom de la phase.", examples=["Recueil des arguments"]
    )
    start: Day = Field(alias="debut", description="Premier jour.", examples=["2026-03-10"])
    end: Day = Field(alias="fin", description="Dernier jour.", examples=["2026-04-30"])


class DebateFields(PageFields):
    """Keys of a débat."""

    dossier: Text | None = Field(
        None, alias="dossier", description="Dossier auquel il appartient.", examples=["canal"]
    )
    phases: Annotated[tuple[PhaseFields, ...], Field(min_length=1)] = Field(
        alias="phases", description="Les phases, dans l’ordre."
    )
    meetings: TextList = Field(
        (),
        alias="rencontres",
        description="Réunions où le débat a lieu.",
        examples=["[2026-03-10-pleniere]"],
    )
    synthesis: Prose = Field(
        "",
        alias="synthese",
        description="Ce que le débat a conclu, avec ses raisons.",
        examples=["Le passage piéton est retenu ; le sens unique est écarté."],
    )


def facts(draft: Draft) -> DebateFacts:
    fields: DebateFields = draft.fields
    return DebateFacts(
        tuple(
            Phase(phase.name, phase.start.isoformat(), phase.end.isoformat())
            for phase in fields.phases
        ),
        fields.synthesis,
    )


def check(draft: Draft) -> Iterator[Diagnostic]:
    """What the phases of one débat say of each other: an end before its start, two at once."""
    fields: DebateFields = draft.fields
    before: PhaseFields | None = None
    for number, phase in enumerate(fields.phases):
        if phase.end < phase.start:
            yield error(
                "end-before-start",
                f"la phase « {phase.name} » finirait le {dates.date_words(phase.end)}, "
                "avant de commencer",
                draft.at("phases", number, "fin"),
                f"elle commence le {dates.date_words(phase.start)}",
                "corrigez fin ou debut",
            )
            continue
        if before is not None and phase.start <= before.end:
            yield _out_of_order(draft, number, before, phase)
        before = phase


def _out_of_order(draft: Draft, number: int, before: PhaseFields, phase: PhaseFields) -> Diagnostic:
    place = draft.at("phases", number, "debut")
    if phase.end < before.start:
        return warning(
            "phase-order",
            f"la phase « {phase.name} » est écrite après « {before.name} », "
            "qu’elle précède dans le temps",
            place,
            "la page les montrera dans l’ordre des dates",
            "écrivez les phases dans l’ordre, ou corrigez l’année",
        )
    return warning(
        "phase-order",
        f"la phase « {phase.name} » commence avant la fin de « {before.name} », "
        f"le {dates.date_words(before.end)}",
        place,
        "on ne saurait pas dans quelle phase on est",
        f"écrivez par exemple : debut: {before.end.fromordinal(before.end.toordinal() + 1)}",
    )


EXAMPLE = """\
---
titre: Que faire du quai de Valmy le dimanche ?
dossier: canal
phases:
  - nom: Recueil des arguments
    debut: 2026-03-10
    fin: 2026-04-30
rencontres: [2026-03-10-pleniere]
---

Le quai est fermé aux voitures depuis l’été : faut-il continuer ?
"""

KIND = Kind(
    name="debate",
    label="débat",
    plural="débats",
    folder="debats",
    model=DebateFields,
    template="debate.html",
    references=("groupes", "dossiers", "dossier", "rencontres"),
    check=check,
    facts=facts,
    example=("debats/quai-de-valmy/index.md", EXAMPLE),
)
