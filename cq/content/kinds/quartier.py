"""A quartier: its name, its dates, its outline. Perimeters change in time: depuis, jusqua."""

from pydantic import Field

from cq.content.kind import Kind
from cq.content.schema import FrontMatter
from cq.content.types import Day, Email, FilePath, Text, Words


class QuartierFields(FrontMatter):
    """Keys of quartier.yml."""

    name: Words = Field(
        alias="nom", description="Nom du conseil de quartier.", examples=["Louis-Blanc – Aqueduc"]
    )
    number: Text | None = Field(
        None, alias="numero", description="Numéro officiel.", examples=["042"]
    )
    since: Day | None = Field(
        None, alias="depuis", description="Premier jour de ce périmètre.", examples=["2002-07-01"]
    )
    until: Day | None = Field(
        None, alias="jusqua", description="Dernier jour de ce périmètre.", examples=["2030-12-31"]
    )
    outline: FilePath | None = Field(
        None, alias="contour", description="Contour, en GeoJSON.", examples=["contour.geojson"]
    )
    credit: Text | None = Field(
        None,
        alias="credit",
        description="À qui sont les données du contour, et leur licence ; à défaut, "
        "ce que dit le fichier (« credit » ou « source » et « licence »).",
        examples=["© Ville de Paris, ODbL"],
    )
    streets: FilePath | None = Field(
        None,
        alias="rues",
        description="Table des rues (CSV : voie, cote, de, a).",
        examples=["rues.csv"],
    )
    address: Email | None = Field(
        None,
        alias="adresse",
        description="Adresse fonctionnelle.",
        examples=["louisblanc@conseils10.example"],
    )


EXAMPLE = """\
nom: Louis-Blanc – Aqueduc
numero: "042"
depuis: 2002-07-01
contour: contour.geojson
rues: rues.csv
adresse: louisblanc@conseils10.example
"""

KIND = Kind(
    name="quartier",
    label="quartier",
    plural="quartiers",
    folder="quartiers",
    model=QuartierFields,
    file="quartier.yml",
    files=("contour", "rues"),
    pointed=("depuis", "jusqua"),
    example=("quartiers/louis-blanc-aqueduc/quartier.yml", EXAMPLE),
)
