"""Whether everything in the folder to publish is known: a file of the public site as the build
left it, a file of the theme, or a sealed file. What no search for words can see (a picture, a
film) is seen here.
"""

from collections.abc import Iterator

from cq import digest
from cq.audit.subject import FOLDER, RULE, File, Part, Subject, lies_sealed, public_digests
from cq.content.layout import PUBLIC
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.numbers import counted
from cq.made import FILE
from cq.seal.cipher import b64, unb64
from cq.seal.file import HEAD, Unreadable, is_sealed, synthetic_of
from cq.site.plan.space_page import space_page
from cq.site.protect import file_of
from cq.spaces import SLOTS, WORDS

NAME = "liste"
# Published beside the pages: what servers are told, and the shell's own.
_BESIDE = frozenset((".nojekyll", "_headers", ".htaccess", SLOTS, RULE, WORDS))
_MANY = 30


def allowed(subject: Subject) -> Part:
    """Part 1: nothing in the folder that the build did not make of public sources."""
    public = public_digests(subject.content)
    found: list[Diagnostic] = []
    for one in subject.files:
        found += _faults(subject, one, public)
    here = {one.path for one in subject.files}
    found += [_missing(subject, path) for path in sorted(subject.entries.keys() - here)]
    if not subject.fresh:
        found.append(_other(subject))
    sealed = sum(lies_sealed(one.path) for one in subject.files)
    files = counted(len(here) - sealed, "fichier public", "fichiers publics")
    said = f"{files} et {counted(sealed, 'fichier scellé', 'fichiers scellés')}"
    bad = [one for one in found if one.code in {"unknown-file-published", "altered-file"}]
    end = f" : {counted(len(bad), 'à expliquer', 'à expliquer')}" if bad else ", tous de cq"
    return Part(NAME, said + end, tuple(_few(subject, found)))


def _faults(subject: Subject, one: File, public: frozenset[str]) -> Iterator[Diagnostic]:
    entry = subject.entries.get(one.path)
    if one.size < 0 or entry is None:
        what = "ce dossier vide" if one.path.endswith("/") else "ce fichier"
        kind = "" if one.size >= 0 or one.path.endswith("/") else " (ni fichier ni dossier)"
        yield _unknown(subject, one.path, f"{what} n’a pas été fait par cq{kind}")
        return
    if lies_sealed(one.path):
        yield from _sealed(subject, one)
        return
    data = subject.read(one.path)
    if digest.of_bytes(data) != entry.digest:
        yield error(
            "altered-file",
            "ce fichier n’est plus celui que cq a construit",
            subject.span(one.path),
            "quelqu’un ou un programme l’a modifié après la construction",
            "refaites-le : cq build",
        )
        return
    yield from _origin(subject, one.path, data, public)


def _origin(
    subject: Subject, path: str, data: bytes, public: frozenset[str]
) -> Iterator[Diagnostic]:
    """A file that is no page comes from the theme or from a public attachment."""
    made = subject.targets.get(path)
    if made is None:
        yield _unknown(subject, path, "la construction ne se souvient pas de ce fichier")
    elif path.startswith("theme/") and _of_theme(subject, path) != data:
        yield _unknown(subject, path, "ce fichier n’est pas celui du thème")
    elif (
        made.template == FILE
        and not path.startswith("theme/")
        and path not in _BESIDE
        and made.view not in public
        and subject.clear_space(path) is None
    ):
        yield _unknown(subject, path, "ce fichier ne vient d’aucune pièce jointe publique")


def _of_theme(subject: Subject, path: str) -> bytes | None:
    """What the theme publishes at `path`, as its files or pressed into one."""
    own = subject.theme.assets.get(path.removeprefix("theme/"))
    if own is not None:
        return own
    day = subject.settings.today.isoformat()
    for target in space_page(subject.content.seen_by(PUBLIC, day), subject.theme.assets):
        if target.path == path and target.template == "@text":
            return str(target.view[0]).encode()
    return None


def _sealed(subject: Subject, one: File) -> Iterator[Diagnostic]:
    name = one.path.rpartition("/")[2]
    data = subject.read(one.path, HEAD)
    try:
        well_named = file_of(b64(unb64(name, 16))) == one.path
    except ValueError:
        well_named = False
    if not well_named or not is_sealed(data, one.size):
        yield _unknown(subject, one.path, "ce fichier n’est pas un fichier scellé")
        return
    x = _x(data)
    if digest.of_text(f"{one.path}\n{x}") != subject.entries[one.path].digest:
        yield error(
            "altered-file",
            "ce fichier scellé n’est plus celui que cq a construit",
            subject.span(one.path),
            "un fichier d’une autre version, peut-être, a pris sa place",
            "refaites-le : cq build --clean",
        )


def _x(data: bytes) -> str:
    try:
        return b64(synthetic_of(data))
    except Unreadable:
        return ""


def _unknown(subject: Subject, path: str, words: str) -> Diagnostic:
    return error(
        "unknown-file-published",
        words,
        subject.span(path.rstrip("/")),
        "publié, il serait lisible de tous",
        "supprimez-le, ou refaites le site : cq build --clean",
    )


def _missing(subject: Subject, path: str) -> Diagnostic:
    return error(
        "altered-file",
        "ce fichier manque au site construit",
        subject.span(path),
        "des pages mèneraient à une erreur",
        "refaites-le : cq build",
    )


def _other(subject: Subject) -> Diagnostic:
    return warning(
        "stale-site",
        "le site n’est pas celui de ces contenus, de ce jour ou de cette version de cq",
        subject.span("index.html"),
        "ce qui est vérifié ici n’est pas ce que vous liriez en le refaisant",
        "d’abord : cq build",
    )


def _few(subject: Subject, found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """A bound on how many are told; names of odd files may say something private."""
    if not subject.veiled:
        yield from found[:_MANY]
        if found[_MANY:]:
            yield _count(len(found[_MANY:]), "d’autres fichiers à expliquer")
        return
    odd = [one for one in found if one.code == "unknown-file-published"]
    yield from (one for one in found[:_MANY] if one.code != "unknown-file-published")
    if odd:
        yield _count(len(odd), "de fichiers inconnus dans le dossier à publier")


def _count(number: int, words: str) -> Diagnostic:
    return error(
        "unknown-file-published",
        f"{words} : {number}",
        Span(FOLDER),
        "pour les voir : cq audit, sur votre machine",
    )
