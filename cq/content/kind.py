"""What a kind of content is: its folder, its keys, its template, and what it checks by itself.

One module a kind in `cq.content.kinds`; kinds do not see each other.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from pydantic import Field

from cq.content.body import Body
from cq.content.schema import FrontMatter
from cq.content.tree import Block, Listing, Scalar, Tree
from cq.content.types import Day, Flag, Text, TextList, Words
from cq.diagnostic import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A file between parsing and its card: what a kind's own checks may look at."""

    path: PurePosixPath
    tree: Tree | None
    fields: Any
    body: Body
    day: datetime.date | None  # from the key, else from the name

    def at(self, *steps: str | int) -> Span:
        """The place of a value, else of its key, else of the file's first line."""
        tree: Tree | None = self.tree
        span = Span(self.path)
        for step in steps:
            if isinstance(tree, Block) and isinstance(step, str):
                span = tree.places.get(step, span)
                tree = tree.get(step)
            elif isinstance(tree, Listing) and isinstance(step, int) and step < len(tree):
                tree = tree[step]
            else:
                return span
        if isinstance(tree, Scalar):
            return Span(self.path, tree.line, tree.column, tree.width)
        return span


def _no_findings(draft: Draft) -> Iterator[Diagnostic]:
    del draft
    return iter(())


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `folder` "" stands for a file at a community's own level, named by `file`."""

    name: str  # "event": in code
    label: str  # « événement »: in messages
    plural: str
    folder: str
    model: type[FrontMatter]
    template: str | None = None  # None: no page of its own
    file: str | None = None  # "site.yml": the one name that is this kind
    nested: bool = False  # folders inside the folder are part of the address (wiki)
    dated: bool = False  # the file's name begins with AAAA-MM-JJ-
    day_key: str = "date"  # the key that says the day as well
    below: str = ""  # the folder inside each of `folder`'s folders where it lies (arguments)
    private: bool = False  # read under prive/ alone
    suffix: str = ".md"  # ".yml" for files of keys alone
    is_list: bool = False  # the file holds a list of the model
    check: Callable[[Draft], Iterator[Diagnostic]] = _no_findings
    references: tuple[str, ...] = ()  # keys that name other items; « etapes.documents » inside
    files: tuple[str, ...] = ()  # keys that name a file beside
    pointed: tuple[str, ...] = ()  # keys whose values checks point at, beside those of every page
    facts: Callable[[Draft], NamedTuple] | None = None  # the card's field of the kind's own name
    example: tuple[str, str] = ("", "")  # a whole file: its path under content/, its text

    @property
    def inside(self) -> bool:
        """Whether a new one is the `index.md` of a folder of its own, where other files join it."""
        return self.example[0].endswith("/index.md")


class PageFields(FrontMatter):
    """The keys that every Markdown item has."""

    title: Text | None = Field(
        None,
        alias="titre",
        description="Titre ; à défaut, le premier titre « # » du texte.",
        examples=["Des bancs pour la rue Bichat"],
    )
    summary: Text | None = Field(
        None,
        alias="resume",
        description="Une ou deux phrases, montrées dans les listes.",
        examples=["Trois emplacements ont été retenus."],
    )
    keywords: TextList = Field(
        (),
        alias="mots_cles",
        description="Mots-clés.",
        examples=["[propreté, canal]"],
    )
    groups: TextList = Field(
        (),
        alias="groupes",
        description="Groupes concernés (noms de leurs dossiers).",
        examples=["[canal-saint-martin]"],
    )
    dossiers: TextList = Field(
        (),
        alias="dossiers",
        description="Dossiers concernés.",
        examples=["[canal]"],
    )
    updated: Day | None = Field(
        None,
        alias="maj",
        description="Date de la dernière mise à jour.",
        examples=["2026-03-12"],
    )
    old_addresses: TextList = Field(
        (),
        alias="anciennes_adresses",
        description="Anciennes adresses de la page sur le site ; chacune renvoie ici.",
        examples=["[actu/bancs]"],
    )
    publish: Day | None = Field(
        None,
        alias="publie_le",
        description="Jour à partir duquel la page est publiée.",
        examples=["2026-12-01"],
    )
    expires: Day | None = Field(
        None,
        alias="expire",
        description="Dernier jour où la page est publiée.",
        examples=["2027-01-31"],
    )
    glossed: Flag = Field(
        default=True,
        alias="glossaire",
        description="non : les mots du glossaire ne sont pas des liens dans ce texte.",
        examples=["non"],
    )
    draft: Flag = Field(
        default=False,
        alias="brouillon",
        description="oui : vérifiée, jamais publiée.",
        examples=["oui"],
    )


class Picture(FrontMatter):
    """An image with its words."""

    file: Words = Field(alias="fichier", description="Fichier posé à côté.", examples=["banc.jpg"])
    alt: Words = Field(
        alias="alt",
        description="Ce que montre l’image, pour qui ne la voit pas.",
        examples=["Un banc neuf au bord du canal"],
    )
    credit: Text | None = Field(
        None, alias="credit", description="Auteur, licence.", examples=["Mairie du 10e"]
    )
