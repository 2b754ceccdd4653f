"""The eight stages in order, in two halves: `cq.front` reads, `cq.back` makes.

What may be skipped is decided by digests: the same files, program, theme, day and history have the
same site. A build with errors writes nothing.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from cq import digest, history, settings
from cq.content.layout import DOUBLE, SERVER
from cq.content.model import Content
from cq.content.within import spaces_of
from cq.diagnostic import Diagnostic, Severity, in_order
from cq.front import Front, Run, front, trusting
from cq.made import Stale
from cq.seal.vault import Guarded, Vault
from cq.settings import Settings
from cq.site.write import Tree
from cq.terminal import printable
from cq.theme import Theme, ThemeNotFound, load

# What opens the spaces of a site: their keys, or what a server guards them with, and what keeps it
# from publishing, if anything.
Opener = Callable[[Content], tuple[Vault | Guarded | None, tuple[Diagnostic, ...]]]


class Built(NamedTuple):
    """What a build did. `written` is False when findings kept it from writing anything."""

    found: tuple[Diagnostic, ...]
    written: bool = False
    stale: tuple[Stale, ...] = ()  # made again, and why
    removed: tuple[str, ...] = ()
    pages: int = 0  # of the whole site
    files: int = 0  # attachments and the theme's
    changed: int = 0  # files that differ from the previous site
    sealed: int = 0  # files of private spaces
    protection: str = ""  # « serveur » or « double » where a web server must guard them
    left: bool = False  # there are private texts, which were not asked to be sealed


def build(
    run: Run,
    *,
    strict: bool = False,
    patience: float = 60.0,
    waiting: Callable[[], None] | None = None,
    opener: Opener | None = None,
) -> Built:
    """The public site, written whole or not at all; with `strict`, warnings keep it too. With an
    `opener`, the sealed spaces of a site that has private texts are made with it.

    `patience` is how long to wait for another build, in seconds. Raises `Busy` and `WriteFailed`
    (outside faults), `TemplateFault` and `ThemeNotFound`.
    """
    run.settings.guard_output()
    run.meanwhile = lambda: _get_ready(run)
    return trusting(run, lambda: _build(run, strict, patience, waiting, opener))


def _get_ready(run: Run) -> None:
    """What a first build needs next, while its workers parse and this process waits."""
    from cq import back
    from cq.theme import environment

    back.import_printers()
    with suppress(ThemeNotFound):  # said where the theme is really asked for
        theme = load(run.settings.root, run.ledger.note("theme") or "default")
        environment.get_ready(theme, run.ledger.program)


def _build(
    run: Run,
    strict: bool,  # noqa: FBT001 - as `build` was told
    patience: float,
    waiting: Callable[[], None] | None,
    opener: Opener | None,
) -> Built:
    chosen, ledger = run.settings, run.ledger
    with Tree.open(
        chosen.output,
        chosen.workshop,
        lambda: ledger.note("token"),  # read under the lock: a build that waited needs the new one
        patience=patience,
        waiting=waiting,
    ) as tree:
        opened = _opened(run, strict, opener)
        if _blocked(opened.found, strict):
            return Built(opened.found)
        clock = time.perf_counter()
        theme = load(chosen.root, ledger.note("theme") or "default")
        built = _unchanged(run, tree, opened, theme)
        if built is not None:
            run.timed("write", clock)
        else:
            built = _made(run, tree, opened, theme, strict=strict)
        left = opened.vault is None and bool(ledger.note("spaces"))
        return built._replace(protection=_protection(opened.vault), left=left)


class _Opened(NamedTuple):
    """What a build begins with: the front half, and the private spaces if they are made."""

    first: Front
    vault: Vault | Guarded | None = None
    locked: tuple[Diagnostic, ...] = ()  # what keeps the spaces shut

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        return in_order((*self.first.found, *self.locked))


def _opened(
    run: Run,
    strict: bool,  # noqa: FBT001 - as `build` was told
    opener: Opener | None,
) -> _Opened:
    """The front half, and the keys of a site that has private texts. Nobody is asked for a phrase
    before all is well.
    """
    first = front(run, want_content=False, want_past=True)
    if opener is None or _blocked(first.found, strict) or not run.ledger.note("spaces"):
        return _Opened(first)
    if first.content is None:
        first = front(run, want_content=True, want_past=True)  # the register says who reads
        if _blocked(first.found, strict):
            return _Opened(first)
    return _Opened(first, *opener(_held(first)))


def _unchanged(run: Run, tree: Tree, opened: _Opened, theme: Theme) -> Built | None:
    """The site as it stands, where it is what would be made."""
    ledger = run.ledger
    whole = _whole(opened.first, theme, opened.vault, run.settings)
    kept = [one for one in (ledger.note("built") or "").split() if one.isdecimal()]
    if not (tree.intact and whole and whole == ledger.note("whole") and len(kept) == 3):
        return None
    tree.commit({})  # publishes nothing; after a crash it makes the tree's notes good
    run.said = tuple((ledger.note("said") or "").splitlines())
    pages, files, sealed = map(int, kept)
    return Built(opened.found, written=True, pages=pages, files=files, sealed=sealed)


def _made(run: Run, tree: Tree, opened: _Opened, theme: Theme, *, strict: bool) -> Built:
    """The site, brought to what its content says."""
    first, vault = opened.first, opened.vault
    if first.content is None:
        # It looks at the files again: what it finds now is what counts.
        first = front(run, want_content=True, want_past=True)
        if _blocked(first.found, strict):
            return Built(first.found)
    from cq.back import back

    whole = _whole(first, theme, vault, run.settings)
    content = _held(first)
    if vault is not None:
        content, inner = _with_inner_past(run, first, content)
        whole = whole if inner else ""
    if _has_doors(content, run.settings):
        content = replace(content, spaces=spaces_of(content))
    printed = back(run, content, theme, tree, vault)
    found = in_order((*first.found, *opened.locked, *printed.found))
    if printed.token is None:
        return Built(found)
    run.ledger.keep_notes(
        token=printed.token, whole=whole, said="\n".join(run.said),
        built=f"{printed.pages} {printed.files} {printed.sealed}", state=first.state,
    )  # fmt: skip
    return Built(
        found,
        written=True,
        stale=printed.stale,
        removed=printed.removed,
        pages=printed.pages,
        files=printed.files,
        changed=printed.changed,
        sealed=printed.sealed,
    )


def _with_inner_past(run: Run, first: Front, content: Content) -> tuple[Content, str]:
    """`content` with what git remembers of private texts, which nobody reads without keys; and
    where that stands, as `Front.past`.
    """
    if first.at is None:
        raise AssertionError("the front half was asked for the past")
    clock = time.perf_counter()
    past = history.inner(run.settings.root, run.ledger, first.at)
    content = content.with_inner_pasts(past.rows, past.cut)
    run.said = (*run.said, *map(printable, history.inner_said(past, content)))
    run.timed("history", clock)
    return content, past.mark


def _held(first: Front) -> Content:
    if first.content is None:
        raise AssertionError("the front half was asked for its content")
    return first.content


def _protection(vault: Vault | Guarded | None) -> str:
    """What a web server must do for the spaces that were made; "" for nothing."""
    if isinstance(vault, Guarded):
        return SERVER
    return DOUBLE if vault is not None and vault.rules else ""


def _has_doors(content: Content, chosen: Settings) -> bool:
    """Whether somebody may come into the private spaces: then public pages lead there, also where
    only these are built.
    """
    if content.site.get("protection") == SERVER:
        return settings.has_server(chosen.root)
    return settings.access_file(chosen.root).is_file()


def _whole(first: Front, theme: Theme, vault: Vault | Guarded | None, chosen: Settings) -> str:
    """The digest of all that a site is made of; "" where the history may be another next time."""
    inner = first.at.inner_mark if vault and first.at else "-"
    if not first.past or not inner:
        return ""
    has_access, has_server = (
        settings.access_file(chosen.root).is_file(), settings.has_server(chosen.root)
    )  # fmt: skip
    doors = f"{has_access:d}{has_server:d}"
    return digest.of_all(
        [first.state, first.past, inner, theme.digest, doors, vault.mark if vault else ""]
    )


def _blocked(found: tuple[Diagnostic, ...], strict: bool) -> bool:  # noqa: FBT001
    """Whether these findings keep a build from writing."""
    least = Severity.WARNING if strict else Severity.ERROR
    return any(one.severity >= least for one in found)
