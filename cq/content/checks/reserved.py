"""Addresses that the site takes for itself: its lists, its feeds, its own files.

By pattern and not by what there is today: a list of a year that comes with the first item of that
year, or a month's page that comes with the calendar, must not meet a page at its place.
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.item import DOCUMENT_TYPES, Item
from cq.content.links import FEEDS, LISTS, SITE_LISTS, file_address, text_beside
from cq.content.model import Content
from cq.content.pointing import at, at_key
from cq.diagnostic import Diagnostic, Label, Span, error
from cq.french.folding import slug

_INDEX = "index.html"
_HOME = re.compile(r"(?:quartiers|groupes)/[^/]+/")
_DATED = re.compile(
    r"(?:agenda|actualites|documents|dossiers|questions|debats)/[0-9]{4}(?:-[0-9]{2})?/"
)
_COUNTED = re.compile(r"(?:tableau-de-bord|rapport/[0-9]{4})/")
_EVENT_CALENDAR = re.compile(r"agenda/[^/]+/evenement\.ics(?:/|\Z)")
_TYPES = re.compile(rf"documents/(?:{'|'.join(map(slug, DOCUMENT_TYPES))})/(?:[0-9]{{4}}/)?")
_FILES = frozenset(("404.html", "robots.txt", "sitemap.xml"))
_SITEMAP = re.compile(r"sitemap-[0-9]+\.xml")
_THEME = "theme"
_SOME = frozenset(("listes/", "jurys/"))  # lists that are there where they have something
_DRAWN = re.compile(r"jurys/[^/]+/(?:verifier|eclats)/")
# Where a page of the wiki shows what its versions have changed: as `cq.site.routes` says.
HISTORY = "historique/"
# They hold the site's own files only. (`.well-known` needs no word: no name begins with a dot.)
# What is below `espace/` is of the private spaces, sealed or guarded, whether there are keys today
# or not: a page there would stand in the place of a sealed file, or be taken away with them.
_OWN = frozenset(("donnees", "espace"))


def reserved_addresses(content: Content) -> Iterator[Diagnostic]:
    """A page or a file in the place of a list, a calendar or the theme: one erases the other."""
    files = _attachments(content)
    compared = _compared(content)
    for item in content.items:
        if item.space != layout.PUBLIC:
            continue
        yield from _differences(item, compared)
        if item.id != item.home and _taken(item.address + _INDEX, files):
            yield _clash(Span(PurePosixPath(item.path)), item.address, "renommez ce fichier")
        if item.old_addresses:
            yield from _old(item, files)
    for address, paths in files.items():
        place = Span(PurePosixPath(paths[-1]))
        if _reserved(address):
            yield _clash(place, address, "renommez ce fichier")
        elif len(paths) > 1:
            other = Label(Span(PurePosixPath(paths[0])), "l’autre fichier")
            yield error(
                "address-clash",
                f"deux fichiers auraient la même adresse : {address}",
                place,
                "l’un effacerait l’autre",
                f"renommez l’un des deux ; l’autre est {paths[0]}",
                labels=(other,),
            )


def _compared(content: Content) -> dict[str, Item]:
    """The pages that show their differences, by the address where they do or may one day."""
    return {
        f"{item.address}{HISTORY}".casefold(): item
        for item in content.items
        if item.wiki is not None and item.wiki.since and item.space == layout.PUBLIC
    }


def _differences(item: Item, compared: dict[str, Item]) -> Iterator[Diagnostic]:
    """`canal/historique.md` beside a `canal.md` that shows what has changed in it."""
    if not compared:
        return
    places = [(item.address, Span(PurePosixPath(item.path)), "renommez ce fichier")]
    places += [
        (f"{one.target.strip('/').removesuffix(_INDEX).strip('/')}/", at(item, one),
         "retirez cette ancienne adresse")
        for one in item.written if one.field == "anciennes_adresses"
    ]  # fmt: skip
    for address, place, remedy in places:
        page = compared.get(address.casefold())
        if page is not None:
            yield error(
                "address-clash",
                f"l’adresse « {address} » est celle des différences de {page.path}",
                place,
                "l’une effacerait l’autre",
                f"{remedy}, ou retirez « historique_depuis » de {page.path}",
                labels=(Label(at_key(page, "historique_depuis"), "demandées ici"),),
            )


def _attachments(content: Content) -> dict[str, list[str]]:
    """The public attachments by their address, as disks that ignore capitals see it."""
    files: dict[str, list[str]] = {}
    for path, blob in content.blobs.items():
        if blob.space == layout.PUBLIC:
            address = file_address(path).casefold()
            files.setdefault(address, []).append(path)
            if path in content.papers:
                files.setdefault(text_beside(address), []).append(path)
    return files


def _old(item: Item, files: dict[str, list[str]]) -> Iterator[Diagnostic]:
    for one in item.written:
        if one.field != "anciennes_adresses":
            continue
        bare = one.target.strip("/").removesuffix(_INDEX).strip("/")
        path = f"{bare}/{_INDEX}" if bare else _INDEX
        # One that is a file itself was said by the check of old addresses.
        if _reserved(path.casefold()) or (bare.casefold() not in files and _taken(path, files)):
            place = at(item, one)
            yield _clash(place, one.target, "retirez cette ancienne adresse")


def _clash(place: Span, address: str, remedy: str) -> Diagnostic:
    return error(
        "address-clash",
        f"l’adresse « {address} » est prise par le site lui-même",
        place,
        "une liste, un agenda ou un fichier du site s’y trouve, et l’un effacerait l’autre",
        remedy,
    )


def _taken(path: str, files: dict[str, list[str]]) -> bool:
    """Whether the page whose file is `path` would stand in another's place, or under a file."""
    path = path.casefold()
    if _reserved(path):
        return True
    above = path.rpartition("/")[0]
    while "." in above:
        if above in files:
            return True
        above = above.rpartition("/")[0]
    return False


def _reserved(path: str) -> bool:
    home = _HOME.match(path)
    rest = path[home.end() :] if home else path
    first, _, below = rest.partition("/")
    folder = rest.rpartition("/")[0]
    folder = f"{folder}/" if folder else ""
    if first in FEEDS or _INDEX in folder.split("/") or _EVENT_CALENDAR.match(rest):
        return True
    if home is None and first in _OWN:
        return True
    if home is None and (first in _FILES or (first == _THEME and below not in {"", _INDEX})):
        return True
    if home is None and _SITEMAP.fullmatch(first):
        return True
    if not rest.endswith(_INDEX):
        return False
    return (
        folder in LISTS
        or _TYPES.fullmatch(folder) is not None
        or _DATED.fullmatch(folder) is not None
        or _COUNTED.fullmatch(folder) is not None
        or (home is None and folder in SITE_LISTS | _SOME)
        or (home is None and _DRAWN.match(folder) is not None)
    )
