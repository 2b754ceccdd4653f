"""Keys that name other things: events, documents, communities, dossiers, people."""

import functools
import json
import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout, meant, people
from cq.content.item import Item, Reference
from cq.content.links import WANTED, Resolved, of_reference, readable
from cq.content.meant import Guesses
from cq.content.model import Content
from cq.content.parsed import Record
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.folding import fold


class _Wanted(NamedTuple):
    """What a reference wants, in words. The kinds have some of them too, with the models: an
    edit's checks should not import those.
    """

    one: str
    several: str
    of: str  # « le nom du fichier … »
    example: str


_WORDS = {
    "event": _Wanted("événement", "événements", "de l’événement", "2026-03-10-pleniere"),
    "document": _Wanted("document", "documents", "du document", "compte-rendu-2026-03-10"),
    "dossier": _Wanted("dossier", "dossiers", "du dossier", "canal"),
    "argument": _Wanted("argument", "arguments", "de l’argument", "le-calme-du-dimanche"),
}
_UNTIED = "le lien entre la réunion et ses papiers ne se ferait pas"
_CONSEQUENCES = {
    "dossiers": "la page n’apparaîtrait pas dans le dossier",
    "dossier": "le débat n’apparaîtrait pas dans le dossier",
    "rencontres": "le débat n’aurait pas cette rencontre",
    "discute_a": "on ne saurait pas que l’argument a été entendu",
    "repond_a": "on ne saurait pas à quoi l’argument répond",
    "etapes.documents": "l’étape n’aurait pas ce document",
    "reponse.document": "la réponse ne pourrait pas être lue",
}

# What a community would miss where a record, no page, names it wrongly.
_ABSENT = {
    "group": "le groupe",
    "mailing_list": "la liste",
    "register": "la personne",
    "team": "la personne",
}


def unknown_references(content: Content) -> Iterator[Diagnostic]:
    """A key that names a meeting, a document or a dossier ties two pages; a wrong name unties
    them.
    """
    guesses = Guesses(content)
    for item in content.items:
        for reference in item.references:
            if reference.field in WANTED:
                yield from _item_reference(guesses, item, reference)


def _item_reference(guesses: Guesses, item: Item, reference: Reference) -> Iterator[Diagnostic]:
    content, place = guesses.content, at(item, reference)
    way = of_reference(content, item, reference.field, reference.target)
    wanted = WANTED[reference.field]
    if _astray(item, reference, way):
        yield error(
            "private-link",
            f"« {_key(reference)} » nomme une page d’un espace privé",
            place,
            "les lecteurs de cette page ne peuvent pas l’ouvrir",
            "retirez la ligne, ou placez cette page dans le même espace",
        )
    elif way.state == "ambiguous":
        yield error(
            "ambiguous-reference",
            f"« {reference.target} » désigne {len(way.candidates)} pages",
            place,
            "une seule peut être la bonne",
            "écrivez l’une de ces lignes :",
            *(f"{_key(reference)}: {one.id}" for one in way.candidates[:5]),
        )
    elif way.item is None:
        if not meant.unread_name(content, reference.target, item.space):
            yield _unknown(guesses, item, reference, place)
    elif way.item.kind != wanted:
        yield error(
            "wrong-reference",
            f"« {_key(reference)} » attend un {_WORDS[wanted].one} : "
            f"« {way.item.title} » n’en est pas un",
            place,
            _CONSEQUENCES.get(reference.field, _UNTIED),
            f"écrivez par exemple : {_key(reference)}: {_WORDS[wanted].example}",
        )
    elif (
        not way.item.faulty
        and not way.item.published(content.today)
        and item.published(content.today)
    ):
        yield warning(
            "unpublished-link",
            f"« {way.item.title} » n’est pas publié à ce jour",
            place,
            f"la ligne « {_key(reference)} » n’a pas d’effet en attendant",
            "rien à faire si c’est voulu",
        )


def _astray(item: Item, reference: Reference, way: Resolved) -> bool:
    if way.item is not None:
        return not readable(way.item.space, item.space)
    if way.state != "missing" or f"{layout.PRIVATE_FOLDER}/" not in f"{reference.target}/":
        return False
    target = reference.target.strip("/")
    paths = (
        f"{layout.CONTENT}/{target}",
        posixpath.normpath(f"{posixpath.dirname(item.path)}/{target}"),
    )
    return any(
        not readable(layout.place(PurePosixPath(path, "x")).space, item.space) for path in paths
    )


def _unknown(guesses: Guesses, item: Item, reference: Reference, place: Span) -> Diagnostic:
    wanted = WANTED[reference.field]
    page = guesses.page(item, reference.target)
    if page is not None and page.kind == wanted:
        name = page.id.rsplit("/", 1)[-1]
        if len(guesses.content.by_slug.get(name, ())) > 1:
            name = page.id
        hints = [f"vouliez-vous dire « {page.title} » ?", f"écrivez : {_key(reference)}: {name}"]
    else:
        words = _WORDS[wanted]
        line = f"{_key(reference)}: {words.example}"
        hints = [f"écrivez le nom du fichier {words.of} sans « .md », par exemple : {line}"]
    return error(
        "unknown-reference",
        f"« {reference.target} » n’existe pas parmi les {_WORDS[wanted].several}",
        place,
        _CONSEQUENCES.get(reference.field, _UNTIED),
        *hints,
    )


def _key(reference: Reference) -> str:
    """The key as its author sees it: the last one of a path of keys."""
    return reference.field.rpartition(".")[2]


def unknown_communities(content: Content) -> Iterator[Diagnostic]:
    """A page that names a quartier or a groupe appears there only if the name is right."""
    guesses = Guesses(content)
    groups = {one.slug: one.name for one in content.groups}
    quartiers = {one.slug: one.name for one in content.quartiers}
    known = {
        "groupes": groups, "groupe": groups, "quartiers": quartiers, "quartier": quartiers,
    }  # fmt: skip
    for thing in content.sources:
        for reference in thing.references:
            names = known.get(reference.field)
            if names is None:
                continue
            one = reference.field.removesuffix("s")
            slug = reference.target.strip("/").removeprefix(f"{one}s/")
            if slug in names or f"content/{one}s/{slug}/{one}.yml" in content.unread:
                continue
            yield _unknown_community(guesses, thing, reference, names)


def _unknown_community(
    guesses: Guesses, thing: Item | Record, reference: Reference, names: dict[str, str]
) -> Diagnostic:
    by_name = {fold(name): slug for slug, name in names.items()}
    near = by_name.get(fold(reference.target))
    if near is None:
        likely = guesses.near(reference.target, [*names, *names.values()])
        near = by_name.get(fold(likely[0]), likely[0]) if likely else None
    one = reference.field.removesuffix("s")
    hints = (
        (f"vouliez-vous dire « {names[near]} » ?", f"écrivez : {near}")
        if near
        else (f"{one}s connus : {', '.join(sorted(names)) or 'aucun'}",)
    )
    return error(
        "unknown-reference",
        f"aucun {one} ne s’appelle « {reference.target} »",
        at(thing, reference),
        f"{_ABSENT.get(thing.kind, 'la page')} n’apparaîtrait pas chez ce {one}",
        *hints,
    )


def unknown_authors(content: Content) -> Iterator[Diagnostic]:
    """Only someone of equipe.yml, who agreed to it, is named on the public site; in a private
    space the register knows its people as well.
    """
    team_file = f"{layout.CONTENT}/equipe.yml"
    register = f"{layout.CONTENT}/{layout.PRIVATE_FOLDER}/conseillers.yml"
    guesses = Guesses(content)
    by_name = {fold(member.name): member.id for member in content.team}
    registered = functools.cache(functools.partial(_registered, content))
    for item in content.items:
        if item.author is None or item.author in content.names or team_file in content.unread:
            continue
        if item.space != layout.PUBLIC and (
            register in content.unread or item.author in registered(item.space)
        ):
            continue
        for reference in item.references:
            if reference.field == "auteur":
                yield _unknown_author(guesses, item, reference, by_name)


def _registered(content: Content, space: str) -> frozenset[str]:
    """The ids of the registers that readers of a private `space` know."""
    return frozenset(
        json.loads(fields)["id"]
        for record in content.records
        if record.kind == "register" and record.space in {space, layout.CONSEILLERS}
        for fields in record.fields
    )


def _unknown_author(
    guesses: Guesses, item: Item, reference: Reference, by_name: dict[str, str]
) -> Diagnostic:
    near = by_name.get(fold(reference.target))
    if near is None:
        likely = guesses.near(reference.target, guesses.content.names)
        near = likely[0] if likely else None
    hints = ["la page dira « un conseiller ou une conseillère »"]
    if people.looks_named(reference.target):
        hints.append("un nom ne se publie qu’avec l’accord de la personne, noté dans equipe.yml")
    hints.append(
        f"écrivez : auteur: {near}"
        if near
        else "ajoutez la personne à equipe.yml, ou retirez la ligne"
    )
    where = "equipe.yml" if item.space == layout.PUBLIC else "equipe.yml ni dans le registre"
    return warning(
        "unknown-author",
        f"« {reference.target} » n’est l’identifiant de personne dans {where}",
        at(item, reference),
        *hints,
    )
