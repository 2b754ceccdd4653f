"""« Vouliez-vous dire »: what the author of a link or of a reference that leads nowhere meant.

Only ever asked for a fault, and only answers with what the author's own readers may read: a public
page's suggestions name nothing private. Decides nothing about faults.
"""

import posixpath
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from cq.content import layout
from cq.content.item import Item
from cq.content.links import readable
from cq.content.model import Content, even_path
from cq.french.folding import nearest, slug

_LISTED = 3
_SEARCHED = 300  # faults of one run that are worth a search through all that there is


def near(content: Content, text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Those of `names` that look like `text`; none once a run has searched often enough.

    Thousands of faults among thousands of names would take hours, and nobody reads that far.
    """
    return nearest(text, names, most) if next(content.searches) < _SEARCHED else []


def page(content: Content, source: Item, target: str) -> Item | None:
    """The one page that a broken link or `[[name]]` most probably meant."""
    name = _name(target)
    if not any(one.isalpha() for one in name):
        return None  # a year alone says nothing of a page
    if next(content.searches) >= _SEARCHED:
        return None
    slugs = {
        key: same
        for key, same in content.by_slug.items()
        if any(readable(item.space, source.space) for item in same)
    }
    wanted = slug(name)
    close = [wanted] if wanted in slugs else nearest(wanted, slugs, 1)
    if not close and not wanted[:1].isdigit():
        # « pleniere » for « 2026-03-10-pleniere », where only one fits.
        ends = [key for key in slugs if key.endswith(f"-{wanted}")] if len(wanted) > 3 else []
        close = ends if len(ends) == 1 else []
    for key in close:
        found = [item for item in slugs[key] if readable(item.space, source.space)]
        return min(found, key=lambda item: (item.home != source.home, item.home != "", item.id))
    return None


def path_from(source: Item, to: str) -> str:
    """`to` (under the site root) as a link in the file of `source`."""
    return posixpath.relpath(to, posixpath.dirname(source.path))


def file(content: Content, path: str, space: str) -> str | None:
    """A file of the same name but for case, accents or spaces, there or in the same community."""
    wanted = even_path(path)
    even = content.by_even_path.get(wanted)
    if even is not None and readable(content.blobs[even].space, space):
        return even
    if next(content.searches) >= _SEARCHED:
        return None
    folder, name = posixpath.split(path)
    here = [
        one
        for one, blob in content.blobs.items()
        if posixpath.dirname(one) == folder and readable(blob.space, space)
    ]
    close = nearest(name, map(posixpath.basename, here), 1)
    if close:
        return posixpath.join(folder, close[0])
    home = layout.place(PurePosixPath(path)).home
    same = [
        one
        for one, blob in content.blobs.items()
        if even_path(posixpath.basename(one)) == even_path(name)
        and readable(blob.space, space)
        and layout.place(PurePosixPath(one)).home == home
    ]
    return same[0] if len(same) == 1 else None


def unread(content: Content, path: str) -> bool:
    """Whether `path` is there but faulty or of a later version: its own finding is enough."""
    if not content.unread:
        return False
    bare = path.rstrip("/")
    candidates = (path, bare, f"{bare}.md", f"{bare}/index.md")
    if any(one in content.unread for one in candidates):
        return True
    return any(str(parent) in content.unread for parent in PurePosixPath(path).parents)


def unread_name(content: Content, name: str, space: str) -> bool:
    """The same for a slug."""
    wanted = slug(_name(name))
    return any(readable(one, space) for one in content.unread_slugs.get(wanted, ())) or unread(
        content, f"{layout.CONTENT}/{name.strip('/')}"
    )


def words(names: Iterable[str]) -> str:
    """« a », « b » ou « c »."""
    shown = [f"« {name} »" for name in names]
    if len(shown) > _LISTED:
        shown = [*shown[:_LISTED], f"{len(shown) - _LISTED} autres"]
    return " ou ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)


def _name(target: str) -> str:
    path = unquote(target.partition("#")[0].partition("?")[0]).strip("/ ")
    path = path.removesuffix("/index.html").removesuffix("/index.md").removesuffix(".md")
    return path.rsplit("/", 1)[-1].removesuffix(".html")
