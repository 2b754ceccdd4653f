"""The back half in order: plan, render, protect, write. Nothing but the order is decided here.

Loaded only when something must be made: a build in which nothing changed never comes here.
"""

import functools
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cq import digest, headers
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.content.parsed import Text
from cq.diagnostic import Diagnostic, has_errors
from cq.front import Run
from cq.ledger import Ledger, Texts
from cq.made import FEED, FILE, Made, Stale, parts_of, split
from cq.over import aside, over
from cq.seal.vault import Guarded, Vault
from cq.searched import Searched, index
from cq.site import routes
from cq.site.attachments import attach
from cq.site.plan import Plan, outside, plan, revised
from cq.site.plan.clashes import clashes
from cq.site.plan.space_page import space_page
from cq.site.protect import SEALED, Leak, guarded, public, sealed
from cq.site.render import Renderer
from cq.site.rendered import Attached, Rendered
from cq.site.target import FileTarget, Target
from cq.site.tree import Entry
from cq.site.views import Chrome
from cq.site.write import Tree
from cq.spaces import SLOTS, WORDS, Space, Thing, made_of, of_spaces, word_list
from cq.spaces import planned as planned_spaces
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
    sealed: int = 0


def back(
    run: Run, content: Content, theme: Theme, tree: Tree, vault: Vault | Guarded | None = None
) -> Printed:
    """Everything that the public may see of `content`, made and published in one step; with a
    `vault`, the private spaces too.
    """
    clock = time.perf_counter()
    spaces = planned_spaces(run.ledger, content, vault) if vault else ()
    private = [thing for space in spaces for thing in space.things]
    public_content = content.seen_by(PUBLIC, run.settings.today.isoformat())
    assets = [*_assets(theme, vault)]
    doors = tuple(space_page(public_content, theme.assets)) if isinstance(vault, Vault) else ()
    around = digest.of_all((outside(public_content), theme.digest, str(len(doors))))
    known = run.ledger.targets()
    if around == run.ledger.note("around") and known.keys() <= tree.known.keys():
        planned = revised(public_content, {path: made.text for path, made in known.items()})
        search = index(run.ledger, public_content, whole=False)
        planned = planned._replace(targets=(*planned.targets, *search.targets, *doors))
        wanted = {path: made for path, made in known.items() if not of_spaces(path)}
        wanted |= _made(planned, assets, theme)
    else:
        indexing = functools.partial(_index, run.ledger, public_content)
        indexed = aside(indexing, jobs=run.settings.jobs)
        planned = plan(public_content)
        search = indexed()
        if has_errors(planned.found):
            return Printed(planned.found)
        planned = planned._replace(targets=(*planned.targets, *search.targets, *doors))
        everything: list[_Thing] = [*planned.targets, *planned.files, *assets]
        twins = clashes(thing.path for thing in everything)
        if twins:
            return Printed((*planned.found, *twins))
        wanted = _made(planned, assets, theme)
    for space in spaces:
        wanted |= made_of(space, theme)
    rows = run.ledger.sealed() if isinstance(vault, Vault) else {}
    stale, gone = split(wanted, _known(known, rows, private), tree.known)
    clock = run.timed("plan", clock)
    things: list[_Thing] = [*planned.targets, *planned.files, *assets, *private]
    entries, fresh = _write(run, stale, things, _Press(run, planned.chrome, theme, tree, spaces))
    entries |= _manifests(tree, spaces, stale, rows | fresh)
    report = tree.commit(entries, [path for path in tree.known if path not in wanted])
    run.ledger.keep_targets(known, wanted)
    run.ledger.keep_sealed(fresh, gone)
    search.keep(run.ledger)
    run.ledger.keep_notes(around=around)
    run.timed("write", clock)
    seen = {path: made for path, made in wanted.items() if not of_spaces(path)}
    return Printed(
        found=planned.found,
        token=report.token,
        stale=stale,
        removed=gone,
        pages=sum(made.template not in {FEED, FILE} for made in seen.values()),
        files=sum(made.template == FILE for made in seen.values()),
        sealed=len(wanted) - len(seen),
        changed=report.written + report.removed,
    )


def _index(ledger: Ledger, content: Content) -> Searched:
    """The whole index, beside the plan: in a process of its own, with a connection of its own."""
    return index(Ledger(ledger.file, ledger.program), content, whole=True)


class _Asset(NamedTuple):
    """A file that is there already: of the theme, or of what opens and guards the spaces."""

    path: str
    data: bytes


def _assets(theme: Theme, vault: Vault | Guarded | None) -> Iterator[_Asset]:
    yield from (_Asset(f"theme/{path}", data) for path, data in sorted(theme.assets.items()))
    yield from (_Asset(path, data) for path, data in headers.for_hosts().items())
    if isinstance(vault, Vault):
        yield _Asset(SLOTS, vault.access)
        yield _Asset(WORDS, word_list())
    if vault is not None:
        yield from (_Asset(path, data) for path, data in sorted(vault.rules.items()))


def _made(planned: Plan, assets: Sequence[_Asset], theme: Theme) -> dict[str, Made]:
    """What each file of the site is made of, as digests."""
    common = digest.of_value(planned.chrome)
    pages: list[Target | FileTarget] = [*planned.targets, *planned.files]
    made = {one.path: parts_of(one, theme.templates_digest, common) for one in pages}
    made.update({asset.path: Made(digest.of_bytes(asset.data), FILE) for asset in assets})
    return made


_Thing = Target | FileTarget | _Asset | Thing


class _Press:
    """What a worker needs to make any file of the site; forked with everything in it."""

    def __init__(
        self, run: Run, chrome: Chrome, theme: Theme, tree: Tree, spaces: Sequence[Space]
    ) -> None:
        self.root = run.settings.root
        self.ledger_file = run.ledger.file
        self.veiled = run.settings.ci  # others may read what is said there
        self.things: Sequence[_Thing] = ()
        self.tree = tree
        program = run.ledger.program
        self.keys = {space.name: space.key for space in spaces}
        self.renderers = {PUBLIC: Renderer(theme, chrome, _NoTexts(), program)}
        for space in spaces:
            way = (routes.inside if space.key else routes.guarded)(space.name)
            worn = theme.for_spaces() if space.key else theme
            self.renderers[space.name] = Renderer(worn, space.chrome, _NoTexts(), program, way)

    def prepare(self) -> None:
        # A connection to SQLite must not cross a fork: each worker opens its own.
        store = Texts(self.ledger_file)
        for renderer in self.renderers.values():
            renderer.store = store

    def make(self, number: int) -> tuple[str, Entry, tuple[str, int] | None]:
        """render, protect and write one thing into the spare tree."""
        thing = self.things[number]
        if not isinstance(thing, Thing):
            return thing.path, self.tree.put(public(self._rendered(thing, PUBLIC))), None
        key = self.keys[thing.space]
        try:
            made = self._rendered(thing.inner, thing.space)
            artifact = sealed(made, key) if key else guarded(made, thing.space)
        except OSError as fault:  # a file that is no more what was checked
            if self.veiled:
                raise OSError(fault.errno, f"un fichier de {thing.space} a changé") from None
            raise
        if artifact.path != thing.path:
            raise Leak("a private file was made for another name than its own")
        if key is None:
            return thing.path, self.tree.put(artifact), None
        row = (artifact.content.x, artifact.content.size)  # type: ignore[union-attr]
        return thing.path, self.tree.put(artifact), row

    def _rendered(self, thing: Target | FileTarget | _Asset, space: str) -> Rendered | Attached:
        if isinstance(thing, Target):
            return self.renderers[space].render(thing)
        if isinstance(thing, FileTarget):
            return attach(self.root, thing)
        return Rendered(thing.path, thing.data, PUBLIC)


# Forked workers find their press here: it is too large to send, and an Artifact cannot be sent.
_press: list[_Press] = []


def import_printers(things: Sequence[_Thing] | None = None) -> None:
    """Import what makes `things`, or anything: workers share what was imported before them."""
    plain = (one.inner if isinstance(one, Thing) else one for one in things or ())
    wanted = {thing.template for thing in plain if isinstance(thing, Target)}
    if things is None or "@calendar" in wanted:
        import cq.site.feeds.calendar
    if things is None or any(not template.startswith("@") for template in wanted):
        import cq.theme.environment  # noqa: F401 - its import is the point


def _prepare() -> None:
    _press[-1].prepare()


def _make(number: int) -> tuple[str, Entry, tuple[str, int] | None]:
    return _press[-1].make(number)


_Rows = dict[str, tuple[str, int]]


def _write(
    run: Run, stale: tuple[Stale, ...], everything: Sequence[_Thing], press: _Press
) -> tuple[dict[str, Entry], _Rows]:
    """Make every stale file; what stands is left alone."""
    entries: dict[str, Entry] = {}
    rows: _Rows = {}
    if not stale:
        return entries, rows
    paths = {one.path for one in stale}
    press.things = things = [thing for thing in everything if thing.path in paths]
    press.tree.begin()
    _press.append(press)
    try:
        for path, entry, row in over(
            _make,
            range(len(things)),
            jobs=run.settings.jobs,
            before=functools.partial(import_printers, things),
            prepare=_prepare,
        ):
            entries[path] = entry
            if row is not None:
                rows[path] = row
            run.progress("écriture", len(entries), len(things))
    finally:
        _press.pop()
    return entries, rows


def _known(known: Mapping[str, Made], rows: _Rows, private: Sequence[Thing]) -> Mapping[str, Made]:
    """What was made before, without sealed files of which the manifest could not be told."""
    lost = {thing.path for thing in private if thing.path.startswith(SEALED)} - rows.keys()
    return {path: made for path, made in known.items() if path not in lost} if lost else known


def _manifests(
    tree: Tree, spaces: Sequence[Space], stale: tuple[Stale, ...], rows: _Rows
) -> dict[str, Entry]:
    """The manifest of each space in which something changed, when all else of it is made."""
    paths = {one.path for one in stale}
    return {
        space.manifest_path: tree.put(space.manifest(rows))
        for space in spaces
        if space.manifest_path in paths
    }


class _NoTexts:
    """A renderer's store before its worker has opened one."""

    def get(self, key: str) -> Text:
        raise LookupError(key)

    def paper(self, key: str) -> str:
        raise LookupError(key)
