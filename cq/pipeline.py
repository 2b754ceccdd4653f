"""The eight stages in order, in two halves: `cq.front` reads, `cq.back` makes.

What may be skipped is decided by digests: the same files, program, theme, day and history have the
same site. A build with errors writes nothing.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from cq import digest
from cq.diagnostic import Diagnostic, Severity, in_order
from cq.front import Front, Run, front, trusting
from cq.ledger import Stale
from cq.site.write import Tree
from cq.theme import Theme, ThemeNotFound, load


class Built(NamedTuple):
    """What a build did. `written` is False when findings kept it from writing anything."""

    found: tuple[Diagnostic, ...]
    written: bool = False
    stale: tuple[Stale, ...] = ()  # made again, and why
    removed: tuple[str, ...] = ()
    pages: int = 0  # of the whole site
    files: int = 0  # attachments and the theme's
    changed: int = 0  # files that differ from the previous site


def build(
    run: Run,
    *,
    strict: bool = False,
    patience: float = 60.0,
    waiting: Callable[[], None] | None = None,
) -> Built:
    """The public site, written whole or not at all; with `strict`, warnings keep it too.

    `patience` is how long to wait for another build, in seconds. Raises `Busy` and `WriteFailed`
    (outside faults), `TemplateFault` and `ThemeNotFound`.
    """
    run.settings.guard_output()
    run.meanwhile = lambda: _get_ready(run)
    return trusting(run, lambda: _build(run, strict, patience, waiting))


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
) -> Built:
    settings, ledger = run.settings, run.ledger
    with Tree.open(
        settings.output,
        settings.workshop,
        lambda: ledger.note("token"),  # read under the lock: a build that waited needs the new one
        patience=patience,
        waiting=waiting,
    ) as tree:
        first = front(run, want_content=False, want_past=True)
        if _blocked(first.found, strict):
            return Built(first.found)
        clock = time.perf_counter()
        theme = load(settings.root, ledger.note("theme") or "default")
        whole = _whole(first, theme)
        kept = [one for one in (ledger.note("built") or "").split() if one.isdecimal()]
        if tree.intact and whole and whole == ledger.note("whole") and len(kept) == 2:
            tree.commit({})  # publishes nothing; after a crash it makes the tree's notes good
            run.timed("write", clock)
            run.said = tuple((ledger.note("said") or "").splitlines())
            return Built(first.found, written=True, pages=int(kept[0]), files=int(kept[1]))
        if first.content is None:
            # It looks at the files again: what it finds now is what counts.
            first = front(run, want_content=True, want_past=True)
            if _blocked(first.found, strict):
                return Built(first.found)
            whole = _whole(first, theme)
        if first.content is None:
            raise AssertionError("the front half was asked for its content")
        from cq.back import back

        printed = back(run, first.content, theme, tree)
        found = in_order((*first.found, *printed.found))
        if printed.token is None:
            return Built(found)
        ledger.keep_notes(
            token=printed.token, whole=whole, built=f"{printed.pages} {printed.files}",
            said="\n".join(run.said),
        )  # fmt: skip
        return Built(
            found,
            written=True,
            stale=printed.stale,
            removed=printed.removed,
            pages=printed.pages,
            files=printed.files,
            changed=printed.changed,
        )


def _whole(first: Front, theme: Theme) -> str:
    """The digest of all that a site is made of; "" where the history may be another next time."""
    return digest.of_all([first.state, first.past, theme.digest]) if first.past else ""


def _blocked(found: tuple[Diagnostic, ...], strict: bool) -> bool:  # noqa: FBT001
    """Whether these findings keep a build from writing."""
    least = Severity.WARNING if strict else Severity.ERROR
    return any(one.severity >= least for one in found)
