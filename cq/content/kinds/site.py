"""The site: its name, its arrondissement, its legal details. What the council decides."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BeforeValidator, Field

from cq.content import layout, zones
from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import (
    Day,
    Email,
    Flag,
    Phone,
    Text,
    TextList,
    WebAddress,
    Whole,
    Words,
    line,
    one_of,
    refuse,
)  # fmt: skip

STATES = ("non conforme", "partiellement conforme", "totalement conforme")


def _zone(value: object) -> str:
    zone = line(value)
    if zones.supported_zone(zone):
        return zone
    known = zone in available_timezones()
    why = "ne convient pas à un agenda" if known else "n’existe pas"
    raise refuse(
        "unknown-choice",
        f"le fuseau « {zone} » {why}",
        *(["il faut celui d’un lieu où l’heure suit une règle"] if known else []),
        "écrivez : fuseau: Europe/Paris",
    )


class ArrondissementFields(FrontMatter):
    """The arrondissement."""

    number: Whole = Field(alias="numero", description="Numéro.", examples=["10"], ge=1)
    name: Words = Field(alias="nom", description="Nom.", examples=["Paris 10e"])
    insee: Words = Field(alias="code_insee", description="Code Insee.", examples=["75110"])
    postcode: Words = Field(alias="code_postal", description="Code postal.", examples=["75010"])


class PublisherFields(FrontMatter):
    """Who publishes (mentions légales)."""

    name: Words = Field(alias="nom", description="Nom.", examples=["Mairie du 10e"])
    address: Text | None = Field(
        None,
        alias="adresse",
        description="Adresse postale.",
        examples=["72, rue du Faubourg-Saint-Martin, 75010 Paris"],
    )
    phone: Phone | None = Field(
        None, alias="telephone", description="Téléphone.", examples=["01 53 72 10 10"]
    )
    email: Email | None = Field(
        None, alias="courriel", description="Courriel.", examples=["contact@conseils10.example"]
    )


class HostFields(FrontMatter):
    """Who hosts the site (mentions légales)."""

    name: Words = Field(alias="nom", description="Nom.", examples=["Hébergeur Exemple"])
    address: Text | None = Field(
        None,
        alias="adresse",
        description="Adresse postale.",
        examples=["1, rue de l’Exemple, 59000 Lille"],
    )
    phone: Phone | None = Field(
        None, alias="telephone", description="Téléphone.", examples=["03 20 00 00 00"]
    )


class RepositoryFields(FrontMatter):
    """The forge where the content is edited."""

    address: WebAddress = Field(
        alias="adresse",
        description="Adresse du dépôt.",
        examples=["https://forge.example/cq10/contenu"],
    )
    branch: Words = Field("main", alias="branche", description="Branche.", examples=["main"])
    public: Flag = Field(
        default=False,
        alias="public",
        description="oui : les liens « modifier » sont montrés au public.",
        examples=["non"],
    )


class AccessibilityFields(FrontMatter):
    """The accessibility statement's state."""

    state: Annotated[str, one_of(*STATES)] = Field(
        "non conforme",
        alias="etat",
        description="État de conformité au RGAA.",
        examples=["non conforme"],
    )
    day: Day | None = Field(
        None, alias="date", description="Date de la déclaration.", examples=["2026-11-01"]
    )
    audit: Text | None = Field(
        None, alias="audit", description="Rapport d’audit.", examples=["documents/audit-rgaa.pdf"]
    )


class SiteFields(FrontMatter):
    """Keys of site.yml."""

    name: Words = Field(
        alias="nom", description="Nom du site.", examples=["Conseils de quartier du 10e"]
    )
    id: Words = Field(
        alias="id",
        description="Identifiant fixe du site ; ne le changez jamais.",
        examples=["cq-paris10"],
    )
    arrondissement: ArrondissementFields = Field(
        alias="arrondissement",
        description="L’arrondissement.",
    )
    web_address: WebAddress | None = Field(
        None,
        alias="adresse_web",
        description="Adresse où le site est publié.",
        examples=["https://conseils10.example/"],
    )
    zone: Annotated[str, BeforeValidator(_zone)] = Field(
        "Europe/Paris",
        alias="fuseau",
        description="Fuseau horaire.",
        examples=["Europe/Paris"],
    )
    publisher: PublisherFields | None = Field(None, alias="editeur", description="Éditeur.")
    director: Text | None = Field(
        None,
        alias="directeur_publication",
        description="Directeur ou directrice de la publication.",
        examples=["la maire ou le maire du 10e arrondissement"],
    )
    host: HostFields | None = Field(None, alias="hebergeur", description="Hébergeur.")
    data_officer: Text | None = Field(
        None,
        alias="dpo",
        description="Délégué à la protection des données.",
        examples=["dpo@conseils10.example"],
    )
    contact: Email | None = Field(
        None,
        alias="contact",
        description="Adresse de contact.",
        examples=["contact@conseils10.example"],
    )
    licence: Text | None = Field(
        None, alias="licence", description="Licence des contenus.", examples=["Licence Ouverte 2.0"]
    )
    repository: RepositoryFields | None = Field(None, alias="depot", description="Dépôt.")
    protection: Annotated[str, one_of(layout.SEALED, layout.SERVER, layout.DOUBLE)] = Field(
        layout.SEALED,
        alias="protection",
        description="Protection des espaces privés.",
        examples=[layout.SEALED],
    )
    accessibility: AccessibilityFields | None = Field(
        None,
        alias="accessibilite",
        description="Déclaration d’accessibilité.",
    )
    theme: Words = Field(
        "default", alias="theme", description="Thème (dossier de themes/).", examples=["default"]
    )
    glossed: Flag = Field(
        default=True,
        alias="glossaire",
        description="non : les mots de wiki/glossaire.md ne sont des liens dans aucun texte.",
        examples=["non"],
    )
    separate_spaces: TextList = Field(
        (),
        alias="espaces_separes",
        description="Espaces privés gardés chacun dans son dépôt : conseillers, q-…, g-….",
        examples=["[conseillers, q-louis-blanc-aqueduc]"],
    )
    functional_addresses: TextList = Field(
        (),
        alias="adresses_fonctionnelles",
        description="Adresses de courriel qui ne sont celles de personne en particulier.",
        examples=["[contact@conseils10.example]"],
    )


EXAMPLE = """\
nom: Conseils de quartier du 10e
id: cq-paris10
arrondissement:
  numero: 10
  nom: Paris 10e
  code_insee: "75110"
  code_postal: "75010"
adresse_web: https://conseils10.example/
fuseau: Europe/Paris
editeur:
  nom: Mairie du 10e
  adresse: 72, rue du Faubourg-Saint-Martin, 75010 Paris
  telephone: 01 53 72 10 10
  courriel: contact@conseils10.example
directeur_publication: la maire ou le maire du 10e arrondissement
hebergeur:
  nom: Hébergeur Exemple
  adresse: 1, rue de l’Exemple, 59000 Lille
  telephone: 03 20 00 00 00
dpo: dpo@conseils10.example
contact: contact@conseils10.example
licence: Licence Ouverte 2.0
depot:
  adresse: https://forge.example/cq10/contenu
  branche: main
  public: non
protection: chiffrement
accessibilite:
  etat: non conforme
  date: 2026-02-02
theme: default
adresses_fonctionnelles:
  - contact@conseils10.example
  - dpo@conseils10.example
"""

KIND = Kind(
    name="site",
    label="site",
    plural="sites",
    folder="",
    model=SiteFields,
    file="site.yml",
    pointed=("espaces_separes", "theme"),
    example=("site.yml", EXAMPLE),
)
