"""What readers are told on purpose. A private title that a public page says as well is no leak;
that is asked only of what was met, since the sources are many.
"""

from collections.abc import Iterator
from pathlib import Path

import cq
from cq.audit import folded
from cq.audit.net import Net
from cq.audit.phones import phones
from cq.audit.sieve import Sieve
from cq.audit.subject import Subject
from cq.audit.unpack import TooMuch, pieces
from cq.content.layout import PUBLIC
from cq.ledger import Texts


class Known:
    """What readers are told on purpose, in the words in which it is compared; read once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._views: dict[str, tuple[bytes, frozenset[str]]] = {}

    def of(self, sieve: Sieve, asked: set[int], space: str = PUBLIC) -> frozenset[int]:
        """Which of the terms `asked` the public is told, or whoever reads `space`."""
        numbers = sorted(asked)
        if not numbers:
            return frozenset()
        net = Net([sieve.terms[one].words or b"\0" for one in numbers])
        told: set[int] = set()
        for one in {PUBLIC, space}:
            text, called = self._told(one)
            told.update(numbers[number] for number in net.caught(text))
            told.update(number for number in numbers if sieve.terms[number].text in called)
        return frozenset(told)

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


def _told_texts(subject: Subject, space: str) -> Iterator[bytes]:
    """The sources of a space and their names; those of the public with the theme and the program's
    own words.
    """
    content, texts = subject.content, Texts(subject.ledger)
    paths = [one.path for one in content.sources if one.space == space]
    blobs = [one for one in content.blobs.values() if one.space == space]
    yield "\n".join((*paths, *(one.path for one in blobs))).encode("utf-8", "replace")
    for item in content.items:
        if item.space == space:
            text = texts.get(item.key)
            yield f"{item.title}\n{text.text}\n{text.fields}".encode("utf-8", "replace")
    for path in (*paths, *(one.path for one in blobs)):
        yield from _pieces_of(subject.root / path)
    for blob in blobs:
        if blob.path in content.papers:
            yield texts.paper(blob.digest).encode("utf-8", "replace")
    if space == PUBLIC:
        for name in subject.theme.templates.values():
            yield name.encode()
        yield from subject.theme.assets.values()
        for module in sorted(Path(cq.__file__).parent.rglob("*.py")):
            yield module.read_bytes()


def _pieces_of(file: Path) -> Iterator[bytes]:
    try:
        for piece in pieces("", file.read_bytes()):
            yield piece.data
    except (OSError, TooMuch):
        return
