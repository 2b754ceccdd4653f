"""What readers are told on purpose. A private title that a public page says as well is no leak;
that is asked only of what was met, since the sources are many.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cq
from cq.audit import folded
from cq.audit.coded import UNREAD
from cq.audit.net import Net
from cq.audit.phones import phones
from cq.audit.runs import numbers
from cq.audit.seams import Seams
from cq.audit.sieve import Sieve
from cq.audit.subject import Subject
from cq.audit.unpack import TooMuch, pieces
from cq.content.layout import PUBLIC
from cq.ledger import Texts

_MARKS = re.compile(r"<[^<>]*>|\{[{%#].*?[}%#]\}|[\"\n]", re.DOTALL)
_QUOTED = re.compile(r"[\"}]([^\"{}\n]{2,})[\"{]")
_SAYING = ("site", "french", "content")  # where words are that pages show


class Known:
    """What readers are told on purpose, in the words in which it is compared; read once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._values: dict[str, tuple[bytes, ...]] = {}
        self._views: dict[str, tuple[bytes, frozenset[str]]] = {}
        self._seams: dict[str, Seams] = {}

    def runs(self, space: str) -> set[int]:
        """All runs of what a space's texts say."""
        return set().union(*(numbers(one.split()) for one in self.values(space)))

    def values(self, space: str) -> tuple[bytes, ...]:
        """The titles, paragraphs and other values of a space, each by itself."""
        if space not in self._values:
            texts = (folded.words(folded.plain(one)) for one in _values(self._subject, space))
            self._values[space] = tuple(dict.fromkeys(filter(None, texts)))
        return self._values[space]

    def of(self, sieve: Sieve, asked: set[int], space: str = PUBLIC) -> frozenset[int]:
        """Which of the terms `asked` the public is told, or whoever reads `space`."""
        told: set[int] = set()
        for one in {PUBLIC, space}:
            told |= _among(sieve, asked - told, b"".join(self.values(one)))
        passages = {one for one in asked - told if sieve.terms[one].is_passage}
        if passages:
            seams = self._of_seams(space)
            told |= {one for one in passages if seams.explain(sieve.terms[one].words)}
        for one in {PUBLIC, space} if asked - told else ():
            text, called = self._told(one)
            told |= _among(sieve, asked - told, text)
            told.update(number for number in asked - told if sieve.terms[number].text in called)
        return frozenset(told)

    def _of_seams(self, space: str) -> Seams:
        if space not in self._seams:
            texts = (one for name in {PUBLIC, space} for one in self.values(name))
            self._seams[space] = Seams((*texts, *_of_program(self._subject)))
        return self._seams[space]

    def _told(self, space: str) -> tuple[bytes, frozenset[str]]:
        """All words of a space's texts, and the numbers that can be called."""
        if space not in self._views:
            views: list[bytes] = []
            called: set[str] = set()
            for data in _told_texts(self._subject, space):
                views += folded.views(data)
                called.update(phones(folded.plain(folded.read(data))))
            self._views[space] = b"".join(views), frozenset(called)
        return self._views[space]


def _among(sieve: Sieve, asked: Iterable[int], text: bytes) -> set[int]:
    """Which of the terms stand in `text`."""
    of: dict[bytes, list[int]] = {}
    for number in asked:
        if sieve.terms[number].words:
            of.setdefault(sieve.terms[number].words, []).append(number)
    groups = list(of.values())
    return {number for one in Net(list(of)).caught(text) for number in groups[one]}


def _values(subject: Subject, space: str) -> Iterator[str]:
    content, texts = subject.content, Texts(subject.ledger)
    for item in content.items:
        if item.space == space:
            text = texts.get(item.key)
            yield item.title
            yield from (one.text for one in text.headings)
            yield from _strings(json.loads(text.fields))
            yield from text.text.split("\n")
            yield text.text
    for record in content.records:
        if record.space == space:
            for row in record.fields:
                yield from _strings(json.loads(row))


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _of_program(subject: Subject) -> Iterator[bytes]:
    """What templates and the program itself say on pages, each piece by itself."""
    pieces_ = [piece for one in subject.theme.templates.values() for piece in _MARKS.split(one)]
    for folder in _SAYING:
        for module in Path(cq.__file__).parent.joinpath(folder).rglob("*.py"):
            pieces_ += _QUOTED.findall(module.read_text("utf-8"))
    yield from filter(None, map(folded.words, dict.fromkeys(pieces_)))


def _modules() -> list[Path]:
    return sorted(Path(cq.__file__).parent.rglob("*.py"))


def _told_texts(subject: Subject, space: str) -> Iterator[bytes]:
    """The sources of a space and their names; those of the public with the theme and the program's
    own words.
    """
    content, texts = subject.content, Texts(subject.ledger)
    paths = [one.path for one in content.sources if one.space == space]
    blobs = [one for one in content.blobs.values() if one.space == space]
    yield "\n".join((*paths, *(one.path for one in blobs))).encode("utf-8", "replace")
    for path in (*paths, *(one.path for one in blobs)):
        yield from _pieces_of(subject.root / path)
    for blob in blobs:
        if blob.path in content.papers:
            yield texts.paper(blob.digest).encode("utf-8", "replace")
    if space == PUBLIC:
        for name in subject.theme.templates.values():
            yield name.encode()
        yield from subject.theme.assets.values()
        for module in _modules():
            yield module.read_bytes()


def _pieces_of(file: Path) -> Iterator[bytes]:
    try:
        for piece in pieces("", file.read_bytes()):
            if not piece.place.endswith(UNREAD):  # in letters, it is told to nobody
                yield piece.data
    except (OSError, TooMuch):
        return
