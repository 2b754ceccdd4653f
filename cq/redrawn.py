"""What the public files of each draw tell, done again once and remembered by their bytes.

A draw of 180,000 people takes seconds, and is looked at by every build: only files that changed are
read. What they tell is read by `cq.jury.told`, kept by the ledger, and judged by the checks.
"""

import functools
from collections.abc import Mapping
from pathlib import Path

from cq import digest
from cq.content import draws as public
from cq.content import papers
from cq.content.draws import Draw
from cq.content.item import Blob
from cq.content.parsed import draws_of, draws_to_json
from cq.ledger import Ledger, reading
from cq.over import over
from cq.settings import Settings

_Files = Mapping[str, Mapping[str, Blob]]


def draws(settings: Settings, ledger: Ledger, blobs: Mapping[str, Blob]) -> list[Draw]:
    """Those of the site, by their ids. Raises OSError for a file that is no more what was scanned,
    and Damaged.
    """
    wanted = public.files(blobs)
    if not wanted:
        return []
    with reading():
        kept = draws_of(ledger.note("draws") or "[]")
    known = {one.id: one for one in kept}
    stages = digest.of_all(
        own[public.TRANSCRIPT].digest for own in wanted.values() if public.TRANSCRIPT in own
    )
    keys = {
        name: digest.of_all(f"{file} {blob.digest}" for file, blob in own.items())
        for name, own in wanted.items()
    }
    stand = {one for one, own in known.items() if own.stands(keys.get(one, ""), stages)}
    asked = [(name, key) for name, key in keys.items() if name not in stand]
    work = functools.partial(_redrawn, settings.root, wanted, stages)
    made = sorted([*(known[name] for name in stand), *over(work, asked, jobs=settings.jobs)])
    if made != kept:
        ledger.keep_notes(draws=draws_to_json(made))
    return made


def _redrawn(root: Path, wanted: _Files, stages: str, asked: tuple[str, str]) -> Draw:
    from cq.jury import told

    name, key = asked
    files = {file: _bytes(root, file, blob) for file, blob in wanted[name].items()}
    others = {
        other: own[public.TRANSCRIPT]
        for other, own in wanted.items()
        if other != name and public.TRANSCRIPT in own
    }

    def transcripts() -> Mapping[str, bytes]:
        file = public.TRANSCRIPT
        return told.stages({other: _bytes(root, file, blob) for other, blob in others.items()})

    return told.told(name, key, told.Known(files, transcripts))._replace(stages=stages)


def _bytes(root: Path, name: str, blob: Blob) -> bytes:
    """The file; of one that is larger than any draw's as many zeros as its reader refuses."""
    most = public.MOST.get(name, public.MOST_JSON)
    return papers.file_of(root, blob, blob.size) if blob.size <= most else bytes(most + 1)
