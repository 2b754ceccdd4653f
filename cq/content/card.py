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
from cq.content.terms import terms
from cq.content.tree import Block, Listing, Scalar, Tree
from cq.french import typography
from cq.french.folding import slug

_SUMMARY = 240  # characters: two lines on a telephone

# Keys of every page whose values checks point at; those of one kind alone are its `pointed`.
_OF_PAGES = ("titre", "expire", "anciennes_adresses")
_SECOND = {"heure": "debut"}  # a second name stands for its first


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
        terms=terms(path, draft.body.headings, draft.body.html),
        glossed=fields.glossed,
        faulty=not whole,
        written=written_in(draft.tree, (*_OF_PAGES, *kind.pointed)),
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
    return tuple(
        one
        for path in (*kind.references, *kind.files, "image.fichier")
        for one in _values(path, tree, path.split("."))
    )


def written_in(tree: Tree | None, pointed: tuple[str, ...]) -> tuple[Reference, ...]:
    """The values of the keys that checks point at, lists one by one; a block by its key's place."""
    if not isinstance(tree, Block):
        return ()
    written: list[Reference] = []
    for key, value in tree.items():
        plain = _plain_key(key)
        for path in pointed:
            first, *steps = path.split(".")
            if first != _SECOND.get(plain, plain):
                continue
            if isinstance(value, Block) and not steps:
                place = tree.places[key]
                written.append(Reference(path, "", place.line, place.column, place.width))
            else:
                written.extend(_values(path, value, steps))
    return tuple(written)


def _values(path: str, tree: Tree | None, steps: list[str]) -> Iterator[Reference]:
    """What is written at a path of keys, `steps` of it below `tree`, through lists."""
    if isinstance(tree, Listing):
        for one in tree:
            yield from _values(path, one, steps)
    elif isinstance(tree, Block) and steps:
        for key, value in tree.items():
            if _plain_key(key) == steps[0]:
                yield from _values(path, value, steps[1:])
    elif isinstance(tree, Scalar) and not steps and tree.strip():
        yield Reference(path, tree.strip(), tree.line, tree.column, tree.width)


def _plain_key(key: str) -> str:
    return slug(key).replace("-", "_")
