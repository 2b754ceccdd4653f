"""The registre: who is conseiller, where and until when; accounts and rights come from it."""

from typing import Annotated

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Day, Email, TextList, Words, one_of, one_or_more

ROLES = ("conseiller", "animateur", "institution")


class MandateFields(FrontMatter):
    """One person of conseillers.yml."""

    id: Words = Field(
        alias="id", description="Identifiant ; ne le changez jamais.", examples=["c-exemple"]
    )
    name: Words = Field(alias="nom", description="Nom.", examples=["Camille Exemple"])
    quartiers: TextList = Field(
        (), alias="quartiers", description="Quartiers.", examples=["[louis-blanc-aqueduc]"]
    )
    groups: TextList = Field(
        (), alias="groupes", description="Groupes.", examples=["[canal-saint-martin]"]
    )
    role: Annotated[str, one_of(*ROLES)] = Field(
        "conseiller",
        alias="role",
        description=f"Au choix : {', '.join(ROLES)}.",
        examples=["conseiller"],
    )
    since: Day = Field(alias="depuis", description="Début du mandat.", examples=["2025-09-01"])
    until: Day | None = Field(
        None, alias="jusqua", description="Fin du mandat.", examples=["2027-08-31"]
    )
    accounts: TextList = Field(
        (), alias="comptes", description="Comptes sur la forge.", examples=["[c.exemple]"]
    )
    emails: Annotated[tuple[Email, ...], one_or_more(str)] = Field(
        (), alias="courriels", description="Courriels.", examples=["[camille@exemple.example]"]
    )
    ssh_keys: TextList = Field(
        (), alias="cles_ssh", description="Clés SSH publiques.", examples=["[ssh-ed25519 AAAA…]"]
    )


EXAMPLE = """\
- id: c-exemple
  nom: Camille Exemple
  quartiers: [louis-blanc-aqueduc]
  role: conseiller
  depuis: 2025-09-01
  jusqua: 2027-08-31
  comptes: [c.exemple]
  courriels: [camille@exemple.example]
"""

KIND = Kind(
    name="register",
    label="registre",
    plural="registres",
    folder="",
    model=MandateFields,
    file="conseillers.yml",
    is_list=True,
    private=True,
    references=("quartiers", "groupes"),
    pointed=("id", "jusqua"),
    example=("prive/conseillers.yml", EXAMPLE),
)
