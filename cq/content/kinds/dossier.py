"""A dossier: something that the council follows, from its first mention to its end."""

from typing import Annotated

from pydantic import Field

from cq.content.item import DOSSIER_STATES, DossierFacts, DossierStep
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import Day, Prose, Text, TextList, Words, one_of

BY = ("conseil", "institution")


class StepFields(FrontMatter):
    """One dated step."""

    day: Day = Field(alias="date", description="Jour de l’étape.", examples=["2026-03-10"])
    title: Words = Field(
        alias="titre", description="L’étape en quelques mots.", examples=["Vœu adopté"]
    )
    text: Prose = Field(
        "", alias="texte", description="Ce qui s’est passé.", examples=["Voté à l’unanimité."]
    )
    documents: TextList = Field(
        (),
        alias="documents",
        description="Documents de l’étape.",
        examples=["[compte-rendu-2026-03-10]"],
    )
    by: Annotated[str, one_of(*BY)] = Field(
        "conseil",
        alias="par",
        description="Qui parle : conseil ou institution.",
        examples=["institution"],
    )


class DossierFields(PageFields):
    """Keys of a dossier."""

    state: Annotated[str, one_of(*DOSSIER_STATES)] = Field(
        alias="etat",
        description=f"Au choix : {', '.join(DOSSIER_STATES)}.",
        examples=["en-cours"],
    )
    day: Day = Field(
        alias="depuis", description="Jour où le dossier a été ouvert.", examples=["2025-11-04"]
    )
    owner: Text = Field(
        "",
        alias="responsable",
        description="Qui suit le dossier : une fonction, pas un nom.",
        examples=["commission propreté"],
    )
    next_step: Text = Field(
        "",
        alias="prochaine_etape",
        description="Ce qui vient ensuite.",
        examples=["réponse de la direction de la voirie"],
    )
    due: Day | None = Field(
        None, alias="echeance", description="Pour quand.", examples=["2026-06-30"]
    )
    quartiers: TextList = Field(
        (),
        alias="quartiers",
        description="Quartiers concernés (noms de leurs dossiers).",
        examples=["[louis-blanc-aqueduc]"],
    )
    steps: tuple[StepFields, ...] = Field(
        (), alias="etapes", description="Ce qui s’est passé, étape par étape."
    )
    outcome: Prose = Field(
        "",
        alias="bilan",
        description="Ce que le dossier a donné, une fois clos.",
        examples=["Six bancs posés ; deux manquent encore."],
    )


def facts(draft: Draft) -> DossierFacts:
    fields: DossierFields = draft.fields
    return DossierFacts(
        fields.state,
        fields.owner,
        fields.next_step,
        fields.due.isoformat() if fields.due else None,
        tuple(
            DossierStep(step.day.isoformat(), step.title, step.text, step.by, step.documents)
            for step in sorted(fields.steps, key=lambda step: step.day)
        ),
        fields.outcome,
    )


EXAMPLE = """\
---
titre: Des bancs le long du canal
etat: en-cours
depuis: 2025-11-04
responsable: commission propreté
prochaine_etape: réponse de la direction de la voirie
echeance: 2026-06-30
quartiers: [louis-blanc-aqueduc]
etapes:
  - date: 2025-11-04
    titre: Demande faite en plénière
    texte: Trois emplacements sont proposés.
  - date: 2026-03-10
    titre: Vœu adopté
    documents: [compte-rendu-2026-03-10]
    par: institution
---

Les habitantes et habitants demandent des bancs le long du canal depuis 2025.
"""

KIND = Kind(
    name="dossier",
    label="dossier",
    plural="dossiers",
    folder="dossiers",
    model=DossierFields,
    template="dossier.html",
    references=("groupes", "dossiers", "quartiers", "etapes.documents"),
    facts=facts,
    example=("dossiers/canal/index.md", EXAMPLE),
)
