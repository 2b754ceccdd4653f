"""A liste: an address to write to, what it is for, and who may read its archives."""

from typing import Annotated

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Email, Text, Words, one_of

TYPES = ("annonce", "discussion", "groupe-de-travail")
ARCHIVES = ("public", "membres", "aucune")


class ListFields(FrontMatter):
    """Keys of a liste."""

    name: Words = Field(
        alias="nom", description="Nom de la liste.", examples=["Lettre du quartier"]
    )
    address: Email = Field(
        alias="adresse", description="Adresse de la liste.", examples=["lettre@conseils10.example"]
    )
    type: Annotated[str, one_of(*TYPES)] = Field(
        alias="type", description=f"Au choix : {', '.join(TYPES)}.", examples=["annonce"]
    )
    purpose: Text | None = Field(
        None, alias="objet", description="À quoi elle sert.", examples=["Les réunions du mois"]
    )
    quartier: Text | None = Field(
        None, alias="quartier", description="Son quartier.", examples=["louis-blanc-aqueduc"]
    )
    group: Text | None = Field(
        None, alias="groupe", description="Son groupe.", examples=["canal-saint-martin"]
    )
    archives: Annotated[str, one_of(*ARCHIVES)] = Field(
        "aucune",
        alias="archives",
        description=f"Qui lit les archives : {', '.join(ARCHIVES)}.",
        examples=["membres"],
    )


EXAMPLE = """\
nom: Lettre du quartier
adresse: lettre@conseils10.example
type: annonce
objet: Les réunions du mois
quartier: louis-blanc-aqueduc
archives: aucune
"""

KIND = Kind(
    name="mailing_list",
    label="liste",
    plural="listes",
    folder="listes",
    model=ListFields,
    suffix=".yml",
    references=("quartier", "groupe"),
    example=("listes/lettre-louis-blanc-aqueduc.yml", EXAMPLE),
)
