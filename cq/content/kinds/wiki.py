"""A page of the wiki: what the council knows; it needs no front matter."""

from collections.abc import Iterator

from pydantic import Field

from cq.content.item import WikiFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.terms import LONGEST, MOST, SIGNS, alike, defining, is_glossary, ways
from cq.content.types import Day
from cq.diagnostic import Diagnostic, Label, Span, note, warning


class WikiFields(PageFields):
    """Keys of a page of the wiki."""

    since: Day | None = Field(
        None,
        alias="historique_depuis",
        description="Jour à partir duquel les différences entre les versions sont publiées ; "
        "sans lui, seuls leurs jours le sont.",
        examples=["2026-09-01"],
    )


def facts(draft: Draft) -> WikiFacts:
    fields: WikiFields = draft.fields
    return WikiFacts(fields.since.isoformat() if fields.since else None)


EXAMPLE = """\
# Tenir une réunion

Prévenir dix jours avant, et apporter de quoi écrire.
"""


def check(draft: Draft) -> Iterator[Diagnostic]:
    """A glossary defines each word once, in words that a text can hold."""
    if not is_glossary(draft.path):
        return
    first: dict[str, int] = {}
    headings = defining(draft.body.headings)
    for heading in headings[:MOST]:
        place = Span(draft.path, heading.line)
        written = ways(heading.text)
        if not written and any(map(str.isalpha, heading.text)):  # else « no-words » says it
            yield note(
                "unmarked-term",
                f"« {heading.text[:LONGEST]} » ne sera pas reconnu dans les textes",
                place,
                _law(heading.text),
            )
        lines = {one: first.setdefault(alike(one), heading.line) for one in written}
        twice = [one for one, line in lines.items() if line < heading.line]
        if twice:
            yield warning(
                "duplicate-term",
                f"« {twice[0]} » est déjà défini dans ce glossaire",
                place,
                "les textes ne mènent qu’à la première définition",
                "réunissez les deux sous un seul titre",
                labels=(Label(Span(draft.path, lines[twice[0]]), "première fois ici"),),
            )
    if len(headings) > MOST:
        yield note(
            "unmarked-term",
            f"ce glossaire définit {len(headings)} mots : les {MOST} premiers seront reconnus",
            Span(draft.path, headings[MOST].line),
            "les autres se lisent dans le glossaire, aucun texte n’y mène",
            "donnez à un quartier ou à un groupe son propre wiki/glossaire.md",
        )


def _law(heading: str) -> str:
    """The one that the words of a heading break."""
    if not 1 < len(heading) <= LONGEST:
        return f"un mot du glossaire a de 2 à {LONGEST} caractères"
    if not heading[0].isalnum():
        return "un mot du glossaire commence par une lettre ou un chiffre"
    return f"un mot du glossaire a {SIGNS} signes de ponctuation au plus"


KIND = Kind(
    name="wiki",
    label="page de wiki",
    plural="pages de wiki",
    folder="wiki",
    model=WikiFields,
    template="wiki.html",
    nested=True,
    check=check,
    references=("groupes", "dossiers"),
    facts=facts,
    pointed=("historique_depuis",),
    example=("wiki/pratique/tenir-une-reunion.md", EXAMPLE),
)
