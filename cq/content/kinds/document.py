"""A document: a file with what one must know of it before opening it."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from cq.content import layout
from cq.content.item import DOCUMENT_TYPES, DocumentFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.types import Day, FilePath, Text, one_of
from cq.diagnostic import Diagnostic, note


class DocumentFields(PageFields):
    """Keys of a document."""

    file: FilePath = Field(
        alias="fichier",
        description="Le fichier, posé à côté de cette page.",
        examples=["compte-rendu-2026-03-10.pdf"],
    )
    day: Day = Field(alias="date", description="Date du document.", examples=["2026-03-10"])
    type: Annotated[str, one_of(*DOCUMENT_TYPES)] = Field(
        alias="type",
        description=f"Au choix : {', '.join(DOCUMENT_TYPES)}.",
        examples=["compte-rendu"],
    )
    event: Text | None = Field(
        None,
        alias="evenement",
        description="Réunion d’où il vient.",
        examples=["2026-03-10-pleniere"],
    )
    language: Text = Field("fr", alias="langue", description="Langue.", examples=["fr"])
    credit: Text | None = Field(None, alias="credit", description="Auteur.", examples=["Atelier"])
    licence: Text | None = Field(
        None,
        alias="licence",
        description="Licence.",
        examples=["Licence Ouverte 2.0"],
    )
    accessible: Text | None = Field(
        None,
        alias="version_accessible",
        description="Page ou fichier qui dit la même chose de façon accessible.",
        examples=["compte-rendu-2026-03-10.odt"],
    )


# What a screen reader often cannot read; a page with as much text as this says it in HTML.
_CLOSED = frozenset((".pdf", ".odp", ".pptx", ".docx", ".png", ".jpg", ".jpeg", ".webp"))
_ENOUGH = 200

# Somebody else's, more often than not; the others are the council's own papers.
_OTHERS = frozenset(("étude", "plan", "présentation"))


def check(draft: Draft) -> Iterator[Diagnostic]:
    """ACC-17, LEG-02: whoever opens a document can read it, and knows whose it is."""
    yield from _closed(draft)
    fields: DocumentFields = draft.fields
    said = fields.credit or fields.licence or layout.place(draft.path).private
    if fields.type in _OTHERS and not said:
        yield note(
            "no-credit",
            "ce document n’a ni crédit ni licence",
            draft.at("fichier"),
            "on le croirait du conseil, et libre comme le reste du site",
            "ajoutez la ligne : credit: Nom de l’auteur, ou : licence: Licence Ouverte 2.0",
        )


def _closed(draft: Draft) -> Iterator[Diagnostic]:
    fields: DocumentFields = draft.fields
    suffix = PurePosixPath(fields.file).suffix.lower()
    if suffix not in _CLOSED or fields.accessible or len(draft.body.text) >= _ENOUGH:
        return
    yield note(
        "no-accessible-version",
        "ce document n’a pas de version accessible",
        draft.at("fichier"),
        "qui utilise un lecteur d’écran ne pourra peut-être pas le lire",
        "résumez-le dans le texte de la page, ou ajoutez la ligne : "
        "version_accessible: nom-de-la-page.md",
    )


def facts(draft: Draft) -> DocumentFacts:
    fields: DocumentFields = draft.fields
    return DocumentFacts(fields.type, str(draft.path.parent / fields.file), fields.language)


EXAMPLE = """\
---
titre: Compte rendu de la plénière de printemps
fichier: compte-rendu-2026-03-10.pdf
date: 2026-03-10
type: compte-rendu
evenement: 2026-03-10-pleniere
langue: fr
credit: Atelier
licence: Licence Ouverte 2.0
version_accessible: compte-rendu-2026-03-10.odt
---

Le plan vélo a été présenté, puis le vœu n° 3 adopté.
"""

KIND = Kind(
    name="document",
    label="document",
    plural="documents",
    folder="documents",
    model=DocumentFields,
    template="document.html",
    references=("groupes", "dossiers", "evenement"),
    files=("fichier", "version_accessible"),
    check=check,
    facts=facts,
    example=("quartiers/louis-blanc-aqueduc/documents/compte-rendu-2026-03-10.md", EXAMPLE),
)
