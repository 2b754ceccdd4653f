"""Whether the theme that a site asks for is there: a finding about one line of site.yml.

Looks at names alone; what is in a theme is read by `cq.theme.load`.
"""

from collections.abc import Iterator
from pathlib import Path

from cq.diagnostic import Diagnostic, Span, error
from cq.french.folding import nearest
from cq.theme import DEFAULT, FOLDER, is_name, shipped


def names(root: Path) -> tuple[str, ...]:
    """The themes that a site at `root` may ask for: its own, and those that cq brings."""
    folders = (root / FOLDER, shipped())
    found = {one.name for folder in folders if folder.is_dir() for one in folder.iterdir()
             if is_name(one.name) and one.is_dir()}  # fmt: skip
    return tuple(sorted(found))


def absent(name: str, known: tuple[str, ...], place: Span) -> Iterator[Diagnostic]:
    """Without its theme there is no page at all; that should not wait for a build to be said."""
    if name in known:
        return
    near = nearest(name, known)
    own = [one for one in known if one != DEFAULT]
    yield error(
        "missing-theme",
        f"le thème « {name} » n’existe pas",
        place,
        "aucun site ne serait publié",
        f"un thème est un dossier de {FOLDER}/, nommé en lettres, chiffres et tirets"
        + (f" ; il y a {', '.join(own)}" if own else ""),
        f"écrivez : theme: {near[0] if near else DEFAULT}",
    )
