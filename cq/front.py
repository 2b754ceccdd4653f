"""The front half in order: scan, parse, model, check, past. Nothing but the order is decided here.

What a run may skip is decided by digests: the same files, program and day have the same
findings. The back half is `cq.back`.
"""

import functools
import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple, TypeVar

from cq import digest, earlier, history, redrawn, whereabouts
from cq.access.kept import slots
from cq.content import layout, papers, perimeters
from cq.content.item import Item
from cq.content.model import Content, model
from cq.content.papers import Paper
from cq.content.parsed import (
    Record,
    Row,
    findings_from_json,
    findings_to_json,
    item_of,
    key_of,
    record_of,
    row_of,
)
from cq.content.pointing import at_key
from cq.content.scan import Scan, Source, at_rest, read, scan
from cq.content.sniff import disagrees
from cq.content.within import spaces_of
from cq.diagnostic import Diagnostic, Severity, in_order
from cq.ledger import Damaged, Ledger, as_text, reading
from cq.over import aside, over
from cq.settings import Settings, access_file, identity
from cq.terminal import printable
from cq.theme.own import OwnFile, digest_of, own_files
from cq.theme.present import absent, names
from cq.whereabouts import Where

Progress = Callable[[str, int, int], None]
_T = TypeVar("_T")


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass
class Run:
    """One run's memory and its timings, in seconds by stage."""

    settings: Settings
    ledger: Ledger
    progress: Progress = _silent
    spent: dict[str, float] = field(default_factory=dict)
    meanwhile: Callable[[], None] = lambda: None  # what may be done while workers parse
    said: tuple[str, ...] = ()  # what the user must know of the history that pages show

    def timed(self, stage: str, since: float) -> float:
        now = time.perf_counter()
        self.spent[stage] = self.spent.get(stage, 0.0) + now - since
        return now


class Front(NamedTuple):
    """What the front half gives: the content, unless `state` was already known."""

    state: str
    found: tuple[Diagnostic, ...]
    scanned: Scan
    content: Content | None  # None: nothing has changed since the findings were kept
    past: str = ""  # where the history stands; "" where it was not asked for, or cannot be known
    at: Where | None = None  # the repositories that have it


def open_run(settings: Settings, progress: Progress = _silent) -> Run:
    return Run(settings, Ledger(settings.cache / "ledger.sqlite", identity()), progress)


def validate(run: Run) -> Front:
    """The front half: every finding in the content."""
    return trusting(run, functools.partial(front, run, want_content=False))


def trusting(run: Run, work: Callable[[], _T]) -> _T:
    """`work`, and once more with an empty memory where what is remembered cannot be read."""
    try:
        return work()
    except Damaged:
        run.ledger.renew()
        return work()


def front(run: Run, *, want_content: bool, want_past: bool = False) -> Front:
    """scan, parse, model, check; without the content where nothing changed and none is wanted.

    With `want_past` the content knows what git remembers of it: no finding depends on that.
    """
    clock = time.perf_counter()
    known = run.ledger.stamps()
    started = time.time_ns()
    scanned = scan(run.settings.root, known)
    access = slots(access_file(run.settings.root))
    themes, known_themes = own_files(run.settings.root), names(run.settings.root)
    state = digest.of_all(
        [
            run.settings.today.isoformat(),
            digest_of(themes),
            digest.of_bytes(access or b""),
            *known_themes,
            *(f"{path} {stamp.digest}" for path, stamp in scanned.stamps.items()),
            *(f"{one.code} {one.span.path}" for one in scanned.found),
        ]
    )
    clock = run.timed("scan", clock)
    kept = _kept(run.ledger, state)
    at = whereabouts.where(run.settings.root, scanned.stamps) if want_past else None
    if kept is not None and not want_content:
        run.ledger.keep_stamps(known, at_rest(scanned.stamps, started))
        return Front(state, kept, scanned, None, at.mark if at else "", at)
    items, records, said = _read(run, scanned)
    _place(run, scanned, records, said)
    told = _papers(run, scanned)
    run.ledger.keep_stamps(known, at_rest(scanned.stamps, started))
    clock = run.timed("parse", clock)
    content = model(
        items, records, scanned.blobs,
        today=run.settings.today.isoformat(), unread=_unread(scanned, items, records, said),
        papers=told, draws=redrawn.draws(run.settings, run.ledger, scanned.blobs),
    )  # fmt: skip
    clock = run.timed("model", clock)
    found = kept
    if found is None:
        from cq.content.check import check
        from cq.content.checks import CHECKS

        broken, sound = _examined(run, scanned)
        worn = [*_worn(content, themes, known_themes), *_slots(run.settings.root, access)]
        faults = check(_with_doors(content, access), CHECKS)
        found = in_order((*scanned.found, *said, *faults, *broken, *worn))
        theme = str(content.site.get("theme") or "default")
        kept_now = f"{state} {findings_to_json(found)}"
        spaces = " ".join(spaces_of(content))
        run.ledger.keep_notes(found=kept_now, theme=theme, address=content.base, sound=sound,
                              spaces=spaces)  # fmt: skip
    clock = run.timed("check", clock)
    if at is None:
        return Front(state, found, scanned, content)
    past = history.known(run.settings.root, run.ledger, at)
    content = content.with_past(past.rows, past.cut)
    content, lacks = earlier.with_earlier(content, run.settings.root, run.ledger, at.places)
    run.said = tuple(map(printable, (*history.said(past, content), *lacks)))
    run.timed("history", clock)
    return Front(state, found, scanned, content, "" if lacks else past.mark, at)


def _with_doors(content: Content, access: bytes | None) -> Content:
    """With the spaces that the site has or, in a copy without their folders, acces.json tells of:
    pages may lead to their door.
    """
    told = (layout.CONSEILLERS,) if access is not None else ()
    return replace(content, spaces=spaces_of(content) or told)


def _worn(
    content: Content, themes: tuple[OwnFile, ...], known: tuple[str, ...]
) -> list[Diagnostic]:
    """That the site's theme is there, and what its own files may not do; the others of `themes/`
    are nobody's clothes.
    """
    theme = str(content.site.get("theme") or "default")
    record = next((one for one in content.records if one.kind == "site"), None)
    found = list(absent(theme, known, at_key(record, "theme"))) if record else []
    if themes:
        from cq.theme.lawful import unlawful

        found += unlawful(themes, theme, str(content.site.get("adresse_web") or ""))
    return found


def _slots(root: Path, access: bytes | None) -> list[Diagnostic]:
    """What is wrong in the file of slots, wherever it lies; nothing where there is none."""
    if access is None:
        return []
    from cq.access import published

    return list(published.faults(published.shown(access_file(root), root), access))


def _examined(run: Run, scanned: Scan) -> tuple[list[Diagnostic], str]:
    """The pictures that cannot be published, and the digests of those that can.

    Only the back half knows how a picture leaves, so it is asked; a picture is opened once.
    """
    if not scanned.blobs:
        return [], ""
    from cq.site.attachments import broken_picture, is_cleaned

    known = frozenset((run.ledger.note("sound") or "").split())
    # A file of another type than its name was said already.
    pictures = [
        blob
        for blob in scanned.blobs.values()
        if is_cleaned(blob.path) and not disagrees(PurePosixPath(blob.path).suffix, blob.type)
    ]
    wanted = [blob.path for blob in pictures if blob.digest not in known]
    answers = over(
        functools.partial(broken_picture, run.settings.root), wanted, jobs=run.settings.jobs
    )
    broken = [one for one in answers if one is not None]
    refused = {str(one.span.path) for one in broken}
    return broken, " ".join(sorted({one.digest for one in pictures if one.path not in refused}))


def _kept(ledger: Ledger, state: str) -> tuple[Diagnostic, ...] | None:
    """The findings of this very state, if they are what is remembered."""
    # One note with both: another run may write between two looks.
    kept, _, found = (ledger.note("found") or "").partition(" ")
    if kept != state:
        return None
    with reading():
        return findings_from_json(found)


_Cards = tuple[list[Item], list[Record], list[Diagnostic]]

# Below this many remembered parses, reading them is quicker than a process of its own is made.
_MANY = 2000
# Up to this many texts are an edit, parsed at one go.
_FEW = 16


def _read(run: Run, scanned: Scan) -> _Cards:
    """Parse what no remembered parse answers for; give the cards of all."""
    keys = run.ledger.keys()
    wanted = _unparsed(run, scanned, keys)
    gone = [path for path in keys if path not in scanned.stamps]
    few = len(wanted) <= _FEW
    if not few:
        _parse(run, wanted, gone)
        return _remembered(run.ledger)
    # An edit: the parser's imports take as long as reading 10,000 cards, so both at once.
    parsed: Callable[[], list[Row]] = functools.partial(_parse_all, wanted)
    if wanted and len(keys) > _MANY:
        parsed = aside(parsed, jobs=run.settings.jobs)
    skipped = {str(source.path) for source in wanted}.union(gone)
    items, records, said = _remembered(run.ledger, skipped)
    rows = parsed()
    if rows or gone:
        run.ledger.keep_parses(rows, gone)
        _take([(row.item, row.record, row.found) for row in rows], items, records, said)
    return items, records, said


def _unparsed(run: Run, scanned: Scan, keys: Mapping[str, str]) -> list[Source]:
    """The texts without a remembered parse of these very bytes."""
    changed = {str(source.path): source for source in scanned.changed}
    wanted = []
    for path, stamp in scanned.stamps.items():
        if path.endswith((".md", ".yml")) and keys.get(path) != key_of(path, stamp.digest):
            source = changed.get(path) or read(run.settings.root, path)
            wanted.append(_same(source, stamp.digest))
    return wanted


def _parse(run: Run, wanted: list[Source], gone: list[str]) -> None:
    """Parse many in worker processes; keep each as it comes."""
    rows: list[Row] = []
    parsed = over(
        _parse_one,
        wanted,
        jobs=run.settings.jobs,
        before=_import_parser,
        meanwhile=run.meanwhile,
    )
    for done, row in enumerate(parsed, 1):
        rows.append(row)
        if len(rows) >= 500:
            run.ledger.keep_parses(rows, ())
            rows.clear()
        run.progress("lecture", done, len(wanted))
    run.ledger.keep_parses(rows, gone)


def _parse_all(wanted: list[Source]) -> list[Row]:
    return [_parse_one(source) for source in wanted]


def _place(run: Run, scanned: Scan, records: list[Record], said: list[Diagnostic]) -> None:
    """The outlines and streets that quartiers name, after the records that name them.

    Attachments, of which only these are opened: what they say is a note of its own.
    """
    with reading():
        kept: dict[str, list[str]] = json.loads(run.ledger.note("perimeters") or "{}")
    rows: dict[str, list[str]] = {}
    for path, blob in sorted(perimeters.wanted(records, scanned.blobs).items()):
        row = kept.get(path)
        if row is None or row[0] != key_of(path, blob.digest):
            row = list(_placed(_same(read(run.settings.root, path), blob.digest)))
        rows[path] = row
    with reading():
        _take((("null", record, found) for _, record, found in rows.values()), [], records, said)
    if rows != kept:
        run.ledger.keep_notes(perimeters=as_text(rows))


def _papers(run: Run, scanned: Scan) -> dict[str, Paper]:
    """What each PDF of the content says; only those that were never read are opened."""
    known = run.ledger.papers()
    wanted = papers.pdfs(scanned.blobs).values()
    new = [blob for blob in wanted if blob.digest not in known]
    rows: list[papers.PaperRow] = []
    progress = functools.partial(run.progress, "lecture des PDF")
    root, jobs = run.settings.root, run.settings.jobs
    for row in papers.read(root, new, _bag_of, jobs=jobs, progress=progress):
        known[row.key] = papers.paper_of(row.key, row.facts)
        rows.append(row)
        if len(rows) >= _FEW:
            run.ledger.keep_papers(rows, ())
            rows.clear()
    gone = known.keys() - {blob.digest for blob in wanted}
    if rows or gone:
        run.ledger.keep_papers(rows, gone)
    return papers.by_path(scanned.blobs, known)


def _bag_of(text: str) -> str:
    from cq.search.bag import bag_of_text

    return bag_of_text(text)


def _placed(source: Source) -> tuple[str, str, str]:
    from cq.content.outline import parse_outline
    from cq.content.streets import parse_streets

    row = row_of((parse_streets if source.path.suffix.lower() == ".csv" else parse_outline)(source))
    return row.key, row.record, row.found


def _same(source: Source, digest_: str) -> Source:
    if source.digest != digest_:
        raise OSError(f"{source.path} a changé pendant la lecture ; relancez la commande")
    return source


def _unread(
    scanned: Scan, items: list[Item], records: list[Record], said: list[Diagnostic]
) -> frozenset[str]:
    """The files that are there and of which nothing, or not all, is known: what leads to one of
    them is no second fault.
    """
    read = {item.path for item in items} | {record.path for record in records}
    texts = {path for path in scanned.stamps if path.endswith((".md", ".yml"))}
    faulty = {str(one.span.path) for one in said if one.severity is Severity.ERROR}
    return frozenset((texts - read) | faulty | {str(one.span.path) for one in scanned.found})


def _import_parser() -> None:
    import cq.content.parse  # noqa: F401 - its import is what a worker prepares
    from cq.search import bag

    bag.get_ready()


def _parse_one(source: Source) -> Row:
    from cq.content.parse import parse
    from cq.search.bag import bag_of

    parsed = parse(source)
    return row_of(parsed)._replace(bag=bag_of(parsed) if parsed.item else "")


def _remembered(ledger: Ledger, skipped: Collection[str] = ()) -> _Cards:
    """The cards of every remembered parse but the `skipped` paths'."""
    cards: _Cards = ([], [], [])
    with reading():
        _take((row[1:] for row in ledger.parses() if row[0] not in skipped), *cards)
    return cards


def _take(
    rows: Iterable[tuple[str, str, str]],
    items: list[Item],
    records: list[Record],
    found: list[Diagnostic],
) -> None:
    for item, record, said in rows:
        if item != "null":
            items.append(item_of(item))
        elif record != "null":
            records.append(record_of(record))
        if said != "[]":
            found.extend(findings_from_json(said))
