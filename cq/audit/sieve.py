"""All terms at once, looked for in one file: in its name, its words, and what it unfolds to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cq.audit import folded
from cq.audit.forms import forms
from cq.audit.net import Net
from cq.audit.phones import phones
from cq.audit.terms import Term
from cq.audit.unpack import TooMuch, pieces

CLEAR = "en clair"


class Hit(NamedTuple):
    """A term that was met: its number, where, and how it was written."""

    term: int
    path: str
    place: str  # inside `path`, as it is shown
    form: str


class Seen(NamedTuple):
    """What a file told. `data` is not kept."""

    hits: tuple[Hit, ...] = ()
    beyond: str = ""  # where it unfolds further than was looked


class Sieve:
    """All terms, ready to be looked for in anything."""

    def __init__(self, wanted: Sequence[Term]) -> None:
        self.terms = wanted
        plain = [(number, one.words) for number, one in enumerate(wanted) if one.words]
        self._plain = [number for number, _ in plain]
        self._plain_net = Net([words for _, words in plain])
        coded = [
            (number, name, data)
            for number, one in enumerate(wanted)
            if one.words and not one.is_passage
            for name, data in forms(one.text)
        ]
        self._coded = [(number, name) for number, name, _ in coded]
        self._coded_net = Net([data for _, _, data in coded])
        self._phones: dict[str, list[int]] = {}
        for number, one in enumerate(wanted):
            if not one.words:
                self._phones.setdefault(one.text, []).append(number)

    def met(self, data: bytes) -> Iterator[tuple[int, str]]:
        """(number of a term, how it was written) in these bytes, each once."""
        seen: set[int] = set()
        for view in folded.views(data):
            seen.update(self._plain[one] for one in self._plain_net.caught(view))
        yield from ((number, CLEAR) for number in sorted(seen))
        for one in sorted(self._coded_net.caught(data.lower())):
            number, name = self._coded[one]
            if number not in seen:
                seen.add(number)
                yield number, name
        if self._phones:
            told = set(phones(folded.plain(folded.read(data)))) & self._phones.keys()
            yield from ((number, CLEAR) for one in sorted(told) for number in self._phones[one])

    def file(self, path: str, data: bytes) -> Seen:
        """All that a file tells, its name too."""
        hits: dict[int, Hit] = {}
        for number, form in self.met(path.encode("utf-8", "surrogateescape")):
            hits[number] = Hit(number, path, "dans son nom", form)
        try:
            for piece in pieces("", data):
                for number, form in self.met(piece.data):
                    hits.setdefault(number, Hit(number, path, piece.place.strip(" ›"), form))
        except TooMuch as fault:
            return Seen(tuple(hits.values()), str(fault).strip(" ›") or path)
        return Seen(tuple(hits.values()))
