"""Attachments: there, readable by those who are told of them, of their own type, and of use."""

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from cq.content import draws, layout, meant, perimeters, sniff
from cq.content.item import Blob, Item, Reference
from cq.content.links import of_link, readable
from cq.content.meant import Guesses
from cq.content.model import Content, even_path
from cq.content.parsed import Record
from cq.content.pointing import at
from cq.diagnostic import Diagnostic, Span, error, note, warning

_BIG = 20 << 20
_TOO_BIG = 100 << 20
_FIELDS = frozenset(("fichier", "image.fichier", "version_accessible", "contour", "rues"))
_SUFFIXES = tuple(layout.ATTACHMENTS)
_IMAGES = frozenset((".png", ".jpg", ".jpeg", ".webp", ".svg"))
# What a key's file must be, where not every type will do.
_ONLY = {"image.fichier": _IMAGES, "contour": {".geojson"}, "rues": {".csv"}}


def missing_files(content: Content) -> Iterator[Diagnostic]:
    """A key that names a file promises it to readers."""
    guesses = Guesses(content)
    for thing in content.sources:
        for reference in thing.references:
            if reference.field in _FIELDS:
                yield from _named_file(guesses, thing, reference)


def _named_file(
    guesses: Guesses, thing: Item | Record, reference: Reference
) -> Iterator[Diagnostic]:
    content = guesses.content
    path = _path(thing.path, reference.target)
    place = at(thing, reference)
    blob = content.blobs.get(path)
    if not readable(blob.space if blob else _space(path), thing.space):
        yield error(
            "private-link",
            f"« {reference.field} » nomme un fichier d’un espace privé",
            place,
            "il ne peut pas être montré aux lecteurs de cette page",
            "placez une copie à côté de la page si elle peut être publiée, sinon retirez la ligne",
        )
        return
    if blob is not None:
        yield from _unfit(reference, path, place)
        yield from _too_big(reference, blob, place)
        return
    if reference.field == "version_accessible" and isinstance(thing, Item):
        way = of_link(content, thing, "link", reference.target)
        if way.item is not None or meant.unread(content, path):
            return
    yield from _missing(guesses, thing, reference, path, place)


def _too_big(reference: Reference, blob: Blob, place: Span) -> Iterator[Diagnostic]:
    if reference.field in perimeters.SUFFIXES and blob.size > perimeters.MOST:
        yield error(
            "outline-too-big",
            f"« {reference.target} » est trop gros pour être lu : {blob.size >> 10} ko",
            place,
            f"un contour ou une table de rues pèse {perimeters.MOST >> 10} ko au plus",
            "ne gardez que ce quartier ; simplifiez le contour, tous les quartiers ensemble pour "
            "que leurs bords restent communs (mapshaper.org, « Simplify »)",
        )


def _unfit(reference: Reference, path: str, place: Span) -> Iterator[Diagnostic]:
    allowed = _ONLY.get(reference.field)
    suffix = posixpath.splitext(path)[1].lower()
    if allowed is not None and suffix not in allowed:
        yield error(
            "not-an-image" if reference.field == "image.fichier" else "wrong-file-type",
            f"« {reference.target} » ne convient pas ici",
            place,
            f"types possibles : {' '.join(sorted(allowed))}",
            f"écrivez par exemple : {reference.field.rsplit('.', 1)[-1]}: "
            f"{posixpath.splitext(posixpath.basename(path))[0]}{min(allowed)}",
        )


def _missing(
    guesses: Guesses, thing: Item | Record, reference: Reference, path: str, place: Span
) -> Iterator[Diagnostic]:
    content = guesses.content
    key = reference.field.rsplit(".", 1)[-1]
    suffix = posixpath.splitext(path)[1].lower()
    if path in content.unread and suffix in (layout.ATTACHMENTS | layout.TEXTS):
        return  # faulty, and said
    message = f"le fichier « {reference.target} » est introuvable"
    hints = ["les lecteurs n’y auraient pas accès"]
    if path in content.unread:
        message = f"le fichier « {reference.target} » ne peut pas être publié"
        hints.append(f"les fichiers « {suffix} » ne sont pas publiés : convertissez-le, en PDF "
                     "par exemple")  # fmt: skip
    elif path in content.by_path:
        message = f"« {reference.target} » n’est pas un fichier à joindre"
        hints.append("c’est une page du site : donnez-lui un lien dans le texte")
    else:
        other = guesses.file(path, thing.space)
        if other is not None:
            near = posixpath.relpath(other, posixpath.dirname(thing.path))
            hints.append(f"le fichier existe sous le nom {near}")
            hints.append(f"écrivez : {key}: {near}")
        else:
            hints.append(f"déposez-le ici : {path}")
    yield error("missing-file", message, place, *hints)


def big_files(content: Content) -> Iterator[Diagnostic]:
    """A page must open on an old phone, and git keeps a large file for ever."""
    for blob in content.blobs.values():
        if blob.size <= _BIG:
            continue
        place = Span(PurePosixPath(blob.path))
        size = f"ce fichier pèse {blob.size >> 20} Mo"
        wait = "sur un téléphone, il faut plusieurs minutes pour l’ouvrir"
        if blob.size > _TOO_BIG:
            yield error(
                "big-file",
                f"{size}, plus que les 100 Mo que les forges acceptent",
                place,
                wait,
                "compressez-le, coupez-le, ou donnez un lien vers l’endroit où il est publié",
            )
        else:
            yield warning(
                "big-file",
                f"{size}, plus de 20 Mo",
                place,
                wait,
                "réduisez les images qu’il contient, ou coupez-le en plusieurs fichiers",
            )


def wrong_types(content: Content) -> Iterator[Diagnostic]:
    """A file whose name lies about its type does not open."""
    for blob in content.blobs.values():
        suffix = posixpath.splitext(blob.path)[1]
        if sniff.disagrees(suffix, blob.type):
            yield _wrong_type(blob, suffix)


def _wrong_type(blob: Blob, suffix: str) -> Diagnostic:
    stem = posixpath.splitext(posixpath.basename(blob.path))[0]
    ends = [end for end, type_ in sniff.EXPECTED.items() if type_ == blob.type]
    if blob.type == "empty":
        message, hint = "ce fichier est vide", "déposez-le de nouveau, ou retirez-le"
    else:
        message = f"ce fichier se nomme « {suffix} », mais c’est {sniff.NAMES[blob.type]}"
        hint = (
            f"renommez-le : {stem}{ends[0]}"
            if ends
            else f"enregistrez-le au format {suffix} depuis le programme où il a été fait"
        )
    return error(
        "wrong-file-type",
        message,
        Span(PurePosixPath(blob.path)),
        "il ne s’ouvrirait pas chez les lecteurs",
        hint,
    )


def unused_files(content: Content) -> Iterator[Diagnostic]:
    """What no page shows is not published: perhaps it was forgotten in a page."""
    used = _used(content)
    # One that a page names nearly rightly is asked for; that has its own message.
    nearly = {even_path(path) for path in used if path not in content.blobs}
    # A page that could not be read may show what lies beside it.
    hidden = {posixpath.dirname(path) for path in content.unread if path.endswith(".md")}
    for path in content.blobs:
        if posixpath.dirname(path) in hidden:
            continue
        if draws.is_public(path):
            continue  # it is published with the draw
        if path not in used and not (nearly and even_path(path) in nearly):
            yield note(
                "unused-file",
                "aucune page ne montre ce fichier",
                Span(PurePosixPath(path)),
                "il n’est pas publié",
                "donnez-lui un lien dans une page, ou retirez-le",
            )


def _used(content: Content) -> set[str]:
    used: set[str] = set()
    if not content.blobs:
        return used
    for thing in content.sources:
        for reference in thing.references:
            if reference.field in _FIELDS:
                used.add(_path(thing.path, reference.target))
    for item in content.items:
        for link in item.links:
            bare = link[1].partition("#")[0].partition("?")[0]
            if bare.lower().endswith(_SUFFIXES):
                if bare.startswith("/"):
                    used.add(of_link(content, item, link[0], link[1]).path)
                else:
                    used.add(_path(item.path, unquote(bare)))
    audit = content.site.get("accessibilite")
    if isinstance(audit, dict) and audit.get("audit"):
        used.add(f"{layout.CONTENT}/{audit['audit']}")
    return used


def _path(source: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _space(path: str) -> str:
    if not path.startswith(f"{layout.CONTENT}/"):
        return layout.PUBLIC
    return layout.place(PurePosixPath(path)).space
