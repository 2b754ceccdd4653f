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


EXAMPLE = """\
---
titre: Trois bancs pour la rue Bichat
resume: Trois emplacements ont été retenus.
date: 2026-02-12
auteur: animatrice
mots_cles: [mobilier, canal]
image:
  fichier: banc.jpg
  alt: Un banc neuf au bord du canal
  credit: Mairie du 10e
---

Les bancs seront posés au printemps.
"""

KIND = Kind(
    name="news",
    label="actualité",
    plural="actualités",
    folder="actualites",
    model=NewsFields,
    template="news.html",
    dated=True,
    references=("groupes", "dossiers", "auteur"),
    example=("quartiers/louis-blanc-aqueduc/actualites/2026-02-12-bancs.md", EXAMPLE),
)
