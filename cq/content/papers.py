"""What the PDF files of the content say: each is read once, apart, and remembered by its bytes.

A PDF of a pull request is hostile: it is opened in a process of its own making (`cq.apart`), and
whatever becomes of it is a fact about the file, never the end of the run. Facts only; what is
wrong with them is said by `cq.content.checks.papers`.
"""

import functools
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cq import digest
from cq.apart import End, apart
from cq.content import pdf
from cq.content.item import Blob, PaperTrace

MOST = 50 << 20  # bytes of a file that is opened at all


class Paper(NamedTuple):
    """A PDF as lists and checks may know it; its text is kept under `key`, its file's digest."""

    key: str
    state: str = ""  # as `pdf.Told`; "big", or a value of `End`: it was not read
    pages: int = 0
    bare: int = 0
    cut: bool = False
    size: int = 0  # of its text in UTF-8; 0: it has none
    traces: tuple[PaperTrace, ...] = ()  # of persons, whoever may read the file
    more: tuple[tuple[str, int], ...] = ()  # how many others of a kind
    lost: int = 0


class PaperRow(NamedTuple):
    """What is remembered of a PDF."""

    key: str
    facts: str
    text: str
    bag: str  # its words, as the search counts them


def pdfs(blobs: Mapping[str, Blob]) -> dict[str, Blob]:
    """Those that are PDF by their bytes: of another file's name something is said already."""
    return {
        path: blob
        for path, blob in blobs.items()
        if blob.type == "pdf" and path.lower().endswith(".pdf")
    }


def read(
    root: Path,
    blobs: Collection[Blob],
    bag_of: Callable[[str], str],
    *,
    jobs: int,
    progress: Callable[[int, int], None],
) -> Iterator[PaperRow]:
    """Read each of `blobs`, one a digest, in the order of their paths; `bag_of` counts the words.

    Raises OSError for a file that is no more what was scanned.
    """
    by_key = {blob.digest: blob for blob in sorted(blobs, reverse=True)}
    small = [blob for blob in sorted(by_key.values()) if blob.size <= MOST]
    if small:
        pdf.prepare()
        _told(bag_of, "prêts", ())  # what it imports: later, no file can be opened
    work = functools.partial(_work, bag_of)
    answers = apart(functools.partial(file_of, root, most=MOST), work, small, jobs=jobs)
    for done, (blob, answer) in enumerate(zip(small, answers, strict=True), 1):
        yield _row(blob.digest, answer)
        progress(done, len(small))
    for blob in by_key.values():
        if blob.size > MOST:
            yield row_of(Paper(blob.digest, "big"))


def row_of(paper: Paper, text: str = "", bag: str = "") -> PaperRow:
    return PaperRow(paper.key, json.dumps(paper[1:], separators=(",", ":")), text, bag)


def paper_of(key: str, facts: str) -> Paper:
    """Raises ValueError or TypeError where `facts` are not as `row_of` wrote them."""
    state, pages, bare, cut, size, traces, more, lost = json.loads(facts)
    kept = tuple(PaperTrace(*one) for one in traces)
    counts = tuple((kind, count) for kind, count in more)
    return Paper(key, state, pages, bare, cut, size, kept, counts, lost)


def by_path(blobs: Mapping[str, Blob], known: Mapping[str, Paper]) -> dict[str, Paper]:
    """The paper of each PDF of the content."""
    return {path: known[blob.digest] for path, blob in pdfs(blobs).items()}


def file_of(root: Path, blob: Blob, most: int) -> bytes:
    """The file that was scanned and no other; never through a link that came after."""
    descriptor = os.open(root / blob.path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(most + 1)
    if digest.of_bytes(data) != blob.digest:
        raise OSError(f"{blob.path} a changé pendant la lecture ; relancez la commande")
    return data


def _work(bag_of: Callable[[str], str], data: bytes) -> bytes:
    told = pdf.read(data)
    said = _told(bag_of, told.text, told.starts) if told.text else ("", (), ())
    whole = told.state, told.pages, told.bare, told.cut, told.lost, told.text, *said
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def _told(
    bag_of: Callable[[str], str], text: str, starts: Sequence[tuple[int, int]]
) -> tuple[str, tuple[PaperTrace, ...], tuple[tuple[str, int], ...]]:
    """The words of a text, and what it may tell of persons."""
    from cq.content.disclosed import disclosed

    return bag_of(text), *disclosed(text, starts)


def _row(key: str, answer: bytes | End) -> PaperRow:
    if isinstance(answer, End):
        return row_of(Paper(key, answer.value))
    try:  # a process that a file has taken over answers what it likes
        state, pages, bare, cut, lost, text, bag, traces, more = json.loads(answer)
        size = len(text.encode())
        row = row_of(Paper(key, state, pages, bare, cut, size, traces, more, lost))
        paper_of(key, row.facts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return row_of(Paper(key, End.CRASHED.value))
    return row._replace(text=text, bag=bag) if isinstance(bag, str) else _row(key, End.CRASHED)
