"""A space seen from within: its own items alone, at addresses of their own, as a site of its own.

`content/quartiers/x/prive/agenda/y.md` is « agenda/y/ » there. What its pages lead to outside (the
public site) has an address that begins with « ../ ». No rule of links is said twice: they are
followed where the files lie (`Content.around`), and what is found is seen from within.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.item import Item
from cq.content.model import Content
from cq.content.past import Pasts


def folder_of(space: str) -> str:
    """The folder of a space below content/: « prive/ », « quartiers/x/prive/ »."""
    prefix, _, slug = space.partition("-")
    for folder, letter in layout.COMMUNITIES.items():
        if letter == prefix and slug:
            return f"{folder}/{slug}/{layout.PRIVATE_FOLDER}/"
    return f"{layout.PRIVATE_FOLDER}/"


def spaces_of(content: Content) -> tuple[str, ...]:
    """The spaces that have something of their own: « conseillers » first."""
    found = {one.space for one in content.sources} - {layout.PUBLIC}
    found.update(blob.space for blob in content.blobs.values() if blob.space != layout.PUBLIC)
    return tuple(sorted(found, key=lambda space: (space != layout.CONSEILLERS, space)))


def title_of(content: Content, space: str) -> str:
    """What a space is called."""
    if space == layout.CONSEILLERS:
        return "Espace des conseillers"
    home = folder_of(space).removesuffix(f"/{layout.PRIVATE_FOLDER}/")
    return content.name_of(home)


def within(content: Content, space: str, today: str) -> Content:
    """What `space` holds on `today`, as its readers go through it."""
    around = content.seen_by(space, today)
    own = (_moved(item, folder_of(space)) for item in around.items if item.space == space)
    site = {key: value for key, value in content.site.items() if key not in _NOT_THERE}
    return replace(
        around,
        # Meetings need identifiers that differ from those of the public site.
        site={**site, "nom": title_of(content, space), "id": f"{site['id']}/{space}"},
        items=tuple(sorted(own, key=lambda item: (item.id, item.path))),
        quartiers=(),
        groups=(),
        records=tuple(one for one in around.records if one.space == space),
        past=around.inner_pasts.get(space, Pasts({})),
        inner_pasts={},
        draws=(),  # they are the public site's
        compared={},  # differences are of public pages only
        around=around,
    )


# Keys of site.yml without a meaning in a space: an address on the web, a public repository.
_NOT_THERE = frozenset(("adresse_web", "depot"))


def _moved(item: Item, folder: str) -> Item:
    """An item of the space, at its address there."""
    identifier = f"{item.id}/".removeprefix(folder).rstrip("/")
    return item._replace(
        id=identifier,
        home="",
        address=layout.address(identifier),
        old_addresses=tuple(_shortened(item.old_addresses, folder)),
    )


def _shortened(addresses: Iterable[str], folder: str) -> Iterable[str]:
    return (one.lstrip("/").removeprefix(folder) for one in addresses)


def logical(path: str) -> str:
    """The logical path of a file of the site that a space is: « /agenda/ » for its index.html."""
    return "/" + (path.removesuffix("index.html") if _is_index(path) else path)


def _is_index(path: str) -> bool:
    return PurePosixPath(path).name == "index.html"
