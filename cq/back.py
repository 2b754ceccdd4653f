"""The back half in order: plan, render, protect, write. Nothing but the order is decided here.

Loaded only when something must be made: a build in which nothing changed never comes here.
"""

import functools
import time
from collections.abc import Sequence
from typing import NamedTuple

from cq import digest
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.parsed import Text
from cq.diagnostic import Diagnostic, has_errors
from cq.front import Run
from cq.ledger import FEED, FILE, Ledger, Made, Stale, Texts, split
from cq.over import aside, over
from cq.searched import Searched, index
from cq.site.attachments import attach
from cq.site.plan import Plan, outside, plan, revised
from cq.site.plan.clashes import clashes
from cq.site.protect import public
from cq.site.render import Renderer
from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget, Target
from cq.site.tree import Entry
from cq.site.write import Tree
from cq.theme import Theme


class Printed(NamedTuple):
    """What the back half did. `token` is None when `found` has errors: nothing was written."""

    found: tuple[Diagnostic, ...]
    token: str | None = None
    stale: tuple[Stale, ...] = ()
    removed: tuple[str, ...] = ()
    pages: int = 0
    files: int = 0
    changed: int = 0


def back(run: Run, content: Content, theme: Theme, tree: Tree) -> Printed:
    """Everything that the public may see of `content`, made and published in one step."""
    clock = time.perf_counter()
    public_content = content.seen_by(PUBLIC, run.settings.today.isoformat())
    assets = [_Asset(f"theme/{path}", data) for path, data in sorted(theme.assets.items())]
    around = digest.of_all((outside(public_content), theme.digest))
    known = run.ledger.targets()
    if around == run.ledger.note("around") and known.keys() <= tree.known.keys():
        planned = revised(public_content, {path: made.text for path, made in known.items()})
        search = index(run.ledger, public_content, whole=False)
        planned = planned._replace(targets=(*planned.targets, *search.targets))
        wanted = {**known, **_made(planned, (), theme)}
    else:
        indexing = functools.partial(_index, run.ledger, public_content)
        indexed = aside(indexing, jobs=run.settings.jobs)
        planned = plan(public_content)
        search = indexed()
        if has_errors(planned.found):
            return Printed(planned.found)
        planned = planned._replace(targets=(*planned.targets, *search.targets))
        everything: list[_Thing] = [*planned.targets, *planned.files, *assets]
        twins = clashes(thing.path for thing in everything)
        if twins:
            return Printed((*planned.found, *twins))
        wanted = _made(planned, assets, theme)
    stale, gone = split(wanted, known, tree.known)
    clock = run.timed("plan", clock)
    entries = _write(run, stale, planned, assets, theme, tree)
    report = tree.commit(entries, [path for path in tree.known if path not in wanted])
    run.ledger.keep_targets(known, wanted)
    search.keep(run.ledger)
    run.ledger.keep_notes(around=around)
    run.timed("write", clock)
    return Printed(
        found=planned.found,
        token=report.token,
        stale=stale,
        removed=gone,
        pages=sum(made.template not in {FEED, FILE} for made in wanted.values()),
        files=sum(made.template == FILE for made in wanted.values()),
        changed=report.written + report.removed,
    )


def _index(ledger: Ledger, content: Content) -> Searched:
    """The whole index, beside the plan: in a process of its own, with a connection of its own."""
    return index(Ledger(ledger.file, ledger.program), content, whole=True)


class _Asset(NamedTuple):
    """A file of the theme."""

    path: str
    data: bytes


def _made(planned: Plan, assets: Sequence[_Asset], theme: Theme) -> dict[str, Made]:
    """What each file of the site is made of, as digests."""
    common = digest.of_value(planned.chrome)
    made = {
        target.path: Made(
            digest.of_value((target.template, target.view)),
            *(
                (FEED, "-", "-")
                if target.template.startswith("@")
                else (theme.templates_digest, common, getattr(target.view, "key", "") or "-")
            ),
        )
        for target in planned.targets
    }
    made.update({file.path: Made(file.blob.digest, FILE) for file in planned.files})
    made.update({asset.path: Made(digest.of_bytes(asset.data), FILE) for asset in assets})
    return made


_Thing = Target | FileTarget | _Asset


class _Press:
    """What a worker needs to make any file of the site; forked with everything in it."""

    def __init__(self, run: Run, things: list[_Thing], renderer: Renderer, tree: Tree) -> None:
        self.root = run.settings.root
        self.ledger_file = run.ledger.file
        self.things = things
        self.renderer = renderer
        self.tree = tree

    def prepare(self) -> None:
        # A connection to SQLite must not cross a fork: each worker opens its own.
        self.renderer.store = Texts(self.ledger_file)

    def make(self, number: int) -> tuple[str, Entry]:
        """render, protect and write one thing into the spare tree."""
        thing = self.things[number]
        rendered: Rendered | Attached
        if isinstance(thing, Target):
            rendered = self.renderer.render(thing)
        elif isinstance(thing, FileTarget):
            rendered = attach(self.root, thing)
        else:
            rendered = Rendered(thing.path, thing.data, PUBLIC)
        return thing.path, self.tree.put(public(rendered))


# Forked workers find their press here: it is too large to send, and an Artifact cannot be sent.
_press: list[_Press] = []


def import_printers(things: Sequence[_Thing] | None = None) -> None:
    """Import what makes `things`, or anything: workers share what was imported before them."""
    wanted = {thing.template for thing in things or () if isinstance(thing, Target)}
    if things is None or "@calendar" in wanted:
        import cq.site.feeds.calendar
    if things is None or any(not template.startswith("@") for template in wanted):
        import cq.theme.environment  # noqa: F401 - its import is the point


def _prepare() -> None:
    _press[-1].prepare()


def _make(number: int) -> tuple[str, Entry]:
    return _press[-1].make(number)


def _write(  # noqa: PLR0913, PLR0917 - what the stages before have made
    run: Run,
    stale: tuple[Stale, ...],
    planned: Plan,
    assets: list[_Asset],
    theme: Theme,
    tree: Tree,
) -> dict[str, Entry]:
    """Make every stale file; what stands is left alone."""
    if not stale:
        return {}
    paths = {one.path for one in stale}
    everything: list[_Thing] = [*planned.targets, *planned.files, *assets]
    things = [thing for thing in everything if thing.path in paths]
    tree.begin()
    renderer = Renderer(theme, planned.chrome, _NoTexts(), run.ledger.program)
    _press.append(_Press(run, things, renderer, tree))
    entries: dict[str, Entry] = {}
    try:
        for path, entry in over(
            _make,
            range(len(things)),
            jobs=run.settings.jobs,
            before=functools.partial(import_printers, things),
            prepare=_prepare,
        ):
            entries[path] = entry
            run.progress("écriture", len(entries), len(things))
    finally:
        _press.pop()
    return entries


class _NoTexts:
    """A renderer's store before its worker has opened one."""

    def get(self, key: str) -> Text:
        raise LookupError(key)

    def paper(self, key: str) -> str:
        raise LookupError(key)
