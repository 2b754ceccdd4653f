"""What is audited: the folder to publish, the content that it should come from, and what the build
remembers of it. Read once; every part of the audit looks at this and at the disk.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cq.access.keyring import Keyring
from cq.access.rules import HTACCESS
from cq.content.layout import DOUBLE, PUBLIC, SERVER
from cq.content.model import Content
from cq.content.within import spaces_of
from cq.diagnostic import Diagnostic, Span
from cq.front import Progress, front, open_run, trusting
from cq.made import Made
from cq.seal.ring import Ring
from cq.settings import Settings
from cq.site.protect import SEALED
from cq.site.routes import SPACE
from cq.site.tree import Entry, read_manifest
from cq.theme import Theme, load

RULE = f"{SEALED}{HTACCESS}"
FOLDER = PurePosixPath("(dossier à publier)")  # where findings of it as a whole stand


class NotBuilt(Exception):
    """There is nothing to audit, or nothing is known of it; the words are for the user."""


class Part(NamedTuple):
    """What one part of the audit has to say: a line, and findings where not all is well."""

    name: str
    said: str
    found: tuple[Diagnostic, ...] = ()
    done: bool = True


def lies_sealed(path: str) -> bool:
    """Whether what lies at `path` must be sealed: all but what a server reads that guards it."""
    return path.startswith(SEALED) and path != RULE


class File(NamedTuple):
    """One entry of the folder to publish: `path` from its root, `size` -1 for what is no file."""

    path: str
    size: int


@dataclass(frozen=True)
class Subject:
    """One audit's ground. `content` is all of it, private texts too."""

    settings: Settings
    content: Content
    ledger: Path  # where the texts are remembered
    targets: Mapping[str, Made]
    entries: Mapping[str, Entry]
    theme: Theme
    files: tuple[File, ...]
    fresh: bool  # whether the site was built of this very content, on this day
    ring: Ring | None = field(default=None, repr=False)
    access: bytes | None = field(default=None, repr=False)  # acces.json as cq access wrote it
    # The keyring, where there is more than a line of keys: who must be let in, and to what.
    keyring: Keyring | None = field(default=None, repr=False)

    @property
    def output(self) -> Path:
        return self.settings.output

    @property
    def root(self) -> Path:
        return self.settings.root

    @property
    def veiled(self) -> bool:
        """Whether nothing private may be shown."""
        return self.settings.ci

    @property
    def spaces(self) -> tuple[str, ...]:
        """The spaces that the content has, those that have a key, or both."""
        of_keys = self.ring.keys if self.ring else ()
        return tuple(sorted({*spaces_of(self.content), *of_keys}))

    def span(self, path: str) -> Span:
        """A published file, as findings name it."""
        whole = self.output / path
        if whole.is_relative_to(self.root):
            return Span(PurePosixPath(whole.relative_to(self.root).as_posix()))
        return Span(PurePosixPath(whole.as_posix()))

    def read(self, path: str, most: int = -1) -> bytes:
        """A published file, or its first bytes; never through a symbolic link."""
        with os.fdopen(os.open(self.output / path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
            return stream.read(most)

    def clear_space(self, path: str) -> str | None:
        """The space whose pages lie in clear at `path`, behind a server's own door: a folder that
        has its rule, and no other.
        """
        if self.content.site.get("protection") != SERVER or not path.startswith(SPACE):
            return None
        name = path.removeprefix(SPACE).partition("/")[0]
        has_rule = f"{SPACE}{name}/{HTACCESS}" in self.entries
        return name if has_rule and name in self.spaces else None

    def guarded(self, path: str) -> bool:
        """Whether a server must ask for a password before it gives the file at `path`."""
        double = self.content.site.get("protection") == DOUBLE
        return self.clear_space(path) is not None or (double and path.startswith(SEALED))

    def open_files(self) -> tuple[File, ...]:
        """What anybody may read: neither sealed, nor behind a server's door."""
        return tuple(
            one
            for one in self.files
            if one.size >= 0 and not lies_sealed(one.path) and not self.clear_space(one.path)
        )


def subject(chosen: Settings, progress: Progress) -> Subject:
    """What stands in the output of `chosen`. Raises NotBuilt."""
    output = chosen.output
    if not output.is_dir() or output.is_symlink():
        raise NotBuilt(f"rien à vérifier : il n’y a pas de site dans {output}\nd’abord : cq build")
    manifest = read_manifest(chosen.workshop / "tree.json")
    run = open_run(chosen, progress)
    try:
        first = trusting(run, lambda: front(run, want_content=True))
        if manifest is None or run.ledger.note("token") != manifest.token:
            raise NotBuilt(
                f"cq ne se souvient pas d’avoir construit {output}, et n’en peut rien affirmer\n"
                "d’abord : cq build"
            )
        targets = run.ledger.targets()
        fresh = run.ledger.note("state") == first.state
        theme = load(chosen.root, run.ledger.note("theme") or "default")
    finally:
        run.ledger.close()
    if first.content is None:
        raise AssertionError("the front half was asked for its content")
    return Subject(
        chosen, first.content, chosen.cache / "ledger.sqlite", targets, manifest.entries, theme,
        tuple(sorted(_listed(output, ""))), fresh,
    )  # fmt: skip


def _listed(root: Path, prefix: str) -> Iterator[File]:
    """Everything below, links and odd things too; empty folders as « x/ »."""
    empty = True
    with os.scandir(root / prefix) as children:
        for child in children:
            empty = False
            path = prefix + child.name
            if child.is_dir(follow_symlinks=False):
                yield from _listed(root, f"{path}/")
            elif child.is_file(follow_symlinks=False):
                yield File(path, child.stat(follow_symlinks=False).st_size)
            else:
                yield File(path, -1)
    if empty and prefix:
        yield File(prefix, -1)


def public_digests(content: Content) -> frozenset[str]:
    """The digests of all attachments that the public may have, and of the pieces of draws."""
    whole = (one.digest for one in content.blobs.values() if one.space == PUBLIC)
    return frozenset((*whole, *(piece.digest for draw in content.draws for piece in draw.shards)))
