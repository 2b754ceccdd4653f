"""Whether private sources are in a repository that everybody may read: sealing their pages would
then hide nothing.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from cq.audit.subject import Subject
from cq.content.layout import CONTENT
from cq.content.within import folder_of, spaces_of
from cq.diagnostic import Diagnostic, Span, error
from cq.french.numbers import counted
from cq.repository.launcher import RepositoryFault
from cq.repository.tracked import tracked


def sources_in_public(subject: Subject) -> Iterator[Diagnostic]:
    """Private texts under a `depot` that site.yml says is public, today or once."""
    depot: Any = subject.content.site.get("depot")
    if not isinstance(depot, dict) or not depot.get("public"):
        return
    for space in spaces_of(subject.content):
        folder = f"{CONTENT}/{folder_of(space).rstrip('/')}"
        try:
            now, once = tracked(subject.root, folder)
        except RepositoryFault:
            return  # no repository here: nothing of this copy is published by one
        if now:
            files = counted(now, "texte privé est", "textes privés sont")
            yield error(
                "private-sources",
                f"{files} dans le dépôt, que site.yml dit public (espace {space})",
                Span(PurePosixPath(CONTENT, "site.yml")),
                "les sceller sur le site ne sert à rien : on les lit dans le dépôt",
                "rendez ce dépôt privé (depot: public: non), ou faites de chaque dossier prive/ "
                "un dépôt à part",
            )
        elif once:
            yield error(
                "private-sources",
                f"d’anciennes versions de textes privés sont dans le dépôt public (espace {space})",
                Span(PurePosixPath(CONTENT, "site.yml")),
                "les retirer d’un dépôt n’efface pas son histoire : on les y lit encore",
                "rendez ce dépôt privé, ou recommencez-en un sans eux",
            )
