"""Two of what there should be one of: items, addresses, old addresses."""

import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.item import Item, Reference
from cq.content.links import file_address
from cq.content.model import Content
from cq.content.pointing import at, at_key
from cq.diagnostic import Diagnostic, Label, Span, error, warning
from cq.french.folding import fold

_LONGEST = 200
_SIGNS = frozenset('\\?#<>:*|"')
_PRIVATE = frozenset(("prive", "prives", "privee", "private"))


def duplicate_items(content: Content) -> Iterator[Diagnostic]:
    """The same meeting announced twice: each gets half of the corrections."""
    first: dict[tuple[object, ...], Item] = {}
    for item in content.items:
        if item.day is None:
            continue
        # « Le bruit » is an argument of more than one débat.
        beside = item.id.rpartition("/")[0] if item.argument is not None else ""
        mark = (item.title, item.day, item.kind, item.home, item.space, beside)
        other = first.setdefault(mark, item)
        if other is item:
            continue
        facts, before = item.event, other.event
        if facts is not None and before is not None and facts.start != before.start:
            continue  # two rounds of one evening
        yield warning(
            "duplicate-item",
            f"« {item.title} » est écrit deux fois, à la même date",
            at_key(item, "titre"),
            "les lecteurs verraient deux annonces",
            f"gardez un seul des deux fichiers ; l’autre est {other.path}",
            labels=(Label(at_key(other, "titre"), "première fois ici"),),
        )


def address_clashes(content: Content) -> Iterator[Diagnostic]:
    """Two pages at one address: one would erase the other."""
    first: dict[tuple[bool, str], Item] = {}
    for item in content.items:
        other = first.setdefault((item.space != layout.PUBLIC, item.address.casefold()), item)
        if other is item or _same_name(item.path, other.path):
            continue
        yield error(
            "address-clash",
            f"deux pages auraient la même adresse : {item.address or '/'}",
            Span(PurePosixPath(item.path)),
            "l’une effacerait l’autre",
            f"renommez l’un des deux fichiers ; l’autre est {other.path}",
            labels=(Label(Span(PurePosixPath(other.path)), "l’autre page"),),
        )


def _same_name(one: str, other: str) -> bool:
    """Whether two paths are one name on some disks: a `name-clash`, which was said."""
    names = [unicodedata.normalize("NFC", path).casefold() for path in (one, other)]
    return names[0] == names[1]


def old_address_clashes(content: Content) -> Iterator[Diagnostic]:
    """An old address sends readers on; it can neither be a page nor send to two."""
    moved = [item for item in content.items if item.old_addresses]
    if not moved:
        return
    files = {file_address(path).casefold() for path in content.blobs}
    pages = {address.casefold(): item for address, item in content.by_address.items()}
    taken: dict[str, tuple[Item, Reference]] = {}
    for item in sorted(moved, key=lambda one: one.space != layout.PUBLIC):
        places = [one for one in item.written if one.field == "anciennes_adresses"]
        for one in places:
            place = at(item, one)
            fault = _unsound(one.target)
            if fault:
                yield error(
                    "bad-path",
                    f"« {one.target} » n’est pas une ancienne adresse : {fault}",
                    place,
                    "personne ne serait renvoyé vers cette page",
                    "écrivez ce qui suit le nom du site, par exemple : actualites/2024-05-02-bancs",
                )
                continue
            address = _address(one.target)
            labels: tuple[Label, ...] = ()
            page = pages.get(address)
            before = taken.setdefault(address, (item, one))
            if page is not None and page.space in (item.space, layout.PUBLIC):
                labels = (Label(Span(PurePosixPath(page.path)), "la page qui est à cette adresse"),)
            elif before[1] is not one and before[0].space in (item.space, layout.PUBLIC):
                labels = (Label(at(*before), "première fois ici"),)
            elif address.rstrip("/") not in files:
                continue
            yield error(
                "address-clash",
                f"l’ancienne adresse « {one.target} » est déjà prise",
                place,
                "l’une effacerait l’autre",
                "retirez-la d’un des deux côtés",
                labels=labels,
            )


def _address(written: str) -> str:
    """As the plan reads it: a folder, relative to the site's root."""
    bare = written.strip("/").removesuffix("index.html").strip("/").casefold()
    return f"{bare}/" if bare else ""


def _unsound(written: str) -> str:
    """Why no page can have stood there; "" when one can. A slash at either end does not matter."""
    if "://" in written or written.startswith("//"):
        return "elle commence par le nom d’un site"
    parts = written.strip("/").split("/")
    folded = {fold(unicodedata.normalize("NFKC", part)).strip(" ._-") for part in parts}
    faults = {
        "elle est trop longue": len(written) > _LONGEST,
        "elle contient un signe qui n’a pas sa place dans une adresse": not written.isprintable()
        or not _SIGNS.isdisjoint(written),
        "« .. », « . » et les noms vides n’y ont pas leur place": any(
            part.startswith(".") or not part.strip() for part in parts
        ),
        "rien de public n’a été sous « prive »": not _PRIVATE.isdisjoint(folded),
    }
    return next((words for words, present in faults.items() if present), "")
