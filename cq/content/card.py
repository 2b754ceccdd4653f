"""The card of an item: what lists, feeds and checks may know of a page without opening it.

Made once, from a file that was read; nothing of another file enters.
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from cq.content import file_name, layout
from cq.content.characters import visible
from cq.content.item import Item, Reference
from cq.content.kind import Draft, Kind, PageFields
from cq.content.tree import Block, Listing, Scalar, Tree
from cq.french import typography
from cq.french.folding import slug

_SUMMARY = 240  # characters: two lines on a telephone

# Keys whose values checks point at; a second name stands for its first.
_WRITTEN = {
    "titre": "titre",
    "debut": "debut",
    "heure": "debut",
    "fin": "fin",
    "publie_le": "publie_le",
    "expire": "expire",
    "anciennes_adresses": "anciennes_adresses",
    "repetition": "repetition",
    "id": "id",
    "consentement": "consentement",
    "depuis": "depuis",
    "jusqua": "jusqua",
    "espaces_separes": "espaces_separes",
    "responsable": "responsable",
    "par": "par",
    "echeance": "echeance",
    "posee_le": "posee_le",
}
# Keys below another key, likewise.
_WITHIN = {"reponse": ("date", "par"), "etapes": ("date",)}


def card(kind: Kind, draft: Draft, key: str, *, whole: bool = True) -> Item:
    """What others may know of `draft`; `key` is where its text is kept.

    One that is not `whole` is for checks alone: its header was refused.
    """
    fields: PageFields = draft.fields
    path = draft.path
    where = layout.place(path)
    identifier = layout.identity(path)
    title = fields.title or draft.body.title or file_name.title_of(path)
    picture = getattr(fields, "image", None)
    made = Item(
        id=identifier,
        kind=kind.name,
        path=str(path),
        space=where.space,
        home=where.home,
        address=layout.address(identifier),
        title=typography.plain(visible(title)),
        summary=typography.plain(visible(fields.summary or _beginning(draft.body.text))),
        key=key,
        day=draft.day.isoformat() if draft.day else None,
        updated=fields.updated.isoformat() if fields.updated else None,
        publish=fields.publish.isoformat() if fields.publish else None,
        expires=fields.expires.isoformat() if fields.expires else None,
        draft=fields.draft,
        author=getattr(fields, "author", None),
        keywords=fields.keywords,
        old_addresses=fields.old_addresses,
        references=references_in(kind, draft.tree),
        links=tuple(tuple(link) for link in draft.body.links),  # type: ignore[misc]
        anchors=draft.body.anchors,
        image=(posixpath.normpath(path.parent / picture.file), picture.alt) if picture else None,
        faulty=not whole,
        written=written_in(draft.tree, kind.pointed),
    )
    if kind.facts is None or not whole:
        return made
    facts: dict[str, Any] = {kind.name: kind.facts(draft)}
    return made._replace(**facts)


def _beginning(text: str) -> str:
    first = text.split("\n", 1)[0]
    if len(first) <= _SUMMARY:
        return first
    return first[:_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def references_in(kind: Kind, tree: Tree | None) -> tuple[Reference, ...]:
    """The values of the keys that name other items or files, with their places."""
    if not isinstance(tree, Block):
        return ()
    return tuple(
        Reference(path, one.strip(), one.line, one.column, one.width)
        for path in (*kind.references, *kind.files, "image.fichier")
        for one in _scalars(tree, path.split("."))
        if one.strip()
    )


def _scalars(tree: Tree | None, steps: list[str]) -> Iterator[Scalar]:
    """The values at a path of keys, through lists."""
    if isinstance(tree, Listing):
        for one in tree:
            yield from _scalars(one, steps)
    elif isinstance(tree, Block) and steps:
        for key, value in tree.items():
            if _plain_key(key) == steps[0]:
                yield from _scalars(value, steps[1:])
    elif isinstance(tree, Scalar) and not steps:
        yield tree


def written_in(tree: Tree | None, also: tuple[str, ...] = ()) -> tuple[Reference, ...]:
    """The values of keys that checks point at, lists one by one; a block by its key's place.

    `also` are keys that matter to the checks of one kind.
    """
    if not isinstance(tree, Block):
        return ()
    written: list[Reference] = []
    for key, value in tree.items():
        plain = _plain_key(key)
        written.extend(
            Reference(f"{plain}.{inner}", one.strip(), one.line, one.column, one.width)
            for inner in _WITHIN.get(plain, ())
            for one in _scalars(value, [inner])
            if one.strip()
        )
        name = _WRITTEN.get(plain, plain if plain in also else None)
        if name is None:
            continue
        if isinstance(value, Block):
            place = tree.places[key]
            written.append(Reference(name, "", place.line, place.column, place.width))
            continue
        written.extend(
            Reference(name, one.strip(), one.line, one.column, one.width)
            for one in (value if isinstance(value, Listing) else [value])
            if isinstance(one, Scalar) and one.strip()
        )
    return tuple(written)


def _plain_key(key: str) -> str:
    return slug(key).replace("-", "_")
