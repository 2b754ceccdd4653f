"""A groupe: a commission or a working group, across quartiers."""

from typing import Annotated

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Day, Email, Text, TextList, Words, one_of


class GroupFields(FrontMatter):
    """Keys of groupe.yml."""

    name: Words = Field(alias="nom", description="Nom du groupe.", examples=["Canal Saint-Martin"])
    type: Annotated[str, one_of("commission", "groupe-de-travail")] = Field(
        alias="type",
        description="commission ou groupe-de-travail.",
        examples=["commission"],
    )
    purpose: Text | None = Field(
        None, alias="objet", description="Ce dont il s’occupe.", examples=["Les usages des berges"]
    )
    quartiers: TextList = Field(
        (),
        alias="quartiers",
        description="Quartiers concernés.",
        examples=["[louis-blanc-aqueduc]"],
    )
    address: Email | None = Field(
        None,
        alias="adresse",
        description="Adresse fonctionnelle.",
        examples=["canal@conseils10.example"],
    )
    since: Day | None = Field(
        None, alias="depuis", description="Création.", examples=["2024-01-15"]
    )
    until: Day | None = Field(None, alias="jusqua", description="Fin.", examples=["2026-06-30"])


EXAMPLE = """\
nom: Canal Saint-Martin
type: commission
objet: Les usages des berges
quartiers: [louis-blanc-aqueduc]
adresse: canal@conseils10.example
depuis: 2024-01-15
"""

KIND = Kind(
    name="group",
    label="groupe",
    plural="groupes",
    folder="groupes",
    model=GroupFields,
    file="groupe.yml",
    references=("quartiers",),
    pointed=("depuis", "jusqua"),
    example=("groupes/canal-saint-martin/groupe.yml", EXAMPLE),
)
