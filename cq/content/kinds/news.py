"""An actualité: a dated piece of news."""

from collections.abc import Iterator

from pydantic import Field

from cq.content import layout
from cq.content.kind import Draft, Kind, PageFields, Picture
from cq.content.types import Day, Text
from cq.diagnostic import Diagnostic, warning


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


def check(draft: Draft) -> Iterator[Diagnostic]:
    """LEG-02: a picture has an author, and somebody who let it be shown."""
    fields: NewsFields = draft.fields
    if layout.place(draft.path).private:
        return
    if fields.image is not None and not fields.image.credit:
        yield warning(
            "no-credit",
            "cette image n’a pas de crédit",
            draft.at("image", "fichier"),
            "une image a un auteur, dont le nom doit être dit et l’accord obtenu",
            "ajoutez sous « image » la ligne : credit: Prénom Nom, Licence Ouverte 2.0",
        )


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
    check=check,
    example=("quartiers/louis-blanc-aqueduc/actualites/2026-02-12-bancs.md", EXAMPLE),
)
