"""A débat: phases between meetings, arguments beside it, and a synthesis at its end."""

from typing import Annotated

from pydantic import Field

from cq.content.item import DebateFacts, Phase
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import Day, Prose, Text, TextList, Words


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


EXAMPLE = """\
---
titre: Que faire du quai de Valmy le dimanche ?
dossier: canal
phases:
  - nom: Recueil des arguments
    debut: 2026-03-10
    fin: 2026-04-30
rencontres: [2026-03-10-pleniere]
synthese: Le quai reste fermé aux voitures le dimanche.
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
    facts=facts,
    example=("debats/quai-de-valmy/index.md", EXAMPLE),
)
