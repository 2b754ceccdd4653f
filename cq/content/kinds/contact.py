"""A contact of the shared directory: private always, agreed to, and for a time."""

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Day, Email, Phone, Text, Words


class ContactFields(FrontMatter):
    """One entry of contacts.yml."""

    name: Words = Field(alias="nom", description="Nom.", examples=["Camille Exemple"])
    function: Text | None = Field(
        None, alias="fonction", description="Fonction.", examples=["gardienne du square"]
    )
    organisation: Text | None = Field(
        None, alias="organisation", description="Organisme.", examples=["Association Exemple"]
    )
    email: Email | None = Field(
        None, alias="courriel", description="Courriel.", examples=["camille@exemple.example"]
    )
    phone: Phone | None = Field(
        None, alias="telephone", description="Téléphone.", examples=["01 99 00 12 34"]
    )
    address: Text | None = Field(
        None, alias="adresse", description="Adresse postale.", examples=["1, rue de l’Exemple"]
    )
    consent: Day = Field(
        alias="consentement",
        description="Jour où la personne a accepté d’être dans le répertoire.",
        examples=["2026-01-15"],
    )
    expires: Day = Field(
        alias="expire",
        description="Dernier jour où l’entrée est gardée.",
        examples=["2027-01-15"],
    )


EXAMPLE = """\
- nom: Camille Exemple
  fonction: gardienne du square
  organisation: Association Exemple
  courriel: camille@exemple.example
  telephone: 01 99 00 12 34
  consentement: 2026-01-15
  expire: 2027-01-15
"""

KIND = Kind(
    name="contact",
    label="contact",
    plural="contacts",
    folder="",
    model=ContactFields,
    file="contacts.yml",
    is_list=True,
    private=True,
    pointed=("consentement", "expire"),
    example=("prive/contacts.yml", EXAMPLE),
)
