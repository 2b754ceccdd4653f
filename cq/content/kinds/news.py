"""An actualité: a dated piece of news."""

from pydantic import Field

from cq.content.kind import Kind, PageFields, Picture
from cq.content.types import Day, Text


class NewsFields(PageFields):
    """Keys of an actualité."""

    day: Day | None = Field(
        None,
        alias="date",
        description="Jour ; à défaut, celui du nom du fichier.",
        examples=["2026-03-12"],
    )
    author: Text | None = Field(
        None,
        alias="auteur",
        description="Identifiant dans equipe.yml.",
        examples=["animatrice"],
    )
    image: Picture | None = Field(None, alias="image", description="Image en tête de page.")


KIND = Kind(
    name="news",
    label="actualité",
    plural="actualités",
    folder="actualites",
    model=NewsFields,
    template="news.html",
    dated=True,
    references=("groupes", "dossiers", "auteur"),
)
