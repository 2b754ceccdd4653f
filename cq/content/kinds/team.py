"""The équipe: the only names that the public site may show, each with its consent."""

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Day, Text, TextList, Words


class MemberFields(FrontMatter):
    """One person of equipe.yml."""

    id: Words = Field(
        alias="id", description="Identifiant, repris par « auteur: ».", examples=["animatrice"]
    )
    name: Words = Field(alias="nom", description="Nom publié.", examples=["Camille Exemple"])
    function: Text | None = Field(
        None,
        alias="fonction",
        description="Fonction.",
        examples=["animatrice des conseils de quartier"],
    )
    quartiers: TextList = Field(
        (), alias="quartiers", description="Quartiers.", examples=["[louis-blanc-aqueduc]"]
    )
    consent: Day = Field(
        alias="consentement",
        description="Jour où la personne a accepté que son nom soit publié.",
        examples=["2026-01-15"],
    )


EXAMPLE = """\
- id: animatrice
  nom: Camille Exemple
  fonction: animatrice des conseils de quartier
  quartiers: [louis-blanc-aqueduc]
  consentement: 2026-01-15
"""

KIND = Kind(
    name="team",
    label="équipe",
    plural="équipes",
    folder="",
    model=MemberFields,
    file="equipe.yml",
    is_list=True,
    references=("quartiers",),
    pointed=("id", "consentement"),
    example=("equipe.yml", EXAMPLE),
)
