"""A page of the wiki: what the council knows; it needs no front matter."""

from collections.abc import Iterator

from pydantic import Field

from cq.content.item import WikiFacts
from cq.content.kind import Draft, Kind, PageFields
from cq.content.terms import (
    LONGEST,
    MOST,
    SIGNS,
    alike,
    defining,
    in_singular,
    is_glossary,
    undefined,
    ways,
)
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
    first: dict[str, tuple[str, int]] = {}  # by its singular: how it is written, and where
    nothing = undefined(draft.body.html)
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
        if written and heading.anchor in nothing:
            yield warning(
                "empty-term",
                f"« {heading.text[:LONGEST]} » n’a pas de définition",
                place,
                "un titre sans rien dessous ne définit rien : aucun texte n’y mène",
                "écrivez la définition sous ce titre, ou retirez-le",
            )
            continue
        met = {one: first.setdefault(in_singular(one), (one, heading.line)) for one in written}
        twice = [one for one, (_, line) in met.items() if line < heading.line]
        if twice:
            yield _duplicate(twice[0], place, *met[twice[0]])
    if len(headings) > MOST:
        yield note(
            "unmarked-term",
            f"ce glossaire définit {len(headings)} mots : les {MOST} premiers seront reconnus",
            Span(draft.path, headings[MOST].line),
            "les autres se lisent dans le glossaire, aucun texte n’y mène",
            "donnez à un quartier ou à un groupe son propre wiki/glossaire.md",
        )


def _duplicate(word: str, place: Span, before: str, line: int) -> Diagnostic:
    """`word` at `place` again, that stands on an earlier `line` as `before`."""
    same = alike(word) == alike(before)
    return warning(
        "duplicate-term",
        f"« {word} » est déjà défini dans ce glossaire{'' if same else f' : « {before} »'}",
        place,
        "les textes ne mènent qu’à la première définition"
        if same
        else "un mot et son pluriel n’en font qu’un : les textes mèneraient à l’une ou à l’autre",
        "réunissez les deux sous un seul titre",
        labels=(Label(Span(place.path, line), "première fois ici"),),
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
