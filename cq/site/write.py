"""Stage 8, write: artifacts in, the published tree out, all at once or not at all.

Two complete trees take turns. `build/site` is published; the spare in the workshop is the tree of
the build before, brought up to date by what changed last time and now, then exchanged with it in
one step. A kill at any instant leaves a whole old or a whole new site.

The notes in the workshop make this quick and are never needed to be right: `tree.json` lists the
published files; `settled.json` says that the last run ended well, and is removed before the spare
is touched. Without it nothing is believed unseen. After a power cut (nothing waits for the disk
here) the lost files show by their sizes and are written again.

This stage sees artifacts only: it decides nothing about content, spaces or what is stale.
"""

import errno
import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cq import digest
from cq.french.system import refused
from cq.rewrite import unbroken
from cq.site import exchange, lock, tree
from cq.site.protect import Artifact, Sealing, Stream
from cq.site.spare import Spare
from cq.site.tree import Entry, Manifest

_WORDS = {
    errno.ENOSPC: "il n’y a plus de place sur le disque",
    errno.EDQUOT: "la place qui vous est accordée sur le disque est épuisée",
    errno.EFBIG: "ce fichier dépasse la taille permise sur ce disque",
    errno.EROFS: "le disque est en lecture seule",
    errno.EACCES: "vous n’avez pas le droit d’écrire ici",
    errno.EPERM: "vous n’avez pas le droit d’écrire ici",
    errno.EXDEV: "le site et son atelier doivent se trouver sur le même disque",
    errno.EBUSY: "ce dossier est utilisé par un autre programme",
    errno.EIO: "le disque signale une erreur de lecture ou d’écriture",
    errno.ENAMETOOLONG: "ce nom est trop long pour le disque",
    errno.ENOENT: "ce fichier a disparu pendant la construction ; relancez la commande",
    errno.ENOTDIR: "un fichier occupe la place d’un dossier",
    errno.ESTALE: "ce fichier a changé pendant la construction ; relancez la commande",
}
_SHORT = 0.001
_MANY = 256  # changes after which the spare is made good at once, and not by the next small edit


class WriteFailed(Exception):
    """Something outside refused: disk, rights, another program. `message` is French, a sentence
    without its full stop; `path` is where. The published site is whole, old or new.
    """

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message, path)
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} : {self.message}"


class Report(NamedTuple):
    """What a commit did, in files. `token` is what the ledger must remember."""

    token: str
    written: int
    kept: int
    removed: int


class Tree:
    """The published tree, held by this process for one build. `Tree.open` gives one.

    `known`    what is published and may stay: verified, and nobody else's doing
    `intact`   the published tree is exactly what the last commit left
    `altered`, `strays`   what somebody else changed, removed or added: it will not survive
    """

    def __init__(self, output: Path, workshop: Path, token: str | None) -> None:
        self._output = output
        self._tree_note = workshop / "tree.json"
        self._settled_note = workshop / "settled.json"
        self._aside = workshop / "last"
        self._spare = Spare(workshop / "next", output)
        self._process = os.getpid()
        self._begun = self._ended = False
        self._published = ExitStack()  # Ctrl-C is heard again when it ends
        self._token: str | None = None
        self._listed: frozenset[str] = frozenset()
        self._stale: frozenset[str] | None = None  # where the spare differs; None: do not trust it
        self._touched: tuple[str, ...] = ()
        self.known: Mapping[str, Entry] = {}
        self.intact = False
        self.altered: tuple[str, ...] = ()
        self.strays: tuple[str, ...] = ()
        self._look(token)

    @classmethod
    @contextmanager
    def open(
        cls,
        output: Path,
        workshop: Path,
        token: str | Callable[[], str | None] | None,
        *,
        patience: float = 60.0,
        waiting: Callable[[], None] | None = None,
    ) -> "Iterator[Tree]":
        """Lock, mend what a kill left, and verify the published tree.

        `token` is that of the last commit that the caller remembers; with another one, or None,
        nothing is known and all will be written anew. A function is asked for it once the lock is
        held, when another build that was waited for has left its own. While one runs, `waiting` is
        called once; after `patience` seconds `lock.Busy` is raised. Raises `WriteFailed`.
        """
        if workshop == output or output in workshop.parents or workshop in output.parents:
            raise ValueError("the workshop lies beside the published tree")
        with ExitStack() as stack:
            with _outside(workshop):
                workshop.mkdir(parents=True, exist_ok=True)
                output.parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(lock.held(workshop / "lock", patience, waiting))
            remembered = token() if callable(token) else token
            with _outside(workshop):
                held = cls(output, workshop, remembered)
            try:
                yield held
            finally:
                held._close()
                held._published.close()

    def begin(self) -> None:
        """Bring the spare up to date. To be called before workers are forked; else `put` does."""
        if self._begun:
            return
        if os.getpid() != self._process:
            raise RuntimeError("begin() comes before the workers are forked")
        with _outside(self._spare.root):
            self._settled_note.unlink(missing_ok=True)
            self._begun = True
            if self._stale is None:
                self._spare.rebuild(self.known)
            else:
                self._spare.patch(self.known, self._stale)

    def put(self, artifact: Artifact) -> Entry:
        """Write into the spare, or keep the published file if it has these very bytes.

        May be called from processes forked after `begin`; the entries go to `commit`.
        """
        if type(artifact) is not Artifact:
            raise TypeError(f"only an Artifact can be written, not {type(artifact).__name__}")
        if self._ended:
            raise RuntimeError("this build is over")
        self.begin()
        path, content = artifact.path, artifact.content
        if isinstance(content, Sealing):
            fingerprint = digest.of_text(f"{path}\n{content.x}")
        else:
            fingerprint = (
                content.digest if isinstance(content, Stream) else digest.of_bytes(content)
            )
        old = self.known.get(path)
        if old is not None and old.digest == fingerprint:
            return old
        with _outside(self._spare.root / path):
            size, mtime_ns = self._spare.write(path, content)
        return Entry(size, mtime_ns, fingerprint)

    def commit(self, entries: Mapping[str, Entry], removed: Iterable[str] = ()) -> Report:
        """Publish `known` without `removed`, with `entries`. Also where nothing changed: what
        hands did to the published tree is undone.

        Raises `ValueError` for names that collide, `WriteFailed` for what the system refuses.
        """
        if self._ended or os.getpid() != self._process:
            raise RuntimeError("a build is committed once, by the process that opened it")
        gone = set(removed)
        if not gone.isdisjoint(entries):
            raise ValueError(f"both written and removed: {sorted(gone.intersection(entries))}")
        final = {path: entry for path, entry in self.known.items() if path not in gone}
        final.update(entries)
        written = {path for path, entry in entries.items() if self.known.get(path) != entry}
        dropped = self._listed - final.keys()
        if self.intact and self._token is not None and not written and not dropped:
            self._rest(final, self._token)
            return Report(self._token, 0, len(final), 0)
        if not written <= self._listed:
            tree.refuse_twins(final, tree.folders(final))
        self.begin()
        token = os.urandom(16).hex()
        with _outside(self._spare.root):
            for path in dropped:
                self._spare.discard(path)
            self._spare.prove(final, self.known, written)
            prepared = self._tree_note.with_suffix(".new")
            tree.write_manifest(prepared, Manifest(token, final))
            # From here the site is published: Ctrl-C must not say otherwise.
            self._published.enter_context(unbroken())
            exchange.swap(self._output, self._spare.root, self._aside)
            tree.seal(self._output)  # some systems stamp a folder that moves
            prepared.replace(self._tree_note)
        self._ended = True
        with suppress(OSError):
            _pass_tick(self._tree_note, max((final[path].mtime_ns for path in written), default=0))
        self._settle(final, token, written | dropped if self.intact else None)
        return Report(token, len(written), len(final) - len(written), len(dropped))

    def _look(self, token: str | None) -> None:
        output, root = self._output, self._spare.root
        exchange.recover(output, root, self._aside)
        if output.is_symlink():
            raise WriteFailed("le site publié doit être un vrai dossier, pas un lien", output)
        if output.exists() and not output.is_dir():
            raise WriteFailed("un fichier occupe la place du site", output)
        manifest = tree.read_manifest(self._tree_note)
        if token is None or manifest is None or manifest.token != token:
            return
        stale = self._read_settled(token)
        found = tree.survey(output, manifest.entries, thorough=stale is None)
        self._token = token
        self._listed = frozenset(manifest.entries)
        self._stale = None if stale is None else stale.union(found.refreshed)
        self._touched = found.touched
        self.known = MappingProxyType(found.known)
        self.altered, self.strays = found.altered, found.strays
        self.intact = not found.altered and not found.strays and output.is_dir()

    def _read_settled(self, token: str) -> frozenset[str] | None:
        """The paths in which the spare differs from the published tree, if all is as it was."""
        try:
            note = json.loads(self._settled_note.read_bytes())
            stale = frozenset(note["stale"])
            if not tree.inside(stale):
                return None
            here = [token, *self._identities()]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return stale if note["of"] == here and None not in here else None

    def _identities(self) -> list[list[int] | None]:
        pair = (tree.identity(self._output), tree.identity(self._spare.root))
        return [None if one is None else list(one) for one in pair]

    def _rest(self, final: Mapping[str, Entry], token: str) -> None:
        """Nothing to publish; at most the notes are made good again, so the next look is quick."""
        self._ended = True
        if self._begun or self._stale is None or self._touched:
            with suppress(OSError):
                self._settled_note.unlink(missing_ok=True)
                if self._begun:
                    self._spare.prove(final, self.known)
                for folder in self._touched:
                    tree.seal(self._output / folder)
                self._settle(final, token, () if self._begun else self._stale)

    def _settle(
        self, final: Mapping[str, Entry], token: str, stale: Collection[str] | None
    ) -> None:
        """Note that this run ended well. `stale` None: the spare is no tree we know, make it anew.

        The site is published already: a failure here costs the next build time, nothing else.
        """
        with suppress(OSError):
            if stale is None or len(stale) > _MANY:
                self._spare.rebuild(final)
                self._spare.prove(final, final)
                stale = ()
            tree.seal(self._spare.root)
            note = {"of": [token, *self._identities()], "stale": sorted(stale)}
            prepared = self._settled_note.with_suffix(".new")
            prepared.write_text(json.dumps(note), encoding="ascii")
            prepared.replace(self._settled_note)

    def _close(self) -> None:
        """After a failure: give the room back. A spare that was begun is worth nothing by then."""
        if self._begun and not self._ended and os.getpid() == self._process:
            with suppress(OSError):
                exchange.recover(self._output, self._spare.root, self._aside)
                self._spare.give_back()
                self._tree_note.with_suffix(".new").unlink(missing_ok=True)


def _pass_tick(file: Path, newest: int) -> None:
    """Wait until the disk's clock, which may stand still for some milliseconds, has left `newest`.

    Otherwise a change by hand in the same tick, to the same size, would not show. A disk that
    counts whole seconds is not waited for.
    """
    for _ in range(20):
        if file.stat().st_mtime_ns > newest:
            return
        time.sleep(_SHORT)
        os.utime(file)


@contextmanager
def _outside(path: Path) -> Iterator[None]:
    """What the system refuses becomes one exception that says it in French, and where."""
    try:
        yield
    except OSError as fault:
        place = fault.filename if isinstance(fault.filename, (str, bytes)) else None
        words = _WORDS.get(fault.errno or 0) or f"le système a refusé ({refused(fault)})"
        raise WriteFailed(words, path if place is None else Path(os.fsdecode(place))) from fault
