"""« Vouliez-vous dire »: what the author of a link or of a reference that leads nowhere meant.

Only ever asked for a fault, and only answers with what the author's own readers may read: a public
page's suggestions name nothing private. Decides nothing about faults.
"""

import posixpath
from collections.abc import Callable, Collection, Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from cq.content import layout
from cq.content.item import Item
from cq.content.links import readable
from cq.content.model import Content, even_path
from cq.french.folding import nearest, slug

_LISTED = 3
_SEARCHED = 300  # faults of one check that are worth a search through all that there is


class Guesses:
    """What authors meant, as one check asks: a search goes through all that there is, and thousands
    of faults among thousands of names would take hours, which nobody reads through.

    Each check has its own, and counts what it has not asked before: which check comes first
    changes no finding.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self._known: dict[tuple[str, ...], list[str]] = {}

    def _once(self, asked: tuple[str, ...], search: Callable[[], list[str]]) -> list[str]:
        known = self._known.get(asked)
        if known is None:
            if len(self._known) >= _SEARCHED:
                return []
            known = self._known[asked] = search()
        return known

    def near(self, text: str, names: Collection[str], most: int = 3) -> list[str]:
        """Those of `names` that look like `text`."""
        return self._once(("near", text, *names), lambda: nearest(text, names, most))

    def page(self, source: Item, target: str) -> Item | None:
        """The one page that a broken link or `[[name]]` most probably meant."""
        name = _name(target)
        if not any(one.isalpha() for one in name):
            return None  # a year alone says nothing of a page
        wanted, space = slug(name), source.space
        close = self._once(("page", wanted, space), lambda: self._pages(wanted, space))
        for key in close:
            found = [one for one in self.content.by_slug[key] if readable(one.space, space)]
            return min(found, key=lambda one: (one.home != source.home, one.home != "", one.id))
        return None

    def _pages(self, wanted: str, space: str) -> list[str]:
        slugs = [
            key
            for key, same in self.content.by_slug.items()
            if any(readable(item.space, space) for item in same)
        ]
        close = [wanted] if wanted in slugs else nearest(wanted, slugs, 1)
        if not close and not wanted[:1].isdigit():
            # « pleniere » for « 2026-03-10-pleniere », where only one fits.
            ends = [key for key in slugs if key.endswith(f"-{wanted}")] if len(wanted) > 3 else []
            close = ends if len(ends) == 1 else []
        return close

    def file(self, path: str, space: str) -> str | None:
        """A file of the same name but for case, accents or spaces, there or in the same
        community.
        """
        even = self.content.by_even_path.get(even_path(path))
        if even is not None and readable(self.content.blobs[even].space, space):
            return even
        found = self._once(("file", path, space), lambda: self._files(path, space))
        return found[0] if found else None

    def _files(self, path: str, space: str) -> list[str]:
        folder, name = posixpath.split(path)
        seen = [
            one for one, blob in self.content.blobs.items() if readable(blob.space, space)
        ]  # fmt: skip
        here = [one for one in seen if posixpath.dirname(one) == folder]
        close = nearest(name, map(posixpath.basename, here), 1)
        if close:
            return [posixpath.join(folder, close[0])]
        home = layout.place(PurePosixPath(path)).home
        same = [
            one
            for one in seen
            if even_path(posixpath.basename(one)) == even_path(name)
            and layout.place(PurePosixPath(one)).home == home
        ]
        return same if len(same) == 1 else []


def path_from(source: Item, to: str) -> str:
    """`to` (under the site root) as a link in the file of `source`."""
    return posixpath.relpath(to, posixpath.dirname(source.path))


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
