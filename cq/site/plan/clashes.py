"""Files of the site that would stand in each other's place: the last look before any is made.

`cq.content.checks` says at whose door it lies, in all the cases it knows; here nothing slips by.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from cq.content import layout
from cq.diagnostic import Diagnostic, Span, error
from cq.site.tree import plain


def clashes(paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """One finding for each of `paths` that another one would erase, or that lies under a file."""
    seen: set[str] = set()
    folders: set[str] = set()
    twins: list[str] = []
    listed = list(paths)
    for path in listed:
        name = plain(path)
        if name in seen:
            twins.append(path)
        seen.add(name)
        above = name.rpartition("/")[0]
        while above and above not in folders:
            folders.add(above)
            above = above.rpartition("/")[0]
    if not folders.isdisjoint(seen):
        twins += [path for path in listed if plain(path) in folders]
    return tuple(map(_clash, twins))


def _clash(path: str) -> Diagnostic:
    return error(
        "address-clash",
        f"deux fichiers du site auraient la même adresse : {path}",
        Span(PurePosixPath(layout.CONTENT)),
        "l’un effacerait l’autre",
        "renommez la page, le fichier joint ou le fichier du thème, ou retirez l’ancienne adresse",
    )
