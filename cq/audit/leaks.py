"""Whether anything private can be read in the folder to publish, however it is written.

All terms are looked for at once in every file that anybody may read, in its name and in what it
unfolds to. What also stands in a public source, in the theme or among the program's own words is
no leak; that is asked only of what was found.
"""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from cq.audit import folded
from cq.audit.known import Known
from cq.audit.sieve import Hit, Seen, Sieve
from cq.audit.subject import Part, Subject
from cq.audit.terms import Term
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.front import Progress
from cq.over import over
from cq.spaces import SLOTS, WORDS, word_list

NAME = "textes"
_SHOWN = 5  # places of one text, and texts of one space that are told one by one
_MANY = 30


def leaks(subject: Subject, sieve: Sieve, known: Known, progress: Progress) -> Part:
    """Part 2: nothing private in what anybody may read."""
    wanted = tuple(sieve.terms)
    searched = [one.path for one in subject.open_files() if not _is_known(subject, one.path)]
    hits, found = scanned(sieve, searched, subject, progress)
    public = known.of(sieve, {hit.term for hit in hits})
    kept = [hit for hit in hits if hit.term not in public]
    found += told(subject, sieve, kept)
    looked = (
        f"{counted(len(wanted), 'nom ou titre', 'noms et titres')} et "
        f"{counted(len(sieve.runs), 'passage', 'passages')} de textes privés cherchés dans "
        f"{counted(len(searched), 'fichier', 'fichiers')}"
    )
    if not wanted:
        return Part(NAME, "aucun texte privé dans cette copie : rien à chercher", tuple(found))
    many = len({hit.term for hit in kept})
    said = f"{many} trouvés" if many > 1 else "1 trouvé" if many else "aucun trouvé"
    return Part(NAME, f"{looked} : {said}", tuple(found))


def scanned(
    sieve: Sieve, paths: Sequence[str], subject: Subject, progress: Progress
) -> tuple[list[Hit], list[Diagnostic]]:
    """What the published files at `paths` tell."""
    hits: list[Hit] = []
    found: list[Diagnostic] = []

    def look(path: str) -> Seen:
        return sieve.file(path, subject.read(path))

    for done, (path, seen) in enumerate(
        zip(paths, over(look, paths, jobs=subject.settings.jobs), strict=True), 1
    ):
        hits += sieve.hits(path, seen)
        if seen.beyond:
            found.append(_beyond(subject, path, seen.beyond))
        progress("recherche de textes privés", done, len(paths))
    return hits, found


def _is_known(subject: Subject, path: str) -> bool:
    """Whether these very bytes are known: the words of phrases, slots, files of the theme."""
    if path.startswith("theme/"):
        return subject.theme.assets.get(path.removeprefix("theme/")) == subject.read(path)
    if path == WORDS:
        return subject.read(path) == word_list()
    return path == SLOTS and subject.read(path) == subject.access


def told(subject: Subject, sieve: Sieve, hits: Iterable[Hit]) -> list[Diagnostic]:
    """A finding for each text that was met; where nothing private may be shown, one a space."""
    by_term: dict[int, list[Hit]] = {}
    for hit in hits:
        by_term.setdefault(hit.term, []).append(hit)
    by_space: dict[str, list[int]] = {}
    for number in sorted(by_term, key=lambda one: (sieve.terms[one].is_passage, one)):
        by_space.setdefault(sieve.terms[number].space, []).append(number)
    found = []
    for space, numbers in sorted(by_space.items()):
        shown = 0 if subject.veiled else _MANY
        found += [_leak(subject, sieve.terms[one], by_term[one]) for one in numbers[:shown]]
        if numbers[shown:]:
            files = {hit.path for one in numbers[shown:] for hit in by_term[one]}
            found.append(_some(space, len(numbers[shown:]), len(files)))
    return found


def _leak(subject: Subject, term: Term, hits: list[Hit]) -> Diagnostic:
    first = hits[0]
    places = [f"{one.path}{f' › {one.place}' if one.place else ''}" for one in hits[:_SHOWN]]
    more = f" et {len(hits) - _SHOWN} autres" if len(hits) > _SHOWN else ""
    line = _line(subject, term, first)
    return error(
        "private-text",
        f"un texte de l’espace {term.space} est lisible de tous : {term.what} « {term.text} »",
        Span(subject.span(first.path).path, line),
        f"il vient de {term.path}",
        f"il se lit dans {', '.join(places)}{more}",
        "ne publiez pas ce site ; retirez le texte du fichier public qui le dit, puis : cq build",
    )


def _line(subject: Subject, term: Term, hit: Hit) -> int:
    """The line where it stands in a plain file, else 1."""
    if hit.place or not term.words:
        return 1
    lines = folded.read(subject.read(hit.path)).split("\n")
    return next(
        (
            number
            for number, line in enumerate(lines, 1)
            if any(term.words in view for view in folded.views(line.encode("utf-8", "replace")))
        ),
        1,
    )


def _some(space: str, count: int, files: int) -> Diagnostic:
    texts = counted(count, "texte", "textes")
    where = counted(files, "fichier", "fichiers")
    return error(
        "private-text",
        f"{texts} de l’espace {space} lisibles de tous, dans {where}",
        Span(PurePosixPath(f"(espace {space})")),
        "ne publiez pas ce site ; pour les voir : cq audit, sur votre machine",
    )


def _beyond(subject: Subject, path: str, place: str) -> Diagnostic:
    return warning(
        "not-searched",
        f"ce fichier est trop gros ou trop profond pour être fouillé en entier ({place})",
        subject.span(path),
        "un texte privé pourrait s’y trouver : ouvrez-le",
    )
