"""Stage 1, scan: folders in, sources out. The only stage of the front half that touches the disk.

Reads what has changed since the stamps that the caller remembers, and nothing else. Symbolic
links, misplaced `prive` folders and odd files stay out, and are said.
"""

import os
import re
import shlex
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from cq import digest
from cq.content import draws, extent, layout, sniff
from cq.content.item import Blob
from cq.diagnostic import Diagnostic, Label, Span, error, warning
from cq.french.folding import slug
from cq.french.system import refused

# A text of 2 MB is refused by the Markdown step; what is larger still is not even read.
_MOST_TEXT = 4 << 20
# Beyond, addresses do not fit into a browser's, nor paths into what the system takes.
_DEEPEST, _LONGEST, _SHOWN = 20, 1000, 6
# What an address reads as something else (`#`, `?`, `%`, `:`), and what Windows refuses.
_SIGNS = re.compile(r'[#?%:*"<>|]')
# A file whose clock stands within this of the scan may change again unseen (git's « racy »
# entries): 20 ms covers the ticks of kernels; a clock of whole seconds gets two of them.
_RACY_NS = 20_000_000
_RACY_COARSE_NS = 2_000_000_000


class Stamp(NamedTuple):
    """What the disk says of a file without opening it, and its digest."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: str
    type: str = ""  # of an attachment: what its bytes say (`cq.content.sniff`)
    width: int = 0  # of a picture (`cq.content.extent`)
    height: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One text file of the site as it stands on the disk.

    `path` is relative to the site root (`content/…`); `digest` is `cq.digest.of_bytes(data)`.
    """

    path: PurePosixPath
    data: bytes
    digest: str


class Scan(NamedTuple):
    """All the files of content: their stamps, the texts that were read anew, the attachments."""

    stamps: dict[str, Stamp]  # every text and attachment, by path
    changed: tuple[Source, ...]  # texts without a valid stamp
    blobs: dict[str, Blob]
    found: tuple[Diagnostic, ...]


def _better(name: str) -> str:
    """A name that reads the same everywhere."""
    return f"{slug(Path(name).stem) or 'fichier'}{Path(name).suffix}"


class _Walk:
    def __init__(self, root: Path, known: Mapping[str, Stamp]) -> None:
        self.root = root
        self.known = known
        self.stamps: dict[str, Stamp] = {}
        self.changed: list[Source] = []
        self.blobs: dict[str, Blob] = {}
        self.found: list[Diagnostic] = []

    def folder(self, relative: str) -> None:
        if relative.count("/") > _DEEPEST or len(relative) > _LONGEST:
            self._too_deep(relative)
            return
        try:
            with os.scandir(self.root / relative) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as failure:
            self._unreadable(relative, failure)
            return
        self._clashes(relative, [entry.name for entry in listed])
        for entry in listed:
            if entry.name.startswith("."):
                continue
            path = f"{relative}/{entry.name}"
            if not self._sound_name(path, entry.name) or self._signs(path, entry):
                continue
            if entry.is_symlink():
                self.found.append(
                    error(
                        "symbolic-link",
                        "les liens symboliques sont refusés",
                        Span(PurePosixPath(path)),
                        "un lien pourrait publier un fichier étranger au site",
                        "remplacez le lien par une copie du fichier",
                    )
                )
            elif entry.is_dir(follow_symlinks=False):
                if self._private_lookalike(path):
                    continue
                self.folder(path)
            else:
                self._file(path, entry)

    def _sound_name(self, path: str, name: str) -> bool:
        if name.isascii():
            if name.isprintable() and "\\" not in name:
                return True
        elif name.isprintable() and name == unicodedata.normalize("NFC", name):
            return True
        shown = path.encode("utf-8", "replace").decode()
        printable = "".join(one if one.isprintable() else "�" for one in shown)
        if not name.isprintable() or "\\" in name:
            self.found.append(
                error(
                    "file-name",
                    "ce nom de fichier contient des caractères illisibles",
                    Span(PurePosixPath(printable)),
                    "le fichier n’est pas lu",
                    f"renommez-le : {_better(printable)}",
                )
            )
            return False
        self.found.append(
            warning(
                "not-nfc",
                "le nom du fichier porte des accents décomposés",
                Span(PurePosixPath(printable)),
                "il ne sera pas le même d’un ordinateur à l’autre",
                f"renommez-le : {_better(printable)}",
            )
        )
        return True

    def _signs(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Whether this folder, page or attachment has a sign that would break its address."""
        found = _SIGNS.search(entry.name)
        if found is None:
            return False
        suffix = PurePosixPath(entry.name).suffix.lower()
        known = suffix in layout.TEXTS or suffix in layout.ATTACHMENTS
        if not known and not entry.is_dir(follow_symlinks=False):
            return False  # an editor's own file, which has its warning
        self.found.append(
            error(
                "file-name",
                f"« {found[0]} » n’a pas sa place dans un nom de fichier ou de dossier",
                Span(PurePosixPath(path)),
                "l’adresse mènerait ailleurs, et Windows refuse la plupart de ces signes",
                f"renommez-le : {_better(path)}",
            )
        )
        return True

    def _too_deep(self, relative: str) -> None:
        shown = PurePosixPath(*PurePosixPath(relative).parts[:_SHOWN])
        self.found.append(
            error(
                "file-name",
                "les dossiers sont trop nombreux les uns dans les autres, ou leurs noms trop longs",
                Span(shown),
                "ce qu’ils contiennent n’est pas lu",
                "déplacez-les plus haut : quatre ou cinq niveaux suffisent",
            )
        )

    def _clashes(self, relative: str, names: list[str]) -> None:
        seen: dict[str, str] = {}
        for name in names:
            same = unicodedata.normalize("NFC", name).casefold()
            if same in seen:
                first = seen[same]
                self.found.append(
                    error(
                        "name-clash",
                        f"« {name} » et « {first} » sont un seul nom sur certains disques",
                        Span(PurePosixPath(f"{relative}/{name}")),
                        "l’un effacerait l’autre",
                        "renommez l’un des deux",
                        labels=(Label(Span(PurePosixPath(f"{relative}/{first}")), "l’autre"),),
                    )
                )
            seen.setdefault(same, name)

    def _private_lookalike(self, path: str, *, file: bool = False) -> bool:
        """Whether this folder, or this file's name, is a `prive` that is none; then it is said.

        A file `prive.md` counts: its page would stand in a folder of that name.
        """
        name = path.rpartition("/")[2]
        if name.isascii() and "pri" not in name.lower():
            return False  # 10,000 files a run: the question costs more than its answer
        odd = layout.misplaced_private(PurePosixPath(path) if file else PurePosixPath(path) / "x")
        if odd is None:
            return False
        if odd == layout.PRIVATE_FOLDER:
            message = "un dossier « prive » n’a pas sa place ici"
        else:
            message = f"« {odd} » ressemble à « prive », mais n’en est pas un"
        self.found.append(
            error(
                "private-folder",
                message,
                Span(PurePosixPath(path)),
                "par prudence, rien de ce dossier n’est lu ni publié",
                "les dossiers privés sont : content/prive/, content/quartiers/…/prive/ "
                "et content/groupes/…/prive/",
            )
        )
        return True

    def _file(self, path: str, entry: os.DirEntry[str]) -> None:
        if path == layout.ACCESS:
            return  # no content: `cq access` writes it, and the front half looks at it
        suffix = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122 - 10,000 times a run
        text = suffix in layout.TEXTS
        of_draw = draws.is_public(path)
        if not of_draw and draws.is_foreign(path):
            self._of_town_hall(path)
            return
        if not text and not of_draw and suffix not in layout.ATTACHMENTS:
            self.found.append(
                warning(
                    "unknown-file",
                    f"les fichiers « {suffix or entry.name} » ne sont pas publiés",
                    Span(PurePosixPath(path)),
                    "il n’apparaîtra pas sur le site",
                    f"types permis : {' '.join(sorted(layout.ATTACHMENTS))}",
                )
            )
            return
        if self._private_lookalike(path, file=True):
            return
        try:
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise OSError("ni fichier ni dossier")  # noqa: TRY301 - said like the others
            stamp = self._stamp(path, status, text=text)
        except OSError as failure:
            self._unreadable(path, failure)
            return
        if stamp is None:
            return
        self.stamps[path] = stamp
        if not text:
            space = layout.place(PurePosixPath(path)).space
            self.blobs[path] = Blob(
                path, space, stamp.digest, stamp.size, stamp.type, stamp.width, stamp.height
            )

    def _of_town_hall(self, path: str) -> None:
        """A list of people, or a key, where everyone reads: nothing of it is read."""
        self.found.append(
            error(
                "draw-private-file",
                "ce fichier n’a pas sa place dans le dossier public d’un tirage",
                Span(PurePosixPath(path)),
                "une liste de personnes, une clé ou une lettre y seraient lisibles de tous : "
                "rien n’en est lu ni publié",
                "si le dépôt a déjà été partagé, prévenez la personne qui l’anime : git en "
                "garde les anciennes versions, et retirer le fichier ne suffit pas",
                f"git rm --cached {shlex.quote(path)}, puis sortez-le du dossier du site",
            )
        )

    def _stamp(self, path: str, status: os.stat_result, *, text: bool) -> Stamp | None:
        known = self.known.get(path)
        seen = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if known is not None and seen == known[:4]:
            return known
        full = self.root / path
        if not text:
            with full.open("rb") as stream:
                known_as = digest.of_stream(stream)
                type_ = sniff.type_of(*_ends(stream))
                return Stamp(*seen, known_as, type_, *extent.of_stream(stream, type_))
        if status.st_size > _MOST_TEXT:
            self.found.append(
                error(
                    "page-too-complex",
                    "ce texte est trop gros pour une page",
                    Span(PurePosixPath(path)),
                    f"il pèse {status.st_size >> 20} Mo, 2 Mo au plus",
                    "coupez-le en plusieurs pages, ou joignez-le en PDF",
                )
            )
            return None
        data = full.read_bytes()
        stamp = Stamp(*seen, digest.of_bytes(data))
        if known is None or known.digest != stamp.digest:
            self.changed.append(Source(PurePosixPath(path), data, stamp.digest))
        return stamp

    def _unreadable(self, path: str, failure: OSError) -> None:
        self.found.append(
            error(
                "unreadable-file",
                f"impossible de lire ce fichier ({refused(failure)})",
                Span(PurePosixPath(path)),
                "il manquerait au site",
                "vérifiez ses droits d’accès",
            )
        )


def _ends(stream: BinaryIO) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file, as many as `sniff` looks at."""
    stream.seek(0)
    head = stream.read(sniff.MOST)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - sniff.MOST))
    return head, stream.read(sniff.MOST)


def scan(root: Path, known: Mapping[str, Stamp]) -> Scan:
    """Every file under `root/content`, in the order of names.

    `known` are the stamps of the last run: a file with the same stamp is not opened. A stamp is
    only trusted when the file was at rest before the scan that made it (see `at_rest`).
    """
    walk = _Walk(root, known)
    walk.folder(layout.CONTENT)
    return Scan(walk.stamps, tuple(walk.changed), walk.blobs, tuple(walk.found))


def at_rest(stamps: Mapping[str, Stamp], scanned_ns: int) -> dict[str, Stamp]:
    """The stamps worth remembering: a file touched while we looked may change again unseen."""
    kept = {}
    for path, stamp in stamps.items():
        newest = max(stamp.mtime_ns, stamp.ctime_ns)
        margin = _RACY_COARSE_NS if newest % 1_000_000_000 == 0 else _RACY_NS
        if scanned_ns - newest >= margin:
            kept[path] = stamp
    return kept


def read(root: Path, path: str) -> Source:
    """One text again, when its parse was lost."""
    data = (root / path).read_bytes()
    return Source(PurePosixPath(path), data, digest.of_bytes(data))
