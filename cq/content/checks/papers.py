"""PDF files: what cannot be read by a machine cannot be searched, nor heard by who does not see."""

import posixpath
import shlex
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.apart import Bounds, End
from cq.content import papers, pdf
from cq.content.model import Content
from cq.content.papers import Paper
from cq.diagnostic import Diagnostic, Span, note, warning
from cq.french.numbers import counted, number

_SECONDS = Bounds().seconds
_ANEW = "refaites-le : rouvrez l’original et enregistrez-le de nouveau au format PDF"
_BAD = {
    "broken": ("ce PDF ne s’ouvre pas : il est abîmé ou incomplet", _ANEW),
    End.CRASHED.value: (
        "ce PDF épuise le programme qui le lit : il a été arrêté avant la fin", _ANEW,
    ),
    End.SLOW.value: (f"ce PDF n’a pas pu être lu en {_SECONDS} secondes", _ANEW),
    End.KILLED.value: (
        "la lecture de ce PDF a été arrêtée de l’extérieur, faute de mémoire peut-être",
        "pour le relire : cq build --clean",
    ),
}  # fmt: skip


def unreadable_pdfs(content: Content) -> Iterator[Diagnostic]:
    """What cq cannot open, a reader may not open either."""
    for path, paper in content.papers.items():
        place = Span(PurePosixPath(path))
        if paper.state == "locked":
            yield warning(
                "locked-pdf",
                "ce PDF demande un mot de passe",
                place,
                "les lecteurs ne pourront pas l’ouvrir, ni la recherche y trouver un mot",
                "enregistrez-le de nouveau sans mot de passe, ou retirez-le du site",
            )
        elif paper.state in _BAD:
            said, remedy = _BAD[paper.state]
            yield warning(
                "unreadable-pdf",
                said,
                place,
                "son texte ne sera ni cherché ni publié ; des lecteurs ne pourront pas l’ouvrir",
                remedy,
            )
        elif paper.lost:
            are = "ne s’ouvrent pas" if paper.lost > 1 else "ne s’ouvre pas"
            yield warning(
                "unreadable-pdf",
                f"{counted(paper.lost, 'page')} de ce PDF sur {number(paper.pages)} {are}",
                place,
                "ce qui y est écrit n’est ni cherché ni vérifié ; les lecteurs verront un blanc",
                _ANEW,
            )


def scanned_pdfs(content: Content) -> Iterator[Diagnostic]:
    """A picture of a text is silent for a screen reader, and for the search (RGAA 13.3)."""
    replaced = _replaced(content)
    for path, paper in content.papers.items():
        silent = not paper.state and (paper.bare > 0 or not (paper.size or paper.lost))
        if silent and path not in replaced:
            name = posixpath.basename(path)
            name = shlex.quote(f"./{name}" if name.startswith("-") else name)
            some = " --skip-text" if paper.size else ""
            yield warning(
                "scanned-pdf",
                _scanned(paper),
                Span(PurePosixPath(path)),
                "on ne peut ni y chercher un mot, ni l’écouter, ni en copier un passage",
                f"faites-en reconnaître les caractères : ocrmypdf -l fra{some} {name} {name}",
                "ou donnez son texte, dans la page du document : version_accessible: …",
            )


def _scanned(paper: Paper) -> str:
    if paper.size:
        count = f"{paper.bare} pages" if paper.bare > 1 else "une page"
        are = "sont des images" if paper.bare > 1 else "est une image"
        return f"{count} de ce PDF sur {paper.pages} {are} sans texte"
    return "ce PDF n’a pas de texte" + (" : c’est une image de papier" if paper.bare else "")


def _replaced(content: Content) -> set[str]:
    """The files of documents that have an accessible version."""
    return {
        posixpath.normpath(item.document.file)
        for item in content.items
        if item.document is not None
        and any(one.field == "version_accessible" for one in item.references)
    }


def long_pdfs(content: Content) -> Iterator[Diagnostic]:
    """A reading has bounds; what lies beyond is said, never left out in silence."""
    for path, paper in content.papers.items():
        place = Span(PurePosixPath(path))
        if paper.state == "big":
            yield note(
                "long-pdf",
                f"le texte de ce PDF n’est pas lu : il pèse plus de {papers.MOST >> 20} Mo",
                place,
                "la recherche n’y trouvera rien",
                "réduisez les images qu’il contient, ou coupez-le en plusieurs fichiers",
            )
        elif paper.cut:
            yield note(
                "long-pdf",
                f"seul le début de ce PDF de {paper.pages} pages est lu",
                place,
                f"la recherche va jusqu’à {pdf.MOST_PAGES} pages et un million de signes",
                "coupez-le en plusieurs fichiers",
            )
