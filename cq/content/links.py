"""Where a link, a `[[wiki link]]` or a reference leads: one answer, for checks and for pages.

Pure questions to a Content. KINDS.md « References »: ids, slugs unique in their kind, relative
paths, wiki links; nearest first: the same community, then the arrondissement, then anywhere.
"""

import posixpath
import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple
from urllib.parse import unquote

from cq.content import layout, legal
from cq.content.item import Item
from cq.content.model import Content
from cq.french.folding import fold, slug

OUTSIDE = ("http:", "https:", "mailto:", "tel:", "//")

# Pages that the site makes by itself, which a text may link to (`/agenda/`).
LISTS = frozenset(
    (
        "", "actualites/", "agenda/", "debats/", "documents/", "dossiers/", "questions/", "wiki/",
        "nouveautes/",
    )
)  # fmt: skip
SITE_LISTS = frozenset(
    (
        "plan-du-site/", "quartiers/", "groupes/", "mon-quartier/", "tableau-de-bord/", "donnees/",
        "recherche/",
    )
)  # fmt: skip
DOOR = "espace/"  # of the private spaces; nothing below it may be linked to
FEEDS = frozenset(("agenda.ics", "actualites.atom", "actualites.json", "nouveautes.atom"))
# The public lists as data, which the site makes whether they have a line or not.
DATA_SETS = (
    "agenda", "actualites", "documents", "wiki", "dossiers", "etapes", "questions", "debats",
    "arguments", "algorithmes", "listes", "quartiers", "groupes",
)  # fmt: skip
DATA_FILES = frozenset(
    (
        "donnees/licence.txt",
        "donnees/datasets.json",
        *(f"donnees/{n}.{end}" for n in DATA_SETS for end in ("csv", "json", "schema.json")),
    )
)

# The kind of item that a key names; other keys name communities, dossiers, people or files.
WANTED = {
    "evenement": "event",
    "compte_rendu": "document",
    "rencontres": "event",
    "discute_a": "event",
    "repond_a": "argument",
    "dossier": "dossier",
    "dossiers": "dossier",
    "etapes.documents": "document",
    "reponse.document": "document",
}


class Resolved(NamedTuple):
    """What a target is. `address` is relative to the site's root, with its fragment."""

    state: Literal["item", "file", "list", "outside", "here", "missing", "ambiguous"]
    address: str = ""
    item: Item | None = None
    path: str = ""  # of a file, found or not, under the site root
    fragment: str = ""
    candidates: tuple[Item, ...] = ()


def of_link(content: Content, source: Item, kind: str, target: str) -> Resolved:
    """Where link `target` of `source` leads, whoever may read it."""
    if content.around is not None:
        outer = content.around.by_path.get(source.path, source)
        return _from_within(content, source, of_link(content.around, outer, kind, target))
    if kind == "wiki":
        return _of_wiki(content, source, target)
    if target.lower().startswith(OUTSIDE):
        return Resolved("outside", target)
    raw, _, fragment = target.partition("#")
    raw = raw.partition("?")[0]
    if not raw:
        return Resolved("here", f"#{fragment}", source, fragment=fragment)
    written = unquote(raw) if "%" in raw else raw
    if written.startswith("/"):
        return _of_address(content, written.lstrip("/"), fragment)
    folder = source.path.rpartition("/")[0]
    return _of_path(content, posixpath.normpath(f"{folder}/{written}"), fragment)


_SIGNS = re.compile("[#?%:]|^/")


def plain_page(content: Content, folder: str, target: str) -> Item | None:
    """The page whose file a plain relative path names, as nearly every link does; None says
    nothing, and `of_link` knows.
    """
    if _SIGNS.search(target):
        return None
    return content.by_path.get(posixpath.normpath(f"{folder}/{target}"))


def _of_path(content: Content, path: str, fragment: str) -> Resolved:
    item = content.by_path.get(path)
    if item is not None:
        return _found(item, fragment)
    blob = content.blobs.get(path)
    if blob is not None:
        return Resolved("file", file_address(path), path=path)
    bare = path.rstrip("/")
    for candidate in (f"{bare}.md", f"{bare}/index.md"):
        item = content.by_path.get(candidate)
        if item is not None:
            return _found(item, fragment)
    if path.startswith(f"{layout.CONTENT}/"):
        as_list = _of_address(content, path.removeprefix(f"{layout.CONTENT}/"), fragment)
        if as_list.state == "list":
            return as_list
    return Resolved("missing", path=path, fragment=fragment)


def _of_address(content: Content, address: str, fragment: str) -> Resolved:
    """« /agenda/ »: an address from the site's root."""
    blob = content.blobs.get(f"{layout.CONTENT}/{address}")
    if blob is not None:
        return Resolved("file", address, path=blob.path)
    wanted = address.removesuffix("index.html").removesuffix(".md")
    wanted = f"{wanted.rstrip('/')}/" if wanted.strip("/") else ""
    # « /pages/a-propos.md », as the folders have it, is understood as well.
    item = content.by_address.get(wanted) or content.by_id.get(wanted.rstrip("/"))
    if item is not None:
        return _found(item, fragment)
    made = wanted.removeprefix("pages/")
    if wanted in content.list_addresses or _made_by_law(content, made.rstrip("/")):
        return Resolved("list", made + (f"#{fragment}" if fragment else ""))
    home, rest = _home_of(content, wanted)
    door = wanted == DOOR and _opens(content, fragment)
    if door or rest in LISTS or (not home and rest in SITE_LISTS):
        return Resolved("list", wanted + (f"#{fragment}" if fragment else ""))
    if rest.rstrip("/") in FEEDS or (not home and rest.rstrip("/") in DATA_FILES):
        return Resolved("list", wanted.rstrip("/"))
    return Resolved("missing", path=f"{layout.CONTENT}/{address}", fragment=fragment)


def _opens(content: Content, fragment: str) -> bool:
    """Whether the door is there, and `fragment` is nothing or the home of a space, « /q-canal/ ».

    Any community may have a space: the answer tells of none that it has. What lies deeper has a
    name that is the space's own business.
    """
    if not has_door(content):
        return False
    spaces = (layout.CONSEILLERS, *map(layout.space_at, content.communities))
    return not fragment or fragment in {f"/{space}/" for space in spaces}


def has_door(content: Content) -> bool:
    """Whether the site has spaces that are opened in the reader's browser."""
    return bool(content.spaces) and content.site.get("protection") != layout.SERVER


def _made_by_law(content: Content, name: str) -> bool:
    """Whether the site makes this legal page: nobody wrote it, under this name or its other one."""
    return name in legal.PAGES and f"{legal.OTHER_NAMES.get(name, name)}/" not in content.by_address


def _home_of(content: Content, address: str) -> tuple[str, str]:
    parts = address.split("/")
    home = "/".join(parts[:2])
    if home in content.communities:
        return home, "/".join(parts[2:])
    return "", address


def _from_within(content: Content, source: Item, found: Resolved) -> Resolved:
    """What a link of a space leads to, with its address as the space has it."""
    if found.state == "here":
        return found._replace(item=source)
    if found.state == "list":
        return found._replace(address=f"../{found.address}")
    if found.item is None:
        return found
    own = content.by_path.get(found.item.path)
    if own is None:
        item = found.item
        own = item._replace(id=f"../{item.id}", address=f"../{item.address}", home="")
    return _found(own, found.fragment)


def _found(item: Item, fragment: str) -> Resolved:
    address = item.address + (f"#{fragment}" if fragment else "")
    return Resolved("item", address, item, fragment=fragment)


def _of_wiki(content: Content, source: Item, target: str) -> Resolved:
    name, _, fragment = target.partition("#")
    return of_name(content, source, name.strip(), kind=None, fragment=fragment.strip())


def of_name(
    content: Content, source: Item, name: str, *, kind: str | None, fragment: str = ""
) -> Resolved:
    """An item named by slug, then by path, then by title, nearest first; `kind` narrows."""
    if "/" in name or name.endswith(".md"):
        direct = _by_path(content, source, name, fragment)
        if direct.state == "item":
            return direct
    found = [item for item in content.by_slug.get(slug(name), ()) if _fits(item, source, kind)]
    if not found:
        title = " ".join(fold(name).split())
        found = [item for item in content.by_title.get(title, ()) if _fits(item, source, kind)]
    if not found:
        return Resolved("missing", path=name, fragment=fragment)
    nearest = _nearest(found, source)
    if len(nearest) > 1:
        return Resolved("ambiguous", candidates=tuple(nearest), fragment=fragment)
    return _found(nearest[0], fragment)


def of_reference(content: Content, source: Item, field: str, target: str) -> Resolved:
    """The item that key `field` of `source` names, whatever its kind turns out to be.

    An argument answers one beside it before any other of that name.
    """
    if content.around is not None:
        outer = content.around.by_path.get(source.path, source)
        return _from_within(content, source, of_reference(content.around, outer, field, target))
    if field == "repond_a":
        beside = f"{posixpath.dirname(source.id)}/{slug(target.removesuffix('.md'))}"
        item = content.by_id.get(beside)
        if item is not None:
            return _found(item, "")
    return of_name(content, source, target, kind=WANTED.get(field))


def _by_path(content: Content, source: Item, name: str, fragment: str) -> Resolved:
    bare = name.strip("/").removesuffix(".md")
    for identifier in (bare, f"{source.home}/{bare}" if source.home else bare):
        item = content.by_id.get(identifier)
        if item is not None:
            return _found(item, fragment)
    folder = posixpath.dirname(source.path)
    return _of_path(content, posixpath.normpath(posixpath.join(folder, name)), fragment)


def _fits(item: Item, source: Item, kind: str | None) -> bool:
    """A name only reaches what its own audience may read; `source.space` sees itself and the
    public. So a private page never makes a public reference ambiguous, nor answers for it.
    """
    return (kind is None or item.kind == kind) and readable(item.space, source.space)


def readable(space: str, by: str) -> bool:
    return space in (layout.PUBLIC, by)


def _nearest(found: list[Item], source: Item) -> list[Item]:
    for same in (
        [item for item in found if item.home == source.home and item.space == source.space],
        [item for item in found if item.home == source.home],
        [item for item in found if not item.home],
    ):
        if same:
            return same
    return found


def file_address(path: str) -> str:
    """The public address of an attachment: its path under content/."""
    address = path.removeprefix(f"{layout.CONTENT}/")
    return address.removeprefix("pages/")


def text_beside(address: str) -> str:
    """That of the text of the PDF at `address`: no attachment may have such a name."""
    return f"{address}.txt"


def address_of_file(content: Content, path: str) -> str:
    """The address of an attachment for the readers of `content`: a space has files of its own, and
    copies of the public ones that its pages show, since the public site may show them nowhere.
    """
    if content.around is None:
        return file_address(path)
    place = layout.place(PurePosixPath(path))
    return "/".join(place.rest) if place.private else f"public/{file_address(path)}"
