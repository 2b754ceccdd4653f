"""A dossier: something that the council follows, from its first mention to its end."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from cq.content.item import DOSSIER_STATES, DossierFacts, DossierStep
from cq.content.kind import Draft, Kind, PageFields
from cq.content.schema import FrontMatter
from cq.content.types import Day, Prose, Text, TextList, Words, one_of
from cq.diagnostic import Diagnostic, note, warning
from cq.french.dates import date_words

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


def check(draft: Draft) -> Iterator[Diagnostic]:
    """What one dossier can say wrongly by itself: its days in their order, an end without words."""
    fields: DossierFields = draft.fields
    early = [index for index, step in enumerate(fields.steps) if step.day < fields.day]
    if early:
        first = min(fields.steps[index].day for index in early)
        count = len(early)
        yield warning(
            "step-before-start",
            f"une étape est datée du {date_words(first)}, "
            f"avant l’ouverture du dossier, le {date_words(fields.day)}"
            if count == 1
            else f"{count} étapes sont datées d’avant l’ouverture du dossier, "
            f"le {date_words(fields.day)}",
            draft.at("etapes", early[0], "date"),
            "l’histoire commencerait avant son début",
            f"corrigez la date, ou écrivez : depuis: {first}",
        )
    if fields.due is not None and fields.due < fields.day:
        yield warning(
            "due-before-start",
            f"l’échéance, le {date_words(fields.due)}, précède l’ouverture du dossier, "
            f"le {date_words(fields.day)}",
            draft.at("echeance"),
            "le dossier serait en retard avant d’avoir commencé",
            "corrigez l’une des deux dates",
        )
    if fields.state == "clos" and not fields.outcome:
        yield note(
            "no-outcome",
            "le dossier est clos, sans bilan",
            draft.at("etat"),
            "les lecteurs ne sauront pas ce qu’il a donné",
            "ajoutez la ligne : bilan: Six bancs posés ; deux manquent encore.",
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
    check=check,
    references=("groupes", "dossiers", "quartiers", "etapes.documents"),
    pointed=("responsable", "echeance", "etapes.date"),
    facts=facts,
    example=("dossiers/canal/index.md", EXAMPLE),
)
