"""The front half in order: scan, parse, model, check. Nothing but the order is decided here.

What a run may skip is decided by digests: the same files, program and day have the same
findings. The back half is `cq.build`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cq import digest
from cq.content.item import Item
from cq.content.model import Content, model
from cq.content.parsed import (
    Record,
    Row,
    findings_from_json,
    findings_to_json,
    item_of,
    record_of,
    row_of,
)
from cq.content.scan import Scan, Source, at_rest, read, scan
from cq.diagnostic import Diagnostic, Severity, in_order
from cq.ledger import Ledger
from cq.over import over
from cq.settings import Settings, identity

Progress = Callable[[str, int, int], None]


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass
class Run:
    """One run's memory and its timings, in seconds by stage."""

    settings: Settings
    ledger: Ledger
    progress: Progress = _silent
    spent: dict[str, float] = field(default_factory=dict)

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


def open_run(settings: Settings, progress: Progress = _silent) -> Run:
    return Run(settings, Ledger(settings.cache / "ledger.sqlite", identity()), progress)


def validate(run: Run) -> Front:
    """The front half: every finding in the content."""
    return front(run, want_content=False)


def front(run: Run, *, want_content: bool) -> Front:
    """scan, parse, model, check; without the content where nothing changed and none is wanted."""
    clock = time.perf_counter()
    known = run.ledger.stamps()
    started = time.time_ns()
    scanned = scan(run.settings.root, known)
    state = digest.of_all(
        [
            run.settings.today.isoformat(),
            *(f"{path} {stamp.digest}" for path, stamp in scanned.stamps.items()),
            *(f"{one.code} {one.span.path}" for one in scanned.found),
        ]
    )
    clock = run.timed("scan", clock)
    if state == run.ledger.note("checked") and not want_content:
        run.ledger.keep_stamps(known, at_rest(scanned.stamps, started))
        return Front(state, findings_from_json(run.ledger.note("found") or "[]"), scanned, None)
    _parse(run, scanned)
    run.ledger.keep_stamps(known, at_rest(scanned.stamps, started))
    clock = run.timed("parse", clock)
    items, records, said = _remembered(run.ledger)
    content = model(
        items, records, scanned.blobs,
        today=run.settings.today.isoformat(), unread=_unread(scanned, items, records, said),
    )  # fmt: skip
    clock = run.timed("model", clock)
    if state == run.ledger.note("checked"):
        found = findings_from_json(run.ledger.note("found") or "[]")
    else:
        from cq.content.check import check
        from cq.content.checks import CHECKS

        found = in_order((*scanned.found, *said, *check(content, CHECKS)))
        theme = str(content.site.get("theme") or "default")
        run.ledger.keep_notes(checked=state, found=findings_to_json(found), theme=theme)
    run.timed("check", clock)
    return Front(state, found, scanned, content)


def _parse(run: Run, scanned: Scan) -> None:
    """Parse what no remembered parse answers for; keep it as it comes."""
    keys = run.ledger.keys()
    texts = {
        path: stamp for path, stamp in scanned.stamps.items() if path.endswith((".md", ".yml"))
    }
    read_anew = {str(source.path): source for source in scanned.changed}
    wanted: list[Source] = []
    for path, stamp in texts.items():
        if keys.get(path) != digest.of_text(f"{path}\n{stamp.digest}"):
            wanted.append(read_anew.get(path) or read(run.settings.root, path))
    gone = [path for path in keys if path not in texts]
    if not wanted and not gone:
        return
    done = 0
    rows: list[Row] = []
    for row in over(_parse_one, wanted, jobs=run.settings.jobs, before=_import_parser):
        rows.append(row)
        done += 1
        if len(rows) >= 500:
            run.ledger.keep_parses(rows, ())
            rows.clear()
        run.progress("lecture", done, len(wanted))
    run.ledger.keep_parses(rows, gone)


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


def _parse_one(source: Source) -> Row:
    from cq.content.parse import parse

    return row_of(parse(source))


def _remembered(
    ledger: Ledger,
) -> tuple[list[Item], list[Record], list[Diagnostic]]:
    items: list[Item] = []
    records: list[Record] = []
    found: list[Diagnostic] = []
    for item, record, said in ledger.parses():
        if item != "null":
            items.append(item_of(item))  # type: ignore[arg-type]
        elif record != "null":
            records.append(record_of(record))  # type: ignore[arg-type]
        if said != "[]":
            found.extend(findings_from_json(said))
    return items, records, found
