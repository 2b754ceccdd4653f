"""The eight stages in order: the front half, then plan, render, protect, write.

Nothing but the order is decided here. What may be skipped is decided by digests: the same files,
program, theme and day have the same site.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from cq import digest
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.parsed import Text
from cq.diagnostic import Diagnostic, Severity, has_errors, in_order
from cq.front import Run, front
from cq.ledger import Made, Stale, Texts, split
from cq.over import over
from cq.site.attachments import attach
from cq.site.plan import Plan, plan
from cq.site.protect import public
from cq.site.render import Renderer
from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget, Target
from cq.site.tree import Entry
from cq.site.write import Tree
from cq.theme import Theme, load


class Built(NamedTuple):
    """What a build did. `written` is False when errors kept it from writing anything."""

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

    Raises `Busy` and `WriteFailed` (outside faults), `TemplateFault` and `ThemeNotFound`.
    """
    settings, ledger = run.settings, run.ledger
    with Tree.open(
        settings.output, settings.workshop, ledger.note("token"),
        patience=patience, waiting=waiting,
    ) as tree:  # fmt: skip
        first = front(run, want_content=False)
        if has_errors(first.found) or (strict and _has_warnings(first.found)):
            return Built(first.found)
        clock = time.perf_counter()
        theme = load(settings.root, ledger.note("theme") or "default")
        whole = digest.of_all([first.state, theme.digest])
        kept = (ledger.note("built") or "").split()
        if tree.intact and whole == ledger.note("whole") and len(kept) == 2:
            run.timed("write", clock)
            return Built(first.found, True, pages=int(kept[0]), files=int(kept[1]))
        content = first.content or front(run, want_content=True).content
        if content is None:
            raise AssertionError("the front half was asked for its content")
        return _back(run, content, theme, whole, tree, first.found)


def _has_warnings(found: tuple[Diagnostic, ...]) -> bool:
    return any(one.severity is Severity.WARNING for one in found)


def _back(
    run: Run, content: Content, theme: Theme, whole: str, tree: Tree,
    found: tuple[Diagnostic, ...],
) -> Built:  # fmt: skip
    """plan, render, protect, write; then remember."""
    clock = time.perf_counter()
    planned = plan(content.seen_by(PUBLIC, run.settings.today.isoformat()))
    found = in_order((*found, *planned.found))
    if has_errors(planned.found):
        return Built(found)
    assets = [_Asset(f"theme/{path}", data) for path, data in sorted(theme.assets.items())]
    wanted = _made(planned.targets, planned.files, assets, theme, planned.chrome)
    known = run.ledger.targets()
    stale, gone = split(wanted, known, tree.known)
    clock = run.timed("plan", clock)
    entries = _write(run, stale, planned, assets, theme, tree)
    report = tree.commit(entries, [path for path in tree.known if path not in wanted])
    pages = sum(target.path.endswith(".html") for target in planned.targets)
    files = len(planned.files) + len(assets)
    run.ledger.keep_targets(known, wanted)
    run.ledger.keep_notes(token=report.token, whole=whole, built=f"{pages} {files}")
    run.timed("write", clock)
    return Built(found, True, stale, gone, pages, files, report.written + report.removed)


class _Asset(NamedTuple):
    """A file of the theme."""

    path: str
    data: bytes


def _made(
    targets: tuple[Target, ...],
    files: tuple[FileTarget, ...],
    assets: list[_Asset],
    theme: Theme,
    chrome: tuple[object, ...],
) -> dict[str, Made]:
    """What each file of the site is made of, as digests."""
    common = digest.of_value(chrome)
    made = {
        target.path: Made(
            digest.of_value((target.template, target.view)),
            *(("-", "-") if target.template.startswith("@") else (theme.digest, common)),
        )
        for target in targets
    }
    made.update({file.path: Made(file.blob.digest, "-", "-") for file in files})
    made.update({asset.path: Made(digest.of_bytes(asset.data), "-", "-") for asset in assets})
    return made


class _Press:
    """What a worker needs to make any file of the site; forked with everything in it."""

    def __init__(
        self, run: Run, things: list[Target | FileTarget | _Asset], renderer: Renderer, tree: Tree
    ) -> None:
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


def _prepare() -> None:
    _press[-1].prepare()


def _make(number: int) -> tuple[str, Entry]:
    return _press[-1].make(number)


def _write(
    run: Run, stale: tuple[Stale, ...], planned: Plan, assets: list[_Asset], theme: Theme,
    tree: Tree,
) -> dict[str, Entry]:  # fmt: skip
    """Make every stale file; what stands is left alone."""
    if not stale:
        return {}
    paths = {one.path for one in stale}
    everything: list[Target | FileTarget | _Asset] = [*planned.targets, *planned.files, *assets]
    things = [thing for thing in everything if thing.path in paths]
    tree.begin()
    renderer = Renderer(theme, planned.chrome, _NoTexts())
    _press.append(_Press(run, things, renderer, tree))
    entries: dict[str, Entry] = {}
    try:
        made = over(_make, range(len(things)), jobs=run.settings.jobs, prepare=_prepare)
        for path, entry in made:
            entries[path] = entry
            run.progress("écriture", len(entries), len(things))
    finally:
        _press.pop()
    return entries


class _NoTexts:
    """A renderer's store before its worker has opened one."""

    def get(self, key: str) -> Text:
        raise LookupError(key)
